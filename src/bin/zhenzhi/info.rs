use std::path::PathBuf;

use serde_json::{Map, Value, json};
use zhenzhi::store::{Info, Store, StoreError, is_free_key};

use crate::cli::Listing;
use crate::exit::Exit;
use crate::output::{complain, print};
use crate::upgrade;

/// Say what a store is and what it holds, or set what it says of itself
///
/// Title, description, source and licence travel in the file; whoever gets it sees them here.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    store: PathBuf,
    /// Set what the file says of itself: title, description, source, licence, or a key of your own; an empty text takes
    /// the key away
    #[arg(long = "set", value_name = "KEY=TEXT", value_parser = pair)]
    set: Vec<(String, String)>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    format: Listing,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text
        .split_once('=')
        .ok_or("write it as key=text: title=Towns of Tianjin")?;
    let key = key.trim();
    if is_free_key(key) {
        Ok((key.to_owned(), value.trim().to_owned()))
    } else {
        Err("a key has small letters, digits and _, and is none that zhenzhi writes itself".into())
    }
}

pub(crate) fn run(args: &Args) -> Exit {
    match looked_over(args) {
        Ok(Some(info)) => {
            match args.format {
                Listing::Table => print(for_people(&args.store.display().to_string(), &info)),
                Listing::Json => print(format_args!("{:#}", for_programs(&info))),
            }
            Exit::Done
        }
        Ok(None) => Exit::Done,
        Err(error) => {
            complain(error);
            Exit::Store
        }
    }
}

/// Setting prints nothing.
fn looked_over(args: &Args) -> Result<Option<Info>, StoreError> {
    if args.set.is_empty() {
        Store::open_read_only(&args.store)?.info().map(Some)
    } else {
        upgrade::open(&args.store)?.set_metadata(&args.set)?;
        Ok(None)
    }
}

fn for_people(name: &str, info: &Info) -> String {
    let mut lines = vec![format!(
        "{name}: a zhenzhi store of version {}, {} bytes",
        info.schema_version, info.bytes
    )];
    let told = info.metadata.iter().filter(|(key, _)| key != "vocabulary");
    lines.extend(told.map(|(key, value)| format!("  {key}: {value}")));
    for (what, count) in &info.counts {
        lines.push(format!("  {what}: {count}"));
    }
    if let Some((first, last)) = info.years {
        lines.push(format!("  years: {first} to {last}"));
    }
    let provinces: Vec<String> = info
        .provinces
        .iter()
        .map(|(name, count)| format!("{} {count}", name.as_deref().unwrap_or("(unknown)")))
        .collect();
    if !provinces.is_empty() {
        lines.push(format!("  reports by province: {}", provinces.join(", ")));
    }
    let queries: Vec<String> = info.queries.iter().map(|name| format!("@{name}")).collect();
    if !queries.is_empty() {
        lines.push(format!("  saved questions: {}", queries.join(", ")));
    }
    if !info.strangers.is_empty() {
        lines.push(format!(
            "  not of zhenzhi, and not read by it: {}",
            info.strangers.join(", ")
        ));
    }
    lines.join("\n")
}

fn for_programs(info: &Info) -> Value {
    let metadata: Map<String, Value> = info
        .metadata
        .iter()
        .map(|(key, value)| (key.clone(), json!(value)))
        .collect();
    let counts: Map<String, Value> = info
        .counts
        .iter()
        .map(|(what, count)| (what.replace(' ', "_"), json!(count)))
        .collect();
    let provinces: Vec<Value> = info
        .provinces
        .iter()
        .map(|(name, count)| json!({"province": name, "reports": count}))
        .collect();
    json!({
        "schema_version": info.schema_version,
        "bytes": info.bytes,
        "metadata": metadata,
        "counts": counts,
        "years": info.years.map(|(first, last)| [first, last]),
        "provinces": provinces,
        "saved_queries": info.queries,
        "strangers": info.strangers,
    })
}
