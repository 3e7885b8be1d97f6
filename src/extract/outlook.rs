//! The years that a part of a report looks back on or ahead to, as its headings and the openings of its paragraphs
//! say; true until another says otherwise.

use super::lexicon::{Role, Said};
use super::span::looks_back_over_years;
use super::time::plan_named;
use crate::document::words::head;
use crate::document::{Document, Sentence};

/// The years that the text being read is about.
#[derive(Default)]
pub(super) struct Outlook {
    /// The section of the sentence read last.
    section: Option<usize>,
    /// It and the sections around it, outermost first.
    around: Vec<usize>,
    paragraph: Option<usize>,
    /// Whether it looks back over several years together.
    several: Standing<bool>,
    /// The year by which its targets shall be reached, where that is not the coming one.
    horizon: Standing<Option<i32>>,
}

/// What was said last, true until another says otherwise.
#[derive(Default)]
struct Standing<T> {
    said: T,
    /// Where a run-in heading or its paragraph said so: the section of which that is true, and what was said before. What
    /// one point of a chapter looks ahead to, the points and chapters behind it do not; one that opens a main part, and one
    /// without a heading, speak for what is around them.
    lent: Option<(usize, T)>,
}

impl<T: Copy> Standing<T> {
    /// Takes in what the heading or the opening of a section says.
    fn say(&mut self, said: T, document: &Document, at: usize) {
        /// Main parts, and run-in headings, which open a paragraph.
        const PART: u8 = 1;
        const POINT: u8 = 3;
        let section = &document.sections[at];
        let before = self.lent.take().map_or(self.said, |(_, before)| before);
        let leads =
            |around: &usize| section.heading.is_none() || document.sections[*around].level == PART;
        let point = section.parent.filter(leads).unwrap_or(at);
        self.lent = (section.level >= POINT).then_some((point, before));
        self.said = said;
    }

    /// Takes in which sections the text stands in now.
    fn enter(&mut self, around: &[usize]) {
        if let Some((_, before)) = self.lent.take_if(|(point, _)| !around.contains(point)) {
            self.said = before;
        }
    }
}

impl Outlook {
    /// Takes in the headings of the sections that a sentence opens, and the opening of its paragraph.
    pub(super) fn enter(&mut self, text: &str, document: &Document, sentence: &Sentence) {
        let session = &document.session;
        let plan_year = session
            .plan_year
            .or(session.review_year.map(|year| year + 1));
        if self.section.replace(sentence.section) != Some(sentence.section) {
            let mut around: Vec<usize> =
                std::iter::successors(Some(sentence.section), |&at| document.sections[at].parent)
                    .collect();
            around.reverse();
            let before = std::mem::replace(&mut self.around, around.clone());
            self.several.enter(&around);
            self.horizon.enter(&around);
            for at in around.into_iter().filter(|at| !before.contains(at)) {
                if let Some(heading) = document.sections[at].heading.clone() {
                    self.take(
                        &text[heading],
                        plan_year,
                        session.stated_year,
                        (document, at),
                    );
                }
            }
        }
        if self.paragraph != Some(sentence.paragraph) {
            self.paragraph = Some(sentence.paragraph);
            let opening = opening(&text[sentence.range.start..]);
            let place = (document, sentence.section);
            self.take(opening, plan_year, session.stated_year, place);
        }
        let body = &text[sentence.range.clone()];
        if self.horizon().is_some()
            && speaks_of_the_coming_year(body, [plan_year, session.stated_year])
        {
            self.horizon.said = None;
        }
    }

    fn take(
        &mut self,
        words: &str,
        plan_year: Option<i32>,
        stated: Option<i32>,
        (document, at): (&Document, usize),
    ) {
        let said = Said::of(words);
        if let Some(several) = looks_back_over_years(words, said, document.session.review_year) {
            self.several.say(several, document, at);
        }
        if let Some(horizon) = horizon(words, said, plan_year, stated) {
            self.horizon.say(horizon, document, at);
        }
    }

    /// Whether the text looks back over several years together.
    pub(super) fn several(&self) -> bool {
        self.several.said
    }

    /// The year by which its targets shall be reached, where that is not the coming one.
    pub(super) fn horizon(&self) -> Option<i32> {
        self.horizon.said
    }
}

/// The first words of a paragraph, behind the salutation that it may open with: 各位代表！“十三五”期间，….
fn opening(text: &str) -> &str {
    let paragraph = text.split('\n').next().unwrap_or(text);
    let rest = paragraph
        .trim_start()
        .strip_prefix("各位代表")
        .map_or(paragraph, |rest| {
            rest.trim_start_matches(['！', '：', '，', '。', ' ', '　'])
        });
    let sentence = rest.split('。').next().unwrap_or(rest);
    head(sentence, 40)
}

/// 今年重点抓好…, 2024年工作…: from here on the coming year is meant. 从今年起 and 到2024年 look further.
fn speaks_of_the_coming_year(text: &str, years: [Option<i32>; 2]) -> bool {
    text.match_indices('年').any(|(at, _)| {
        let before = &text[..at];
        let in_figures = || {
            let from = before.len().checked_sub("2024".len())?;
            let year = before.get(from..)?.parse().ok()?;
            years.contains(&Some(year)).then(|| &before[..from])
        };
        let before = before.strip_suffix('今').or_else(in_figures);
        before.is_some_and(|before| !before.ends_with(['从', '自', '到', '至', '比', '—', '-']))
    })
}

/// What a heading or opening says of the year of the targets after it: `Some(Some(year))` a later one, `Some(None)` the
/// coming one, `None` nothing.
#[expect(
    clippy::option_option,
    reason = "nothing said is another thing than the coming year"
)]
fn horizon(
    text: &str,
    said: Said,
    plan_year: Option<i32>,
    stated: Option<i32>,
) -> Option<Option<i32>> {
    let plan_year = plan_year?;
    // The main expected figures of a year, where no longer time is named.
    let expected = said.has(Role::Aims)
        && !["五年", "时期", "规划"]
            .iter()
            .any(|word| text.contains(word));
    let coming = expected
        || said.has(Role::Coming)
        || [Some(plan_year), stated]
            .into_iter()
            .flatten()
            .any(|year| text.contains(&format!("{year}年")));
    if let Some(end) = plan_named(text, said).filter(|&end| end > plan_year) {
        return (!coming).then_some(Some(end));
    }
    if said.has(Role::YearsAhead) {
        return Some(Some(plan_year + 4));
    }
    coming.then_some(None)
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn headings_that_look_ahead() {
        let horizon =
            |text, plan_year, stated| super::horizon(text, Said::of(text), plan_year, stated);
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
