//! Units that do not stand behind their numbers: behind the last of a list, or in the noun before alone.

use rust_decimal::Decimal;

use super::around::finish;
use super::lexicon::{Dimension, Role, unit_at, word_after, word_before};
use super::numeral::{Numeral, numeral};
use super::quantity::{Quantity, Raw};
use super::subject::strip_link;

/// 22.7和28.8个百分点; 分别完成198、174和70万平方米: the unit, and the scale, stand only after the last number.
pub(super) fn shared_unit(
    text: &str,
    start: usize,
    first: &Numeral,
    mut raw: Raw,
) -> Option<Quantity> {
    let mut at = start + first.len;
    let last = loop {
        let rest = text[at..].strip_prefix(['和', '、'])?;
        let next = numeral(rest).filter(|next| !next.chinese && !first.chinese)?;
        at = text.len() - rest.len() + next.len;
        if let Some(unit) = unit_at(&text[at..]) {
            raw.unit = Some(unit);
            break next;
        }
    };
    let clause = text[..start].rfind(['，', '；', '。']).unwrap_or(0);
    let wanted = match raw.unit?.dimension {
        Dimension::Points | Dimension::Share | Dimension::Times => true,
        _ => text[clause..start].contains("分别"),
    };
    if first.scale == Decimal::ONE {
        raw.value = first.value * last.scale;
    }
    wanted.then(|| finish(text, start, &raw))
}

/// 财政收入5200万，参保人数达到3.6万: the noun before says what is counted, and nothing else behind the number does.
pub(super) fn unsaid_unit(
    text: &str,
    start: usize,
    raw: &Raw,
    last: Option<&Quantity>,
) -> Option<Quantity> {
    let number = text[start..raw.end].trim_end_matches(['多', '余']);
    if raw.chinese || !number.ends_with(['万', '亿']) {
        return None;
    }
    let after = &text[raw.end..];
    let bound = [Role::About, Role::Above, Role::Below]
        .iter()
        .find_map(|&role| word_after(after, role));
    let after = &after[bound.map_or(0, str::len)..];
    let after = after.strip_prefix("大关").unwrap_or(after);
    // 跨越7万亿、8万亿两个台阶: marks that were passed.
    let ends = after.is_empty() || after.starts_with(['，', '；', '。', '）', ',', ';', ')']);
    if let Some(form) = unsaid_in_list(text, start, after) {
        let raw = Raw {
            unit: unit_at(form),
            ..*raw
        };
        return Some(finish(text, start, &raw));
    }
    let listed = || {
        after
            .strip_prefix('、')
            .is_some_and(|next| numeral(next).is_none())
    };
    if !(ends || listed()) {
        return None;
    }
    let mut lead = text[..start].trim_end();
    let form = loop {
        let noun = UNSAID
            .iter()
            .find(|(role, _)| word_before(lead, *role).is_some());
        if let Some((_, form)) = noun {
            break Some(*form);
        }
        // 收入任务174万，完成198万
        if let Some(task) = lead.strip_suffix('，') {
            let last = last.filter(|last| last.range.end == task.len())?;
            let amount = matches!(last.unit.dimension, Dimension::Money | Dimension::Person);
            break amount.then_some(last.unit.form);
        }
        let word = BEFORE_NUMBERS
            .iter()
            .find_map(|&role| word_before(lead, role))?;
        lead = lead[..lead.len() - word.len()].trim_end();
    };
    let raw = Raw {
        unit: unit_at(form?),
        ..*raw
    };
    Some(finish(text, start, &raw))
}

/// 旅游收入、游客人次分别达3亿、60万: the unit of the number at `start`, which has its noun in the list before 分别.
fn unsaid_in_list(text: &str, start: usize, after: &str) -> Option<&'static str> {
    let clause = text[..start].rfind(['，', '；', '。', '：']);
    let clause = &text[clause.map_or(0, |at| at + '，'.len_utf8())..start];
    let (names, numbers) = clause.split_once("分别")?;
    let bare = |text: &str| {
        numeral(text).is_some_and(|n| !n.chinese && text[..n.len].ends_with(['万', '亿']))
    };
    let joints = ['、', '和', '与', '及'];
    let behind = after.strip_prefix(joints).is_some_and(bare);
    let before = numbers.split(joints).count() - 1;
    if !behind && before == 0 {
        return None;
    }
    let names: Vec<&str> = strip_link(names).split(joints).collect();
    // 养老、医疗保险参保人数: the last member has what they share.
    [names.get(before), names.last()]
        .into_iter()
        .flatten()
        .find_map(|noun| {
            let of = |(role, _): &&(Role, &str)| word_before(noun, *role).is_some();
            UNSAID.iter().find(of).map(|(_, form)| *form)
        })
}

/// Nouns whose numbers go without a unit, and the unit.
const UNSAID: [(Role, &str); 4] = [
    (Role::UnsaidMoney, "元"),
    (Role::UnsaidVisits, "人次"),
    (Role::UnsaidPersons, "人"),
    (Role::UnsaidUsers, "户"),
];

/// What may stand between such a noun and its number.
const BEFORE_NUMBERS: [Role; 10] = [
    Role::Completion,
    Role::Rise,
    Role::Fall,
    Role::Link,
    Role::Filler,
    Role::More,
    Role::AtLeast,
    Role::Approx,
    Role::Less,
    Role::AtMost,
];
