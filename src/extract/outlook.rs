//! The years that a part of a report looks back on or ahead to, as its headings and the openings of its paragraphs
//! say; true until another says otherwise.

use super::period::looks_back_over_years;
use super::time::plan_named;
use crate::document::{Document, Sentence};

/// The years that the text being read is about.
#[derive(Default)]
pub(super) struct Outlook {
    section: Option<usize>,
    paragraph: Option<usize>,
    /// Whether it looks back over several years together.
    pub(super) several: bool,
    /// The year by which its targets shall be reached, where that is not the coming one.
    pub(super) horizon: Option<i32>,
}

impl Outlook {
    /// Takes in what the headings above a sentence and the opening of its paragraph say.
    pub(super) fn enter(&mut self, text: &str, document: &Document, sentence: &Sentence) {
        let plan_year = document
            .session
            .plan_year
            .or(document.session.review_year.map(|year| year + 1));
        if self.section != Some(sentence.section) {
            self.section = Some(sentence.section);
            let headings: Vec<&str> = headings(text, document, sentence.section).collect();
            if let Some(several) = headings
                .iter()
                .find_map(|heading| looks_back_over_years(heading))
            {
                self.several = several;
            }
            self.horizon = headings
                .iter()
                .find_map(|heading| horizon(heading, plan_year))
                .flatten();
        }
        if self.paragraph != Some(sentence.paragraph) {
            self.paragraph = Some(sentence.paragraph);
            let body = &text[sentence.range.clone()];
            let opening = body
                .char_indices()
                .nth(40)
                .map_or(body, |(at, _)| &body[..at]);
            if let Some(several) = looks_back_over_years(opening) {
                self.several = several;
            }
            if let Some(horizon) = horizon(opening, plan_year) {
                self.horizon = horizon;
            }
        }
    }
}

/// The headings above a section, its own first.
fn headings<'a>(
    text: &'a str,
    document: &'a Document,
    section: usize,
) -> impl Iterator<Item = &'a str> {
    std::iter::successors(Some(section), |&at| document.sections[at].parent)
        .filter_map(|at| document.sections[at].heading.clone())
        .map(|range| &text[range])
}

/// What a heading or opening says of the year of the targets after it: `Some(Some(year))` a later one, `Some(None)` the
/// coming one, `None` nothing.
fn horizon(text: &str, plan_year: Option<i32>) -> Option<Option<i32>> {
    let plan_year = plan_year?;
    let coming = text.contains(&format!("{plan_year}年"))
        || ["今年", "新的一年", "本年度"]
            .iter()
            .any(|word| text.contains(word));
    if let Some(end) = plan_named(text).filter(|&end| end > plan_year) {
        return (!coming).then_some(Some(end));
    }
    if [
        "今后五年",
        "未来五年",
        "今后5年",
        "未来5年",
        "今后五年的",
        "五年奋斗目标",
        "五年发展目标",
        "本届政府任期",
    ]
    .iter()
    .any(|word| text.contains(word))
    {
        return Some(Some(plan_year + 4));
    }
    coming.then_some(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_look_ahead() {
        assert_eq!(
            horizon("二、今后五年的奋斗目标", Some(2017)),
            Some(Some(2021))
        );
        assert_eq!(
            horizon("二、“十四五”时期主要目标", Some(2021)),
            Some(Some(2025))
        );
        assert_eq!(horizon("三、2021年工作安排", Some(2021)), Some(None));
        assert_eq!(horizon("（一）坚持工业优先", Some(2021)), None);
    }
}
