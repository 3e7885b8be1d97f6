use std::path::Path;

use zhenzhi::query::{Answer, Lang, Note};
use zhenzhi::render::{self, Footnotes, Options, Separator, Sources, WorkbookError, html};

use crate::cli::Format;
use crate::language::told;
use crate::output::{cannot_write, complain, print_bytes, print_error, terminal_width};
use crate::whole_file::write_whole;

/// The answers of one call, to be written together in one form.
pub(crate) struct Answers {
    format: Format,
    options: Options,
    /// JSON is an array, however many answers there are.
    are_many: bool,
    each: Vec<(Answer, Lang)>,
}

/// What became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// They are where they were to go.
    Whole,
    /// They are not, which was said.
    Not,
}

impl Answers {
    pub(crate) const fn new(format: Format, options: Options, are_many: bool) -> Self {
        Self {
            format,
            options,
            are_many,
            each: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, answer: Answer, lang: Lang) {
        self.each.push((answer, lang));
    }

    /// Whether no answer has a row.
    pub(crate) fn have_no_row(&self) -> bool {
        self.each.iter().all(|(answer, _)| answer.rows.is_empty())
    }

    /// Writes them to a file or to standard output. Where the form has no room for notes, they are said on standard
    /// error.
    pub(crate) fn write(&self, output: Option<&Path>) -> Written {
        if self.each.is_empty() {
            return Written::Whole;
        }
        let written = self.place(output);
        if written == Written::Whole {
            self.say_notes_of(&self.each);
        }
        written
    }

    /// Adds one and writes the file anew, with all of them.
    pub(crate) fn add_to(&mut self, file: &Path, answer: Answer, lang: Lang) -> Written {
        self.add(answer, lang);
        let written = self.place(Some(file));
        match written {
            // The notes of the others were said when they came.
            Written::Whole => self.say_notes_of(&self.each[self.each.len() - 1..]),
            Written::Not => {
                self.each.pop();
            }
        }
        written
    }

    fn place(&self, output: Option<&Path>) -> Written {
        let bytes = match self.bytes() {
            Ok(bytes) => bytes,
            Err(error) => {
                complain(told(error.to_string(), format!("无法生成工作簿：{error}")));
                return Written::Not;
            }
        };
        let is_written = match output {
            None => print_bytes(&bytes),
            Some(path) => match write_whole(path, &bytes) {
                Ok(()) => true,
                Err(error) => {
                    cannot_write(&path.into(), &error);
                    false
                }
            },
        };
        if is_written {
            Written::Whole
        } else {
            Written::Not
        }
    }

    fn say_notes_of(&self, answers: &[(Answer, Lang)]) {
        let has_no_notes = matches!(
            self.format,
            Format::Csv | Format::Tsv | Format::Jsonl | Format::Xlsx
        );
        if !has_no_notes || self.options.rows_only {
            return;
        }
        for (answer, lang) in answers {
            say_notes(&answer.notes, *lang);
        }
    }

    fn bytes(&self) -> Result<Vec<u8>, WorkbookError> {
        let answers: Vec<(&Answer, Lang)> = self
            .each
            .iter()
            .map(|(answer, lang)| (answer, *lang))
            .collect();
        let options = &self.options;
        Ok(match self.format {
            Format::Xlsx => return render::workbook(&answers, options),
            Format::Html => html::page(&answers, options),
            Format::Json if self.are_many || answers.len() > 1 => {
                let all = answers.iter().map(|(answer, _)| render::json(answer));
                render::json_text(&serde_json::Value::Array(all.collect())) + "\n"
            }
            Format::Jsonl => {
                let is_one = answers.len() == 1 && !self.are_many;
                let number = |at: usize| (!is_one).then_some(at + 1);
                let each = answers.iter().enumerate();
                each.map(|(at, (answer, _))| render::jsonl(answer, number(at)))
                    .collect()
            }
            format => {
                let mut footnotes = Footnotes::new();
                let parts: Vec<String> = answers
                    .iter()
                    .enumerate()
                    .map(|(at, (answer, lang))| {
                        // The mark stands at the start of the file alone.
                        let options = Options {
                            for_spreadsheet: options.for_spreadsheet && at == 0,
                            ..*options
                        };
                        text(answer, *lang, format, &options, &mut footnotes)
                    })
                    .collect();
                parts.join("\n")
            }
        }
        .into_bytes())
    }
}

/// Says notes on standard error.
pub(crate) fn say_notes(notes: &[Note], lang: Lang) {
    for note in notes {
        let word = match lang {
            Lang::En => "note: ",
            Lang::Zh => "注：",
        };
        print_error(format_args!("{word}{}", note.in_lang(lang)));
    }
}

/// One answer as a format for the screen has it.
fn text(
    answer: &Answer,
    lang: Lang,
    format: Format,
    options: &Options,
    footnotes: &mut Footnotes,
) -> String {
    match format {
        Format::Table if options.rows_only => render::rows(answer, lang, options),
        Format::Table => render::table(answer, lang, options),
        Format::Vertical => render::vertical(answer, lang, options),
        Format::Markdown => render::markdown(answer, lang, options, footnotes),
        Format::Csv => render::separated(answer, lang, options, Separator::Comma),
        Format::Tsv => render::separated(answer, lang, options, Separator::Tab),
        Format::Json => render::json_text(&render::json(answer)) + "\n",
        Format::Jsonl => render::jsonl(answer, None),
        Format::Html | Format::Xlsx => html::page(&[(answer, lang)], options),
    }
}

/// An answer for the terminal, in any form but a workbook, which is none for it and is shown as a page.
pub(crate) fn rendered(answer: &Answer, format: Format, lang: Lang, sources: Sources) -> String {
    let options = Options {
        sources,
        width: terminal_width(),
        ..Options::default()
    };
    text(answer, lang, format, &options, &mut Footnotes::new())
}

/// Whether a question says its language: SQL and the name of a saved question alone do not.
pub(crate) fn question_tells(question: &str) -> bool {
    let question = question.trim();
    let is_sql = question
        .get(..3)
        .is_some_and(|word| word.eq_ignore_ascii_case("sql"))
        && question[3..].trim_start().starts_with(['"', '“', '”']);
    let is_name = question.strip_prefix(['@', '＠']).is_some_and(|name| {
        name.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    });
    !is_sql && !is_name
}
