//! Web pages, Word documents and PDF say what the text says that is in them.

mod pages;
mod pdf;
mod word;

use zhenzhi::decode::Format;
use zhenzhi::fact::{Metric, Span, Task};
use zhenzhi::reading::{Reading, read, read_named};

use pages::MODERN;
use pdf::{PRINTED, printed};
use word::document;

const SAMPLE: &str = include_str!("../../../samples/云塘镇-2023.txt");

fn lines() -> impl Iterator<Item = &'static str> {
    SAMPLE.lines().filter(|line| !line.trim().is_empty())
}

/// What a file says, without where in it.
fn said(reading: &Reading) -> (Vec<String>, Vec<Metric>, Vec<Task>) {
    let (mut frame, mut metrics, mut tasks) = (Vec::new(), Vec::new(), Vec::new());
    for report in &reading.reports {
        let session = &report.document.session;
        frame.push(format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            session.place,
            session.congress,
            session.meeting,
            session.held_on,
            session.speaker,
            session.speaker_title,
            session.review_year,
            session.plan_year
        ));
        let sections = report.document.sections.iter();
        frame
            .extend(sections.map(|section| {
                format!("{} {:?} {:?}", section.level, section.kind, section.title)
            }));
        metrics.extend(report.facts.metrics.iter().cloned().map(|metric| Metric {
            span: Span::new(0, 0),
            ..metric
        }));
        tasks.extend(report.facts.tasks.iter().cloned().map(|task| Task {
            span: Span::new(0, 0),
            ..task
        }));
    }
    (frame, metrics, tasks)
}

#[track_caller]
fn same_as_text(bytes: &[u8], name: &str, format: Format) -> Reading {
    let reading = read_named(bytes, name).unwrap();
    assert_eq!(reading.source.format, format);
    let text = said(&read(SAMPLE.as_bytes()).unwrap());
    assert!(
        text.1.len() > 50 && text.2.len() > 10,
        "the sample says little"
    );
    let (frame, metrics, tasks) = said(&reading);
    assert_eq!(frame, text.0);
    assert_eq!(metrics, text.1);
    assert_eq!(tasks, text.2);
    reading
}

fn paragraphs(wrap: impl Fn(&str) -> String) -> String {
    lines().map(wrap).collect()
}

/// Each file cut off and changed at places that a fixed row of numbers gives: it is read or refused, and nothing breaks.
#[test]
fn damaged_files_break_nothing() {
    let page = MODERN.replace("{{REPORT}}", &paragraphs(|line| format!("<p>{line}</p>")));
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let unpacked = printed("UniGB-UCS2-H", wide);
    let files = [page.into_bytes(), document(), PRINTED.to_vec(), unpacked];
    let mut state = 88172645463325252_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize % below
    };
    for file in files {
        for round in 0..9 {
            let mut bytes = file.clone();
            if round % 3 == 0 {
                bytes.truncate(next(file.len()));
            } else {
                (0..=next(20)).for_each(|_| bytes[next(file.len())] = next(256) as u8);
            }
            // A text is decoded only; what is made of it is the same whatever it came in.
            let _ = zhenzhi::decode::decode_named(&bytes, "a");
        }
    }
}
