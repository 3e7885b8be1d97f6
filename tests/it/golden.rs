//! What each stage makes of each sample, as golden files in `tests/it/golden/`.
//!
//! `INSTA_UPDATE=always cargo test golden` writes them anew; read the difference before keeping it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use zhenzhi::fact::{Metric, Task};
use zhenzhi::reading::{Reading, Report, read};

fn samples() -> Vec<(String, Reading)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 5, "the samples are missing");
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let reading = read(&fs::read(&path).unwrap()).unwrap();
            (name, reading)
        })
        .collect()
}

/// One golden file a sample.
fn check(stage: &str, shown: impl Fn(&Reading) -> String) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, reading) in samples() {
            insta::assert_snapshot!(format!("{name}.{stage}"), shown(&reading));
        }
    });
}

#[test]
fn decode() {
    check("decode", |reading| {
        let source = &reading.source;
        format!(
            "{} {}\n{}",
            source.format.as_str(),
            source.encoding,
            source.clean.as_str()
        )
    });
}

#[test]
fn document() {
    check("document", |reading| {
        reading.reports.iter().map(outline).collect()
    });
}

fn outline(report: &Report) -> String {
    let document = &report.document;
    let mut out = format!("{:#?}\n", document.session);
    for section in &document.sections {
        let _ = writeln!(
            out,
            "{}{} {} {}..{}",
            "  ".repeat(usize::from(section.level) - 1),
            section.kind.as_str(),
            section.title.as_deref().unwrap_or("-"),
            section.span.start,
            section.span.end
        );
    }
    let _ = writeln!(out, "{} sentences", document.sentences.len());
    for doubt in &document.doubts {
        let _ = writeln!(out, "{doubt:?}");
    }
    out
}

#[test]
fn extract() {
    check("extract", |reading| {
        reading.reports.iter().map(facts).collect()
    });
}

fn facts(report: &Report) -> String {
    let facts = &report.facts;
    let mut out = String::new();
    for metric in &facts.metrics {
        let _ = writeln!(out, "{}", figure(metric));
    }
    for task in &facts.tasks {
        let _ = writeln!(out, "{}", promise(task));
    }
    for doubt in &facts.doubts {
        let _ = writeln!(out, "{doubt:?}");
    }
    out
}

/// Every field but the quote, which the span gives.
fn figure(metric: &Metric) -> String {
    format!(
        "{}..{} [{}] {} | {:?} = {:?} {:?} {:?} {} | {:?} {:?} | {} {:?} {} | {:?} {:?} | §{:?} {}",
        metric.span.start,
        metric.span.end,
        metric.indicator.as_deref().unwrap_or("-"),
        metric.label,
        metric.number,
        metric.value,
        metric.value_high,
        metric.unit,
        metric.bound.as_str(),
        metric.growth.map(|growth| growth.amount),
        metric.growth.map(|growth| (
            growth.kind(),
            growth.points_against(),
            growth.stored_bound(),
            growth.to
        )),
        metric.status.as_str(),
        metric.year,
        metric.period.name(),
        metric.completion,
        metric.rank,
        metric.section,
        metric.rule
    )
}

fn promise(task: &Task) -> String {
    format!(
        "task {}..{} {:?} {} | {:?} {:?} | §{:?}",
        task.span.start,
        task.span.end,
        task.topic,
        task.text,
        task.deadline,
        task.deadline_on,
        task.section
    )
}
