//! Words in which a number is put, quoted: 用“左右”表述的目标, 是“以上”“超过”这样的; a part of the lexer.
//!
//! Figures are stored with the bound that such a word gives them, whichever it was: it is that bound that is asked for.
//! Other words are looked for in the texts.

use super::{Placed, Token};
use crate::fact::Span;
use crate::query::ast::Rows;
use crate::query::field::Trait;
use crate::query::word_list::word_list;

/// Puts the bounds that quoted words give in the place of those words.
pub(super) fn bounds(tokens: &mut Vec<Placed>) {
    let mut at = 0;
    while at < tokens.len() {
        if let Some((end, put)) = worded(tokens, at) {
            let behind = at + put.len();
            tokens.splice(at..end, put);
            at = behind;
        } else {
            at += 1;
        }
    }
}

/// Where words that begin here end, and what stands for them.
fn worded(tokens: &[Placed], at: usize) -> Option<(usize, Vec<Placed>)> {
    let token = |at: usize| tokens.get(at).map(|placed| &placed.token);
    let opens = token(at) == Some(&Token::Worded);
    let first = at + usize::from(opens);
    let mut end = first;
    let mut words = Vec::new();
    while let Some(Token::Text(word)) = token(end) {
        words.push(word.as_str());
        end += 1;
        let joint = matches!(
            token(end),
            Some(Token::And | Token::Or | Token::Enum | Token::Comma)
        );
        if joint && matches!(token(end + 1), Some(Token::Text(_))) {
            end += 1;
        }
    }
    let closes = matches!(token(end), Some(Token::Such | Token::Rows(Rows::Sentences)));
    let is_such = token(end) == Some(&Token::Such);
    if words.is_empty() || !opens && !is_such {
        return None;
    }
    let span = tokens[at].span.join(tokens[end - 1].span);
    let found: Option<Vec<Trait>> = words.iter().map(|word| bound(word)).collect();
    let all = match found {
        Some(mut found) => {
            found.dedup();
            let mut all = Vec::new();
            for found in found {
                if !all.is_empty() {
                    all.push(Token::Or);
                }
                all.push(Token::Trait(found));
            }
            // The first stands for all the words, so that no two lie over each other.
            let behind = Span::new(span.end, span.end);
            all.into_iter()
                .enumerate()
                .map(|(turn, token)| Placed {
                    token,
                    span: if turn == 0 { span } else { behind },
                })
                .collect()
        }
        // 用“力争”表述的目标.
        None if opens => {
            let mut all = tokens[at..end].to_vec();
            all[0].token = Token::Mention;
            all
        }
        None => return None,
    };
    Some((end + usize::from(closes), all))
}

/// The bound that a word gives a number.
fn bound(word: &str) -> Option<Trait> {
    let is_of = |list: &[&str]| list.contains(&word.to_lowercase().as_str());
    if is_of(word_list("lower-bound")) {
        Some(Trait::LowerBound)
    } else if is_of(word_list("upper-bound")) {
        Some(Trait::UpperBound)
    } else if is_of(word_list("approximate")) {
        Some(Trait::Approximate)
    } else if is_of(word_list("range")) {
        Some(Trait::Range)
    } else {
        None
    }
}
