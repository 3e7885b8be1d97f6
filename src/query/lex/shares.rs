//! 民生支出占财政支出的比例: behind a figure that is itself a share, what asks for a share adds nothing; a part of the lexer.

use super::{Placed, Token};
use crate::query::catalog::{Catalog, Meaning, fold};

/// Leaves out 的比例 and 的比例是多少 behind the name of a share.
pub(super) fn shares(tokens: &mut Vec<Placed>, question: &[char], catalog: &Catalog) {
    of_natural_whole(tokens, question, catalog);
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

/// 第三产业占多大比重: of what is not said, and is the whole that the figure's share has in the vocabulary, where there is one.
fn of_natural_whole(tokens: &mut [Placed], question: &[char], catalog: &Catalog) {
    for at in 1..tokens.len() {
        let span = tokens[at - 1].span;
        if tokens[at].token != Token::AskShare || !tokens[at - 1].token.is_figure() {
            continue;
        }
        let name: String = question[span.start..span.end].iter().collect();
        let share = catalog.names().meaning(&fold(&format!("{name}占比")));
        if let Some(Meaning::Indicators(share)) = share {
            tokens[at - 1].token = Token::Figure(share.to_vec());
            tokens[at].token = Token::AskValue;
        }
    }
}
