//! How people ask aloud, in the words of the grammar: 谁的税收最多, 哪一年增速最低, 2021年比2020年下降.
//!
//! As in `idiom`, which runs behind it, a rule stands here only where there is one thing that the words can mean; what
//! is left over is refused by the grammar. Spoken questions are short, so that longer ones are left as they are.

use super::amounts::amount;
use super::asked::{asked_places, asked_years, english_order};
use super::columns::column;
use super::each_year::{best_of_each_year, counted_years, each_year};
use super::in_month::in_month;
use super::joints::joint;
use super::revised::revised;
use super::signed::signed;
use super::than::than;
use super::turn::turned;
use super::unsaid::{reported, unsaid};
use super::whether::asked_whether;
use super::{Placed, Token, idiom::insert};
use crate::query::ast::{Property, Rows};

/// Beyond this many tokens a question was written with the grammar at hand.
const MOST: usize = 120;

/// Puts what is said aloud into the words of the grammar.
pub(super) fn written(tokens: &mut Vec<Placed>) {
    if tokens.len() > MOST {
        return;
    }
    let unsaid = unsaid(tokens);
    asked_whether(tokens);
    each_year(tokens);
    counted_years(tokens);
    signed(tokens);
    revised(tokens);
    in_month(tokens);
    turned(tokens);
    best_of_each_year(tokens);
    asked_years(tokens);
    asked_places(tokens);
    than(tokens);
    english_order(tokens);
    let mut at = 0;
    while at < tokens.len() {
        let _ = amount(tokens, at) || column(tokens, at) || joint(tokens, at);
        at += 1;
    }
    headless(tokens);
    reported(tokens, &unsaid);
}

/// 税收超过10亿元的有哪些: places, where it is figures that hold of them.
fn headless(tokens: &mut Vec<Placed>) {
    let is_head = |token: &Token| {
        matches!(
            token,
            Token::Rows(_)
                | Token::Saved(_)
                | Token::Frequency
                | Token::ComparePlaces
                | Token::Define
        )
    };
    if !holds(tokens, Token::is_figure) && !holds(tokens, |token| matches!(token, Token::Surnamed))
        || holds(tokens, is_head)
    {
        return;
    }
    let mut at = tokens.len();
    while at > 0
        && matches!(
            tokens[at - 1].token,
            Token::End | Token::AskValue | Token::AskCount | Token::HowMany
        )
    {
        at -= 1;
    }
    let holds_of = |token: &Token| {
        token.ends_condition()
            || matches!(
                token,
                Token::Text(_)
                    | Token::Property(Property::Growth | Property::Target)
                    | Token::Verdict(_)
            )
    };
    // Without a word that asks, 税收超过3亿元的 is the beginning of a question.
    let asked = tokens[at..].iter().any(|placed| placed.token != Token::End);
    if asked && at > 1 && tokens[at - 1].token == Token::De && holds_of(&tokens[at - 2].token) {
        insert(tokens, at, Token::Rows(Rows::Places));
    }
}

pub(super) fn token(tokens: &[Placed], at: usize) -> Option<&Token> {
    tokens.get(at).map(|placed| &placed.token)
}

pub(super) fn holds(tokens: &[Placed], wanted: impl Fn(&Token) -> bool) -> bool {
    tokens.iter().any(|placed| wanted(&placed.token))
}

/// Whether a question is over where this token stands.
pub(super) const fn ends(token: Option<&Token>) -> bool {
    matches!(
        token,
        None | Some(Token::Sep | Token::End | Token::Comma | Token::In | Token::From)
    )
}
