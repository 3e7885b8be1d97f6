use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use zhenzhi::import::{Failure, Outcome, Settings, Source, Summary, find, import_with};
use zhenzhi::store::{Store, StoreError};

use crate::exit::Exit;
use crate::output::{complain, counted, print};
use crate::upgrade;

/// Read reports into a store, which is made where there is none yet
///
/// What the store has already is not read again. A file of a known name with new content takes the place of the old
/// one. A file that cannot be read is named and passed over, and the exit code is 4.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store, one file
    store: PathBuf,
    /// Files, folders (with all text files below them), or - for standard input
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
}

pub(crate) fn run(args: &Args) -> Exit {
    let (sources, mut failures) = match sources(args) {
        Ok(found) => found,
        Err(error) => {
            complain(format_args!("standard input cannot be read: {error}"));
            return Exit::Input;
        }
    };
    for failure in &failures {
        complain_of(&failure.name, &failure.reason);
    }
    match upgrade::open_or_create(&args.store)
        .and_then(|store| import_watched(&store, &sources, args.jobs))
    {
        Ok(mut summary) => {
            summary.failures.append(&mut failures);
            if args.verbose || io::stdout().is_terminal() {
                print(describe(&summary));
            }
            if summary.failures.is_empty() {
                Exit::Done
            } else {
                Exit::Input
            }
        }
        Err(error) => {
            complain(error);
            Exit::Store
        }
    }
}

/// `-` is read to its end here; the library sees bytes.
fn sources(args: &Args) -> io::Result<(Vec<Source>, Vec<Failure>)> {
    let is_input = |path: &&PathBuf| path.as_os_str() == "-";
    let named: Vec<PathBuf> = args
        .paths
        .iter()
        .filter(|p| !is_input(p))
        .cloned()
        .collect();
    let (mut sources, failures) = find(&named);
    if args.paths.iter().any(|path| is_input(&path)) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        sources.push(Source::bytes(args.name.clone(), bytes));
    }
    Ok((sources, failures))
}

/// Imports with a progress bar, which shows on a terminal only.
fn import_watched(store: &Store, sources: &[Source], jobs: usize) -> Result<Summary, StoreError> {
    let settings = Settings {
        jobs,
        ..Settings::default()
    };
    let bar = ProgressBar::new(sources.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta} {wide_msg}") {
        bar.set_style(style);
    }
    let summary = import_with(store, sources, settings, &mut |source, outcome| {
        if let Outcome::Failed { reason } = outcome {
            bar.suspend(|| complain_of(source.place(), reason));
        }
        bar.set_message(source.name.clone());
        bar.inc(1);
    });
    bar.finish_and_clear();
    summary
}

fn complain_of(name: impl std::fmt::Display, reason: &str) {
    complain(format_args!("{name}: {reason}"));
}

/// The lines after an import.
fn describe(summary: &Summary) -> String {
    let counts = &summary.counts;
    let mut lines = vec![format!(
        "{}, {}, {}, {} in {:.1} seconds",
        counted(counts.reports, "report"),
        counted(counts.figures, "figure"),
        counted(counts.tasks, "task"),
        counted(counts.doubts, "doubt"),
        summary.took.as_secs_f64()
    )];
    for name in &summary.replaced {
        lines.push(format!("replaced: {name} had another content before"));
    }
    if !summary.known.is_empty() {
        lines.push(format!(
            "skipped: {} in the store already",
            summary.known.len()
        ));
    }
    for (name, known_as) in summary.known.iter().filter(|(name, known)| name != known) {
        lines.push(format!("skipped: {name} has the content of {known_as}"));
    }
    if !summary.failures.is_empty() {
        lines.push(format!("not read: {}, named above", summary.failures.len()));
    }
    lines.join("\n")
}
