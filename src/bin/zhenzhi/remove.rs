use std::path::PathBuf;

use serde_json::json;
use zhenzhi::store::{Store, StoreError};

use crate::cli::Listing;
use crate::exit::{Exit, end};
use crate::language::{Message, Tongue, told};
use crate::output::{complain, counted, print, print_json};
use crate::upgrade;

/// Take documents out of a store, with all that they say
///
/// All that are named, or none where one of them is not there.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    store: PathBuf,
    /// The names of the documents, as answers and `zhenzhi ask STORE reports` give them
    #[arg(required = true)]
    documents: Vec<String>,
    /// How to print what was done
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    format: Listing,
    #[command(flatten)]
    tongue: Tongue,
}

pub(crate) fn run(args: &Args) -> Exit {
    args.tongue.speak();
    end(remove(args))
}

fn remove(args: &Args) -> Result<Exit, StoreError> {
    let store = upgrade::open(&args.store)?;
    let unknown = store.remove(&args.documents)?;
    if !unknown.is_empty() {
        for name in &unknown {
            complain(not_there(&store, name)?);
        }
        return Ok(Exit::Usage);
    }
    match args.format {
        Listing::Table => print(told(
            format!("{} taken out", counted(args.documents.len(), "document")),
            format!("已移除{}个文件", args.documents.len()),
        )),
        Listing::Json => print_json(&json!({"removed": args.documents})),
    }
    store.finish()?;
    Ok(Exit::Done)
}

fn not_there(store: &Store, name: &str) -> Result<Message, StoreError> {
    let names = store.document_names()?;
    let near: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|known| known.contains(name) || name.contains(known))
        .take(5)
        .collect();
    Ok(if near.is_empty() {
        told(
            format!("there is no document {name}; nothing was taken out"),
            format!("没有名为{name}的文件；未作任何移除"),
        )
    } else {
        told(
            format!(
                "there is no document {name}, but {}; nothing was taken out",
                near.join(", ")
            ),
            format!(
                "没有名为{name}的文件，但有{}；未作任何移除",
                near.join("、")
            ),
        )
    })
}
