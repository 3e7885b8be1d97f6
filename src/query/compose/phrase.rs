//! The phrases of a question: what stands together and says one thing, wherever it stands.

use crate::query::ast::{Aggregate, Rows};
use crate::query::lex::{Placed, Token};

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Places, and how they are put: `of`, `in`, without a word.
    Places(Put),
    /// All but these places.
    Outside,
    Years,
    /// What a row is, and how many of them are asked for.
    Rows(Rows, Asked),
    /// Figures or columns, as a list.
    Figures,
    /// 最高的, 增长最快的.
    Extreme,
    Aggregate(Aggregate),
    /// What holds of the figure before it: an amount, a movement.
    Bound,
    /// `missed`, 完成: of a figure's target.
    Verdict,
    /// What is said of the figure behind it: it is missing, stated, falling.
    Before,
    /// What holds of a row without a figure.
    Condition,
    /// A sign between two figures.
    Operator,
    Frequency,
    Compare,
    /// How many there are.
    Count,
    /// 每年: of each year.
    EachYear,
    /// A step that says all itself.
    Step,
}

/// How places are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    Bare,
    Of,
    In,
}

/// How rows are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Plainly,
    Which,
    HowMany,
    /// Of each by itself: the highest of each town.
    Each,
    /// Of all of them: the highest of all towns.
    All,
}

/// A stretch of tokens that says one thing. `tokens` has no word that only joins it to others.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) kind: Kind,
    pub(super) denied: bool,
    pub(super) tokens: Vec<Placed>,
    /// Before it stands a word that opens a condition: `with tax`.
    pub(super) opened: bool,
    /// Behind it stands a sign or a word that may part two questions.
    pub(super) parted: bool,
}

/// What stands between the members of a list.
pub(super) const fn joins(placed: &Placed) -> bool {
    matches!(
        placed.token,
        Token::And | Token::Enum | Token::Comma | Token::Both
    )
}

impl Phrase {
    /// No list.
    pub(super) fn is_one(&self) -> bool {
        !self.tokens.iter().any(joins)
    }

    /// A list of which something is said together.
    pub(super) fn is_shared(&self) -> bool {
        self.tokens.iter().any(|placed| placed.token == Token::Both)
    }

    /// One figure, and not two with a sign between them.
    pub(super) fn is_single_figure(&self) -> bool {
        let is_sign = |placed: &Placed| {
            matches!(
                placed.token,
                Token::Divide | Token::Plus | Token::Minus | Token::Against
            )
        };
        self.kind == Kind::Figures && self.is_one() && !self.tokens.iter().any(is_sign)
    }
}
