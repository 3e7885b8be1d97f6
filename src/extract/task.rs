//! The sentences of a plan that commit to doing something.

use std::ops::Range;

use crate::decode::SourceText;
use crate::document::sentence::marks_in;
use crate::document::{Document, Section};
use crate::fact::{SectionType, Task};

use super::task_deadline::deadline;
use super::task_word::{Kind, heads_a_plan, kind, said};

/// Sentences before the first run-in heading of a chapter that still only open it.
const LONGEST_OPENING: usize = 3;

/// The tasks of a report: each sentence of its plan up to 。 or ； that says what will be done.
///
/// What a plan says of its principles, of its targets, of how things stand, and to cheer its readers is no task.
pub(crate) fn tasks(source: &SourceText, document: &Document) -> Vec<Task> {
    let text = source.clean.as_str();
    let year = document.session.plan_year;
    let mut found = Vec::new();
    // Asked of a section once, not for each of its sentences.
    let mut known = None;
    for sentence in &document.sentences {
        let at = sentence.section;
        let has_tasks = match known {
            Some((section, has_tasks)) if section == at => has_tasks,
            _ => document.sections[at].kind == SectionType::Plan && !is_opening(document, at),
        };
        known = Some((at, has_tasks));
        if !has_tasks {
            continue;
        }
        for piece in pieces(text, sentence.range.clone()) {
            let words = &text[piece.clone()];
            let said = said(words);
            if kind(words, said) != Kind::Task {
                continue;
            }
            let deadline = deadline(words, said, year);
            found.push(Task {
                topic: topic(document, sentence.section),
                text: words.to_owned(),
                deadline: deadline.as_ref().map(|d| {
                    source
                        .quote(
                            source
                                .clean
                                .span(piece.start + d.range.start..piece.start + d.range.end),
                        )
                        .to_owned()
                }),
                deadline_on: deadline.and_then(|d| d.last_day).map(|day| day.to_string()),
                span: source.clean.span(piece),
                section: Some(sentence.section),
            });
        }
    }
    found
}

/// Whether the text of a section itself (not of those in it) only opens what stands under its own headings: of a part
/// before its chapters, of a chapter before its run-in headings. A chapter whose own text is long has its tasks there.
fn is_opening(document: &Document, section: usize) -> bool {
    let own = &document.sections[section];
    let inner = document.sections[section + 1..]
        .iter()
        .take_while(|inner| inner.range.start < own.range.end)
        .find(|inner| inner.heading.is_some() && inner.kind == SectionType::Plan);
    let sentences = || {
        document
            .sentences
            .iter()
            .filter(|sentence| sentence.section == section)
            .count()
    };
    inner.is_some() && (own.level == 1 || sentences() <= LONGEST_OPENING)
}

/// The heading that a section stands under: its own or that of the chapter above it, not that of the whole plan. Where the
/// chapters of a plan are main parts of the report, theirs.
fn topic(document: &Document, section: usize) -> Option<String> {
    std::iter::successors(Some(section), |&at| document.sections[at].parent)
        .map(|at| &document.sections[at])
        .find_map(|section: &Section| {
            let title = section.title.as_ref()?;
            (section.level > 1 || !heads_a_plan(title)).then(|| title.clone())
        })
}

/// Cuts a sentence at ；, quotes and brackets aside.
fn pieces(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (range.start, 0_i32);
    for (at, c) in marks_in(&text[range.clone()]) {
        match c {
            '“' | '（' | '《' => depth += 1,
            '”' | '）' | '》' => depth -= 1,
            '；' if depth <= 0 => {
                let end = range.start + at + c.len_utf8();
                found.push(start..end);
                start = end;
            }
            _ => {}
        }
    }
    if start < range.end {
        found.push(start..range.end);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::documents;

    fn read(chapter: &str) -> Vec<String> {
        let more = "道路、学校、公园建设有序推进，群众生活持续改善，社会大局保持稳定";
        let text = format!(
            "政府工作报告\n一、2023年工作回顾\n全镇{more}。\n二、2024年工作安排\n（一）全力改善民生\n{chapter}\n\
             办好人民满意教育。新建学校1所，{more}。\n做强基层医疗服务。新建医院1所，{more}。\n\
             （二）全力发展产业\n新建厂房2栋，{more}。\n"
        );
        let source = SourceText::from_text(text);
        let document = &documents(&source, "")[0];
        tasks(&source, document)
            .into_iter()
            .map(|task| task.text.chars().take_while(|&c| c != '，').collect())
            .collect()
    }

    #[test]
    fn a_chapter_that_is_a_main_part_is_a_topic_and_the_plan_as_a_whole_is_none() {
        let text = "政府工作报告\n一、2023年工作回顾\n全镇道路、学校、公园建设有序推进。\n二、2024年工作安排\n\
            新建学校1所，扩建医院1所。\n三、着力壮大茶叶产业\n扩建茶园300亩，新建茶厂2座。\n";
        let source = SourceText::from_text(text.into());
        let document = &documents(&source, "")[0];
        let topics: Vec<_> = tasks(&source, document)
            .into_iter()
            .map(|task| task.topic)
            .collect();
        assert_eq!(topics, [None, Some("三、着力壮大茶叶产业".to_owned())]);
    }

    #[test]
    fn what_opens_a_chapter_is_no_task_and_what_fills_it_is() {
        let rest = ["新建学校1所", "新建医院1所", "新建厂房2栋"];
        assert_eq!(read("加快补齐民生短板。"), rest);
        let own = [
            "新开工道路3条。",
            "修缮桥梁2座。",
            "建成公园1个。",
            "安装路灯60盏。",
        ];
        assert_eq!(read(&own.concat()), [&own[..], &rest[..]].concat());
    }
}
