//! Which indicator a subject names, where the figure is the whole place's own.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::lexicon::{Role, indicators, word_after};
use super::subject::{strip_lead, strip_link};
use crate::fact::Indicator;

struct Names {
    search: AhoCorasick,
    /// The indicator of each pattern.
    of: Vec<usize>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut patterns = Vec::new();
    let mut of = Vec::new();
    for (at, indicator) in indicators().iter().enumerate() {
        for name in &indicator.names_zh {
            patterns.push(name.as_str());
            of.push(at);
        }
    }
    let search = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&patterns)
        .expect("the names make an automaton");
    Names { search, of }
});

/// Names that the same subject may also end in after the indicator's name: 固定资产投资总额.
const TAILS: [&str; 12] = [
    "总额", "总量", "总值", "总数", "额", "个数", "人数", "户数", "数量", "数", "规模", "水平",
];

/// The indicator that `subject` names as the place's own, in a unit that it can have.
///
/// Nothing but the place itself, times and verbs may stand before the name: 御桥地区楼宇产税 is a part's, and
/// 市级高新技术企业 are not the national ones.
pub(super) fn indicator(subject: &str, unit: Option<&str>) -> Option<&'static Indicator> {
    let subject: String = subject
        .chars()
        .filter(|c| !c.is_whitespace() && !"“”\"".contains(*c))
        .collect();
    let subject = subject.as_str();
    let names = &*NAMES;
    let found: Vec<_> = names.search.find_iter(subject).collect();
    let last = found.last()?;
    let before = &subject[..last.start()];
    let after = strip_link(&subject[last.end()..]);
    let after = TAILS
        .iter()
        .find_map(|tail| after.strip_prefix(tail))
        .map_or(after, strip_link);
    if !after.is_empty() || !own(before) {
        return None;
    }
    let end = &subject[last.start()..last.end()];
    // One name may belong to several indicators that differ in unit: 低保 in 户 and in 人.
    let candidates = indicators()
        .iter()
        .filter(|indicator| indicator.names_zh.iter().any(|name| name == end));
    let best = &indicators()[names.of[last.pattern().as_usize()]];
    match unit {
        None => Some(best),
        Some(unit) => candidates
            .into_iter()
            .find(|indicator| fits(&indicator.unit, unit)),
    }
}

/// Whether a figure in `unit` can be of an indicator measured in `expected`.
fn fits(expected: &str, unit: &str) -> bool {
    let money = |unit: &str| unit.ends_with('元');
    let area = |unit: &str| matches!(unit, "亩" | "平方米" | "公顷");
    let share = |unit: &str| matches!(unit, "%" | "‰");
    let counted = |unit: &str| {
        !money(unit) && !area(unit) && !share(unit) && !matches!(unit, "吨" | "米" | "百分点")
    };
    let persons = |unit: &str| matches!(unit, "人" | "人次");
    if expected == unit
        || money(expected) && money(unit)
        || area(expected) && area(unit)
        || share(expected) && share(unit)
    {
        return true;
    }
    if expected == "户" || unit == "户" {
        return expected == unit || (counted(expected) && expected != "人" && unit != "人");
    }
    persons(expected) == persons(unit) && counted(expected) && counted(unit)
}

/// Whether what stands before a name leaves the figure the place's own.
fn own(before: &str) -> bool {
    let mut rest = before;
    loop {
        let was = rest.len();
        rest = strip_lead(rest);
        for role in [Role::VerbIn, Role::Link, Role::Scope] {
            if let Some(word) = word_after(rest, role) {
                rest = &rest[word.len()..];
            }
        }
        rest = rest.trim_start_matches(['、', '，', '和', '的']);
        if rest.is_empty() {
            return true;
        }
        if rest.len() == was {
            return false;
        }
    }
}
