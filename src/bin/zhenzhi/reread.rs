use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use serde_json::{Value, json};
use zhenzhi::store::{Reread, RereadMode, Store, StoreError};

use crate::cli::Listing;
use crate::exit::{Exit, end};
use crate::language::{Tongue, told};
use crate::output::{complain, counted, print, print_json};
use crate::{changes, upgrade};

/// Read the stored texts again with this version of the reader, and say what changed
///
/// Each document is replaced as a whole or not at all; names, hashes and texts stay.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    store: PathBuf,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// How to print what changed
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    format: Listing,
    #[command(flatten)]
    tongue: Tongue,
}

pub(crate) fn run(args: &Args) -> Exit {
    args.tongue.speak();
    end(told_of(args))
}

fn told_of(args: &Args) -> Result<Exit, StoreError> {
    let (changed, documents) = reread(&args.store, args.dry_run)?;
    match args.format {
        Listing::Table => print(for_people(args, &changed, documents)),
        Listing::Json => {
            let changed: Vec<Value> = changed.iter().map(for_programs).collect();
            print_json(
                &json!({"documents": documents, "changed": changed, "dry_run": args.dry_run}),
            );
        }
    }
    Ok(Exit::Done)
}

/// The documents that changed, and how many there are.
fn reread(path: &Path, is_dry: bool) -> Result<(Vec<Reread>, usize), StoreError> {
    let (store, mode) = if is_dry {
        (Store::open_read_only(path)?, RereadMode::Look)
    } else {
        (upgrade::open(path)?, RereadMode::Replace)
    };
    let names = store.document_names()?;
    let bar = ProgressBar::new(names.len() as u64);
    let (mut changed, mut without_text) = (Vec::new(), 0);
    for name in &names {
        match store.reread(name, mode)? {
            Some(reread) if !reread.is_same() => changed.push(reread),
            Some(_) => {}
            None => without_text += 1,
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if without_text > 0 {
        complain(told(
            format!(
                "the texts of {} were left out of this store and cannot be read again",
                counted(without_text, "document")
            ),
            format!("{without_text}个文件的全文未收入本库，无法重新读取"),
        ));
    }
    store.finish()?;
    Ok((changed, names.len()))
}

fn for_people(args: &Args, changed: &[Reread], documents: usize) -> String {
    let (verb, verb_zh) = if args.dry_run {
        ("would change", "将有改变")
    } else {
        ("changed", "有改变")
    };
    let first = told(
        format!(
            "{} read again: {} {verb}",
            counted(documents, "document"),
            changed.len()
        ),
        format!("重新读取{documents}个文件：{}个{verb_zh}", changed.len()),
    );
    let mut lines = vec![first.to_string()];
    lines.extend(changed.iter().flat_map(self::lines));
    lines.join("\n")
}

/// What changed in one document.
pub(crate) fn lines(reread: &Reread) -> Vec<String> {
    let mut lines = Vec::new();
    if reread.reports.0 != reread.reports.1 {
        let (document, (before, now)) = (&reread.document, reread.reports);
        let line = told(
            format!(
                "{document}: {} before, {now} now",
                counted(before, "report")
            ),
            format!("{document}：原有{before}份报告，现为{now}份"),
        );
        lines.push(line.to_string());
    }
    lines.extend(reread.changes.iter().flat_map(changes::for_people));
    lines
}

pub(crate) fn for_programs(reread: &Reread) -> Value {
    json!({
        "document": reread.document,
        "reports_before": reread.reports.0,
        "reports_after": reread.reports.1,
        "reports": reread.changes.iter().map(changes::for_programs).collect::<Vec<_>>(),
    })
}
