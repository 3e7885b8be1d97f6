//! The tables of a pair in SQL: the targets, the later figures that may be their results, and of these the one whose value
//! and the one whose growth is compared.

use super::super::Params;
use super::super::figures::year_filter;
use super::judged::{RATES, beside, pair};
use super::{Wanted, is};
use crate::query::plan::Years;

/// Whether a figure is of what is new, or of the total; nothing where the words do not say. A pattern is only matched where
/// the one character stands that it must have, which is sooner found.
fn added(of: &str) -> String {
    "CASE WHEN instr(m.quote, '新') AND m.quote GLOB '*新[增建改发培认签]*' OR instr(m.quote, '净增') THEN 1 \
     WHEN instr(m.quote, '到') AND (instr(m.quote, '达到') OR instr(m.quote, '升到') OR instr(m.quote, '展到') OR instr(m.quote, '增加到')) \
     OR instr(m.quote, '至') AND m.quote GLOB '*[增升]至*' OR instr(m.quote, '总') AND m.quote GLOB '*总[数量]*' OR instr(m.quote, '累计') THEN 0 END"
        .replace("m.", &format!("{of}."))
}

/// Whether a figure is of what is begun, or of what is done.
fn begun(of: &str) -> String {
    "CASE WHEN instr(m.quote, '开工') THEN 1 WHEN instr(m.quote, '建成') OR instr(m.quote, '竣工') OR instr(m.quote, '完工') THEN 0 END"
        .replace("m.", &format!("{of}."))
}

/// Growths are of the year before unless they say otherwise.
pub(super) fn kind(of: &str) -> String {
    format!("IFNULL({of}.growth_kind, 'yoy')")
}

/// What the figure of the table `of` says: an index of prices stands as its rise, and 下降4%以上 is a growth of at most
/// -4 %. The bound of a figure with a value is the value's.
pub(super) struct Said {
    pub(super) value: String,
    pub(super) growth: String,
    pub(super) growth_bound: String,
}

impl Said {
    pub(super) fn of(of: &str, indicator: Option<&str>) -> Self {
        let rise = is("rise", of, indicator);
        let own = format!("{of}.growth_kind IN ('yoy', 'pp') THEN {of}.growth");
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
                format!("{of}.value IS NOT NULL AND NOT {rise}"),
            ),
        };
        let growth_bound = format!(
            "CASE WHEN {has_value} THEN 'eq' WHEN {of}.growth < 0 THEN CASE {of}.bound WHEN 'ge' THEN 'le' WHEN 'gt' THEN 'lt' WHEN 'le' THEN 'ge' WHEN 'lt' THEN 'gt' ELSE {of}.bound END ELSE {of}.bound END"
        );
        Self {
            value,
            growth,
            growth_bound,
        }
    }

    /// Whether the value, and whether the growth, of the figure `of` is of the kind of the target `g`.
    pub(super) fn fits(&self, of: &str) -> [String; 2] {
        let Self { value, growth, .. } = self;
        let kind = kind(of);
        [
            format!("g.value IS NOT NULL AND {of}.unit = g.unit AND {value} IS NOT NULL"),
            format!("g.aimed_growth IS NOT NULL AND {kind} = g.kind AND {growth} IS NOT NULL"),
        ]
    }
}

/// That the figure `of` is of what is new, in all, begun or done as the target `g` is, or that one of them does not say.
pub(super) fn is_alike(of: &str) -> String {
    let (added, begun) = (added(of), begun(of));
    format!(
        "(g.added IS NULL OR ({added} = g.added) IS NOT 0)\n    AND (g.begun IS NULL OR ({begun} = g.begun) IS NOT 0)"
    )
}

/// The tables up to that of the pairs, which has this name. They build on `place`, and on `report` where no year is named.
pub(in crate::query::sql) fn pairs(wanted: &Wanted<'_>, name: &str, params: &mut Params) -> String {
    let n = &wanted.n;
    [
        goal(wanted, params),
        told(wanted),
        found(n),
        beside(wanted),
        pair(n, name, wanted.years),
    ]
    .join(",\n")
}

/// The targets. `less` is true where less is better, `aim` the end of the target that counts, `derived` true where its
/// growth may be compared with one that is worked out from the values of two years. `alone` is the one later figure of its
/// indicator and year where there is one alone, 0 where there is none, and nothing where there are several.
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
        |id| format!("{of}.indicator = {}", params.text(id)),
    );
    let year = year_filter(&format!("{of}.year"), wanted.years, params)
        .map_or(String::new(), |filter| format!(" AND {filter}"));
    let Said {
        value,
        growth,
        growth_bound,
    } = Said::of("m", wanted.indicator);
    let (kind, added, begun) = (kind("m"), added("m"), begun("m"));
    format!(
        "goal{n} AS MATERIALIZED (\n  SELECT t.*, t.ceiling OR CASE WHEN t.value IS NULL THEN t.growth_bound ELSE t.bound END IN ('lt', 'le') AS less,\n    \
         CASE WHEN t.ceiling OR t.bound IN ('lt', 'le') THEN IFNULL(t.value_high, t.value) ELSE t.value END AS aim,\n    \
         CASE WHEN t.year = t.plan_year THEN t.growth END AS aimed_growth,\n    \
         t.value IS NULL AND t.year = t.plan_year AND t.growth IS NOT NULL AND t.kind = 'yoy' AND NOT t.of_prices AS derived,\n    \
         (SELECT CASE COUNT(*) WHEN 0 THEN 0 WHEN 1 THEN MIN(m.id) END FROM sessions s CROSS JOIN metrics m ON m.session_id = s.id\n      \
         WHERE s.town_id = t.town_id AND s.review_year >= t.year AND m.indicator = t.indicator AND m.status IN ('actual', 'estimate') AND m.year = t.year AND m.period IN ('year', 'as-of')) AS alone\n  \
         FROM (SELECT m.id, s.town_id, m.indicator, m.label, m.year, m.unit, m.start, s.review_year, s.plan_year, IFNULL(x.type, '') AS part, {kind} AS kind, m.bound, m.value_high,\n    \
         {value} AS value, {growth} AS growth,\n    {growth_bound} AS growth_bound,\n    \
         {less} AS ceiling, {real} OR {rise} AS of_prices,\n    {added} AS added,\n    {begun} AS begun\n    \
         FROM {from}{latest}{behind} LEFT JOIN sections x ON x.id = m.section_id\n    \
         WHERE {indicator} AND {of}.status = 'target' AND {of}.period IN ('year', 'as-of') AND {of}.year > s.review_year{year}) t\n  \
         WHERE (t.value IS NOT NULL OR (t.growth IS NOT NULL AND t.year = t.plan_year))\n    \
         AND (t.year > t.plan_year OR t.kind NOT IN ('avg', 'cum'))\n)"
    )
}

/// The later figures that may be a target's result, a row for each of a target: whether its value (`fits`) or its growth
/// (`grew`) is of the target's kind. The index of an indicator's figures leads to them. Mostly there is one alone, and it
/// needs no choice; so these are of the targets that have several, or one whose growth has to be worked out.
fn told(wanted: &Wanted<'_>) -> String {
    let n = &wanted.n;
    let said = Said::of("m", wanted.indicator);
    let [fits, grew] = said.fits("m");
    let [_, has_grown] = Said::of("r", wanted.indicator).fits("r");
    let (value, is_alike) = (said.value, is_alike("m"));
    format!(
        "told{n} AS MATERIALIZED (\n  SELECT g.id AS goal, g.town_id, g.indicator, g.year, g.derived, m.label,\n    \
         printf('%05d%d%d%012d%09d%012d', s.review_year, m.label <> g.label, x.type IS NOT 'review', m.session_id, m.start, m.id) AS turn,\n    \
         {fits} AS fits, {grew} AS grew, m.id, {value} AS value, m.unit, m.bound\n  \
         FROM goal{n} g LEFT JOIN metrics r ON r.id = g.alone AND g.derived\n  \
         CROSS JOIN sessions s ON s.town_id = g.town_id AND s.review_year >= g.year\n  \
         CROSS JOIN metrics m ON m.indicator = g.indicator AND m.session_id = s.id AND m.status IN ('actual', 'estimate') AND m.year = g.year\n  \
         LEFT JOIN sections x ON x.id = m.section_id\n  \
         WHERE (g.alone IS NULL OR r.id IS NOT NULL AND NOT ({has_grown})) AND m.period IN ('year', 'as-of')\n    AND {is_alike}\n)"
    )
}

/// What was found for a target among several, where anything was: the figure whose value is compared, and the one whose
/// growth is, with `base`, the figure of the year before, where that growth is derived. Of several that of the report about
/// the year, of the same name, of the review's first paragraphs: the row that has the least `turn`, as SQLite takes the
/// other columns of a group from the row that has the least of one.
fn found(n: &str) -> String {
    format!(
        "reached{n} AS MATERIALIZED (SELECT goal, id, MIN(turn) FROM told{n} WHERE fits GROUP BY goal),\n\
         rose{n} AS MATERIALIZED (\n  SELECT goal, r.id, b.id AS base,\n    \
         MIN((b.id IS NOT NULL) || r.turn || printf('%05d%d%d%09d%012d', s.review_year, b.label <> r.label, x.type IS NOT 'review', b.start, b.id))\n  \
         FROM told{n} r LEFT JOIN sessions s ON r.derived AND NOT r.grew AND r.bound = 'eq' AND s.town_id = r.town_id AND s.review_year >= r.year - 1\n  \
         LEFT JOIN metrics b ON b.indicator = r.indicator AND b.session_id = s.id AND b.status IN ('actual', 'estimate') AND b.year = r.year - 1\n    \
         AND b.period IN ('year', 'as-of') AND b.bound = 'eq' AND b.value > 0 AND b.unit NOT IN {RATES} AND b.unit = r.unit\n    \
         AND r.value BETWEEN 0.5 * b.value AND 2 * b.value\n  \
         LEFT JOIN sections x ON x.id = b.section_id\n  \
         WHERE r.grew OR b.id IS NOT NULL GROUP BY goal\n)"
    )
}
