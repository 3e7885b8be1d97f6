//! Of which year a figure is, and whether it is done, expected or planned.

use std::ops::Range;

use super::figure::Figure;
use super::lexicon::{Role, holds, word_after};
use super::scene::Scene;
use super::time::YearRole;
use crate::document::words::head;
use crate::fact::{SectionType, Status};

impl Scene<'_> {
    /// Year and status of a figure whose number begins at `at`.
    pub(super) fn time(&self, at: usize, figure: &Figure) -> (Option<i32>, Status) {
        let planned = matches!(
            self.kind,
            SectionType::Plan
                | SectionType::Targets
                | SectionType::Guideline
                | SectionType::Closing
        );
        let session = self.session;
        if planned && self.looks_back(at) {
            return (session.review_year, Status::Actual);
        }
        let default = if planned {
            session
                .plan_year
                .or(session.review_year.map(|year| year + 1))
        } else {
            session.review_year
        };
        let expected = self.says_before(at, Role::Expected)
            || self.is_promised(figure.range.start.min(at)..at)
            || noted_as_expected(&self.text[at..]);
        let clause = self.text[..at]
            .rfind(['，', '；', '。'])
            .map_or(0, |mark| mark + '，'.len_utf8());
        let clause = &self.text[clause..at];
        let intended = self.said.has(Role::Intended) && holds(clause, Role::Intended);
        let status = if planned || intended {
            Status::Target
        } else if expected {
            Status::Estimate
        } else {
            Status::Actual
        };
        let Some(named) = self
            .years
            .iter()
            .rev()
            .find(|year| year.end <= at && year.role != YearRole::Aside)
        else {
            return (
                // 今年 calls off the later year that the sentences before it have named.
                if planned && !self.speaks_of_the_coming_year(at) {
                    self.carried.or(default)
                } else {
                    default
                },
                status,
            );
        };
        // What the masthead calls the year is not the year where the content says otherwise.
        if session.stated_year == Some(named.year) {
            return (default, status);
        }
        let status = match (planned, session.review_year) {
            (true, Some(review)) if named.year <= review && named.role == YearRole::About => {
                Status::Actual
            }
            (false, Some(review))
                if named.year > review
                    && (named.role == YearRole::Until || wished(&self.text[named.end..at])) =>
            {
                Status::Target
            }
            _ => status,
        };
        (Some(named.year), status)
    }

    /// 去年财政收入增长较快: whether a plan looks back. 去年开工的学校 is one of the things that it plans with, and what shall
    /// be, or be by a year that is named, is to come.
    fn looks_back(&self, at: usize) -> bool {
        let Some(opening) = word_after(self.text, Role::LastYear) else {
            return false;
        };
        let said = self.text.get(opening.len()..at).unwrap_or_default();
        !opens_a_name(said)
            && !holds(said, Role::ToCome)
            && !self
                .years
                .iter()
                .any(|year| year.end <= at && year.role != YearRole::Aside)
    }

    /// 可达到50万元, 剩余8户也将脱贫: said of the year under review, and still to come. `before` are the bytes of the subject.
    fn is_promised(&self, before: Range<usize>) -> bool {
        let after = &self.text[before.end..];
        let clause = &after[..after.find(['，', '。', '；']).unwrap_or(after.len())];
        (self.said.has(Role::PromisedBefore) && holds(&self.text[before], Role::PromisedBefore))
            || (self.said.has(Role::PromisedAfter) && holds(clause, Role::PromisedAfter))
    }
}

/// Whether what follows the time behind only tells things apart, in a few words: 去年+开工的学校. 去年的财政收入 is of that year.
pub(super) fn opens_a_name(behind: &str) -> bool {
    const FEW: usize = 8;
    head(behind, FEW)
        .find(['的', '，', '；', '。'])
        .is_some_and(|at| at > 0 && behind[at..].starts_with('的'))
}

/// 一九八一年，农业总产值要求达到…: of a year to come, and asked for.
fn wished(before: &str) -> bool {
    holds(before, Role::Wished)
}

/// 完成财政收入3亿元（预计数，下同）.
fn noted_as_expected(after: &str) -> bool {
    let bracket = after
        .char_indices()
        .take_while(|&(at, _)| at <= 24)
        .find(|&(_, c)| c == '（');
    bracket.is_some_and(|(at, _)| word_after(&after[at..], Role::NotFinal).is_some())
}
