use std::path::PathBuf;

use serde_json::json;
use zhenzhi::store::{Store, StoreError};

use crate::cli::Listing;
use crate::exit::Exit;
use crate::output::{complain, counted, print};
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
}

pub(crate) fn run(args: &Args) -> Exit {
    remove(args).unwrap_or_else(|error| {
        complain(error);
        Exit::Store
    })
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
        Listing::Table => print(format_args!(
            "{} taken out",
            counted(args.documents.len(), "document")
        )),
        Listing::Json => print(format_args!("{:#}", json!({"removed": args.documents}))),
    }
    Ok(Exit::Done)
}

fn not_there(store: &Store, name: &str) -> Result<String, StoreError> {
    let names = store.document_names()?;
    let near: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|known| known.contains(name) || name.contains(known))
        .take(5)
        .collect();
    Ok(if near.is_empty() {
        format!("there is no document {name}; nothing was taken out")
    } else {
        format!(
            "there is no document {name}, but {}; nothing was taken out",
            near.join(", ")
        )
    })
}
