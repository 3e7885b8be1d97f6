//! Figures of sentences → [`Metric`]s of a report: section, status, year, period and the place in the stored text.

use rust_decimal::prelude::ToPrimitive;

use super::figure::{Figure, figures};
use super::lexicon::{Role, Said, holds, words_in};
use super::nominal::opens_with_verb;
use super::outlook::Outlook;
use super::period::{Around, period};
use super::quantity::Mark;
use super::subject::Base;
use super::time::{YearMention, YearRole, years};
use crate::decode::SourceText;
use crate::document::words::head;
use crate::document::{Document, Sentence};
use crate::fact::{Bound, GrowthKind, Metric, Period, SectionType, Session, Status};

/// Calls `read` with each sentence that may hold figures, and what it stands in.
pub(super) fn each_sentence<'a>(
    source: &'a SourceText,
    document: &'a Document,
    mut read: impl FnMut(&Scene<'a>),
) {
    let mut carried = Carried::default();
    let mut outlook = Outlook::default();
    // Asked of a heading once, not for each of its sentences.
    let mut zone = None;
    for sentence in &document.sentences {
        let section = &document.sections[sentence.section];
        if section.kind == SectionType::Front {
            continue;
        }
        // Notes on the words of a report, under a title of their own or not.
        if section.kind == SectionType::Closing
            && (section.heading.is_some()
                || explains_a_term(&source.clean.as_str()[sentence.range.clone()]))
        {
            continue;
        }
        let text = &source.clean.as_str()[sentence.range.clone()];
        let said = Said::of(text);
        carried.enter(sentence);
        outlook.enter(source.clean.as_str(), document, sentence);
        let is_zone = match zone {
            Some((section, known)) if section == sentence.section => known,
            _ => of_a_zone(source.clean.as_str(), document, sentence.section),
        };
        zone = Some((sentence.section, is_zone));
        let scene = Scene {
            source,
            session: &document.session,
            sentence,
            text,
            kind: if section.kind == SectionType::Review || section.kind == SectionType::Problems {
                carried.announced(text, said, section.kind)
            } else {
                section.kind
            },
            said,
            years: years(text, said),
            carried: carried.target.or(outlook.horizon()),
            dated: carried.dated,
            years_together: outlook.several() && section.kind == SectionType::Review,
            zone: is_zone,
        };
        read(&scene);
        carried.leave(&scene);
    }
}

/// 〔3〕“三个一批”：是指…: a note behind the report, no statement of it.
fn explains_a_term(text: &str) -> bool {
    let explained = text.find('：').is_some_and(|at| {
        let rest = text[at + '：'.len_utf8()..].trim_start_matches(['是', '主', '要', ' ']);
        at <= 90
            && ["指", "即", "系指", "包括"]
                .iter()
                .any(|word| rest.starts_with(word))
    });
    explained || text.contains("是指") || text.contains("名词解释")
}

/// Whether a section's own heading names a part of the place as its subject: 滨海新区开发开放成效明显.
fn of_a_zone(text: &str, document: &Document, section: usize) -> bool {
    let heading = document.sections[section]
        .heading
        .clone()
        .map_or("", |range| &text[range]);
    let heading = heading.trim_start_matches(|c: char| {
        c.is_ascii_digit() || "（）()一二三四五六七八九十、.—－- ".contains(c)
    });
    // 滨海 of 滨海新区: a name of two or three characters, and nothing that would be a verb.
    let name = |(at, _)| (6..=12).contains(&at) && !opens_with_verb(heading);
    words_in(heading, Role::ZoneName).any(name)
}

/// The year that a paragraph's targets are for: 到2025年 holds for the sentences after it as well.
#[derive(Default)]
struct Carried {
    paragraph: Option<usize>,
    target: Option<i32>,
    /// Whether the paragraph has named the year under review and not turned to several years since.
    dated: bool,
    /// Whether the paragraph has announced the goals of the coming year.
    goals: bool,
}

impl Carried {
    /// 今年的主要预期目标是：… stands in many an older report between the work done and the work to do: what it announces
    /// are targets, to the end of its paragraph.
    fn announced(&mut self, text: &str, said: Said, kind: SectionType) -> SectionType {
        self.goals |= said.has(Role::AimsAre)
            && words_in(text, Role::AimsAre).any(|(at, _)| {
                let head = &text[..at];
                ["今年", "预期", "主要", "调控", "明年", "安排", "建议"]
                    .iter()
                    .any(|word| head.contains(word))
                    && ![
                        "去年",
                        "上年",
                        "完成",
                        "提出的",
                        "确定的",
                        "实现了",
                        "既定",
                        "过去",
                    ]
                    .iter()
                    .any(|word| head.contains(word))
            });
        if self.goals {
            SectionType::Targets
        } else {
            kind
        }
    }

    fn enter(&mut self, sentence: &Sentence) {
        if self.paragraph != Some(sentence.paragraph) {
            *self = Self {
                paragraph: Some(sentence.paragraph),
                target: None,
                dated: false,
                goals: false,
            };
        }
    }

    fn leave(&mut self, scene: &Scene<'_>) {
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

/// A sentence and what it stands in.
pub(super) struct Scene<'a> {
    source: &'a SourceText,
    session: &'a Session,
    pub(super) sentence: &'a Sentence,
    pub(super) text: &'a str,
    pub(super) kind: SectionType,
    /// The roles of the words in its text.
    pub(super) said: Said,
    pub(super) years: Vec<YearMention>,
    carried: Option<i32>,
    /// Whether the sentences before it in the paragraph have named the year under review.
    dated: bool,
    /// Whether the part of the report looks back over several years together.
    years_together: bool,
    /// Whether the heading says that the section is about a part of the place.
    zone: bool,
}

impl Scene<'_> {
    /// The figures of the sentence.
    pub(super) fn metrics(&self) -> impl Iterator<Item = Metric> {
        let found = figures(self.text, self.said).into_iter();
        found.map(|figure| self.metric(figure))
    }

    /// Whether a word of `role` stands in the sentence before a byte of it.
    fn says_before(&self, at: usize, role: Role) -> bool {
        self.said.has(role) && holds(&self.text[..at], role)
    }

    /// Whether the sentence opens with the coming year, or the clause up to a byte names it: 今年.
    fn speaks_of_the_coming_year(&self, at: usize) -> bool {
        let clause = self.text[..at]
            .rfind(['，', '；'])
            .map_or(0, |mark| mark + '，'.len_utf8());
        self.says_before(at, Role::Coming)
            && (holds(head(self.text, 12), Role::Coming)
                || holds(&self.text[clause..at], Role::Coming))
    }

    pub(super) fn metric(&self, figure: Figure) -> Metric {
        let first = figure
            .quantity
            .as_ref()
            .map_or(figure.range.end, |quantity| quantity.number.start);
        let (year, status) = self.time(first, &figure);
        let named = self.year_named_before(first);
        let dated = self.dated || named.is_some() || self.says_a_year_before(first);
        let against_last_year = figure
            .growth
            .is_some_and(|growth| growth.base == Base::YearBefore && !growth.average)
            && self.says_year_before(figure.range.end);
        let period = period(
            &figure,
            &self.text[..first],
            status,
            Around {
                said: self.said,
                named,
                years_together: self.years_together,
                dated,
            },
        );
        // 同比增长12%: what is set against the year before is of one year.
        let period = match period {
            Period::Cumulative if against_last_year => Period::Year,
            period => period,
        };
        let range = self.sentence.range.start + figure.range.start
            ..self.sentence.range.start + figure.range.end;
        let span = self.source.clean.span(range);
        let quote = self.source.quote(span).to_owned();
        let mark = figure
            .quantity
            .as_ref()
            .map(|quantity| quantity.mark)
            .or(figure.growth.map(|growth| growth.mark));
        let held = ["在", "保持", "稳定"]
            .iter()
            .any(|word| self.text[..first].trim_end().ends_with(word))
            || self.says_before(first, Role::Held);
        let high = figure.quantity.as_ref().and_then(|quantity| quantity.high);
        let growth_range =
            figure.quantity.is_none() && figure.growth.is_some_and(|growth| growth.range);
        let bound = if high.is_some() || growth_range {
            Bound::Range
        } else {
            bound(mark.unwrap_or(Mark::Exact), status, held)
        };
        let unit = figure.quantity.as_ref().map(|quantity| {
            // 排名由227位提升到49位: places, no persons.
            let ranked = figure.label.ends_with("排名") || figure.label.ends_with("位次");
            let base = if figure.rule == "rank alone"
                || (ranked && matches!(quantity.unit.form, "位" | "名"))
            {
                "名"
            } else {
                quantity.unit.base
            };
            quantity
                .per
                .map_or_else(|| base.to_owned(), |per| format!("{base}/{per}"))
        });
        Metric {
            indicator: figure.indicator.filter(|_| !self.zone).map(str::to_owned),
            label: figure.label,
            number: figure.quantity.as_ref().map(|quantity| {
                let number = self.sentence.range.start + quantity.number.start
                    ..self.sentence.range.start + quantity.number.end;
                let span = self.source.clean.span(number);
                self.source.quote(span).to_owned()
            }),
            value: figure
                .quantity
                .as_ref()
                .and_then(|quantity| quantity.value.to_f64()),
            value_high: high.and_then(|high| high.to_f64()),
            unit,
            bound,
            growth: figure.growth.and_then(|growth| growth.amount.to_f64()),
            growth_kind: figure.growth.map(|growth| {
                if growth.points {
                    GrowthKind::Points
                } else if growth.average {
                    GrowthKind::Average
                } else {
                    match growth.base {
                        Base::YearBefore
                            if self.compares_with_earlier(figure.range.end)
                                || (self.years_together
                                    && !dated
                                    && !self.says_year_before(figure.range.end)) =>
                        {
                            GrowthKind::Cumulative
                        }
                        Base::YearBefore => GrowthKind::YearOnYear,
                        Base::Year(base) if year == Some(base + 1) => GrowthKind::YearOnYear,
                        Base::Year(_) | Base::Earlier => GrowthKind::Cumulative,
                    }
                }
            }),
            status,
            year,
            period,
            completion: figure.completion.and_then(|percent| percent.to_f64()),
            rank: figure.rank,
            quote,
            span,
            section: Some(self.sentence.section),
            rule: figure.rule,
        }
    }

    /// Where the last year ends that is named before a number and that it is of: 2023年.
    fn year_named_before(&self, at: usize) -> Option<usize> {
        let mut named = self.years.iter().rev();
        named
            .find(|named| named.end <= at && named.role == YearRole::About)
            .map(|named| named.end)
    }

    /// Whether the words before a number say of which year it is: 全年, 去年.
    fn says_a_year_before(&self, at: usize) -> bool {
        self.says_before(at, Role::YearNamed) || self.says_before(at, Role::YearEnd)
    }

    fn names_the_review_year(&self) -> bool {
        let review = self.session.review_year;
        self.years
            .iter()
            .any(|named| named.role == YearRole::About && Some(named.year) == review)
            || self.said.has(Role::YearNamed)
    }

    /// Whether a growth is said to be against the year before: 同比, 比上年.
    fn says_year_before(&self, at: usize) -> bool {
        let clause = self.text[..at]
            .rfind(['；', '。'])
            .map_or(0, |mark| mark + '；'.len_utf8());
        ["同比", "上年", "去年"]
            .iter()
            .any(|word| self.text[clause..at].contains(word))
    }

    /// 2011年与2006年相比: the growths after it are not against the year before.
    fn compares_with_earlier(&self, at: usize) -> bool {
        let before = &self.text[..at];
        let compared = before.find("年相比").map_or("", |end| &before[..end]);
        let year = compared
            .char_indices()
            .rev()
            .nth(3)
            .and_then(|(at, _)| compared[at..].parse::<i32>().ok());
        year.is_some_and(|year| {
            self.session
                .review_year
                .is_some_and(|review| year < review - 1)
        })
    }

    /// Year and status of a figure whose number begins at `at`.
    fn time(&self, at: usize, figure: &Figure) -> (Option<i32>, Status) {
        let planned = matches!(
            self.kind,
            SectionType::Plan
                | SectionType::Targets
                | SectionType::Guideline
                | SectionType::Closing
        );
        let session = self.session;
        let default = if planned {
            session
                .plan_year
                .or(session.review_year.map(|year| year + 1))
        } else {
            session.review_year
        };
        let expected = self.says_before(at, Role::Expected)
            || (self.said.has(Role::Promised)
                && promised(&self.text[figure.range.start.min(at)..at], &self.text[at..]))
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
}

/// 一九八一年，农业总产值要求达到…: of a year to come, and asked for.
fn wished(before: &str) -> bool {
    [
        "要求",
        "争取",
        "力争",
        "计划",
        "安排",
        "确保",
        "预期",
        "要达到",
        "目标",
    ]
    .iter()
    .any(|word| before.contains(word))
}

/// 完成财政收入3亿元（预计数，下同）.
fn noted_as_expected(after: &str) -> bool {
    let bracket = after
        .char_indices()
        .take_while(|&(at, _)| at <= 24)
        .find(|&(_, c)| c == '（');
    bracket.is_some_and(|(at, _)| {
        after[at..].starts_with("（预计") || after[at..].starts_with("（快报")
    })
}

/// 可达到50万元, 剩余8户也将脱贫: said of the year under review, and still to come.
fn promised(before: &str, after: &str) -> bool {
    let soon = ["可达", "将达", "可实现", "将实现", "可完成", "将完成"]
        .iter()
        .any(|word| before.contains(word));
    let clause = &after[..after.find(['，', '。', '；']).unwrap_or(after.len())];
    soon || ["也将", "即将", "将于"]
        .iter()
        .any(|word| clause.contains(word))
}

/// How the words around a number bound it: 以上 of what was done exceeds it, of what is planned reaches it.
fn bound(mark: Mark, status: Status, held: bool) -> Bound {
    match mark {
        Mark::Exact => Bound::Eq,
        Mark::About => Bound::Approx,
        Mark::More => Bound::Gt,
        Mark::Above if status == Status::Actual && !held => Bound::Gt,
        Mark::AtLeast | Mark::Above => Bound::Ge,
        Mark::Less => Bound::Lt,
        Mark::AtMost => Bound::Le,
    }
}
