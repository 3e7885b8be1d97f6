//! How many of the places that were looked at state a figure, and what of it is not weighed.

use std::fmt::Write as _;

use super::notes::number;
use super::part::is_of_all_years;
use super::tally::Tally;
use super::{Note, Told};
use crate::query::Compiled;
use crate::query::plan::{Aspect, Condition, Expr, Measure, Plan, Step};
use crate::query::sql::{NoteField, is_rise};

/// How many of how many places had the figure.
pub(super) fn stated(compiled: &Compiled, tally: &Tally, told: &[Told], notes: &mut Vec<Note>) {
    let Some(looked) = number(told, &NoteField::Looked) else {
        return;
    };
    if tally.rows == 0 || looked < 2 || is_of_all_years(&compiled.plan) {
        return;
    }
    for (n, (name_en, name_zh)) in compiled.slot_names.iter().enumerate() {
        let Some(stated) = number(told, &NoteField::Stated(n)) else {
            continue;
        };
        let only = number(told, &NoteField::GrowthOnly(n)).unwrap_or(0);
        // What has only a growth is seen where it is shown, and is not where rows are chosen by the value.
        let is_hidden = only > 0 && (is_weighed(&compiled.plan) || leaves_out(&compiled.plan));
        if stated + only >= looked && !is_hidden {
            continue;
        }
        let mut en = format!("{stated} of {looked} state {name_en}");
        let mut zh = format!("{looked}个中有{stated}个给出{name_zh}");
        if only > 0 {
            let _ = write!(en, ", {only} only its growth");
            let _ = write!(zh, "，{only}个只给出增速");
        }
        if let Some((said_en, said_zh)) = years_without(told, n) {
            en.push_str(&said_en);
            zh.push_str(&said_zh);
        }
        // What has no value is not weighed: 目标最高 is of the few that state an amount.
        if only > stated && is_weighed(&compiled.plan) {
            let _ = write!(en, ", which is not weighed here: ask of “{name_en} growth”");
            let _ = write!(zh, "，不参加比较，可问“{name_zh}增速”");
        }
        notes.push(Note {
            code: "coverage",
            en,
            zh,
        });
    }
}

/// So many years are named, more are only counted.
const FEW_YEARS: usize = 5;

/// The years of one place that say nothing, where they are few.
fn years_without(told: &[Told], n: usize) -> Option<(String, String)> {
    let without = told
        .iter()
        .find(|(field, _)| *field == NoteField::Without(n));
    let mut years: Vec<i64> = without
        .and_then(|(_, value)| value.text())
        .and_then(|json| serde_json::from_str(json).ok())?;
    years.sort_unstable();
    years.dedup();
    if years.is_empty() || years.len() > FEW_YEARS {
        return None;
    }
    let years: Vec<String> = years.iter().map(i64::to_string).collect();
    Some((
        format!(" (nothing for {})", years.join(", ")),
        format!("（{}年没有）", years.join("、")),
    ))
}

/// Whether those that do not state a figure are left out: 给出税收的镇.
fn leaves_out(plan: &Plan) -> bool {
    fn of(condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().any(of),
            Condition::Not(inner) => matches!(**inner, Condition::Missing(_)),
            _ => false,
        }
    }
    let mut steps = plan.steps.iter();
    steps.any(|step| matches!(step, Step::Keep(condition) if of(condition)))
}

/// Whether rows are chosen or ordered by a value.
fn is_weighed(plan: &Plan) -> bool {
    // Of a price index the growth is the value.
    let is_price = |expr: &Expr| {
        let mut figures = expr.figures().into_iter();
        figures.any(|figure| matches!(&figure.measure, Measure::Indicator(id) if is_rise(id)))
    };
    let is_value = |expr: &Expr| {
        !is_price(expr)
            && matches!(expr, Expr::Figure(figure) if matches!(figure.aspect, Aspect::Value | Aspect::Target))
    };
    plan.steps.iter().any(|step| match step {
        Step::Keep(Condition::Compare(expr, ..) | Condition::Extreme(expr, _))
        | Step::Sort { by: expr, .. } => is_value(expr),
        _ => false,
    })
}

/// What the name of a figure ends in that is not its value.
const ASPECTS: [(&str, &str); 3] = [
    (" target growth", "目标增速"),
    (" target", "目标"),
    (" growth", "增速"),
];

/// Where most places do not state what was asked, what they state beside it.
pub(super) fn kindred(compiled: &Compiled, told: &[Told], notes: &mut Vec<Note>) {
    for (field, value) in told {
        let NoteField::Kindred(n, names) = field else {
            continue;
        };
        let counts: Vec<i64> = value
            .text()
            .and_then(|json| serde_json::from_str(json).ok())
            .unwrap_or_default();
        let counted = counts.into_iter().zip(names);
        let best = counted
            .filter(|(count, _)| *count > 0)
            .max_by_key(|(count, _)| *count);
        let (Some((count, (other_en, other_zh))), Some((name_en, name_zh))) =
            (best, compiled.slot_names.get(*n))
        else {
            continue;
        };
        // Of a growth or a target the same is asked.
        let (of_en, of_zh) = ASPECTS
            .into_iter()
            .find(|(of_en, _)| name_en.ends_with(of_en))
            .unwrap_or_default();
        let (other_en, other_zh) = (format!("{other_en}{of_en}"), format!("{other_zh}{of_zh}"));
        notes.push(Note {
            code: "kindred",
            en: format!(
                "of those that do not state {name_en}, {count} {} {other_en}, of another range: ask of “{other_en}”",
                if count == 1 { "states" } else { "state" }
            ),
            zh: format!(
                "没有给出{name_zh}的之中，{count}个给出了范围不同的{other_zh}：可问“{other_zh}”"
            ),
        });
    }
}

/// Where a list has none of those that give it for several years together; a row that is shown says so itself.
pub(super) fn together(compiled: &Compiled, told: &[Told], notes: &mut Vec<Note>) {
    for (n, (name_en, name_zh)) in compiled.slot_names.iter().enumerate() {
        let count = number(told, &NoteField::Together(n));
        let Some(count) = count.filter(|count| *count > 0) else {
            continue;
        };
        notes.push(Note {
            code: "together",
            en: format!(
                "{count} more give {name_en} for several years together only, which answers for no year"
            ),
            zh: format!("另有{count}个只给出几年合计的{name_zh}，不作某一年的数"),
        });
    }
}
