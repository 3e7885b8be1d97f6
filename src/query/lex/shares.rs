//! 民生支出占财政支出的比例: behind a figure that is itself a share, what asks for a share adds nothing; a part of the lexer.

use super::{Placed, Token};

/// Leaves out 的比例 and 的比例是多少 behind the name of a share.
pub(super) fn shares(tokens: &mut Vec<Placed>, question: &[char]) {
    let mut at = 1;
    while at < tokens.len() {
        let span = tokens[at - 1].span;
        let is_share =
            tokens[at - 1].token.is_figure() && question[span.start..span.end].contains(&'占');
        match tokens[at].token {
            Token::OfTotal if is_share => {
                tokens.remove(at);
            }
            Token::AskShare if is_share => tokens[at].token = Token::AskValue,
            _ => at += 1,
        }
        if matches!(
            tokens.get(at).map(|placed| &placed.token),
            Some(Token::AskValue)
        ) {
            at += 1;
        }
    }
}
