//! Why a row has no value: what the report says instead, looked up only where there is none.

use super::condition::Writer;
use super::slots::Kind;
use crate::query::catalog::Catalog;
use crate::query::plan::{PlaceScope, Plan, Years};

/// Where the places are not named, sentences are looked through in stores of so many places at most: each row without
/// a value costs its report's sentences.
const MOST_PLACES: u32 = 500;

/// Names that are shorter stand in labels that mean other things: 税收 in 税收占比.
const SHORTEST_PART: usize = 4;

/// So many of them are looked for.
const MOST_ENDS: usize = 10;

/// So many of an indicator's names are looked for, the usual ones first.
const MOST_NAMES: usize = 6;

/// SQL for a number: 1, the report gives the indicator for several years together; 2, it names it in a sentence of
/// which no figure was taken; 3, in one with a number that the source has destroyed; 4, it gives a growth that is not
/// against the year before; 5, it gives it of a part, or of it and others together; 6, of a year that is named no report is about it; 7, one is,
/// and does not give it; nothing where there is a value, a growth, or no such thing.
pub(super) fn absent(
    n: usize,
    indicator: &str,
    plan: &Plan,
    catalog: &Catalog,
    writer: &mut Writer,
) -> String {
    let layer = writer.layer;
    // What the report of the row's year says is no reason for another year's.
    if let Some(year) = writer.slots.0[n].year {
        let year = writer.params.integer(i64::from(year));
        return format!(
            "CASE WHEN value{n} IS NULL AND NOT EXISTS (SELECT 1 FROM sessions x WHERE x.town_id = {layer}.place_id \
             AND x.review_year = {year}) THEN 6 END"
        );
    }
    let id = writer.params.text(indicator);
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
    let of_part = of_part(indicator, catalog, writer);
    let sentences = format!(
        "passages p WHERE p.session_id = {layer}.session_id AND p.kind = 'sentence' AND ({found})"
    );
    format!(
        "CASE WHEN value{n} IS NOT NULL OR growth{n} IS NOT NULL THEN NULL WHEN metric{n} IS NOT NULL THEN 4 WHEN {together} THEN 1 \
         WHEN {of_part} THEN 5 \
         WHEN EXISTS (SELECT 1 FROM {sentences} AND EXISTS (SELECT 1 FROM doubts u WHERE u.session_id = p.session_id \
         AND u.code = 'broken-number' AND u.start >= p.start AND u.start < p.\"end\")) THEN 3 \
         WHEN EXISTS (SELECT 1 FROM {sentences} AND NOT EXISTS (SELECT 1 FROM metrics m WHERE m.section_id IS p.section_id \
         AND m.start >= p.start AND m.start < p.\"end\")) THEN 2 END"
    )
}

/// SQL for why a target has no value: 6, no report plans the year; 7, one does. Nothing where the targets are those of
/// the row's own report.
pub(super) fn absent_target(n: usize, plan: &Plan, writer: &mut Writer) -> Option<String> {
    let value = match writer.slots.0[n].kind {
        Kind::Paired => "target",
        _ => "value",
    };
    let slot = &writer.slots.0[n];
    let layer = writer.layer;
    let year = match slot.year {
        Some(year) => writer.params.integer(i64::from(year)),
        None if slot.kind == Kind::Target && plan.scope.years == Years::Latest => return None,
        None if slot.before => format!("{layer}.row_year - 1"),
        None => format!("{layer}.row_year"),
    };
    Some(format!(
        "CASE WHEN {value}{n} IS NULL THEN 6 + EXISTS (SELECT 1 FROM sessions x WHERE x.town_id = {layer}.place_id AND x.plan_year = {year}) END"
    ))
}

/// SQL for whether the report has a figure that is no indicator's and whose label ends in a name of this one, or names
/// another behind it: 某某港货物吞吐量, 城镇居民人均可支配收入和农民人均纯收入.
fn of_part(indicator: &str, catalog: &Catalog, writer: &mut Writer) -> String {
    let layer = writer.layer;
    let Some(indicator) = catalog.indicator(indicator) else {
        return "0".to_owned();
    };
    let names = indicator.names_zh.iter();
    let long: Vec<&String> = names
        .filter(|name| name.chars().count() >= SHORTEST_PART)
        .collect();
    // What ends in 港口货物吞吐量 ends in 货物吞吐量.
    let ends_in_another = |name: &str| {
        let mut others = long.iter().filter(|other| other.as_str() != name);
        others.any(|other| name.ends_with(other.as_str()))
    };
    let shortest = long.iter().filter(|name| !ends_in_another(name));
    let ends: Vec<String> = shortest
        .take(MOST_ENDS)
        .map(|name| {
            let name = writer.params.text(name);
            format!(
                "instr(m.label || '、', {name} || '、') > 0 OR instr(m.label, {name} || '和') > 0"
            )
        })
        .collect();
    if ends.is_empty() {
        return "0".to_owned();
    }
    let unit = writer.params.text(&indicator.unit);
    format!(
        "EXISTS (SELECT 1 FROM metrics m WHERE m.indicator IS NULL AND m.session_id = {layer}.session_id AND m.status <> 'target' \
         AND COALESCE(m.unit, {unit}) = {unit} AND ({}))",
        ends.join(" OR ")
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
