//! Lines → paragraphs: which line breaks are the text's own and which are a converter's.

use super::marks::{Style, mark};
use super::scrub::{Glyph, Line};

/// How a text is set.
struct Layout {
    /// Columns at which its lines were cut, where they were.
    width: Option<usize>,
    /// Whether paragraphs are indented.
    indents: bool,
    /// Whether a blank line stands before nearly every line and so says nothing.
    double_spaced: bool,
}

/// What of a paragraph was read so far.
#[derive(Default)]
struct Paragraph {
    glyphs: Vec<Glyph>,
    /// Whether a sentence ended inside it.
    has_stop: bool,
    has_comma: bool,
    numbered: bool,
    /// Brackets and quotes that are open.
    open: i32,
    /// Columns of its last line.
    last_width: usize,
}

/// A line, blanks and widths put right.
pub(super) struct ReadyLine<'g> {
    glyphs: &'g [Glyph],
    line: Line,
    /// Columns that it takes.
    width: usize,
}

impl<'g> ReadyLine<'g> {
    /// A line of these glyphs.
    pub(super) fn new(glyphs: &'g [Glyph], line: Line) -> Self {
        let columns = glyphs.iter().map(|g| if g.c.is_ascii() { 1 } else { 2 });
        Self {
            glyphs,
            line,
            width: columns.sum(),
        }
    }
}

/// Joins lines to paragraphs and hands each to `emit`.
pub(super) fn paragraphs(mut lines: Vec<ReadyLine<'_>>, mut emit: impl FnMut(&mut [Glyph])) {
    drop_page_numbers(&mut lines);
    let layout = Layout::of(&lines);
    let mut paragraph = Paragraph::default();
    for i in 0..lines.len() {
        let goes_on = i > 0 && {
            let next = lines.get(i + 1).map(|next| next.glyphs);
            layout.goes_on(&paragraph, &lines[i], next)
        };
        if !goes_on && !paragraph.glyphs.is_empty() {
            emit_parts(&mut paragraph.glyphs, &mut emit);
            paragraph.clear();
        }
        paragraph.push(&lines[i]);
    }
    if !paragraph.glyphs.is_empty() {
        emit_parts(&mut paragraph.glyphs, &mut emit);
    }
}

/// Hands on a paragraph; one that swallowed all line breaks of a text is cut again where its chapters begin.
fn emit_parts(glyphs: &mut [Glyph], emit: &mut impl FnMut(&mut [Glyph])) {
    /// Longer than any paragraph that an author writes.
    const LONGEST: usize = 3000;
    if glyphs.len() <= LONGEST {
        return emit(glyphs);
    }
    let mut start = 0;
    for at in 1..=glyphs.len() {
        if at == glyphs.len() || begins_chapter(glyphs, at) {
            emit(&mut glyphs[start..at]);
            start = at;
        }
    }
}

/// Whether at `at`, behind the end of a sentence, a chapter begins: 一、 or （一）, or the delegates are addressed.
fn begins_chapter(glyphs: &[Glyph], at: usize) -> bool {
    if !is_final(glyphs[at - 1].c) {
        return false;
    }
    match glyphs[at].c {
        '第' | '（' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' =>
        {
            let head: String = glyphs[at..].iter().take(8).map(|g| g.c).collect();
            mark(&head)
                .is_some_and(|m| matches!(m.style, Style::Part | Style::Chapter | Style::Bracketed))
        }
        '各' => glyphs[at..]
            .iter()
            .take(4)
            .map(|g| g.c)
            .eq("各位代表".chars()),
        _ => false,
    }
}

impl Paragraph {
    /// Makes room for the next.
    fn clear(&mut self) {
        let mut glyphs = std::mem::take(&mut self.glyphs);
        glyphs.clear();
        *self = Self {
            glyphs,
            ..Self::default()
        };
    }

    fn push(&mut self, ready: &ReadyLine<'_>) {
        let line = ready.glyphs;
        if let (Some(last), Some(next)) = (self.glyphs.last(), line.first()) {
            self.has_stop |= is_stop(last.c);
            if last.c.is_ascii_alphabetic() && next.c.is_ascii_alphabetic() {
                self.glyphs.push(Glyph {
                    c: ' ',
                    at: last.at,
                });
            }
        } else {
            let head: String = line.iter().take(8).map(|g| g.c).collect();
            self.numbered = mark(&head).is_some();
        }
        for (i, glyph) in line.iter().enumerate() {
            match glyph.c {
                '（' | '“' | '《' | '‘' | '「' => self.open += 1,
                '）' | '”' | '》' | '’' | '」' => self.open = (self.open - 1).max(0),
                '，' => self.has_comma = true,
                c if is_stop(c) && i + 1 < line.len() => self.has_stop = true,
                _ => {}
            }
        }
        self.last_width = ready.width;
        self.glyphs.extend_from_slice(line);
    }

    fn is_finished(&self) -> bool {
        let mut back = self.glyphs.iter().rev().map(|g| g.c);
        match back.next() {
            Some(c) if is_final(c) => true,
            Some('”' | '）' | '’' | '》' | '」') => back.next().is_some_and(is_final),
            _ => false,
        }
    }
}

impl Layout {
    fn of(lines: &[ReadyLine<'_>]) -> Self {
        let mut cut: Vec<usize> = Vec::new();
        let (mut long, mut indented, mut spaced) = (0_usize, 0_usize, 0_usize);
        for ready in lines {
            spaced += usize::from(ready.line.after_blank);
            indented += usize::from(ready.line.indent > 0);
            let width = ready.width;
            if width >= 24 {
                long += 1;
                if !ready.glyphs.last().is_some_and(|g| is_final(g.c)) {
                    cut.push(width);
                }
            }
        }
        let width = (cut.len() >= 12 && cut.len() * 10 >= long * 3)
            .then(|| {
                cut.sort_unstable();
                let median = cut[cut.len() / 2];
                let near = cut.iter().filter(|&&w| w.abs_diff(median) <= 6).count();
                // Where titles alone lack a mark at their end, the text itself is much wider than they are.
                let wider = lines.iter().filter(|line| line.width > median + 8).count();
                (near * 10 >= cut.len() * 6 && wider * 10 < lines.len()).then_some(median)
            })
            .flatten();
        Self {
            width,
            indents: indented * 20 > lines.len() && indented * 10 < lines.len() * 7,
            double_spaced: spaced * 10 > lines.len() * 8,
        }
    }

    /// Whether `line` continues `paragraph`. `next` is the line after it.
    fn goes_on(&self, paragraph: &Paragraph, line: &ReadyLine<'_>, next: Option<&[Glyph]>) -> bool {
        let Some(last) = paragraph.glyphs.last() else {
            return false;
        };
        let Some(first) = line.glyphs.first() else {
            return true;
        };
        let head: String = line.glyphs.iter().take(8).map(|g| g.c).collect();
        let full = self
            .width
            .is_some_and(|width| paragraph.last_width + 6 >= width);
        let apart = (line.line.after_blank && !self.double_spaced)
            || (self.indents && line.line.indent > 0);
        if paragraph.is_finished() {
            return full && self.indents && !apart && last.c != '：' && mark(&head).is_none();
        }
        match mark(&head).map(|m| m.style) {
            Some(
                Style::Part | Style::Chapter | Style::Bracketed | Style::Arabic | Style::Small,
            ) => {
                return false;
            }
            Some(_) if !paragraph.has_stop => return false,
            _ => {}
        }
        if matches!(
            first.c,
            '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '”' | '》' | '%' | '…'
        ) {
            return true;
        }
        if matches!(last.c, '，' | '、' | '（' | '“' | '《') {
            return true;
        }
        if !apart && divides_an_amount(&paragraph.glyphs, first.c) {
            return true;
        }
        if paragraph.open > 0 && closes(line.glyphs) {
            return true;
        }
        let length = paragraph.glyphs.len();
        let body = paragraph.has_stop
            || (paragraph.has_comma && length >= if paragraph.numbered { 80 } else { 60 });
        if body {
            return !self.is_title(line, next);
        }
        // A numbered heading that fills its line may go on; a short one ends there.
        full && !apart && (!paragraph.numbered || paragraph.last_width >= 40)
    }

    /// A short line without a mark at its end, before a line that begins anew: a title, not the rest of a sentence.
    fn is_title(&self, line: &ReadyLine<'_>, next: Option<&[Glyph]>) -> bool {
        let length = line.glyphs.len();
        let ends = line.glyphs.last().is_some_and(|g| is_final(g.c));
        let full = self.width.is_some_and(|width| line.width + 6 >= width);
        (4..=28).contains(&length)
            && !ends
            && !full
            && next.is_some_and(|next| next.len() > length)
            && !opens_with_figure(line.glyphs)
    }
}

/// Whether between a line and the next a number is parted from its unit: 8.04亿 and 元, 36 and 万. A line set by characters
/// is narrow where it holds many digits, and does not look full.
fn divides_an_amount(line: &[Glyph], next: char) -> bool {
    let is_digit = |back: usize| {
        let glyph = line.len().checked_sub(back).and_then(|at| line.get(at));
        glyph.is_some_and(|glyph| glyph.c.is_ascii_digit())
    };
    let last = line.last().map(|glyph| glyph.c);
    match last {
        Some('万' | '亿') => next == '元' && is_digit(2),
        _ => matches!(next, '万' | '亿' | '元') && is_digit(1),
    }
}

/// Whether a line opens with a number that is no year: the rest of a sentence, not a title.
fn opens_with_figure(line: &[Glyph]) -> bool {
    let digits = line.iter().take_while(|g| g.c.is_ascii_digit()).count();
    digits > 0 && !(digits == 4 && line.get(4).is_some_and(|g| g.c == '年'))
}

fn closes(line: &[Glyph]) -> bool {
    line.iter()
        .find_map(|g| match g.c {
            '）' | '”' | '》' | '’' | '」' => Some(true),
            '（' | '“' | '《' | '‘' | '「' => Some(false),
            _ => None,
        })
        .unwrap_or(false)
}

/// Marks that titles do not hold.
fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；')
}

/// Marks after which a line may end for good.
fn is_final(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '；' | '：' | '…' | '!' | '?' | ';' | ':'
    )
}

/// Leaves out lines that are only the number of a page: `- 3 -`, `—12—`, `第3页`, and bare numbers that count up.
fn drop_page_numbers(lines: &mut Vec<ReadyLine<'_>>) {
    let pages: Vec<Option<(u32, bool)>> =
        lines.iter().map(|line| page_number(line.glyphs)).collect();
    let bare: Vec<u32> = pages
        .iter()
        .filter_map(|page| page.filter(|page| !page.1).map(|page| page.0))
        .collect();
    let steps = bare
        .windows(2)
        .filter(|pair| pair[0] + 1 == pair[1])
        .count();
    let counted = bare.len() >= 3 && steps * 10 >= (bare.len() - 1) * 8;
    let mut at = 0;
    let mut after_page = false;
    lines.retain_mut(|line| {
        let page = pages[at];
        at += 1;
        if page.is_some_and(|(_, decorated)| decorated || counted) {
            after_page = true;
            return false;
        }
        // A page break is no blank line.
        line.line.after_blank &= !after_page;
        after_page = false;
        true
    });
}

/// The number of a page, and whether it is dressed as one.
fn page_number(line: &[Glyph]) -> Option<(u32, bool)> {
    if line.len() > 12 {
        return None;
    }
    let text: String = line.iter().map(|g| g.c).collect();
    let inner = text.trim_matches(['-', '—', '–', '－', '·', '~', '～', '_']);
    let inner = inner.strip_prefix('第').unwrap_or(inner);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number = inner[..digits].parse().ok()?;
    let rest = &inner[digits..];
    let of = |rest: &str| {
        !rest.is_empty()
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || "/共页，".contains(c))
    };
    match rest {
        "" | "页" if digits <= 3 => Some((number, inner.len() != text.len() || rest == "页")),
        rest if digits <= 3 && of(rest) && !rest.bytes().next()?.is_ascii_digit() => {
            Some((number, true))
        }
        _ => None,
    }
}
