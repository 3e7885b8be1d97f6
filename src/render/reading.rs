//! A file that was read → one HTML page: the report with every figure and section marked, to check by looking.

use std::fmt::Write;

use crate::document::Section;
use crate::fact::{Metric, Span};
use crate::reading::{Reading, Report};

const STYLE: &str = "body{font:16px/1.8 'Noto Serif CJK SC','Songti SC',SimSun,serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222;background:#fff}
section{border-left:.35em solid #bbb;padding-left:1em;margin:1em 0}
section.review{border-color:#4a7}section.problems{border-color:#c55}section.plan{border-color:#47c}section.targets{border-color:#84c}section.guideline{border-color:#8ad}section.front,section.closing{border-color:#ccc;color:#555}
.kind{font:12px sans-serif;color:#888}p{white-space:pre-wrap;margin:.4em 0}
mark{background:#fe9}mark.indicator{background:#9e9}mark.growth{background:#bdf}
ol{font:13px/1.5 sans-serif;color:#333;background:#f7f7f7;padding:.5em 1em .5em 3em}
@media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}mark{color:#000}ol{background:#222;color:#ccc}}";

/// The page of a file: each section in the colour of its type, each number marked, and under each section its figures
/// in order, with the rule that made each.
#[must_use]
pub fn page(name: &str, reading: &Reading) -> String {
    let mut out = String::new();
    let title = escape(name);
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"zh\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n"
    );
    for report in &reading.reports {
        let session = &report.document.session;
        let place = session
            .place
            .as_ref()
            .map_or("?", |place| place.name.as_str());
        let year = session
            .review_year
            .map_or("?".into(), |year| year.to_string());
        let count = report.facts.metrics.len();
        let _ = writeln!(
            out,
            "<h2>{} {year}</h2>\n<p class=\"kind\">{count} figures, {} tasks</p>",
            escape(place),
            report.facts.tasks.len()
        );
        for doubt in report.document.doubts.iter().chain(&report.facts.doubts) {
            let _ = writeln!(
                out,
                "<p class=\"kind\">{}: {}</p>",
                doubt.code.as_str(),
                escape(&doubt.message)
            );
        }
        for at in 0..report.document.sections.len() {
            section(&mut out, reading, report, at);
        }
    }
    out.push_str("</html>\n");
    out
}

/// A section's own text, up to its first child.
fn section(out: &mut String, reading: &Reading, report: &Report, at: usize) {
    let sections = &report.document.sections;
    let own = &sections[at];
    let end = sections
        .get(at + 1)
        .map_or(own.span.end, |next| own.span.end.min(next.span.start));
    let span = Span::new(own.span.start, end);
    let _ = write!(
        out,
        "<section class=\"{}\"><div class=\"kind\">{} · level {}</div>\n<p>",
        own.kind.as_str(),
        own.kind.as_str(),
        own.level
    );
    let here = |metric: &&Metric| metric.section == Some(at);
    let mut metrics: Vec<&Metric> = report.facts.metrics.iter().filter(here).collect();
    metrics.sort_by_key(|metric| number_span(reading, metric).start);
    marked(out, reading, span, &metrics, own);
    out.push_str("</p>\n");
    if !metrics.is_empty() {
        out.push_str("<ol>");
        for metric in &metrics {
            let _ = writeln!(out, "<li>{}</li>", escape(&line(metric)));
        }
        out.push_str("</ol>");
    }
    out.push_str("</section>\n");
}

/// The text of a span with the numbers of its figures marked and numbered.
fn marked(out: &mut String, reading: &Reading, span: Span, metrics: &[&Metric], section: &Section) {
    let mut at = span.start;
    for (k, metric) in metrics.iter().enumerate() {
        let number = number_span(reading, metric);
        if number.start < at || number.end > span.end {
            continue;
        }
        out.push_str(&escape(reading.source.quote(Span::new(at, number.start))));
        let class = if metric.value.is_none() {
            "growth"
        } else if metric.indicator.is_some() {
            "indicator"
        } else {
            "figure"
        };
        let text = escape(reading.source.quote(number));
        let _ = write!(
            out,
            "<mark class=\"{class}\" title=\"{}\">{text}<sup>{}</sup></mark>",
            escape(&line(metric)),
            k + 1
        );
        at = number.end;
    }
    out.push_str(&escape(
        reading.source.quote(Span::new(at, span.end.max(at))),
    ));
    debug_assert!(section.span.end >= span.end);
}

/// Where a figure's number stands: the last place of it in the quote; the end of the quote for a growth alone.
fn number_span(reading: &Reading, metric: &Metric) -> Span {
    let quote = reading.source.quote(metric.span);
    let found = metric
        .number
        .as_deref()
        .and_then(|number| Some((quote.rfind(number)?, number)));
    match found {
        Some((at, number)) => {
            let start = metric.span.start + quote[..at].chars().count();
            Span::new(start, start + number.chars().count())
        }
        None => Span::new(
            metric.span.end.saturating_sub(4).max(metric.span.start),
            metric.span.end,
        ),
    }
}

/// One line that says all of a figure.
fn line(metric: &Metric) -> String {
    let mut out = format!(
        "{} {} {}",
        metric.year.map_or(String::new(), |year| year.to_string()),
        metric.status.as_str(),
        metric.label
    );
    if let Some(indicator) = &metric.indicator {
        let _ = write!(out, " [{indicator}]");
    }
    if let Some(value) = metric.value {
        let high = metric
            .value_high
            .map_or(String::new(), |high| format!("..{high}"));
        let _ = write!(
            out,
            " = {value}{high} {} ({})",
            metric.unit.as_deref().unwrap_or_default(),
            metric.bound.as_str()
        );
    }
    if let (Some(growth), Some(kind)) = (metric.growth, metric.growth_kind) {
        let _ = write!(out, " growth {growth:+} {}", kind.as_str());
    }
    if let Some(completion) = metric.completion {
        let _ = write!(out, " completion {completion} %");
    }
    if let Some(rank) = &metric.rank {
        let _ = write!(out, " rank {rank}");
    }
    let _ = write!(out, " · {} · {}", metric.period.name(), metric.rule);
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
