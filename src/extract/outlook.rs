//! The years that a part of a report looks back on or ahead to, as its headings and the openings of its paragraphs
//! say; true until another says otherwise.

use super::period::looks_back_over_years;
use super::time::plan_named;
use crate::document::{Document, Sentence};

/// The years that the text being read is about.
#[derive(Default)]
pub(super) struct Outlook {
    /// The sections around the sentence read last, outermost first.
    around: Vec<usize>,
    paragraph: Option<usize>,
    /// Whether it looks back over several years together.
    pub(super) several: bool,
    /// The year by which its targets shall be reached, where that is not the coming one.
    pub(super) horizon: Option<i32>,
}

impl Outlook {
    /// Takes in the headings of the sections that a sentence opens, and the opening of its paragraph.
    pub(super) fn enter(&mut self, text: &str, document: &Document, sentence: &Sentence) {
        let session = &document.session;
        let plan_year = session
            .plan_year
            .or(session.review_year.map(|year| year + 1));
        let mut around: Vec<usize> =
            std::iter::successors(Some(sentence.section), |&at| document.sections[at].parent)
                .collect();
        around.reverse();
        let before = std::mem::replace(&mut self.around, around.clone());
        for at in around.into_iter().filter(|at| !before.contains(at)) {
            if let Some(heading) = document.sections[at].heading.clone() {
                self.take(&text[heading], plan_year, session.stated_year);
            }
        }
        if self.paragraph != Some(sentence.paragraph) {
            self.paragraph = Some(sentence.paragraph);
            let body = &text[sentence.range.clone()];
            let opening = body
                .char_indices()
                .nth(40)
                .map_or(body, |(at, _)| &body[..at]);
            self.take(opening, plan_year, session.stated_year);
        }
        let body = &text[sentence.range.clone()];
        if self.horizon.is_some()
            && speaks_of_the_coming_year(body, [plan_year, session.stated_year])
        {
            self.horizon = None;
        }
    }

    fn take(&mut self, words: &str, plan_year: Option<i32>, stated: Option<i32>) {
        if let Some(several) = looks_back_over_years(words) {
            self.several = several;
        }
        if let Some(horizon) = horizon(words, plan_year, stated) {
            self.horizon = horizon;
        }
    }
}

/// 今年重点抓好…, 2024年工作…: from here on the coming year is meant. 从今年起 and 到2024年 look further.
fn speaks_of_the_coming_year(text: &str, years: [Option<i32>; 2]) -> bool {
    let named = years.into_iter().flatten().map(|year| format!("{year}年"));
    std::iter::once("今年".to_owned()).chain(named).any(|year| {
        text.match_indices(&year)
            .any(|(at, _)| !text[..at].ends_with(['从', '自', '到', '至', '比', '—', '-']))
    })
}

/// What a heading or opening says of the year of the targets after it: `Some(Some(year))` a later one, `Some(None)` the
/// coming one, `None` nothing.
#[expect(
    clippy::option_option,
    reason = "nothing said is another thing than the coming year"
)]
fn horizon(text: &str, plan_year: Option<i32>, stated: Option<i32>) -> Option<Option<i32>> {
    let plan_year = plan_year?;
    // The main expected figures of a year, where no longer time is named.
    let expected = text.contains("预期目标")
        && !["五年", "时期", "规划"]
            .iter()
            .any(|word| text.contains(word));
    let coming = expected
        || [Some(plan_year), stated]
            .into_iter()
            .flatten()
            .any(|year| text.contains(&format!("{year}年")))
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
            horizon("二、今后五年的奋斗目标", Some(2017), None),
            Some(Some(2021))
        );
        assert_eq!(
            horizon("二、“十四五”时期主要目标", Some(2021), None),
            Some(Some(2025))
        );
        assert_eq!(horizon("三、2021年工作安排", Some(2021), None), Some(None));
        assert_eq!(horizon("（一）坚持工业优先", Some(2021), None), None);
    }
}
