//! What target and result say of each other: how far they are apart, the verdict, and why.

use super::pairs::{BEFORE, GREW, Said, indicator, kind};
use super::{AS_THEY_COME, SAID, Wanted};
use crate::query::plan::Years;
use crate::query::sql::Params;

/// A target beside the figures that are compared with it, `v` the one of the value and `c` the one of the growth, which was
/// worked out where there is a `b`: how far value and growth are from the target. What is said in several places is worked
/// out once. Only numbers are carried on, as each row passes several tables: what is shown is read where it is.
pub(super) fn apart(wanted: &Wanted<'_>) -> String {
    let n = &wanted.n;
    let of = of_each(wanted);
    let indicator = indicator(wanted, "f.");
    let [v, c] = ["v", "c"].map(|of| Said::of(of, wanted.indicator));
    let (value, v_growth) = (v.value, v.growth);
    let v_kind = kind("v");
    let Said {
        value: c_value,
        growth: c_growth,
        growth_bound,
        ..
    } = c;
    let grown = format!("IIF(b.id IS NULL, {c_growth}, 100.0 * ({c_value} / b.value - 1))");
    let reach = format!("IIF(is_rate, 1, 0.05 * ABS({value}))");
    let rough = "is_rough OR v.bound = 'approx'";
    format!(
        "apart{n} AS NOT MATERIALIZED (\n  SELECT f.id, f.town_id, {indicator}f.year, f.review_year, f.aside, f.start, is_next, aim, less, v.id AS v_id, c.id AS c_id, b.id AS c_base,\n    \
         {grown} AS grown, {value} - aim AS over, {grown} - f.growth AS faster,\n    \
         CASE WHEN v.id THEN IIF(v.bound IN ('lt', 'le'), {value} - {reach}, {value}) - aim END AS v_low,\n    \
         CASE WHEN v.id THEN CASE WHEN v.bound IN ('gt', 'ge') THEN {value} + {reach} WHEN v.bound = 'range' THEN IFNULL(v.value_high, {value}) ELSE {value} END - aim END AS v_top,\n    \
         CASE WHEN v.id THEN IIF(is_rate, IIF({rough}, 0.5, 0.05), IIF({rough}, 0.02, 0.0005) * ABS(aim)) + 1e-9 * ABS(aim) END AS v_slack,\n    \
         CASE WHEN v.id AND NOT is_rate THEN {value} < 0.5 * aim OR {value} > 3 * aim OR ({value} < aim AND {v_kind} = 'yoy' AND aim * (1 + {v_growth} / 100) > 1.3 * {value}) END AS far,\n    \
         CASE WHEN c.id THEN {grown} - (b.id IS NULL AND {growth_bound} IN ('lt', 'le')) - f.growth END AS c_low,\n    \
         CASE WHEN c.id THEN {grown} + (b.id IS NULL AND {growth_bound} IN ('gt', 'ge')) - f.growth END AS c_top,\n    \
         CASE WHEN c.id THEN IIF(b.id IS NOT NULL OR is_rough_growth OR {growth_bound} = 'approx', 0.5, 0.05) + 1e-9 END AS c_slack\n  \
         FROM {of} f LEFT JOIN metrics v ON v.id = f.reached LEFT JOIN metrics c ON c.id = IFNULL(f.risen, {GREW}) LEFT JOIN metrics b ON b.id = {BEFORE}\n  {AS_THEY_COME}\n)"
    )
}

/// The targets with what was found, each one or, where one pair answers for a place (and year), of these the one that comes
/// first: of the latest report, with a result, of its list of main targets. The row that has the least of these in one, as
/// SQLite takes the other columns of a group from the row that has the least of one.
fn of_each(wanted: &Wanted<'_>) -> String {
    let n = &wanted.n;
    wanted.one_of.map_or_else(
        || format!("found{n}"),
        |key| {
            format!(
                "(\n    SELECT *, MIN(printf('%05d%05d%d%d%012d%012d', 99999 - year, 99999 - review_year, reached IS NULL AND risen IS NULL AND rose IS NULL, aside, start, id))\n    \
                 FROM found{n} GROUP BY {key}\n  )"
            )
        },
    )
}

/// What value and growth say alone, and what the two say together.
pub(super) fn judged(wanted: &Wanted<'_>) -> String {
    let n = &wanted.n;
    let indicator = indicator(wanted, "");
    let (by_value, by_growth) = (
        verdict("v", "1e-9 * ABS(aim)"),
        verdict("c", "IIF(c_base IS NULL, 1e-9, -0.5)"),
    );
    format!(
        "judged{n} AS MATERIALIZED (\n  \
         SELECT id, town_id, {indicator}year, review_year, aside, start, is_next, aim, v_id, c_id, c_base, grown, over, faster, v_low, v_top, v_slack, far, c_low, c_top, c_slack,\n    \
         CASE WHEN by_value IS NULL THEN by_growth WHEN by_growth IS NULL OR by_growth IN (by_value, 'unclear') THEN by_value WHEN by_value = 'unclear' THEN by_growth ELSE 'unclear' END AS verdict,\n    \
         by_value IS NULL OR by_value = 'unclear' AND by_growth <> 'unclear' AS on_growth, by_value <> by_growth AND by_value <> 'unclear' AND by_growth <> 'unclear' AS torn\n  \
         FROM (SELECT *, CASE WHEN far THEN 'unclear' ELSE {by_value} END AS by_value, {by_growth} AS by_growth FROM apart{n} {AS_THEY_COME})\n)"
    )
}

/// What the result's distance says, on the side that matters: `of` is `v` for the value and `c` for the growth.
fn verdict(of: &str, trace: &str) -> String {
    format!(
        "CASE WHEN {of}_low IS NULL THEN NULL WHEN less THEN CASE WHEN {of}_top <= {trace} THEN 'met' WHEN {of}_low > {of}_slack THEN 'missed' ELSE 'unclear' END \
         WHEN {of}_low >= -{trace} THEN 'met' WHEN {of}_top < -{of}_slack THEN 'missed' ELSE 'unclear' END"
    )
}

/// The pairs with what they say, of which the notes count, and under its own name the same with both sides and their
/// difference.
pub(super) fn pair(wanted: &Wanted<'_>, name: &str, params: &mut Params) -> String {
    let n = &wanted.n;
    let indicator = wanted.indicator.map_or_else(
        || "judged.indicator".to_owned(),
        |indicator| params.text(indicator),
    );
    let later = match wanted.years {
        // The latest report is the later one.
        Years::Latest => "1",
        _ => {
            "EXISTS (SELECT 1 FROM sessions s WHERE s.town_id = judged.town_id AND s.review_year >= judged.year)"
        }
    };
    let [g, v, c] = ["g", "v", "c"].map(|of| Said::of(of, wanted.indicator));
    let kind = kind("g");
    let (target, target_growth, target_bound) = (g.value, g.growth, g.growth_bound);
    let (v_value, v_growth, v_bound) = (v.value, v.growth, v.growth_bound);
    let (c_value, c_bound) = (c.value, c.growth_bound);
    format!(
        "{SAID}{n} AS (\n  SELECT *, CASE WHEN torn THEN 'contradicts' WHEN verdict = 'unclear' THEN CASE WHEN far THEN 'far-apart' WHEN IIF(on_growth, c_low < c_top, v_low < v_top) THEN 'result-bound' ELSE 'near' END\n      \
         WHEN verdict IS NOT NULL THEN CASE WHEN NOT on_growth THEN 'value' WHEN c_base IS NULL THEN 'growth' ELSE 'derived-growth' END WHEN NOT {later} THEN 'no-later-report'\n      \
         ELSE (SELECT CASE MAX(m.period IN ('year', 'as-of')) WHEN 1 THEN 'other-measure' WHEN 0 THEN 'part-year' ELSE 'not-stated' END FROM sessions s CROSS JOIN metrics m ON m.session_id = s.id\n        \
         WHERE s.town_id = judged.town_id AND m.indicator = {indicator} AND m.year = judged.year AND m.status <> 'target' AND s.review_year >= m.year) END AS reason,\n    \
         {later} AS reported FROM judged{n} judged\n),\n\
         {name} AS (\n  SELECT j.id AS goal, j.town_id, g.indicator, g.label, j.year, j.year AS about, j.review_year AS stated_in, j.aside, j.start,\n    \
         {target} AS target, g.value_high AS target_high, g.unit AS target_unit, g.bound AS target_bound,\n    \
         IIF(is_next, {target_growth}, NULL) AS target_growth, g.growth_to AS target_growth_to, {target_bound} AS target_growth_bound, CASE {kind} WHEN 'pp' THEN '百分点' ELSE '%' END AS growth_unit,\n    \
         IFNULL({v_value}, {c_value}) AS result, IIF(v_id IS NULL, c.value_high, v.value_high) AS result_high, IIF(v_id IS NULL, c.unit, v.unit) AS result_unit, IIF(v_id IS NULL, c.bound, v.bound) AS result_bound,\n    \
         IFNULL(grown, {v_growth}) AS result_growth, CASE WHEN c_base IS NOT NULL THEN NULL WHEN c_id IS NULL THEN v.growth_to ELSE c.growth_to END AS result_growth_to, CASE WHEN c_base IS NOT NULL THEN 'eq' WHEN c_id IS NULL THEN {v_bound} ELSE {c_bound} END AS result_growth_bound, IFNULL(v.status, c.status) AS status,\n    \
         IIF(on_growth, faster, over) AS difference, CASE WHEN verdict IS NULL THEN NULL WHEN on_growth OR g.unit = '%' THEN '百分点' ELSE g.unit END AS difference_unit,\n    \
         CASE WHEN on_growth THEN faster WHEN g.unit = '%' THEN over ELSE 100.0 * over / NULLIF(ABS(aim), 0) END AS gap,\n    \
         CASE WHEN torn OR (far AND NOT on_growth) THEN NULL ELSE IIF(on_growth, c_low, v_low) END AS low,\n    \
         CASE WHEN torn OR (far AND NOT on_growth) THEN NULL ELSE IIF(on_growth, c_top, v_top) END AS high, IIF(on_growth, c_slack, v_slack) AS slack,\n    \
         verdict, reason, reported, j.id AS metric, v_id AS value_metric, c_id AS growth_metric, c_base AS base_metric\n  \
         FROM {SAID}{n} j CROSS JOIN metrics g ON g.id = j.id LEFT JOIN metrics v ON v.id = j.v_id LEFT JOIN metrics c ON c.id = j.c_id\n)"
    )
}
