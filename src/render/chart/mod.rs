//! Charts: an answer's rows → what is drawn, and the drawing as text for a terminal or as SVG for a page.
//!
//! The SVG is written here, some rectangles and lines, rather than by a library: the kept one reserves room for labels
//! by their bytes, which leaves Chinese labels three times too much or lays them over each other, and it can neither
//! link a bar to a footnote nor leave the room for labels to the page that shows it.

mod bars;
mod columns;
mod lines;
mod svg;
mod svg_axes;

pub use svg::svg;

use super::cell::own_unit;
use super::grid::{self, Grid, is_number, labels};
use super::options::Options;
use crate::query::plan::Chart;
use crate::query::{Answer, ColumnKind, Lang};

/// The chart that an answer asks for, in block characters that survive a paste; `None` where it asks for none or has
/// nothing to draw.
#[must_use]
pub fn text(answer: &Answer, lang: Lang, options: &Options) -> Option<String> {
    let kind = answer.chart?.kind;
    let drawing = Drawing::of(answer, lang, options)?;
    let room = options.width.unwrap_or(80).max(30);
    Some(match kind {
        Chart::Bar => bars::bars(&drawing, room),
        Chart::Column => {
            columns::columns(&drawing, room).unwrap_or_else(|| bars::bars(&drawing, room))
        }
        Chart::Line => lines::lines(&Lines::of(answer, &drawing), room),
    })
}

/// What the chart of an answer draws: 税收收入, or its growth.
#[must_use]
pub fn title(answer: &Answer, lang: Lang, options: &Options) -> Option<String> {
    Drawing::of(answer, lang, options).map(|drawing| drawing.title)
}

/// What is drawn: a mark a row.
struct Drawing {
    /// The heading of the column that is drawn.
    title: String,
    marks: Vec<Mark>,
}

/// A row of an answer in its chart.
#[derive(Clone)]
struct Mark {
    label: String,
    /// Its height; `None` where the row has no value, or one in another unit than the rows before.
    value: Option<f64>,
    /// The value as it is read, — where it has none.
    shown: String,
    /// The row.
    row: usize,
}

impl Drawing {
    fn of(answer: &Answer, lang: Lang, options: &Options) -> Option<Self> {
        let at = drawn_column(answer)?;
        let grid = Grid::with(answer, lang, options);
        let place = grid.columns.iter().position(|column| column.at == at)?;
        let unit = answer
            .rows
            .iter()
            .filter(|row| row.cells[at].value.number().is_some())
            .find_map(|row| own_unit(answer, row, at));
        let marks = answer
            .rows
            .iter()
            .zip(labels(answer))
            .enumerate()
            .map(|(row, (of, label))| {
                let is_same = own_unit(answer, of, at) == unit
                    || answer.columns[at].kind != ColumnKind::Value;
                Mark {
                    label,
                    value: of.cells[at]
                        .value
                        .number()
                        .filter(|value| value.is_finite() && is_same),
                    shown: grid.rows[row][place].whole(),
                    row,
                }
            })
            .collect();
        Some(Self {
            title: heading(answer, at, lang),
            marks,
        })
    }

    /// The least and the greatest value, nought included.
    fn range(&self) -> (f64, f64) {
        range(self.marks.iter().filter_map(|mark| mark.value))
    }
}

/// The heading of a column; of a growth also what grew.
fn heading(answer: &Answer, at: usize, lang: Lang) -> String {
    let own = grid::title(&answer.columns[at], lang);
    let value = answer.columns[..at]
        .iter()
        .rfind(|column| column.kind == ColumnKind::Value)
        .map(|column| grid::title(column, lang))
        .filter(|value| answer.columns[at].kind == ColumnKind::Growth && !own.starts_with(value));
    match (value, lang) {
        (None, _) => own,
        (Some(value), Lang::En) => format!("{value} {own}"),
        (Some(value), Lang::Zh) => format!("{value}{own}"),
    }
}

/// The least and the greatest of values, nought included, and never the same.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (least, most) = values.fold((0.0_f64, 0.0_f64), |(least, most), value| {
        (least.min(value), most.max(value))
    });
    if least < most {
        (least, most)
    } else {
        (0.0, 1.0)
    }
}

/// The first column of the kind that was asked for, else the first of numbers, that has a number.
fn drawn_column(answer: &Answer) -> Option<usize> {
    let wanted = answer.chart?.of;
    let has_number = |at: &usize| {
        answer
            .rows
            .iter()
            .any(|row| row.cells[*at].value.number().is_some())
    };
    let columns = || (0..answer.columns.len()).filter(has_number);
    columns()
        .find(|at| answer.columns[*at].kind == wanted)
        .or_else(|| columns().find(|at| is_number(answer.columns[*at].kind)))
}

/// What a chart of lines draws: a line a place, over years.
struct Lines {
    title: String,
    /// What stands along the axis; every year from the first to the last, so that a gap is seen.
    along: Vec<String>,
    each: Vec<Line>,
}

struct Line {
    name: String,
    /// One a place along the axis.
    marks: Vec<Option<Mark>>,
}

impl Lines {
    fn of(answer: &Answer, drawing: &Drawing) -> Self {
        let title = drawing.title.clone();
        let year = answer
            .columns
            .iter()
            .position(|column| column.kind == ColumnKind::Year);
        let years: Vec<Option<i64>> = answer
            .rows
            .iter()
            .map(|row| year.and_then(|at| row.cells[at].value.integer()))
            .collect();
        let ends = years
            .iter()
            .flatten()
            .min()
            .zip(years.iter().flatten().max());
        let Some((first, last)) = ends.filter(|(first, last)| {
            first < last && last.checked_sub(**first).is_some_and(|n| n < 200)
        }) else {
            return Self {
                title,
                along: drawing
                    .marks
                    .iter()
                    .map(|mark| mark.label.clone())
                    .collect(),
                each: vec![Line {
                    name: String::new(),
                    marks: drawing.marks.iter().cloned().map(Some).collect(),
                }],
            };
        };
        let along: Vec<i64> = (*first..=*last).collect();
        let mut lines: Vec<Line> = Vec::new();
        for (mark, year) in drawing.marks.iter().zip(&years) {
            let Some(place) = year.map(|year| (year - first) as usize) else {
                continue;
            };
            let name = answer.rows[mark.row]
                .cells
                .iter()
                .zip(&answer.columns)
                .find(|(_, column)| column.kind == ColumnKind::Text)
                .map_or(String::new(), |(cell, _)| super::cell::plain(&cell.value));
            let at = lines
                .iter()
                .position(|line| line.name == name)
                .unwrap_or_else(|| {
                    lines.push(Line {
                        name,
                        marks: vec![None; along.len()],
                    });
                    lines.len() - 1
                });
            // Of several of one name and year the first that has a value.
            let held = &mut lines[at].marks[place];
            if held.as_ref().is_none_or(|held| held.value.is_none()) {
                *held = Some(mark.clone());
            }
        }
        Self {
            title,
            along: along.iter().map(i64::to_string).collect(),
            each: lines,
        }
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        self.each
            .iter()
            .flat_map(|line| line.marks.iter().flatten())
            .filter_map(|mark| mark.value)
    }
}
