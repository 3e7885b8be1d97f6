//! What the notes say of all rows, counted row by row: nothing grows with their number.

use std::collections::BTreeSet;

use super::absence::Named;
use super::{Aside, Column, ColumnKind, ESTIMATE, Row};

/// What was counted so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// The rows.
    pub(super) rows: usize,
    /// The number in the first cell of the first row, where it is one.
    pub(super) first: Option<i64>,
    /// Of each column, whether a row has something in it.
    pub(super) given: Vec<bool>,
    /// Figures that are shown: values, and growths without one. Of these the estimates, and estimates in groups.
    pub(super) figures: i64,
    pub(super) estimated: i64,
    pub(super) estimates: i64,
    /// Figures that do not cover a whole year, and what they cover.
    pub(super) part_year: i64,
    pub(super) periods: BTreeSet<String>,
    /// Figures of what was added and not of all there is, and how their sentences say so.
    pub(super) added: i64,
    pub(super) added_as: BTreeSet<(&'static str, &'static str)>,
    /// Years that the figures are about.
    pub(super) years: BTreeSet<i64>,
    /// Places whose report states another year than it is about, with that year.
    pub(super) stated: BTreeSet<(String, i64)>,
    /// Figures that are stated only as a bound.
    pub(super) bounds: i64,
    /// Places with a figure that names what they do not give, the first few.
    pub(super) named: Vec<(String, Named)>,
}

/// So many of these are kept: one is told of.
const FEW_NAMED: usize = 20;

impl Tally {
    pub(super) fn add(&mut self, columns: &[Column], rows: &[Row], asides: &[Aside]) {
        if let (0, Some(row)) = (self.rows, rows.first()) {
            self.first = row.cells.first().and_then(|cell| cell.value.integer());
        }
        self.rows += rows.len();
        self.given.resize(columns.len(), false);
        for (row, aside) in rows.iter().zip(asides) {
            self.add_row(columns, row);
            self.add_aside(row, aside);
        }
    }

    fn add_row(&mut self, columns: &[Column], row: &Row) {
        for (given, cell) in self.given.iter_mut().zip(&row.cells) {
            *given |= !cell.value.is_null();
        }
        for (cell, column) in row.cells.iter().zip(columns) {
            let is_figure = matches!(column.kind, ColumnKind::Value | ColumnKind::Growth)
                && !column.derived
                && !cell.beside_value
                && !cell.value.is_null();
            if !is_figure {
                continue;
            }
            self.figures += 1;
            self.estimated += i64::from(cell.status.as_deref() == Some(ESTIMATE));
            if let Some(added) = cell.added {
                self.added_as.insert((added.en, added.zh));
                self.added += 1;
            }
            if let Some(period) = &cell.period {
                if !self.periods.contains(period) {
                    self.periods.insert(period.clone());
                }
                self.part_year += 1;
            }
        }
    }

    fn add_aside(&mut self, row: &Row, aside: &Aside) {
        self.estimates += aside.estimates;
        self.part_year += aside.part_year;
        self.bounds += aside.bounds;
        self.years.extend(aside.abouts.iter().copied());
        if let Some((first, last)) = aside.years {
            let years = [first, last].into_iter();
            self.years
                .extend(years.filter(|year| (1..10_000).contains(year)));
        }
        let place = row.cells.first().and_then(|cell| cell.value.text());
        for named in aside.named.iter().filter(|named| named.is_why(row)) {
            if let Some(place) = place.filter(|_| self.named.len() < FEW_NAMED) {
                self.named.push((place.to_owned(), named.clone()));
            }
        }
        if let (true, Some(year)) = (aside.reported, aside.stated_year)
            && let Some(name) = row.cells.first().and_then(|cell| cell.value.text())
        {
            self.stated.insert((name.to_owned(), year));
        }
    }
}
