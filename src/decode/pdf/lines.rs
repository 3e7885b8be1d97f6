//! Signs on pages → lines of text in the order in which they are read.

use std::collections::HashMap;

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
    column: u8,
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

/// The lines of all pages as a text: without what stands at the head or foot of many, and with those lines joined that only
/// the edge of the page parts.
pub(super) fn text(pages: &[Vec<Line>]) -> String {
    let repeated = repeated(pages);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for page in pages {
        let bounds = [0, 1, 2].map(|column| Bounds::of(page, column));
        for (at, line) in page.iter().enumerate() {
            if !(is_edge(at, page.len()) && repeated.contains_key(&key(line))) {
                rows.push(Row {
                    line,
                    bounds: bounds[usize::from(line.column)],
                });
            }
        }
    }
    let has_indents = has_indents(&rows);
    let mut text = String::new();
    let mut before: Option<&Row<'_>> = None;
    for row in &rows {
        let goes_on = before.is_some_and(|before| row.continues(before, has_indents));
        if goes_on {
            let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
            if is_letter(text.chars().next_back()) && is_letter(row.line.text.chars().next()) {
                text.push(' ');
            }
        } else {
            if before.is_some() {
                text.push('\n');
            }
            text.extend((0..row.indent()).map(|_| '\u{3000}'));
        }
        text.push_str(&row.line.text);
        before = Some(row);
    }
    text.push('\n');
    text
}

/// A line and the edges of the text on its page.
struct Row<'a> {
    line: &'a Line,
    bounds: Bounds,
}

/// Where the lines of a page, or of a column, begin and end.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    left: f64,
    right: f64,
    /// From one line to the next within a paragraph.
    step: f64,
}

impl Row<'_> {
    /// In signs, as the author's indent is.
    fn indent(&self) -> usize {
        ((self.line.x - self.bounds.left) / self.line.size)
            .round()
            .clamp(0.0, 30.0) as usize
    }

    /// Whether only the edge of the page parts the line from the one before it.
    fn continues(&self, before: &Self, has_indents: bool) -> bool {
        let (line, last) = (self.line, before.line);
        let is_cell = line.text.contains('\t') || last.text.contains('\t');
        let is_alike = (line.size - last.size).abs() < last.size * 0.1;
        // Behind a paragraph some authors leave room; on the next page nobody sees it.
        let step = line.y - last.y;
        let is_far = step > self.bounds.step * 1.2;
        if is_cell || !is_alike || is_far {
            return false;
        }
        if self.indent() > 0 {
            // The rest of a title that filled its line.
            let is_full = before.indent() == 0 && self.had_no_room(before);
            return is_full && self.is_centred() && !last.text.ends_with(['。', '：']);
        }
        self.had_no_room(before)
            && (has_indents
                || !last
                    .text
                    .trim_end_matches(['”', '）'])
                    .ends_with(['。', '！', '？', '：', '；']))
    }

    fn is_centred(&self) -> bool {
        let (before, behind) = (
            self.line.x - self.bounds.left,
            self.bounds.right - self.line.end,
        );
        self.indent() > 4 && (before - behind).abs() < self.line.size
    }

    /// Whether what begins the line would not have found room on the one before.
    fn had_no_room(&self, before: &Self) -> bool {
        let room = before.bounds.right - before.line.end;
        room <= first_unit(&self.line.text) * self.line.size
    }
}

/// Whether paragraphs are indented: most lines behind one that ends early.
fn has_indents(rows: &[Row<'_>]) -> bool {
    let begun = rows.windows(2).filter(|two| !two[1].had_no_room(&two[0]));
    // What is indented more stands in the middle.
    let indents: Vec<usize> = begun
        .map(|two| two[1].indent())
        .filter(|indent| *indent <= 4)
        .collect();
    let indented = indents.iter().filter(|indent| **indent > 0).count();
    indented >= 3 && indented * 2 > indents.len()
}

/// The width, in heights of a line, of what is not parted where a line begins: a number, a word, a sign and the marks behind
/// it.
fn first_unit(text: &str) -> f64 {
    let mut width = 0.0;
    for c in text.chars() {
        let is_mark = matches!(
            c,
            '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '”' | '》' | '%' | '％'
        );
        if c.is_ascii_graphic() {
            width += 0.6;
        } else if width == 0.0 || is_mark {
            width += 1.0;
        } else {
            break;
        }
        if c == ' ' {
            break;
        }
    }
    // Lines that are not made even end somewhat before the edge.
    width + 0.3
}

impl Bounds {
    fn of(page: &[Line], column: u8) -> Self {
        let lines: Vec<&Line> = page.iter().filter(|line| line.column == column).collect();
        let mut steps: Vec<f64> = lines
            .windows(2)
            .map(|two| two[1].y - two[0].y)
            .filter(|step| *step > 0.0)
            .collect();
        steps.sort_by(f64::total_cmp);
        Self {
            left: edge(&lines, |line| line.x),
            step: steps.get(steps.len() / 3).copied().unwrap_or(f64::MAX),
            right: -edge(&lines, |line| -line.end),
        }
    }
}

/// The edge at which lines begin: the outermost that several share.
fn edge(lines: &[&Line], at: impl Fn(&Line) -> f64) -> f64 {
    let mut places: Vec<f64> = lines.iter().map(|line| at(line)).collect();
    places.sort_by(f64::total_cmp);
    let size = lines.first().map_or(10.0, |line| line.size);
    let shared = places
        .windows(2)
        .find(|two| two[1] - two[0] < size * 0.6)
        .map(|two| two[0]);
    shared.or(places.first().copied()).unwrap_or(0.0)
}

/// Lines at the head or foot of at least three pages, and of half of all.
fn repeated(pages: &[Vec<Line>]) -> HashMap<(String, i64), usize> {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for page in pages {
        let edge = page
            .iter()
            .enumerate()
            .filter(|(at, _)| is_edge(*at, page.len()));
        for (_, line) in edge {
            *seen.entry(key(line)).or_default() += 1;
        }
    }
    seen.retain(|_, count| *count >= 3 && *count * 3 >= pages.len());
    seen
}

fn is_edge(at: usize, count: usize) -> bool {
    at < 2 || at + 2 >= count
}

/// A line without its numbers, and its height on the page.
fn key(line: &Line) -> (String, i64) {
    let text = line
        .text
        .chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_whitespace());
    (text.collect(), (line.y / 4.0).round() as i64)
}
