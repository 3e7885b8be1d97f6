use std::path::PathBuf;

use serde_json::{Value, json};
use zhenzhi::store::{Conflict, Merged, Store, StoreError};

use crate::cli::Listing;
use crate::exit::Exit;
use crate::output::{complain, counted, print};
use crate::upgrade;

/// Put the reports of other stores into one
///
/// A report that is there already, by its file or by its text, comes once. What two reports say differently both stays,
/// and is listed; the view v_conflicts has it all. A file whose name is taken comes under the name of its store.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store that gets the reports; it is made where there is none
    into: PathBuf,
    /// The stores that they come from, which are only read
    #[arg(required = true)]
    from: Vec<PathBuf>,
    /// How to print what came of it
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    format: Listing,
}

pub(crate) fn run(args: &Args) -> Exit {
    let into = match upgrade::open_or_create(&args.into) {
        Ok(store) => store,
        Err(error) => {
            complain(error);
            return Exit::Store;
        }
    };
    let (mut exit, mut all) = (Exit::Done, Vec::new());
    for path in &args.from {
        let merged = Store::open_read_only(path).and_then(|from| merge(&into, &from));
        match merged {
            Ok(merged) => {
                for (name, reason) in &merged.failed {
                    complain(format_args!("{}: {name}: {reason}", path.display()));
                    exit = Exit::Input;
                }
                let name = path.display().to_string();
                match args.format {
                    Listing::Table => print(for_people(&name, &merged)),
                    Listing::Json => all.push(for_programs(&name, &merged)),
                }
            }
            Err(error) => {
                complain(error);
                return Exit::Store;
            }
        }
    }
    if args.format == Listing::Json {
        print(format_args!("{:#}", json!(all)));
    }
    exit
}

fn merge(into: &Store, from: &Store) -> Result<Merged, StoreError> {
    into.merge(from)
}

fn for_people(name: &str, merged: &Merged) -> String {
    let mut lines = vec![format!(
        "{name}: {} new, {} there already",
        counted(merged.added.len(), "document"),
        merged.known.len()
    )];
    for (old, new) in &merged.renamed {
        lines.push(format!("  {old} is {new} here, since that name is taken"));
    }
    if !merged.queries.is_empty() {
        lines.push(format!(
            "  saved questions: @{}",
            merged.queries.join(", @")
        ));
    }
    if !merged.scripts.is_empty() {
        lines.push(format!("  report scripts: {}", merged.scripts.join(", ")));
    }
    for script in &merged.other_scripts {
        lines.push(format!(
            "  the script {script} has other words there; the one here stays"
        ));
    }
    for query in &merged.other_queries {
        lines.push(format!(
            "  @{query} means something else there; the one here stays"
        ));
    }
    if !merged.conflicts.is_empty() {
        let count = counted(merged.conflicts.len(), "conflict");
        lines.push(format!("  {count}; all figures are kept:"));
    }
    for conflict in &merged.conflicts {
        lines.push(format!(
            "    {} {} {} ({})",
            conflict.place, conflict.year, conflict.indicator, conflict.status
        ));
        let unit = conflict.unit.as_deref().unwrap_or_default();
        for (document, value, quote) in &conflict.figures {
            lines.push(format!(
                "      {value} {unit}  “{}” ({document})",
                one_line(quote)
            ));
        }
    }
    lines.join("\n")
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

fn for_programs(name: &str, merged: &Merged) -> Value {
    let pairs = |pairs: &[(String, String)], first: &str, second: &str| -> Vec<Value> {
        let pair = |(one, other): &(String, String)| json!({first: one, second: other});
        pairs.iter().map(pair).collect()
    };
    json!({
        "from": name,
        "added": merged.added,
        "known": pairs(&merged.known, "document", "here"),
        "renamed": pairs(&merged.renamed, "document", "here"),
        "failed": pairs(&merged.failed, "document", "reason"),
        "saved_queries": merged.queries,
        "other_saved_queries": merged.other_queries,
        "scripts": merged.scripts,
        "other_scripts": merged.other_scripts,
        "conflicts": merged.conflicts.iter().map(conflict).collect::<Vec<_>>(),
    })
}

fn conflict(conflict: &Conflict) -> Value {
    let figures: Vec<Value> = conflict
        .figures
        .iter()
        .map(|(document, value, quote)| json!({"document": document, "value": value, "quote": quote}))
        .collect();
    json!({
        "place": conflict.place,
        "indicator": conflict.indicator,
        "year": conflict.year,
        "status": conflict.status,
        "unit": conflict.unit,
        "figures": figures,
    })
}
