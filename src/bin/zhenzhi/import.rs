use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};
use zhenzhi::import::{
    Failure, Outcome, Settings, Source, Summary, Unreadable, find_telling, get_ready, import_with,
};
use zhenzhi::render::visible_in_line;
use zhenzhi::store::{Store, StoreError};

use crate::exit::Exit;
use crate::input::standard_input_bytes;
use crate::language::{Message, Tongue, joined, told};
use crate::output::{complain, counted, print};
use crate::{patience, upgrade};

/// Read reports into a store, which is made where there is none yet
///
/// What the store has already is not read again. A file of a known name with new content takes the place of the old
/// one. A file that cannot be read is named and passed over, and the exit code is 4. Ctrl-C ends an import when what it
/// has read is written; a second one ends it at once. Either way the same import goes on with the rest.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store, one file
    store: PathBuf,
    /// Files (texts, web pages, Word documents .docx, PDF), folders (with all such files below them), or - for standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The name under which standard input is kept
    #[arg(long, default_value = "stdin")]
    name: String,
    /// How many threads read; one a core where it is left out. The store becomes the same
    #[arg(
        long,
        short,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true
    )]
    jobs: usize,
    /// Print the summary also when standard output is not a terminal
    #[arg(long, short)]
    verbose: bool,
    #[command(flatten)]
    tongue: Tongue,
}

pub(crate) fn run(args: &Args) -> Exit {
    args.tongue.speak();
    let is_stopped = stopped_by_ctrl_c();
    let (sources, failures) = match sources(args) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    for failure in &failures {
        complain_of(&failure.name, &failure.reason);
    }
    if !args.store.exists() {
        // To make a store takes as long as to load what reading needs. Where there is no thread for it, readers do it.
        let _ = thread::Builder::new().spawn(get_ready);
    }
    let mut written = None;
    let done = upgrade::open_or_create(&args.store).and_then(|store| {
        let written = written.insert(Written::default());
        let done = import_watched(&store, &sources, args.jobs, &is_stopped, written);
        // What was written before an error is put away as well; of two errors the first is the cause.
        let finished = store.finish();
        done.and_then(|summary| finished.map(|()| summary))
    });
    match done {
        Ok(mut summary) => {
            summary.failures.extend(failures);
            told_of(args, &summary)
        }
        // It waited for another program, and was stopped.
        Err(StoreError::Locked { .. }) if is_stopped.load(Ordering::Relaxed) => {
            print(where_it_stands(&written.unwrap_or_default(), sources.len()));
            Exit::Stopped
        }
        Err(error) => {
            complain(error);
            if let Some(written) = written {
                complain(where_it_stands(&written, sources.len()));
            }
            Exit::Store
        }
    }
}

/// Up from the first Ctrl-C on; the second ends the program, which the store survives.
fn stopped_by_ctrl_c() -> Arc<AtomicBool> {
    let is_stopped = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_stopped);
    // Without a handler Ctrl-C ends the program at once.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(Exit::Stopped as i32);
        }
        patience::give_up();
        complain(told(
            "stopping when what was read is written; Ctrl-C again stops at once",
            "写完已读取的内容后停止；再按Ctrl-C立即停止",
        ));
    });
    is_stopped
}

/// `-` is read to its end here; the library sees bytes.
fn sources(args: &Args) -> Result<(Vec<Source>, Vec<Failure>), Exit> {
    let is_input = |path: &&PathBuf| path.as_os_str() == "-";
    let named: Vec<PathBuf> = args
        .paths
        .iter()
        .filter(|p| !is_input(p))
        .cloned()
        .collect();
    let mut documents = BTreeMap::new();
    let (mut sources, failures) = find_telling(&named, &mut |path| {
        if let Some(kind) = kind_of_document(path, &named) {
            *documents.entry(kind).or_insert(0) += 1;
        }
    });
    tell_documents(&documents);
    if args.paths.iter().any(|path| is_input(&path)) {
        sources.push(Source::bytes(args.name.clone(), standard_input_bytes()?));
    }
    Ok((sources, failures))
}

/// Endings of the documents in which reports are handed around, and which are not read.
const DOCUMENTS: [&str; 6] = ["doc", "odt", "ofd", "rtf", "wps", "wpt"];

/// The kind of a file that is not taken from a folder, where a report may be in it: not where it or a folder on the way
/// to it is hidden, nor where it only says that another is open (`~$report.docx`).
fn kind_of_document(path: &Path, named: &[PathBuf]) -> Option<String> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    let below = named
        .iter()
        .filter_map(|folder| path.strip_prefix(folder).ok());
    // Of folders of which one lies in the other, the way from the inner one.
    let below = below.min_by_key(|below| below.components().count());
    let is_passed_in_silence = |name: &OsStr| {
        let name = name.to_string_lossy();
        name.starts_with('.') || name.starts_with("~$")
    };
    let mut way = below.unwrap_or(path).iter();
    (DOCUMENTS.contains(&&*ending) && !way.any(is_passed_in_silence)).then_some(ending)
}

/// Says which documents were passed over: whoever keeps reports in Word must not think that they were read.
fn tell_documents(documents: &BTreeMap<String, usize>) {
    let count: usize = documents.values().sum();
    if count == 0 {
        return;
    }
    let kinds: Vec<String> = documents
        .iter()
        .map(|(kind, count)| format!("{count} .{kind}"))
        .collect();
    complain(told(
        format!(
            "passed over: {} ({}), which are not read; save them as .docx, .pdf or .txt first",
            counted(count, "document"),
            kinds.join(", "),
        ),
        format!(
            "略过：{count}个文档（{}），尚不能读取；请先另存为.docx、.pdf或.txt",
            kinds.join("，"),
        ),
    ));
}

/// How many sources the store has so far.
#[derive(Default)]
struct Written {
    new: usize,
    known: usize,
}

/// Imports with a progress bar, which shows on a terminal only.
fn import_watched(
    store: &Store,
    sources: &[Source],
    jobs: usize,
    is_stopped: &AtomicBool,
    written: &mut Written,
) -> Result<Summary, StoreError> {
    let settings = Settings {
        jobs,
        should_stop: &|| is_stopped.load(Ordering::Relaxed),
    };
    let bar = ProgressBar::new(sources.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta} {wide_msg}") {
        bar.set_style(style);
    }
    let summary = import_with(store, sources, settings, &mut |source, outcome| {
        match outcome {
            Outcome::Imported { .. } => written.new += 1,
            Outcome::Known { .. } => written.known += 1,
            Outcome::Failed { reason } => bar.suspend(|| complain_of(source.place(), reason)),
        }
        bar.set_message(visible_in_line(&source.name).into_owned());
        bar.inc(1);
    });
    bar.finish_and_clear();
    summary
}

fn complain_of(name: impl std::fmt::Display, reason: &Unreadable) {
    complain(told(
        format!("{name}: {reason}"),
        format!("{name}：{}", reason.zh()),
    ));
}

/// Says what an import did, and how it ends.
fn told_of(args: &Args, summary: &Summary) -> Exit {
    let is_stopped = summary.left > 0;
    if args.verbose || is_stopped || io::stdout().is_terminal() {
        print(joined(&described(summary)));
    } else if !summary.replaced.is_empty() {
        // Two reports may have one name by accident, and then one of them is gone.
        let replaced = summary.replaced.len();
        complain(told(
            format!(
                "{} replaced by another of the same name; --verbose says which",
                counted(replaced, "file")
            ),
            format!("{replaced}个文件被同名文件取代；--verbose可列出"),
        ));
    }
    tell_placeless(summary);
    if is_stopped {
        Exit::Stopped
    } else if summary.failures.is_empty() {
        Exit::Done
    } else {
        Exit::Input
    }
}

/// Says which reports no question about places will find, and what makes them found.
fn tell_placeless(summary: &Summary) {
    const NAMED: usize = 3;
    let count = summary.counts.placeless;
    if count == 0 {
        return;
    }
    let names = summary.placeless.iter().take(NAMED);
    let names: Vec<_> = names.map(|name| visible_in_line(name)).collect();
    let more = summary.placeless.len() > NAMED;
    complain(told(
        format!(
            "{} without a place, which no question about places finds ({}{}): neither the text nor the name of the file \
             says whose it is; take the file out (zhenzhi remove), name it after its place \
             (云塘镇2022年政府工作报告.txt; one file for each report) and import it again",
            counted(count, "report"),
            names.join(", "),
            if more { ", …" } else { "" },
        ),
        format!(
            "{count}份报告不知是哪个地方的，按地方提问查不到（{}{}）：正文和文件名都没有写明；请移出该文件（zhenzhi \
             remove），以地方命名（如云塘镇2022年政府工作报告.txt，一份报告一个文件）后重新导入",
            names.join("、"),
            if more { "……" } else { "" },
        ),
    ));
}

/// After an error: what is in the store nevertheless.
fn where_it_stands(written: &Written, sources: usize) -> Message {
    let Written { new, known } = written;
    told(
        format!(
            "of {sources} files {} are in the store, {new} of them new",
            new + known
        ),
        format!(
            "{sources}个文件中，{}个已在库中，其中本次导入{new}个",
            new + known
        ),
    )
}

/// The lines after an import.
fn described(summary: &Summary) -> Vec<Message> {
    let counts = &summary.counts;
    let seconds = summary.took.as_secs_f64();
    let mut lines = vec![told(
        format!(
            "{}, {}, {}, {} in {seconds:.1} seconds",
            counted(counts.reports, "report"),
            counted(counts.figures, "figure"),
            counted(counts.tasks, "task"),
            counted(counts.doubts, "doubt"),
        ),
        format!(
            "{}份报告，{}个数字，{}项任务，{}处疑点，用时{seconds:.1}秒",
            counts.reports, counts.figures, counts.tasks, counts.doubts,
        ),
    )];
    for name in &summary.replaced {
        lines.push(told(
            format!("replaced: {name} had another content before"),
            format!("已替换：{name}原来的内容不同"),
        ));
    }
    if !summary.known.is_empty() {
        let known = summary.known.len();
        lines.push(told(
            format!("skipped: {known} in the store already"),
            format!("跳过：{known}个文件已在库中"),
        ));
    }
    for (name, known_as) in summary.known.iter().filter(|(name, known)| name != known) {
        lines.push(told(
            format!("skipped: {name} has the content of {known_as}"),
            format!("跳过：{name}与{known_as}内容相同"),
        ));
    }
    if !summary.failures.is_empty() {
        let failures = summary.failures.len();
        lines.push(told(
            format!("not read: {failures}, named above"),
            format!("未能读取：{failures}个，见上"),
        ));
    }
    if summary.left > 0 {
        let left = summary.left;
        lines.push(told(
            format!(
                "stopped: {} left; the same import goes on with the rest",
                counted(left, "file")
            ),
            format!("已停止：还有{left}个文件；再次执行同样的导入即可继续"),
        ));
    }
    lines
}
