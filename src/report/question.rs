//! From what a template hands to its functions to questions of the query language, and back to cells of answers.

use std::sync::Arc;

use minijinja::State;
use minijinja::value::{Kwargs, Value};

use super::asker::Asked;
use super::fault::Fault;
use super::object::{AnswerObject, NumberObject, RowObject};
use super::sheet::{Cited, Shared, without_marks};
use crate::query::Parameters;

/// The answer to a question whose `$names` are the template's.
pub(super) fn ask(
    shared: &Arc<Shared>,
    state: &State<'_, '_>,
    question: &str,
    own: &Kwargs,
) -> Result<Arc<Asked>, Fault> {
    let question = shared.sheet().plain(question, shared.lang);
    let question = question.trim();
    let (filled, values) = filled(shared, state, question, own)?;
    shared.sheet().asked(question);
    let asked = shared.asker().ask(&filled, &values);
    asked.map_err(|refusal| refusal.fault("R0301", &filled))
}

/// A question and its parameters: lists are written out in it, single values are handed to it.
fn filled(
    shared: &Shared,
    state: &State<'_, '_>,
    question: &str,
    own: &Kwargs,
) -> Result<(String, Parameters), Fault> {
    let is_sql = question
        .get(..3)
        .is_some_and(|word| word.eq_ignore_ascii_case("sql"));
    let mut values = Parameters::new();
    let mut filled = String::new();
    let mut rest = question;
    while let Some(at) = rest.find('$') {
        let name: String = rest[at + 1..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        filled.push_str(&rest[..at]);
        rest = &rest[at + 1 + name.len()..];
        let value = own
            .peek::<Option<Value>>(&name)
            .ok()
            .flatten()
            .or_else(|| state.lookup(&name));
        let Some(value) = value.filter(|value| !name.is_empty() && !value.is_undefined()) else {
            return Err(Fault::new(
                "R0202",
                format!("${name} in “{question}” is no parameter and no variable of the script"),
                format!("“{question}”中的${name}既不是参数，也不是脚本中的变量"),
            ));
        };
        if let Some(items) = value.as_object().filter(|object| {
            matches!(
                object.repr(),
                minijinja::value::ObjectRepr::Seq | minijinja::value::ObjectRepr::Iterable
            )
        }) {
            let items: Vec<Value> = items.try_iter().into_iter().flatten().collect();
            filled.push_str(&listed(&items, is_sql));
            continue;
        }
        let mut text = in_question(&value);
        if is_sql {
            filled.push_str(&in_sql(&value, &text));
            continue;
        }
        // A number may stand before 年 or a unit.
        if value.is_integer() {
            filled.push_str(&text);
            continue;
        }
        if shared.worded.contains(&name) {
            text = format!("\"{}\"", text.replace(['"', '“', '”'], ""));
        }
        filled.push('$');
        filled.push_str(&name);
        values.set(name, text);
        // What comes next is not to be taken for more of the name.
        filled.push(' ');
    }
    filled.push_str(rest);
    Ok((filled, values))
}

/// Several values: years in a row as a span, others one after the other.
fn listed(items: &[Value], is_sql: bool) -> String {
    let numbers: Option<Vec<i64>> = items.iter().map(Value::as_i64).collect();
    if let Some(years @ [first, .., last]) = numbers.as_deref()
        && years.windows(2).all(|pair| pair[0] + 1 == pair[1])
        && !is_sql
    {
        return format!("{first}-{last}");
    }
    let said = items.iter().map(|item| {
        let text = in_question(item);
        if is_sql { in_sql(item, &text) } else { text }
    });
    let said: Vec<String> = said.collect();
    said.join(if is_sql { ", " } else { "、" })
}

/// A value as SQL writes it: a number, or a text in quotation marks.
fn in_sql(value: &Value, text: &str) -> String {
    if value.is_number() {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// A value as questions write it: a place by its name, a number without its footnote.
pub(super) fn in_question(value: &Value) -> String {
    if let Some(number) = value.downcast_object_ref::<NumberObject>() {
        let cited = &number.cited;
        let cell = cited
            .column
            .map(|at| &cited.asked.answer.rows[cited.row].cells[at]);
        return cell
            .and_then(|cell| cell.value.number())
            .map_or_else(String::new, |number| number.to_string());
    }
    if let Ok(name) = value.get_attr("name")
        && let Some(name) = name.as_str()
    {
        return name.to_owned();
    }
    without_marks(&value.to_string())
}

/// An answer from a question or from an answer that is at hand.
pub(super) fn answer_of(
    shared: &Arc<Shared>,
    state: &State<'_, '_>,
    value: &Value,
    own: &Kwargs,
) -> Result<Arc<Asked>, Fault> {
    if let Some(answer) = value.downcast_object_ref::<AnswerObject>() {
        return Ok(Arc::clone(&answer.asked));
    }
    match value.as_str() {
        Some(question) => ask(shared, state, question, own),
        None => Err(Fault::new(
            "R0303",
            "a question in quotation marks is wanted here, or the answer to one",
            "此处需要引号中的问题，或问题的答案",
        )),
    }
}

/// The numbers that stand behind a value of the template.
pub(super) fn cited(value: &Value) -> Vec<Cited> {
    if let Some(number) = value.downcast_object_ref::<NumberObject>() {
        return vec![number.cited.clone()];
    }
    if let Some(row) = value.downcast_object_ref::<RowObject>() {
        return vec![Cited {
            asked: Arc::clone(&row.asked),
            row: row.row,
            column: None,
        }];
    }
    if let Some(answer) = value.downcast_object_ref::<AnswerObject>() {
        return (0..answer.asked.answer.rows.len())
            .map(|row| Cited {
                asked: Arc::clone(&answer.asked),
                row,
                column: answer.asked.value,
            })
            .collect();
    }
    if value.as_str().is_some() {
        return Vec::new();
    }
    let items = value.try_iter().into_iter().flatten();
    items.flat_map(|item| cited(&item)).collect()
}
