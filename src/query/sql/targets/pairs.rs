//! The tables of a pair in SQL: the targets, the later figures that may be their results, and of these the one whose value
//! and the one whose growth is compared.

use super::super::Params;
use super::super::figures::year_filter;
use super::judged::{RATES, beside, pair};
use super::{Wanted, is};
use crate::query::plan::Years;

/// Whether a figure is of what is new, or of the total; nothing where the words do not say. A pattern is only matched where
/// the one character stands that it must have, which is sooner found.
const ADDED: &str = "CASE WHEN instr(m.quote, '新') AND m.quote GLOB '*新[增建改发培认签]*' OR instr(m.quote, '净增') THEN 1 WHEN instr(m.quote, '到') AND (m.quote GLOB '*[达升展]到*' OR instr(m.quote, '增加到')) OR instr(m.quote, '至') AND m.quote GLOB '*[增升]至*' OR instr(m.quote, '总') AND m.quote GLOB '*总[数量]*' OR instr(m.quote, '累计') THEN 0 END";

/// Whether a figure is of what is begun, or of what is done.
const BEGUN: &str = "CASE WHEN instr(m.quote, '开工') THEN 1 WHEN instr(m.quote, '建成') OR instr(m.quote, '竣工') OR instr(m.quote, '完工') THEN 0 END";

/// Growths are of the year before unless they say otherwise.
const KIND: &str = "IFNULL(m.growth_kind, 'yoy')";

/// What a figure says: an index of prices stands as its rise, and 下降4%以上 is a growth of at most -4 %. The bound of a
/// figure with a value is the value's.
struct Said {
    value: String,
    growth: String,
    growth_bound: String,
}

impl Said {
    fn of(indicator: Option<&str>) -> Self {
        let rise = is("rise", indicator);
        Self {
            value: format!("CASE WHEN NOT {rise} THEN m.value END"),
            growth: format!(
                "CASE WHEN m.growth_kind IN ('yoy', 'pp') THEN m.growth WHEN {rise} THEN m.value - 100 * (m.value >= 50) END"
            ),
            growth_bound: format!(
                "CASE WHEN m.value IS NOT NULL AND NOT {rise} THEN 'eq' WHEN m.growth < 0 THEN CASE m.bound WHEN 'ge' THEN 'le' WHEN 'gt' THEN 'lt' WHEN 'le' THEN 'ge' WHEN 'lt' THEN 'gt' ELSE m.bound END ELSE m.bound END"
            ),
        }
    }
}

/// The tables up to `pairN`, one row a target. They build on `place`, and on `report` where no year is named.
pub(in crate::query::sql) fn pairs(wanted: &Wanted<'_>, params: &mut Params) -> String {
    let n = &wanted.n;
    let said = Said::of(wanted.indicator);
    [
        goal(wanted, &said, params),
        told(n, &said),
        base(n),
        found(n),
        beside(n),
        pair(n, wanted.years),
    ]
    .join(",\n")
}

/// The targets. `less` is true where less is better, `aim` the end of the target that counts, `derived` true where its
/// growth may be compared with one that is worked out from the values of two years.
fn goal(wanted: &Wanted<'_>, said: &Said, params: &mut Params) -> String {
    let n = &wanted.n;
    let [rise, less, real] = ["rise", "less", "real"].map(|kind| is(kind, wanted.indicator));
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
    } = said;
    format!(
        "goal{n} AS MATERIALIZED (\n  SELECT t.*, t.ceiling OR IFNULL(CASE WHEN t.value IS NULL THEN t.growth_bound ELSE t.bound END, 'eq') IN ('lt', 'le') AS less,\n    \
         CASE WHEN t.ceiling OR t.bound IN ('lt', 'le') THEN IFNULL(t.value_high, t.value) ELSE t.value END AS aim,\n    \
         CASE WHEN t.year = t.plan_year THEN t.growth END AS aimed_growth,\n    \
         t.value IS NULL AND t.year = t.plan_year AND t.growth IS NOT NULL AND t.kind = 'yoy' AND NOT t.of_prices AS derived\n  \
         FROM (SELECT m.id, s.town_id, m.indicator, m.label, m.year, m.unit, m.start, s.review_year, s.plan_year, IFNULL(x.type, '') AS part, {KIND} AS kind, m.bound, m.value_high,\n    \
         {value} AS value, {growth} AS growth,\n    {growth_bound} AS growth_bound,\n    \
         {less} AS ceiling, {real} OR {rise} AS of_prices,\n    {ADDED} AS added,\n    {BEGUN} AS begun\n    \
         FROM {from}{latest}{behind} LEFT JOIN sections x ON x.id = m.section_id\n    \
         WHERE {indicator} AND {of}.status = 'target' AND {of}.period IN ('year', 'as-of') AND {of}.year > s.review_year{year}) t\n  \
         WHERE (t.value IS NOT NULL OR (t.growth IS NOT NULL AND t.year = t.plan_year))\n    \
         AND (t.year > t.plan_year OR t.kind NOT IN ('avg', 'cum'))\n)"
    )
}

/// The later figures that may be a target's result, a row for each of a target: whether its value (`fits`) or its growth
/// (`grew`) is of the target's kind. The index of an indicator's figures leads to them.
fn told(n: &str, said: &Said) -> String {
    let Said {
        value,
        growth,
        growth_bound,
    } = said;
    format!(
        "told{n} AS MATERIALIZED (\n  SELECT g.id AS goal, g.town_id, g.indicator, g.year, g.derived, m.label,\n    \
         printf('%05d%d%d%012d%09d%012d', s.review_year, m.label <> g.label, x.type IS NOT 'review', m.session_id, m.start, m.id) AS turn,\n    \
         g.value IS NOT NULL AND m.unit = g.unit AND {value} IS NOT NULL AS fits, g.aimed_growth IS NOT NULL AND {KIND} = g.kind AND {growth} IS NOT NULL AS grew,\n    \
         m.id, {value} AS value, m.value_high AS high, m.unit, m.bound, {growth} AS growth,\n    {growth_bound} AS growth_bound, m.status, {KIND} AS kind\n  \
         FROM goal{n} g CROSS JOIN sessions s ON s.town_id = g.town_id AND s.review_year >= g.year\n  \
         CROSS JOIN metrics m ON m.indicator = g.indicator AND m.session_id = s.id AND m.status IN ('actual', 'estimate') AND m.year = g.year\n  \
         LEFT JOIN sections x ON x.id = m.section_id\n  \
         WHERE m.period IN ('year', 'as-of')\n    AND (g.added IS NULL OR ({ADDED} = g.added) IS NOT 0)\n    AND (g.begun IS NULL OR ({BEGUN} = g.begun) IS NOT 0)\n)"
    )
}

/// The values of the year before, from which a growth may be worked out.
fn base(n: &str) -> String {
    format!(
        "base{n} AS MATERIALIZED (\n  SELECT w.town_id, w.indicator, w.year, m.id, m.label, m.unit, m.value, s.review_year, x.type IS NOT 'review' AS aside, m.start\n  \
         FROM (SELECT DISTINCT town_id, indicator, year FROM goal{n} WHERE derived) w\n  \
         CROSS JOIN sessions s ON s.town_id = w.town_id AND s.review_year >= w.year - 1\n  \
         CROSS JOIN metrics m ON m.indicator = w.indicator AND m.session_id = s.id AND m.status IN ('actual', 'estimate') AND m.year = w.year - 1\n  \
         LEFT JOIN sections x ON x.id = m.section_id\n  \
         WHERE m.period IN ('year', 'as-of') AND m.bound = 'eq' AND m.value > 0 AND m.unit NOT IN {RATES}\n)"
    )
}

/// What was found for a target, where anything was: `v_…` the figure whose value is compared, `c_…` the one whose growth
/// is, with `c_base`, the figure of the year before, where that growth is derived. Of several that of the report about the
/// year, of the same name, of the review's first paragraphs: the row that has the least `turn`, as SQLite takes the other
/// columns of a group from the row that has the least of one.
fn found(n: &str) -> String {
    let columns = [
        "id",
        "value",
        "high",
        "unit",
        "bound",
        "growth",
        "growth_bound",
        "status",
        "kind",
    ];
    let named = |to: &str| {
        columns
            .map(|column| format!("r.{column} AS {to}_{column}"))
            .join(", ")
    };
    let (v, c) = (named("v"), named("c"));
    format!(
        "reached{n} AS MATERIALIZED (SELECT goal, {v}, MIN(turn) FROM told{n} r WHERE fits GROUP BY goal),\n\
         rose{n} AS MATERIALIZED (\n  SELECT goal, {c}, b.id AS c_base, b.value AS c_base_value,\n    \
         MIN((b.id IS NOT NULL) || r.turn || printf('%05d%d%d%09d%012d', b.review_year, b.label <> r.label, b.aside, b.start, b.id))\n  \
         FROM told{n} r LEFT JOIN base{n} b ON r.derived AND NOT r.grew AND b.town_id = r.town_id AND b.indicator = r.indicator AND b.year = r.year\n    \
         AND b.unit = r.unit AND r.bound = 'eq' AND r.value BETWEEN 0.5 * b.value AND 2 * b.value\n  \
         WHERE r.grew OR b.id IS NOT NULL GROUP BY goal\n)"
    )
}
