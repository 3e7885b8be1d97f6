//! What one place does not state for the year that is asked about, but for others; and what no place's latest report says,
//! but an earlier one: an empty answer says which.

use super::plan::{Condition, PlaceScope, Plan, Shown, Step, Years};
use super::{Answer, Catalog, ColumnKind, Compiled, Note};

/// The same question of all years, where an answer about one place and one year states nothing, or no latest report says
/// what was looked for.
#[must_use]
pub fn in_all_years(compiled: &Compiled, answer: &Answer, catalog: &Catalog) -> Option<Compiled> {
    let plan = &compiled.plan;
    let is_of_one = matches!(plan.scope.places[..], [PlaceScope::Own { .. }])
        && matches!(plan.scope.years, Years::Latest | Years::One(_))
        && matches!(plan.shown, Shown::Items(_))
        && plan.rows.are_places();
    let names_years = plan
        .exprs()
        .into_iter()
        .flat_map(super::plan::Expr::figures)
        .any(|figure| figure.year.is_some() || figure.before);
    let is_unstated = is_of_one && !names_years && !plan.counted && states_nothing(answer);
    let is_unsaid = is_of_texts(plan) && has_none(plan, answer);
    if plan.explained || !is_unstated && !is_unsaid {
        return None;
    }
    let mut every = plan.clone();
    every.counted = false;
    every.scope.years = Years::Every;
    Some(super::compiled(every, Vec::new(), catalog, compiled.lang))
}

/// The years that an answer of all years states something for, said with the question that shows them.
#[must_use]
pub fn stated_elsewhere(every: &Compiled, answer: &Answer) -> Option<Note> {
    let year = answer
        .columns
        .iter()
        .position(|column| column.kind == ColumnKind::Year)?;
    let mut years: Vec<i64> = answer
        .rows
        .iter()
        .filter(|row| is_of_texts(&every.plan) || states(answer, row))
        .filter_map(|row| row.cells.get(year)?.value.integer())
        .collect();
    years.sort_unstable();
    years.dedup();
    let (first, last) = (years.first()?, years.last()?);
    let (en, zh) = match years.len() {
        1 => (format!("{first}"), format!("{first}年")),
        2 => (
            format!("{first} and {last}"),
            format!("{first}年和{last}年"),
        ),
        n => (
            format!("{n} years from {first} to {last}"),
            format!("{first}年至{last}年中的{n}年"),
        ),
    };
    if is_of_texts(&every.plan) {
        return Some(Note {
            code: "elsewhere",
            en: format!(
                "only the latest report of each place was looked through; earlier ones say it for {en}: `{}`",
                every.reading.en
            ),
            zh: format!(
                "只查了各地最新的报告；以前的报告中{zh}有，可问“{}”",
                every.reading.zh
            ),
        });
    }
    Some(Note {
        code: "elsewhere",
        en: format!("it is stated for {en}: `{}`", every.reading.en),
        zh: format!("{zh}有，可问“{}”", every.reading.zh),
    })
}

/// Whether the rows are places that are chosen by nothing but what their latest reports say.
fn is_of_texts(plan: &Plan) -> bool {
    fn is_said(condition: &Condition) -> bool {
        match condition {
            Condition::Mentions(_) => true,
            Condition::All(parts) | Condition::Any(parts) => parts.iter().all(is_said),
            _ => false,
        }
    }
    let mut steps = plan.steps.iter();
    plan.rows.are_places()
        && matches!(plan.scope.years, Years::Latest | Years::Every)
        && !plan.steps.is_empty()
        && steps.all(|step| matches!(step, Step::Keep(condition) if is_said(condition)))
}

/// Whether no row answers, or none is counted.
fn has_none(plan: &Plan, answer: &Answer) -> bool {
    let mut first = answer.rows.iter().filter_map(|row| row.cells.first());
    plan.scope.years == Years::Latest
        && (answer.rows.is_empty()
            || plan.counted
                && first
                    .next()
                    .is_some_and(|cell| cell.value.integer() == Some(0)))
}

/// One row or none, of which no value is there.
fn states_nothing(answer: &Answer) -> bool {
    let has_values = answer
        .columns
        .iter()
        .any(|column| column.kind == ColumnKind::Value);
    has_values && answer.rows.len() < 2 && !answer.rows.iter().any(|row| states(answer, row))
}

fn states(answer: &Answer, row: &super::Row) -> bool {
    let mut cells = answer.columns.iter().zip(&row.cells);
    cells.any(|(column, cell)| {
        matches!(column.kind, ColumnKind::Value | ColumnKind::Growth) && !cell.value.is_null()
    })
}
