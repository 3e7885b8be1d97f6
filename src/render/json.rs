use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use crate::fact::Value;
use crate::query::{Answer, Cell, ColumnKind, Row, Source};

/// An answer as JSON: a contract for scripts.
///
/// `{"reading": {"en", "zh"}, "columns": [{"name", "unit"}], "rows": [{COLUMN: value, …, "sources": [{"document",
/// "quote", "start", "end", "number"}]}], "notes": [{"code", "en", "zh"}]}`. Values are in base units and names in
/// English whatever the language. A row has `absent` (`{COLUMN: reason}`) where a value is absent, and `bounds`
/// (`{COLUMN: "ge"}`), `high`, `periods` and `statuses` where a value is not exact, not of a whole year, or expected or
/// planned where no column says so, and `units` (`{COLUMN: "美元"}`) where a value is in another unit than its column. A source of a figure has the `number` as it is written.
#[must_use]
pub fn json(answer: &Answer) -> Json {
    let columns: Vec<Json> = answer
        .columns
        .iter()
        .map(|column| json!({"name": column.name, "unit": column.unit}))
        .collect();
    let rows = answer.rows.iter().map(|each| row(answer, each)).collect();
    let notes: Vec<Json> = answer
        .notes
        .iter()
        .map(|note| json!({"code": note.code, "en": note.en, "zh": note.zh}))
        .collect();
    let mut whole = Map::new();
    whole.insert(
        "reading".into(),
        json!({"en": answer.reading.en, "zh": answer.reading.zh}),
    );
    whole.insert("columns".into(), Json::Array(columns));
    whole.insert("rows".into(), Json::Array(rows));
    whole.insert("notes".into(), Json::Array(notes));
    if let Some(sql) = &answer.explained {
        whole.insert("sql".into(), sql.clone().into());
    }
    Json::Object(whole)
}

/// The rows of an answer alone, as [`json`] has them, a line each; with the number of the question as `question` where
/// the answers of several stand in one file.
#[must_use]
pub fn jsonl(answer: &Answer, question: Option<usize>) -> String {
    let mut lines = String::new();
    for each in &answer.rows {
        let mut object = row(answer, each);
        if let Some(question) = question {
            object["question"] = question.into();
        }
        let _ = writeln!(lines, "{object}");
    }
    lines
}

fn row(answer: &Answer, row: &Row) -> Json {
    let mut object = Map::new();
    let mut more: [(&str, Map<String, Json>); 6] =
        ["absent", "bounds", "high", "periods", "statuses", "units"].map(|name| (name, Map::new()));
    let has_status = answer
        .columns
        .iter()
        .any(|column| column.kind == ColumnKind::Status);
    for (column, cell) in answer.columns.iter().zip(&row.cells) {
        object.insert(column.name.clone(), value(&cell.value));
        for ((_, of), what) in more.iter_mut().zip(qualities(cell, has_status)) {
            if let Some(what) = what {
                of.insert(column.name.clone(), what);
            }
        }
    }
    for (name, of) in more {
        if !of.is_empty() {
            object.insert(name.to_owned(), Json::Object(of));
        }
    }
    let sources = row.sources.iter().map(source).collect();
    object.insert("sources".to_owned(), Json::Array(sources));
    Json::Object(object)
}

/// Absence, bound, high end, period, status and own unit of a cell.
fn qualities(cell: &Cell, has_status: bool) -> [Option<Json>; 6] {
    let valued = |what: &Option<String>| {
        what.clone()
            .map(Json::from)
            .filter(|_| !cell.value.is_null())
    };
    [
        cell.absence.map(|reason| reason.as_str().into()),
        valued(&cell.bound),
        cell.high.map(Json::from),
        valued(&cell.period),
        valued(&cell.status).filter(|_| !has_status),
        valued(&cell.unit),
    ]
}

fn source(source: &Source) -> Json {
    let mut object = json!({
        "document": source.document,
        "quote": source.quote,
        "start": source.start,
        "end": source.end,
    });
    if let Some(number) = &source.number {
        object["number"] = number.as_str().into();
    }
    object
}

/// A whole number is written as one, though SQLite holds it as a real.
fn value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Integer(n) => (*n).into(),
        Value::Real(n) if n.fract() == 0.0 && n.abs() < 9e15 => (*n as i64).into(),
        Value::Real(n) => (*n).into(),
        Value::Text(text) => text.as_str().into(),
    }
}
