//! The paragraphs of a document → lines.

use std::collections::HashMap;
use std::mem;

use super::super::DecodeError;
use super::numbering::{Numbering, Place};
use super::table::{Row, Sheet};
use super::xml::{Node, Tag, walk};

/// Paragraphs in text boxes in paragraphs, and tables in cells, deeper than anybody writes.
const DEEPEST: usize = 50;
/// Numbers that Word writes can make much of little; the text has so many bytes at most.
const LARGEST: usize = 64 << 20;

/// What is passed over with all in it.
const LEFT_OUT: [&str; 15] = [
    // What was deleted or moved away, and how something was before.
    "del",
    "moveFrom",
    "pPrChange",
    "rPrChange",
    "sectPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "numberingChange",
    // The same once more, for those who cannot show the first.
    "Fallback",
    // How to say a word.
    "rt",
    // What belongs to the page; tab stops.
    "sectPr",
    "tabs",
    "tblPr",
    "binData",
];

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    place: Place,
    style: Option<String>,
    /// Its end was deleted, so that the next goes on with it.
    is_joined: bool,
    /// Where in the paragraph around it the text box stands in which it is.
    around: Within,
}

/// What tags are open in a paragraph.
#[derive(Debug, Clone, Copy, Default)]
struct Within {
    properties: bool,
    run: Option<Run>,
    text: bool,
}

/// A run, of which only this matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Seen,
    Hidden,
}

/// The notes of a part, by what the text calls them.
type Notes = HashMap<String, Vec<String>>;

struct Writer {
    numbering: Numbering,
    /// What stands before the colon of the document's own tags.
    prefix: Option<String>,
    /// The text, and the cells that are open.
    sheets: Vec<Sheet>,
    rows: Vec<Row>,
    paragraphs: Vec<Paragraph>,
    within: Within,
    /// How many tags are open in what is left out.
    left_out: usize,
    /// How many bytes were written.
    length: usize,
    /// What the text refers to: footnotes, endnotes.
    referred: [Vec<String>; 2],
    /// The note that is open.
    note: Option<String>,
    notes: Notes,
}

/// The text of a document, with its footnotes and endnotes at the end.
pub(super) fn text(
    document: &str,
    notes: [&str; 2],
    numbering: Numbering,
) -> Result<String, DecodeError> {
    let mut writer = Writer::new(numbering);
    walk(document, |node| writer.take(&node))?;
    let mut lines = writer.sheets[0].end();
    for (part, referred) in notes.into_iter().zip(mem::take(&mut writer.referred)) {
        if referred.is_empty() {
            continue;
        }
        let mut writer = Writer::new(Numbering::default());
        walk(part, |node| writer.take(&node))?;
        for id in referred {
            lines.extend(writer.notes.remove(&id).into_iter().flatten());
        }
    }
    let mut text = lines.join("\n");
    text.push('\n');
    Ok(text)
}

impl Writer {
    fn new(numbering: Numbering) -> Self {
        Self {
            numbering,
            prefix: None,
            sheets: vec![Sheet::default()],
            rows: Vec::new(),
            paragraphs: Vec::new(),
            within: Within::default(),
            left_out: 0,
            length: 0,
            referred: [Vec::new(), Vec::new()],
            note: None,
            notes: Notes::new(),
        }
    }

    fn take(&mut self, node: &Node<'_>) -> Result<(), DecodeError> {
        match node {
            Node::Open(_) if self.left_out > 0 => self.left_out += 1,
            Node::Close(_) if self.left_out > 0 => self.left_out -= 1,
            Node::Text(_) if self.left_out > 0 => {}
            Node::Open(tag) => return self.open(tag),
            Node::Close(name)
                if self.prefix.as_deref() == Some(name.prefix) || name.local == "t" =>
            {
                return self.close(name.local);
            }
            Node::Close(_) => {}
            Node::Text(text) => {
                if let (true, Some(paragraph)) = (self.within.text, self.paragraphs.last_mut()) {
                    paragraph.text.push_str(text);
                }
            }
        }
        Ok(())
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), DecodeError> {
        let name = tag.name();
        if LEFT_OUT.contains(&name) {
            self.left_out = 1;
            if name == "del" {
                self.delete_end();
            }
            return Ok(());
        }
        let prefix = self.prefix.get_or_insert_with(|| tag.prefix().to_owned());
        // Text of formulas stands in tags of their own.
        if prefix != tag.prefix() && !(name == "t" && tag.prefix() == "m") {
            return Ok(());
        }
        if self.paragraphs.len() + self.sheets.len() + self.rows.len() > DEEPEST {
            return Err(DecodeError::TooDeep);
        }
        match name {
            "p" => {
                self.paragraphs.push(Paragraph {
                    around: mem::take(&mut self.within),
                    ..Paragraph::default()
                });
            }
            "tr" => self.rows.push(Row::default()),
            "tc" => self.sheets.push(Sheet::default()),
            "trPr" => self.in_row(|row| row.in_properties = true),
            // Separators are notes as well, of a type of their own.
            "footnote" | "endnote" if tag.attribute("type").is_none_or(|kind| kind == "normal") => {
                self.note = tag.attribute("id");
            }
            "footnoteReference" => self.referred[0].extend(tag.attribute("id")),
            "endnoteReference" => self.referred[1].extend(tag.attribute("id")),
            "pPr" => self.within.properties = true,
            "r" => self.within.run = Some(Run::Seen),
            "vanish" if self.within.run.is_some() && tag.is_on() => {
                self.within.run = Some(Run::Hidden);
            }
            "t" => self.within.text = self.within.run != Some(Run::Hidden),
            "tab" | "ptab" if self.within.run.is_some() => self.push('\t'),
            "br" | "cr" if self.within.run.is_some() => self.push('\n'),
            "noBreakHyphen" => self.push('-'),
            _ => self.place(tag),
        }
        Ok(())
    }

    /// What the properties of a paragraph say.
    fn place(&mut self, tag: &Tag<'_>) {
        if let (true, Some(paragraph)) = (self.within.properties, self.paragraphs.last_mut()) {
            match tag.name() {
                "pStyle" => paragraph.style = tag.value(),
                _ => paragraph.place.take(tag),
            }
        }
    }

    /// In its properties a paragraph says that its end was deleted, and a row that it was.
    fn delete_end(&mut self) {
        match self.paragraphs.last_mut() {
            Some(paragraph) if self.within.properties => paragraph.is_joined = true,
            _ => self.in_row(|row| row.is_deleted |= row.in_properties),
        }
    }

    fn in_row(&mut self, change: impl FnOnce(&mut Row)) {
        if let Some(row) = self.rows.last_mut() {
            change(row);
        }
    }

    fn push(&mut self, c: char) {
        let is_seen = self.within.run != Some(Run::Hidden);
        if let (true, Some(paragraph)) = (is_seen, self.paragraphs.last_mut()) {
            paragraph.text.push(c);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), DecodeError> {
        match name {
            "p" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.within = paragraph.around;
                    return self.end_paragraph(&paragraph);
                }
            }
            "pPr" => self.within.properties = false,
            "r" => self.within.run = None,
            "t" => self.within.text = false,
            "trPr" => self.in_row(|row| row.in_properties = false),
            "tc" => self.end_cell(),
            "tr" => self.end_row(),
            "footnote" | "endnote" => {
                let lines = self.sheets[0].end();
                self.notes.extend(self.note.take().map(|id| (id, lines)));
            }
            _ => {}
        }
        Ok(())
    }

    fn end_paragraph(&mut self, paragraph: &Paragraph) -> Result<(), DecodeError> {
        let style = paragraph.style.as_deref();
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        sheet.begun.push_str(&paragraph.text);
        if paragraph.is_joined {
            return Ok(());
        }
        let text = mem::take(&mut sheet.begun);
        // What is empty is not numbered.
        if text.trim().is_empty() || self.numbering.is_contents(style) {
            return Ok(());
        }
        let number = self
            .numbering
            .next(&paragraph.place, style)
            .unwrap_or_default();
        self.length += number.len() + text.len();
        if self.length > LARGEST {
            return Err(DecodeError::TooLarge);
        }
        sheet.add(&(number + &text));
        Ok(())
    }

    fn end_cell(&mut self) {
        // The text itself is no cell.
        if self.sheets.len() < 2 {
            return;
        }
        let lines = self
            .sheets
            .pop()
            .map(|mut sheet| sheet.end())
            .unwrap_or_default();
        match self.rows.last_mut() {
            Some(row) => row.cells.push(lines),
            None => self.sheets[0].lines.extend(lines),
        }
    }

    fn end_row(&mut self) {
        let (Some(row), Some(sheet)) = (self.rows.pop(), self.sheets.last_mut()) else {
            return;
        };
        sheet.lines.extend(row.lines());
    }
}
