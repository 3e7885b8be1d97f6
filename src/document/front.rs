//! Where the masthead ends and the report begins.

use std::ops::Range;

use super::paper::paper;
use super::paragraph::Paragraph;
use super::split::{is_address, is_greeting};
use super::words::has;

/// The first paragraph of the body of the report `paragraphs[report]`.
pub(super) fn body_start(paragraphs: &[Paragraph], report: Range<usize>) -> usize {
    let mut start = report.start;
    let mut greeted = false;
    let mut read = 0;
    for i in report.clone().take(60) {
        let paragraph = &paragraphs[i];
        if is_address(paragraph) {
            start = i + 1;
            greeted = true;
        } else if is_greeting(paragraph) && !greeted {
            start = i + 1;
        }
        // Past the first running text there is no masthead any more.
        if paragraph.chars > 220 {
            break;
        }
        read += paragraph.chars;
        if read > 2500 || (start > report.start && i > start + 3) {
            break;
        }
    }
    if start > report.start {
        return start;
    }
    // No greeting: the first line that reads like running text or like a heading of a part.
    report
        .clone()
        .find(|&i| {
            let paragraph = &paragraphs[i];
            let sentence = paragraph.chars >= 60 && paragraph.text.contains('。');
            let heading = paragraph.mark.is_some_and(|mark| mark.number > 0)
                || (i > report.start
                    && paragraph.chars <= 30
                    && (has("review", paragraph.text) || has("plan", paragraph.text))
                    && !paragraph.text.contains("报告")
                    && paper(paragraph).is_none());
            sentence || heading
        })
        .unwrap_or(report.start)
}
