//! Why a row has no value: what the report says instead, looked up only where there is none.

use super::condition::Writer;
use super::slots::Kind;
use crate::fact::Indicator;
use crate::query::catalog::Catalog;
use crate::query::plan::{Measure, PlaceScope, Plan, Years};
use crate::query::unit;

/// Where the places are not named, sentences are looked through in stores of so many places at most: each row without
/// a value costs its report's sentences.
const MOST_PLACES: u32 = 500;

/// Names that are shorter stand in labels that mean other things: 税收 in 税收占比.
const SHORTEST_PART: usize = 4;

/// So many of them are looked for.
const MOST_ENDS: usize = 10;

/// So many of an indicator's names are looked for, the usual ones first.
const MOST_NAMES: usize = 6;

/// SQL for a number: 1, the report gives the indicator for several years together; 2, it names it in a sentence with a
/// number that the source has destroyed; 3, in one of which no figure was taken; 4, it gives a growth that is not against
/// the year before; 5, it gives it of a part, or of it and others together; 6, of a year that is named no report is about
/// it; 7, one is, and does not give it; 8, figures of other things name it; 9, a sentence does that has numbers of other
/// things; 10, it gives only a target. Behind 5 and 8 stand the year of the figure and the name: `8:2023:口袋公园`. Nothing
/// where there is a value, a growth, or no such thing.
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
    let has = |more: &str| {
        format!(
            "EXISTS (SELECT 1 FROM metrics m WHERE m.indicator = {id} AND m.session_id = {layer}.session_id AND {more})"
        )
    };
    let together = has("m.status <> 'target' AND m.period = 'cumulative'");
    let planned = has("m.status = 'target'");
    let known = catalog.indicator(indicator);
    let names = known.map_or_else(Vec::new, |known| usual_names(known, writer));
    let Some(known) = known.filter(|_| !names.is_empty() && is_small(plan, catalog)) else {
        return format!(
            "CASE WHEN value{n} IS NULL THEN CASE WHEN metric{n} IS NOT NULL THEN 4 WHEN {together} THEN 1 END END"
        );
    };
    let of_report = format!("m.session_id = {layer}.session_id AND m.status <> 'target'");
    let in_figures = in_figures(known, &id, &names, &of_report, writer);
    let names_it = |column: &str| said(&names, |name| format!("instr({column}, {name}) > 0"));
    // The least of its sentences says the most.
    let in_sentences = format!(
        "(SELECT MIN(CASE WHEN EXISTS (SELECT 1 FROM doubts u WHERE u.session_id = p.session_id AND u.code = 'broken-number' \
         AND u.start >= p.start AND u.start < p.\"end\") THEN 2 \
         WHEN NOT EXISTS (SELECT 1 FROM metrics m WHERE m.section_id IS p.section_id AND m.start >= p.start AND m.start < p.\"end\") \
         THEN 3 ELSE 9 END) FROM passages p WHERE p.session_id = {layer}.session_id AND p.kind = 'sentence' AND ({}))",
        names_it("p.text")
    );
    format!(
        "CASE WHEN value{n} IS NOT NULL OR growth{n} IS NOT NULL THEN NULL WHEN metric{n} IS NOT NULL THEN 4 WHEN {together} THEN 1 \
         WHEN {planned} THEN 10 ELSE COALESCE({in_figures}, {in_sentences}) END"
    )
}

/// SQL for what figures of the report, which are not the indicator's, say of it. Of a part are those that are no
/// indicator's, in its unit, and whose label ends in a name of it, or names another thing behind it: 某某港货物吞吐量,
/// 城镇居民人均可支配收入和农民人均纯收入. Others only have a name of it.
fn in_figures(
    indicator: &Indicator,
    id: &str,
    names: &[String],
    of_report: &str,
    writer: &mut Writer,
) -> String {
    let long: Vec<&String> = indicator
        .names_zh
        .iter()
        .filter(|name| name.chars().count() >= SHORTEST_PART)
        .collect();
    // What ends in 港口货物吞吐量 ends in 货物吞吐量.
    let ends_in_another = |name: &str| {
        let mut others = long.iter().filter(|other| other.as_str() != name);
        others.any(|other| name.ends_with(other.as_str()))
    };
    let ends: Vec<String> = long
        .iter()
        .filter(|name| !ends_in_another(name))
        .take(MOST_ENDS)
        .map(|name| writer.params.text(name))
        .collect();
    let unit = writer.params.text(&indicator.unit);
    let in_unit = if unit::is_counter(&indicator.unit) {
        format!("COALESCE(m.unit, {unit}) NOT IN ({})", unit::measures())
    } else {
        format!("COALESCE(m.unit, {unit}) = {unit}")
    };
    let is_part = |name: &str| {
        format!("instr(m.label || '、', {name} || '、') > 0 OR instr(m.label, {name} || '和') > 0")
    };
    let holds = |name: &str| format!("instr(m.label, {name}) > 0 OR instr(m.quote, {name}) > 0");
    let mut cases = Vec::new();
    if !ends.is_empty() {
        cases.push(format!(
            "WHEN m.indicator IS NULL AND {in_unit} AND ({}) THEN '5:' || IFNULL(m.year, '') || ':' || CASE {} END",
            said(&ends, is_part),
            choice(&ends, is_part)
        ));
    }
    cases.push(format!(
        "WHEN {} THEN '8:' || IFNULL(m.year, '') || ':' || CASE {} END",
        said(names, holds),
        choice(names, holds)
    ));
    format!(
        "(SELECT MIN(CASE {} END) FROM metrics m WHERE {of_report} AND m.indicator IS NOT {id})",
        cases.join(" ")
    )
}

/// SQL for whether one of the names is said.
fn said(names: &[String], how: impl Fn(&str) -> String) -> String {
    let any: Vec<String> = names.iter().map(|name| how(name)).collect();
    any.join(" OR ")
}

/// SQL for the first of them that is.
fn choice(names: &[String], how: impl Fn(&str) -> String) -> String {
    let cases = names
        .iter()
        .map(|name| format!("WHEN {} THEN {name}", how(name)));
    cases.collect::<Vec<_>>().join(" ")
}

/// The names of an indicator that are looked for, as parameters.
fn usual_names(indicator: &Indicator, writer: &mut Writer) -> Vec<String> {
    let names = indicator.names_zh.iter();
    names
        .filter(|name| name.chars().count() > 1)
        .take(MOST_NAMES)
        .map(|name| writer.params.text(name))
        .collect()
}

/// SQL for why a target has no value: 6, no report plans the year; 7, one does; as in [`absent`] 5 or 8, one does, and its
/// targets for other things name it. Where the targets are those of the row's own report, only these two.
pub(super) fn absent_target(
    n: usize,
    plan: &Plan,
    catalog: &Catalog,
    writer: &mut Writer,
) -> Option<String> {
    let value = match writer.slots.0[n].kind {
        Kind::Paired => "target",
        _ => "value",
    };
    let slot = &writer.slots.0[n];
    let layer = writer.layer;
    let year = match slot.year {
        Some(year) => Some(writer.params.integer(i64::from(year))),
        None if slot.kind == Kind::Target && plan.scope.years == Years::Latest => None,
        None if slot.before => Some(format!("{layer}.row_year - 1")),
        None => Some(format!("{layer}.row_year")),
    };
    let of_reports = year.as_ref().map_or_else(
        || format!("m.session_id = {layer}.session_id"),
        |year| {
            format!(
                "m.session_id IN (SELECT x.id FROM sessions x WHERE x.town_id = {layer}.place_id AND x.plan_year = {year}) \
                 AND m.year = {year}"
            )
        },
    );
    let of_targets = format!("{of_reports} AND m.status = 'target'");
    let in_others = in_other_targets(n, &of_targets, plan, catalog, writer);
    let why = match (year, in_others) {
        (None, None) => return None,
        (None, Some(in_others)) => in_others,
        (Some(year), in_others) => {
            let planned = format!(
                "6 + EXISTS (SELECT 1 FROM sessions x WHERE x.town_id = {layer}.place_id AND x.plan_year = {year})"
            );
            in_others.map_or(planned.clone(), |said| {
                format!("COALESCE({said}, {planned})")
            })
        }
    };
    let stated = match writer.slots.0[n].kind {
        Kind::Paired => String::new(),
        _ => format!(" AND growth{n} IS NULL"),
    };
    Some(format!(
        "CASE WHEN {value}{n} IS NULL{stated} THEN {why} END"
    ))
}

/// Whether targets for several things together name the slot's: 税收和财政收入均增长5%.
fn in_other_targets(
    n: usize,
    of_targets: &str,
    plan: &Plan,
    catalog: &Catalog,
    writer: &mut Writer,
) -> Option<String> {
    let slot = &writer.slots.0[n];
    let Measure::Indicator(id) = &slot.measure else {
        return None;
    };
    let known = catalog.indicator(id).filter(|_| is_small(plan, catalog))?;
    let id = writer.params.text(id);
    let names = usual_names(known, writer);
    (!names.is_empty()).then(|| in_figures(known, &id, &names, of_targets, writer))
}

/// Whether few reports are asked: places are named, or the store has not many.
fn is_small(plan: &Plan, catalog: &Catalog) -> bool {
    let places = &plan.scope.places;
    let are_named = places
        .iter()
        .all(|place| matches!(place, PlaceScope::Own { .. }));
    !places.is_empty() && are_named || catalog.kinds().values().sum::<u32>() <= MOST_PLACES
}
