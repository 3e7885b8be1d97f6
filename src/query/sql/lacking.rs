//! What places say in place of a figure that they do not state, which the notes count.

use super::Params;
use super::notes::{NoteField, Told};
use super::slots::{Kind, Slot};
use crate::query::catalog::Catalog;
use crate::query::plan::{Measure, Plan, Years};

/// The rows that do not state a slot's figure, for what they say in its place.
pub(super) struct Lacking<'a> {
    pub(super) n: usize,
    pub(super) slot: &'a Slot,
    /// That a row states it.
    pub(super) stated: &'a str,
    /// Whether places that plainly state it have left before the rows are made.
    pub(super) have_left: bool,
    /// That most are.
    pub(super) few: &'a str,
    /// Whether it is the growth that is asked for.
    pub(super) of_growth: bool,
}

impl Lacking<'_> {
    /// How many of them have a figure `m` of which this is true.
    fn that_say(&self, figure: &str) -> String {
        let stated = self.stated;
        let exists = format!(
            "NOT ({stated}) AND EXISTS (SELECT 1 FROM metrics m WHERE m.session_id = s0.session_id AND {figure})"
        );
        if self.have_left {
            // In the same pass, as a long chain of tables would be followed once more. Where half of all places have left,
            // most do state it, and none of the others is looked at.
            format!("SUM(2 * gone < (SELECT COUNT(*) FROM towns) AND {exists})")
        } else {
            // A pass of its own, which is only made where they are few.
            format!("(SELECT COUNT(*) FROM s0 WHERE {exists})")
        }
    }
}

/// How many of the places that do not state an indicator state one beside it, where that is most of them. Each row is a
/// place with the report that answers.
pub(super) fn kindred(
    lacking: &Lacking<'_>,
    plan: &Plan,
    catalog: &Catalog,
    params: &mut Params,
) -> Option<Told> {
    let Lacking { slot, few, .. } = lacking;
    let Measure::Indicator(id) = &slot.measure else {
        return None;
    };
    if !is_of_one_report(slot, plan) {
        return None;
    }
    let others = crate::query::kindred::kindred(id);
    let others: Vec<_> = others
        .into_iter()
        .filter_map(|other| catalog.indicator(other))
        .collect();
    if others.is_empty() {
        return None;
    }
    let status = match slot.kind {
        Kind::Result => "m.status <> 'target'",
        _ => "m.status = 'target'",
    };
    let says = if lacking.of_growth {
        "m.growth IS NOT NULL"
    } else {
        "m.value IS NOT NULL"
    };
    let year = of_year(plan);
    let counts: Vec<String> = others
        .iter()
        .map(|other| {
            let id = params.text(&other.id);
            lacking.that_say(&format!(
                "m.indicator = {id} AND {status} AND m.period <> 'cumulative' AND {says}{year}"
            ))
        })
        .collect();
    let sql = format!("CASE WHEN {few} THEN json_array({}) END", counts.join(", "));
    let names = others
        .iter()
        .map(|other| (other.name_en.clone(), other.name_zh.clone()))
        .collect();
    Some((sql, NoteField::Kindred(lacking.n, names)))
}

/// That a figure `m` is of the year that is asked about: a row without a report of it has another's.
fn of_year(plan: &Plan) -> String {
    match plan.scope.years {
        Years::One(year) => format!(" AND m.year = {year}"),
        _ => String::new(),
    }
}

/// Whether each row is a place with the report that the slot's figures are of.
fn is_of_one_report(slot: &Slot, plan: &Plan) -> bool {
    matches!(plan.scope.years, Years::Latest | Years::One(_)) && slot.year.is_none() && !slot.before
}

/// How many of the places that do not state it give it for several years together.
pub(super) fn together(lacking: &Lacking<'_>, plan: &Plan, params: &mut Params) -> Option<Told> {
    let Lacking { slot, few, .. } = lacking;
    let Measure::Indicator(id) = &slot.measure else {
        return None;
    };
    if slot.kind != Kind::Result || !is_of_one_report(slot, plan) || lacking.of_growth {
        return None;
    }
    let id = params.text(id);
    let year = of_year(plan);
    let counted = lacking.that_say(&format!(
        "m.indicator = {id} AND m.status <> 'target' AND m.period = 'cumulative'{year}"
    ));
    let sql = format!("CASE WHEN {few} THEN {counted} END");
    Some((sql, NoteField::Together(lacking.n)))
}
