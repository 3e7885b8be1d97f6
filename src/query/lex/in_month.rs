//! What was held, or is due, within a month: 1月开会的镇, `reports given in January 2024`, 6月完成的任务; a part of `spoken`.
//!
//! Deadlines and the days of reports are compared with a day: a month is from its first day to its last.

use super::spoken::{holds, token};
use super::{Placed, Token};
use crate::query::ast::{Field, Rows, Verdict};
use crate::query::day::Day;

/// `due by 2021`: by the last day of the year.
fn by_year(tokens: &mut [Placed]) {
    for at in 2..tokens.len() {
        if let [Token::Deadline, Token::By, Token::Year(year)] =
            [at - 2, at - 1, at].map(|at| &tokens[at].token)
        {
            tokens[at].token = Token::Date(format!("{year}-12-31"));
        }
    }
}

/// Puts the two days in the place of the month and of the words that say what was then.
pub(super) fn in_month(tokens: &mut Vec<Placed>) {
    by_year(tokens);
    let Some((at, months)) = stretch(tokens) else {
        return;
    };
    let is_due = holds(tokens, |token| {
        matches!(token, Token::Deadline | Token::Rows(Rows::Tasks))
    });
    let is_held = holds(tokens, |token| {
        matches!(token, Token::Held | Token::Rows(Rows::Reports))
    });
    if is_due == is_held {
        return;
    }
    let (mut from, mut to) = (at, at + 1);
    let says = |token: &Token| {
        if is_due {
            matches!(
                token,
                Token::Deadline | Token::Planned | Token::Verdict(Verdict::Met) | Token::In
            )
        } else {
            matches!(
                token,
                Token::Held | Token::Have | Token::Field(Field::Date) | Token::In
            )
        }
    };
    while from > 0 && says(&tokens[from - 1].token) {
        from -= 1;
    }
    if from > 0 && matches!(tokens[from - 1].token, Token::With) {
        from -= 1;
    }
    while token(tokens, to).is_some_and(says) {
        to += 1;
    }
    let span = tokens[from].span.join(tokens[to - 1].span);
    let is_behind = from > 0
        && matches!(
            tokens[from - 1].token,
            Token::Rows(_) | Token::Place(_) | Token::Year(_)
        )
        && token(tokens, to).is_none_or(|next| *next != Token::De);
    let Some(days) = days(months, is_due) else {
        return;
    };
    let opening = is_behind.then_some(Token::With);
    let put = opening.into_iter().chain(days);
    tokens.splice(from..to, put.map(|token| Placed { token, span }));
}

/// A month, or a year that is said of a deadline, with its first and its last month; and where it stands.
fn stretch(tokens: &[Placed]) -> Option<(usize, Months)> {
    let month = tokens.iter().enumerate().find_map(|(at, placed)| {
        let Token::Month(year, month) = placed.token else {
            return None;
        };
        Some((at, (year, month, month)))
    });
    month.or_else(|| {
        let mut years = tokens.iter().enumerate().filter_map(|(at, placed)| {
            let Token::Year(year) = placed.token else {
                return None;
            };
            let before = |n: usize| token(tokens, at.checked_sub(n)?);
            let is_behind = before(1) == Some(&Token::In) && before(2) == Some(&Token::Deadline);
            // 2021年到期的任务, but not 2021年期限晚于6月的任务.
            let is_before = token(tokens, at + 1) == Some(&Token::Deadline)
                && matches!(
                    token(tokens, at + 2),
                    Some(Token::De | Token::Rows(Rows::Tasks))
                );
            (is_behind || is_before)
                .then(|| Some((at, (Some(i16::try_from(year).ok()?), 1, 12))))
                .flatten()
        });
        years.next()
    })
}

/// A year where it is known, and the first and the last month.
type Months = (Option<i16>, i16, i16);

/// On or after the first of these months and on or before the last; of any year where none is known. Before the first month
/// of any year, and after its last, is nothing.
fn days((year, first, last): Months, is_due: bool) -> Option<Vec<Token>> {
    let first = Day::new(year, first, 1)?;
    let last = Day::new(year, last, 1)?.last_of_month();
    let field = || {
        if is_due {
            Token::Deadline
        } else {
            Token::Field(Field::Date)
        }
    };
    let mut all = vec![Token::Open];
    if let Some(before) = first.yesterday() {
        all.extend([field(), Token::After, Token::Date(before.to_string())]);
    }
    if let Some(behind) = last.tomorrow() {
        if all.len() > 1 {
            all.push(Token::And);
        }
        all.extend([field(), Token::Before, Token::Date(behind.to_string())]);
    }
    if all.len() == 4 {
        all.remove(0);
    } else {
        all.push(Token::Close);
    }
    Some(all)
}
