//! Answers of many rows, handed over part by part while they are read.

use std::ops::ControlFlow;

use super::{AskError, Cited, Terms, answered as whole, cite, limits, statement, told};
use crate::query::{self, Answer, Answering, Compiled};
use crate::store::{Limits, Rows, Store, StoreError};

/// What takes the parts of an answer.
pub type TakePart<'a> = dyn FnMut(&Answer) -> ControlFlow<()> + 'a;

/// Answers a question; what can only be told when all its rows are known is not parted.
pub(super) fn answered(
    store: &Store,
    compiled: &Compiled,
    terms: &Terms,
    take: &mut TakePart<'_>,
) -> Result<Answer, AskError> {
    let Some(mut answering) = Answering::in_parts(compiled) else {
        return whole(store, compiled, terms.cited);
    };
    // It is no answer of few rows that has parts.
    let cited = match terms.cited {
        Cited::All => Cited::All,
        Cited::OfFew(_) => Cited::OfFew(0),
    };
    let (mut is_first, mut failure) = (true, None);
    let sql = statement(compiled, cited);
    let mut hand_over = |mut part: Rows| {
        // Which names are told apart must be known before the first is.
        let learnt = if std::mem::take(&mut is_first) {
            learn_homonyms(store, &mut answering, terms)
        } else {
            Ok(())
        };
        let done = learnt.and_then(|()| cite(store, compiled, cited, &mut part.rows));
        match done {
            Ok(()) => take(&answering.part(part.rows)),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let mut rest =
        store.select_in_parts(&sql.text, &sql.params, Limits::default(), &mut hand_over)?;
    if let Some(error) = failure {
        return Err(error.into());
    }
    if is_first {
        return told(store, compiled, terms.cited, rest.rows);
    }
    cite(store, compiled, cited, &mut rest.rows)?;
    Ok(answering.part(rest.rows))
}

fn learn_homonyms(
    store: &Store,
    answering: &mut Answering<'_>,
    terms: &Terms,
) -> Result<(), StoreError> {
    if let Some(sql) = answering.homonyms_sql() {
        let limits = Limits {
            time: Some(terms.time_limit),
            rows: None,
        };
        let names = store.select_within(&sql.text, &sql.params, limits)?;
        answering.with_homonyms(&names.rows);
    }
    Ok(())
}

/// The rows of SQL of the asker's own.
pub(super) fn selected(
    store: &Store,
    sql: &str,
    terms: &Terms,
    take: &mut TakePart<'_>,
) -> Result<Answer, StoreError> {
    let mut count = 0;
    let mut hand_over = |part: Rows| {
        count += part.rows.len();
        take(&query::plain_answer(sql, &part.columns, part.rows, None))
    };
    let rest = store.select_in_parts(sql, &[], limits(terms), &mut hand_over)?;
    count += rest.rows.len();
    let cut_after = rest.are_cut.then_some(count);
    Ok(query::plain_answer(
        sql,
        &rest.columns,
        rest.rows,
        cut_after,
    ))
}
