//! The sections that no numbering tells: problems, summing-up, guideline, targets, run-in headings.

use std::ops::Range;

use crate::decode::CleanText;
use crate::fact::SectionType;

use super::heading::run_in;
use super::outline::{Node, sort};
use super::paragraph::Paragraph;
use super::preface::{self, Turn};
use super::words::has;

/// The body of a report, for what in it has no numbering.
pub(super) struct Shape<'a, 'b> {
    /// Its paragraphs.
    pub(super) paragraphs: &'b [Paragraph<'a>],
    /// Where the closing begins.
    pub(super) stop: usize,
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
    pub(super) fn push_review_turns(&self, nodes: &mut Vec<Node>) {
        let mut new = Vec::new();
        for (_, range) in self.parts_of(nodes, SectionType::Review) {
            let mut in_problems = false;
            let mut worked = false;
            let mut opened = false;
            let part: Vec<&Paragraph> = self.within(range.clone()).collect();
            for (at, &paragraph) in part.iter().enumerate() {
                let heading = nodes
                    .iter()
                    .find(|n| n.heading.is_some() && n.start == paragraph.range.start);
                if let Some(node) = heading {
                    // What follows a heading at once belongs to it.
                    let runs_in = node
                        .heading
                        .as_ref()
                        .is_some_and(|h| h.end < paragraph.range.end);
                    worked = node.level > 1 && runs_in;
                    opened = node.level > 1 && !runs_in;
                    in_problems = false;
                    continue;
                }
                // 一、2023年工作回顾和2024年工作总体要求: behind the problems stands what is aimed at.
                let next = part.get(at + 1).map_or("", |next| next.text);
                if in_problems && preface::aim_inside(paragraph, next).is_some() {
                    let rest = part[at..].iter().take_while(|p| {
                        !nodes
                            .iter()
                            .any(|n| n.heading.is_some() && n.start == p.range.start)
                    });
                    let rest: Vec<&Paragraph> = rest.copied().collect();
                    let turns = preface::turns(&rest, paragraph.range.start, true);
                    new.extend(turns.into_iter().map(|turn| Node {
                        start: turn.start,
                        level: 2,
                        kind: turn.kind,
                        heading: None,
                    }));
                    break;
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
                if std::mem::take(&mut opened) {
                    worked = true;
                }
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
    pub(super) fn push_preface(&self, nodes: &mut Vec<Node>) {
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
    pub(super) fn push_late_aims(&self, nodes: &mut Vec<Node>) {
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
    pub(super) fn push_run_ins(&self, nodes: &mut Vec<Node>, clean: &CleanText) {
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
            if let Some(heading) = node.heading.as_ref().filter(|h| h.start == from) {
                // Behind a run-in numbered heading there is running text; behind one that a converter joined to its
                // paragraph there may be a heading.
                if heading.end == paragraph.range.end || !clean.is_gap(heading.end) {
                    continue;
                }
                from = heading.end;
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
