use std::path::PathBuf;

use serde_json::{Value, json};
use zhenzhi::store::{Difference, ReportLine, Store, StoreError};

use crate::changes::{self, named};
use crate::cli::Listing;
use crate::exit::{Exit, end};
use crate::language::{Tongue, told};
use crate::output::{counted, print, print_json};

/// Say what changes from one store to another: reports and figures added, changed, gone
///
/// Reports are held side by side by their content, then by place and year; where a figure stands in its text does not
/// count.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The one store
    a: PathBuf,
    /// The other
    b: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    format: Listing,
    /// Exit with 1 where they differ
    #[arg(long)]
    exit_status: bool,
    #[command(flatten)]
    tongue: Tongue,
}

pub(crate) fn run(args: &Args) -> Exit {
    args.tongue.speak();
    end(diff(args))
}

fn diff(args: &Args) -> Result<Exit, StoreError> {
    let difference = Store::open_read_only(&args.a)?.diff(&Store::open_read_only(&args.b)?)?;
    match args.format {
        Listing::Table => print(for_people(&difference)),
        Listing::Json => print_json(&for_programs(&difference)),
    }
    Ok(if args.exit_status && !difference.is_nothing() {
        Exit::NoRow
    } else {
        Exit::Done
    })
}

fn for_people(difference: &Difference) -> String {
    let (same, changed) = (difference.same, difference.changed.len());
    let (added, gone) = (difference.added.len(), difference.gone.len());
    let first = told(
        format!("reports: {same} the same, {changed} changed, {added} added, {gone} gone"),
        format!("报告：相同{same}份，改变{changed}份，新增{added}份，减少{gone}份"),
    );
    let mut lines = vec![first.to_string()];
    for (sign, reports) in [('+', &difference.added), ('-', &difference.gone)] {
        for report in reports {
            let name = named(
                report.place.as_deref(),
                report.review_year,
                &report.document,
            );
            let (figures, tasks) = (report.figures, report.tasks);
            let line = told(
                format!(
                    "{sign} {name}: {}, {}",
                    counted(figures, "figure"),
                    counted(tasks, "task")
                ),
                format!("{sign} {name}：{figures}个数字，{tasks}项任务"),
            );
            lines.push(line.to_string());
        }
    }
    for changed in &difference.changed {
        let mut of_report = changes::for_people(changed).into_iter();
        lines.extend(of_report.next().map(|name| format!("~ {name}")));
        lines.extend(of_report);
    }
    for (sign, names) in [
        ('+', &difference.queries_added),
        ('-', &difference.queries_gone),
        ('~', &difference.queries_changed),
    ] {
        lines.extend(names.iter().map(|name| format!("{sign} @{name}")));
    }
    lines.join("\n")
}

fn for_programs(difference: &Difference) -> Value {
    let lines = |reports: &[ReportLine]| -> Vec<Value> {
        reports
            .iter()
            .map(|report| {
                json!({
                    "place": report.place,
                    "review_year": report.review_year,
                    "document": report.document,
                    "figures": report.figures,
                    "tasks": report.tasks,
                })
            })
            .collect()
    };
    let changed = difference.changed.iter().map(changes::for_programs);
    json!({
        "same": difference.same,
        "added": lines(&difference.added),
        "gone": lines(&difference.gone),
        "changed": changed.collect::<Vec<_>>(),
        "saved_queries": {
            "added": difference.queries_added,
            "gone": difference.queries_gone,
            "changed": difference.queries_changed,
        },
    })
}
