//! What a paragraph hands on to its later sentences: the year of its targets, the year under review, goals announced.

use super::lexicon::{Role, Said, holds, words_in};
use super::scene::Scene;
use super::time::YearRole;
use crate::document::Sentence;
use crate::fact::SectionType;

/// The year that a paragraph's targets are for: 到2025年 holds for the sentences after it as well.
#[derive(Default)]
pub(super) struct Carried {
    paragraph: Option<usize>,
    pub(super) target: Option<i32>,
    /// Whether the paragraph has named the year under review and not turned to several years since.
    pub(super) dated: bool,
    /// Whether the paragraph has announced the goals of the coming year.
    goals: bool,
}

impl Carried {
    /// 今年的主要预期目标是：… stands in many an older report between the work done and the work to do: what it announces
    /// are targets, to the end of its paragraph.
    pub(super) fn announced(&mut self, text: &str, said: Said, kind: SectionType) -> SectionType {
        self.goals |= said.has(Role::AimsAre)
            && words_in(text, Role::AimsAre).any(|(at, _)| {
                let head = &text[..at];
                holds(head, Role::GoalOf) && !holds(head, Role::GoalPast)
            });
        if self.goals {
            SectionType::Targets
        } else {
            kind
        }
    }

    pub(super) fn enter(&mut self, sentence: &Sentence) {
        if self.paragraph != Some(sentence.paragraph) {
            *self = Self {
                paragraph: Some(sentence.paragraph),
                target: None,
                dated: false,
                goals: false,
            };
        }
    }

    pub(super) fn leave(&mut self, scene: &Scene<'_>) {
        let several = scene.said.has(Role::FiveYears)
            && words_in(scene.text, Role::FiveYears).any(|(at, _)| {
                // 一九九五年 is one year.
                !scene.text[..at].ends_with(|c| "一二三四五六七八九十〇○零".contains(c))
            });
        if several || scene.said.has(Role::Together) {
            self.dated = false;
        } else if scene.names_the_review_year() {
            self.dated = true;
        }
        if let Some(last) = scene
            .years
            .iter()
            .rev()
            .find(|year| year.role != YearRole::Aside)
        {
            self.target = (last.role == YearRole::Until).then_some(last.year);
        }
    }
}
