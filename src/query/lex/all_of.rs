//! 七个镇的税收 in a store of seven towns: a number that says no more than how many there are; a part of the lexer.

use super::{Placed, Token};
use crate::query::catalog::Catalog;
use crate::query::resolve;

/// Puts 各 for the number of places where a question begins with it, or names it behind a year. Where there are more of them
/// it would say which, and is left.
pub(super) fn all_of(tokens: &mut [Placed], catalog: &Catalog) {
    for at in 0..tokens.len().saturating_sub(2) {
        let [number, rows, behind] = &tokens[at..at + 3] else {
            return;
        };
        let before = at.checked_sub(1).map(|at| &tokens[at].token);
        let begins = matches!(
            before,
            None | Some(Token::What | Token::Comma | Token::Year(_) | Token::The)
        );
        let (Token::Quantity(quantity), Token::Rows(rows)) = (&number.token, &rows.token) else {
            continue;
        };
        let goes_on = behind.token == Token::De
            || behind.token.is_figure()
            || matches!(
                behind.token,
                Token::Aggregate(_) | Token::Possessive | Token::Year(_)
            );
        let of_kind = catalog
            .kinds()
            .iter()
            .filter(|(kind, _)| resolve::rows_of(**kind) == Some(*rows));
        let all: u32 = of_kind.map(|(_, number)| number).sum();
        if begins
            && goes_on
            && quantity.unit.is_none_or(|unit| unit == "个")
            && quantity.value == all.into()
        {
            tokens[at].token = Token::Each;
        }
    }
}
