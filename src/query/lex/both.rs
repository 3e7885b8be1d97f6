//! GDP和出口都超过1000亿元, `both GDP and exports over 100 billion yuan`: a word that says one thing of each figure of a list; a
//! part of the lexer.

use super::{Placed, Token};
use crate::query::word_list::word_list;

/// Marks what joins the figures of such a list. Without the word the first of them may be spoken of by itself.
pub(super) fn both(tokens: &mut [Placed], chars: &[char]) {
    for at in 0..tokens.len() {
        let span = tokens[at].span;
        let written: String = chars[span.start..span.end].iter().collect();
        let is_word = word_list("of each").contains(&written.as_str());
        if tokens[at].token != Token::The || !is_word {
            continue;
        }
        let end = expression(tokens, at + 1);
        let behind = if end > at + 1 && !holds(tokens, end) {
            // Before the list.
            let list = list(tokens, at + 1);
            holds(tokens, list).then_some(at + 1..list)
        } else {
            None
        };
        let properties = tokens[at + 1..].iter();
        let properties = properties.take_while(|placed| matches!(placed.token, Token::Property(_)));
        let condition = at + 1 + properties.count();
        let before = (0..at)
            .find(|start| list(tokens, *start) == at)
            .filter(|_| holds(tokens, condition));
        let Some(found) = behind.or_else(|| before.map(|start| start..at)) else {
            continue;
        };
        for placed in &mut tokens[found] {
            if joins(&placed.token) {
                placed.token = Token::Both;
            }
        }
    }
}

const fn joins(token: &Token) -> bool {
    matches!(token, Token::And | Token::Enum | Token::Comma)
}

/// Where a figure with its year and its properties ends that begins here; here, where none does.
fn expression(tokens: &[Placed], at: usize) -> usize {
    let token = |at: usize| tokens.get(at).map(|placed| &placed.token);
    let year = usize::from(matches!(token(at), Some(Token::Year(_))));
    if !token(at + year).is_some_and(Token::is_figure) {
        return at;
    }
    let mut end = at + year + 1;
    while matches!(token(end), Some(Token::Property(_))) {
        end += 1;
    }
    end
}

/// Where a list of figures ends that begins here.
fn list(tokens: &[Placed], at: usize) -> usize {
    let mut end = expression(tokens, at);
    while end > at && tokens.get(end).is_some_and(|placed| joins(&placed.token)) {
        let next = expression(tokens, end + 1);
        if next == end + 1 {
            break;
        }
        end = next;
    }
    end
}

/// Whether something that holds of a figure stands here.
fn holds(tokens: &[Placed], at: usize) -> bool {
    tokens.get(at).is_some_and(|placed| {
        matches!(
            placed.token,
            Token::Compare(_) | Token::Between | Token::Fell | Token::Rose | Token::Quantity(_)
        )
    })
}
