//! A question as it was written: names still as candidates, every part with its place in the question.
//!
//! English and Chinese give the same tree but for the order of modifiers, which Chinese puts before the head.

mod words;

pub(super) use words::Property;
pub use words::{Aggregate, Comparison, Operator, Rows, Verdict, Wording};

use super::catalog::PlaceRef;
pub(super) use super::field::{Chart, Field, Scaled, Trait};
use super::lex::Quantity;
use crate::fact::Span;

/// What was asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Statement {
    Ask(Query),
    Explain(Query),
    /// `define @name as …`: the name, and where the query begins in the question.
    Define(String, usize, Query),
}

/// Modifiers, head and steps; `clauses` are in the order in which they apply.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Query {
    pub(super) head: Head,
    pub(super) clauses: Vec<Clause>,
}

impl Query {
    /// Modifiers before the head apply before the steps behind it.
    pub(super) fn new(modifiers: Vec<Clause>, head: Head, steps: Vec<Clause>) -> Self {
        let clauses = modifiers.into_iter().chain(steps).collect();
        Self { head, clauses }
    }
}

/// What one row is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Head {
    Rows(Rows, Span),
    /// `top 5 HEAD`, 5个镇: so many from an end of the order that the question names.
    Some(Quantity, End, Rows, Span),
    /// `how many HEAD`.
    HowMany(Rows, Span),
    Items(Vec<Item>),
    /// `compare PLACES on ITEMS`; the places are the first clause.
    Compare(Vec<Item>),
    /// `@name`: a saved query, put in its place before names are settled.
    Saved(String, Span),
    /// A condition and nothing that it is about: an error with a remedy.
    Nothing(Box<Condition>, Span),
}

/// A modifier or a step.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Clause {
    /// `of PLACES`, `in PLACES`, PLACES的, and where all of it stands.
    Places(Vec<PlaceName>, Preposition, Span),
    /// `outside PLACES`, 除PLACES外: all but these and what lies in them.
    Outside(Vec<PlaceName>),
    Years(Years, Span),
    /// `in all years`.
    EveryYear,
    /// `each HEAD`, 各镇.
    Each(Rows, Span),
    /// `of all HEAD`, 所有镇的: where rows are counted they are counted together.
    All(Rows, Span),
    Keep(Condition),
    By(Vec<Key>, Option<Direction>, Span),
    /// Ordered by what is shown first.
    Ranked(Option<Direction>, Span),
    /// 税收前5名的: ordered by it and cut.
    TopBy(Expr, Quantity, End, Span),
    /// The first in time, or the last; of each place where that is said.
    InTime(End, bool),
    /// `top 5`, and whether the others are put together below.
    Top(Quantity, End, bool, Option<Key>, Span),
    /// `cities with the highest GDP, within each year`: of each its own.
    BestOfEach(Key, Span),
    Limit(Quantity, Span),
    Scaled(Scaled, Span),
    Share(Span),
    Draw(Chart),
    Show(Vec<Item>),
    Aggregate(Item),
    Count,
    Source,
    Latest,
    /// `with result`: targets beside what came of them.
    Results(Span),
    /// `missed targets`.
    Verdict(Verdict),
}

/// A place as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlaceName {
    pub(super) candidates: Vec<PlaceRef>,
    pub(super) span: Span,
}

/// How a place was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preposition {
    /// `of`: the place itself.
    Of,
    /// `in`: what lies in it.
    In,
    /// Before the head: decided by the head.
    Bare,
}

/// Years that a question names.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Years {
    List(Vec<i32>),
    Range(i32, i32),
    /// This year and all after it.
    From(i32),
    /// This year and all before it.
    Until(i32),
    /// So many, up to the latest of the store.
    Recent(Quantity),
}

/// One thing to show.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub(super) what: ItemKind,
    pub(super) span: Span,
}

/// Kinds of things to show.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ItemKind {
    Plain(Expr),
    Aggregate(Aggregate, Expr),
    Frequency(Vec<String>),
}

/// What rows are sorted or grouped by.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Key {
    Rows(Rows, Span),
    Year,
    Expr(Expr),
}

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Ascending,
    Descending,
}

/// Which end of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    First,
    Last,
}

/// What holds of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Expr, Comparison, Operand),
    Between(Expr, (Quantity, Span), (Quantity, Span)),
    /// A figure and a quantity with nothing between: an error with a remedy.
    Unsaid(Expr, Quantity, Span),
    /// Fell or rose, by how much.
    Moved(Expr, Movement, Option<(Comparison, Quantity, Span)>),
    /// The highest or lowest.
    Extreme(Expr, End),
    /// The one at this turn from that end, from the second on.
    Nth(Expr, End, u32),
    /// Every place of this kind states it.
    ByAll(Rows, Span),
    Missing(Expr),
    Stated(Expr),
    /// There are no such rows, of a year where one is named.
    Without(Rows, Option<i32>, Span),
    /// It holds in so many years, one after another.
    Streak(u32, Box<Condition>, Span),
    Mentions(String),
    Trait(Trait, Span),
    /// Of one of these measures.
    About(Vec<(FigureName, Span)>),
    /// Words of a field; `None` where a comparator stood between that words do not have.
    Worded(Expr, Option<Wording>, String, Span),
    Deadline(Comparison, String),
    /// `missed tax target`.
    Judged(Verdict, Expr),
    /// The day of a field is before or after.
    Dated(Field, Comparison, String, Span),
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Movement {
    Fell,
    Rose,
}

/// The right side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Quantity(Quantity, Span),
    Expr(Expr),
    /// `average` alone: of the left side, over the rows at hand.
    Aggregate(Aggregate, Span),
}

/// A figure or two combined.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    Figure(Figure),
    Combined(Figure, Operator, Figure),
    Field(Field, Span),
}

impl Expr {
    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Figure(figure) => figure.span,
            Self::Combined(left, _, right) => left.span.join(right.span),
            Self::Field(_, span) => *span,
        }
    }
}

/// A measured thing and its properties, in the order written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    pub(super) year: Option<i32>,
    /// `None` for a bare property, which stands only to the right of a comparator.
    pub(super) name: Option<FigureName>,
    pub(super) properties: Vec<Property>,
    pub(super) span: Span,
}

/// How a figure is named.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FigureName {
    /// Candidates among the catalog's indicators.
    Indicator(Vec<usize>),
    /// Figures whose label holds these words.
    Label(String),
    /// How many of these a place has.
    CountOf(Rows),
}

/// Joins conditions without nesting a list of one.
pub(super) fn all(mut conditions: Vec<Condition>) -> Condition {
    match conditions.len() {
        1 => conditions.remove(0),
        _ => Condition::All(conditions),
    }
}

/// As [`all`], for alternatives.
pub(super) fn any(mut conditions: Vec<Condition>) -> Condition {
    match conditions.len() {
        1 => conditions.remove(0),
        _ => Condition::Any(conditions),
    }
}

/// A list from its first and its others.
pub(super) fn list<T>(first: T, others: Vec<T>) -> Vec<T> {
    std::iter::once(first).chain(others).collect()
}

/// `1亿元以上5亿元以下`.
pub(super) fn both(
    expr: &Expr,
    low: ((Quantity, Span), Comparison),
    high: ((Quantity, Span), Comparison),
) -> Condition {
    let half = |((quantity, span), comparison): ((Quantity, Span), Comparison)| {
        Condition::Compare(expr.clone(), comparison, Operand::Quantity(quantity, span))
    };
    Condition::All(vec![half(low), half(high)])
}

/// The second from an end is another place than the end; the first is the end.
pub(super) fn nth(expr: Expr, end: End, turn: u32) -> Condition {
    if turn <= 1 {
        Condition::Extreme(expr, end)
    } else {
        Condition::Nth(expr, end, turn)
    }
}

/// The longest report, or the shortest.
pub(super) fn longest(end: End) -> Clause {
    let length = Expr::Field(Field::Length, Span::default());
    Clause::Keep(Condition::Extreme(length, end))
}

/// `share of tax`.
pub(super) fn share_of(head: Head, steps: Vec<Clause>) -> Query {
    let share = std::iter::once(Clause::Share(Span::default()));
    Query::new(Vec::new(), head, steps.into_iter().chain(share).collect())
}

/// 36.3%的出处: the figures that say this.
pub(super) fn provenance(
    modifiers: Vec<Clause>,
    quantity: &Quantity,
    span: Span,
    steps: Vec<Clause>,
) -> Query {
    let is = |field: Field| {
        let right = Operand::Quantity(quantity.clone(), span);
        Condition::Compare(Expr::Field(field, span), Comparison::Eq, right)
    };
    let condition = match quantity.unit {
        Some("%") => any(vec![
            is(Field::Value),
            is(Field::Growth),
            is(Field::Completion),
        ]),
        Some("百分点") => is(Field::Growth),
        _ => is(Field::Value),
    };
    // Whichever report says it, where none is named.
    let mut all = steps;
    let mut named = modifiers.iter().chain(&all);
    if !named.any(|clause| matches!(clause, Clause::Years(..) | Clause::EveryYear)) {
        all.insert(0, Clause::EveryYear);
    }
    all.extend([Clause::Keep(condition), Clause::Source]);
    Query::new(modifiers, Head::Rows(Rows::Metrics, span), all)
}

/// Targets of which this came.
pub(super) fn judged_targets(
    modifiers: Vec<Clause>,
    verdict: Verdict,
    head: Head,
    steps: Vec<Clause>,
) -> Query {
    let verdict = std::iter::once(Clause::Verdict(verdict));
    Query::new(verdict.chain(modifiers).collect(), head, steps)
}

/// The head that counts words.
pub(super) fn frequency_of(words: Vec<String>, span: Span) -> Head {
    Head::Items(vec![Item {
        what: ItemKind::Frequency(words),
        span,
    }])
}

/// Words are compared as equal only; what else stands there is refused when the question is resolved.
pub(super) fn worded(comparison: Comparison) -> Option<Wording> {
    (comparison == Comparison::Eq).then_some(Wording::Is)
}

/// `compare towns in PLACE on ITEMS`.
pub(super) fn compared_in(
    rows: Rows,
    places: Vec<PlaceName>,
    span: Span,
    items: Vec<Item>,
    steps: Vec<Clause>,
) -> Query {
    let clauses = vec![
        Clause::Each(rows, span),
        Clause::Places(places, Preposition::In, span),
    ];
    Query::new(clauses, Head::Compare(items), steps)
}
