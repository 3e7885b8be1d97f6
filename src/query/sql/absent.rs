//! Why a row has no value: what the report says instead, looked up only where there is none.

use super::interval::Writer;
use crate::query::catalog::Catalog;
use crate::query::plan::{PlaceScope, Plan};

/// Where the places are not named, sentences are looked through in stores of so many places at most: each row without
/// a value costs its report's sentences.
const MOST_PLACES: u32 = 500;

/// So many of an indicator's names are looked for, the usual ones first.
const MOST_NAMES: usize = 6;

/// SQL for a number: 1, the report gives the indicator for several years together; 2, it names it in a sentence of
/// which no figure was taken; 3, in one with a number that the source has destroyed; 4, it gives a growth that is not
/// against the year before; nothing where there is a value, a growth, or no such thing.
pub(super) fn absent(
    n: usize,
    indicator: &str,
    plan: &Plan,
    catalog: &Catalog,
    writer: &mut Writer,
) -> String {
    let id = writer.params.text(indicator);
    let layer = writer.layer;
    let together = format!(
        "EXISTS (SELECT 1 FROM metrics m WHERE m.indicator = {id} AND m.session_id = {layer}.session_id AND m.status <> 'target' \
         AND m.period = 'cumulative')"
    );
    let names = catalog
        .indicator(indicator)
        .map_or(&[][..], |indicator| &indicator.names_zh);
    let names = names.iter().filter(|name| name.chars().count() > 1);
    let sought: Vec<String> = names
        .take(MOST_NAMES)
        .map(|name| format!("instr(p.text, {}) > 0", writer.params.text(name)))
        .collect();
    if sought.is_empty() || !is_small(plan, catalog) {
        return format!(
            "CASE WHEN value{n} IS NULL THEN CASE WHEN metric{n} IS NOT NULL THEN 4 WHEN {together} THEN 1 END END"
        );
    }
    let found = sought.join(" OR ");
    let sentences = format!(
        "passages p WHERE p.session_id = {layer}.session_id AND p.kind = 'sentence' AND ({found})"
    );
    format!(
        "CASE WHEN value{n} IS NOT NULL OR growth{n} IS NOT NULL THEN NULL WHEN metric{n} IS NOT NULL THEN 4 WHEN {together} THEN 1 \
         WHEN EXISTS (SELECT 1 FROM {sentences} AND EXISTS (SELECT 1 FROM doubts u WHERE u.session_id = p.session_id \
         AND u.code = 'broken-number' AND u.start >= p.start AND u.start < p.\"end\")) THEN 3 \
         WHEN EXISTS (SELECT 1 FROM {sentences} AND NOT EXISTS (SELECT 1 FROM metrics m WHERE m.section_id IS p.section_id \
         AND m.start >= p.start AND m.start < p.\"end\")) THEN 2 END"
    )
}

/// Whether few reports are asked: places are named, or the store has not many.
fn is_small(plan: &Plan, catalog: &Catalog) -> bool {
    let places = &plan.scope.places;
    let are_named = places
        .iter()
        .all(|place| matches!(place, PlaceScope::Own { .. }));
    !places.is_empty() && are_named || catalog.kinds().values().sum::<u32>() <= MOST_PLACES
}
