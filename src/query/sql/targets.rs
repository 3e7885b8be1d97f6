//! Targets beside their results: for each target the same place's later figure of the same indicator and year, and what
//! the two say of each other.
//!
//! A target of year N comes from a report about an earlier year. Its result is an actual or estimated figure for the
//! whole of N (or a stock at a date in it) from a report about N or later: value against value in one unit, growth
//! against growth of one kind. Where only a growth was aimed at and only values are stated, the growth is worked out
//! from the values of N and N - 1, unless the growth is one at constant prices or one value is over twice the other.
//! Growths for a year beyond the next are yearly averages in all but name and are not compared. What is newly added
//! (新增) meets only what is, what is reached (达到) or a total only such; what is begun (开工) not what is built.
//!
//! - **met**: at or over the target; at or under it, where less is better or the target is an upper bound. Of a range
//!   the nearer end counts.
//! - **missed**: short of it by more than the slack.
//! - **unclear**: short of it by no more than the slack, or the result is itself only a bound, or value and growth
//!   contradict each other, or the two values are so far apart that they are hardly of one thing: the result below half
//!   or over three times the target, or the target missed and over 30 % above the year before. (Such is a goal for five
//!   years whose year the text leaves to the reader.)
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

/// Which indicators are judged otherwise than by "as much as was aimed at, or more": `kind|id`.
static KINDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    include_str!("targets.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?))
        })
        .collect()
});

/// Whether a value of the indicator may be one on the year before as 100.
pub(in crate::query) fn is_rise(indicator: &str) -> bool {
    KINDS.contains(&("rise", indicator))
}

/// SQL that is true of figures of such indicators; settled at once where there is only one.
fn is(kind: &str, indicator: Option<&str>) -> String {
    let mut ids = KINDS
        .iter()
        .filter(|(known, _)| *known == kind)
        .map(|(_, id)| *id);
    if let Some(indicator) = indicator {
        return u8::from(ids.any(|id| id == indicator)).to_string();
    }
    let ids: Vec<String> = ids.map(|id| format!("'{id}'")).collect();
    format!("m.indicator IN ({})", ids.join(", "))
}

/// Units in which a difference is one of points.
const RATES: &str = "('%', '‰', '百分点')";

/// Which targets are looked at.
pub(super) struct Wanted<'a> {
    /// What the names of the tables end in.
    pub(super) n: String,
    /// The one indicator; all of them where there is none.
    pub(super) indicator: Option<&'a str>,
    pub(super) years: &'a Years,
}

/// The tables up to `pairN`, one row a target: the targets first, then the figures of the same places, indicators and
/// years, which the index of an indicator's figures leads to. They build on `place`, and on `report` where no year is named.
pub(super) fn pairs(wanted: &Wanted<'_>, params: &mut Params) -> String {
    let n = &wanted.n;
    let indicator = wanted.indicator.map_or_else(
        || "m.indicator IS NOT NULL".to_owned(),
        |id| format!("m.indicator = {}", params.text(id)),
    );
    let [rise, less, real] = ["rise", "less", "real"].map(|kind| is(kind, wanted.indicator));
    let latest = if *wanted.years == Years::Latest {
        " JOIN report ON report.town_id = s.town_id AND report.review_year = m.year AND report.review_year > s.review_year"
    } else {
        ""
    };
    let year = year_filter("m.year", wanted.years, params)
        .map_or(String::new(), |filter| format!(" AND {filter}"));
    let columns = format!(
        "m.id, s.town_id, m.session_id, m.indicator, m.label, m.year, m.status, m.unit, m.start, s.review_year, s.plan_year, IFNULL(x.type, '') AS part,\n    \
         IFNULL(m.growth_kind, 'yoy') AS kind, m.bound, m.value_high,\n    \
         CASE WHEN NOT {rise} THEN m.value END AS value,\n    \
         CASE WHEN m.growth_kind IN ('yoy', 'pp') THEN m.growth WHEN {rise} THEN m.value - 100 * (m.value >= 50) END AS growth,\n    \
         CASE WHEN m.value IS NOT NULL AND NOT {rise} THEN 'eq' ELSE {GROWTH_BOUND} END AS growth_bound,\n    {less} AS ceiling, {real} OR {rise} AS of_prices,\n    {ADDED} AS added,\n    {BEGUN} AS begun"
    );
    format!(
        "goal{n} AS MATERIALIZED (\n  SELECT t.*, t.ceiling OR IFNULL(CASE WHEN t.value IS NULL THEN t.growth_bound ELSE t.bound END, 'eq') IN ('lt', 'le') AS less,\n    \
         CASE WHEN t.ceiling OR t.bound IN ('lt', 'le') THEN IFNULL(t.value_high, t.value) ELSE t.value END AS aim,\n    \
         CASE WHEN t.year = t.plan_year THEN t.growth END AS aimed_growth\n  \
         FROM (SELECT {columns}\n    \
         FROM place JOIN sessions s ON s.town_id = place.id JOIN metrics m ON m.session_id = s.id{latest} LEFT JOIN sections x ON x.id = m.section_id\n    \
         WHERE {indicator} AND m.status = 'target' AND m.period IN ('year', 'as-of') AND m.year > s.review_year{year}) t\n  \
         WHERE (t.value IS NOT NULL OR (t.growth IS NOT NULL AND t.year = t.plan_year))\n    \
         AND (t.year > t.plan_year OR t.kind NOT IN ('avg', 'cum'))\n),\n\
         told{n} AS MATERIALIZED (\n  SELECT {columns}\n  \
         FROM (SELECT town_id, indicator, year FROM goal{n} UNION SELECT town_id, indicator, year - 1 FROM goal{n} WHERE {DERIVED}) w\n  \
         CROSS JOIN sessions s ON s.town_id = w.town_id AND s.review_year >= w.year\n  \
         CROSS JOIN metrics m ON m.indicator = w.indicator AND m.session_id = s.id AND m.status IN ('actual', 'estimate') AND m.year = w.year\n  \
         LEFT JOIN sections x ON x.id = m.section_id\n  \
         WHERE m.period IN ('year', 'as-of')\n),\n\
         {found},\n{beside},\n{pair}",
        found = found(n),
        beside = beside(n),
        pair = pair(n, wanted.years),
    )
}

/// 下降4%以上 is a growth of at most -4 %; the bound of a figure with a value is the value's.
const GROWTH_BOUND: &str = "CASE WHEN m.growth < 0 THEN CASE m.bound WHEN 'ge' THEN 'le' WHEN 'gt' THEN 'lt' WHEN 'le' THEN 'ge' WHEN 'lt' THEN 'gt' ELSE m.bound END ELSE m.bound END";

/// Whether a figure is of what is new, or of the total; nothing where the words do not say.
/// A pattern is only matched where the one character stands that it must have, which is sooner found.
const ADDED: &str = "CASE WHEN instr(m.quote, '新') AND m.quote GLOB '*新[增建改发培认签]*' OR instr(m.quote, '净增') THEN 1 WHEN instr(m.quote, '到') AND (m.quote GLOB '*[达升展]到*' OR instr(m.quote, '增加到')) OR instr(m.quote, '至') AND m.quote GLOB '*[增升]至*' OR instr(m.quote, '总') AND m.quote GLOB '*总[数量]*' OR instr(m.quote, '累计') THEN 0 END";

/// Whether a figure is of what is begun, or of what is done.
const BEGUN: &str = "CASE WHEN instr(m.quote, '开工') THEN 1 WHEN instr(m.quote, '建成') OR instr(m.quote, '竣工') OR instr(m.quote, '完工') THEN 0 END";

/// What is said of a target beside its result. Only this is carried on: each row passes several tables.
const GOAL: &str = "id, town_id, indicator, label, year, unit, start, review_year, part, kind, bound, value_high, value, growth, growth_bound, less, aim, aimed_growth";

/// What is true of a target whose growth may be compared with one that is worked out from the values of two years.
const DERIVED: &str =
    "value IS NULL AND aimed_growth IS NOT NULL AND kind = 'yoy' AND NOT of_prices";

/// Each target with what was found for it: `v_…` the figure whose value is compared, `c_…` the one whose growth is,
/// with `c_base`, the figure of the year before, where that growth is derived. Of several that of the report about the
/// year, of the same name, of the review's first paragraphs.
fn found(n: &str) -> String {
    let order =
        "r.review_year, r.label <> g.label, r.part <> 'review', r.session_id, r.start, r.id";
    let value = "g.value IS NOT NULL AND r.value IS NOT NULL AND r.unit = g.unit";
    let growth = "CASE WHEN g.aimed_growth IS NOT NULL AND r.growth IS NOT NULL AND r.kind = g.kind THEN 1 WHEN b.id IS NOT NULL THEN 2 ELSE 3 END";
    let of = |turn: &str, column: &str| format!("MAX(CASE WHEN {turn} THEN {column} END)");
    let of_goal = format!("g.{}", GOAL.replace(", ", ", g."));
    let derived =
        "g.value IS NULL AND g.aimed_growth IS NOT NULL AND g.kind = 'yoy' AND NOT g.of_prices";
    let (by_value, by_growth) = ("v_turn = 1 AND v_fits", "c_turn = 1 AND c_rank < 3");
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
    let picked: Vec<String> = columns
        .iter()
        .flat_map(|column| {
            [("v", by_value), ("c", by_growth)]
                .map(|(to, turn)| format!("{} AS {to}_{column}", of(turn, &format!("r_{column}"))))
        })
        .collect();
    format!(
        "found{n} AS (\n  SELECT {GOAL}, {}, {} AS c_base, {} AS c_base_value\n  \
         FROM (\n    SELECT {of_goal}, r.id AS r_id, r.value AS r_value, r.value_high AS r_high, r.unit AS r_unit, r.bound AS r_bound, r.growth AS r_growth, r.growth_bound AS r_growth_bound, r.status AS r_status, r.kind AS r_kind,\n      \
         b.id AS b_id, b.value AS b_value, {value} AS v_fits, {growth} AS c_rank,\n      \
         ROW_NUMBER() OVER (PARTITION BY g.id ORDER BY ({value}) IS NOT 1, {order}) AS v_turn,\n      \
         ROW_NUMBER() OVER (PARTITION BY g.id ORDER BY {growth}, {order}, b.review_year, b.label <> r.label, b.part <> 'review', b.start, b.id) AS c_turn\n    \
         FROM goal{n} g LEFT JOIN told{n} r ON r.town_id = g.town_id AND r.indicator = g.indicator AND r.year = g.year AND (r.added = g.added) IS NOT 0 AND (r.begun = g.begun) IS NOT 0\n    \
         LEFT JOIN told{n} b ON b.town_id = r.town_id AND b.indicator = r.indicator AND b.year = r.year - 1 AND b.unit = r.unit AND b.bound = 'eq' AND r.bound = 'eq' AND b.value > 0 AND r.value BETWEEN 0.5 * b.value AND 2 * b.value\n      \
         AND {derived} AND r.unit NOT IN {RATES}\n  \
         ) GROUP BY id\n)",
        picked.join(", "),
        of(by_growth, "CASE WHEN c_rank = 2 THEN b_id END"),
        of(by_growth, "CASE WHEN c_rank = 2 THEN b_value END"),
    )
}

/// How far value and growth are from the target, and what each says alone.
fn beside(n: &str) -> String {
    let reach = format!("IIF(unit IN {RATES}, 1, 0.05 * ABS(v_value))");
    format!(
        "beside{n} AS (\n  SELECT *, {} AS by_value, {} AS by_growth FROM (\n    SELECT *, v_value - aim AS over, grown - growth AS faster,\n      \
         v_value - IIF(v_bound IN ('lt', 'le'), {reach}, 0) - aim AS v_low,\n      \
         CASE WHEN v_bound IN ('gt', 'ge') THEN v_value + {reach} WHEN v_bound = 'range' THEN IFNULL(v_high, v_value) ELSE v_value END - aim AS v_top,\n      \
         IIF(unit IN {RATES}, IIF('approx' IN (bound, v_bound), 0.5, 0.05), IIF('approx' IN (bound, v_bound), 0.02, 0.0005) * ABS(aim)) + 1e-9 * ABS(aim) AS v_slack, 1e-9 * ABS(aim) AS v_trace,\n      \
         unit NOT IN {RATES} AND (v_value < 0.5 * aim OR v_value > 3 * aim OR (v_kind = 'yoy' AND v_value < aim AND aim * (1 + v_growth / 100) > 1.3 * v_value)) AS far,\n      \
         grown - IIF(c_base IS NULL AND c_growth_bound IN ('lt', 'le'), 1, 0) - growth AS c_low,\n      \
         grown + IIF(c_base IS NULL AND c_growth_bound IN ('gt', 'ge'), 1, 0) - growth AS c_top,\n      \
         IIF(c_base IS NOT NULL OR 'approx' IN (growth_bound, c_growth_bound), 0.5, 0.05) + 1e-9 AS c_slack, IIF(c_base IS NULL, 1e-9, -0.5) AS c_trace\n    \
         FROM (SELECT *, IIF(c_base IS NULL, c_growth, 100.0 * (c_value / c_base_value - 1)) AS grown FROM found{n})\n  )\n)",
        format_args!("CASE WHEN far THEN 'unclear' ELSE {} END", verdict("v")),
        verdict("c"),
    )
}

/// The columns of a pair: both sides, their difference, the verdict and why.
fn pair(n: &str, years: &Years) -> String {
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
         pair{n} AS MATERIALIZED (\n  SELECT id AS goal, town_id, indicator, label, year, year AS about, review_year AS stated_in, part, start,\n    \
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

/// The table of a slot: of each place (and year) the pair that answers, the target of the latest report first and of
/// its list of main targets.
pub(super) fn slot(wanted: &Wanted<'_>, per_year: bool, params: &mut Params) -> String {
    let n = &wanted.n;
    let key = if per_year { "town_id, year" } else { "town_id" };
    format!(
        "{},\nf{n} AS MATERIALIZED (\n  SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY year DESC, stated_in DESC, verdict IS NULL, part <> 'targets', start, goal) AS turn FROM pair{n}) WHERE turn = 1\n)",
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

/// How often each verdict, and each reason for none, stands in a table: an aggregate over its rows.
pub(super) fn totals(n: &str) -> String {
    let verdicts = ["met", "missed", "unclear"].map(|word| ("verdict", word));
    let reasons = [
        "no-later-report",
        "not-stated",
        "part-year",
        "other-measure",
    ]
    .map(|word| ("reason", word));
    let counts: Vec<String> = verdicts
        .iter()
        .chain(&reasons)
        .map(|(column, word)| format!("'{word}', IFNULL(SUM({column}{n} = '{word}'), 0)"))
        .collect();
    format!("json_object({})", counts.join(", "))
}
