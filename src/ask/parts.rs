//! Answers of many rows, handed over part by part while they are read.

use std::ops::ControlFlow;

use super::{AskError, Terms, answered as whole, limits, told};
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
        return whole(store, compiled);
    };
    let (mut is_first, mut failure) = (true, None);
    let sql = &compiled.sql;
    let mut hand_over = |part: Rows| {
        // Which names are told apart must be known before the first is.
        if std::mem::take(&mut is_first)
            && let Err(error) = learn_homonyms(store, &mut answering, terms)
        {
            failure = Some(error);
            return ControlFlow::Break(());
        }
        take(&answering.part(&part.rows))
    };
    let rest = store.select_in_parts(&sql.text, &sql.params, Limits::default(), &mut hand_over)?;
    match failure {
        Some(error) => Err(error.into()),
        None if is_first => told(store, compiled, &rest.rows),
        None => Ok(answering.part(&rest.rows)),
    }
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
