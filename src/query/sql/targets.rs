//! Targets beside their results: for each target the same place's later figure of the same indicator and year, and what
//! the two say of each other.
//!
//! A target of year N comes from a report about an earlier year. Its result is an actual or estimated figure for the
//! whole of N (or a stock at a date in it) from a report about N or later: value against value in one unit, growth
//! against growth of one kind. Where only a growth was aimed at and only values are stated, the growth is worked out
//! from the values of N and N - 1, unless the growth is one at constant prices. Growths for a year beyond the next are
//! yearly averages in all but name and are not compared. What is newly added (新增) meets only what is, what is reached
//! (达到) or a total only such; what is begun (开工) not what is built.
//!
//! - **met**: at or over the target; at or under it, where less is better or the target is an upper bound. Of a range
//!   the nearer end counts.
//! - **missed**: short of it by more than the slack.
//! - **unclear**: short of it by no more than the slack, or the result is itself only a bound, or value and growth
//!   contradict each other, or the two values are so far apart that they are hardly of one thing: the result below half
//!   or over three times the target, or the target 30 % and more over the year before. (Such is a goal for five years
//!   whose year the text leaves to the reader.)
//!
//! The slack is 2 % of a value and 0.5 points of a rate or growth where target or result is approximate (左右), 0.5
//! points to both sides of a derived growth, and else what rounding takes: 0.05 % and 0.05 points. A result that is a
//! bound (突破100亿元, 4.5%以上) is taken to lie within 5 % or one point of it: nobody hides more than that. A fall of at
//! least 4 % is a growth of at most -4 %.

use std::sync::LazyLock;

use super::Params;
use super::figures::year_filter;
use super::project::{Column, ColumnKind, Field};
use crate::query::plan::{Comparison, Judgement, Years};

/// What a pair says, without a number behind the names: the columns that a slot of targets adds to a row.
pub(super) const COLUMNS: [&str; 28] = [
    "about",
    "target",
    "target_high",
    "target_unit",
    "target_bound",
    "target_growth",
    "target_growth_bound",
    "growth_unit",
    "result",
    "result_high",
    "result_unit",
    "result_bound",
    "result_growth",
    "result_growth_bound",
    "status",
    "difference",
    "difference_unit",
    "gap",
    "low",
    "high",
    "slack",
    "verdict",
    "reason",
    "reported",
    "metric",
    "value_metric",
    "growth_metric",
    "base_metric",
];

/// The ids of the figures behind a pair.
pub(super) const METRICS: [&str; 4] = ["metric", "value_metric", "growth_metric", "base_metric"];

/// Which indicators are judged otherwise than by "as much as was aimed at, or more".
static KINDS: LazyLock<[(&str, String); 3]> = LazyLock::new(|| {
    ["less", "rise", "real"].map(|kind| {
        let ids: Vec<String> = include_str!("targets.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                (cells.next() == Some(kind)).then(|| cells.next())?
            })
            .map(|id| format!("('{id}')"))
            .collect();
        (
            kind,
            format!("{kind} (indicator) AS (VALUES {})", ids.join(", ")),
        )
    })
});

/// Units in which a difference is one of points.
const RATES: &str = "('%', '‰', '百分点')";

/// Which targets are looked at.
pub(super) struct Wanted<'a> {
    /// What the names of the tables end in.
    pub(super) n: String,
    /// The placeholder of the one indicator.
    pub(super) indicator: Option<String>,
    pub(super) years: &'a Years,
}

/// The lists of indicators, once a statement.
pub(super) fn kinds() -> String {
    KINDS
        .iter()
        .map(|(_, table)| table.as_str())
        .collect::<Vec<_>>()
        .join(",\n")
}

/// The tables up to `pairN`, one row a target. They build on `place`, and on `report` where no year is named.
pub(super) fn pairs(wanted: &Wanted<'_>, params: &mut Params) -> String {
    let n = &wanted.n;
    let indicator = wanted.indicator.as_ref().map_or_else(
        || "m.indicator IS NOT NULL".to_owned(),
        |id| format!("m.indicator = {id}"),
    );
    let latest = if *wanted.years == Years::Latest {
        " JOIN report ON report.town_id = t.town_id AND report.review_year = t.year"
    } else {
        ""
    };
    let year = year_filter("t.year", wanted.years, params)
        .map_or(String::new(), |filter| format!(" AND {filter}"));
    // Of several results: that of the report about the year, of the same name, of the review's first paragraphs.
    let turn = "ROW_NUMBER() OVER (PARTITION BY g.id ORDER BY r.review_year, r.label <> g.label, r.part <> 'review', r.session_id, r.start, r.id";
    let joined = "r.town_id = g.town_id AND r.indicator = g.indicator AND r.year = g.year AND r.status <> 'target' AND r.review_year >= r.year AND (r.added = g.added) IS NOT 0 AND (r.begun = g.begun) IS NOT 0";
    format!(
        "told{n} AS (\n  SELECT m.id, s.town_id, m.session_id, m.indicator, m.label, m.year, m.status, m.unit, m.start, s.review_year, s.plan_year, IFNULL(x.type, '') AS part,\n    \
         IFNULL(m.growth_kind, 'yoy') AS kind, m.bound, m.value_high,\n    \
         CASE WHEN m.indicator NOT IN rise THEN m.value END AS value,\n    \
         CASE WHEN m.growth_kind IN ('yoy', 'pp') THEN m.growth WHEN m.indicator IN rise THEN m.value - 100 * (m.value >= 50) END AS growth,\n    \
         CASE WHEN m.value IS NOT NULL AND m.indicator NOT IN rise THEN 'eq' WHEN m.growth < 0 THEN CASE m.bound WHEN 'ge' THEN 'le' WHEN 'gt' THEN 'lt' WHEN 'le' THEN 'ge' WHEN 'lt' THEN 'gt' ELSE m.bound END ELSE m.bound END AS growth_bound,\n    \
         CASE WHEN m.quote GLOB '*新[增建改发培认签]*' OR m.quote GLOB '*净增*' THEN 1 WHEN m.quote GLOB '*[达升展]到*' OR m.quote GLOB '*[增升]至*' OR m.quote GLOB '*增加到*' OR m.quote GLOB '*总[数量]*' OR m.quote GLOB '*累计*' THEN 0 END AS added,\n    \
         CASE WHEN m.quote GLOB '*开工*' THEN 1 WHEN m.quote GLOB '*建成*' OR m.quote GLOB '*[竣完]工*' THEN 0 END AS begun\n  \
         FROM place JOIN sessions s ON s.town_id = place.id JOIN metrics m ON m.session_id = s.id LEFT JOIN sections x ON x.id = m.section_id\n  \
         WHERE {indicator} AND m.period IN ('year', 'as-of')\n),\n\
         goal{n} AS (\n  SELECT t.*, t.indicator IN less OR IFNULL(CASE WHEN t.value IS NULL THEN t.growth_bound ELSE t.bound END, 'eq') IN ('lt', 'le') AS less,\n    \
         CASE WHEN t.indicator IN less OR t.bound IN ('lt', 'le') THEN IFNULL(t.value_high, t.value) ELSE t.value END AS aim,\n    \
         CASE WHEN t.year = t.plan_year THEN t.growth END AS aimed_growth\n  \
         FROM told{n} t{latest}\n  \
         WHERE t.status = 'target' AND t.year > t.review_year AND (t.value IS NOT NULL OR (t.growth IS NOT NULL AND t.year = t.plan_year))\n    \
         AND (t.year > t.plan_year OR t.kind NOT IN ('avg', 'cum')){year}\n),\n\
         value{n} AS (\n  SELECT g.id AS goal, r.id, r.value, r.value_high, r.bound, r.growth, r.growth_bound, r.status,\n    \
         r.value - CASE WHEN r.bound IN ('lt', 'le') THEN {reach} ELSE 0 END - g.aim AS low,\n    \
         CASE WHEN r.bound IN ('gt', 'ge') THEN r.value + {reach} WHEN r.bound = 'range' THEN IFNULL(r.value_high, r.value) ELSE r.value END - g.aim AS high,\n    \
         CASE WHEN g.unit IN {rates} THEN IIF('approx' IN (g.bound, r.bound), 0.5, 0.05) ELSE IIF('approx' IN (g.bound, r.bound), 0.02, 0.0005) * ABS(g.aim) END + 1e-9 * ABS(g.aim) AS slack,\n    \
         1e-9 * ABS(g.aim) AS trace,\n    \
         g.unit NOT IN {rates} AND (r.value < 0.5 * g.aim OR r.value > 3 * g.aim OR (r.kind = 'yoy' AND g.aim * (1 + r.growth / 100) > 1.3 * r.value)) AS far,\n    \
         {turn}) AS turn\n  \
         FROM goal{n} g JOIN told{n} r ON {joined} AND r.unit = g.unit\n  WHERE g.value IS NOT NULL AND r.value IS NOT NULL\n),\n\
         growth{n} AS (\n  SELECT g.id AS goal, r.id, NULL AS base, r.value, r.value_high, r.unit, r.bound, r.growth, r.growth_bound, r.status,\n    \
         r.growth - IIF(r.growth_bound IN ('lt', 'le'), 1, 0) - g.growth AS low,\n    \
         r.growth + IIF(r.growth_bound IN ('gt', 'ge'), 1, 0) - g.growth AS high,\n    \
         IIF('approx' IN (g.growth_bound, r.growth_bound), 0.5, 0.05) + 1e-9 AS slack, 1e-9 AS trace, {turn}) AS turn\n  \
         FROM goal{n} g JOIN told{n} r ON {joined} AND r.kind = g.kind\n  WHERE g.aimed_growth IS NOT NULL AND r.growth IS NOT NULL\n),\n\
         change{n} AS (\n  SELECT g.id AS goal, r.id, b.id AS base, r.value, r.value_high, r.unit, r.bound, 100.0 * (r.value / b.value - 1) AS growth, 'eq' AS growth_bound, r.status,\n    \
         100.0 * (r.value / b.value - 1) - g.growth AS low, 100.0 * (r.value / b.value - 1) - g.growth AS high, 0.5 AS slack, -0.5 AS trace,\n    \
         {turn}, b.review_year, b.label <> r.label, b.part <> 'review', b.start, b.id) AS turn\n  \
         FROM goal{n} g JOIN told{n} r ON {joined} AND r.bound = 'eq'\n  \
         JOIN told{n} b ON b.town_id = g.town_id AND b.indicator = g.indicator AND b.year = g.year - 1 AND b.status <> 'target' AND b.review_year >= b.year AND b.unit = r.unit AND b.bound = 'eq'\n  \
         WHERE g.value IS NULL AND g.kind = 'yoy' AND g.indicator NOT IN real AND g.indicator NOT IN rise AND g.unit IS NULL AND g.aimed_growth IS NOT NULL\n    \
         AND r.value > 0 AND b.value > 0 AND r.unit NOT IN ('%', '‰') AND g.id NOT IN (SELECT goal FROM growth{n})\n),\n\
         beside{n} AS (\n  SELECT g.*, v.id AS value_metric, v.value - g.aim AS over, IFNULL(v.value, c.value) AS result, CASE WHEN v.id IS NULL THEN c.value_high ELSE v.value_high END AS result_high, CASE WHEN v.id IS NULL THEN c.bound ELSE v.bound END AS result_bound,\n    \
         CASE WHEN v.id IS NULL THEN c.unit ELSE g.unit END AS result_unit, v.low AS value_low, v.high AS value_high_end, v.slack AS value_slack, v.trace AS value_trace,\n    \
         c.id AS growth_metric, c.base AS base_metric, c.growth - g.growth AS faster, IFNULL(c.growth, v.growth) AS result_growth, CASE WHEN c.id IS NULL THEN v.growth_bound ELSE c.growth_bound END AS result_growth_bound, c.low AS growth_low, c.high AS growth_high, c.slack AS growth_slack, c.trace AS growth_trace,\n    \
         IFNULL(v.status, c.status) AS result_status,\n    \
         CASE WHEN v.far THEN 'unclear' ELSE {value} END AS by_value, v.far,\n    {growth} AS by_growth\n  \
         FROM goal{n} g LEFT JOIN value{n} v ON v.goal = g.id AND v.turn = 1\n  \
         LEFT JOIN (SELECT * FROM growth{n} UNION ALL SELECT * FROM change{n}) c ON c.goal = g.id AND c.turn = 1\n),\n\
         judged{n} AS (\n  SELECT *, CASE WHEN by_value IS NULL THEN by_growth WHEN by_growth IS NULL OR by_growth = by_value OR by_growth = 'unclear' THEN by_value\n    \
         WHEN by_value = 'unclear' THEN by_growth ELSE 'unclear' END AS verdict,\n    \
         by_value IS NULL OR (by_value = 'unclear' AND by_growth <> 'unclear') AS on_growth,\n    \
         by_value <> by_growth AND 'unclear' NOT IN (by_value, by_growth) AS torn\n  FROM beside{n}\n),\n\
         pair{n} AS (\n  SELECT id AS goal, town_id, indicator, label, year, year AS about, review_year AS stated_in, part, start,\n    \
         value AS target, value_high AS target_high, unit AS target_unit, bound AS target_bound,\n    \
         aimed_growth AS target_growth, growth_bound AS target_growth_bound, CASE kind WHEN 'pp' THEN '百分点' ELSE '%' END AS growth_unit,\n    \
         result, result_high, result_unit, result_bound, result_growth, result_growth_bound,\n    \
         result_status AS status,\n    \
         CASE WHEN on_growth THEN faster ELSE over END AS difference,\n    \
         CASE WHEN verdict IS NULL THEN NULL WHEN on_growth OR unit = '%' THEN '百分点' ELSE unit END AS difference_unit,\n    \
         CASE WHEN on_growth THEN faster WHEN unit = '%' THEN over ELSE 100.0 * over / NULLIF(ABS(aim), 0) END AS gap,\n    \
         CASE WHEN torn OR (far AND NOT on_growth) THEN NULL WHEN on_growth THEN growth_low ELSE value_low END AS low,\n    \
         CASE WHEN torn OR (far AND NOT on_growth) THEN NULL WHEN on_growth THEN growth_high ELSE value_high_end END AS high,\n    \
         CASE WHEN on_growth THEN growth_slack ELSE value_slack END AS slack,\n    \
         verdict,\n    \
         CASE WHEN verdict IS NOT NULL THEN CASE WHEN torn THEN 'contradicts' WHEN verdict = 'unclear' AND far THEN 'far-apart' WHEN verdict <> 'unclear' AND base_metric IS NOT NULL THEN 'derived-growth'\n      \
         WHEN verdict <> 'unclear' THEN CASE WHEN on_growth THEN 'growth' ELSE 'value' END\n      \
         WHEN CASE WHEN on_growth THEN growth_low < growth_high ELSE value_low < value_high_end END THEN 'result-bound' ELSE 'near' END\n    \
         WHEN NOT EXISTS (SELECT 1 FROM sessions s WHERE s.town_id = judged{n}.town_id AND s.review_year >= judged{n}.year) THEN 'no-later-report'\n    \
         WHEN EXISTS (SELECT 1 FROM told{n} r WHERE r.town_id = judged{n}.town_id AND r.indicator = judged{n}.indicator AND r.year = judged{n}.year AND r.status <> 'target' AND r.review_year >= r.year) THEN 'other-measure'\n    \
         WHEN EXISTS (SELECT 1 FROM metrics m JOIN sessions s ON s.id = m.session_id WHERE s.town_id = judged{n}.town_id AND m.indicator = judged{n}.indicator AND m.year = judged{n}.year AND m.status <> 'target' AND s.review_year >= m.year) THEN 'part-year'\n    \
         ELSE 'not-stated' END AS reason,\n    \
         EXISTS (SELECT 1 FROM sessions s WHERE s.town_id = judged{n}.town_id AND s.review_year >= judged{n}.year) AS reported,\n    \
         id AS metric, value_metric, growth_metric, base_metric\n  FROM judged{n}\n)",
        reach = format!("IIF(g.unit IN {RATES}, 1, 0.05 * ABS(r.value))"),
        rates = RATES,
        value = verdict("v"),
        growth = verdict("c"),
    )
}

/// How far the result `of` is from the target, on the side that matters.
fn verdict(of: &str) -> String {
    format!(
        "CASE WHEN {of}.low IS NULL THEN NULL WHEN g.less THEN CASE WHEN {of}.high <= {of}.trace THEN 'met' WHEN {of}.low > {of}.slack THEN 'missed' ELSE 'unclear' END\n      \
         WHEN {of}.low >= -{of}.trace THEN 'met' WHEN {of}.high < -{of}.slack THEN 'missed' ELSE 'unclear' END"
    )
}

/// The table of a slot: of each place (and year) the pair that answers, the target of the latest report first and of
/// its list of main targets.
pub(super) fn slot(wanted: &Wanted<'_>, per_year: bool, params: &mut Params) -> String {
    let n = &wanted.n;
    let key = if per_year { "town_id, year" } else { "town_id" };
    format!(
        "{},\nf{n} AS (\n  SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY year DESC, stated_in DESC, verdict IS NULL, part <> 'targets', start, goal) AS turn FROM pair{n}) WHERE turn = 1\n)",
        pairs(wanted, params)
    )
}

/// What is certain, and what is possible, of the pair of slot `n`.
pub(super) fn test(judgement: Judgement, n: &str) -> (String, String) {
    match judgement {
        Judgement::Verdict(verdict) => {
            let word = verdict.as_str();
            (
                format!("(verdict{n} = '{word}')"),
                format!("(verdict{n} IN ('{word}', 'unclear'))"),
            )
        }
        Judgement::Beside(comparison) => {
            let (low, high, slack) = (format!("low{n}"), format!("high{n}"), format!("slack{n}"));
            // The slack holds a trace that forgives what doubles cannot hold.
            let (certain, possible) = match comparison {
                Comparison::Gt => (format!("{low} > {slack}"), format!("{high} > 0")),
                Comparison::Ge => (format!("{low} >= 0"), format!("{high} >= -{slack}")),
                Comparison::Lt => (format!("{high} < -{slack}"), format!("{low} < 0")),
                Comparison::Le => (format!("{high} <= 0"), format!("{low} <= {slack}")),
                Comparison::Eq => (
                    format!("{low} = 0 AND {high} = 0"),
                    format!("{low} <= {slack} AND {high} >= -{slack}"),
                ),
            };
            (format!("({certain})"), format!("({possible})"))
        }
    }
}

/// The columns of a pair as an answer shows them; `n` ends the names in SQL, `prefix` (English, Chinese) begins those
/// of the answer.
pub(super) fn fields(n: &str, unit: Option<&str>, prefix: (&str, &str)) -> Vec<(String, Field)> {
    let shown = |sql: &str, name: &str, zh: &str, kind: ColumnKind| {
        let mut column = Column::new(name, zh, kind);
        if !prefix.0.is_empty() {
            column.name = format!("{} {name}", prefix.0);
            column.title_en = column.name.replace('_', " ");
            column.title_zh = format!("{}{zh}", prefix.1);
        }
        if kind == ColumnKind::Value {
            column.unit = unit.map(str::to_owned);
        }
        (format!("{sql}{n}"), Field::Shown(column))
    };
    let more = |sql: &str, field: Field| (format!("{sql}{n}"), field);
    let mut fields = vec![
        shown("target", "target", "目标", ColumnKind::Value),
        more("target_high", Field::High),
        more("target_bound", Field::Bound),
        shown("target_unit", "unit", "单位", ColumnKind::Unit),
        shown(
            "target_growth",
            "target_growth",
            "目标增长",
            ColumnKind::Growth,
        ),
        more("target_growth_bound", Field::Bound),
        shown(
            "growth_unit",
            "target_growth_unit",
            "单位",
            ColumnKind::Unit,
        ),
        shown("result", "result", "结果", ColumnKind::Value),
        more("result_high", Field::High),
        more("result_bound", Field::Bound),
        shown("result_unit", "result_unit", "单位", ColumnKind::Unit),
        shown(
            "result_growth",
            "result_growth",
            "实际增长",
            ColumnKind::Growth,
        ),
        more("result_growth_bound", Field::Bound),
        shown(
            "growth_unit",
            "result_growth_unit",
            "单位",
            ColumnKind::Unit,
        ),
        shown("status", "status", "性质", ColumnKind::Status),
        shown("difference", "difference", "差额", ColumnKind::Growth),
        shown(
            "difference_unit",
            "difference_unit",
            "单位",
            ColumnKind::Unit,
        ),
        shown("verdict", "verdict", "结论", ColumnKind::Verdict),
        shown("reason", "reason", "依据", ColumnKind::Verdict),
    ];
    for (sql, field) in &mut fields {
        if let Field::Shown(column) = field {
            column.derived = sql.starts_with("difference") || sql.starts_with("result_growth");
        }
    }
    fields
}

/// How often each verdict, and each reason for none, stands in a table.
pub(super) fn totals(table: &str, n: &str, present: &str) -> String {
    format!(
        "(SELECT json_group_object(said, times) FROM (SELECT IFNULL(verdict{n}, reason{n}) AS said, COUNT(*) AS times FROM {table} WHERE {present} IS NOT NULL GROUP BY 1))"
    )
}
