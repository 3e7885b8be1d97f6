//! Lines of pages → the text: what stands on each page is left out, and lines that only the edge of the page parts are joined.

use std::collections::HashMap;

use super::lines::Line;

/// The number of a page has so many digits at most.
const LONGEST_PAGE_NUMBER: usize = 4;

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

/// A line without its numbers, and its height on the page. What has no letter keeps its numbers, but for the page's own:
/// rows of a table may begin at one height on each page.
fn key(line: &Line) -> (String, i64) {
    let has_letter = line.text.chars().any(char::is_alphabetic);
    let is_page = line.text.chars().filter(char::is_ascii_digit).count() <= LONGEST_PAGE_NUMBER;
    let is_kept = |c: &char| !c.is_whitespace() && !((has_letter || is_page) && c.is_ascii_digit());
    let text = line.text.chars().filter(is_kept);
    (text.collect(), (line.y / 4.0).round() as i64)
}
