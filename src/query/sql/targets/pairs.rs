//! The tables of a pair in SQL: the targets, the later figures that may be their results, and of these the one whose value
//! and the one whose growth is compared.

use super::super::Params;
use super::super::figures::year_filter;
use super::super::stated::of_new;
use super::judged::{apart, judged, pair};
use super::{AS_THEY_COME, RATES, Wanted, is};
use crate::query::plan::Years;

/// Whether a figure is of what is new, or of the total; nothing where the words do not say. A pattern is only matched where
/// the one character stands that it must have, which is sooner found.
fn added(of: &str) -> String {
    "CASE WHEN instr(m.label, '新增') OR instr(m.label, '净增') THEN 1 \
     WHEN instr(m.quote, '到') AND (instr(m.quote, '达到') OR instr(m.quote, '升到') OR instr(m.quote, '展到') OR instr(m.quote, '增加到')) \
     OR instr(m.quote, '至') AND m.quote GLOB '*[增升]至*' OR instr(m.quote, '总') AND m.quote GLOB '*总[数量]*' OR instr(m.quote, '累计') THEN 0 \
     WHEN instr(m.quote, '新') AND m.quote GLOB '*新[增建改发培认签]*' OR instr(m.quote, '净增') THEN 1 END"
        .replace("m.", &format!("{of}."))
}

/// Whether a figure is of what is begun, or of what is done.
fn begun(of: &str) -> String {
    "CASE WHEN instr(m.quote, '开工') THEN 1 WHEN instr(m.quote, '建成') OR instr(m.quote, '竣工') OR instr(m.quote, '完工') THEN 0 END"
        .replace("m.", &format!("{of}."))
}

/// Growths are of the year before unless they say otherwise.
pub(super) fn kind(of: &str) -> String {
    format!("IFNULL({of}.points_against, IFNULL({of}.growth_kind, 'yoy'))")
}

/// What the figure of the table `of` says: an index of prices stands as its rise, with the bound that its value has.
pub(super) struct Said {
    pub(super) value: String,
    pub(super) has_value: String,
    pub(super) growth: String,
    pub(super) growth_bound: String,
}

impl Said {
    pub(super) fn of(of: &str, indicator: Option<&str>) -> Self {
        let rise = is("rise", of, indicator);
        let own = format!(
            "{of}.growth_kind IN ('yoy', 'pp') AND {of}.points_against IS NULL THEN {of}.growth"
        );
        let as_value = format!("{of}.value - 100 * ({of}.value >= 50)");
        // What is settled is not asked of each row.
        let (value, growth, has_value) = match rise.as_str() {
            "0" => (
                format!("{of}.value"),
                format!("CASE WHEN {own} END"),
                format!("{of}.value IS NOT NULL"),
            ),
            "1" => (
                "NULL".to_owned(),
                format!("CASE WHEN {own} ELSE {as_value} END"),
                "0".to_owned(),
            ),
            _ => (
                format!("CASE WHEN NOT {rise} THEN {of}.value END"),
                format!("CASE WHEN {own} WHEN {rise} THEN {as_value} END"),
                format!("({of}.value IS NOT NULL AND NOT {rise})"),
            ),
        };
        let own_bound = format!("IFNULL({of}.growth_bound, 'eq')");
        let growth_bound = match rise.as_str() {
            "0" => own_bound,
            _ => format!("CASE WHEN {of}.growth IS NOT NULL THEN {own_bound} ELSE {of}.bound END"),
        };
        Self {
            value,
            has_value,
            growth,
            growth_bound,
        }
    }

    /// Whether the value, and whether the growth, of the figure `of` is of the kind of the target `g`.
    fn fits(&self, of: &str) -> [String; 2] {
        let Self { value, growth, .. } = self;
        let kind = kind(of);
        [
            format!("{of}.unit = g.measured AND {value} IS NOT NULL"),
            format!("{kind} = g.grown AND {growth} IS NOT NULL"),
        ]
    }
}

/// That the figure `of` is of what is new, in all, begun or done as the target `g` is, or that one of them does not say.
fn is_alike(of: &str) -> String {
    let (added, begun) = (added(of), begun(of));
    format!(
        "(g.added IS NULL OR ({added} = g.added) IS NOT 0)\n        AND (g.begun IS NULL OR ({begun} = g.begun) IS NOT 0)"
    )
}

/// The tables up to that of the pairs, which has this name. They build on `place`, and on `report` where no year is named.
/// Each is spoken of once but the last, as SQLite reads all that stands behind a name anew wherever it stands.
pub(in crate::query::sql) fn pairs(wanted: &Wanted<'_>, name: &str, params: &mut Params) -> String {
    [
        goal(wanted, params),
        found(wanted),
        apart(wanted),
        judged(wanted),
        pair(wanted, name, params),
    ]
    .join(",\n")
}

/// The targets, with what their results are found and judged by. `measured` is the unit of a target that has a value and
/// `grown` the kind of one with a growth that may be compared, `less` is true where less is better, `aim` the end of the
/// target that counts. `alone` is the one later figure of its indicator and year where there is one alone, 0 where there is
/// none, and nothing where there are several.
fn goal(wanted: &Wanted<'_>, params: &mut Params) -> String {
    let n = &wanted.n;
    let [rise, less, real] = ["rise", "less", "real"].map(|kind| is(kind, "m", wanted.indicator));
    // Of all places and indicators the index has few targets among many figures, and their rows lie far apart; places that
    // are named lead to theirs.
    let (of, from, behind) = if wanted.everywhere && wanted.indicator.is_none() {
        (
            "w",
            "metrics w CROSS JOIN sessions s ON s.id = w.session_id CROSS JOIN place ON place.id = s.town_id",
            "\n    CROSS JOIN metrics m ON m.id = w.id",
        )
    } else {
        (
            "m",
            "place JOIN sessions s ON s.town_id = place.id JOIN metrics m ON m.session_id = s.id",
            "",
        )
    };
    let latest = if *wanted.years == Years::Latest {
        format!(
            " JOIN report ON report.town_id = s.town_id AND report.review_year = {of}.year AND report.review_year > s.review_year"
        )
    } else {
        String::new()
    };
    let indicator = wanted.indicator.map_or_else(
        || format!("{of}.indicator IS NOT NULL"),
        |id| {
            let id = params.text(id);
            if wanted.is_of_new {
                of_new(of, &id)
            } else {
                format!("{of}.indicator = {id}")
            }
        },
    );
    // A number is sooner compared than a word.
    let year = year_filter(&format!("{of}.year"), wanted.years, params)
        .map_or(String::new(), |filter| format!(" AND {filter}"));
    let Said {
        value,
        has_value,
        growth,
        growth_bound,
    } = Said::of("m", wanted.indicator);
    let (kind, added, begun) = (kind("m"), added("m"), begun("m"));
    let is_later = later("m");
    format!(
        "goal{n} AS MATERIALIZED (\n  SELECT t.*, (SELECT CASE COUNT(*) WHEN 0 THEN 0 WHEN 1 THEN MIN(m.id) END FROM sessions s CROSS JOIN metrics m ON m.session_id = s.id\n      \
         WHERE s.town_id = t.town_id AND s.review_year >= t.year AND m.indicator = t.indicator AND m.year = t.year AND {is_later}) AS alone\n  \
         FROM (SELECT m.id, s.town_id, m.indicator, m.label, m.year, s.review_year, x.type IS NOT 'targets' AS aside, m.start, m.year = s.plan_year AS is_next,\n    \
         CASE WHEN {has_value} THEN IFNULL(m.unit, '') END AS measured, CASE WHEN m.year = s.plan_year AND {growth} IS NOT NULL THEN {kind} END AS grown, {growth} AS growth,\n    \
         CASE WHEN {less} OR m.bound IN ('lt', 'le') THEN IFNULL(m.value_high, {value}) ELSE {value} END AS aim,\n    \
         {less} OR CASE WHEN {has_value} THEN m.bound ELSE {growth_bound} END IN ('lt', 'le') AS less,\n    \
         m.unit IN {RATES} AS is_rate, m.bound = 'approx' AS is_rough, {growth_bound} = 'approx' AS is_rough_growth, {real} OR {rise} AS of_prices,\n    {added} AS added,\n    {begun} AS begun\n    \
         FROM {from}{latest}{behind} LEFT JOIN sections x ON x.id = m.section_id\n    \
         WHERE {indicator}{year} AND {of}.status = 'target' AND {of}.period IN ('year', 'as-of') AND {of}.year > s.review_year\n    \
         AND ({has_value} OR m.year = s.plan_year AND {growth} IS NOT NULL) AND (m.year > s.plan_year OR {kind} NOT IN ('avg', 'cum'))) t\n)"
    )
}

/// That a figure says what came of a year.
fn later(of: &str) -> String {
    format!("{of}.status IN ('actual', 'estimate') AND {of}.period IN ('year', 'as-of')")
}

/// Where in `rose` the number of the figure stands whose growth is compared: behind whether there is one of the year before
/// (a character) and what decides (28).
pub(super) const GREW: &str = "substr(f.rose, 30, 12)";

/// And that of the year before, from which the growth is worked out: behind that number (12) and what decides of these (16).
pub(super) const BEFORE: &str = "substr(f.rose, 58)";

/// What was found for each target: `reached`, the figure whose value is compared, and the one whose growth is, `risen`, or
/// of several the end of `rose` with the figure of the year before behind it, where the growth has to be worked out.
///
/// The index of an indicator's figures leads to those that may be it. Mostly there is one alone, and it needs no choice. Of
/// several it is that of the report about the year, of the same name, of the review's first paragraphs: what decides is
/// written one behind the other, the number of the figure last, and the least of these is read from its end.
fn found(wanted: &Wanted<'_>) -> String {
    let n = &wanted.n;
    let said = |of: &str| Said::of(of, wanted.indicator).fits(of);
    let ([fits, grew], [to_fit, to_grow]) = (said("m"), said("r"));
    let (alike, is_alike) = (is_alike("m"), is_alike("r"));
    let (is_later, was_later) = (later("m"), later("b"));
    let derived = "g.measured IS NULL AND g.grown = 'yoy' AND NOT g.of_prices";
    let candidates = "FROM sessions s CROSS JOIN metrics m ON m.session_id = s.id LEFT JOIN sections x ON x.id = m.section_id";
    let told = format!(
        "WHERE s.town_id = g.town_id AND s.review_year >= g.year AND m.indicator = g.indicator AND m.year = g.year AND {is_later}\n        AND {alike}"
    );
    let turn = "printf('%05d%d%d%012d%09d%012d', s.review_year, m.label <> g.label, x.type IS NOT 'review', m.session_id, m.start, m.id)";
    let indicator = indicator(wanted, "g.");
    format!(
        "found{n} AS NOT MATERIALIZED (\n  SELECT g.id, g.town_id, {indicator}g.year, g.review_year, g.aside, g.start, g.is_next, g.growth, g.aim, g.less, g.is_rate, g.is_rough, g.is_rough_growth,\n    \
         CASE WHEN g.alone IS NOT NULL THEN IIF({to_fit}, r.id, NULL) WHEN g.measured IS NOT NULL THEN\n      \
         (SELECT substr(MIN({turn}), -12) {candidates}\n      {told} AND {fits}) END AS reached,\n    \
         IIF({to_grow}, r.id, NULL) AS risen, CASE WHEN g.grown IS NOT NULL AND (g.alone IS NULL OR g.alone AND {derived} AND NOT ({to_grow})) THEN\n      \
         (SELECT MIN((b.id IS NOT NULL) || {turn} || printf('%05d%d%d%09d%012d', o.review_year, b.label <> m.label, y.type IS NOT 'review', b.start, b.id)) {candidates}\n      \
         LEFT JOIN sessions o ON {derived} AND NOT ({grew}) AND m.bound = 'eq' AND o.town_id = g.town_id AND o.review_year >= g.year - 1\n      \
         LEFT JOIN metrics b ON b.indicator = g.indicator AND b.session_id = o.id AND b.year = g.year - 1 AND {was_later}\n        \
         AND b.bound = 'eq' AND b.value > 0 AND b.unit NOT IN {RATES} AND b.unit = m.unit AND m.value BETWEEN 0.5 * b.value AND 2 * b.value\n      \
         LEFT JOIN sections y ON y.id = b.section_id\n      {told} AND (b.id IS NOT NULL OR {grew})) END AS rose\n  \
         FROM goal{n} g LEFT JOIN metrics r ON r.id = g.alone AND {is_alike}\n  {AS_THEY_COME}\n)"
    )
}

/// The indicator's column, where there is more than one.
pub(super) fn indicator(wanted: &Wanted<'_>, from: &str) -> String {
    match wanted.indicator {
        Some(_) => String::new(),
        None => format!("{from}indicator, "),
    }
}
