//! One report: its outline, session, sentences and doubts put together.

use std::ops::Range;

use crate::decode::{CleanText, SourceText};
use crate::fact::{Doubt, DoubtCode, SectionType, Session, Span};

use super::outline::{Node, outline};
use super::paragraph::Paragraph;
use super::{Document, Section, Sentence, front, masthead, place, year};

/// Reads the report `paragraphs[report]`, which ends before the byte `end` of the cleaned text.
pub(super) fn document(
    source: &SourceText,
    name: &str,
    paragraphs: &[Paragraph],
    report: Range<usize>,
    end: usize,
    ordinal: usize,
) -> Document {
    let clean = &source.clean;
    let body = front::body_start(paragraphs, report.clone());
    let nodes = outline(paragraphs, report.clone(), body, clean);
    let start = paragraphs[report.start].range.start;
    let range = start..end;
    let stored = stored_span(source, range.clone(), ordinal);
    let sections = sections(&nodes, source, range.clone(), stored);
    let sentences = sentences(&paragraphs[report.clone()], &sections);

    let mut doubts = Vec::new();
    if !sections
        .iter()
        .any(|s| matches!(s.kind, SectionType::Review | SectionType::Plan))
    {
        doubts.push(Doubt {
            code: DoubtCode::NoSections,
            message: "no part on work done or work to do was recognised".to_owned(),
            message_zh: "没有认出工作回顾部分，也没有认出工作安排部分".to_owned(),
            span: None,
        });
    }
    let has = |kind: SectionType| sections.iter().any(|section| section.kind == kind);
    if has(SectionType::Review) && !has(SectionType::Plan) && !has(SectionType::Targets) {
        doubts.push(Doubt {
            code: DoubtCode::NoPlan,
            message: "no part on work to do was recognised; all figures were read as results unless a sentence says \
                      otherwise"
                .to_owned(),
            message_zh: "没有认出工作安排部分；除句中另有说明的以外，数字都作为已实现的数".to_owned(),
            span: None,
        });
    }
    let front = &paragraphs[report.start..body.max(report.start)];
    let text = &clean.as_str()[range.clone()];
    let head = masthead::read(front, &paragraphs[report.start..report.end], clean);
    let settled = place::settle(front, text, range.start, clean, name);
    doubts.extend(settled.doubt);
    let years = year::settle(
        &year::Evidence {
            text: clean.as_str(),
            range: range.clone(),
            paragraphs: &paragraphs[report.clone()],
            front,
            sections: &sections,
            held_on: head.held_on,
        },
        clean,
    );
    doubts.extend(years.doubt);
    Document {
        ordinal,
        range,
        span: stored,
        session: Session {
            place: settled.place,
            title: head.title,
            congress: head.congress,
            meeting: head.meeting,
            held_on: head.held_on.map(|date| date.to_string()),
            speaker: head.speaker,
            speaker_title: head.speaker_title,
            review_year: years.review,
            plan_year: years.plan,
            stated_year: years.stated,
            year_ground: years.ground.map(|span| source.quote(span).to_owned()),
        },
        sections,
        sentences,
        doubts,
    }
}

/// The stretch of the stored text that a report takes, from the end of the one before it.
fn stored_span(source: &SourceText, range: Range<usize>, ordinal: usize) -> Span {
    let clean = &source.clean;
    let start = if ordinal == 1 {
        0
    } else {
        clean.span(range.start..range.start + 1).start
    };
    let end = if range.end >= clean.as_str().len() {
        source.length()
    } else {
        clean.span(range.end..range.end + 1).start
    };
    Span::new(start, end)
}

fn sections(
    nodes: &[Node],
    source: &SourceText,
    range: Range<usize>,
    stored: Span,
) -> Vec<Section> {
    let clean = &source.clean;
    let mut parents: Vec<usize> = Vec::new();
    nodes
        .iter()
        .enumerate()
        .map(|(i, node)| {
            while parents
                .last()
                .is_some_and(|&up| nodes[up].level >= node.level)
            {
                parents.pop();
            }
            let parent = parents.last().copied();
            parents.push(i);
            let next = nodes[i + 1..].iter().find(|next| next.level <= node.level);
            let start = if i == 0 { range.start } else { node.start };
            let end = next.map_or(range.end, |next| next.start);
            let at = |byte: usize| first_char(clean, byte);
            Section {
                parent,
                level: node.level,
                kind: node.kind,
                heading: node.heading.clone(),
                title: node
                    .heading
                    .clone()
                    .map(|heading| source.quote(clean.span(heading)).to_owned()),
                range: start..end,
                span: Span::new(
                    if i == 0 { stored.start } else { at(start) },
                    next.map_or(stored.end, |next| at(next.start)),
                ),
            }
        })
        .collect()
}

/// The stored character from which the character of the cleaned text at `byte` came.
fn first_char(clean: &CleanText, byte: usize) -> usize {
    clean.span(byte..byte + 1).start
}

/// Sentences of the paragraphs, headings left out.
fn sentences(paragraphs: &[Paragraph], sections: &[Section]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut section = 0;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let from = sections
            .iter()
            .filter_map(|s| s.heading.as_ref())
            .filter(|h| h.start >= paragraph.range.start && h.end <= paragraph.range.end)
            .map(|h| h.end)
            .max()
            .unwrap_or(paragraph.range.start);
        for range in paragraph.sentences_in(from..paragraph.range.end).iter() {
            while sections
                .get(section + 1)
                .is_some_and(|next| next.range.start <= range.start)
            {
                section += 1;
            }
            found.push(Sentence {
                section,
                paragraph: number,
                range: range.clone(),
            });
        }
    }
    found
}
