//! The template of a script, carried out: its functions, its limits, and where its errors stand.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Rest, Value, ValueOrKwargs};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior};

use super::asker::{Asked, Limits};
use super::expect;
use super::fault::Fault;
use super::object::{AnswerObject, NumberObject, RowObject, column_named};
use super::script::{Script, prepared};
use super::sheet::{Block, BlockKind, Cited, Mark, Shared, TITLE, without_marks};
use crate::query::Parameters;
use crate::render::number;

/// The deepest that includes, macros and loops go.
const DEEPEST: usize = 100;

/// Carries a script out; gives the Markdown that it writes, with marks in it, and its title.
pub(super) fn carry_out(
    script: &Script,
    shared: &Arc<Shared>,
    context: &BTreeMap<String, Value>,
    limits: &Limits,
) -> Result<(String, String), Fault> {
    let main = prepared(&script.text);
    let environment = environment(script, shared, limits);
    let found = |error: &Error| placed(error, script, shared);
    let title = environment
        .render_named_str("title", &script.head.title, context.clone())
        .map_err(|error| {
            let mut fault = found(&error);
            script.name.clone_into(&mut fault.file);
            script.text.clone_into(&mut fault.text);
            fault.diagnostic.span = script.head.title_span;
            fault
        })?;
    let mut out = Limited {
        bytes: Vec::new(),
        most: limits.bytes,
    };
    let template = environment
        .template_from_named_str(&script.name, &main)
        .map_err(|error| found(&error))?;
    template
        .render_captured_to(context.clone(), &mut out)
        .map_err(|error| found(&error))?;
    if let Some(late) = shared.sheet().late.pop() {
        return Err(late.at(&script.name, &script.text, crate::fact::Span::new(0, 0)));
    }
    Ok((String::from_utf8_lossy(&out.bytes).into_owned(), title))
}

fn environment<'a>(script: &Script, shared: &Arc<Shared>, limits: &Limits) -> Environment<'a> {
    let mut environment = Environment::new();
    environment.set_debug(true);
    environment.set_fuel(Some(limits.steps));
    environment.set_recursion_limit(DEEPEST);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("marks".into()));
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    environment.set_syntax(syntax.unwrap_or_default());
    {
        let (script, shared) = (script.clone(), Arc::clone(shared));
        environment.set_loader(move |name| {
            let text = script
                .part(name, &shared.asker().store)
                .map_err(|reason| Error::new(ErrorKind::BadInclude, reason))?;
            let Some(text) = text else {
                return Ok(None);
            };
            shared.sheet().parts.insert(name.to_owned(), text.clone());
            Ok(Some(prepared(&text)))
        });
    }
    {
        let shared = Arc::clone(shared);
        environment.set_formatter(move |out, _, value| {
            let text = written(&shared, value)?;
            out.write_str(&text).map_err(Error::from)
        });
    }
    functions(&mut environment, shared);
    environment
}

/// A value as it stands in the template's output.
fn written(shared: &Arc<Shared>, value: &Value) -> Result<String, Error> {
    if let Some(answer) = value.downcast_object_ref::<AnswerObject>() {
        let number = answer.single().map_err(error_of)?;
        return Ok(Value::from_object(number).to_string());
    }
    if value.is_none() || value.is_undefined() {
        return Ok(String::new());
    }
    let text = value.to_string();
    let is_number = value.downcast_object_ref::<NumberObject>().is_some();
    // Letters mean nothing to Markdown; whatever else may stands behind a mark.
    if value.is_safe() || is_number || text.chars().all(char::is_alphanumeric) {
        return Ok(text);
    }
    Ok(shared.sheet().put(Mark::Words(text)))
}

fn error_of(fault: Fault) -> Error {
    Error::new(
        ErrorKind::InvalidOperation,
        fault.diagnostic.message_en.clone(),
    )
    .with_source(fault)
}

/// The answer to a question whose `$names` are the template's.
fn ask(
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
            let items: Vec<String> = items
                .try_iter()
                .into_iter()
                .flatten()
                .map(|item| in_question(&item))
                .collect();
            filled.push_str(&items.join("、"));
            continue;
        }
        let mut text = in_question(&value);
        if shared.worded.contains(&name) {
            text = format!("\"{}\"", text.replace(['"', '“', '”'], ""));
        }
        filled.push('$');
        filled.push_str(&name);
        values.set(name, text);
    }
    filled.push_str(rest);
    Ok((filled, values))
}

/// A value as questions write it: a place by its name, a number without its footnote.
fn in_question(value: &Value) -> String {
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
fn answer_of(
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
fn cited(value: &Value) -> Vec<Cited> {
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
                column: answer.asked.principal,
            })
            .collect();
    }
    if value.as_str().is_some() {
        return Vec::new();
    }
    let items = value.try_iter().into_iter().flatten();
    items.flat_map(|item| cited(&item)).collect()
}

fn functions(environment: &mut Environment<'_>, shared: &Arc<Shared>) {
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
            let asked = if columns.is_empty() {
                asked
            } else {
                Arc::new(asked.of_columns(&columns))
            };
            let kind = match own.get::<Option<String>>("kind")?.as_deref() {
                Some("line" | "折线图") if kind == BlockKind::Bars => BlockKind::Line,
                _ => kind,
            };
            let block = Block {
                kind,
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
        move |value: f64, unit: Option<String>, from: Rest<ValueOrKwargs>| {
            let from = from
                .iter()
                .flat_map(|value| cited(&value.clone().into_value()))
                .collect();
            let said = number::alone(value, unit.as_deref().unwrap_or_default(), of.lang);
            Value::from_safe_string(of.sheet().put(Mark::Worked(said, from)))
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

/// What went wrong and where: the innermost error that knows its place, and the fault of ours that it carries.
fn placed(error: &Error, script: &Script, shared: &Shared) -> Fault {
    let mut fault: Option<Fault> = None;
    let mut innermost = error;
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = next {
        if let Some(found) = current.downcast_ref::<Fault>() {
            fault = Some(found.clone());
        }
        if let Some(found) = current
            .downcast_ref::<Error>()
            .filter(|found| found.name().is_some())
        {
            innermost = found;
        }
        next = current.source();
    }
    let fault = fault.unwrap_or_else(|| of_engine(innermost));
    if fault.is_placed() {
        return fault;
    }
    let name = innermost.name().unwrap_or(&script.name);
    let text = if name == script.name {
        script.text.clone()
    } else {
        shared.sheet().parts.get(name).cloned().unwrap_or_default()
    };
    let bytes = stretch(innermost, &text);
    in_question_literal(fault, name, &text, bytes)
}

/// The engine's own errors.
fn of_engine(error: &Error) -> Fault {
    let detail = error.detail().unwrap_or_default();
    let said = |code, en: &str, zh: &str| {
        let colon = |joint: &str| {
            if detail.is_empty() {
                String::new()
            } else {
                format!("{joint}{detail}")
            }
        };
        Fault::new(
            code,
            format!("{en}{}", colon(": ")),
            format!("{zh}{}", colon("：")),
        )
    };
    match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::BadEscape => {
            said("R0201", "the template cannot be read", "模板无法读取")
        }
        ErrorKind::UndefinedError => said("R0202", "a name stands for nothing", "名称没有定义"),
        ErrorKind::UnknownFilter
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownMethod
        | ErrorKind::UnknownTest => said(
            "R0202",
            "there is no such function, filter or test",
            "没有这个函数、过滤器或判断",
        ),
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => said(
            "R0204",
            "there is no such part: it stands in the script's own folder, or beside it in the store",
            "没有要包含的部分：它须在脚本所在文件夹中，或与脚本同存于库中",
        ),
        ErrorKind::OutOfFuel => said(
            "R0205",
            "the script takes too many steps: does a loop run too long?",
            "脚本步数过多：循环是否过长？",
        ),
        ErrorKind::WriteFailure => said("R0205", "the page is too long", "页面过长"),
        _ if detail.contains("recursion") => {
            said("R0205", "the script goes too deep", "脚本嵌套过深")
        }
        _ => said(
            "R0203",
            "the template cannot be carried out",
            "模板无法执行",
        ),
    }
}

/// Where the engine's error stands in the text of the script, in bytes: the prepared text has the same lines.
fn stretch(error: &Error, text: &str) -> std::ops::Range<usize> {
    let line_at = |number: usize| {
        let start: usize = text.split_inclusive('\n').take(number).map(str::len).sum();
        let line = text[start..].lines().next().unwrap_or_default();
        (start, line)
    };
    if let (Some(range), Some(source)) = (error.range(), error.template_source()) {
        let before = &source[..range.start.min(source.len())];
        let (start, line) = line_at(before.matches('\n').count());
        let column = before.rsplit('\n').next().unwrap_or_default().len();
        let length = source[range.start.min(source.len())..range.end.min(source.len())]
            .lines()
            .next()
            .unwrap_or_default()
            .len();
        let from = (start..=start + column.min(line.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at));
        let from = from.unwrap_or(start);
        let to = (from..=(from + length).min(start + line.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at));
        return from..to.unwrap_or(from).max(from);
    }
    let (start, line) = line_at(error.line().unwrap_or(1).saturating_sub(1));
    let indent = line.len() - line.trim_start().len();
    start + indent..start + line.len()
}

/// A question that stands word for word in the script shows its faults there; of another one the fault shows its words.
fn in_question_literal(
    mut fault: Fault,
    name: &str,
    text: &str,
    bytes: std::ops::Range<usize>,
) -> Fault {
    if let Some((question, diagnostics)) = &fault.question
        && let Some(first) = diagnostics.first()
        && let Some(at) = text[bytes.start..].find(question.as_str())
    {
        let offset = text[..bytes.start + at].chars().count();
        let moved = |span: crate::fact::Span| {
            crate::fact::Span::new(span.start + offset, span.end + offset)
        };
        let mut shown = first.clone();
        shown.span = moved(shown.span);
        for fix in &mut shown.fixes {
            fix.span = moved(fix.span);
        }
        fault.diagnostic = shown;
        fault.question = None;
        name.clone_into(&mut fault.file);
        text.clone_into(&mut fault.text);
        return fault;
    }
    fault.at_bytes(name, text, bytes)
}

/// What a template writes, up to a limit.
struct Limited {
    bytes: Vec<u8>,
    most: usize,
}

impl io::Write for Limited {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + more.len() > self.most {
            return Err(io::Error::other("the page is too long"));
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
