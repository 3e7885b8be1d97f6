use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};
use zhenzhi::store::{SavedQuery, Store, StoreError};

use crate::cli::Listing;
use crate::exit::{Exit, end};
use crate::language::{Tongue, told};
use crate::output::{complain, print, print_json};
use crate::upgrade;

/// List, show or drop the questions that are saved in a store
///
/// `zhenzhi ask STORE "define @name as …"` saves one, and `@name` asks it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    store: PathBuf,
    #[command(subcommand)]
    action: Option<Action>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Listing::Table, global = true)]
    format: Listing,
    #[command(flatten)]
    tongue: Tongue,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List all (also without a word)
    List,
    /// Show one with all that is known of it
    Show {
        /// Its name, with or without @
        name: String,
    },
    /// Take one out of the store
    Drop {
        /// Its name, with or without @
        name: String,
    },
}

pub(crate) fn run(args: &Args) -> Exit {
    args.tongue.speak();
    end(match &args.action {
        None | Some(Action::List) => list(args),
        Some(Action::Show { name }) => show(args, bare(name)),
        Some(Action::Drop { name }) => drop_one(args, bare(name)),
    })
}

fn bare(name: &str) -> &str {
    name.trim_start_matches(['@', '＠'])
}

fn list(args: &Args) -> Result<Exit, StoreError> {
    let saved = Store::open_read_only(&args.store)?.saved_queries()?;
    match args.format {
        Listing::Table if saved.is_empty() => {}
        Listing::Table => {
            let lines: Vec<String> = saved
                .iter()
                .map(|query| format!("@{}  {}", query.name, query.text))
                .collect();
            print(lines.join("\n"));
        }
        Listing::Json => {
            let all: Vec<Value> = saved.iter().map(for_programs).collect();
            print_json(&json!(all));
        }
    }
    Ok(Exit::Done)
}

fn show(args: &Args, name: &str) -> Result<Exit, StoreError> {
    let saved = Store::open_read_only(&args.store)?.saved_queries()?;
    let Some(query) = saved.iter().find(|query| query.name == name) else {
        return Ok(unknown(name, &saved));
    };
    match args.format {
        Listing::Table => print(for_people(query)),
        Listing::Json => print_json(&for_programs(query)),
    }
    Ok(Exit::Done)
}

fn drop_one(args: &Args, name: &str) -> Result<Exit, StoreError> {
    let store = upgrade::open(&args.store)?;
    if store.drop_query(name)? {
        store.finish()?;
        Ok(Exit::Done)
    } else {
        Ok(unknown(name, &store.saved_queries()?))
    }
}

fn unknown(name: &str, saved: &[SavedQuery]) -> Exit {
    let names: Vec<String> = saved
        .iter()
        .map(|query| format!("@{}", query.name))
        .collect();
    if names.is_empty() {
        complain(told(
            format!("there is no @{name}; nothing is saved in this store"),
            format!("没有@{name}；本库没有保存问句"),
        ));
    } else {
        complain(told(
            format!("there is no @{name}; saved are {}", names.join(", ")),
            format!("没有@{name}；已保存的有{}", names.join("、")),
        ));
    }
    Exit::Usage
}

fn for_people(query: &SavedQuery) -> String {
    let version = query.language_version.to_string();
    let mut lines = vec![format!("@{}", query.name)];
    let said = [
        ("text", "原文", Some(&query.text)),
        ("means", "含义", Some(&query.canonical)),
        ("saved", "保存于", Some(&query.created_at)),
        ("language version", "语言版本", Some(&version)),
        ("note", "备注", query.note.as_ref()),
    ];
    for (en, zh, text) in said {
        lines.extend(
            text.map(|text| told(format!("  {en}: {text}"), format!("  {zh}：{text}")).to_string()),
        );
    }
    lines.join("\n")
}

fn for_programs(query: &SavedQuery) -> Value {
    json!({
        "name": query.name,
        "text": query.text,
        "canonical": query.canonical,
        "lang": query.lang,
        "language_version": query.language_version,
        "created_at": query.created_at,
        "note": query.note,
    })
}
