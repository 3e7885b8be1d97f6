//! Rows that are not places: reports, figures, tasks, doubts, the vocabulary, word counts.

use super::figures::year_filter;
use super::interval::sign;
use super::places::{places, reports};
use super::project::{Column, ColumnKind, Field};
use super::{Emitted, Params};
use crate::query::plan::{Condition, Plan, Rows, Step, Years};

/// What a kind of record is made of.
struct Shape {
    /// `FROM` and joins, `s` the session and `place` its place.
    from: String,
    /// The column that holds its text.
    text: &'static str,
    /// The year it counts for.
    year: &'static str,
    columns: Vec<(&'static str, Column)>,
    source: &'static str,
    order: &'static str,
}

pub(super) fn emit(plan: &Plan) -> Emitted {
    let mut params = Params::default();
    let shape = shape(plan.rows);
    let mut tables = vec![places(plan, &mut params)];
    let latest = plan.scope.years == Years::Latest
        && plan.rows != Rows::Reports
        && plan.rows != Rows::Indicators;
    if latest {
        tables.push(reports(plan, &mut params));
    }
    let mut wanted = Vec::new();
    if plan.rows == Rows::Targets {
        wanted.push("r.status = 'target'".to_owned());
    }
    wanted.extend(year_filter(shape.year, &plan.scope.years, &mut params));
    let order = shape.order;
    let mut limit = String::new();
    for step in &plan.steps {
        match step {
            Step::Keep(condition) => wanted.push(self::condition(condition, &shape, &mut params)),
            Step::Sort { .. } => {}
            Step::Take { count, .. } => {
                limit = format!("\nLIMIT {count}");
            }
        }
    }
    let join = if latest {
        " JOIN report ON report.session_id = s.id"
    } else {
        ""
    };
    let filter = if wanted.is_empty() {
        String::new()
    } else {
        format!("\nWHERE {}", wanted.join(" AND "))
    };
    let from = format!("{}{join}{filter}", shape.from);
    let (select, fields) = if plan.counted {
        let fields = vec![Field::Shown(Column::new(
            "count",
            "数目",
            ColumnKind::Count,
        ))];
        (format!("SELECT COUNT(*)\nFROM {from}"), fields)
    } else {
        let mut sql: Vec<&str> = shape.columns.iter().map(|(sql, _)| *sql).collect();
        let mut fields: Vec<Field> = shape
            .columns
            .iter()
            .map(|(_, column)| Field::Shown(column.clone()))
            .collect();
        if plan.rows == Rows::Metrics || plan.rows == Rows::Targets {
            // High and bound stand behind the value.
            sql.splice(4..4, ["r.value_high", "r.bound", "r.period"]);
            fields.splice(4..4, [Field::High, Field::Bound, Field::Period]);
        }
        sql.push(shape.source);
        fields.push(Field::Sources);
        (
            format!(
                "SELECT {}\nFROM {from}\nORDER BY {order}{limit}",
                sql.join(",\n  ")
            ),
            fields,
        )
    };
    let text = format!("WITH {}\n{select}", tables.join(",\n"));
    Emitted {
        rows: params.statement(text),
        fields,
        notes: None,
        note_fields: Vec::new(),
    }
}

const SOURCE: &str = "json_array(json_object('document', d.name, 'quote', substr(d.text, r.start + 1, r.\"end\" - r.start), \
    'start', r.start, 'end', r.\"end\"))";

/// A table whose rows belong to a session.
fn from(table: &str) -> String {
    format!(
        "{table} r JOIN sessions s ON s.id = r.session_id JOIN documents d ON d.id = s.document_id \
         JOIN place ON place.id = s.town_id"
    )
}

fn shape(rows: Rows) -> Shape {
    let text = |name: &str, zh: &str| Column::new(name, zh, ColumnKind::Text);
    let town = ("place.name", text("town", "地方"));
    let year = |sql| (sql, Column::new("year", "年份", ColumnKind::Year));
    match rows {
        Rows::Tasks => Shape {
            from: from("tasks"),
            text: "r.text",
            year: "s.plan_year",
            columns: vec![
                town,
                year("s.plan_year"),
                ("r.topic", text("topic", "主题")),
                ("r.text", text("task", "任务")),
                ("r.deadline", text("deadline", "期限")),
                ("r.deadline_on", text("deadline_on", "截止日")),
            ],
            source: SOURCE,
            order: "place.name, s.plan_year, r.start",
        },
        Rows::Metrics | Rows::Targets => Shape {
            from: from("metrics"),
            text: "r.label",
            year: "r.year",
            columns: vec![
                town,
                year("r.year"),
                ("r.label", text("figure", "指标")),
                ("r.value", Column::new("value", "数值", ColumnKind::Value)),
                ("r.unit", Column::new("unit", "单位", ColumnKind::Unit)),
                ("r.growth", Column::new("growth", "增长", ColumnKind::Growth).in_unit(Some("%"))),
                ("r.status", Column::new("status", "性质", ColumnKind::Status)),
            ],
            source: SOURCE,
            order: "place.name, s.review_year, r.start",
        },
        Rows::Problems => Shape {
            from: format!("{} AND r.type = 'problems'", from("sections")),
            text: "substr(d.text, r.start + 1, r.\"end\" - r.start)",
            year: "s.review_year",
            columns: vec![
                town,
                year("s.review_year"),
                ("substr(d.text, r.start + 1, r.\"end\" - r.start)", text("problems", "问题")),
            ],
            source: SOURCE,
            order: "place.name, s.review_year, r.start",
        },
        Rows::Doubts => Shape {
            from: from("doubts"),
            text: "r.message",
            year: "s.review_year",
            columns: vec![
                town,
                year("s.review_year"),
                ("r.code", text("doubt", "疑点")),
                ("r.message", text("message", "说明")),
            ],
            source: "CASE WHEN r.start IS NULL THEN '[]' ELSE json_array(json_object('document', d.name, 'quote', \
                     substr(d.text, r.start + 1, r.\"end\" - r.start), 'start', r.start, 'end', r.\"end\")) END",
            order: "place.name, s.review_year, r.id",
        },
        Rows::Indicators => Shape {
            from: "indicators r".to_owned(),
            text: "r.name_zh",
            year: "NULL",
            columns: vec![
                ("r.id", text("id", "编号")),
                ("r.name_en", text("name_en", "英文名")),
                ("r.name_zh", text("name_zh", "中文名")),
                ("r.unit", text("unit", "单位")),
                ("r.definition", text("definition", "定义")),
            ],
            source: "'[]'",
            order: "r.rowid",
        },
        _ => Shape {
            from: "sessions s JOIN documents d ON d.id = s.document_id JOIN place ON place.id = s.town_id".to_owned(),
            text: "substr(d.text, s.start + 1, s.\"end\" - s.start)",
            year: "s.review_year",
            columns: vec![
                town,
                ("place.county", text("county", "区县")),
                year("s.review_year"),
                ("s.stated_year", Column::new("stated_year", "标注年份", ColumnKind::Year)),
                ("s.held_on", text("held_on", "会议日期")),
                ("s.title", text("title", "标题")),
                ("s.speaker", text("speaker", "报告人")),
                ("d.name", text("document", "文件")),
            ],
            source: "'[]'",
            order: "place.name, s.review_year, s.id",
        },
    }
}

fn condition(condition: &Condition, shape: &Shape, params: &mut Params) -> String {
    match condition {
        Condition::All(parts) => joined(parts, " AND ", shape, params),
        Condition::Any(parts) => joined(parts, " OR ", shape, params),
        Condition::Not(inner) => format!("NOT {}", self::condition(inner, shape, params)),
        Condition::Mentions(words) => format!("instr({}, {}) > 0", shape.text, params.text(words)),
        Condition::Deadline(comparison, date) => {
            format!("r.deadline_on {} {}", sign(*comparison), params.text(date))
        }
        // Figures of records were refused when the question was resolved.
        _ => "0".to_owned(),
    }
}

fn joined(parts: &[Condition], joint: &str, shape: &Shape, params: &mut Params) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| condition(part, shape, params))
        .collect();
    format!("({})", parts.join(joint))
}

/// How often words stand in each report, and per thousand characters.
pub(super) fn frequency(plan: &Plan, words: &[String]) -> Emitted {
    let mut params = Params::default();
    let mut tables = vec![places(plan, &mut params), reports(plan, &mut params)];
    let mut wanted = Vec::new();
    wanted.extend(year_filter(
        "report.review_year",
        &plan.scope.years,
        &mut params,
    ));
    let filter = if wanted.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", wanted.join(" AND "))
    };
    tables.push(format!(
        "body AS (SELECT place.name AS place, report.review_year, d.name AS document, s.start AS first, substr(d.text, s.start + 1, s.\"end\" - s.start) AS body \
         FROM report JOIN sessions s ON s.id = report.session_id JOIN documents d ON d.id = s.document_id JOIN place ON place.id = report.town_id{filter})"
    ));
    let mut sql = vec!["place".to_owned(), "review_year".to_owned()];
    let mut fields = vec![
        Field::Shown(Column::new("town", "地方", ColumnKind::Text)),
        Field::Shown(Column::new("year", "年份", ColumnKind::Year)),
    ];
    let single = words.len() == 1;
    for word in words {
        let bound = params.text(word);
        let count =
            format!("(length(body) - length(replace(body, {bound}, ''))) / length({bound})");
        let names = |name: &str, own: &str| {
            if single {
                name.to_owned()
            } else {
                format!("{word}{own}")
            }
        };
        let mut column = Column::new(&names("count", ""), "次数", ColumnKind::Count);
        column.title_zh = names("次数", "");
        sql.push(count.clone());
        fields.push(Field::Shown(column));
        let mut column = Column::new(
            &names("per_thousand", " per thousand"),
            "",
            ColumnKind::Number,
        );
        column.title_en = names("per thousand characters", " per thousand");
        column.title_zh = names("每千字", "每千字");
        sql.push(format!("round(1000.0 * {count} / length(body), 3)"));
        fields.push(Field::Shown(column));
    }
    let first = params.text(&words[0]);
    sql.push(format!(
        "CASE WHEN instr(body, {first}) = 0 THEN '[]' ELSE json_array(json_object('document', document, 'quote', {first}, \
         'start', first + instr(body, {first}) - 1, 'end', first + instr(body, {first}) - 1 + length({first}))) END"
    ));
    fields.push(Field::Sources);
    let order = if plan.scope.years.are_rows() {
        "place, review_year"
    } else {
        "3 DESC, place"
    };
    let text = format!(
        "WITH {}\nSELECT {}\nFROM body\nORDER BY {order}",
        tables.join(",\n"),
        sql.join(",\n  ")
    );
    Emitted {
        rows: params.statement(text),
        fields,
        notes: None,
        note_fields: Vec::new(),
    }
}
