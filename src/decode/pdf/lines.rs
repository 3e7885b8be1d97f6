//! Signs on pages → lines of text in the order in which they are read.

use super::page::Glyph;

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// The column of its page: 0 where it stands over both, or the page has none.
    pub(super) column: u8,
}

/// Where two signs stand so far apart, in heights of a line, a blank is between them: among Latin letters and digits, and
/// among Chinese signs, which may be spread over a line.
const BLANK_LATIN: f64 = 0.18;
const BLANK: f64 = 0.6;
/// And so far apart they stand in different cells of a table, or columns of a page.
const APART: f64 = 2.5;
/// A column has at least so many lines, of so many signs each on the average.
const COLUMN_LINES: usize = 10;
const COLUMN_SIGNS: usize = 10;

/// The lines of a page from top to bottom, columns one after the other.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.retain(|glyph| {
        glyph.text.as_ref().is_some_and(|text| !text.is_empty()) && glyph.size > 0.0
    });
    // What was drawn first comes first where two begin at one place.
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        let fits = rows.last().is_some_and(|row: &Vec<Glyph>| {
            let first = &row[0];
            // By the smaller, so that what is written large across a page joins none of its lines.
            glyph.y - first.y < first.size.min(glyph.size) * 0.35
        });
        match rows.last_mut() {
            Some(row) if fits => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    let pieces: Vec<Line> = rows.into_iter().flat_map(pieces).collect();
    joined(&in_columns(pieces))
}

/// What stands together in a row of a page: cut where a gap is as wide as between columns.
fn pieces(mut row: Vec<Glyph>) -> Vec<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut pieces: Vec<Line> = Vec::new();
    let mut before: Option<Glyph> = None;
    for glyph in row {
        let text = glyph.text.as_deref().unwrap_or_default();
        if text.trim().is_empty() {
            continue;
        }
        // Some programs make letters bold by drawing them twice.
        let is_twice = before.as_ref().is_some_and(|before| {
            before.text == glyph.text
                && glyph.x - before.x < before.width.max(before.size * 0.3) * 0.3
        });
        if is_twice {
            continue;
        }
        let gap = before
            .as_ref()
            .map_or(f64::MAX, |before| glyph.x - (before.x + before.width));
        match pieces.last_mut() {
            Some(piece) if gap < glyph.size * APART => {
                let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                let within_latin =
                    is_latin(piece.text.chars().last()) && is_latin(text.chars().next());
                if gap > glyph.size * if within_latin { BLANK_LATIN } else { BLANK } {
                    piece.text.push(' ');
                }
                piece.text.push_str(text);
                piece.end = glyph.x + glyph.width;
                piece.size = piece.size.max(glyph.size);
            }
            _ => pieces.push(Line {
                text: text.to_owned(),
                x: glyph.x,
                end: glyph.x + glyph.width,
                y: glyph.y,
                size: glyph.size,
                column: 0,
            }),
        }
        before = Some(glyph);
    }
    pieces
}

/// Puts the pieces of a page that is set in two columns into their order: what stands over both parts the page, and between
/// two such the left column comes before the right.
fn in_columns(pieces: Vec<Line>) -> Vec<Line> {
    let Some(gutter) = gutter(&pieces) else {
        return pieces;
    };
    let mut ordered = Vec::with_capacity(pieces.len());
    let mut right = Vec::new();
    for mut piece in pieces {
        if piece.end <= gutter {
            piece.column = 1;
            ordered.push(piece);
        } else if piece.x >= gutter {
            piece.column = 2;
            right.push(piece);
        } else {
            ordered.append(&mut right);
            ordered.push(piece);
        }
    }
    ordered.append(&mut right);
    ordered
}

/// Where the space between two columns is: with lines of text at both sides, and hardly one across.
fn gutter(pieces: &[Line]) -> Option<f64> {
    let from = pieces.iter().map(|piece| piece.x).fold(f64::MAX, f64::min);
    let to = pieces
        .iter()
        .map(|piece| piece.end)
        .fold(f64::MIN, f64::max);
    let is_column = |column: &[&Line]| {
        let signs: usize = column.iter().map(|line| line.text.chars().count()).sum();
        column.len() >= COLUMN_LINES && signs >= column.len() * COLUMN_SIGNS
    };
    // Columns have about one width.
    (30..=70)
        .step_by(2)
        .map(|part| from + (to - from) * f64::from(part) / 100.0)
        .find(|&at| {
            let left: Vec<&Line> = pieces.iter().filter(|piece| piece.end <= at).collect();
            let right: Vec<&Line> = pieces.iter().filter(|piece| piece.x >= at).collect();
            let across = pieces.len() - left.len() - right.len();
            across * 8 <= pieces.len() && is_column(&left) && is_column(&right)
        })
}

/// Pieces that stand beside each other in a row are cells of a table.
fn joined(pieces: &[Line]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line)
                if (piece.y - line.y).abs() < piece.size.min(line.size) * 0.35
                    && piece.x >= line.end =>
            {
                line.text.push('\t');
                line.text.push_str(&piece.text);
                line.end = piece.end;
            }
            _ => lines.push(piece.clone()),
        }
    }
    lines
}
