//! What stands in brackets behind a name and says it once more: `poverty (贫困)`, `GDP（地区生产总值）`; a part of the lexer.

use super::{Placed, Token};
use crate::fact::Span;
use crate::query::lang::is_han;

/// Leaves one of both: of English words the Chinese one, which is what reports have; of a name that is told again the
/// narrower one.
pub(super) fn glossed(tokens: &mut Vec<Placed>, original: &[char]) {
    let is_open = |placed: &Placed| placed.token == Token::Open;
    let mut from = 0;
    while let Some(open) = tokens[from..].iter().position(is_open) {
        let open = from + open;
        from = open + 1;
        let close = tokens[open..]
            .iter()
            .position(|placed| placed.token == Token::Close);
        let Some(close) = close.map(|close| open + close) else {
            return;
        };
        if let Some((start, token)) = said_again(&tokens[..=close], open, original) {
            let span = tokens[start].span.join(tokens[close].span);
            tokens.splice(start..=close, [Placed { token, span }]);
            from = start + 1;
        }
    }
}

/// Where that begins which the last bracket says once more, and what is meant.
fn said_again(tokens: &[Placed], open: usize, original: &[char]) -> Option<(usize, Token)> {
    let said = open.checked_sub(1)?;
    let last = tokens.len() - 1;
    if let (Token::Figure(meant), [inner]) = (&tokens[said].token, &tokens[open + 1..last]) {
        let is_same = matches!(&inner.token, Token::Figure(again) if again.iter().all(|at| meant.contains(at)));
        return is_same.then(|| (said, inner.token.clone()));
    }
    if let (Token::Place(meant), [inner]) = (&tokens[said].token, &tokens[open + 1..last]) {
        let is_same = matches!(&inner.token, Token::Place(again) if again.iter().all(|at| meant.contains(at)));
        return is_same.then(|| (said, inner.token.clone()));
    }
    let written = |span: Span| &original[span.start..span.end];
    let again = written(Span::new(tokens[open].span.end, tokens[last].span.start));
    let is_english = |placed: &&Placed| {
        let is_word = matches!(placed.token, Token::Text(_) | Token::Word(_));
        let is_latin = |c: &char| c.is_ascii_alphabetic() || matches!(c, ' ' | '-');
        is_word && written(placed.span).iter().all(is_latin)
    };
    let words = tokens[..open].iter().rev().take_while(is_english).count();
    let is_chinese = !again.is_empty() && again.iter().all(|c| is_han(*c));
    (is_chinese && words > 0).then(|| (open - words, Token::Text(again.iter().collect())))
}
