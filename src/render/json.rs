use serde_json::{Map, Value as Json, json};

use crate::fact::Value;
use crate::query::Answer;

/// An answer as JSON: a contract for scripts.
///
/// `{"reading": {"en", "zh"}, "columns": [{"name", "unit"}], "rows": [{COLUMN: value, …, "sources": [{"document",
/// "quote", "start", "end"}]}], "notes": [{"code", "en", "zh"}]}`. Values are in base units and names in English
/// whatever the language. A row has `absent` (`{COLUMN: reason}`) where a value is absent, and `bounds` (`{COLUMN:
/// "ge"}`), `high` and `periods` where a value is not exact or not of a whole year.
#[must_use]
pub fn json(answer: &Answer) -> Json {
    let columns: Vec<Json> = answer
        .columns
        .iter()
        .map(|column| json!({"name": column.name, "unit": column.unit}))
        .collect();
    let rows: Vec<Json> = answer
        .rows
        .iter()
        .map(|row| {
            let mut object = Map::new();
            let (mut absent, mut bounds, mut high, mut periods) =
                (Map::new(), Map::new(), Map::new(), Map::new());
            for (column, cell) in answer.columns.iter().zip(&row.cells) {
                object.insert(column.name.clone(), value(&cell.value));
                let note = |of: &mut Map<String, Json>, what: Option<Json>| {
                    if let Some(what) = what {
                        of.insert(column.name.clone(), what);
                    }
                };
                note(
                    &mut absent,
                    cell.absence.map(|reason| reason.as_str().into()),
                );
                note(
                    &mut bounds,
                    cell.bound
                        .clone()
                        .map(Json::from)
                        .filter(|_| !cell.value.is_null()),
                );
                note(&mut high, cell.high.map(Json::from));
                note(
                    &mut periods,
                    cell.period
                        .clone()
                        .map(Json::from)
                        .filter(|_| !cell.value.is_null()),
                );
            }
            for (name, of) in [
                ("absent", absent),
                ("bounds", bounds),
                ("high", high),
                ("periods", periods),
            ] {
                if !of.is_empty() {
                    object.insert(name.to_owned(), Json::Object(of));
                }
            }
            let sources: Vec<Json> = row
                .sources
                .iter()
                .map(|source| {
                    json!({
                        "document": source.document,
                        "quote": source.quote,
                        "start": source.start,
                        "end": source.end,
                    })
                })
                .collect();
            object.insert("sources".to_owned(), Json::Array(sources));
            Json::Object(object)
        })
        .collect();
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
