//! What a reader of the rows must know: estimates, mixed years, bounds, part-years, what was left out and why.

use super::coverage;
use super::mixed::{added, bounds, estimates, mixed_years, part_years, stated_years};
use super::none::empty;
use super::tally::Tally;
use super::{Column, Note, Told};
use crate::query::Compiled;
use crate::query::lang::is_han;
use crate::query::plan::{Aspect, Expr, Measure, Rows, Shown};
use crate::query::sql::{NoteField, is_rise};

pub(super) fn notes(
    compiled: &Compiled,
    columns: &[Column],
    tally: &Tally,
    told: &[Told],
) -> Vec<Note> {
    let mut notes = Vec::new();
    no_texts(compiled, &mut notes);
    let none_has = compiled
        .lacks_texts
        .is_some_and(|(without, all)| without == all);
    if none_has {
        // What cannot be found is not said to be missing.
    } else if tally.rows == 0 || compiled.plan.counted && tally.first == Some(0) {
        empty(compiled, told, &mut notes);
    }
    assumed(compiled, &mut notes);
    foreign_words(compiled, &mut notes);
    levels(compiled, &mut notes);
    rises(compiled, &mut notes);
    not_stated(columns, tally, &mut notes);
    super::absence::named(compiled, tally, &mut notes);
    silent(compiled, tally, told, &mut notes);
    possible(told, &mut notes);
    coverage::stated(compiled, tally, told, &mut notes);
    coverage::together(compiled, told, &mut notes);
    coverage::kindred(compiled, told, &mut notes);
    super::dollars::note(compiled, told, &mut notes);
    super::verdict::totals(compiled, told, &mut notes);
    counted(compiled, &mut notes);
    followed(compiled, tally, &mut notes);
    super::a_year::note(compiled, &mut notes);
    estimates(tally, &mut notes);
    part_years(tally, &mut notes);
    added(tally, &mut notes);
    mixed_years(compiled, tally, columns, told, &mut notes);
    stated_years(tally, &mut notes);
    bounds(tally, &mut notes);
    notes
}

/// Texts that were left out of a copy cannot be searched.
fn no_texts(compiled: &Compiled, notes: &mut Vec<Note>) {
    let Some((without, all)) = compiled.lacks_texts else {
        return;
    };
    let (en, zh) = if without == all {
        (
            "this copy of the store was made without the texts of the reports: what they say beside figures and tasks \
             cannot be found in it"
                .to_owned(),
            "本库是不带报告原文的副本：除数字和任务外，报告说了什么无从查找".to_owned(),
        )
    } else {
        (
            format!(
                "{without} of the {all} files of this store came from a copy without texts: what their reports say beside \
                 figures and tasks is not found"
            ),
            format!(
                "本库{all}个文件中有{without}个来自不带原文的副本：除数字和任务外，这些报告说了什么查不到"
            ),
        )
    };
    notes.push(Note {
        code: "no-texts",
        en,
        zh,
    });
}

/// A province and its cities are not to be added up without saying so.
fn levels(compiled: &Compiled, notes: &mut Vec<Note>) {
    if compiled.mixes_levels {
        notes.push(Note {
            code: "levels",
            en: "provinces, cities, counties and towns are added up together, though some lie in others: ask for one kind, as \
                 `of all cities`"
                .to_owned(),
            zh: "省、市、区县、镇加在一起，其中有的包含另一些：可以只问一种，如“各市”".to_owned(),
        });
    }
}

/// What the question leaves open.
fn assumed(compiled: &Compiled, notes: &mut Vec<Note>) {
    notes.extend(compiled.assumed.iter().map(|assumed| {
        let (en, zh) = assumed.said();
        Note {
            code: "assumed",
            en,
            zh,
        }
    }));
}

/// A price index is written as 103.5 or as a rise of 3.5 %.
fn rises(compiled: &Compiled, notes: &mut Vec<Note>) {
    let exprs = compiled.plan.exprs();
    let is_rise = exprs
        .into_iter()
        .flat_map(Expr::figures)
        .any(|figure| match &figure.measure {
            Measure::Indicator(id) => figure.aspect == Aspect::Value && is_rise(id),
            _ => false,
        });
    if is_rise {
        notes.push(Note {
            code: "year-before-100",
            en: "a price index written on the year before as 100, as 103.5, is compared, ordered and added up as the rise that \
                 others write, 3.5%"
                .to_owned(),
            zh: "以上年为100写出的价格指数（如103.5）按涨幅（3.5%）比较、排序和合计".to_owned(),
        });
    }
}

/// English words of a text are hardly in a Chinese report.
fn foreign_words(compiled: &Compiled, notes: &mut Vec<Note>) {
    let is_foreign = |text: &&str| {
        !text.chars().any(is_han)
            && text.split(' ').any(|word| {
                word.chars().count() > 3 && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            })
    };
    let sought = compiled.plan.sought();
    let Some(text) = sought.into_iter().find(is_foreign) else {
        return;
    };
    notes.push(Note {
        code: "foreign-words",
        en: format!(
            "reports are in Chinese, and “{text}” was looked for as it stands: write it as the reports do"
        ),
        zh: format!("报告是中文的，“{text}”照原样查找：请写报告中的用词"),
    });
}

/// A column that is empty throughout is not shown to people: where it is what was asked for, they are told.
fn not_stated(columns: &[Column], tally: &Tally, notes: &mut Vec<Note>) {
    let columns = columns.iter().zip(&tally.given);
    let lacks = |column: &Column| column.asked && !super::absence::is_combined(column);
    let empty = columns.filter(|(column, is_given)| lacks(column) && !**is_given);
    for (column, _) in empty.filter(|_| tally.rows > 0) {
        let (en, zh) = (&column.title_en, &column.title_zh);
        notes.push(Note {
            code: "not-stated",
            en: format!("{en}: none of these rows states it"),
            zh: format!("“{zh}”：这些行都没有给出"),
        });
    }
}

/// Places that were named and of which no row is shown.
fn silent(compiled: &Compiled, tally: &Tally, told: &[Told], notes: &mut Vec<Note>) {
    let of_none = told.iter().find(|(field, _)| *field == NoteField::Silent);
    let Some(json) = of_none
        .filter(|_| tally.rows > 0)
        .and_then(|(_, value)| value.text())
    else {
        return;
    };
    let places: Vec<(String, i64)> = serde_json::from_str(json).unwrap_or_default();
    let (reported, unreported): (Vec<_>, Vec<_>) =
        places.into_iter().partition(|(_, reported)| *reported == 1);
    let names = |places: &[(String, i64)], joint: &str| {
        let names: Vec<&str> = places.iter().map(|(name, _)| name.as_str()).collect();
        names.join(joint)
    };
    if !unreported.is_empty() {
        notes.push(Note {
            code: "no-report",
            en: format!("no report of these years: {}", names(&unreported, ", ")),
            zh: format!("没有这些年份的报告：{}", names(&unreported, "、")),
        });
    }
    if !reported.is_empty() {
        let (en, zh): (Vec<&str>, Vec<&str>) = compiled
            .slot_names
            .iter()
            .map(|(en, zh)| (en.as_str(), zh.as_str()))
            .unzip();
        notes.push(Note {
            code: "no-row",
            en: format!(
                "no {} in the reports of these years: {}",
                en.join(", "),
                names(&reported, ", ")
            ),
            zh: format!(
                "这些年份的报告没有给出{}：{}",
                zh.join("、"),
                names(&reported, "、")
            ),
        });
    }
}

pub(super) fn number(told: &[Told], wanted: &NoteField) -> Option<i64> {
    told.iter()
        .find(|(field, _)| field == wanted)
        .and_then(|(_, value)| value.integer())
}

/// Rows whose bound may or may not meet the condition.
fn possible(told: &[Told], notes: &mut Vec<Note>) {
    for (field, value) in told {
        let (NoteField::Possible(at), Some(count)) = (field, value.integer()) else {
            continue;
        };
        if count == 0 {
            continue;
        }
        let names = told
            .iter()
            .find(|(field, _)| *field == NoteField::PossibleNames(*at))
            .and_then(|(_, value)| value.text())
            .and_then(|json| serde_json::from_str::<Vec<String>>(json).ok())
            .unwrap_or_default();
        let more = count > names.len() as i64;
        notes.push(Note {
            code: "possible",
            en: format!(
                "{count} more possibly: stated only as a bound ({}{})",
                names.join(", "),
                if more { ", …" } else { "" }
            ),
            zh: format!(
                "另有{count}个只给出上下限，可能符合（{}{}）",
                names.join("、"),
                if more { "……" } else { "" }
            ),
        });
    }
}

/// Counts of verdicts have no sentences of their own; the targets that are counted have.
fn counted(compiled: &Compiled, notes: &mut Vec<Note>) {
    if let Some(rows) = &compiled.counted_rows {
        notes.push(Note {
            code: "counted",
            en: format!("each target with its sentences: {}", rows.en),
            zh: format!("逐项目标及原句：{}", rows.zh),
        });
    }
}

/// Tasks are not judged.
fn followed(compiled: &Compiled, tally: &Tally, notes: &mut Vec<Note>) {
    let plan = &compiled.plan;
    if tally.rows > 0 && plan.rows == Rows::Tasks && plan.shown == Shown::Results && !plan.counted {
        notes.push(Note {
            code: "alike",
            en: "the next report's sentence is the one of its review part that shares most wording with the task: read \
                 whether it says that the task was done"
                .to_owned(),
            zh: "次年报告的说法取其工作回顾部分中与任务用字最相近的一句，是否完成请读原句".to_owned(),
        });
    }
}

pub(super) fn count_en(count: i64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
