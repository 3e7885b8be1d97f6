//! Units of quantities in questions, from `units.tsv`: how each is written, and how it converts.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Lang;
use super::word_list::word_list;
use crate::fact;

/// A unit that a question may use.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    /// The unit as it is stored.
    pub(super) base: &'static str,
    /// What it measures.
    pub(super) dimension: &'static str,
    /// How many of the dimension's common unit it is, as numerator and denominator, so that 亩 stays exact.
    factor: (Decimal, Decimal),
    words: Vec<(Lang, &'static str)>,
}

impl Unit {
    /// Whether it measures rather than counts: 家 and 户 may stand for each other, 元 and 美元 not.
    pub(super) fn measures(&self) -> bool {
        self.dimension != "count"
    }
}

static UNITS: LazyLock<Vec<Unit>> = LazyLock::new(|| {
    let mut units: Vec<Unit> = Vec::new();
    for line in include_str!("units.tsv").lines().skip(1) {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [base, factor, lang, words] = cells[..] else {
            continue;
        };
        let (top, bottom) = factor.split_once('/').unwrap_or((factor, "1"));
        let lang = if lang == "zh" { Lang::Zh } else { Lang::En };
        let words = words.split('|').map(|word| (lang, word));
        if let Some(unit) = units.iter_mut().find(|unit| unit.base == base) {
            unit.words.extend(words);
        } else {
            units.push(Unit {
                base,
                dimension: fact::dimension(base).unwrap_or("count"),
                factor: (decimal(top), decimal(bottom)),
                words: words.collect(),
            });
        }
    }
    units
});

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or(Decimal::ONE)
}

/// Multipliers between a number and its unit, longest first where one starts with another.
const SCALES: [(&str, i64); 21] = [
    ("万亿", 1_000_000_000_000),
    ("千亿", 100_000_000_000),
    ("百亿", 10_000_000_000),
    ("十亿", 1_000_000_000),
    ("亿", 100_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
    ("trillion", 1_000_000_000_000),
    ("billion", 1_000_000_000),
    ("million", 1_000_000),
    ("thousand", 1_000),
    ("bn", 1_000_000_000),
    ("tn", 1_000_000_000_000),
    ("mn", 1_000_000),
    ("k", 1_000),
    ("hundred", 100),
    ("m", 1_000_000),
];

/// The multiplier that `rest` starts with, and its length in characters.
pub(super) fn scale(rest: &[char]) -> Option<(Decimal, usize)> {
    SCALES
        .iter()
        // `m` is metres after a plain number; the word million is not.
        .filter(|(word, _)| *word != "m")
        .find(|(word, _)| starts_with(rest, word))
        .map(|(word, factor)| (Decimal::from(*factor), word.chars().count()))
}

/// The unit that `rest` starts with, the longest, and its length in characters.
pub(super) fn unit(rest: &[char]) -> Option<(&'static Unit, usize)> {
    UNITS
        .iter()
        .flat_map(|unit| unit.words.iter().map(move |(_, word)| (unit, *word)))
        .filter(|(_, word)| starts_with(rest, word))
        .map(|(unit, word)| (unit, word.chars().count()))
        .max_by_key(|(_, length)| *length)
}

/// Every unit.
pub(super) fn all() -> impl Iterator<Item = &'static Unit> {
    UNITS.iter()
}

/// Whether values in a stored unit have a sum: rates and ages have none.
pub(super) fn adds_up(base: &str) -> bool {
    let is_rate = stored(base).is_some_and(|unit| matches!(unit.dimension, "share" | "points"));
    !is_rate && !base.contains('/') && !matches!(base, "岁" | "倍")
}

/// The unit that is stored under this name.
pub(super) fn stored(base: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.base == base)
}

/// Whether a unit counts things, so that one such word may stand for another: 2处 are as many as 2个.
pub(super) fn is_counter(base: &str) -> bool {
    stored(base).is_none_or(|unit| !unit.measures())
}

/// SQL for the list of the units that measure and do not count.
pub(super) fn measures() -> &'static str {
    static MEASURES: LazyLock<String> = LazyLock::new(|| {
        let measures = UNITS.iter().filter(|unit| unit.measures());
        let quoted: Vec<String> = measures.map(|unit| format!("'{}'", unit.base)).collect();
        quoted.join(", ")
    });
    &MEASURES
}

/// The word for a stored unit; the stored word itself where the table has none.
pub(super) fn word(base: &str, lang: Lang) -> &str {
    stored(base)
        .and_then(|unit| unit.words.iter().find(|(of, _)| *of == lang))
        .map_or(base, |(_, word)| word)
}

/// The currency that reports give figures in that are otherwise in yuan: exports, GDP a head. Neither is worked out of the
/// other.
pub(super) const FOREIGN_MONEY: &str = "美元";

/// Whether reports give an indicator in it that is measured in yuan.
pub(super) fn may_be_in_dollars(indicator: &str) -> bool {
    word_list("given in dollars").contains(&indicator)
}

/// Whether both are money, though of different kinds.
pub(super) fn are_money(one: &str, other: &str) -> bool {
    matches!((one, other), ("元", FOREIGN_MONEY) | (FOREIGN_MONEY, "元"))
}

/// A value of one unit in another of the same dimension.
pub(super) fn convert(value: Decimal, from: &Unit, to: &Unit) -> Option<Decimal> {
    if from.base == to.base {
        return Some(value);
    }
    value
        .checked_mul(from.factor.0)?
        .checked_mul(to.factor.1)?
        .checked_div(from.factor.1.checked_mul(to.factor.0)?)
        .map(|converted| converted.normalize())
}

/// Whether the (lower-case, half-width) characters start with a word; a Latin word must end there.
fn starts_with(rest: &[char], word: &str) -> bool {
    let mut length = 0;
    for c in word.chars() {
        if rest
            .get(length)
            .is_none_or(|r| *r != c.to_ascii_lowercase())
        {
            return false;
        }
        length += 1;
    }
    let latin = word.ends_with(|c: char| c.is_ascii_alphabetic());
    !(latin && rest.get(length).is_some_and(char::is_ascii_alphanumeric))
}
