//! The template of a script, carried out: its functions, its limits, and where its errors stand.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};

use super::asker::Limits;
use super::fault::Fault;
use super::functions::functions;
use super::object::{AnswerObject, NumberObject};
use super::placing::placed;
use super::script::{Script, prepared};
use super::sheet::{Mark, Shared};

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

pub(super) fn error_of(fault: Fault) -> Error {
    Error::new(
        ErrorKind::InvalidOperation,
        fault.diagnostic.message_en.clone(),
    )
    .with_source(fault)
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
