//! Paragraphs → sections: parts, chapters in them, run-in headings, and the parts that have no heading.

use std::ops::Range;

use crate::decode::CleanText;
use crate::decode::marks::Style;
use crate::fact::SectionType;

use super::appendix::appendices;
use super::closing::closing_start;
use super::heading::{Heading, headings};
use super::paper::paper;
use super::paragraph::Paragraph;
use super::part::{kind_by_text, kind_of, parts};
use super::preface;
use super::shape::Shape;
use super::words::has;

/// Where a section begins. It ends where the next of its level or a higher one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// A byte of the cleaned text.
    pub(super) start: usize,
    /// 1 to 3.
    pub(super) level: u8,
    pub(super) kind: SectionType,
    pub(super) heading: Option<Range<usize>>,
}

/// The outline of the report `paragraphs[report]`, whose body begins at the paragraph `body`.
pub(super) fn outline(
    paragraphs: &[Paragraph],
    report: Range<usize>,
    body: usize,
    clean: &CleanText,
) -> Vec<Node> {
    let all = clean.as_str();
    let mut found = headings(paragraphs, body..report.end, clean);
    let last_heading = found
        .iter()
        .rev()
        .find(|h| {
            h.style
                .is_some_and(|s| s != Style::Dash && s != Style::Item)
        })
        .map(|h| h.paragraph);
    let end = paragraphs[report.end - 1].range.end;
    let closing = closing_start(
        &paragraphs[body..report.end],
        last_heading.map(|i| i - body),
    );
    let stop = closing.unwrap_or(end);
    let behind = found.split_off(found.partition_point(|h| h.range.start < stop));

    let mut nodes = Vec::new();
    let top = parts(&found);
    let body_byte = paragraphs.get(body).map_or(end, |p| p.range.start);
    if body > report.start {
        nodes.push(Node {
            start: paragraphs[report.start].range.start,
            level: 1,
            kind: SectionType::Front,
            heading: None,
        });
    }
    // A paper that is only a plan has no part on work done before it.
    let titled = paragraphs[report.start..body.max(report.start)]
        .iter()
        .find_map(paper);
    let first = match titled {
        Some(paper) if !paper.looks_back => SectionType::Plan,
        _ => SectionType::Review,
    };
    push_parts(&mut nodes, &found, &top, all, body_byte..stop, first);
    if !nodes.iter().any(|node| node.kind == SectionType::Plan) {
        split_plan(&mut nodes, &paragraphs[body..report.end], &found, stop, all);
    }
    push_chapters(&mut nodes, &found, &top);
    if let Some(start) = closing {
        nodes.push(Node {
            start,
            level: 1,
            kind: SectionType::Closing,
            heading: None,
        });
        push_appendices(&mut nodes, &paragraphs[body..report.end], start, behind);
    }
    sort(&mut nodes);
    // Every character of a report lies in a main part.
    let start = paragraphs[report.start].range.start;
    if nodes.first().is_none_or(|n| n.start > start || n.level > 1) {
        nodes.insert(
            0,
            Node {
                start,
                level: 1,
                kind: SectionType::Front,
                heading: None,
            },
        );
    }
    let shape = Shape {
        paragraphs: &paragraphs[body..report.end],
        stop,
    };
    shape.push_review_turns(&mut nodes);
    shape.push_preface(&mut nodes);
    shape.push_late_aims(&mut nodes);
    shape.push_run_ins(&mut nodes, clean);
    inherit(&mut nodes, all);
    nodes
}

/// The titled parts behind the closing, and the chapters in lists of promises.
fn push_appendices(
    nodes: &mut Vec<Node>,
    body: &[Paragraph],
    closing: usize,
    mut behind: Vec<Heading>,
) {
    let parts = appendices(body, closing);
    let part_of = |start: usize| parts.iter().rfind(|part| part.title.start <= start);
    behind.retain(|heading| {
        part_of(heading.range.start).is_some_and(|part| {
            part.kind == SectionType::Plan && part.title.start < heading.range.start
        })
    });
    nodes.extend(parts.iter().map(|part| Node {
        start: part.title.start,
        level: 1,
        kind: part.kind,
        heading: Some(part.title.clone()),
    }));
    push_chapters(nodes, &behind, &std::collections::HashSet::new());
}

/// Puts nodes into reading order, one a place and level.
pub(super) fn sort(nodes: &mut Vec<Node>) {
    nodes.sort_by_key(|node| (node.start, node.level, node.heading.is_none()));
    nodes.dedup_by(|b, a| a.start == b.start && a.level == b.level);
}

fn push_parts(
    nodes: &mut Vec<Node>,
    found: &[Heading],
    top: &std::collections::HashSet<usize>,
    all: &str,
    body: Range<usize>,
    opening: SectionType,
) {
    let mut marks: Vec<usize> = top.iter().copied().collect();
    marks.sort_unstable();
    let first = marks.first().map_or(body.end, |&i| found[i].range.start);
    if all[body.start..first.max(body.start)].chars().count() > 60 {
        nodes.push(Node {
            start: body.start,
            level: 1,
            kind: opening,
            heading: None,
        });
    }
    let mut planned = opening == SectionType::Plan;
    let reviewed = marks
        .iter()
        .any(|&i| kind_of(found[i].text) == Some(SectionType::Review));
    for (at, &i) in marks.iter().enumerate() {
        let heading = &found[i];
        let until = marks
            .get(at + 1)
            .map_or(body.end, |&next| found[next].range.start);
        let text = &all[heading.range.end..until.max(heading.range.end)];
        let year_only = heading.text.ends_with("工作") && heading.text.chars().count() <= 12;
        let kind = match kind_of(heading.text) {
            Some(SectionType::Review) if planned => kind_by_text(text),
            // 一、1996年的政府工作和1997年的奋斗目标
            Some(SectionType::Plan) if at == 0 && marks.len() > 1 && !reviewed => {
                kind_by_text(text)
            }
            Some(kind) => kind,
            None if planned || (year_only && at > 0) => SectionType::Plan,
            None if year_only || at == 0 => SectionType::Review,
            None => kind_by_text(text),
        };
        planned |= kind == SectionType::Plan;
        nodes.push(Node {
            start: heading.range.start,
            level: 1,
            kind,
            heading: Some(heading.range.clone()),
        });
    }
}

/// A report without a heading over its plan: the plan begins with the paragraph that sets out its guideline or targets,
/// or where its chapters begin to be counted anew, or with the first chapter from which on all is work to do.
fn split_plan(
    nodes: &mut Vec<Node>,
    body: &[Paragraph],
    found: &[Heading],
    stop: usize,
    all: &str,
) {
    let from = nodes.last().map_or(0, |node| node.start);
    let is_plan = |start: usize| kind_by_text(&all[start..stop]) == SectionType::Plan;
    let announced = || {
        body.iter()
            .map(|p| (p.range.start, p.text))
            .find(|&(start, text)| {
                start > from && start < stop && preface::opens_plan(text) && is_plan(start)
            })
            .map(|(start, _)| start)
            .map(|start| {
                // The chapter that it opens begins the plan.
                found
                    .iter()
                    .rev()
                    .find(|h| h.style == Some(Style::Chapter) && h.range.start < start)
                    .filter(|h| h.number > 1 && all[h.range.end..start].chars().count() < 400)
                    .map_or(start, |h| h.range.start)
            })
    };
    let chapters: Vec<&Heading> = found
        .iter()
        .filter(|h| h.style == Some(Style::Chapter) && h.range.start > from)
        .collect();
    let recounted = || {
        let again = chapters.iter().skip(1).find(|h| h.number == 1)?;
        // What stands between the problems and the first chapter opens the plan.
        let before = body
            .iter()
            .take_while(|p| p.range.start < again.range.start)
            .skip_while(|p| preface::problems_start(p).is_none())
            .skip(1)
            .find(|p| !has("thanks", p.text) && !has("trouble", p.text));
        Some(before.map_or(again.range.start, |p| p.range.start))
    };
    let turned = || {
        let (_, start) = chapters
            .iter()
            .enumerate()
            .skip(1)
            .map(|(i, h)| (i, h.range.start))
            .find(|&(i, start)| {
                let end = chapters.get(i + 1).map_or(stop, |next| next.range.start);
                kind_by_text(&all[start..end]) == SectionType::Plan
                    && kind_by_text(&all[from..start]) == SectionType::Review
                    && is_plan(start)
            })?;
        // A last chapter on the government itself may well read like a plan; a plan is longer.
        ((stop - start) * 10 >= (stop - from) * 3 && is_plan(start)).then_some(start)
    };
    if let Some(start) = recounted().or_else(announced).or_else(turned) {
        nodes.push(Node {
            start,
            level: 1,
            kind: SectionType::Plan,
            heading: None,
        });
    }
}

/// Chapters get their level from how numberings nest inside a part.
fn push_chapters(nodes: &mut Vec<Node>, found: &[Heading], top: &std::collections::HashSet<usize>) {
    let starts: Vec<(usize, SectionType)> = nodes
        .iter()
        .filter(|node| node.level == 1)
        .map(|node| (node.start, node.kind))
        .collect();
    let mut part = None;
    let mut stack: Vec<Option<Style>> = Vec::new();
    for (i, heading) in found.iter().enumerate() {
        let here = starts
            .iter()
            .rposition(|part| part.0 <= heading.range.start);
        if here != part {
            part = here;
            stack.clear();
        }
        if top.contains(&i) {
            continue;
        }
        if let Some(depth) = stack.iter().position(|style| *style == heading.style) {
            stack.truncate(depth + 1);
        } else {
            // 三、 never stands under 第一，, nor （一） under 1.
            while stack
                .last()
                .is_some_and(|up| rank(*up) > rank(heading.style))
            {
                stack.pop();
            }
            stack.push(heading.style);
        }
        nodes.push(Node {
            start: heading.range.start,
            level: (stack.len() as u8 + 1).min(3),
            kind: here.map_or(SectionType::Review, |here| starts[here].1),
            heading: Some(heading.range.clone()),
        });
    }
}

/// How high a numbering stands by custom. A title stands where it is found.
const fn rank(style: Option<Style>) -> u8 {
    match style {
        None | Some(Style::Part) => 0,
        Some(Style::Chapter) => 1,
        Some(Style::Bracketed) => 2,
        Some(Style::Arabic) => 3,
        Some(Style::Small) => 4,
        Some(Style::Ordinal | Style::Item | Style::Dash) => 5,
    }
}

/// A section is for what its part is for, unless its heading says otherwise; what stands under it follows.
fn inherit(nodes: &mut [Node], all: &str) {
    let mut above: [Option<SectionType>; 4] = [None; 4];
    for node in nodes {
        let level = usize::from(node.level);
        if level > 1 && node.heading.is_some() {
            let parent = above[..level].iter().rev().find_map(|kind| *kind);
            let own = node.heading.clone().and_then(|range| match parent {
                Some(SectionType::Plan) => preface::chapter_kind(&all[range]),
                Some(SectionType::Review) if has("problems", &all[range.clone()]) => {
                    kind_of(&all[range]).filter(|kind| *kind == SectionType::Problems)
                }
                _ => None,
            });
            // A run-in heading stands under the nearest section, whatever that is.
            node.kind = own.or(parent).unwrap_or(node.kind);
        }
        above[level] = Some(node.kind);
        for deeper in &mut above[level + 1..] {
            *deeper = None;
        }
    }
}
