//! A file that was read → one HTML page: the report with every figure and section marked, to check by looking.

use std::fmt::Write;

use super::html::escape;
use super::{cell, number};
use crate::document::Section;
use crate::fact::{Against, Metric, SectionType, Span};
use crate::query::Lang;
use crate::reading::{Reading, Report};

const STYLE: &str = include_str!("reading.css");

/// The page of a file: each section in the colour of its type, each number marked, and under each section its figures
/// in order, with the rule that made each.
#[must_use]
pub fn page(name: &str, reading: &Reading) -> String {
    // The folder says nothing of the report.
    let title = escape(name.rsplit(['/', '\\']).next().unwrap_or(name));
    // Writing to a string cannot fail, here and below.
    let mut out = format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{LEGEND}"
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
        let (figures, tasks) = (report.facts.metrics.len(), report.facts.tasks.len());
        let _ = writeln!(
            out,
            "<h2>{} {year}</h2>\n<p class=\"kind\">{figures}个数字，{tasks}项任务 · {figures} figures, {tasks} tasks</p>",
            escape(place),
        );
        for doubt in report.document.doubts.iter().chain(&report.facts.doubts) {
            let _ = writeln!(
                out,
                "<p class=\"doubt\"><b>{}</b> {}</p>",
                doubt.code.as_str(),
                escape(&doubt.message_zh)
            );
        }
        for at in 0..report.document.sections.len() {
            section(&mut out, reading, report, at);
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// What the colours mean.
const LEGEND: &str = "<p class=\"legend\"><mark class=\"indicator\">列入指标库</mark> of the vocabulary \
    <mark class=\"figure\">其他数字</mark> other figure <mark class=\"growth\">只有增速</mark> growth alone</p>\n";

/// A type of section as people name it.
const fn kind_zh(kind: SectionType) -> &'static str {
    match kind {
        SectionType::Front => "文首",
        SectionType::Review => "工作回顾",
        SectionType::Problems => "困难和问题",
        SectionType::Plan => "工作安排",
        SectionType::Targets => "预期目标",
        SectionType::Guideline => "总体要求",
        SectionType::Closing => "结语",
    }
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
        "<section class=\"{0}\"><div class=\"kind\">{1} · {0} · {2}</div>\n<p>",
        own.kind.as_str(),
        kind_zh(own.kind),
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
            let (said, rule) = (escape(&line(metric)), escape(&more(metric)));
            let _ = writeln!(out, "<li>{said} <small>{rule}</small></li>");
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
        out.push_str(&prose(reading.source.quote(Span::new(at, number.start))));
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
            escape(&format!("{} ({})", line(metric), more(metric))),
            k + 1
        );
        at = number.end;
    }
    out.push_str(&prose(
        reading.source.quote(Span::new(at, span.end.max(at))),
    ));
    debug_assert!(section.span.end >= span.end);
}

/// Text with its line breaks, without the blank lines between.
fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_blank = false;
    for line in text.split_inclusive('\n') {
        let was_blank = std::mem::replace(&mut is_blank, line.trim().is_empty());
        let is_more = is_blank && (was_blank || out.ends_with('\n'));
        if !is_more {
            out.push_str(line);
        }
    }
    escape(&out)
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

/// `税收收入 18亿元 +36.8% 2019年 预计`.
fn line(metric: &Metric) -> String {
    let unit = metric.unit.as_deref().unwrap_or_default();
    let mut parts = vec![metric.label.clone()];
    if let Some(value) = metric.value {
        let high = metric.value_high.map_or(String::new(), |high| {
            format!("–{}", number::alone(high, unit, Lang::Zh))
        });
        let sign = cell::bound_sign(metric.bound.as_str());
        let value = number::alone(value, unit, Lang::Zh);
        parts.push(format!("{sign}{value}{high}"));
    }
    if let Some(growth) = &metric.growth {
        let unit = if growth.points { "百分点" } else { "%" };
        let sign = cell::bound_sign(growth.bound.as_str());
        let high = growth.to.map_or(String::new(), |to| {
            format!("–{}", number::growth(to, unit, Lang::Zh))
        });
        let amount = number::growth(growth.amount, unit, Lang::Zh);
        let against = match growth.against {
            Against::YearBefore => String::new(),
            other => format!("（{}）", other.as_str()),
        };
        parts.push(format!("{sign}{amount}{high}{against}"));
    }
    if let Some(completion) = metric.completion {
        parts.push(format!("完成{completion}%"));
    }
    parts.extend(metric.rank.clone());
    parts.extend(metric.year.map(|year| format!("{year}年")));
    parts.push(cell::status_word(metric.status.as_str(), Lang::Zh).to_owned());
    parts.join(" ")
}

/// What only one who checks the reader wants: `tax_revenue · year · subject before`.
fn more(metric: &Metric) -> String {
    let indicator = metric.indicator.as_deref().unwrap_or("—");
    format!("{indicator} · {} · {}", metric.period.name(), metric.rule)
}
