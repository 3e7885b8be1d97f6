//! The store behind a script: each question is asked once, within limits of number and time.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::fault::Fault;
use crate::ask::{self, Terms};
use crate::fact::Value;
use crate::query::plan::{Aspect, Expr, Plan, Shown};
use crate::query::{
    Answer, Catalog, Column, ColumnKind, Diagnostic, Lang, Parameters, Source, Understood,
    compile_with,
};
use crate::store::{Store, StoreError};

/// A question with its answer.
#[derive(Debug)]
pub(super) struct Asked {
    /// With the values of its parameters in it.
    pub(super) question: String,
    pub(super) answer: Answer,
    /// The column of numbers that the question asks for, where it has one: what is drawn.
    pub(super) principal: Option<usize>,
    /// The column of its one value where it has one row: of words too, where these were asked for.
    pub(super) value: Option<usize>,
    /// Whether it was SQL, whose columns have no meaning that is known.
    pub(super) is_sql: bool,
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Refusal {
    /// It was not understood.
    Question(Vec<Diagnostic>),
    /// It is no question, its SQL failed, or the store did; in English and Chinese.
    Other(String, String),
    /// The script asked too much.
    Limit(String, String),
}

impl Refusal {
    /// As a fault, which still needs its place.
    pub(super) fn fault(self, code: &'static str, question: &str) -> Fault {
        match self {
            Self::Question(diagnostics) => {
                let mut fault = Fault::new(
                    code,
                    format!("this question is not understood: {question}"),
                    format!("这个问题无法理解：{question}"),
                );
                fault.question = Some(Box::new((question.to_owned(), diagnostics)));
                fault
            }
            Self::Other(en, zh) => Fault::new(code, en, zh),
            Self::Limit(en, zh) => Fault::new("R0205", en, zh),
        }
    }
}

/// How much a script may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long all its questions may take.
    pub time: Duration,
    /// How many different questions it may ask.
    pub questions: usize,
    /// How many steps its templates may take.
    pub steps: u64,
    /// How many bytes its templates may write.
    pub bytes: usize,
}

impl Default for Limits {
    /// A minute, ten thousand questions, twenty million steps, sixteen megabytes: far more than a report for people
    /// needs, far less than what would keep a machine busy.
    fn default() -> Self {
        Self {
            time: Duration::from_mins(1),
            questions: 10_000,
            steps: 20_000_000,
            bytes: 16 << 20,
        }
    }
}

#[derive(Debug)]
pub(super) struct Asker {
    pub(super) store: Store,
    catalog: Catalog,
    limits: Limits,
    until: Instant,
    known: HashMap<String, Arc<Asked>>,
}

impl Asker {
    pub(super) fn new(store: Store, limits: Limits) -> Result<Self, StoreError> {
        Ok(Self {
            catalog: ask::names(&store)?,
            store,
            limits,
            until: Instant::now() + limits.time,
            known: HashMap::new(),
        })
    }

    /// Answers a question, from memory where it was asked before with the same values.
    pub(super) fn ask(
        &mut self,
        question: &str,
        values: &Parameters,
    ) -> Result<Arc<Asked>, Refusal> {
        let key = format!("{question}\n{values:?}");
        if let Some(asked) = self.known.get(&key) {
            return Ok(Arc::clone(asked));
        }
        let left = self.left()?;
        let understood = compile_with(question, &self.catalog, values).map_err(|diagnostics| {
            let counted = ask::catalog(&self.store);
            Refusal::Question(ask::with_counts(
                &self.store,
                diagnostics,
                question,
                values,
                counted,
            ))
        })?;
        let failed =
            |error: &dyn std::error::Error| Refusal::Other(error.to_string(), error.to_string());
        let (answer, principal, value, is_sql) = match understood {
            Understood::Question(compiled) => {
                let answer = ask::answered(&self.store, &compiled, ask::Cited::All)
                    .map_err(|error| failed(&error))?;
                let principal = principal(&compiled.plan, &answer);
                let value = value(&compiled.plan, &answer, principal);
                (answer, principal, value, false)
            }
            Understood::Sql(sql) => {
                let mut terms = Terms::default();
                terms.time_limit = terms.time_limit.min(left);
                terms.row_limit = 100_000;
                let answer =
                    ask::selected(&self.store, &sql, &terms).map_err(|error| failed(&error))?;
                let principal = answer.rows.first().and_then(|row| {
                    row.cells
                        .iter()
                        .position(|cell| cell.value.number().is_some())
                });
                (
                    with_sources(answer, &self.store),
                    principal,
                    principal,
                    true,
                )
            }
            Understood::Definition(_) => {
                return Err(Refusal::Other(
                    "a script asks questions; it does not save them".to_owned(),
                    "脚本只提问，不保存查询".to_owned(),
                ));
            }
        };
        let asked = Arc::new(Asked {
            question: question.to_owned(),
            answer,
            principal,
            value,
            is_sql,
        });
        self.known.insert(key, Arc::clone(&asked));
        Ok(asked)
    }

    /// The time that is left, where the limits leave any.
    pub(super) fn left(&self) -> Result<Duration, Refusal> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            let seconds = self.limits.time.as_secs_f64();
            return Err(Refusal::Limit(
                format!(
                    "the script took longer than {seconds} seconds; ask less, or allow more: --time-limit"
                ),
                format!("脚本运行超过{seconds}秒；请少问，或用--time-limit放宽"),
            ));
        }
        if self.known.len() >= self.limits.questions {
            let most = self.limits.questions;
            return Err(Refusal::Limit(
                format!(
                    "the script asked more than {most} questions; one question can be about many places"
                ),
                format!("脚本提问超过{most}个；一个问题可以问许多地方"),
            ));
        }
        Ok(left)
    }

    /// The places with reports, by name.
    pub(super) fn place_names(&self) -> Vec<String> {
        let places = self
            .catalog
            .places()
            .iter()
            .filter(|place| place.reports > 0);
        let mut names: Vec<String> = places.map(|place| place.place.name.clone()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// The years that the store's reports are about.
    pub(super) fn years(&self) -> Vec<i64> {
        self.catalog
            .years()
            .iter()
            .map(|year| i64::from(*year))
            .collect()
    }

    /// The years that these places have reports about.
    pub(super) fn years_of(&mut self, places: &[String]) -> Vec<i64> {
        let mut years = Vec::new();
        for place in places {
            let values: Parameters = [("place", place)].into_iter().collect();
            let Ok(asked) = self.ask("reports of $place", &values) else {
                continue;
            };
            let at = asked
                .answer
                .columns
                .iter()
                .position(|column| column.kind == ColumnKind::Year);
            let cells = asked
                .answer
                .rows
                .iter()
                .filter_map(|row| row.cells[at?].value.integer());
            years.extend(cells);
        }
        years
    }
}

/// Rows of SQL have their sources in columns `document`, `start` and `end`, and `quote` where they have one; else the text
/// there is read.
fn with_sources(mut answer: Answer, store: &Store) -> Answer {
    let named = |name: &str| answer.columns.iter().position(|column| column.name == name);
    let (Some(document), Some(start), Some(end)) =
        (named("document"), named("start"), named("end"))
    else {
        return answer;
    };
    let quote = named("quote");
    for row in &mut answer.rows {
        let cell = |at: usize| &row.cells[at].value;
        let source = || {
            let place = [document, start, end].map(|at| cell(at).clone());
            let own = quote.and_then(|at| cell(at).text()).map(str::to_owned);
            Some(Source {
                document: cell(document).text()?.to_owned(),
                quote: own.or_else(|| stretch(store, &place))?,
                start: cell(start).integer()?,
                end: cell(end).integer()?,
                ..Source::default()
            })
        };
        row.sources = source().into_iter().collect();
    }
    answer
}

/// The text of a document from a character to before another.
fn stretch(store: &Store, place: &[Value; 3]) -> Option<String> {
    let sql = "SELECT substr(text, ?2 + 1, ?3 - ?2) FROM documents WHERE name = ?1";
    let rows = store.select(sql, place).ok()?.rows;
    rows.first()?.first()?.text().map(str::to_owned)
}

/// The column of what was asked for: a growth where only the growth was, what was worked out before what it was worked
/// out of.
fn principal(plan: &Plan, answer: &Answer) -> Option<usize> {
    let first_of = |wanted: &dyn Fn(&str, ColumnKind) -> bool| {
        answer
            .columns
            .iter()
            .position(|column| wanted(&column.name, column.kind))
    };
    let asked = match &plan.shown {
        Shown::Items(items) | Shown::Compared(items) => items.first(),
        _ => None,
    };
    let found = match asked {
        Some(Expr::Figure(figure)) => match figure.aspect {
            Aspect::Growth | Aspect::TargetGrowth | Aspect::TargetGrowthOfYear => {
                first_of(&|_, kind| kind == ColumnKind::Growth)
            }
            Aspect::Completion => first_of(&|name, _| name == "completion"),
            Aspect::Rank => first_of(&|name, _| name == "rank"),
            Aspect::LastYear => first_of(&|name, _| name == "last_year"),
            Aspect::Task => first_of(&|name, _| name == "yearly_task"),
            _ => None,
        },
        Some(Expr::Combined(..)) => first_of(&|name, _| {
            matches!(name, "ratio" | "sum" | "change" | "difference" | "against")
        }),
        _ => None,
    };
    found.or_else(|| {
        first_of(&|_, kind| {
            matches!(
                kind,
                ColumnKind::Value | ColumnKind::Count | ColumnKind::Number | ColumnKind::Growth
            )
        })
    })
}

/// The column of the one value of an answer: the field that was asked for, else the principal one. How many reports a
/// place has, and the like, stands in rows of records unasked.
fn value(plan: &Plan, answer: &Answer, principal: Option<usize>) -> Option<usize> {
    if let Shown::Items(items) = &plan.shown
        && let Some(Expr::Field(field)) = items.first()
    {
        let asked = Column::of(*field);
        let mut columns = answer.columns.iter();
        return columns.position(|column| column.name == asked.name);
    }
    let is_unasked = matches!(plan.shown, Shown::Mentioned) && !plan.counted;
    principal.filter(|at| !is_unasked || answer.columns[*at].kind != ColumnKind::Count)
}

impl Asked {
    /// The same with these columns only. A unit goes with its value.
    pub(super) fn of_columns(&self, columns: &[usize]) -> Self {
        let mut kept: Vec<usize> = Vec::new();
        for at in columns {
            kept.push(*at);
            let next = self.answer.columns.get(at + 1);
            let has_unit = self.answer.columns[*at].kind == ColumnKind::Value
                && next.is_some_and(|next| next.kind == ColumnKind::Unit);
            if has_unit && !columns.contains(&(at + 1)) {
                kept.push(at + 1);
            }
        }
        let mut answer = self.answer.clone();
        answer.columns = kept
            .iter()
            .map(|at| self.answer.columns[*at].clone())
            .collect();
        for row in &mut answer.rows {
            row.cells = kept.iter().map(|at| row.cells[*at].clone()).collect();
        }
        let kept_as = |of: usize| kept.iter().position(|at| *at == of);
        Self {
            question: self.question.clone(),
            principal: self.principal.and_then(kept_as),
            value: self.value.and_then(kept_as),
            answer,
            is_sql: self.is_sql,
        }
    }

    /// The same about another of its columns.
    pub(super) fn about(&self, column: usize) -> Self {
        Self {
            question: self.question.clone(),
            answer: self.answer.clone(),
            principal: Some(column),
            value: Some(column),
            is_sql: self.is_sql,
        }
    }

    /// The same as a chart shows it: what tells the rows apart, and the column that is drawn.
    pub(super) fn of_chart(&self) -> Self {
        let Some(principal) = self.principal else {
            return self.of_columns(&[]);
        };
        let mut kept: Vec<usize> = (0..principal)
            .filter(|at| {
                matches!(
                    self.answer.columns[*at].kind,
                    ColumnKind::Text | ColumnKind::Year
                )
            })
            .collect();
        kept.push(principal);
        self.of_columns(&kept)
    }

    /// The title of a column in a language.
    pub(super) fn title(&self, column: usize, lang: Lang) -> &str {
        let column = &self.answer.columns[column];
        match lang {
            Lang::En => &column.title_en,
            Lang::Zh => &column.title_zh,
        }
    }
}
