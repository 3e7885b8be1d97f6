//! Where an error of the template engine stands in the text of a script.

use minijinja::{Error, ErrorKind};

use super::fault::Fault;
use super::script::Script;
use super::sheet::Shared;
use crate::fact::Span;

/// What went wrong and where: the innermost error that knows its place, and the fault of ours that it carries.
pub(super) fn placed(error: &Error, script: &Script, shared: &Shared) -> Fault {
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
    let Some(asked) = &fault.question else {
        return fault.at_bytes(name, text, bytes);
    };
    let (question, diagnostics) = &**asked;
    let Some(at) = text[bytes.start..].find(question.as_str()) else {
        return fault.at_bytes(name, text, bytes);
    };
    let start = bytes.start + at;
    let Some(first) = diagnostics.first() else {
        let end = start + question.len();
        fault.question = None;
        return fault.at_bytes(name, text, start..end);
    };
    let offset = text[..start].chars().count();
    let moved = |span: Span| Span::new(span.start + offset, span.end + offset);
    let mut shown = first.clone();
    shown.span = moved(shown.span);
    for fix in &mut shown.fixes {
        fix.span = moved(fix.span);
    }
    let span = shown.span;
    fault.diagnostic = Box::new(shown);
    fault.question = None;
    fault.at(name, text, span)
}
