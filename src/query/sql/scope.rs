//! The places asked about, and each place's report.

use super::slots::Slots;
use super::{Params, figures, stated};
use crate::query::plan::{PlaceScope, Plan, Rows, Years};

/// The places asked about.
pub(super) fn places(plan: &Plan, params: &mut Params) -> String {
    let mut wanted = Vec::new();
    let kinds: &[&str] = match plan.scope.of.unwrap_or(plan.rows) {
        Rows::Towns => &["town", "township", "subdistrict"],
        Rows::Counties => &["county", "district", "county-city"],
        Rows::Cities => &["city", "prefecture"],
        Rows::Provinces => &["province", "municipality"],
        _ => &[],
    };
    if !kinds.is_empty() {
        let list: Vec<String> = kinds.iter().map(|kind| params.text(kind)).collect();
        wanted.push(format!("t.kind IN ({})", list.join(", ")));
    }
    if !plan.scope.places.is_empty() {
        let any: Vec<String> = plan
            .scope
            .places
            .iter()
            .map(|place| within(place, params))
            .collect();
        wanted.push(format!("({})", any.join(" OR ")));
    }
    for place in &plan.scope.outside {
        // A place that lies in no known area lies outside.
        wanted.push(format!("NOT COALESCE({}, 0)", within(place, params)));
    }
    let filter = if wanted.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", wanted.join(" AND "))
    };
    format!(
        "place AS (SELECT t.id, t.name, t.kind, t.county, t.city, t.province FROM towns t{filter})"
    )
}

fn within(place: &PlaceScope, params: &mut Params) -> String {
    match place {
        PlaceScope::Own { id, .. } => format!("t.id = {}", params.integer(*id)),
        PlaceScope::Within {
            level,
            name,
            city,
            province,
        } => {
            let mut parts = vec![format!("t.{} = {}", level.column(), params.text(name))];
            parts.extend(
                city.as_ref()
                    .map(|city| format!("t.city = {}", params.text(city))),
            );
            parts.extend(
                province
                    .as_ref()
                    .map(|province| format!("t.province = {}", params.text(province))),
            );
            match &parts[..] {
                [only] => only.clone(),
                _ => format!("({})", parts.join(" AND ")),
            }
        }
    }
}

/// Each place's report: the latest, or the one about the year that is asked about; of each year one where years are rows.
///
/// Which one it is is looked up in the index of a place's reports, place by place: the reports of other years are not
/// read.
pub(super) fn reports(plan: &Plan, params: &mut Params) -> String {
    let from = report_of_each("", plan, params);
    format!("report AS MATERIALIZED (\n  SELECT {REPORT}\n  {from}\n)")
}

/// What is read of a report.
const REPORT: &str =
    "s.id AS session_id, place.id AS town_id, s.review_year, s.plan_year, s.stated_year";

/// The same with what is said of the place, for rows that are places: they need no other table for it. Where nothing else
/// reads the table it is not kept, but read as the rows are made.
pub(super) fn places_with_reports(plan: &Plan, slots: &Slots, params: &mut Params) -> String {
    if plan.scope.years.are_rows() {
        return reports(plan, params);
    }
    let kept = if figures::read_report(plan, slots, params) {
        " MATERIALIZED"
    } else {
        ""
    };
    let remain = stated::leaving(slots, plan, params).map_or_else(String::new, |_| {
        format!(
            "place.id NOT IN (SELECT town_id FROM {}) AND ",
            stated::LEFT
        )
    });
    let from = report_of_each(&remain, plan, params);
    format!(
        "report AS{kept} (\n  SELECT {REPORT}, place.name, place.kind, place.county, place.city, place.province\n  {from}\n)"
    )
}

/// The latest report of a place.
pub(super) const LATEST: &str = "(SELECT o.id FROM sessions o WHERE o.town_id = place.id ORDER BY o.review_year DESC, o.id DESC LIMIT 1)";

/// The places with the report of each; of those that `wanted`, which is empty or ends in `AND`, is true of.
fn report_of_each(wanted: &str, plan: &Plan, params: &mut Params) -> String {
    let of_place = |more: &str, order: &str| {
        format!(
            "(SELECT o.id FROM sessions o WHERE o.town_id = place.id{more} ORDER BY {order}o.id DESC LIMIT 1)"
        )
    };
    match &plan.scope.years {
        Years::Latest => format!("FROM place JOIN sessions s ON {wanted}s.id = {LATEST}"),
        Years::One(year) => {
            let year = params.integer(i64::from(*year));
            // The report about the year, else the one that plans it, else the latest.
            let about = format!(
                "(SELECT IFNULL(MAX(o.id) FILTER (WHERE o.plan_year = {year}), MAX(o.id)) FROM sessions o WHERE o.town_id = place.id AND o.review_year = {year})"
            );
            let plans = of_place(
                &format!(" AND o.plan_year = {year}"),
                "o.review_year DESC, ",
            );
            format!(
                "FROM place JOIN sessions s ON {wanted}s.id = COALESCE({about},\n    {plans},\n    {LATEST})"
            )
        }
        _ => format!(
            "FROM place JOIN sessions s ON {wanted}s.town_id = place.id AND s.id = (SELECT o.id FROM sessions o \
             WHERE o.town_id = s.town_id AND o.review_year IS s.review_year ORDER BY o.id DESC LIMIT 1)"
        ),
    }
}
