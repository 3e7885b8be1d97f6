use std::path::PathBuf;

use serde_json::{Value, json};
use zhenzhi::fact::Indicator;
use zhenzhi::query::Lang;
use zhenzhi::render::{self, visible_in_line};
use zhenzhi::store::{Conflict, Merged, Store, StoreError};

use crate::cli::Listing;
use crate::exit::{Exit, end};
use crate::language::{Tongue, joined, told};
use crate::output::{complain, counted, print, print_json};
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
    #[command(flatten)]
    tongue: Tongue,
}

pub(crate) fn run(args: &Args) -> Exit {
    args.tongue.speak();
    end(merge(args))
}

fn merge(args: &Args) -> Result<Exit, StoreError> {
    let into = upgrade::open_or_create(&args.into)?;
    let names: Vec<Indicator> = into.vocabulary()?;
    let (mut exit, mut all) = (Exit::Done, Vec::new());
    for path in &args.from {
        let merged = into.merge(&Store::open_read_only(path)?)?;
        for (name, [en, zh]) in &merged.failed {
            let path = path.display();
            complain(told(
                format!("{path}: {name}: {en}"),
                format!("{path}：{name}：{zh}"),
            ));
            exit = Exit::Input;
        }
        let name = path.display().to_string();
        match args.format {
            Listing::Table => print(for_people(&name, &merged, &names)),
            Listing::Json => all.push(for_programs(&name, &merged)),
        }
    }
    if args.format == Listing::Json {
        print_json(&json!(all));
    }
    into.finish()?;
    Ok(exit)
}

/// So many conflicts are listed for people; of large stores there are thousands.
const MOST: usize = 10;

fn for_people(name: &str, merged: &Merged, names: &[Indicator]) -> String {
    let (added, known) = (merged.added.len(), merged.known.len());
    let mut lines = vec![told(
        format!(
            "{name}: {} new, {known} there already",
            counted(added, "document")
        ),
        format!("{name}：新增{added}个文件，已有{known}个"),
    )];
    for (old, new) in &merged.renamed {
        lines.push(told(
            format!("  {old} is {new} here, since that name is taken"),
            format!("  {old}在此改名为{new}，原名已被占用"),
        ));
    }
    if !merged.queries.is_empty() {
        lines.push(told(
            format!("  saved questions: @{}", merged.queries.join(", @")),
            format!("  保存的问句：@{}", merged.queries.join("、@")),
        ));
    }
    if !merged.scripts.is_empty() {
        lines.push(told(
            format!("  report scripts: {}", merged.scripts.join(", ")),
            format!("  报告脚本：{}", merged.scripts.join("、")),
        ));
    }
    for script in &merged.other_scripts {
        lines.push(told(
            format!("  the script {script} has other words there; the one here stays"),
            format!("  脚本{script}在两处内容不同；保留本库的"),
        ));
    }
    for query in &merged.other_queries {
        lines.push(told(
            format!("  @{query} means something else there; the one here stays"),
            format!("  @{query}在两处含义不同；保留本库的"),
        ));
    }
    let conflicts = merged.conflicts.len();
    if conflicts > 0 {
        lines.push(told(
            format!(
                "  {}; all figures are kept:",
                counted(conflicts, "conflict")
            ),
            format!("  {conflicts}处冲突；各数字均保留："),
        ));
    }
    for conflict in merged.conflicts.iter().take(MOST) {
        let Conflict {
            place,
            year,
            indicator,
            status,
            ..
        } = conflict;
        let known = names.iter().find(|known| known.id == *indicator);
        let (en, zh) = known.map_or((indicator, indicator), |known| {
            (&known.name_en, &known.name_zh)
        });
        let status_zh = match status.as_str() {
            "actual" => "实际",
            "estimate" => "预计",
            "target" => "目标",
            other => other,
        };
        lines.push(told(
            format!("    {} {year} {en} ({status})", visible_in_line(place)),
            format!("    {} {year} {zh}（{status_zh}）", visible_in_line(place)),
        ));
        let unit = conflict.unit.as_deref().unwrap_or_default();
        let said = |value, lang| render::number::alone(value, unit, lang);
        for (document, value, quote) in &conflict.figures {
            let (quote, document) = (one_line(quote), visible_in_line(document));
            lines.push(told(
                format!("      {}  “{quote}” ({document})", said(*value, Lang::En)),
                format!("      {}  “{quote}”（{document}）", said(*value, Lang::Zh)),
            ));
        }
    }
    let more = conflicts.saturating_sub(MOST);
    if more > 0 {
        lines.push(told(
            format!("    and {more} more, in the view v_conflicts (--format json lists all)"),
            format!("    另有{more}处，见视图“冲突”（--format json可全部列出）"),
        ));
    }
    joined(&lines)
}

fn one_line(text: &str) -> String {
    let line: String = text.lines().map(str::trim).collect();
    visible_in_line(&line).into_owned()
}

fn for_programs(name: &str, merged: &Merged) -> Value {
    let pairs = |pairs: &[(String, String)], first: &str, second: &str| -> Vec<Value> {
        let pair = |(one, other): &(String, String)| json!({first: one, second: other});
        pairs.iter().map(pair).collect()
    };
    let failed: Vec<Value> = merged
        .failed
        .iter()
        .map(|(document, [reason, _])| json!({"document": document, "reason": reason}))
        .collect();
    json!({
        "from": name,
        "added": merged.added,
        "known": pairs(&merged.known, "document", "here"),
        "renamed": pairs(&merged.renamed, "document", "here"),
        "failed": failed,
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
