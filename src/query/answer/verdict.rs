//! What a reader of targets beside their results must know: how many were met, missed and unclear, and how many have no
//! result and why.

use std::collections::BTreeMap;

use super::{Note, Told};
use crate::query::Compiled;
use crate::query::sql::{MANY, NoteField};

/// The reasons for which a target has no result, in the order in which they are said.
const REASONS: [(&str, &str, &str); 4] = [
    ("not-stated", "not stated", "未提及"),
    (
        "part-year",
        "stated only for part of a year or for several",
        "只有部分时段或多年累计数",
    ),
    (
        "other-measure",
        "stated only in another measure",
        "口径或单位不同",
    ),
    ("no-later-report", "no later report", "没有以后的报告"),
];

pub(super) fn totals(compiled: &Compiled, told: &[Told], notes: &mut Vec<Note>) {
    for (field, value) in told {
        match field {
            NoteField::Verdicts(n) => {
                let Some(Ok(times)) = value.text().map(serde_json::from_str) else {
                    continue;
                };
                notes.extend(total(compiled.slot_names.get(*n), &times));
            }
            NoteField::Incomparable => {
                notes.extend(value.integer().filter(|n| *n > 0).map(incomparable));
            }
            _ => {}
        }
    }
}

fn total(name: Option<&(String, String)>, times: &BTreeMap<String, i64>) -> Option<Note> {
    let of = |said: &str| times.get(said).copied().unwrap_or(0);
    let paired = of("met") + of("missed") + of("unclear");
    let without: i64 = REASONS.iter().map(|(reason, ..)| of(reason)).sum();
    if paired + without == 0 {
        return None;
    }
    let (name_en, name_zh) = name.map_or(("targets", "目标"), |(en, zh)| (en, zh));
    let mut en = format!(
        "{name_en}: {} met, {} missed, {} unclear",
        of("met"),
        of("missed"),
        of("unclear")
    );
    let mut zh = format!(
        "{name_zh}：完成{}个，未完成{}个，不明{}个",
        of("met"),
        of("missed"),
        of("unclear")
    );
    if without > 0 {
        let given = REASONS.iter().filter(|(reason, ..)| of(reason) > 0);
        let (why_en, why_zh): (Vec<String>, Vec<String>) = given
            .map(|(reason, en, zh)| {
                let n = of(reason);
                (format!("{n} {en}"), format!("{zh}{n}个"))
            })
            .unzip();
        en = format!("{en}; {without} without a result ({})", why_en.join(", "));
        zh = format!("{zh}；{without}个没有结果（{}）", why_zh.join("，"));
    }
    Some(Note {
        code: "verdicts",
        en,
        zh,
    })
}

fn incomparable(n: i64) -> Note {
    // They are counted up to here.
    let (said_en, said_zh) = if n > MANY {
        (format!("over {MANY}"), format!("超过{MANY}"))
    } else {
        (n.to_string(), n.to_string())
    };
    Note {
        code: "not-compared",
        en: format!(
            "{said_en} more target{} not compared: of no indicator of the vocabulary, a yearly average or a total of several years",
            if n == 1 { " is" } else { "s are" }
        ),
        zh: format!("另有{said_zh}个目标未作对照：不属于词表中的指标，或为年均、多年累计"),
    }
}
