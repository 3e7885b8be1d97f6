//! Why no row answers, and what comes nearest.

use std::fmt::Write as _;

use super::notes::{count_en, number};
use super::{Note, Told};
use crate::fact::Value;
use crate::query::Compiled;
use crate::query::plan::{Expr, Measure, Operator, PlaceScope, Plan, Rows, Shown, Years};
use crate::query::sql::{MANY, NoteField};

/// Which condition removed how many, and what came nearest.
pub(super) fn empty(compiled: &Compiled, told: &[Told], notes: &mut Vec<Note>) {
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
        } else if let (Rows::Tasks | Rows::Targets, Years::One(year), Some(1..)) = (
            compiled.plan.rows,
            &compiled.plan.scope.years,
            number(told, &NoteField::YearAfter),
        ) {
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
        } else if let Some(reports @ 1..) = number(told, &NoteField::Reports) {
            let (rows_en, rows_zh) = crate::query::say::rows_names(compiled.plan.rows);
            notes.push(Note {
                code: "empty",
                en: format!(
                    "there are no such {rows_en}: {} of such places and years {} none",
                    count_en(reports, "report"),
                    if reports == 1 { "has" } else { "have" }
                ),
                zh: format!("这些地方、这些年份有{reports}份报告，其中没有这样的{rows_zh}"),
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
    let (rows_en, rows_zh) = rows_of(&compiled.plan);
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
            "; {stated} state{} {name_en}",
            if stated == 1 { "s" } else { "" }
        );
        let _ = write!(zh, "；{stated}个有{name_zh}");
        if only > 0 {
            let _ = write!(en, ", {only} only its growth");
            let _ = write!(zh, "，{only}个只有增速");
        }
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

/// Indicators that hardly any report states, with the figures that they are worked out of.
const QUOTIENTS: [(&str, &str, &str); 1] = [(
    "urban_rural_income_ratio",
    "urban disposable income / rural disposable income",
    "城镇居民人均可支配收入/农村居民人均可支配收入",
)];

/// What may stand for a figure that no report states: others of which it is worked out, or that are near to it.
pub(super) fn proxies(compiled: &Compiled, notes: &mut Vec<Note>) {
    let exprs = compiled.plan.exprs();
    let mut figures = exprs.iter().flat_map(|expr| expr.figures());
    let quotient = figures.find_map(|figure| match &figure.measure {
        Measure::Indicator(id) => QUOTIENTS.iter().find(|(of, ..)| of == id),
        _ => None,
    });
    if let Some((_, en, zh)) = quotient {
        notes.push(Note {
            code: "proxy",
            en: format!("few reports state it; worked out of two figures it is {en}"),
            zh: format!("报告很少写明；可由两个指标推算：{zh}"),
        });
    }
    let by_heads = |expr: &Expr| {
        matches!(expr, Expr::Combined(_, Operator::Divide, right)
            if matches!(&right.measure, Measure::Indicator(id) if id == "population"))
    };
    if exprs.into_iter().any(by_heads)
        && let Some((name_en, name_zh)) = compiled.slot_names.first()
    {
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
}

pub(super) fn nearest(compiled: &Compiled, told: &[Told], notes: &mut Vec<Note>) {
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

/// What the rows are: those of one place, a row a year, are years.
fn rows_of(plan: &Plan) -> (&'static str, &'static str) {
    let is_one = matches!(plan.scope.places[..], [PlaceScope::Own { .. }]);
    if plan.rows.are_places() && plan.scope.years.are_rows() && is_one {
        return ("years", "年份");
    }
    crate::query::say::rows_names(plan.rows)
}
