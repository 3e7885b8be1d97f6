use std::path::PathBuf;

use indicatif::ProgressBar;
use serde_json::{Value, json};
use zhenzhi::store::{Store, StoreError, Verified};

use crate::cli::Listing;
use crate::exit::{Exit, end};
use crate::language::{Tongue, joined, told};
use crate::output::{counted, print, print_json};
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
    #[command(flatten)]
    tongue: Tongue,
}

pub(crate) fn run(args: &Args) -> Exit {
    args.tongue.speak();
    end(verify(args))
}

fn verify(args: &Args) -> Result<Exit, StoreError> {
    let bar = ProgressBar::new(0);
    let store = Store::open_read_only(&args.store)?;
    let verified = store.verify(&mut |documents| {
        bar.set_length(documents as u64);
        bar.inc(1);
    });
    bar.finish_and_clear();
    let verified = verified?;
    match args.format {
        Listing::Table => print(for_people(&verified)),
        Listing::Json => print_json(&for_programs(&verified)),
    }
    Ok(if !verified.faults.is_empty() {
        Exit::Store
    } else if args.exit_status && !verified.differences.is_empty() {
        Exit::NoRow
    } else {
        Exit::Done
    })
}

fn for_people(verified: &Verified) -> String {
    let (documents, figures) = (verified.documents, verified.figures);
    let (faults, without) = (verified.faults.len(), verified.without_text);
    let (found, found_zh) = match faults {
        0 => ("nothing is broken".to_owned(), "没有损坏".to_owned()),
        _ => (counted(faults, "fault"), format!("{faults}处损坏")),
    };
    let mut lines = vec![told(
        format!(
            "{}, {}: {found}",
            counted(documents, "document"),
            counted(figures as usize, "figure"),
        ),
        format!("{documents}个文件，{figures}个数字：{found_zh}"),
    )];
    for fault in &verified.faults {
        let promise = fault.promise;
        lines.push(told(
            format!("  {promise}: {}", fault.message),
            format!("  {promise}：{}", fault.message_zh),
        ));
    }
    if without > 0 {
        lines.push(told(
            format!(
                "the texts of {} were left out: their hashes, places and figures cannot be checked",
                counted(without, "document")
            ),
            format!("{without}个文件的全文未收入本库：其哈希、位置和数字无法检查"),
        ));
    }
    let differing = verified.differences.len();
    if differing == 0 && without < documents {
        lines.push(told(
            "today's reader reads the same",
            "现在的读取程序读出的结果相同",
        ));
    } else if differing > 0 {
        lines.push(told(
            format!(
                "today's reader reads {} otherwise (zhenzhi reread brings them up to date):",
                counted(differing, "document")
            ),
            format!("现在的读取程序对{differing}个文件的读法不同（zhenzhi reread可更新）："),
        ));
    }
    for line in verified.differences.iter().flat_map(reread::lines) {
        lines.push(told(format!("  {line}"), format!("  {line}")));
    }
    joined(&lines)
}

fn for_programs(verified: &Verified) -> Value {
    let faults: Vec<Value> = verified
        .faults
        .iter()
        .map(|fault| json!({"promise": fault.promise, "message": fault.message, "message_zh": fault.message_zh}))
        .collect();
    json!({
        "documents": verified.documents,
        "figures": verified.figures,
        "without_text": verified.without_text,
        "faults": faults,
        "differences": verified.differences.iter().map(reread::for_programs).collect::<Vec<_>>(),
    })
}
