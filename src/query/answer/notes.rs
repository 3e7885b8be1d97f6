//! What a reader of the rows must know: estimates, mixed years, bounds, part-years, what was left out and why.

use std::fmt::Write as _;

use super::coverage;
use super::tally::Tally;
use super::{Column, Note, Told};
use crate::fact::Value;
use crate::query::Compiled;
use crate::query::lang::is_han;
use crate::query::plan::{Aspect, Expr, Measure, Operator, Rows, Shown, Years};
use crate::query::sql::{MANY, NoteField, is_rise};

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
    foreign_words(compiled, &mut notes);
    levels(compiled, &mut notes);
    rises(compiled, &mut notes);
    not_stated(compiled, columns, tally, &mut notes);
    possible(told, &mut notes);
    coverage::stated(compiled, tally, told, &mut notes);
    coverage::foreign(compiled, told, &mut notes);
    super::verdict::totals(compiled, told, &mut notes);
    counted(compiled, &mut notes);
    followed(compiled, tally, &mut notes);
    super::a_year::note(compiled, &mut notes);
    estimates(tally, &mut notes);
    part_years(tally, &mut notes);
    mixed_years(compiled, tally, columns, &mut notes);
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
fn not_stated(compiled: &Compiled, columns: &[Column], tally: &Tally, notes: &mut Vec<Note>) {
    let Shown::Items(items) = &compiled.plan.shown else {
        return;
    };
    for item in items {
        let Expr::Field(field) = item else {
            continue;
        };
        let (en, zh) = field.names();
        let at = columns
            .iter()
            .position(|column| column.name.replace('_', " ") == en);
        if tally.rows > 0 && at.and_then(|at| tally.given.get(at)) == Some(&false) {
            notes.push(Note {
                code: "not-stated",
                en: format!("{en}: none of these rows states it"),
                zh: format!("“{zh}”：这些行都没有给出"),
            });
        }
    }
}

pub(super) fn number(told: &[Told], wanted: &NoteField) -> Option<i64> {
    told.iter()
        .find(|(field, _)| field == wanted)
        .and_then(|(_, value)| value.integer())
}

/// Which condition removed how many, and what came nearest.
fn empty(compiled: &Compiled, told: &[Told], notes: &mut Vec<Note>) {
    // That none of none fits says nothing.
    let looked = number(told, &NoteField::Looked).filter(|looked| *looked > 0);
    let Some(looked) = looked else {
        let counted = |value: &Value| {
            value
                .text()
                .is_some_and(|text| text.contains(|c: char| ('1'..='9').contains(&c)))
        };
        let has_results = matches!(compiled.plan.shown, Shown::Results | Shown::Verdicts(_));
        let follows = has_results && compiled.plan.rows == Rows::Tasks;
        let judges = has_results && !follows;
        let none = told
            .iter()
            .filter(|(field, _)| matches!(field, NoteField::Verdicts(_)))
            .all(|(_, value)| !counted(value));
        if judges && none {
            notes.push(Note {
                code: "empty",
                en: "no target to judge: no place has a report of the year before with targets for this year"
                    .to_owned(),
                zh: "没有可对照的目标：没有哪个地方在上一年的报告中提出了这一年的目标".to_owned(),
            });
        } else if follows {
            notes.push(Note {
                code: "empty",
                en: "no tasks to follow: the store has no report of the year before that plans for this year"
                    .to_owned(),
                zh: "没有可对照的任务：库中没有上一年为这一年提出任务的报告".to_owned(),
            });
        } else if let (Rows::Tasks | Rows::Targets, Years::One(year)) =
            (compiled.plan.rows, &compiled.plan.scope.years)
        {
            let (rows_en, rows_zh) = crate::query::say::rows_names(compiled.plan.rows);
            let next = year + 1;
            notes.push(Note {
                code: "empty",
                en: format!(
                    "no {rows_en} for {year}: those of a report are for the year after it; what the reports of {year} \
                     set is asked for as of {next}"
                ),
                zh: format!(
                    "没有{year}年的{rows_zh}：报告提出的是下一年的；{year}年报告提出的请写{next}年"
                ),
            });
        } else if !judges {
            notes.push(Note {
                code: "empty",
                en: "the store has no report of such places and years".to_owned(),
                zh: "库中没有这些地方、这些年份的报告".to_owned(),
            });
        }
        return;
    };
    let (rows_en, rows_zh) = crate::query::say::rows_names(compiled.plan.rows);
    // Records are counted up to here.
    let counted = !compiled.plan.rows.are_places();
    let said = |count: i64| match count {
        MANY.. if counted && count > MANY => (format!("over {MANY}"), format!("超过{MANY}")),
        _ => (count.to_string(), count.to_string()),
    };
    let (looked_en, looked_zh) = said(looked);
    let mut en = format!("none of {looked_en} {rows_en}");
    let mut zh = format!("{looked_zh}个{rows_zh}中没有符合的");
    for (n, (name_en, name_zh)) in compiled.slot_names.iter().enumerate() {
        let Some(stated) = number(told, &NoteField::Stated(n)) else {
            continue;
        };
        let only = number(told, &NoteField::GrowthOnly(n)).unwrap_or(0);
        let _ = write!(
            en,
            "; {} state{} {name_en}",
            stated + only,
            if stated + only == 1 { "s" } else { "" }
        );
        let _ = write!(zh, "；{}个有{name_zh}", stated + only);
    }
    for (at, (said_en, said_zh)) in compiled.kept_names.iter().enumerate() {
        if let Some(left) = number(told, &NoteField::Left(at)) {
            let (left_en, left_zh) = said(left);
            let _ = write!(en, "; “{said_en}” leaves {left_en}");
            let _ = write!(zh, "；“{said_zh}”后剩{left_zh}个");
        }
    }
    notes.push(Note {
        code: "empty",
        en,
        zh,
    });
    proxies(compiled, notes);
    nearest(compiled, told, notes);
}

/// What may stand for a population that no report states.
fn proxies(compiled: &Compiled, notes: &mut Vec<Note>) {
    let by_heads = |expr: &Expr| {
        matches!(expr, Expr::Combined(_, Operator::Divide, right)
            if matches!(&right.measure, Measure::Indicator(id) if id == "population"))
    };
    let (true, Some((name_en, name_zh))) = (
        compiled.plan.exprs().into_iter().any(by_heads),
        compiled.slot_names.first(),
    ) else {
        return;
    };
    notes.push(Note {
        code: "proxy",
        en: format!(
            "few reports state a population; what is nearest to it: {name_en} / registered population, \
             {name_en} / 「参保」 (people insured), and sentences mentioning \"人口\""
        ),
        zh: format!(
            "报告很少写人口；可用相近的数：{name_zh}/户籍人口、{name_zh}/「参保」（参保人数），或查看提到“人口”的句子"
        ),
    });
}

fn nearest(compiled: &Compiled, told: &[Told], notes: &mut Vec<Note>) {
    let found = told
        .iter()
        .find(|(field, _)| matches!(field, NoteField::Nearest(_)));
    let Some((_, Value::Text(json))) = found else {
        return;
    };
    let Ok(near) = serde_json::from_str::<Vec<(String, Option<i64>, f64)>>(json) else {
        return;
    };
    if near.is_empty() {
        return;
    }
    let unit = compiled.nearest_unit.as_deref().unwrap_or_default();
    let said = |chinese: bool| {
        near.iter()
            .map(|(place, year, value)| {
                let year = year.map_or(String::new(), |year| format!(" {year}"));
                let value = crate::query::say::amount(*value, unit, chinese);
                format!("{place}{year} {value}")
            })
            .collect::<Vec<_>>()
    };
    notes.push(Note {
        code: "nearest",
        en: format!("nearest: {}", said(false).join(", ")),
        zh: format!("最接近的：{}", said(true).join("，")),
    });
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

fn estimates(tally: &Tally, notes: &mut Vec<Note>) {
    let count = tally.estimates + tally.estimated;
    if count > 0 {
        let whole = tally.rows as i64 == count && tally.estimates == 0 && count > 1;
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

fn part_years(tally: &Tally, notes: &mut Vec<Note>) {
    let (count, periods) = (tally.part_year, &tally.periods);
    if count > 0 {
        let said: Vec<&str> = periods.iter().map(String::as_str).collect();
        let (en, zh) = if said.is_empty() {
            (String::new(), String::new())
        } else {
            let zh: Vec<String> = said.iter().map(|period| period_zh(period)).collect();
            (
                format!(
                    " ({})",
                    said.iter()
                        .map(|period| period_en(period))
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
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

/// to-month-10 → January to October.
fn period_en(period: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    period
        .strip_prefix("to-month-")
        .and_then(|month| month.parse::<usize>().ok())
        .and_then(|month| MONTHS.get(month.checked_sub(1)?))
        .map_or_else(
            || match period {
                "h1" => "the first half".to_owned(),
                "month" => "one month".to_owned(),
                "cumulative" => "several years".to_owned(),
                _ => "some other time".to_owned(),
            },
            |month| format!("January to {month}"),
        )
}

fn period_zh(period: &str) -> String {
    period.strip_prefix("to-month-").map_or_else(
        || match period {
            "h1" => "上半年".to_owned(),
            "month" => "单月".to_owned(),
            "cumulative" => "多年累计".to_owned(),
            _ => "其他时段".to_owned(),
        },
        |month| format!("截至{month}月"),
    )
}

/// Figures of different years stand side by side, and the question did not ask for that.
fn mixed_years(compiled: &Compiled, tally: &Tally, columns: &[Column], notes: &mut Vec<Note>) {
    if compiled.plan.scope.years != Years::Latest
        || columns.iter().any(|column| column.name == "stated_year")
    {
        return;
    }
    let years = &tally.years;
    let grouped = matches!(compiled.plan.shown, Shown::Groups(..));
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

fn stated_years(tally: &Tally, notes: &mut Vec<Note>) {
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

fn bounds(tally: &Tally, notes: &mut Vec<Note>) {
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

pub(super) fn count_en(count: i64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
