//! What target and result say of each other: how far they are apart, the verdict, and why.

use super::Wanted;
use super::pairs::{Said, is_alike, kind};
use crate::query::plan::Years;

/// Units in which a difference is one of points.
pub(super) const RATES: &str = "('%', '‰', '百分点')";

/// What is said of a target beside its result. Only this is carried on: each row passes several tables.
const GOAL: [&str; 18] = [
    "id",
    "town_id",
    "indicator",
    "label",
    "year",
    "unit",
    "start",
    "review_year",
    "part",
    "kind",
    "bound",
    "value_high",
    "value",
    "growth",
    "growth_bound",
    "less",
    "aim",
    "aimed_growth",
];

/// The tables of a target beside the figures that are compared with it, `v_…` the one of the value and `c_…` the one of the
/// growth, which was worked out where there is a `c_base`: how far value and growth are from the target, and what each says
/// alone. What is said in several places is kept, so that it is worked out once.
pub(super) fn beside(wanted: &Wanted<'_>) -> String {
    let n = &wanted.n;
    let compared = compared(wanted);
    format!(
        "apart{n} AS MATERIALIZED (\n  SELECT *, grown - growth AS faster,\n    \
         IIF(v_bound IN ('lt', 'le'), v_value - reach, v_value) - aim AS v_low,\n    \
         CASE WHEN v_bound IN ('gt', 'ge') THEN v_value + reach WHEN v_bound = 'range' THEN IFNULL(v_high, v_value) ELSE v_value END - aim AS v_top,\n    \
         IIF(unit IN {RATES}, IIF('approx' IN (bound, v_bound), 0.5, 0.05), IIF('approx' IN (bound, v_bound), 0.02, 0.0005) * size) + 1e-9 * size AS v_slack, 1e-9 * size AS v_trace,\n    \
         unit NOT IN {RATES} AND (v_value < 0.5 * aim OR v_value > 3 * aim OR (v_kind = 'yoy' AND v_value < aim AND aim * (1 + v_growth / 100) > 1.3 * v_value)) AS far,\n    \
         grown - IIF(c_base IS NULL AND c_growth_bound IN ('lt', 'le'), 1, 0) - growth AS c_low,\n    \
         grown + IIF(c_base IS NULL AND c_growth_bound IN ('gt', 'ge'), 1, 0) - growth AS c_top,\n    \
         IIF(c_base IS NOT NULL OR 'approx' IN (growth_bound, c_growth_bound), 0.5, 0.05) + 1e-9 AS c_slack, IIF(c_base IS NULL, 1e-9, -0.5) AS c_trace\n  \
         FROM ({compared})\n),\n\
         beside{n} AS (SELECT *, CASE WHEN far THEN 'unclear' ELSE {} END AS by_value, {} AS by_growth FROM apart{n})",
        verdict("v"),
        verdict("c"),
    )
}

/// A target beside these figures: the one that is alone, where it is alike, else those that were found among several. Of
/// each place (and year), where one pair answers, the target of the latest report comes first, of those the one that has a
/// result, and of its list of main targets: the row that has the least of these in one.
fn compared(wanted: &Wanted<'_>) -> String {
    let n = &wanted.n;
    let [fits, grew] = Said::of("r", wanted.indicator).fits("r");
    let is_alike = is_alike("r");
    let of_goal = GOAL.map(|column| format!("g.{column}")).join(", ");
    let found = format!(
        "SELECT {of_goal}, IIF({fits}, r.id, e.id) AS reached, IIF({grew}, r.id, o.id) AS risen, o.base\n      \
         FROM goal{n} g LEFT JOIN metrics r ON r.id = g.alone AND {is_alike}\n      \
         LEFT JOIN reached{n} e ON e.goal = g.id LEFT JOIN rose{n} o ON o.goal = g.id"
    );
    let found = wanted.one_of.map_or_else(
        || found.clone(),
        |key| {
            format!(
                "SELECT *, MIN(printf('%05d%05d%d%d%012d%012d', 99999 - year, 99999 - review_year, reached IS NULL AND risen IS NULL, part <> 'targets', start, id))\n      \
                 FROM ({found}) GROUP BY {key}"
            )
        },
    );
    let said = |of: &str| Said::of(of, wanted.indicator);
    let columns = |of: &str| {
        let Said {
            value,
            growth,
            growth_bound,
        } = said(of);
        let kind = kind(of);
        format!(
            "{of}.id AS {of}_id, {value} AS {of}_value, {of}.value_high AS {of}_high, {of}.unit AS {of}_unit, {of}.bound AS {of}_bound, \
             {growth} AS {of}_growth,\n      {growth_bound} AS {of}_growth_bound, {of}.status AS {of}_status, {kind} AS {of}_kind"
        )
    };
    let (v, c) = (columns("v"), columns("c"));
    let (v_value, c_value, c_growth) = (said("v").value, said("c").value, said("c").growth);
    format!(
        "\n    SELECT {of_goal},\n      {v},\n      {c}, b.id AS c_base,\n      \
         {v_value} - g.aim AS over, IIF(g.unit IN {RATES}, 1, 0.05 * ABS({v_value})) AS reach, ABS(g.aim) AS size,\n      \
         IIF(b.id IS NULL, {c_growth}, 100.0 * ({c_value} / b.value - 1)) AS grown\n    \
         FROM (\n      {found}\n    ) g LEFT JOIN metrics v ON v.id = g.reached LEFT JOIN metrics c ON c.id = g.risen LEFT JOIN metrics b ON b.id = g.base\n  "
    )
}

/// The columns of a pair: both sides, their difference, the verdict and why.
pub(super) fn pair(n: &str, name: &str, years: &Years) -> String {
    let later = match years {
        // The latest report is the later one.
        Years::Latest => "1",
        _ => {
            "EXISTS (SELECT 1 FROM sessions s WHERE s.town_id = judged.town_id AND s.review_year >= judged.year)"
        }
    };
    format!(
        "judged{n} AS MATERIALIZED (\n  \
         SELECT *, CASE WHEN by_value IS NULL THEN by_growth WHEN by_growth IS NULL OR by_growth IN (by_value, 'unclear') THEN by_value WHEN by_value = 'unclear' THEN by_growth ELSE 'unclear' END AS verdict,\n    \
         by_value IS NULL OR (by_value = 'unclear' AND by_growth <> 'unclear') AS on_growth, by_value <> by_growth AND 'unclear' NOT IN (by_value, by_growth) AS torn\n  FROM beside{n}\n),\n\
         {name} AS (\n  SELECT id AS goal, town_id, indicator, label, year, year AS about, review_year AS stated_in, part, start,\n    \
         value AS target, value_high AS target_high, unit AS target_unit, bound AS target_bound,\n    \
         aimed_growth AS target_growth, growth_bound AS target_growth_bound, CASE kind WHEN 'pp' THEN '百分点' ELSE '%' END AS growth_unit,\n    \
         IFNULL(v_value, c_value) AS result, IIF(v_id IS NULL, c_high, v_high) AS result_high, IIF(v_id IS NULL, c_unit, v_unit) AS result_unit, IIF(v_id IS NULL, c_bound, v_bound) AS result_bound,\n    \
         IFNULL(grown, v_growth) AS result_growth, CASE WHEN c_base IS NOT NULL THEN 'eq' WHEN c_id IS NULL THEN v_growth_bound ELSE c_growth_bound END AS result_growth_bound, IFNULL(v_status, c_status) AS status,\n    \
         IIF(on_growth, faster, over) AS difference, CASE WHEN verdict IS NULL THEN NULL WHEN on_growth OR unit = '%' THEN '百分点' ELSE unit END AS difference_unit,\n    \
         CASE WHEN on_growth THEN faster WHEN unit = '%' THEN over ELSE 100.0 * over / NULLIF(ABS(aim), 0) END AS gap,\n    \
         CASE WHEN torn OR (far AND NOT on_growth) THEN NULL ELSE IIF(on_growth, c_low, v_low) END AS low,\n    \
         CASE WHEN torn OR (far AND NOT on_growth) THEN NULL ELSE IIF(on_growth, c_top, v_top) END AS high, IIF(on_growth, c_slack, v_slack) AS slack,\n    \
         verdict, CASE WHEN torn THEN 'contradicts' WHEN verdict = 'unclear' THEN CASE WHEN far THEN 'far-apart' WHEN IIF(on_growth, c_low < c_top, v_low < v_top) THEN 'result-bound' ELSE 'near' END\n      \
         WHEN verdict IS NOT NULL THEN CASE WHEN NOT on_growth THEN 'value' WHEN c_base IS NULL THEN 'growth' ELSE 'derived-growth' END WHEN NOT {later} THEN 'no-later-report'\n      \
         ELSE (SELECT CASE MAX(m.period IN ('year', 'as-of')) WHEN 1 THEN 'other-measure' WHEN 0 THEN 'part-year' ELSE 'not-stated' END FROM sessions s CROSS JOIN metrics m ON m.session_id = s.id\n        \
         WHERE s.town_id = judged.town_id AND m.indicator = judged.indicator AND m.year = judged.year AND m.status <> 'target' AND s.review_year >= m.year) END AS reason,\n    \
         {later} AS reported, id AS metric, v_id AS value_metric, c_id AS growth_metric, c_base AS base_metric\n  \
         FROM judged{n} judged\n)"
    )
}

/// What the result's distance says, on the side that matters: `of` is `v` for the value and `c` for the growth.
fn verdict(of: &str) -> String {
    format!(
        "CASE WHEN {of}_low IS NULL THEN NULL WHEN less THEN CASE WHEN {of}_top <= {of}_trace THEN 'met' WHEN {of}_low > {of}_slack THEN 'missed' ELSE 'unclear' END \
         WHEN {of}_low >= -{of}_trace THEN 'met' WHEN {of}_top < -{of}_slack THEN 'missed' ELSE 'unclear' END"
    )
}
