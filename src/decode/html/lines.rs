//! A page's row of tags and texts → its lines.

use super::page::{Event, Page, Role};

/// A line of a page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    /// The innermost element in which it begins.
    pub(super) element: usize,
    /// The event with which it begins.
    pub(super) at: usize,
    /// How many signs it has, blanks left out, and how many of them lead elsewhere.
    pub(super) signs: usize,
    pub(super) linked: usize,
}

/// A cell with more than so many signs holds a text, not a value.
const LONGEST_CELL: usize = 120;

/// What parts a text from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
    /// A line break of the source, which is a blank among Latin letters and nothing among Chinese signs.
    Fold,
    /// Between cells.
    Tab,
    Line,
}

struct Writer<'a> {
    page: &'a Page,
    lines: Vec<Line>,
    gap: Gap,
    /// Elements that are open.
    open: Vec<usize>,
    /// The link that is open; the next ends it, as nobody links a link.
    link: Option<usize>,
    /// For each row that is open, how many lines there were before its line.
    rows: Vec<usize>,
    /// How many of those in which line breaks stand as they are.
    set: usize,
}

/// The lines of a page, those of what is hidden left out.
pub(super) fn lines(page: &Page) -> Vec<Line> {
    let mut writer = Writer {
        page,
        lines: Vec::new(),
        gap: Gap::Line,
        open: Vec::new(),
        link: None,
        rows: Vec::new(),
        set: 0,
    };
    let mut at = 0;
    while let Some(event) = page.events.get(at) {
        match event {
            Event::Open(number) if page.elements[*number].role == Role::Hidden => {
                at = page.elements[*number].to;
            }
            Event::Open(number) => writer.open(*number),
            Event::Close(number) => writer.close(*number),
            Event::Text(text) => writer.text(text, at),
            Event::Break => writer.gap = Gap::Line,
        }
        at += 1;
    }
    for line in &mut writer.lines {
        line.text.truncate(line.text.trim_end().len());
    }
    writer.lines.retain(|line| line.signs > 0);
    writer.lines
}

impl Writer<'_> {
    fn open(&mut self, number: usize) {
        let element = &self.page.elements[number];
        self.open.push(number);
        match element.role {
            Role::Paragraph | Role::Block | Role::Around if self.gap != Gap::Tab => {
                self.gap = Gap::Line;
            }
            Role::Row => {
                self.gap = Gap::Line;
                self.rows.push(self.lines.len());
            }
            Role::Cell if self.is_long(number) => self.gap = Gap::Line,
            Role::Link => self.link = Some(number),
            _ if &*element.name == "a" => self.link = None,
            _ => {}
        }
        self.set += usize::from(&*element.name == "pre");
    }

    fn close(&mut self, number: usize) {
        let element = &self.page.elements[number];
        // What was skipped was not opened.
        if self.open.last() == Some(&number) {
            self.open.pop();
        }
        match element.role {
            Role::Paragraph | Role::Block | Role::Around => self.gap = Gap::Line,
            Role::Row => {
                self.gap = Gap::Line;
                self.rows.pop();
            }
            Role::Cell if self.is_long(number) => {
                self.gap = Gap::Line;
                if let Some(before) = self.rows.last_mut() {
                    *before = self.lines.len();
                }
            }
            // An empty cell at the beginning of a row parts nothing.
            Role::Cell if self.rows.last().is_none_or(|&row| self.lines.len() > row) => {
                self.gap = Gap::Tab;
            }
            Role::Link if self.link == Some(number) => self.link = None,
            _ => {}
        }
        self.set -= usize::from(&*element.name == "pre");
    }

    /// Whether a cell holds a text: pages are set in tables as well.
    fn is_long(&self, number: usize) -> bool {
        let element = &self.page.elements[number];
        let mut signs = 0;
        for event in &self.page.events[element.from..element.to] {
            match event {
                Event::Text(text) => {
                    signs += text
                        .chars()
                        .filter(|c| !c.is_whitespace())
                        .take(LONGEST_CELL + 1)
                        .count();
                }
                Event::Open(inner) if &*self.page.elements[*inner].name == "table" => return true,
                _ => {}
            }
            if signs > LONGEST_CELL {
                return true;
            }
        }
        false
    }

    fn text(&mut self, text: &str, at: usize) {
        for c in text.chars() {
            if matches!(c, '\n' | '\r') && self.set > 0 {
                self.gap = Gap::Line;
            } else if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                self.gap = match (self.gap, c) {
                    (Gap::None, '\n' | '\r') | (Gap::Fold, _) => Gap::Fold,
                    (Gap::None, _) => Gap::Blank,
                    (gap, _) => gap,
                };
            } else {
                self.sign(c, at);
            }
        }
    }

    fn sign(&mut self, c: char, at: usize) {
        if self.gap == Gap::Line || self.lines.is_empty() {
            self.lines.push(Line {
                text: String::new(),
                element: self.open.last().copied().unwrap_or(0),
                at,
                signs: 0,
                linked: 0,
            });
        }
        let Some(line) = self.lines.last_mut() else {
            return;
        };
        match self.gap {
            Gap::Tab if line.signs > 0 => line.text.push('\t'),
            Gap::Fold if !c.is_ascii() && !line.text.ends_with(|c: char| c.is_ascii()) => {}
            Gap::Blank | Gap::Fold if !line.text.is_empty() => line.text.push(' '),
            _ => {}
        }
        self.gap = Gap::None;
        line.text.push(c);
        if !c.is_whitespace() {
            line.signs += 1;
            line.linked += usize::from(self.link.is_some());
        }
    }
}
