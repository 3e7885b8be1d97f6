//! The years that a report is about: what masthead and headings state, checked against what the text says of them.

mod event;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::decode::CleanText;
use crate::fact::{Doubt, DoubtCode, SectionType, Span};

use super::Section;
use super::numeral::{number, years};
use super::paper::paper;
use super::paragraph::Paragraph;
use event::{Subject, statements};

/// What the years are read from.
pub(super) struct Evidence<'a> {
    /// The cleaned text of the file.
    pub(super) text: &'a str,
    /// The report in it.
    pub(super) range: Range<usize>,
    /// Its paragraphs.
    pub(super) paragraphs: &'a [Paragraph<'a>],
    pub(super) front: &'a [Paragraph<'a>],
    pub(super) sections: &'a [Section],
    pub(super) held_on: Option<jiff::civil::Date>,
}

/// The years, and the ground where the text contradicts what it states.
#[derive(Debug, Default)]
pub(super) struct Years {
    pub(super) review: Option<i32>,
    pub(super) plan: Option<i32>,
    pub(super) stated: Option<i32>,
    pub(super) ground: Option<Span>,
    pub(super) doubt: Option<Doubt>,
}

/// Settles the years of a report.
pub(super) fn settle(evidence: &Evidence, clean: &CleanText) -> Years {
    let stated = evidence.stated();
    let conflict = evidence.contradiction(stated);
    let has_plan = evidence
        .sections
        .iter()
        .any(|s| s.kind == SectionType::Plan);
    match conflict {
        Some((review, range)) => {
            let span = clean.span(range.clone());
            let stated = evidence.claimed().or(stated);
            let doubt = stated.map(|stated| Doubt {
                code: DoubtCode::YearConflict,
                message: format!(
                    "the report calls its year {stated}, but what it says of it fits {review}: {}; {review} was taken",
                    &evidence.text[range.clone()]
                ),
                message_zh: format!(
                    "报告自称{stated}年，所述内容却是{review}年的：{}；按{review}年处理",
                    &evidence.text[range]
                ),
                span: Some(span),
            });
            Years {
                review: Some(review),
                plan: has_plan.then_some(review + 1),
                stated,
                ground: Some(span),
                doubt,
            }
        }
        None => Years {
            review: stated,
            plan: stated
                .filter(|_| has_plan)
                .map(|review| evidence.plan_year(review)),
            stated: None,
            ground: None,
            doubt: stated.is_none().then(|| Doubt {
                code: DoubtCode::YearUnknown,
                message:
                    "neither masthead nor headings nor text say which year this report is about"
                        .to_owned(),
                message_zh: "标题、章节标题和正文都没有写明是哪一年的报告".to_owned(),
                span: None,
            }),
        },
    }
}

impl Evidence<'_> {
    /// The year that the report says it looks back on: its headings and its date, else its title, else its text.
    fn stated(&self) -> Option<i32> {
        let review = self.heading_years(SectionType::Review).into_iter().max();
        let plan = self
            .heading_years(SectionType::Plan)
            .into_iter()
            .min()
            .map(|year| year - 1);
        // A report of the first months looks back on the year before; one of the last, or on half a year, on its own.
        let half = self.heads(SectionType::Review, "上半年");
        let dated = self
            .held_on
            .map(|date| (i32::from(date.year()), date.month()))
            .or_else(|| self.month())
            .map(|(year, month)| year - i32::from(month < 9 && !half));
        if let Some(dated) = dated {
            let near = |year: &i32| (year - dated).abs() <= 1;
            return review.filter(near).or(plan.filter(near)).or(Some(dated));
        }
        let paper = self.front.iter().find_map(paper);
        let titled = paper.and_then(|paper| Some(paper.year? - i32::from(!paper.looks_back)));
        review.or(plan).or(titled).or_else(|| {
            let counts = self.year_counts(SectionType::Review);
            let times = |year: i32| counts.get(&year).copied().unwrap_or(0);
            match self.title_year() {
                // A title has the year of the session or the year looked back on.
                Some(title) if times(title - 1) > times(title) => Some(title - 1),
                Some(title) if times(title) > 0 => Some(title),
                Some(title) => Some(title - 1),
                None => counts
                    .into_iter()
                    .max_by_key(|&(year, count)| (count, year))
                    .map(|(year, _)| year),
            }
        })
    }

    /// The year that title or headings claim, as they write it.
    fn claimed(&self) -> Option<i32> {
        let heads = self.heading_years(SectionType::Review).into_iter().max();
        heads.or_else(|| self.title_year())
    }

    fn plan_year(&self, review: i32) -> i32 {
        if self.heads(SectionType::Plan, "下半年") {
            return review;
        }
        self.heading_years(SectionType::Plan)
            .into_iter()
            .find(|&year| year == review + 1)
            .unwrap_or(review + 1)
    }

    /// The years in the headings of the main parts of this kind, else in those of their chapters.
    fn heading_years(&self, kind: SectionType) -> Vec<i32> {
        let of_level = |level| -> Vec<i32> {
            self.sections
                .iter()
                .filter(|s| s.level == level && s.kind == kind)
                .filter_map(|s| s.heading.clone())
                .flat_map(|heading| heading_years(&self.text[heading], kind))
                .collect()
        };
        let years = of_level(1);
        if years.is_empty() { of_level(2) } else { years }
    }

    /// Whether the heading of a main part of this kind has `word`.
    fn heads(&self, kind: SectionType, word: &str) -> bool {
        self.parts()
            .filter(|s| s.kind == kind)
            .filter_map(|s| s.heading.clone())
            .any(|heading| self.text[heading].contains(word))
    }

    /// Year and month of a masthead that gives no day: （2022年1月）
    fn month(&self) -> Option<(i32, i8)> {
        static MONTH: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^[（—]*([12][09]\d\d|二〇[〇一二三四五六七八九]{2})年(\d{1,2}|[一二三四五六七八九十]{1,2})月[）]?$")
                .expect("the pattern of a month compiles")
        });
        self.front.iter().find_map(|line| {
            let found = MONTH.captures(line.text)?;
            let month = number(&found[2]).filter(|m| (1..=12).contains(m))?;
            Some((number(&found[1])? as i32, month as i8))
        })
    }

    fn title_year(&self) -> Option<i32> {
        self.front
            .iter()
            .filter(|line| line.chars <= 50 && line.text.contains("报告"))
            .find_map(|line| {
                let at = line.text.find("20").or_else(|| line.text.find("19"))?;
                number(line.text.get(at..at + 4)?).map(|year| year as i32)
            })
    }

    fn year_counts(&self, kind: SectionType) -> HashMap<i32, usize> {
        let mut counts = HashMap::new();
        for part in self.parts().filter(|part| part.kind == kind) {
            for (_, year) in years(&self.text[part.range.clone()]) {
                *counts.entry(year).or_insert(0) += 1;
            }
        }
        if counts.is_empty() && kind == SectionType::Review {
            for (_, year) in years(&self.text[self.range.clone()]) {
                *counts.entry(year).or_insert(0) += 1;
            }
        }
        counts
    }

    fn parts(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|s| s.level == 1)
    }

    /// The year looked back on that the text's own statements fit, and the first such statement, where they outweigh
    /// those that fit the `stated` year.
    fn contradiction(&self, stated: Option<i32>) -> Option<(i32, Range<usize>)> {
        let mut agreeing = 0_usize;
        let mut others: HashMap<i32, (usize, Range<usize>)> = HashMap::new();
        for part in self.parts() {
            let ahead = match part.kind {
                SectionType::Review => 0,
                SectionType::Plan => 1,
                _ => continue,
            };
            for paragraph in self.paragraphs {
                let range = part.range.start.max(paragraph.range.start)
                    ..part.range.end.min(paragraph.range.end);
                if range.is_empty() {
                    continue;
                }
                for sentence in paragraph.sentences_in(range).iter() {
                    let from = sentence.start;
                    for found in statements(&self.text[sentence.clone()]) {
                        let review = found.year - ahead;
                        let agrees = match found.subject {
                            Subject::Stated(year) => year == found.year,
                            Subject::Relative | Subject::StruckOut => Some(review) == stated,
                        };
                        if agrees {
                            agreeing += 1;
                        } else {
                            let quote = from + found.range.start..from + found.range.end;
                            let entry = others.entry(review).or_insert((0, quote));
                            entry.0 += 1;
                        }
                    }
                }
            }
        }
        others
            .into_iter()
            .filter(|(year, (count, _))| *count > agreeing && Some(*year) != stated)
            .max_by_key(|(year, (count, _))| (*count, *year))
            .map(|(year, (_, quote))| (year, quote))
    }
}

/// The years of which a heading speaks. 一、2004年工作回顾和2005年工作目标 heads a review of 2004.
fn heading_years(text: &str, kind: SectionType) -> Vec<i32> {
    let found = years(text);
    if kind != SectionType::Review {
        return found.into_iter().map(|(_, year)| year).collect();
    }
    let ahead = ["目标", "任务", "安排", "要求", "打算", "思路"]
        .iter()
        .any(|word| text.contains(word));
    let told = ["回顾", "情况", "总结", "成就", "估计"]
        .iter()
        .filter_map(|word| text.find(word))
        .min();
    match told {
        Some(told) if found.iter().any(|&(at, _)| at < told) => found
            .into_iter()
            .filter(|&(at, _)| at < told)
            .map(|(_, year)| year)
            .collect(),
        None if ahead => found
            .into_iter()
            .map(|(_, year)| year)
            .min()
            .into_iter()
            .collect(),
        _ => found.into_iter().map(|(_, year)| year).collect(),
    }
}
