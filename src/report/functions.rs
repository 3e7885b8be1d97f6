//! The functions that templates have.

use std::sync::Arc;

use minijinja::value::{Kwargs, Rest, Value};
use minijinja::{Environment, Error, State};

use super::asker::Asked;
use super::expect;
use super::fault::Fault;
use super::object::{AnswerObject, column_named};
use super::question::{answer_of, ask, cited, in_question};
use super::sheet::{Block, BlockKind, Cited, Mark, NO_ROW, Shared, TITLE, without_marks};
use super::template::error_of;
use crate::render::number;

pub(super) fn functions(environment: &mut Environment<'_>, shared: &Arc<Shared>) {
    let of = Arc::clone(shared);
    environment.add_function(
        "ask",
        move |state: &mut State, question: &str, own: Kwargs| {
            let asked = ask(&of, state, question, &own).map_err(error_of)?;
            Ok::<_, Error>(Value::from_object(AnswerObject {
                shared: Arc::clone(&of),
                asked,
            }))
        },
    );
    for (name, kind) in [
        ("table", BlockKind::Table),
        ("chart", BlockKind::Bars),
        ("quotes", BlockKind::Quotes),
    ] {
        let of = Arc::clone(shared);
        environment.add_function(name, move |state: &mut State, value: Value, own: Kwargs| {
            let asked = answer_of(&of, state, &value, &own).map_err(error_of)?;
            let columns = own
                .get::<Option<Vec<String>>>("columns")?
                .unwrap_or_default();
            let columns: Vec<usize> = columns
                .iter()
                .map(|name| {
                    column_named(&asked, name).ok_or_else(|| error_of(no_column(&asked, name)))
                })
                .collect::<Result<_, _>>()?;
            let whole = own.get::<Option<bool>>("whole")?.unwrap_or(false);
            let data = Arc::clone(&asked);
            let asked = if columns.is_empty() {
                asked
            } else {
                Arc::new(asked.of_columns(&columns))
            };
            let asked = match own.get::<Option<String>>("column")? {
                Some(name) => {
                    let at = column_named(&asked, &name);
                    let at = at.ok_or_else(|| error_of(no_column(&asked, &name)))?;
                    Arc::new(asked.about(at))
                }
                None => asked,
            };
            let kind = match own.get::<Option<String>>("kind")?.as_deref() {
                Some("line" | "折线图") if kind == BlockKind::Bars => BlockKind::Line,
                _ => kind,
            };
            let block = Block {
                kind,
                data: if whole { data } else { Arc::clone(&asked) },
                asked,
                title: own.get::<Option<String>>("title")?.unwrap_or_default(),
                name: own.get::<Option<String>>("name")?.unwrap_or_default(),
            };
            Ok::<_, Error>(put_block(&of, block))
        });
    }
    let of = Arc::clone(shared);
    environment.add_filter("block", move |state: &mut State, body: &str, kind: &str| {
        block(&of, state, body, kind).map_err(error_of)
    });
    let of = Arc::clone(shared);
    environment.add_function(
        "expect",
        move |state: &mut State, value: Value, message: Option<String>| {
            let line = value.as_str().filter(|_| message.is_none());
            if let Some(line) = line {
                expected(&of, state, line).map_err(error_of)?;
            } else if !value.is_true() {
                let said = message.unwrap_or_else(|| "…".to_owned());
                let said = of.sheet().plain(&said, of.lang);
                return Err(error_of(Fault::new(
                    "R0401",
                    format!("an expectation is not met: {said}"),
                    format!("预期不成立：{said}"),
                )));
            }
            Ok(Value::from_safe_string(String::new()))
        },
    );
    let of = Arc::clone(shared);
    environment.add_function(
        "places",
        move |state: &mut State, question: Option<String>| {
            let Some(question) = question else {
                return Ok(Value::from(of.asker().place_names()));
            };
            let asked = ask(
                &of,
                state,
                &question,
                &Kwargs::from_iter(Vec::<(String, Value)>::new()),
            )
            .map_err(error_of)?;
            let mut names: Vec<String> = Vec::new();
            for row in &asked.answer.rows {
                let name = row.cells.first().and_then(|cell| cell.value.text());
                names.extend(name.map(without_marks).filter(|name| !names.contains(name)));
            }
            Ok::<_, Error>(Value::from(names))
        },
    );
    let of = Arc::clone(shared);
    environment.add_function("years", move |places: Rest<Value>| {
        let mut asker = of.asker();
        let names: Vec<String> = places.iter().map(in_question).collect();
        let mut years = if names.is_empty() {
            asker.years()
        } else {
            asker.years_of(&names)
        };
        years.sort_unstable();
        years.dedup();
        Value::from(years)
    });
    let of = Arc::clone(shared);
    environment.add_function("note", move |values: Rest<Value>| {
        let cited: Vec<Cited> = values.iter().flat_map(cited).collect();
        Value::from_safe_string(of.sheet().put(Mark::Note(cited)))
    });
    let of = Arc::clone(shared);
    environment.add_function(
        "worked",
        move |value: f64, unit: Option<String>, from: Option<Value>, own: Kwargs| {
            let mut cited = from.iter().flat_map(cited).collect::<Vec<_>>();
            // Of nothing there is no row; the footnote then names the question that gave none.
            let of_all = own.get::<Option<Value>>("of")?;
            if cited.is_empty()
                && let Some(answer) = of_all.as_ref()
                && let Some(answer) = answer.downcast_object_ref::<AnswerObject>()
            {
                cited.push(Cited {
                    asked: Arc::clone(&answer.asked),
                    row: NO_ROW,
                    column: None,
                });
            }
            own.assert_all_used()?;
            let said = number::alone(value, unit.as_deref().unwrap_or_default(), of.lang);
            let mark = Mark::Worked(said, cited);
            Ok::<_, Error>(Value::from_safe_string(of.sheet().put(mark)))
        },
    );
}

fn no_column(asked: &Asked, name: &str) -> Fault {
    let has: Vec<&str> = asked
        .answer
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    Fault::new(
        "R0303",
        format!(
            "“{}” has no column {name}; it has {}",
            asked.question,
            has.join(", ")
        ),
        format!("“{}”没有{name}列；有{}", asked.question, has.join("、")),
    )
}

/// A block stands in a paragraph of its own.
fn put_block(shared: &Shared, mut block: Block) -> Value {
    if matches!(block.kind, BlockKind::Bars | BlockKind::Line) {
        block.asked = Arc::new(block.asked.of_chart());
        block.data = Arc::clone(&block.asked);
    }
    let mark = shared.sheet().put(Mark::Block(block));
    Value::from_safe_string(format!("\n\n{mark}\n\n"))
}

/// A fenced block: its title, and below it a question, or expectations.
fn block(
    shared: &Arc<Shared>,
    state: &State<'_, '_>,
    body: &str,
    kind: &str,
) -> Result<Value, Fault> {
    let body = body.strip_prefix(TITLE).unwrap_or(body);
    let (title, question) = body.split_once('\n').unwrap_or((body, ""));
    if kind == "expect" {
        for line in question.lines().filter(|line| !line.trim().is_empty()) {
            expected(shared, state, line)?;
        }
        return Ok(Value::from_safe_string(String::new()));
    }
    let (kind, title) = match (kind, title.split_once(' ').unwrap_or((title, ""))) {
        ("chart", ("line" | "折线图", title)) => (BlockKind::Line, title),
        ("chart", ("bar" | "bars" | "柱状图" | "条形图", title)) => (BlockKind::Bars, title),
        ("chart", _) => (BlockKind::Bars, title),
        ("quotes", _) => (BlockKind::Quotes, title),
        _ => (BlockKind::Table, title),
    };
    if question.trim().is_empty() {
        return Err(Fault::new(
            "R0303",
            "the block has no question",
            "块中没有问题",
        ));
    }
    let none = Kwargs::from_iter(Vec::<(String, Value)>::new());
    let asked = ask(shared, state, question, &none)?;
    Ok(put_block(
        shared,
        Block {
            kind,
            data: Arc::clone(&asked),
            asked,
            title: title.trim().to_owned(),
            name: String::new(),
        },
    ))
}

fn expected(shared: &Arc<Shared>, state: &State<'_, '_>, line: &str) -> Result<(), Fault> {
    let line = shared.sheet().plain(line, shared.lang);
    let none = Kwargs::from_iter(Vec::<(String, Value)>::new());
    expect::check(shared, line.trim(), &|question| {
        ask(shared, state, question, &none)
    })
}
