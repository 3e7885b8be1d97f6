//! Answers in a form of rows, written as their rows are read: a million of them need no memory for a million.

use std::io::{self, BufWriter, Stdout, Write};
use std::ops::ControlFlow;
use std::path::Path;

use zhenzhi::query::{Answer, Lang, Note};
use zhenzhi::render::{self, JsonParts, Options, Separator};

use crate::answers::{Written, say_notes};
use crate::cli::Format;
use crate::language::told;
use crate::output::cannot_write;
use crate::whole_file::Unfinished;

/// The answers of one call, one behind the other.
pub(crate) struct RowStream<'a> {
    format: Format,
    options: Options,
    /// JSON is an array, however many answers there are; JSON lines name their question.
    are_many: bool,
    output: Option<&'a Path>,
    /// Opened for the first row.
    out: Option<Out>,
    /// How many answers are written, and the one of which a part is.
    finished: usize,
    current: Option<JsonParts>,
    rows: usize,
    notes: Vec<(Vec<Note>, Lang)>,
    end: Option<End>,
}

/// Why nothing more is written.
enum End {
    /// The other side of the pipe has gone away, which is no error.
    Gone,
    /// This could not be written.
    Failed(io::Error),
    /// An answer was broken off after a part of it; what stands behind that would pass for its end.
    BrokenOff,
}

enum Out {
    Screen(BufWriter<Stdout>),
    File(Unfinished),
}

impl Out {
    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Screen(screen) => screen,
            Self::File(file) => file,
        }
    }
}

impl<'a> RowStream<'a> {
    /// `None` for a form that needs all rows before it can show the first.
    pub(crate) const fn new(
        format: Format,
        options: Options,
        are_many: bool,
        output: Option<&'a Path>,
    ) -> Option<Self> {
        if !matches!(
            format,
            Format::Csv | Format::Tsv | Format::Json | Format::Jsonl
        ) {
            return None;
        }
        Some(Self {
            format,
            options,
            are_many,
            output,
            out: None,
            finished: 0,
            current: None,
            rows: 0,
            notes: Vec::new(),
            end: None,
        })
    }

    /// Writes a part of an answer, of which more is to come.
    pub(crate) fn part(&mut self, answer: &Answer, lang: Lang) -> ControlFlow<()> {
        if self.end.is_none()
            && let Err(error) = self.write(answer, lang)
        {
            self.end_with(error);
        }
        if self.end.is_some() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// Writes the last part of an answer.
    pub(crate) fn last(&mut self, answer: &Answer, lang: Lang) {
        if self.part(answer, lang).is_break() {
            return;
        }
        let closed = match (self.current.take(), &mut self.out) {
            (Some(json), Some(out)) if self.format == Format::Json => {
                out.writer().write_all(json.tail(answer).as_bytes())
            }
            _ => Ok(()),
        };
        if let Err(error) = closed {
            self.end_with(error);
        }
        self.finished += 1;
        self.notes.push((answer.notes.clone(), lang));
    }

    /// The question was not answered; of its answer there may be a part.
    pub(crate) fn break_off(&mut self) {
        if self.current.is_some() && self.end.is_none() {
            self.end = Some(End::BrokenOff);
        }
    }

    /// Whether no answer has a row.
    pub(crate) const fn have_no_row(&self) -> bool {
        self.rows == 0
    }

    /// All is written; now the notes are said where the form has no room for them.
    pub(crate) fn finish(mut self) -> Written {
        let is_open = self.end.is_none();
        if let (true, Some(mut out)) = (is_open, self.out.take())
            && let Err(error) = self.close(&mut out).and_then(|()| match out {
                Out::Screen(_) => Ok(()),
                Out::File(file) => file.finish(),
            })
        {
            self.end_with(error);
        }
        match self.end {
            Some(End::Failed(error)) => {
                let screen = || told("standard output", "标准输出");
                cannot_write(&self.output.map_or_else(screen, Into::into), &error);
                return Written::Not;
            }
            Some(End::BrokenOff) => return Written::Not,
            Some(End::Gone) | None => {}
        }
        if self.format != Format::Json && !self.options.rows_only {
            for (notes, lang) in &self.notes {
                say_notes(notes, *lang);
            }
        }
        Written::Whole
    }

    fn close(&self, out: &mut Out) -> io::Result<()> {
        let out = out.writer();
        if self.format == Format::Json {
            out.write_all(if self.are_many { b"\n]\n" } else { b"\n" })?;
        }
        out.flush()
    }

    fn end_with(&mut self, error: io::Error) {
        let is_gone = error.kind() == io::ErrorKind::BrokenPipe && self.output.is_none();
        self.end = Some(if is_gone {
            End::Gone
        } else {
            End::Failed(error)
        });
    }

    fn write(&mut self, answer: &Answer, lang: Lang) -> io::Result<()> {
        let out = match &mut self.out {
            Some(out) => out,
            none => none.insert(match self.output {
                None => Out::Screen(BufWriter::new(io::stdout())),
                Some(path) => Out::File(Unfinished::create(path)?),
            }),
        }
        .writer();
        let separator = match self.format {
            Format::Tsv => Separator::Tab,
            _ => Separator::Comma,
        };
        let is_first = self.finished == 0;
        let is_begun = self.current.is_some();
        let json = self
            .current
            .get_or_insert_with(|| JsonParts::new(self.are_many));
        match self.format {
            Format::Json => {
                if !is_begun {
                    let before = match (self.are_many, is_first) {
                        (true, true) => "[\n",
                        (true, false) => ",\n",
                        (false, _) => "",
                    };
                    write!(out, "{before}{}", json.head(answer))?;
                }
                out.write_all(json.rows(answer).as_bytes())?;
            }
            Format::Jsonl => {
                let number = self.are_many.then_some(self.finished + 1);
                out.write_all(render::jsonl(answer, number).as_bytes())?;
            }
            _ => {
                if !is_begun {
                    if !is_first {
                        writeln!(out)?;
                    }
                    // The mark stands at the start of the file alone.
                    let options = Options {
                        for_spreadsheet: self.options.for_spreadsheet && is_first,
                        ..self.options
                    };
                    render::separated_head(answer, lang, &options, separator, out)?;
                }
                render::separated_rows(answer, lang, &self.options, separator, out)?;
            }
        }
        self.rows += answer.rows.len();
        out.flush()
    }
}
