//! Scripted reports: a script and a store → a page, as HTML, Markdown, a workbook or separated values.
//!
//! | stage | module | takes → gives |
//! | --- | --- | --- |
//! | read | `script`, `head` | text → [`Script`] |
//! | resolve | `parameter` | what was given → values checked against the store |
//! | carry out | `template`, `functions`, `question`, `object`, `asker`, `expect`, `placing` | script and values → Markdown with marks for whatever the store says |
//! | cite | `cite`, `notes` | marks → numbered footnotes with sentence, section and report |
//! | compose | `html` (made small by `slim`), `markdown`, `book` | page → bytes |
//!
//! The same store, script and values give the same bytes. What is wrong with a script is a [`Fault`] with its place.
//! A script reads its own folder, and nothing else; it writes nothing.

mod asker;
mod book;
mod cite;
mod colophon;
mod compare;
mod examples;
mod expect;
mod fault;
mod functions;
mod head;
mod html;
mod markdown;
mod notes;
mod object;
mod parameter;
mod placing;
mod question;
mod script;
mod sheet;
mod slim;
mod template;
mod words;

use std::fmt::Write as _;
use std::sync::Arc;

pub use asker::Limits;
pub use book::BookError;
pub use examples::{Example, examples};
pub use fault::{Fault, FaultCode, fault_codes};
pub use head::Head;
pub use parameter::{Kind, Parameter};
pub use script::{Script, ScriptError};

use crate::query::{Lang, Parameters};
use crate::store::{Fingerprint, Store, StoreError};
use asker::Asker;
use notes::Notes;
use sheet::{Shared, Sheet, without_marks};

/// The version of the program, which every page names.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A report that was worked out, to be written in any format.
#[derive(Debug)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Its language.
    pub lang: Lang,
    /// The Markdown that the template wrote, with marks in it.
    text: String,
    sheet: Sheet,
    notes: Notes,
    colophon: Colophon,
    changes: Option<compare::Changes>,
}

/// What the end of a page says of its making.
#[derive(Debug)]
struct Colophon {
    store: Fingerprint,
    script: Fingerprint,
    /// Names of the parameters and their values.
    values: Vec<(String, String)>,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The script is wrong, or what it expects is not so.
    #[error(transparent)]
    Fault(Box<Fault>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Fault> for ReportError {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

/// What a run is given besides script and store.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// The values of parameters, as they would be written in a question.
    pub values: Parameters,
    /// The names of those values.
    pub names: Vec<String>,
    /// How much it may do.
    pub limits: Limits,
}

/// Runs a script on a store.
///
/// # Errors
/// The first fault of the script, with its place; an expectation that is not met; a failure of the store.
pub fn run(script: &Script, store: Store, setting: &Setting) -> Result<Page, ReportError> {
    let fingerprint = store.fingerprint()?;
    let mut asker = Asker::new(store, setting.limits)?;
    let values = parameter::resolve(
        &script.head.parameters,
        &setting.values,
        &setting.names,
        &mut asker,
    )
    .map_err(|fault| in_head(fault, script))?;
    page(script, asker, fingerprint, &values, setting)
}

/// Runs a script on a store and on an older one, with the values that the newer gave; the page marks what has changed.
///
/// # Errors
/// As [`run`] on the newer store. That the older one cannot answer is no error: all is new then.
pub fn run_against(
    script: &Script,
    store: Store,
    older: Store,
    setting: &Setting,
) -> Result<Page, ReportError> {
    let fingerprint = store.fingerprint()?;
    let older_fingerprint = older.fingerprint()?;
    let mut asker = Asker::new(store, setting.limits)?;
    let values = parameter::resolve(
        &script.head.parameters,
        &setting.values,
        &setting.names,
        &mut asker,
    )
    .map_err(|fault| in_head(fault, script))?;
    let mut new = page(script, asker, fingerprint, &values, setting)?;
    let old = Asker::new(older, setting.limits)
        .map_err(ReportError::from)
        .and_then(|asker| page(script, asker, older_fingerprint.clone(), &values, setting));
    let old = match old {
        Ok(page) => Ok(page),
        Err(ReportError::Fault(fault)) => Err(fault),
        Err(error) => return Err(error),
    };
    new.changes = Some(compare::changes(&new, old, older_fingerprint));
    Ok(new)
}

fn page(
    script: &Script,
    asker: Asker,
    store: Fingerprint,
    values: &[(String, parameter::Given)],
    setting: &Setting,
) -> Result<Page, ReportError> {
    let lang = script.head.lang;
    let worded = script
        .head
        .parameters
        .iter()
        .filter(|parameter| parameter.kind == Kind::Text)
        .map(|parameter| parameter.name.clone());
    let shared = Shared::new(asker, lang, worded.collect());
    let context = parameter::context(values);
    let (text, title) = template::carry_out(script, &shared, &context, &setting.limits)?;
    let sheet = std::mem::take(&mut *shared.sheet());
    let title = sheet.plain(&title, lang);
    let notes = Notes::of(&text, &sheet, &shared.asker().store, lang)?;
    let colophon = Colophon {
        store,
        script: hash(script, &sheet),
        values: values
            .iter()
            .map(|(name, value)| (name.clone(), without_marks(&value.shown())))
            .collect(),
    };
    debug_assert_eq!(Arc::strong_count(&shared), 1, "the template is gone");
    Ok(Page {
        title,
        lang,
        text,
        sheet,
        notes,
        colophon,
        changes: None,
    })
}

/// The hash of a script; of one with parts, of all their texts in the order of their names.
fn hash(script: &Script, sheet: &Sheet) -> Fingerprint {
    if sheet.parts.is_empty() {
        return Fingerprint::of(script.text.as_bytes());
    }
    let mut all = Fingerprint::of(script.text.as_bytes()).to_string();
    for (name, text) in &sheet.parts {
        let _ = write!(all, "\n{name} {}", Fingerprint::of(text.as_bytes()));
    }
    Fingerprint::of(all.as_bytes())
}

/// A fault of a parameter stands where the head declares it.
fn in_head(fault: Fault, script: &Script) -> Fault {
    let named = script.head.parameters.iter().find(|parameter| {
        let message = &fault.diagnostic.message_en;
        message.starts_with(&format!("{} (", parameter.name))
            || message.starts_with(&format!("{}=", parameter.name))
    });
    let line = named.and_then(|parameter| {
        let mut at = 0;
        script.text.split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            let said = line.trim_start();
            let rest = said.strip_prefix(parameter.name.as_str())?;
            rest.starts_with([':', '：', ' '])
                .then(|| start + line.len() - said.len()..start + line.trim_end().len())
        })
    });
    fault.at_bytes(&script.name, &script.text, line.unwrap_or(0..3))
}
