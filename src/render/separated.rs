use std::fmt::Write as _;
use std::io::{self, Write};

use super::cell::{
    absent, added_word, against_word, bound_sign, code_word, has_status, own_unit, period_word,
    plain, status_word, written,
};
use super::grid::title;
use super::number::unit_word;
use super::options::{Numbers, Options, Sources};
use super::quote::quotes;
use super::{one_line, visible, visible_in_line};
use crate::fact::Value;
use crate::query::{Answer, Cell, Column, ColumnKind, Lang, Row};

/// What parts the values of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `,` with quotation marks where a value needs them.
    Comma,
    /// A tab; tabs and line breaks within a value are blanks.
    Tab,
}

/// What says to a spreadsheet that a file is UTF-8.
const MARK: &str = "\u{feff}";

/// An answer as separated values: a heading, a line a row.
///
/// Numbers are in base units with all their digits; the unit stands in the heading, or in a column of its own behind.
/// A value that is absent is empty. A last column says in words what qualifies the numbers: ≥, 预计, 截至10月, 未提及.
/// Which columns there are does not depend on the rows.
#[must_use]
pub fn separated(answer: &Answer, lang: Lang, options: &Options, separator: Separator) -> String {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = separated_head(answer, lang, options, separator, &mut bytes);
    let _ = separated_rows(answer, lang, options, separator, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The heading alone, with the mark before it that a spreadsheet wants.
pub fn separated_head(
    answer: &Answer,
    lang: Lang,
    options: &Options,
    separator: Separator,
    out: &mut dyn Write,
) -> io::Result<()> {
    if options.for_spreadsheet {
        out.write_all(MARK.as_bytes())?;
    }
    let sheet = Separated::of(answer, lang, options, separator);
    let mut writer = lines(separator, out);
    writer.write_record(sheet.headings()).map_err(failed)?;
    writer.flush()
}

/// The rows alone, a line each, as they stand below [`separated_head`].
pub fn separated_rows(
    answer: &Answer,
    lang: Lang,
    options: &Options,
    separator: Separator,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sheet = Separated::of(answer, lang, options, separator);
    let mut writer = lines(separator, out);
    for row in &answer.rows {
        writer.write_record(sheet.record(row)).map_err(failed)?;
    }
    writer.flush()
}

fn lines(separator: Separator, out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    let (delimiter, quoted) = match separator {
        Separator::Comma => (b',', csv::QuoteStyle::Necessary),
        Separator::Tab => (b'\t', csv::QuoteStyle::Never),
    };
    csv::WriterBuilder::new()
        .delimiter(delimiter)
        .quote_style(quoted)
        .from_writer(out)
}

/// The error of the file below, whose kind says what became of it.
fn failed(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

struct Separated<'a> {
    answer: &'a Answer,
    lang: Lang,
    options: &'a Options,
    separator: Separator,
    with_sources: bool,
    /// Rows of SQL have neither qualities nor sources.
    has_remarks: bool,
}

impl<'a> Separated<'a> {
    fn of(answer: &'a Answer, lang: Lang, options: &'a Options, separator: Separator) -> Self {
        let has_remarks = answer
            .columns
            .iter()
            .any(|column| column.kind == ColumnKind::Value);
        Self {
            answer,
            lang,
            options,
            separator,
            with_sources: match options.sources {
                Sources::Shown => true,
                Sources::OfFew => answer.with_source,
                Sources::Hidden => false,
            },
            has_remarks,
        }
    }

    fn headings(&self) -> Vec<String> {
        let columns = self.answer.columns.iter().enumerate();
        let mut headings: Vec<String> = columns
            .map(|(at, column)| self.text(&self.heading(at, column)))
            .collect();
        let (remarks, document, sentence) = match self.lang {
            Lang::En => ("remarks", "document", "source"),
            Lang::Zh => ("备注", "文件", "出处"),
        };
        if self.has_remarks {
            headings.push(remarks.to_owned());
        }
        if self.with_sources {
            headings.extend([document.to_owned(), sentence.to_owned()]);
        }
        headings
    }

    /// A value has its unit behind its heading, unless a column of units follows.
    fn heading(&self, at: usize, column: &Column) -> String {
        // Programs read it by its name, which is the same whatever the rows are.
        let title = match (column.name.as_str(), self.lang) {
            ("town", Lang::En) => column.name.clone(),
            _ => title(column, self.lang),
        };
        let follows =
            self.answer.columns.get(at + 1).is_some_and(|next| {
                next.kind == ColumnKind::Unit && column.kind == ColumnKind::Value
            });
        let is_in_cells = self.is_written(column);
        match column.unit.as_deref() {
            Some(unit) if !follows && !is_in_cells => match self.lang {
                Lang::En => format!("{title} ({})", unit_word(unit, self.lang)),
                Lang::Zh => format!("{title}（{unit}）"),
            },
            _ => title,
        }
    }

    fn record(&self, row: &Row) -> Vec<String> {
        let mut record: Vec<String> = self
            .answer
            .columns
            .iter()
            .zip(&row.cells)
            .enumerate()
            .map(|(at, (column, cell))| self.cell(at, column, cell, row))
            .collect();
        if self.has_remarks {
            record.push(self.text(&self.remarks(row)));
        }
        if self.with_sources {
            let quotes = quotes(row);
            let mut documents: Vec<&str> = row
                .sources
                .iter()
                .map(|source| source.document.as_str())
                .collect();
            documents.dedup();
            let said: Vec<&str> = quotes.iter().map(|(quote, _)| quote.as_str()).collect();
            record.push(self.text(&visible_in_line(&documents.join("; "))));
            record.push(self.text(&said.join(" / ")));
        }
        record
    }

    /// Whether the values of a column stand as the report writes them, each with its unit.
    fn is_written(&self, column: &Column) -> bool {
        column.kind == ColumnKind::Value && self.options.numbers == Numbers::Written
    }

    /// Whether a column of units says what its values say already.
    fn is_said_before(&self, at: usize, column: &Column) -> bool {
        let before = at.checked_sub(1).map(|before| &self.answer.columns[before]);
        column.kind == ColumnKind::Unit && before.is_some_and(|before| self.is_written(before))
    }

    fn cell(&self, at: usize, column: &Column, cell: &Cell, row: &Row) -> String {
        if self.is_said_before(at, column) {
            return String::new();
        }
        match &cell.value {
            Value::Text(text) => match column.kind {
                ColumnKind::Status if self.lang == Lang::Zh => {
                    status_word(text, self.lang).to_owned()
                }
                ColumnKind::Code => code_word(text, self.lang).to_owned(),
                _ if text.contains(['\n', '\r']) => self.text(&one_line(text)),
                _ => self.text(text),
            },
            Value::Real(number) if self.is_written(column) => {
                let own = own_unit(self.answer, row, at).or(column.unit.as_deref());
                let in_digits = || format!("{}{}", plain(&cell.value), own.unwrap_or_default());
                self.text(&written(row, *number).unwrap_or_else(in_digits))
            }
            value => plain(value),
        }
    }

    /// What qualifies the numbers of a row.
    fn remarks(&self, row: &Row) -> String {
        let kind = |at: &usize| self.answer.columns[*at].kind;
        let are_several = (0..self.answer.columns.len())
            .filter(|at| kind(at) == ColumnKind::Value)
            .nth(1)
            .is_some();
        let is_figure = |at: &usize| matches!(kind(at), ColumnKind::Value | ColumnKind::Growth);
        let mut remarks = String::new();
        for at in &(0..self.answer.columns.len())
            .filter(is_figure)
            .collect::<Vec<_>>()
        {
            let cell = &row.cells[*at];
            let said = self.remark(row, cell, *at);
            if said.is_empty() {
                continue;
            }
            if !remarks.is_empty() {
                remarks.push_str("; ");
            }
            if are_several || kind(at) == ColumnKind::Growth {
                let _ = write!(remarks, "{}: ", title(&self.answer.columns[*at], self.lang));
            }
            remarks.push_str(&said);
        }
        remarks
    }

    fn remark(&self, row: &Row, cell: &Cell, at: usize) -> String {
        if let Some(absence) = cell.absence {
            return absent(absence, self.lang).to_owned();
        }
        let mut said: Vec<String> = Vec::new();
        match (cell.bound.as_deref(), cell.high) {
            (Some("range"), Some(high)) => said.push(format!("–{high}")),
            (Some("range"), None) => said.push("–…".to_owned()),
            (Some(bound), _) => said.push(bound_sign(bound).to_owned()),
            _ => {}
        }
        // A value in another unit than its heading's must not pass for one.
        let column = &self.answer.columns[at];
        let own = match column.kind {
            ColumnKind::Growth => cell.unit.as_deref(),
            _ => own_unit(self.answer, row, at),
        };
        if let (Some(unit), Some(own)) = (column.unit.as_deref(), own)
            && unit != own
        {
            said.push(unit_word(own, self.lang).to_owned());
        }
        said.extend(against_word(cell, self.lang));
        if cell.beside_value {
            return said.join(", ");
        }
        said.extend(added_word(cell, self.lang));
        said.extend(period_word(cell, self.lang));
        let status = cell.status.as_deref();
        said.extend(
            status
                .filter(|_| !has_status(self.answer, at))
                .map(|status| status_word(status, self.lang).to_owned()),
        );
        said.join(", ")
    }

    /// Words, made harmless: a terminal takes controls for commands, a spreadsheet takes what begins with =, +, - or @ for a formula, and a code
    /// for a number.
    fn text(&self, text: &str) -> String {
        let text = visible(text);
        let text = match self.separator {
            Separator::Comma => text.into_owned(),
            Separator::Tab => text.replace(['\t', '\n', '\r'], " "),
        };
        if self.options.for_spreadsheet && is_code(&text) {
            return format!("=\"{text}\"");
        }
        if is_formula(&text) {
            return format!("'{text}");
        }
        text
    }
}

/// Whether a spreadsheet would calculate a text; full-width signs count in Chinese ones.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Digits that are a name, such as a division's code: they are words in the store.
fn is_code(text: &str) -> bool {
    text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_digit())
}
