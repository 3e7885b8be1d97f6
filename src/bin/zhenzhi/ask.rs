use std::path::{Path, PathBuf};
use std::time::Duration;

use zhenzhi::ask::{AskError, Cited, Outcome, Terms, run as run_statement, run_in_parts, save};
use zhenzhi::query::{Answer, Definition, Diagnostic, Lang};
use zhenzhi::render::{self, Numbers, Options, Sources};
use zhenzhi::store::{Store, StoreError};

use crate::answers::{Answers, Written, question_tells};
use crate::cli::Format;
use crate::exit::Exit;
use crate::input::{Values, question, questions};
use crate::language::{Language, Message, locale, speak, told};
use crate::output::{complain, is_terminal, print, print_error, terminal_width};
use crate::rows::RowStream;
use crate::upgrade;

/// Answer questions, or save one
///
/// A question that is not understood is refused with what to write instead. `define @name as …` saves a question in the
/// store, `@name` asks it; `sql "SELECT …"` reads the tables.
// Each is a flag of the command line of its own.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    #[arg(value_hint = clap::ValueHint::FilePath)]
    store: PathBuf,
    /// The question in English or Chinese, or - to read it from standard input
    #[arg(required_unless_present = "file", conflicts_with = "file")]
    question: Option<String>,
    /// A file of questions, or - for standard input: one a line; an indented line goes on with the one before, and one
    /// that starts with # says nothing
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// How to write the answer; without it the ending of --output says it, and on the screen it is a table
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write the answer to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// The language of the answer; without it that of the question, or else of the locale
    #[arg(long, value_enum)]
    lang: Option<Language>,
    /// How values are written: with 万 and 亿 or million, as the report writes them, or in base units
    #[arg(long, value_enum, default_value_t = NumberStyle::Readable)]
    numbers: NumberStyle,
    /// Show the sentences behind all rows, also of long answers and in csv and tsv
    #[arg(long)]
    source: bool,
    /// Show no sentences
    #[arg(long, conflicts_with = "source")]
    no_source: bool,
    /// With csv and tsv: begin with the mark by which Excel knows UTF-8, and keep long codes as text
    #[arg(long)]
    bom: bool,
    #[command(flatten)]
    values: Values,
    /// With define: what you say of the question that is saved
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// How many seconds a question may take
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    time_limit: Duration,
    /// How many rows of sql "…" are read
    #[arg(long, value_name = "ROWS", default_value_t = 10_000)]
    limit_rows: usize,
    /// Exit with 1 where no answer has a row
    #[arg(long)]
    exit_status: bool,
    /// Print the rows alone, without the reading before and the notes after them; JSON keeps its shape
    #[arg(long, short)]
    quiet: bool,
}

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum NumberStyle {
    /// 14.5亿元, 1.45 billion yuan
    Readable,
    /// As the report writes it
    Written,
    /// 1450000000元
    Base,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let no_number = |_| told("not a number", "不是数字").to_string();
    let seconds: f64 = text.parse().map_err(no_number)?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

pub(crate) fn run(args: &Args) -> Exit {
    speak(args.lang.map(Lang::from));
    let format = match format(args) {
        Ok(format) => format,
        Err(message) => {
            complain(message);
            return Exit::Usage;
        }
    };
    let asked = match (&args.file, &args.question) {
        (Some(file), _) => questions(file),
        (None, Some(given)) if given == "-" => questions(Path::new("-")),
        (None, given) => question(given.as_deref().unwrap_or_default()).map(|one| vec![one]),
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(exit) => return exit,
    };
    let store = match Store::open_read_only(&args.store) {
        Ok(store) => store,
        Err(error) => return refuse(&error.into(), &asked[0], format, args.lang),
    };
    let mut worst = Exit::Done;
    let are_many = args.file.is_some();
    let options = options(args);
    let mut answers = match RowStream::new(format, options, are_many, args.output.as_deref()) {
        Some(stream) => Sink::Rows(stream),
        None => Sink::Whole(Answers::new(format, options, are_many)),
    };
    if args.output.is_some() {
        stop_by_ctrl_c(&store);
    }
    for question in &asked {
        let exit = one(args, &store, format, question, &mut answers);
        if exit == Exit::Stopped {
            return exit;
        }
        // A broken store is worse than a question that was not understood.
        if exit as u8 > worst as u8 {
            worst = exit;
        }
    }
    if worst != Exit::Done && args.output.is_some() {
        complain(told(
            "nothing was written, for not every question was answered",
            "有问句未得到回答，因此没有写入文件",
        ));
        return worst;
    }
    let (has_no_row, written) = match answers {
        Sink::Rows(stream) => (stream.have_no_row(), stream.finish()),
        Sink::Whole(answers) => (answers.have_no_row(), answers.write(args.output.as_deref())),
    };
    match (written, worst) {
        (Written::Not, Exit::Done) => Exit::Store,
        (_, Exit::Done) if args.exit_status && has_no_row => Exit::NoRow,
        _ => worst,
    }
}

/// Which format, and that it goes where it is sent.
fn format(args: &Args) -> Result<Format, Message> {
    let by_ending = args.output.as_deref().map(|path| (path, Format::of(path)));
    let format = match (args.format, by_ending) {
        (Some(format), _) | (None, Some((_, Some(format)))) => format,
        (None, None) => Format::Table,
        (None, Some((path, None))) => {
            let path = path.display();
            return Err(told(
                format!(
                    "the ending of {path} names no format; end it in .txt, .md, .csv, .tsv, .json, .jsonl, .html or \
                     .xlsx, or add --format"
                ),
                format!(
                    "{path}的扩展名不对应任何格式；可用.txt、.md、.csv、.tsv、.json、.jsonl、.html、.xlsx，或加--format"
                ),
            ));
        }
    };
    if args.bom && !matches!(format, Format::Csv | Format::Tsv) {
        return Err(told(
            "--bom goes with csv and tsv alone; add --format csv",
            "--bom只用于csv和tsv；请加--format csv",
        ));
    }
    if format == Format::Xlsx && args.output.is_none() && is_terminal() {
        return Err(told(
            "a workbook is not for a terminal; add --output answer.xlsx",
            "工作簿不能显示在终端上；请加--output 答案.xlsx",
        ));
    }
    Ok(format)
}

fn options(args: &Args) -> Options {
    Options {
        numbers: match args.numbers {
            NumberStyle::Readable => Numbers::Readable,
            NumberStyle::Written => Numbers::Written,
            NumberStyle::Base => Numbers::Base,
        },
        sources: match (args.source, args.no_source) {
            (true, _) => Sources::Shown,
            (_, true) => Sources::Hidden,
            _ => Sources::OfFew,
        },
        rows_only: args.quiet,
        for_spreadsheet: args.bom,
        width: terminal_width().filter(|_| args.output.is_none()),
    }
}

/// What a form shows no sentence of is not looked up. Numbers as they are written are taken out of the sentences.
fn cited(args: &Args, format: Format) -> Cited {
    match format {
        _ if args.source || args.numbers == NumberStyle::Written => Cited::All,
        Format::Table | Format::Vertical if args.no_source => Cited::OfFew(0),
        Format::Table | Format::Vertical => Cited::OfFew(render::FEW),
        Format::Csv | Format::Tsv => Cited::OfFew(0),
        _ => Cited::All,
    }
}

/// Where answers go.
enum Sink<'a> {
    /// They are written as their rows come.
    Rows(RowStream<'a>),
    /// They are held until all are there.
    Whole(Answers),
}

/// Ctrl-C stops the question that runs, so that no unfinished file stays beside the one that was to be written.
fn stop_by_ctrl_c(store: &Store) {
    let interrupter = store.interrupter();
    // Without a handler Ctrl-C ends the program at once.
    let _ = ctrlc::set_handler(move || interrupter.interrupt());
}

/// Asks one question; its answer is written, or kept to be written with the others.
fn one(args: &Args, store: &Store, format: Format, question: &str, answers: &mut Sink<'_>) -> Exit {
    let terms = Terms {
        parameters: args.values.parameters(),
        time_limit: args.time_limit,
        row_limit: args.limit_rows,
        cited: cited(args, format),
    };
    let lang = |answer: &Answer| {
        let told = question_tells(question).then_some(answer.lang);
        args.lang.map(Lang::from).or(told).unwrap_or_else(locale)
    };
    let outcome = match answers {
        Sink::Whole(_) => run_statement(store, question, &terms),
        Sink::Rows(stream) => run_in_parts(store, question, &terms, &mut |part| {
            stream.part(part, lang(part))
        }),
    };
    let done = match outcome {
        Ok(Outcome::Answer(answer)) => {
            let lang = lang(&answer);
            match answers {
                Sink::Whole(answers) => answers.add(*answer, lang),
                Sink::Rows(stream) => stream.last(&answer, lang),
            }
            return Exit::Done;
        }
        Ok(Outcome::Definition(definition)) => keep(args, format, &definition),
        Err(error) => Err(error),
    };
    done.unwrap_or_else(|error| {
        if let Sink::Rows(stream) = answers {
            stream.break_off();
        }
        refuse(&error, question, format, args.lang)
    })
}

/// Only now is the store opened to write.
fn keep(args: &Args, format: Format, definition: &Definition) -> Result<Exit, AskError> {
    drop(upgrade::open(&args.store)?);
    let before = save(&args.store, definition, args.note.as_deref())?;
    if format.is_json() {
        let saved = serde_json::json!({
            "saved": definition.name,
            "text": definition.text,
            "parameters": definition.parameters,
            "replaced": before.map(|query| query.text),
        });
        print(format_args!("{saved:#}"));
    } else if !args.quiet {
        print(kept(
            definition,
            before.is_some(),
            args.lang.map_or(definition.lang, Lang::from),
        ));
    }
    Ok(Exit::Done)
}

/// `saved @strong, with $min to be given`.
pub(crate) fn kept(definition: &Definition, replaced: bool, lang: Lang) -> String {
    let name = &definition.name;
    let names: Vec<String> = definition
        .parameters
        .iter()
        .map(|parameter| format!("${parameter}"))
        .collect();
    match lang {
        Lang::En => {
            let first = if replaced { "saved anew" } else { "saved" };
            let needs = if names.is_empty() {
                String::new()
            } else {
                format!("; it asks for {}", names.join(", "))
            };
            format!("{first} @{name}: {}{needs}", definition.text)
        }
        Lang::Zh => {
            let first = if replaced {
                "已重新保存"
            } else {
                "已保存"
            };
            let needs = if names.is_empty() {
                String::new()
            } else {
                format!("；使用时须给出{}", names.join("、"))
            };
            format!("{first}@{name}：{}{needs}", definition.text)
        }
    }
}

/// Says on standard error why there is no answer, in the form that the answer would have had.
pub(crate) fn refuse(
    error: &AskError,
    question: &str,
    format: Format,
    lang: Option<Language>,
) -> Exit {
    let told = || question_tells(question).then(|| Lang::of(question));
    let lang = lang.map(Lang::from).or_else(told).unwrap_or_else(locale);
    match error {
        AskError::Question { diagnostics } => {
            match format {
                Format::Json => {
                    print_error(format_args!("{:#}", render::diagnostics_json(diagnostics)));
                }
                Format::Jsonl => print_error(render::diagnostics_json(diagnostics)),
                _ => print_error(frames(diagnostics, question, lang).trim_end()),
            }
            Exit::Usage
        }
        AskError::Store(error) => {
            // These are about the asker's own SQL, not about the file.
            let is_sql = matches!(
                error,
                StoreError::NotAQuestion { .. }
                    | StoreError::TooSlow { .. }
                    | StoreError::Sql { .. }
            );
            let (code, exit) = match error {
                StoreError::Interrupted => ("stopped", Exit::Stopped),
                _ if is_sql => ("sql", Exit::Usage),
                _ => ("store", Exit::Store),
            };
            let said = Message::from(error);
            let fault = || serde_json::json!([{"code": code, "message_en": said.en, "message_zh": said.zh}]);
            match format {
                Format::Json => print_error(format_args!("{:#}", fault())),
                Format::Jsonl => print_error(fault()),
                _ => print_error(format_args!("zhenzhi: {}", said.in_lang(lang))),
            }
            exit
        }
    }
}

pub(crate) fn frames(diagnostics: &[Diagnostic], question: &str, lang: Lang) -> String {
    let frames: Vec<String> = diagnostics
        .iter()
        .map(|fault| render::diagnostic(fault, question, lang))
        .collect();
    frames.join("\n")
}
