//! What the figures of an answer have in common and what not: estimates, part-years, different years, bounds.

use std::collections::BTreeSet;

use super::notes::count_en;
use super::period::Period;
use super::tally::Tally;
use super::{Column, Note, Told};
use crate::query::Compiled;
use crate::query::plan::{Condition, Operand, Plan, Shown, Step, Years};
use crate::query::sql::NoteField;

pub(super) fn estimates(tally: &Tally, notes: &mut Vec<Note>) {
    let count = tally.estimates + tally.estimated;
    if count > 0 {
        let whole = tally.figures == count && tally.estimates == 0 && count > 1;
        notes.push(Note {
            code: "estimate",
            en: if whole {
                "all are estimates (预计)".to_owned()
            } else {
                format!("{} estimated (预计)", count_en(count, "figure"))
            },
            zh: if whole {
                "均为预计数".to_owned()
            } else {
                format!("{count}个为预计数")
            },
        });
    }
}

pub(super) fn part_years(tally: &Tally, notes: &mut Vec<Note>) {
    let (count, periods) = (tally.part_year, &tally.periods);
    if count > 0 {
        let said: Vec<&str> = periods.iter().map(String::as_str).collect();
        let (en, zh) = if said.is_empty() {
            (String::new(), String::new())
        } else {
            let (en, zh): (Vec<String>, Vec<String>) = said
                .iter()
                .map(|period| Period::of(period))
                .map(|period| (period.note, period.zh))
                .unzip();
            (
                format!(" ({})", en.join(", ")),
                format!("（{}）", zh.join("、")),
            )
        };
        notes.push(Note {
            code: "part-year",
            en: format!(
                "{} not cover a whole year{en}",
                if count == 1 {
                    "1 figure does".to_owned()
                } else {
                    format!("{count} figures do")
                }
            ),
            zh: format!("{count}个数字不是全年数{zh}"),
        });
    }
}

/// Where all there is was asked for, and a figure is of what was added to it: 新增养老床位.
pub(super) fn added(tally: &Tally, notes: &mut Vec<Note>) {
    if tally.added == 0 {
        return;
    }
    let (en, zh): (BTreeSet<&str>, BTreeSet<&str>) = tally.added_as.iter().copied().unzip();
    let (en, zh): (Vec<&str>, Vec<&str>) = (en.into_iter().collect(), zh.into_iter().collect());
    let count = tally.added;
    notes.push(Note {
        code: "added",
        en: format!(
            "{} of what was {}, which need not be all there is",
            if count == 1 {
                "1 figure is".to_owned()
            } else {
                format!("{count} figures are")
            },
            en.join(" or ")
        ),
        zh: format!("{count}个是{}的数，未必是总数", zh.join("、")),
    });
}

/// Figures of different years stand side by side, and the question did not ask for that.
pub(super) fn mixed_years(
    compiled: &Compiled,
    tally: &Tally,
    columns: &[Column],
    told: &[Told],
    notes: &mut Vec<Note>,
) {
    if compiled.plan.scope.years != Years::Latest
        || columns.iter().any(|column| column.name == "stated_year")
    {
        return;
    }
    let plan = &compiled.plan;
    // What was chosen or counted says nothing of the years of the others.
    if tally.rows > 0 && (plan.counted || chooses(plan)) {
        let compared = told.iter().filter_map(|(field, value)| match field {
            NoteField::Abouts(_) => {
                serde_json::from_str::<(Option<i64>, Option<i64>)>(value.text()?).ok()
            }
            _ => None,
        });
        let first = compared.clone().filter_map(|(first, _)| first).min();
        let last = compared.filter_map(|(_, last)| last).max();
        if let Some((first, last)) = first.zip(last).filter(|(first, last)| first < last) {
            notes.push(Note {
                code: "mixed-years",
                en: format!(
                    "the figures that were compared are of different years ({first} to {last})"
                ),
                zh: format!("参与比较的数字年份不同（{first}年至{last}年）"),
            });
            return;
        }
    }
    let years = &tally.years;
    let grouped = matches!(plan.shown, Shown::Groups(..));
    if years.len() > 1 && (tally.rows > 1 || grouped) {
        let (first, last) = (
            years.first().copied().unwrap_or(0),
            years.last().copied().unwrap_or(0),
        );
        notes.push(Note {
            code: "mixed-years",
            en: format!("the figures are of different years ({first} to {last})"),
            zh: format!("数字的年份不同（{first}年至{last}年）"),
        });
    }
}

/// Whether rows are chosen by how they stand to others: the highest, the first five, those above average.
fn chooses(plan: &Plan) -> bool {
    let is_relative = |single: &Condition| {
        matches!(
            single,
            Condition::Extreme(..)
                | Condition::Nth(..)
                | Condition::Compare(_, _, Operand::Aggregate(..))
        )
    };
    plan.steps.iter().any(|step| match step {
        Step::Keep(condition) => condition.singles().into_iter().any(is_relative),
        Step::Take { others, .. } => !others,
        _ => false,
    })
}

pub(super) fn stated_years(tally: &Tally, notes: &mut Vec<Note>) {
    let wrong = &tally.stated;
    if wrong.is_empty() {
        return;
    }
    let en: Vec<String> = wrong
        .iter()
        .map(|(name, year)| format!("{name} says {year}"))
        .collect();
    let zh: Vec<String> = wrong
        .iter()
        .map(|(name, year)| format!("{name}写作{year}年"))
        .collect();
    notes.push(Note {
        code: "stated-year",
        en: format!(
            "the report states another year than it is about: {}",
            en.join(", ")
        ),
        zh: format!("报告标注的年份与内容不符：{}", zh.join("，")),
    });
}

pub(super) fn bounds(tally: &Tally, notes: &mut Vec<Note>) {
    let count = tally.bounds;
    if count > 0 {
        notes.push(Note {
            code: "bounds",
            en: format!("{} only as a bound and entered with it", stated_en(count)),
            zh: format!("{count}个数字只给出上下限，按所给的数计入"),
        });
    }
}

fn stated_en(count: i64) -> String {
    if count == 1 {
        "1 figure is stated".to_owned()
    } else {
        format!("{count} figures are stated")
    }
}
