//! Words that no name has, and what a store says of them: labels of figures, tasks and sentences are no part of what a
//! question may name, and are looked up where a question is refused.

use super::Lang;
use super::ast::Rows;
use super::catalog::{Catalog, PlaceRef};
use super::diagnostic::Fix;
use super::lang::is_han;
use super::lex::{Placed, Token, lex};
use super::nearest::Scope;
use super::{follow, kept, unknown};
use crate::fact::Span;

/// What a store has of a word that a question uses and nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    /// The word as it stands in the question.
    pub asked: String,
    /// The longest stretch of it that reports have; empty where they have none.
    pub word: String,
    /// Figures whose label or quote has it.
    pub figures: Found,
    /// Tasks that mention it.
    pub tasks: Found,
    /// Sentences that mention it.
    pub sentences: Found,
}

/// How many were found, counted up to [`Found::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// In reports of the places and years that the question names.
    pub here: u32,
    /// In all reports.
    pub all: u32,
}

impl Found {
    /// No more are counted.
    pub const MOST: u32 = 300;
}

/// What to look up for a question that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sought {
    /// Words that nobody knows, in the order of the question.
    pub words: Vec<String>,
    /// `towns.id` of the places that it names.
    pub places: Vec<i64>,
    /// The years that it names.
    pub years: Vec<i32>,
}

/// The words of a question that no name has, and where to look for them.
#[must_use]
pub fn sought(question: &str, catalog: &Catalog) -> Sought {
    /// A text of nothing but unknown words is not looked up word by word.
    const MOST: usize = 3;
    let (tokens, _) = lex(question, catalog);
    let tokens = follow::join_places(tokens, catalog);
    let mut sought = Sought {
        words: unknown::words(&tokens, question, catalog),
        ..Sought::default()
    };
    sought.words.retain(|word| is_of_texts(word));
    sought.words.dedup();
    sought.words.truncate(MOST);
    for placed in &tokens {
        match &placed.token {
            Token::Place(meant) => sought.places.extend(in_places(meant, catalog)),
            Token::Year(year) | Token::FigureYear(year) => sought.years.push(*year),
            _ => {}
        }
    }
    sought
}

/// `towns.id` of what a name means: a place with reports of its own, or else all that lie in it.
fn in_places(meant: &[PlaceRef], catalog: &Catalog) -> Vec<i64> {
    let all = catalog.places();
    let own = meant.iter().filter_map(|place| match place {
        PlaceRef::Own(at) => Some(all[*at].id),
        PlaceRef::Area(_) => None,
    });
    let own: Vec<i64> = own.collect();
    if !own.is_empty() {
        return own;
    }
    let lies_in = |at: &usize| {
        let mut outer = meant.iter();
        outer.any(|outer| catalog.lies_in(PlaceRef::Own(*at), *outer))
    };
    let inside = (0..all.len()).filter(lies_in);
    inside.map(|at| all[at].id).collect()
}

/// Reports are Chinese, and one character stands in everything.
fn is_of_texts(word: &str) -> bool {
    (2..=20).contains(&word.chars().count()) && word.chars().all(is_han)
}

/// Questions for what the store has of a word that stands somewhere in a question, those that keep most of it first.
pub(super) fn offers(
    heard: &Heard,
    span: Span,
    question: &str,
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
    fits: &impl Fn(&str) -> bool,
) -> Vec<Fix> {
    /// So many of one word.
    const MOST: usize = 4;
    let scope = Scope::of(question, tokens, lang);
    let word = heard.word.as_str();
    let whole = Span::new(0, question.chars().count());
    let kind = tokens.iter().find_map(|placed| match placed.token {
        Token::Rows(rows) if rows.are_places() => Some(placed.span),
        _ => None,
    });
    let written = |span: Span| -> String {
        let chars = question.chars().skip(span.start).take(span.len());
        chars.collect()
    };
    let kind = kind.map(written);
    let kind = kind.as_deref();
    let english = lang == Lang::En;
    let label = format!("「{word}」");
    let text = if english {
        format!("\"{word}\"")
    } else {
        format!("“{word}”")
    };
    let at = tokens
        .iter()
        .position(|placed| placed.span.start == span.start);
    let says = !at.is_some_and(|at| kept::is_denied(tokens, at));
    let rows = |english_name: &str, chinese: &str| {
        let name = if english { english_name } else { chinese };
        scope.mentioning(name, &text, says)
    };
    let figures = (heard.figures, "figure", "个指标");
    let tasks = (heard.tasks, "task", "条任务");
    let sentences = (heard.sentences, "sentence", "个句子");
    let asks_tasks = tokens
        .iter()
        .any(|placed| matches!(placed.token, Token::Rows(Rows::Tasks) | Token::Planned));
    let tell =
        |fix: Fix, (found, one, chinese): (Found, &'static str, &'static str), is_here: bool| {
            let count = if is_here { found.here } else { found.all };
            let applied = fix.applied(question);
            let left_out = kept::left_out(question, tokens, &applied, catalog)?;
            let fits = count > 0 && fits(&applied);
            // How many have it says nothing of those that have not; of how many places that is, is not known.
            let counted = if says && !one.is_empty() {
                fix.counting(count, one, chinese)
            } else {
                fix
            };
            fits.then(|| counted.without(&left_out))
        };
    let here = |text: String, what| tell(Fix::new(text, whole), what, true);
    // The question as it was asked, of figures with this label; else the figures themselves.
    let is_whole = heard.word == heard.asked;
    let named = tell(Fix::new(label, span), figures, true).filter(|_| is_whole);
    let of_tasks = here(rows("tasks", "任务"), tasks);
    let by_kind = kind
        .filter(|_| !scope.is_named())
        .and_then(|kind| here(rows(kind, kind), (heard.sentences, "", "")));
    let of_sentences = here(rows("sentences", "句子"), sentences);
    let of_figures = here(rows("figures", "指标"), figures);
    // What does not speak of it is asked of reports and places.
    let of_others = if says {
        of_sentences
    } else {
        here(rows("reports", "报告"), sentences)
    };
    let of_records = [named, of_figures, of_tasks].into_iter().filter(|_| says);
    let mut chosen: Vec<Fix> = of_records.chain([by_kind, of_others]).flatten().collect();
    if asks_tasks {
        chosen.sort_by_key(|fix| !fix.text.contains(if english { "tasks" } else { "任务" }));
    }
    if chosen.is_empty() {
        let elsewhere = Scope::anywhere(lang);
        let [figures_word, tasks_word, sentences_word] = if english {
            ["figures", "tasks", "sentences"]
        } else {
            ["指标", "任务", "句子"]
        };
        let any = [
            (elsewhere.mentioning(figures_word, &text, true), figures),
            (elsewhere.mentioning(tasks_word, &text, true), tasks),
            (elsewhere.mentioning(sentences_word, &text, true), sentences),
        ];
        let any = any.into_iter();
        chosen.extend(any.filter_map(|(text, what)| tell(Fix::new(text, whole), what, false)));
    }
    chosen.truncate(MOST);
    chosen
}
