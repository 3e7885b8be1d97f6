use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::visible::is_hidden;
use crate::fact::Value;
use crate::query::{Answer, Cell, ColumnKind, Row, Source};

/// An answer as JSON: a contract for scripts.
///
/// `{"reading": {"en", "zh"}, "columns": [{"name", "unit"}], "rows": [{COLUMN: value, …, "sources": [{"document",
/// "quote", "start", "end", "number"}]}], "notes": [{"code", "en", "zh"}]}`. Values are in base units and names in
/// English whatever the language. A row has `absent` (`{COLUMN: reason}`) where a value is absent, and `bounds`
/// (`{COLUMN: "ge"}`), `high`, `periods` and `statuses` where a value is not exact, not of a whole year, or expected or
/// planned where no column says so, `units` (`{COLUMN: "美元"}`) where a value is in another unit than its column, and
/// `against` where a growth is not against the year before (`avg`: a yearly average; `cum`: some earlier year), `added`
/// (`{COLUMN: "built"}`) where a value is of what was added, built or begun and all there is could be meant. A source of
/// a figure has the `number` as it is written.
#[must_use]
pub fn json(answer: &Answer) -> Json {
    let mut whole = head(answer);
    let rows = answer.rows.iter().map(|each| row(answer, each)).collect();
    whole.insert("rows".into(), Json::Array(rows));
    whole.append(&mut tail(answer));
    Json::Object(whole)
}

/// What stands before the rows.
fn head(answer: &Answer) -> Map<String, Json> {
    let columns = answer.columns.iter();
    let columns = columns.map(|column| json!({"name": column.name, "unit": column.unit}));
    let reading = &answer.reading;
    let mut head = Map::new();
    head.insert(
        "reading".into(),
        json!({"en": reading.en, "zh": reading.zh}),
    );
    head.insert("columns".into(), Json::Array(columns.collect()));
    head
}

/// What stands behind them, and is known only then.
fn tail(answer: &Answer) -> Map<String, Json> {
    let notes = answer.notes.iter();
    let notes = notes.map(|note| json!({"code": note.code, "en": note.en, "zh": note.zh}));
    let mut tail = Map::new();
    tail.insert("notes".into(), Json::Array(notes.collect()));
    if let Some(sql) = &answer.explained {
        tail.insert("sql".into(), sql.clone().into());
    }
    tail
}

/// The text of [`json`], written part by part: its rows may be too many to stand in memory.
#[derive(Debug)]
pub struct JsonParts {
    /// What each line begins with.
    indent: &'static str,
    has_rows: bool,
}

impl JsonParts {
    /// Of an answer that stands alone; of one within an array where `is_element`.
    #[must_use]
    pub const fn new(is_element: bool) -> Self {
        Self {
            indent: if is_element { "  " } else { "" },
            has_rows: false,
        }
    }

    /// What stands before the first row.
    #[must_use]
    pub fn head(&self, answer: &Answer) -> String {
        let indent = self.indent;
        format!(
            "{indent}{{\n{},\n{indent}  \"rows\": [",
            self.members(head(answer))
        )
    }

    /// The rows of a part.
    pub fn rows(&mut self, answer: &Answer) -> String {
        let mut text = String::new();
        let inner = format!("{}    ", self.indent);
        for each in &answer.rows {
            text += if self.has_rows { ",\n" } else { "\n" };
            self.has_rows = true;
            text += &indented(&row(answer, each), &inner);
        }
        text
    }

    /// What stands behind the last row; without a line end.
    #[must_use]
    pub fn tail(&self, answer: &Answer) -> String {
        let indent = self.indent;
        let close = if self.has_rows {
            format!("\n{indent}  ]")
        } else {
            "]".to_owned()
        };
        format!("{close},\n{}\n{indent}}}", self.members(tail(answer)))
    }

    /// The members of an object without its braces.
    fn members(&self, object: Map<String, Json>) -> String {
        let text = indented(&Json::Object(object), self.indent);
        let lines: Vec<&str> = text.lines().collect();
        lines[1..lines.len() - 1].join("\n")
    }
}

/// JSON as people can read it too, indented, with hidden characters escaped.
#[must_use]
pub fn json_text(value: &Json) -> String {
    controls_escaped(&format!("{value:#}")).into_owned()
}

/// JSON that no terminal takes for commands and that shows its characters in their order: what is hidden is escaped, as
/// JSON itself asks only of the controls of ASCII.
fn controls_escaped(json: &str) -> Cow<'_, str> {
    let is_raw = |c: char| c > '~' && is_hidden(c);
    if !json.contains(is_raw) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        if is_raw(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// As `{:#}` has it, each line behind an indent; strings have no line ends in JSON.
fn indented(value: &Json, indent: &str) -> String {
    let text = format!("{value:#}");
    let text = controls_escaped(&text);
    let lines: Vec<String> = text.lines().map(|line| format!("{indent}{line}")).collect();
    lines.join("\n")
}

/// The rows of an answer alone, as [`json`] has them, a line each; with the number of the question as `question` where
/// the answers of several stand in one file.
#[must_use]
pub fn jsonl(answer: &Answer, question: Option<usize>) -> String {
    let mut lines = String::new();
    for each in &answer.rows {
        let mut object = row(answer, each);
        if let (Some(question), Some(object)) = (question, object.as_object_mut()) {
            // A column of SQL may have that name.
            let mut name = "question".to_owned();
            while object.contains_key(&name) {
                name.push('_');
            }
            object.insert(name, question.into());
        }
        let _ = writeln!(lines, "{}", controls_escaped(&object.to_string()));
    }
    lines
}

fn row(answer: &Answer, row: &Row) -> Json {
    let mut object = Map::new();
    let names = [
        "absent", "bounds", "high", "periods", "statuses", "units", "against", "added",
    ];
    let mut more: [(&str, Map<String, Json>); 8] = names.map(|name| (name, Map::new()));
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

/// Absence, bound, high end, period, status, own unit of a cell, what its growth is against, and what was added.
fn qualities(cell: &Cell, has_status: bool) -> [Option<Json>; 8] {
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
        valued(&cell.against),
        cell.added.map(|added| added.en.into()),
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
