//! What templates hold: an answer, a row of it, a number of the row.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Value};

use super::asker::Asked;
use super::fault::Fault;
use super::sheet::{Cited, Mark, Shared, without_marks};
use crate::query::{ColumnKind, Lang};
use crate::render;

/// An answer: a list of rows, and one value where it has one row.
#[derive(Debug, Clone)]
pub(super) struct AnswerObject {
    pub(super) shared: Arc<Shared>,
    pub(super) asked: Arc<Asked>,
}

/// A row: its columns by their names in either language.
#[derive(Debug, Clone)]
pub(super) struct RowObject {
    shared: Arc<Shared>,
    pub(super) asked: Arc<Asked>,
    pub(super) row: usize,
}

/// A number, which brings its footnote with it.
#[derive(Debug, Clone)]
pub(super) struct NumberObject {
    pub(super) shared: Arc<Shared>,
    pub(super) cited: Cited,
}

impl AnswerObject {
    /// The one value of the answer, or why there is none.
    pub(super) fn single(&self) -> Result<NumberObject, Fault> {
        let rows = self.asked.answer.rows.len();
        let question = &self.asked.question;
        let Some(column) = self.asked.value else {
            return Err(Fault::new(
                "R0302",
                format!(
                    "“{question}” gives rows without a number; show them with table(…) or quotes(…), or go through them with for"
                ),
                format!("“{question}”的结果中没有数；可用table(…)、quotes(…)列出，或用for逐行处理"),
            ));
        };
        if rows != 1 {
            return Err(Fault::new(
                "R0302",
                format!(
                    "“{question}” gives {rows} rows, and one value is wanted here; name one place and year, show them with table(…), or go through them with for"
                ),
                format!(
                    "“{question}”有{rows}行结果，此处需要单个值；请指明一个地方和年份，或用table(…)列出，或用for逐行处理"
                ),
            ));
        }
        Ok(NumberObject {
            shared: Arc::clone(&self.shared),
            cited: Cited {
                asked: Arc::clone(&self.asked),
                row: 0,
                column: Some(column),
            },
        })
    }

    fn row(&self, row: usize) -> Option<RowObject> {
        (row < self.asked.answer.rows.len()).then(|| RowObject {
            shared: Arc::clone(&self.shared),
            asked: Arc::clone(&self.asked),
            row,
        })
    }
}

impl Object for AnswerObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.asked.answer.rows.len())
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if let Some(row) = key.as_usize() {
            return self.row(row).map(Value::from_object);
        }
        let answer = &self.asked.answer;
        match key.as_str()? {
            "rows" => Some(answer.rows.len().into()),
            "reading" => Some(without_marks(answer.reading.in_lang(self.shared.lang)).into()),
            "notes" => {
                let notes = answer.notes.iter();
                Some(
                    notes
                        .map(|note| without_marks(note.in_lang(self.shared.lang)))
                        .collect(),
                )
            }
            name => self.row(0)?.column(name),
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.single() {
            Ok(number) => Arc::new(number).render(f),
            // An error of this function has no words; the run ends with this one.
            Err(fault) => {
                self.shared.sheet().late.push(fault);
                Ok(())
            }
        }
    }
}

impl RowObject {
    fn cited(&self, column: Option<usize>) -> Cited {
        Cited {
            asked: Arc::clone(&self.asked),
            row: self.row,
            column,
        }
    }

    /// The content of the column of a name; the answer's own `number`, `text` and the like of its one value.
    fn column(&self, name: &str) -> Option<Value> {
        let Some(at) = column_named(&self.asked, name) else {
            if name == "note" {
                let mark = Mark::Note(vec![self.cited(None)]);
                return Some(Value::from_safe_string(self.shared.sheet().put(mark)));
            }
            let number = NumberObject {
                shared: Arc::clone(&self.shared),
                cited: self.cited(Some(self.asked.value?)),
            };
            return number.property(name);
        };
        let column = &self.asked.answer.columns[at];
        let cell = &self.asked.answer.rows[self.row].cells[at];
        let is_number = match column.kind {
            ColumnKind::Value | ColumnKind::Growth | ColumnKind::Count | ColumnKind::Number => true,
            ColumnKind::Year => false,
            _ => cell.value.number().is_some() && !is_position(&column.name),
        };
        Some(if is_number {
            Value::from_object(NumberObject {
                shared: Arc::clone(&self.shared),
                cited: self.cited(Some(at)),
            })
        } else {
            plain(&cell.value)
        })
    }
}

/// Whole numbers of SQL that are no figures.
pub(super) fn is_position(name: &str) -> bool {
    matches!(name, "id" | "start" | "end" | "ordinal")
        || name.ends_with("_id")
        || name.ends_with("year")
        || name.ends_with('年')
        || name.ends_with("年份")
}

/// The column of a name in English, as headings have it or with `_`, or in Chinese; `value` and `growth` stand for the
/// first such column.
pub(super) fn column_named(asked: &Asked, name: &str) -> Option<usize> {
    let columns = &asked.answer.columns;
    let spaced = name.replace('_', " ");
    columns
        .iter()
        .position(|column| column.name == name || column.title_zh == name)
        .or_else(|| {
            columns
                .iter()
                .position(|column| column.name == spaced || column.title_en == spaced)
        })
        .or_else(|| {
            let kind = match name {
                "value" | "数值" => ColumnKind::Value,
                "growth" | "增长" => ColumnKind::Growth,
                "status" | "性质" => ColumnKind::Status,
                "place" => return columns.iter().position(|column| column.name == "town"),
                _ => return None,
            };
            columns.iter().position(|column| column.kind == kind)
        })
}

fn plain(value: &crate::fact::Value) -> Value {
    use crate::fact::Value as Stored;
    match value {
        Stored::Null => Value::from(()),
        Stored::Integer(number) => (*number).into(),
        Stored::Real(number) => (*number).into(),
        Stored::Text(text) => without_marks(text).into(),
    }
}

impl Object for RowObject {
    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let columns = self.asked.answer.columns.iter();
        let names: Vec<Value> = columns.map(|column| column.name.as_str().into()).collect();
        Enumerator::Values(names)
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.column(key.as_str()?)
    }

    fn call_method(
        self: &Arc<Self>,
        _state: &mut minijinja::State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, minijinja::Error> {
        // row.shown("verdict"): the words that a table would have there.
        if method != "shown" {
            return Err(minijinja::ErrorKind::UnknownMethod.into());
        }
        let (name,): (&str,) = minijinja::value::from_args(args)?;
        let at = column_named(&self.asked, name).ok_or_else(|| {
            minijinja::Error::new(
                minijinja::ErrorKind::UndefinedError,
                format!("the row has no column {name}"),
            )
        })?;
        let said = render::said(&self.asked.answer, self.row, at, self.shared.lang);
        Ok(without_marks(&said).into())
    }
}

impl NumberObject {
    fn property(&self, name: &str) -> Option<Value> {
        let Cited { asked, row, column } = &self.cited;
        let at = (*column)?;
        let cell = &asked.answer.rows[*row].cells[at];
        Some(match name {
            "number" => cell.value.number().map_or(Value::from(()), Value::from),
            "text" => without_marks(&self.cited.said(self.shared.lang)).into(),
            "unit" => {
                unit(asked, *row, at).map_or(Value::from(()), |unit| without_marks(unit).into())
            }
            "bound" => cell.bound.as_deref().map_or(Value::from(()), Value::from),
            "period" => cell.period.as_deref().map_or(Value::from(()), Value::from),
            "high" => cell.high.map_or(Value::from(()), Value::from),
            "absent" => cell
                .absence
                .map_or(Value::from(()), |absence| absence.as_str().into()),
            _ => return None,
        })
    }
}

/// The unit of a cell: its column's, or that of its row.
pub(super) fn unit(asked: &Asked, row: usize, column: usize) -> Option<&str> {
    let answer = &asked.answer;
    let own = answer.columns[column].unit.as_deref();
    own.or_else(|| {
        let next = answer.columns.get(column + 1)?;
        (next.kind == ColumnKind::Unit).then(|| answer.rows[row].cells[column + 1].value.text())?
    })
}

impl Object for NumberObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        let Cited { asked, row, column } = &self.cited;
        column.is_some_and(|at| !asked.answer.rows[*row].cells[at].value.is_null())
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str()?;
        if name == "note" {
            let mark = Mark::Note(vec![self.cited.clone()]);
            return Some(Value::from_safe_string(self.shared.sheet().put(mark)));
        }
        if name == "moved" {
            let mark = Mark::Number(self.cited.clone(), Some(self.cited.moved(self.shared.lang)));
            return Some(Value::from_safe_string(self.shared.sheet().put(mark)));
        }
        self.property(name)
    }

    fn custom_cmp(
        self: &Arc<Self>,
        other: &minijinja::value::DynObject,
    ) -> Option<std::cmp::Ordering> {
        let number = |cited: &Cited| {
            let at = cited.column?;
            cited.asked.answer.rows[cited.row].cells[at].value.number()
        };
        let other = other.downcast_ref::<Self>()?;
        // Nothing stands before every number.
        match (number(&self.cited), number(&other.cited)) {
            (Some(left), Some(right)) => Some(left.total_cmp(&right)),
            (left, right) => Some(left.is_some().cmp(&right.is_some())),
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            &self
                .shared
                .sheet()
                .put(Mark::Number(self.cited.clone(), None)),
        )
    }
}

impl Cited {
    /// A change as a sentence says it: 增长34.2%, 下降8.8%, up 34.2%.
    fn moved(&self, lang: Lang) -> String {
        let said = self.said(lang);
        let bare = said.trim_start_matches(['+', '-']);
        let number = self
            .column
            .and_then(|at| self.asked.answer.rows[self.row].cells[at].value.number());
        match (number, lang) {
            (None, _) => said,
            (Some(number), Lang::Zh) if number < 0.0 => format!("下降{bare}"),
            (Some(number), Lang::Zh) if number > 0.0 => format!("增长{bare}"),
            (Some(_), Lang::Zh) => "持平".to_owned(),
            (Some(number), Lang::En) if number < 0.0 => format!("down {bare}"),
            (Some(number), Lang::En) if number > 0.0 => format!("up {bare}"),
            (Some(_), Lang::En) => "unchanged".to_owned(),
        }
    }

    /// A number as it stands in a sentence, with what it is marked by: 14.5亿元（预计）.
    pub(super) fn said(&self, lang: Lang) -> String {
        let Some(column) = self.column else {
            return String::new();
        };
        render::said(&self.asked.answer, self.row, column, lang)
    }
}
