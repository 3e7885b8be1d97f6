use std::fmt::Write;
use std::path::PathBuf;

use zhenzhi::document::Section;
use zhenzhi::extract::trace;
use zhenzhi::fact::{Against, Bound, Doubt, Growth, Metric, Session, Task};
use zhenzhi::import::load;
use zhenzhi::reading::{Reading, Report, read_named};
use zhenzhi::render;

use crate::cli::Listing;
use crate::exit::Exit;
use crate::language::{Tongue, told};
use crate::output::{complain, counted, print};
use crate::read_json;

/// Say what one file says, without a store: its reports, their sections, figures, tasks and doubts
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file
    file: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    format: Listing,
    /// Show each sentence with its mentions, the rules that fired and the figures they made
    #[arg(long, conflicts_with = "html")]
    trace: bool,
    /// Print the whole report as one HTML page with every figure and section marked
    #[arg(long)]
    html: bool,
    #[command(flatten)]
    tongue: Tongue,
}

pub(crate) fn run(args: &Args) -> Exit {
    args.tongue.speak();
    let name = args.file.display().to_string();
    let bytes = match load(&args.file) {
        Ok(bytes) => bytes,
        Err(reason) => {
            complain(told(
                format!("{name}: {reason}"),
                format!("{name}：{}", reason.zh()),
            ));
            return Exit::Input;
        }
    };
    match read_named(&bytes, &name) {
        Ok(reading) => {
            match args.format {
                _ if args.html => print(render::reading_page(&name, &reading)),
                _ if args.trace => print(traced(&reading).trim_end()),
                Listing::Table => print(listing(&name, &reading).trim_end()),
                Listing::Json => print(read_json::file(&name, bytes.len(), &reading)),
            }
            Exit::Done
        }
        Err(error) => {
            complain(told(
                format!("{name}: {error}"),
                format!("{name}：{}", error.zh()),
            ));
            Exit::Input
        }
    }
}

fn listing(name: &str, reading: &Reading) -> String {
    let source = &reading.source;
    let mut out = format!(
        "{name}: {}, {}, {}, {}\n",
        source.format.as_str(),
        source.encoding,
        counted(source.text.chars().count(), "character"),
        counted(reading.reports.len(), "report")
    );
    for report in &reading.reports {
        // Writing to a string cannot fail, here and below.
        let _ = write!(out, "\n{}", of_report(report));
    }
    out
}

/// Each sentence with what was found in it.
fn traced(reading: &Reading) -> String {
    let mut out = String::new();
    for report in &reading.reports {
        for trace in trace(&reading.source, &report.document) {
            let _ = writeln!(
                out,
                "{}-{} {}: {}",
                trace.span.start,
                trace.span.end,
                trace.section.as_str(),
                trace.text
            );
            for (text, what) in &trace.mentions {
                let _ = writeln!(out, "    {text}  {what}");
            }
            for metric in &trace.metrics {
                let _ = writeln!(out, "  = {}  <{}>", of_metric(metric), metric.rule);
            }
            out.push('\n');
        }
    }
    out
}

fn of_report(report: &Report) -> String {
    let (document, facts) = (&report.document, &report.facts);
    let mut out = of_session(&document.session);
    let doubts = document.doubts.iter().chain(&facts.doubts);
    let blocks: [(&str, Vec<String>); 4] = [
        (
            "sections",
            document.sections.iter().map(of_section).collect(),
        ),
        ("figures", facts.metrics.iter().map(of_metric).collect()),
        ("tasks", facts.tasks.iter().map(of_task).collect()),
        ("doubts", doubts.map(of_doubt).collect()),
    ];
    for (name, lines) in blocks {
        let _ = writeln!(out, "  {name}: {}", lines.len());
        for line in lines {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

fn of_session(session: &Session) -> String {
    let place = session.place.as_ref();
    let mut out = place.map_or_else(|| "unknown place".into(), |place| place.name.clone());
    if let Some(year) = session.review_year {
        let _ = write!(out, " {year}");
    }
    out.push('\n');
    let around = place.map(|place| {
        let parts = [&place.county, &place.city, &place.province];
        let parts: Vec<&str> = parts.into_iter().filter_map(Option::as_deref).collect();
        parts.join(", ")
    });
    let meeting = match (session.congress, session.meeting) {
        (Some(congress), Some(meeting)) => Some(format!("第{congress}届第{meeting}次")),
        (Some(congress), None) => Some(format!("第{congress}届")),
        _ => None,
    };
    let lines = [
        ("in", around.filter(|around| !around.is_empty())),
        ("code", place.and_then(|place| place.code.clone())),
        ("title", session.title.as_deref().map(one_line)),
        ("congress", meeting),
        ("held on", session.held_on.clone()),
        ("speaker", session.speaker.clone()),
        ("office", session.speaker_title.as_deref().map(one_line)),
        ("plans", session.plan_year.map(|year| year.to_string())),
        (
            "says it is of",
            session.stated_year.map(|year| year.to_string()),
        ),
        (
            "year settled by",
            session.year_ground.as_deref().map(one_line),
        ),
    ];
    for (label, text) in lines {
        if let Some(text) = text {
            let _ = writeln!(out, "  {label}: {text}");
        }
    }
    out
}

fn of_section(section: &Section) -> String {
    let indent = "  ".repeat(usize::from(section.level.saturating_sub(1)));
    let heading = section
        .title
        .as_deref()
        .map_or_else(|| "(no heading)".into(), one_line);
    format!("{indent}{}: {heading}", section.kind.as_str())
}

/// `2023 estimate 税收收入 [tax_revenue]: 14.5亿元 = 1450000000 元, +36.3 %`
fn of_metric(metric: &Metric) -> String {
    let mut out = String::new();
    if let Some(year) = metric.year {
        let _ = write!(out, "{year} ");
    }
    let _ = write!(
        out,
        "{} {}",
        metric.status.as_str(),
        one_line(&metric.label)
    );
    if let Some(indicator) = &metric.indicator {
        let _ = write!(out, " [{indicator}]");
    }
    let mut parts = Vec::new();
    if let Some(value) = metric.value {
        let number = metric.number.as_deref().map(one_line).unwrap_or_default();
        let high = metric
            .value_high
            .map_or(String::new(), |high| format!("..{high}"));
        let unit = metric.unit.as_deref().unwrap_or_default();
        parts.push(format!(
            "{number} = {}{value}{high} {unit}",
            bound_sign(metric.bound)
        ));
    }
    parts.extend(metric.growth.as_ref().map(of_growth));
    if let Some(completion) = metric.completion {
        parts.push(format!("{completion} % of the task"));
    }
    if let Some(rank) = &metric.rank {
        parts.push(one_line(rank));
    }
    let period = metric.period.name().into_owned();
    if period != "year" {
        parts.push(period);
    }
    let _ = write!(out, ": {}", parts.join(", "));
    out
}

const fn bound_sign(bound: Bound) -> &'static str {
    match bound {
        Bound::Eq | Bound::Range => "",
        Bound::Approx => "~",
        Bound::Gt => ">",
        Bound::Ge => "≥",
        Bound::Lt => "<",
        Bound::Le => "≤",
    }
}

fn of_growth(growth: &Growth) -> String {
    let unit = if growth.points { "points" } else { "%" };
    let against = match growth.against {
        Against::Average => " a year",
        Against::Earlier => " since an earlier year",
        Against::YearBefore => "",
    };
    let high = growth.to.map_or(String::new(), |to| format!("..{to:+}"));
    let sign = bound_sign(growth.bound);
    format!("{sign}{:+}{high} {unit}{against}", growth.amount)
}

fn of_task(task: &Task) -> String {
    let deadline = match (&task.deadline_on, &task.deadline) {
        (Some(day), _) => format!(" (by {day})"),
        (None, Some(written)) => format!(" ({written})"),
        (None, None) => String::new(),
    };
    format!("{}{deadline}", one_line(&task.text))
}

fn of_doubt(doubt: &Doubt) -> String {
    format!("{}: {}", doubt.code.as_str(), one_line(&doubt.message))
}

/// A quote without its line breaks; in Chinese text a break stands for nothing, so none is put in its place.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect()
}
