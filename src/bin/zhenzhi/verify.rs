use std::path::PathBuf;

use indicatif::ProgressBar;
use serde_json::{Value, json};
use zhenzhi::store::{Store, Verified};

use crate::cli::Listing;
use crate::exit::Exit;
use crate::output::{complain, counted, print};
use crate::reread;

/// Check that a store keeps its promises
///
/// SQLite's own checks, the hashes of the texts, that each figure stands where it says, that the index finds every
/// sentence, and that today's reader reads every figure as it stands. The exit code is 3 where something is broken; a
/// figure that today's reader reads otherwise is listed and breaks nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store, which is only read
    store: PathBuf,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    format: Listing,
    /// Exit with 1 where today's reader reads something otherwise
    #[arg(long)]
    exit_status: bool,
}

pub(crate) fn run(args: &Args) -> Exit {
    let bar = ProgressBar::new(0);
    let verified = Store::open_read_only(&args.store).and_then(|store| {
        store.verify(&mut |documents| {
            bar.set_length(documents as u64);
            bar.inc(1);
        })
    });
    bar.finish_and_clear();
    match verified {
        Ok(verified) => {
            match args.format {
                Listing::Table => print(for_people(&verified)),
                Listing::Json => print(format_args!("{:#}", for_programs(&verified))),
            }
            if !verified.faults.is_empty() {
                Exit::Store
            } else if args.exit_status && !verified.differences.is_empty() {
                Exit::NoRow
            } else {
                Exit::Done
            }
        }
        Err(error) => {
            complain(error);
            Exit::Store
        }
    }
}

fn for_people(verified: &Verified) -> String {
    let mut lines = vec![format!(
        "{}, {}: {}",
        counted(verified.documents, "document"),
        counted(verified.figures as usize, "figure"),
        match verified.faults.len() {
            0 => "nothing is broken".to_owned(),
            faults => counted(faults, "fault"),
        }
    )];
    let faults = verified.faults.iter();
    lines.extend(faults.map(|fault| format!("  {}: {}", fault.promise, fault.message)));
    if verified.without_text > 0 {
        lines.push(format!(
            "the texts of {} were left out: their hashes, places and figures cannot be checked",
            counted(verified.without_text, "document")
        ));
    }
    if verified.differences.is_empty() && verified.without_text == verified.documents {
        return lines.join("\n");
    }
    if verified.differences.is_empty() {
        lines.push("today's reader reads the same".into());
    } else {
        lines.push(format!(
            "today's reader reads {} otherwise (zhenzhi reread brings them up to date):",
            counted(verified.differences.len(), "document")
        ));
        let lines_of = verified.differences.iter().flat_map(reread::lines);
        lines.extend(lines_of.map(|line| format!("  {line}")));
    }
    lines.join("\n")
}

fn for_programs(verified: &Verified) -> Value {
    let faults: Vec<Value> = verified
        .faults
        .iter()
        .map(|fault| json!({"promise": fault.promise, "message": fault.message}))
        .collect();
    json!({
        "documents": verified.documents,
        "figures": verified.figures,
        "without_text": verified.without_text,
        "faults": faults,
        "differences": verified.differences.iter().map(reread::for_programs).collect::<Vec<_>>(),
    })
}
