//! What one file says, as JSON. The keys are those of the store's columns.

use serde_json::{Value, json};
use zhenzhi::document::Section;
use zhenzhi::fact::{Doubt, Growth, Metric, Session, Task};
use zhenzhi::reading::{Reading, Report};

pub(crate) fn file(name: &str, size_bytes: usize, reading: &Reading) -> String {
    let file = json!({
        "name": name,
        "format": reading.source.format.as_str(),
        "encoding": reading.source.encoding,
        "size_bytes": size_bytes,
        "reports": reading.reports.iter().map(of_report).collect::<Vec<_>>(),
    });
    format!("{file:#}")
}

fn of_report(report: &Report) -> Value {
    let (document, facts) = (&report.document, &report.facts);
    let doubts = document.doubts.iter().chain(&facts.doubts);
    json!({
        "ordinal": document.ordinal,
        "start": document.span.start,
        "end": document.span.end,
        "session": of_session(&document.session),
        "sections": document.sections.iter().map(of_section).collect::<Vec<_>>(),
        "metrics": facts.metrics.iter().map(of_metric).collect::<Vec<_>>(),
        "tasks": facts.tasks.iter().map(of_task).collect::<Vec<_>>(),
        "doubts": doubts.map(of_doubt).collect::<Vec<_>>(),
    })
}

fn of_session(session: &Session) -> Value {
    let town = session.place.as_ref().map(|place| {
        json!({
            "name": place.name,
            "kind": place.kind.as_str(),
            "code": place.code,
            "county": place.county,
            "city": place.city,
            "province": place.province,
        })
    });
    json!({
        "town": town,
        "title": session.title,
        "congress": session.congress,
        "meeting": session.meeting,
        "held_on": session.held_on,
        "speaker": session.speaker,
        "speaker_title": session.speaker_title,
        "review_year": session.review_year,
        "plan_year": session.plan_year,
        "stated_year": session.stated_year,
        "year_ground": session.year_ground,
    })
}

/// `parent` is the ordinal of the section that holds it, as in the other parts `section`.
fn of_section(section: &Section) -> Value {
    json!({
        "parent": section.parent.map(ordinal),
        "level": section.level,
        "type": section.kind.as_str(),
        "heading": section.title,
        "start": section.span.start,
        "end": section.span.end,
    })
}

fn of_metric(metric: &Metric) -> Value {
    let growth = metric.growth.as_ref();
    json!({
        "section": metric.section.map(ordinal),
        "indicator": metric.indicator,
        "label": metric.label,
        "number": metric.number,
        "value": metric.value,
        "value_high": metric.value_high,
        "unit": metric.unit,
        "bound": metric.bound.as_str(),
        "growth": growth.map(|growth| growth.amount),
        "growth_to": growth.and_then(|growth| growth.to),
        "growth_bound": growth.and_then(Growth::stored_bound),
        "growth_kind": growth.map(Growth::kind),
        "points_against": growth.and_then(Growth::points_against),
        "status": metric.status.as_str(),
        "year": metric.year,
        "period": metric.period.name(),
        "completion": metric.completion,
        "rank": metric.rank,
        "quote": metric.quote,
        "start": metric.span.start,
        "end": metric.span.end,
        "rule": metric.rule,
    })
}

fn of_task(task: &Task) -> Value {
    json!({
        "section": task.section.map(ordinal),
        "topic": task.topic,
        "text": task.text,
        "deadline": task.deadline,
        "deadline_on": task.deadline_on,
        "start": task.span.start,
        "end": task.span.end,
    })
}

fn of_doubt(doubt: &Doubt) -> Value {
    json!({
        "code": doubt.code.as_str(),
        "message": doubt.message,
        "message_zh": doubt.message_zh,
        "start": doubt.span.map(|span| span.start),
        "end": doubt.span.map(|span| span.end),
    })
}

/// Sections are counted from 1, as in the store.
fn ordinal(index: usize) -> usize {
    index + 1
}
