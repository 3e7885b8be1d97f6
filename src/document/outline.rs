//! Paragraphs → sections: parts, chapters in them, run-in headings, and the parts that have no heading.

use std::ops::Range;

use crate::decode::CleanText;
use crate::decode::marks::Style;
use crate::fact::SectionType;

use super::closing::closing_start;
use super::heading::{Heading, headings, run_in};
use super::paragraph::Paragraph;
use super::part::{kind_by_text, kind_of, parts};
use super::preface::{self, Turn};
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
    found.retain(|h| h.range.start < stop);

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
    push_parts(&mut nodes, &found, &top, all, body_byte..stop);
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
    }
    sort(&mut nodes);
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

fn sort(nodes: &mut Vec<Node>) {
    nodes.sort_by_key(|node| (node.start, node.level, node.heading.is_none()));
    nodes.dedup_by(|b, a| a.start == b.start && a.level == b.level);
}

fn push_parts(
    nodes: &mut Vec<Node>,
    found: &[Heading],
    top: &std::collections::HashSet<usize>,
    all: &str,
    body: Range<usize>,
) {
    let mut marks: Vec<usize> = top.iter().copied().collect();
    marks.sort_unstable();
    let first = marks.first().map_or(body.end, |&i| found[i].range.start);
    if all[body.start..first.max(body.start)].chars().count() > 60 {
        nodes.push(Node {
            start: body.start,
            level: 1,
            kind: SectionType::Review,
            heading: None,
        });
    }
    let mut planned = false;
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
        match stack.iter().position(|style| *style == heading.style) {
            Some(depth) => stack.truncate(depth + 1),
            None => {
                // 三、 never stands under 第一，, nor （一） under 1.
                while stack
                    .last()
                    .is_some_and(|up| rank(*up) > rank(heading.style))
                {
                    stack.pop();
                }
                stack.push(heading.style);
            }
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

struct Shape<'a, 'b> {
    paragraphs: &'b [Paragraph<'a>],
    stop: usize,
}

impl Shape<'_, '_> {
    /// The stretch of each main part of this kind, as (index of its node, bytes).
    fn parts_of(&self, nodes: &[Node], kind: SectionType) -> Vec<(usize, Range<usize>)> {
        nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.level == 1 && node.kind == kind)
            .map(|(i, node)| {
                let end = nodes[i + 1..]
                    .iter()
                    .find(|next| next.level == 1)
                    .map_or(self.stop, |next| next.start);
                (i, node.start..end)
            })
            .collect()
    }

    fn within(&self, range: Range<usize>) -> impl Iterator<Item = &Paragraph<'_>> {
        self.paragraphs
            .iter()
            .filter(move |p| range.contains(&p.range.start))
    }

    /// In a review: the summing-up that follows its last chapter, the thanks, and the problems.
    fn push_review_turns(&self, nodes: &mut Vec<Node>) {
        let mut new = Vec::new();
        for (_, range) in self.parts_of(nodes, SectionType::Review) {
            let mut in_problems = false;
            let mut worked = false;
            for paragraph in self.within(range.clone()) {
                let heading = nodes
                    .iter()
                    .find(|n| n.heading.is_some() && n.start == paragraph.range.start);
                if let Some(node) = heading {
                    worked |= node.level > 1;
                    in_problems = false;
                    continue;
                }
                let kind = if let Some(at) = preface::problems_start(paragraph) {
                    in_problems = true;
                    Some((at, SectionType::Problems))
                } else if in_problems && has("thanks", paragraph.text) {
                    in_problems = false;
                    Some((paragraph.range.start, SectionType::Review))
                } else if worked && !in_problems && sums_up(paragraph.text) {
                    worked = false;
                    Some((paragraph.range.start, SectionType::Review))
                } else {
                    None
                };
                if let Some((start, kind)) = kind {
                    new.push(Node {
                        start,
                        level: 2,
                        kind,
                        heading: None,
                    });
                }
            }
        }
        nodes.extend(new);
        sort(nodes);
    }

    /// In a plan: what stands before its chapters, guideline and targets.
    fn push_preface(&self, nodes: &mut Vec<Node>) {
        let mut new = Vec::new();
        let mut first = true;
        for (part, range) in self.parts_of(nodes, SectionType::Plan) {
            let mut until = range.end;
            let mut from = nodes[part].heading.as_ref().map_or(range.start, |h| h.end);
            // Chapters on guideline and targets belong to what comes before the tasks.
            for node in nodes
                .iter()
                .filter(|n| n.level > 1 && range.contains(&n.start))
            {
                let Some(heading) = &node.heading else {
                    continue;
                };
                let text = self.text(heading);
                let kind = preface::chapter_kind(&text);
                if kind.is_none() {
                    until = node.start;
                    break;
                }
                from = from.max(range.start);
            }
            let body: Vec<&Paragraph> = self
                .paragraphs
                .iter()
                .filter(|p| p.range.end > from && p.range.start < until)
                .collect();
            let starts: Vec<usize> = nodes.iter().map(|n| n.start).collect();
            for Turn { start, kind } in preface::turns(&body, from, first) {
                if starts.contains(&start) && start != range.start {
                    continue;
                }
                new.push(Node {
                    start,
                    level: 2,
                    kind,
                    heading: None,
                });
            }
            first = false;
        }
        nodes.extend(new);
        sort(nodes);
    }

    /// Guideline and targets that stand among the tasks: the stretch from the sentence that announces them to the
    /// end of its paragraph or of the list behind it.
    fn push_late_aims(&self, nodes: &mut Vec<Node>) {
        let mut new: Vec<Node> = Vec::new();
        let mut aimed: Option<Node> = None;
        for (i, paragraph) in self.paragraphs.iter().enumerate() {
            if paragraph.range.start >= self.stop {
                break;
            }
            let headed = nodes.iter().any(|n| paragraph.range.contains(&n.start));
            if let Some(node) = aimed.take() {
                if headed {
                    // The next section ends it.
                } else if node.kind == SectionType::Targets
                    && preface::lists_targets(paragraph.text)
                {
                    aimed = Some(node);
                    continue;
                } else {
                    new.push(Node {
                        start: paragraph.range.start,
                        kind: SectionType::Plan,
                        ..node
                    });
                }
            }
            let Some(holder) = nodes
                .iter()
                .rfind(|n| n.start <= paragraph.range.start)
                .filter(|n| n.kind == SectionType::Plan)
            else {
                continue;
            };
            let next = self.paragraphs.get(i + 1).map_or("", |p| p.text);
            let Some(Turn { start, kind }) = preface::aim_inside(paragraph, next) else {
                continue;
            };
            let inside = holder.heading.as_ref().is_some_and(|h| h.start == start);
            let level = if holder.heading.is_some() {
                (holder.level + 1).min(3)
            } else {
                holder.level.max(2)
            };
            if inside || nodes.iter().any(|n| n.start == start && n.level > 1) {
                continue;
            }
            let node = Node {
                start,
                level,
                kind,
                heading: None,
            };
            new.push(node.clone());
            aimed = Some(node);
        }
        nodes.extend(new);
        sort(nodes);
    }

    fn text(&self, range: &Range<usize>) -> String {
        self.paragraphs
            .iter()
            .find(|p| p.range.start <= range.start && range.end <= p.range.end)
            .map_or_else(String::new, |p| {
                p.text[range.start - p.range.start..range.end - p.range.start].to_owned()
            })
    }

    /// Run-in headings, where most paragraphs beside one another open with one.
    fn push_run_ins(&self, nodes: &mut Vec<Node>, clean: &CleanText) {
        let all = clean.as_str();
        // (node that holds it, where its text begins, its run-in heading)
        let mut seen: Vec<(usize, usize, Option<usize>)> = Vec::new();
        for paragraph in self.paragraphs.iter().filter(|p| p.range.start < self.stop) {
            let Some(holder) = nodes
                .iter()
                .rposition(|node| node.start < paragraph.range.end.min(self.stop))
            else {
                continue;
            };
            let node = &nodes[holder];
            if matches!(
                node.kind,
                SectionType::Problems | SectionType::Guideline | SectionType::Targets
            ) {
                continue;
            }
            let mut from = paragraph.range.start;
            if let Some(heading) = &node.heading {
                if heading.start == paragraph.range.start {
                    // Behind a run-in numbered heading there is running text; behind one that a converter
                    // joined to its paragraph there may be a heading.
                    if heading.end == paragraph.range.end || !clean.is_gap(heading.end) {
                        continue;
                    }
                    from = heading.end;
                }
            }
            let text = &all[from..paragraph.range.end];
            if text.chars().count() < 40
                || (paragraph.mark.is_some() && from == paragraph.range.start)
            {
                continue;
            }
            seen.push((holder, from, run_in(text).map(|length| from + length)));
        }
        let share = |holder: Option<usize>| {
            let group = seen
                .iter()
                .filter(|s| holder.is_none_or(|holder| s.0 == holder));
            let (mut with, mut count) = (0_usize, 0_usize);
            for entry in group {
                with += usize::from(entry.2.is_some());
                count += 1;
            }
            (with, count)
        };
        let (with, count) = share(None);
        let common = with * 10 >= count * 4;
        let mut new = Vec::new();
        for &(holder, start, heading) in &seen {
            let Some(end) = heading else { continue };
            let (with, count) = share(Some(holder));
            if with * 2 >= count && (with >= 2 || common) {
                new.push(Node {
                    start,
                    level: 3,
                    kind: nodes[holder].kind,
                    heading: Some(start..end),
                });
            }
        }
        nodes.extend(new);
        sort(nodes);
    }
}

/// A paragraph after the last chapter that looks back on the whole.
fn sums_up(text: &str) -> bool {
    const OPENINGS: [&str; 8] = [
        "各位代表",
        "同志们",
        "一年来",
        "五年来",
        "回顾",
        "总结",
        "过去的一年",
        "成绩来之不易",
    ];
    OPENINGS.iter().any(|word| text.starts_with(word)) || has("thanks", text)
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
