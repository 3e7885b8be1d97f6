//! What follows the closing appeal: lists of promises (民生实事) and notes on the words of the report.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::paragraph::Paragraph;
use crate::fact::SectionType;

/// Longest title of an appendix, in characters.
const LONGEST_TITLE: usize = 32;

/// A titled part behind the closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Appendix {
    /// Bytes of its title in the cleaned text.
    pub(super) title: Range<usize>,
    /// A list of promises is a plan; notes are part of the closing.
    pub(super) kind: SectionType,
}

/// The titled parts behind the closing that begins at the byte `closing`, in reading order.
pub(super) fn appendices(body: &[Paragraph], closing: usize) -> Vec<Appendix> {
    body.iter()
        .filter(|paragraph| paragraph.range.start >= closing && is_title(paragraph))
        .filter_map(|paragraph| {
            let kind = if promises(paragraph.text) {
                SectionType::Plan
            } else if explains(paragraph.text) {
                SectionType::Closing
            } else {
                return None;
            };
            Some(Appendix {
                title: paragraph.range.clone(),
                kind,
            })
        })
        .collect()
}

/// The paragraph at which the notes begin: 名词解释, or entries that say what a word of the report means.
pub(super) fn notes(body: &[Paragraph]) -> Option<usize> {
    static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[（〔\[【]?\d{1,3}[）〕\]】]?[.、，．]?.{2,40}?(是指|：|指|即)")
            .expect("the pattern of a note compiles")
    });
    let from = body.len() / 3;
    let titled = (from..body.len()).find(|&i| {
        let paragraph = &body[i];
        is_title(paragraph)
            && (explains(paragraph.text)
                || ["附件", "附：", "附录", "附表"]
                    .iter()
                    .any(|word| paragraph.text.contains(word)))
            && body[i + 1..]
                .iter()
                .take(4)
                .any(|p| p.text.contains(['指', '：', '即']))
    });
    titled.or_else(|| {
        // Entries up to the end of the text.
        let first = (from..body.len())
            .rev()
            .take_while(|&i| ENTRY.is_match(body[i].text) || body[i].chars < 40)
            .filter(|&i| ENTRY.is_match(body[i].text))
            .last()?;
        (body[first..]
            .iter()
            .filter(|p| ENTRY.is_match(p.text))
            .count()
            >= 4)
            .then_some(first)
    })
}

fn is_title(paragraph: &Paragraph) -> bool {
    paragraph.chars <= LONGEST_TITLE && !paragraph.text.ends_with(['。', '！', '；'])
}

/// 名词解释, 《政府工作报告》注释, 数据说明
fn explains(title: &str) -> bool {
    [
        "名词", "注释", "词语", "术语", "注解", "释义", "解释", "注 释", "附注", "说明",
    ]
    .iter()
    .any(|word| title.contains(word))
}

/// 2024年十件民生实事, and not how those of the year before came out.
fn promises(title: &str) -> bool {
    title.contains("实事") && !title.contains("完成") && !title.contains("落实情况")
}
