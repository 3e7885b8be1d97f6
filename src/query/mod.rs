//! The query language: a question in English or Chinese → one plan → SQL → an answer.
//!
//! | stage | module | takes → gives |
//! | --- | --- | --- |
//! | lex | `lex` | characters → tokens, by longest match over `keywords.tsv` and the catalog's names |
//! | parse | `parse`, `grammar/query.lalrpop` | tokens → `ast`, the question as written |
//! | resolve | `resolve` | `ast` → [`plan`], names and units settled |
//! | say | `say` | plan → [`Reading`], the question said back in both languages |
//! | emit | `sql` | plan → [`Sql`] and how its rows are read |
//! | answer | `answer` | rows → [`Answer`] |
//!
//! The room never sees the database, only the [`Catalog`], a value. It never ignores a word and never guesses: what
//! it does not understand is a [`Diagnostic`] with what to write instead.

mod answer;
mod ast;
mod catalog;
mod diagnostic;
mod follow;
mod keyword;
mod lang;
mod lex;
mod parse;
pub mod plan;
mod resolve;
mod say;
mod sql;
mod suggest;
mod unit;

pub use answer::{Absence, Answer, Cell, Note, Row, Source, answer};
pub use catalog::{Catalog, CatalogPlace};
pub use diagnostic::{Code, Diagnostic, Fix, codes};
pub use keyword::{Keyword, keywords};
pub use lang::Lang;
pub use say::Reading;
pub use sql::{Column, ColumnKind, Sql};

use crate::fact::Span;
use lex::{Placed, Token};
use parse::Stop;
use plan::{Condition, Expr, Plan, Step};

/// A question, understood.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// What was understood, said back.
    pub reading: Reading,
    /// Its meaning.
    pub plan: Plan,
    /// The statement whose rows answer it.
    pub sql: Sql,
    /// Statements whose rows the notes are made of; their rows are handed to [`answer()`] in this order.
    pub notes: Vec<Sql>,
    /// The language it was asked in.
    pub lang: Lang,
    fields: Vec<sql::Field>,
    note_fields: Vec<sql::NoteField>,
    slot_names: Vec<(String, String)>,
    kept_names: Vec<(String, String)>,
    nearest_unit: Option<String>,
}

/// Compiles a question against what a store has.
///
/// # Errors
/// Every independent thing that is wrong with the question, in the order of the text.
pub fn compile(question: &str, catalog: &Catalog) -> Result<Compiled, Vec<Diagnostic>> {
    let lang = Lang::of(question);
    let plan = understand(question, catalog, lang).map_err(|mut faults| {
        faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
        faults.dedup();
        faults
    })?;
    let emitted = sql::emit(&plan, catalog);
    Ok(Compiled {
        reading: say::say(&plan, catalog),
        sql: emitted.rows,
        notes: emitted.notes.into_iter().collect(),
        lang,
        fields: emitted.fields,
        slot_names: sql::slot_names(&plan, catalog),
        kept_names: kept(&plan)
            .map(|condition| say::condition_names(condition, catalog))
            .collect(),
        nearest_unit: nearest_unit(&emitted.note_fields),
        note_fields: emitted.note_fields,
        plan,
    })
}

fn understand(question: &str, catalog: &Catalog, lang: Lang) -> Result<Plan, Vec<Diagnostic>> {
    let (tokens, mut faults) = lex::lex(question, catalog);
    let tokens = follow::join_places(tokens, catalog);
    if tokens.is_empty() && faults.is_empty() {
        return Err(vec![nothing(catalog, lang)]);
    }
    faults.extend(unknown(&tokens, question, catalog, lang));
    if !faults.is_empty() {
        return Err(faults);
    }
    let filtered = lex::filter(tokens.clone());
    match parse::parse(&filtered) {
        Ok(statement) => resolve::resolve(&statement, catalog, lang),
        Err(stop) => Err(vec![stopped(&stop, question, &tokens, catalog, lang)]),
    }
}

fn kept(plan: &Plan) -> impl Iterator<Item = &Condition> {
    plan.steps.iter().filter_map(|step| match step {
        Step::Keep(condition) => Some(condition),
        _ => None,
    })
}

fn nearest_unit(fields: &[sql::NoteField]) -> Option<String> {
    fields.iter().find_map(|field| match field {
        sql::NoteField::Nearest(
            Condition::Compare(Expr::Figure(_), _, plan::Operand::Quantity(quantity))
            | Condition::Between(Expr::Figure(_), quantity, _),
        ) => Some(quantity.unit.clone()),
        _ => None,
    })
}

fn nothing(catalog: &Catalog, lang: Lang) -> Diagnostic {
    let fixes = follow::following(&[], catalog, lang);
    Diagnostic::new(
        "Q0116",
        Span::new(0, 0),
        "the question is empty",
        "问句是空的",
    )
    .with_fixes(
        fixes
            .into_iter()
            .map(|text| Fix::new(text, Span::new(0, 0))),
    )
}

/// One message for each run that means nothing. Signs are said to be signs, names are suggested for the rest.
fn unknown(tokens: &[Placed], question: &str, catalog: &Catalog, lang: Lang) -> Vec<Diagnostic> {
    let chars: Vec<char> = question.chars().collect();
    let mut faults = Vec::new();
    // A text of nothing but unknown words is said to be so once, not a thousand times.
    for (at, placed) in tokens.iter().enumerate() {
        let Token::Word(word) = &placed.token else {
            continue;
        };
        if faults.len() >= 8 {
            break;
        }
        if !word.chars().any(char::is_alphanumeric) {
            faults.push(Diagnostic::new(
                "Q0113",
                placed.span,
                format!("“{word}” has no meaning here"),
                format!("“{word}”在这里没有意义"),
            ));
            continue;
        }
        // 固 before 投资 is not a word of its own: the run may go on over what stands right beside it.
        let mut best = (placed.span, word.clone(), suggest::likeness(word, catalog));
        let beside = |other: Option<&Placed>, span: Span| {
            other.is_some_and(|other| {
                let short = other.span.len() <= 4
                    && !matches!(other.token, Token::Quantity(_) | Token::Text(_));
                short && (other.span.end == span.start || other.span.start == span.end)
            })
        };
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let after = tokens.get(at + 1);
        let mut spans = Vec::new();
        if beside(after, placed.span) {
            spans.extend(after.map(|after| placed.span.join(after.span)));
        }
        if beside(before, placed.span) {
            spans.extend(before.map(|before| before.span.join(placed.span)));
        }
        for span in spans {
            let text: String = chars[span.start..span.end].iter().collect();
            let likeness = suggest::likeness(&text, catalog);
            if likeness > best.2 && lang::is_han(chars[span.start]) {
                best = (span, text, likeness);
            }
        }
        faults.push(suggest::unknown(&best.1, best.0, catalog, lang));
    }
    faults
}

fn stopped(
    stop: &Stop,
    question: &str,
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
) -> Diagnostic {
    let length = question.chars().count();
    match stop {
        Stop::Deep(span) => Diagnostic::new(
            "Q0110",
            *span,
            "brackets are nested too deeply here",
            "此处括号嵌套过深",
        ),
        Stop::End => {
            let end = tokens.last().map_or(length, |last| last.span.end);
            let fixes = follow::following(tokens, catalog, lang);
            Diagnostic::new(
                "Q0109",
                Span::new(end, end),
                "the question ends too early; it may go on with",
                "问句不完整，后面可以写",
            )
            .with_fixes(fixes.into_iter().map(|text| fix_at(text, end, lang)))
        }
        Stop::At(span) => {
            let before: Vec<Placed> = tokens
                .iter()
                .take_while(|placed| placed.span.end <= span.start)
                .cloned()
                .collect();
            let found: String = question.chars().skip(span.start).take(span.len()).collect();
            let fixes = follow::following(&before, catalog, lang);
            Diagnostic::new(
                "Q0101",
                *span,
                format!("“{found}” may not stand here"),
                format!("“{found}”不能放在这里"),
            )
            .with_fixes(fixes.into_iter().map(|text| fix_at(text, span.start, lang)))
        }
    }
}

/// What to put in; Latin words want a blank before them.
fn fix_at(text: String, at: usize, lang: Lang) -> Fix {
    let text = if lang == Lang::En && at > 0 {
        format!(" {text}")
    } else {
        text
    };
    Fix::new(text, Span::new(at, at))
}
