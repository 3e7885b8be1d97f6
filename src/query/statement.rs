//! Statements beside questions: definitions of saved queries, raw SQL, and the values that parameters are given.

use std::collections::BTreeMap;

use super::catalog::Catalog;
use super::diagnostic::Diagnostic;
use super::understand::{self, Meaning};
use super::{Compiled, Lang, compiled};
use crate::fact::Span;

/// The version of the language that definitions are kept with; it grows when an old text would mean something else.
pub const LANGUAGE_VERSION: u32 = 1;

/// What `$name` in a question stands for: a quantity, a year, a place or a text, as it would be written there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &String> {
        self.0.values()
    }

    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a parameter (its name without `$`) a value, in place of any before.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }

    /// The value of a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Parameters {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let pairs = pairs.into_iter();
        Self(pairs.map(|(n, v)| (n.into(), v.into())).collect())
    }
}

/// What a statement asks for.
#[derive(Debug, Clone)]
pub enum Understood {
    /// Rows.
    Question(Box<Compiled>),
    /// A query to be kept.
    Definition(Definition),
    /// `sql "SELECT …"`: this text, which the store's guard is to keep read-only.
    Sql(String),
}

/// A query that is kept under a name: `define @name as …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The name, without `@`: Chinese characters but 为, ASCII letters, digits, `_` and `-`.
    pub name: String,
    /// The query as it was written, one line; it compiles, with any value for its parameters.
    pub text: String,
    /// The language it was written in.
    pub lang: Lang,
    /// The parameters that it needs, each once, in the order of first use; those of queries it builds on included.
    pub parameters: Vec<String>,
    /// [`LANGUAGE_VERSION`] as it was written.
    pub language_version: u32,
}

/// Compiles a statement: a question, a definition, or raw SQL.
///
/// # Errors
/// Every independent thing that is wrong with it, in the order of the text.
pub fn compile_with(
    statement: &str,
    catalog: &Catalog,
    parameters: &Parameters,
) -> Result<Understood, Vec<Diagnostic>> {
    let lang = Lang::of(statement);
    if let Some(sql) = raw(statement)? {
        return Ok(Understood::Sql(sql));
    }
    let meaning =
        understand::understand(statement, catalog, parameters, lang).map_err(|mut faults| {
            faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
            faults.dedup();
            faults
        })?;
    Ok(match meaning {
        Meaning::Plan(plan, assumed) => {
            let question = compiled(*plan, assumed, catalog, lang);
            Understood::Question(Box::new(question))
        }
        Meaning::Define(definition) => Understood::Definition(definition),
    })
}

/// The text of `sql "…"`: all between the first quotation mark and the last, for SQL has quotation marks of its own.
pub(super) fn raw(statement: &str) -> Result<Option<String>, Vec<Diagnostic>> {
    let trimmed = statement.trim();
    let Some(rest) = trimmed
        .get(..3)
        .filter(|word| word.eq_ignore_ascii_case("sql"))
        .map(|_| trimmed[3..].trim_start())
        .filter(|rest| rest.starts_with(['"', '“', '”']))
    else {
        return Ok(None);
    };
    let body: String = rest.chars().skip(1).collect();
    match body.strip_suffix(['"', '”', '“']) {
        Some(sql) if !sql.trim().is_empty() => Ok(Some(sql.trim().to_owned())),
        _ => {
            let end = statement.chars().count();
            let start = end - rest.chars().count();
            Err(vec![Diagnostic::unclosed(Span::new(start, end), '"')])
        }
    }
}
