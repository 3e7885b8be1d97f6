//! The columns of a pair, as statements carry them and as answers show them.

use super::super::column::{Column, ColumnKind, Field};

/// What a pair says, without a number behind the names: the columns that a slot of targets adds to a row.
pub(in crate::query::sql) const COLUMNS: [&str; 30] = [
    "about",
    "target",
    "target_high",
    "target_unit",
    "target_bound",
    "target_growth",
    "target_growth_to",
    "target_growth_bound",
    "growth_unit",
    "result",
    "result_high",
    "result_unit",
    "result_bound",
    "result_growth",
    "result_growth_to",
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
pub(in crate::query::sql) const METRICS: [&str; 4] =
    ["metric", "value_metric", "growth_metric", "base_metric"];

/// The columns of a pair as an answer shows them; `n` ends the names in SQL, `prefix` (English, Chinese) begins those
/// of the answer.
pub(in crate::query::sql) fn fields(
    n: &str,
    unit: Option<&str>,
    prefix: (&str, &str),
) -> Vec<(String, Field)> {
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
        more("metric", Field::Figure),
        shown("target_unit", "unit", "单位", ColumnKind::Unit),
        shown(
            "target_growth",
            "target_growth",
            "目标增长",
            ColumnKind::Growth,
        ),
        more("target_growth_to", Field::High),
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
        more("value_metric", Field::Figure),
        shown("result_unit", "result_unit", "单位", ColumnKind::Unit),
        shown(
            "result_growth",
            "result_growth",
            "实际增长",
            ColumnKind::Growth,
        ),
        more("result_growth_to", Field::High),
        more("result_growth_bound", Field::Bound),
        (format!("base_metric{n} IS NOT NULL"), Field::WorkedOut),
        more("growth_metric", Field::Figure),
        more("base_metric", Field::Figure),
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
        shown("verdict", "verdict", "结论", ColumnKind::Code),
        shown("reason", "reason", "依据", ColumnKind::Code),
    ];
    for (sql, field) in &mut fields {
        if let Field::Shown(column) = field {
            column.derived = sql.starts_with("difference");
        }
    }
    fields
}

/// How often each verdict, and each reason for none, stands in a table: an aggregate over its rows.
pub(in crate::query::sql) fn totals(n: &str) -> String {
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
