//! The query language: a question in English or Chinese → one plan → SQL → an answer.
//!
//! | stage | module | takes → gives |
//! | --- | --- | --- |
//! | lex | `lex` | characters → tokens, by longest match over `keywords.tsv` and the catalog's names |
//! | parse | `parse`, `grammar/query.lalrpop` | tokens → `ast`, the question as written |
//! | compose | `compose` | tokens that the grammar does not know in this order → tokens in its order |
//! | resolve | `resolve` | `ast` → [`plan`], names and units settled |
//! | say | `say` | plan → [`Reading`], the question said back in both languages |
//! | emit | `sql` | plan → [`Sql`] and how its rows are read |
//! | answer | `answer` | rows → [`Answer`] |
//!
//! The room never sees the database, only the [`Catalog`], a value. It never ignores a word and never guesses: what
//! it does not understand is a [`Diagnostic`] with what to write instead.

mod again;
mod answer;
mod ast;
mod beyond;
mod catalog;
mod complete;
mod compose;
mod day;
mod diagnostic;
mod elsewhere;
mod field;
mod follow;
mod heard;
mod kept;
mod keyword;
mod kindred;
mod lang;
mod lex;
mod lines;
mod nearest;
mod parse;
pub mod plan;
mod remedy;
mod resolve;
mod saved;
mod say;
mod sql;
mod stage;
mod statement;
mod stopped;
mod suggest;
mod topics;
mod understand;
mod unit;
mod unknown;
mod word_list;

pub use answer::{
    Absence, Answer, Answering, Cell, Drawn, Note, Period, Row, Source, answer, plain_answer,
};
pub use catalog::{Catalog, CatalogPlace, LAST, Nameable};
pub use complete::{Candidate, CandidateKind, complete};
pub use diagnostic::{Code, Diagnostic, Fix, codes};
pub use elsewhere::{in_all_years, stated_elsewhere};
pub use heard::{Found, Heard, Sought, sought};
pub use kept::names_left_out;
pub use keyword::{Keyword, keywords};
pub use lang::Lang;
pub use remedy::{Remedy, remedies};
pub use say::Reading;
pub use sql::{Column, ColumnKind, Sql};
pub use stage::{Role, has_shape, is_unfinished, quantity, roles, words};
pub use statement::{Definition, LANGUAGE_VERSION, Parameters, Understood, compile_with};

use crate::fact::Value;
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
    /// The same with sources by their numbers: `[12, 13]` are figures, `{"of": 3, "start": 5, "end": 9}` is a stretch of a document.
    /// Where there is no row it may give one that only says why; see [`Compiled::says_why`].
    pub numbered: Sql,
    /// The statement whose one value says why no row answers; asked where [`Compiled::has_none`] says so and they do not.
    pub if_empty: Option<Sql>,
    /// The language it was asked in.
    pub lang: Lang,
    fields: Vec<sql::Field>,
    reason: sql::Field,
    /// Whether [`Compiled::numbered`] gives a row that says why there is none.
    may_say_why: bool,
    slot_names: Vec<(String, String)>,
    kept_names: Vec<(String, String)>,
    nearest_unit: Option<String>,
    /// It asks what reports say, of a store that has not their texts.
    lacks_texts: Option<(u32, u32)>,
    /// What is added up are places of several levels, of which some lie in others.
    mixes_levels: bool,
    /// What it leaves open and was settled for it.
    assumed: Vec<resolve::Assumed>,
    /// The question whose rows are what this one counts, where verdicts are counted: no count has sentences of its own.
    counted_rows: Option<Reading>,
}

impl Compiled {
    /// Which column of the statement has the sources of a row.
    #[must_use]
    pub fn sources_at(&self) -> Option<usize> {
        self.fields
            .iter()
            .position(|field| *field == sql::Field::Sources)
    }

    /// Whether each row is a figure of the file, which has its quote: where all quotes are wanted, [`Compiled::sql`] reads them on
    /// the way.
    #[must_use]
    pub fn rows_are_quotes(&self) -> bool {
        matches!(self.plan.rows, plan::Rows::Metrics | plan::Rows::Targets)
            && !matches!(
                self.plan.shown,
                plan::Shown::Results
                    | plan::Shown::Verdicts(_)
                    | plan::Shown::Frequency(_)
                    | plan::Shown::Groups(..)
            )
    }

    /// Whether a row without a source states nothing: a place without the figure. Of what rows are else, they are the answer.
    #[must_use]
    pub fn rows_state_figures(&self) -> bool {
        self.plan.rows.are_places()
            && matches!(
                self.plan.shown,
                plan::Shown::Items(_) | plan::Shown::Compared(_)
            )
    }

    /// Whether the sources of all rows are part of the answer, however many these are: they were asked for, or rows are put
    /// together with their sources.
    #[must_use]
    pub fn needs_sources(&self) -> bool {
        let puts_together = |step: &Step| matches!(step, Step::Take { others: true, .. });
        self.plan.with_source
            || self.plan.steps.iter().any(puts_together)
            || matches!(self.plan.shown, plan::Shown::Compared(_))
    }

    /// Whether these rows of [`Compiled::sql`] are no answer: there is none, or it is the number 0.
    #[must_use]
    pub fn has_none(&self, rows: &[Vec<Value>]) -> bool {
        let counts = self.plan.counted;
        rows.first()
            .is_none_or(|row| counts && row.first().is_some_and(|count| count.integer() == Some(0)))
            || self.says_why(rows)
    }

    /// Whether these rows of [`Compiled::numbered`] are one that is no place and says why there is none.
    #[must_use]
    pub fn says_why(&self, rows: &[Vec<Value>]) -> bool {
        let place = || {
            self.fields
                .iter()
                .position(|field| *field == sql::Field::PlaceId)
        };
        let has_none = |row: &Vec<Value>| place().and_then(|at| row.get(at)) == Some(&Value::Null);
        self.may_say_why && matches!(rows, [row] if has_none(row))
    }
}

/// Compiles a question without parameters against what a store has.
///
/// # Errors
/// Every independent thing that is wrong with the question, in the order of the text; a definition or raw SQL, which
/// are no questions.
pub fn compile(question: &str, catalog: &Catalog) -> Result<Compiled, Vec<Diagnostic>> {
    match compile_with(question, catalog, &Parameters::new())? {
        Understood::Question(compiled) => Ok(*compiled),
        Understood::Definition(_) | Understood::Sql(_) => Err(vec![Diagnostic::new(
            "Q0133",
            crate::fact::Span::new(0, question.chars().count()),
            "this is a statement; a question is wanted here",
            "这是一条语句，此处需要的是问题",
        )]),
    }
}

/// A plan with its statements and its reading.
fn compiled(plan: Plan, assumed: Vec<resolve::Assumed>, catalog: &Catalog, lang: Lang) -> Compiled {
    let emitted = sql::emit(&plan, catalog, sql::SourceForm::Quoted);
    let numbered = sql::emit(&plan, catalog, sql::SourceForm::Numbered);
    Compiled {
        reading: say::say(&plan, catalog),
        sql: emitted.rows,
        numbered: numbered.rows,
        if_empty: emitted.if_empty,
        lang,
        // Those of the other statement, and what it alone may say behind them.
        fields: numbered.fields,
        may_say_why: numbered.says_why,
        slot_names: sql::slot_names(&plan, catalog),
        kept_names: kept(&plan)
            .map(|condition| say::condition_names(condition, catalog))
            .collect(),
        nearest_unit: nearest_unit(&emitted.reason),
        mixes_levels: plan.adds_up_places() && catalog.has_several_levels(),
        counted_rows: plan.judged_rows().map(|rows| say::say(&rows, catalog)),
        lacks_texts: catalog.texts_left_out().filter(|_| plan.reads_texts()),
        reason: emitted.reason,
        assumed,
        plan,
    }
}

fn kept(plan: &Plan) -> impl Iterator<Item = &Condition> {
    plan.steps.iter().filter_map(|step| match step {
        Step::Keep(condition) => Some(condition),
        _ => None,
    })
}

fn nearest_unit(reason: &sql::Field) -> Option<String> {
    let sql::Field::Told(fields) = reason else {
        return None;
    };
    fields.iter().find_map(|field| match field {
        sql::NoteField::Nearest(condition) => match condition.as_ref() {
            Condition::Compare(Expr::Figure(_), _, plan::Operand::Quantity(quantity))
            | Condition::Between(Expr::Figure(_), quantity, _) => Some(quantity.unit.clone()),
            _ => None,
        },
        _ => None,
    })
}
