use std::path::PathBuf;

use serde_json::json;
use zhenzhi::ask::{AskError, documents};
use zhenzhi::store::{ShareTerms, Shared, Store, Texts};

use crate::ask::refuse;
use crate::cli::Listing;
use crate::exit::Exit;
use crate::language::{Tongue, joined, told};
use crate::output::{counted, print, print_json};

/// Make a copy of a store to hand on, whole or in part, in one file that any SQLite opens
///
/// The copy has no journal beside it, nothing of what was deleted, and is checked before it appears. `--only` takes the
/// reports that a question is about: all reports of the places that it answers with, or the reports that its rows come
/// from. A file with several reports goes as a whole.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    store: PathBuf,
    /// Where to make the copy; there must be no file yet
    out: PathBuf,
    /// A question that says which reports go with it: "towns in Tianjin", 天津市的镇
    #[arg(long, value_name = "QUESTION")]
    only: Option<String>,
    /// Leave the full texts behind; figures keep their quotes and tasks their sentences
    #[arg(long)]
    without_texts: bool,
    /// How to print what was made
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    format: Listing,
    #[command(flatten)]
    tongue: Tongue,
}

pub(crate) fn run(args: &Args) -> Exit {
    args.tongue.speak();
    match shared(args) {
        Ok(shared) => {
            match args.format {
                Listing::Table => print(for_people(args, &shared)),
                Listing::Json => print_json(&json!({
                    "documents": shared.documents,
                    "reports": shared.reports,
                    "figures": shared.figures,
                    "bytes": shared.bytes,
                    "left_behind": shared.left_behind,
                })),
            }
            Exit::Done
        }
        Err(error) => {
            let question = args.only.as_deref().unwrap_or_default();
            refuse(&error, question, args.format.into(), args.tongue.chosen())
        }
    }
}

fn shared(args: &Args) -> Result<Shared, AskError> {
    let store = Store::open_read_only(&args.store)?;
    let part = match &args.only {
        Some(question) => Some((documents(&store, question)?, question.clone())),
        None => None,
    };
    let texts = if args.without_texts {
        Texts::LeftOut
    } else {
        Texts::Kept
    };
    Ok(store.share(&args.out, &ShareTerms { part, texts })?)
}

fn for_people(args: &Args, shared: &Shared) -> String {
    let mut lines = vec![told(
        format!(
            "{}: {}, {}, {} bytes, checked",
            args.out.display(),
            counted(shared.reports as usize, "report"),
            counted(shared.figures as usize, "figure"),
            shared.bytes
        ),
        format!(
            "{}：{}份报告，{}个数字，{}字节，已检查",
            args.out.display(),
            shared.reports,
            shared.figures,
            shared.bytes
        ),
    )];
    if shared.reports == 0 {
        lines.push(told(
            "no report is of what --only asks for; the copy is empty",
            "没有报告符合--only的问句；副本是空的",
        ));
    }
    if !shared.left_behind.is_empty() {
        let left = &shared.left_behind;
        lines.push(told(
            format!(
                "left behind, since zhenzhi did not make it: {}",
                left.join(", ")
            ),
            format!("未带走（不是zhenzhi建立的）：{}", left.join("、")),
        ));
    }
    joined(&lines)
}
