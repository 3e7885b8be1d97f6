//! The figures of one sentence: quantities, each with what it measures, its growth, completion and rank.
//!
//! Works from left to right over the quantities. A growth joins the value before it unless its clause has a subject
//! of its own; a value without a subject takes that of the figure before it.

use std::ops::Range;

use rust_decimal::Decimal;

use super::carried::topic;
use super::change::reached_what;
use super::comparison::Base;
use super::lexicon::{self, Dimension, Role, Said, word_before};
use super::nominal::only_verbs;
use super::quantity::{Mark, Quantity, quantities};
use super::rank::ranks;
use super::role::{Part, part};
use super::subject::{strip_lead, strip_link};

/// A figure as its sentence alone gives it; section, year and status come later.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    /// What it measures, to be shown.
    pub(super) label: String,
    /// Id of the indicator that it is.
    pub(super) indicator: Option<&'static str>,
    /// The quantity, `None` where only a growth is given.
    pub(super) quantity: Option<Quantity>,
    /// Percent or points.
    pub(super) growth: Option<Growth>,
    /// Percent of the task.
    pub(super) completion: Option<Decimal>,
    /// As written.
    pub(super) rank: Option<String>,
    /// Bytes of the sentence, from subject to the last number.
    pub(super) range: Range<usize>,
    /// Which rule made it.
    pub(super) rule: &'static str,
    /// The verb and noun before the number, which the next figure may share.
    pub(super) shared: String,
}

/// How much a figure changed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Growth {
    /// Percent or points, signed.
    pub(super) amount: Decimal,
    /// Whether it is in percentage points.
    pub(super) points: bool,
    /// Against what.
    pub(super) base: Base,
    /// A yearly average.
    pub(super) average: bool,
    /// The bound words around it.
    pub(super) mark: Mark,
    /// Whether it is the first end of a range,
    pub(super) range: bool,
    /// and the other end, signed as it is.
    pub(super) to: Option<Decimal>,
}

impl Growth {
    /// The growth of `amount` that a quantity states.
    pub(super) fn new(quantity: &Quantity, amount: Decimal, base: Base, average: bool) -> Self {
        let unit = quantity.unit.dimension;
        // 增长1.5至2倍 has another end, but not that number.
        let high = quantity
            .high
            .filter(|_| !matches!(unit, Dimension::Times | Dimension::Doubling));
        Self {
            amount,
            points: unit == Dimension::Points,
            base,
            average,
            mark: quantity.mark,
            range: quantity.high.is_some(),
            to: high.map(|high| {
                if amount.is_sign_negative() {
                    -high
                } else {
                    high
                }
            }),
        }
    }
}

/// The subject of a figure while it is being found.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    /// Verb and noun.
    pub(super) before: String,
    /// Where in the sentence it begins.
    pub(super) start: usize,
}

/// The figures of a sentence; `said` are the roles of its words, `place` is the name of the report's own place.
pub(super) fn figures(text: &str, said: Said, place: Option<&str>) -> Vec<Figure> {
    read(text, said, place).figures
}

/// A sentence, read: its quantities, what each is to it, and the figures.
pub(super) struct SentenceReading {
    /// In reading order.
    pub(super) quantities: Vec<Quantity>,
    /// What each quantity is: value, growth, threshold …
    pub(super) parts: Vec<&'static str>,
    /// In reading order.
    pub(super) figures: Vec<Figure>,
}

/// Reads a sentence.
pub(super) fn read(text: &str, said: Said, place: Option<&str>) -> SentenceReading {
    let mut reader = Reader {
        text,
        found: Vec::new(),
        used: 0,
        from: None,
        parts: Vec::new(),
    };
    let quantities = quantities(text);
    let mut at = 0;
    while at < quantities.len() {
        at += reader.read(&quantities, at);
    }
    if said.has(Role::Structure) {
        reader.industry_structure();
    }
    if said.has(Role::Flat) {
        reader.flat_changes();
    }
    if said.has(Role::Ranked) {
        reader.add_ranks(&ranks(text));
    }
    reader.name_the_nameless();
    if let Some(place) = place {
        reader.name_by_the_place(place);
    }
    reader
        .found
        .sort_by_key(|figure| (figure.range.end, figure.range.start));
    SentenceReading {
        quantities,
        parts: reader.parts,
        figures: reader.found,
    }
}

/// 重点实施, 突出抓好: what was done, and not with what.
fn is_deed(words: &str) -> bool {
    let deed = [Role::WorkVerb, Role::TopicVerb]
        .iter()
        .find_map(|&role| word_before(words, role));
    let before = deed.map(|deed| words[..words.len() - deed.len()].chars().count());
    let known = || {
        [Role::Stage, Role::VerbIn]
            .iter()
            .any(|&role| lexicon::words(role).contains(&words))
    };
    before.is_some_and(|count| count <= 2) || only_verbs(words) || known()
}

/// 撤并15所30人以下教学点: right behind a count, how large each of those counted is.
fn sizes_what_was_counted(counted: &Quantity, size: &Quantity, after: &str) -> bool {
    let bounded = size.range.end > size.number.end;
    counted.range.end == size.range.start
        && counted.unit.counts()
        && counted.unit.base != size.unit.base
        && bounded
        && matches!(size.mark, Mark::Above | Mark::AtMost | Mark::Less)
        && after.starts_with(char::is_alphabetic)
}

/// A sentence while its figures are being found. Its rules stand in `value`, `change`, `shared` and `rank`.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// The figures so far, in reading order.
    pub(super) found: Vec<Figure>,
    /// Bytes up to the last quantity that was read.
    pub(super) used: usize,
    /// The end of the subject of a change 由…到…, where one is open.
    pub(super) from: Option<Range<usize>>,
    /// What each quantity so far is to the sentence.
    parts: Vec<&'static str>,
}

impl Reader<'_> {
    /// Reads the quantity at `at` and says how many were taken.
    fn read(&mut self, all: &[Quantity], at: usize) -> usize {
        let quantity = &all[at];
        let start = self.clause_start(quantity.range.start);
        let before = &self.text[start..quantity.range.start];
        let after = &self.text[quantity.range.end..];
        let clause_end = quantity.range.end
            + after
                .find(['，', '。', '；', '：', '！'])
                .unwrap_or(after.len());
        let another = all
            .get(at + 1)
            .is_some_and(|next| next.range.start < clause_end);
        // 时限由20天压缩至5天: whether the new value is a duration says the subject of the old one.
        let subject = self.from.as_ref().map_or(before, |from| {
            let lasts = quantity.unit.dimension == Dimension::Time;
            if lasts {
                &self.text[from.clone()]
            } else {
                before
            }
        });
        let part = if at > 0 && sizes_what_was_counted(&all[at - 1], quantity, after) {
            Part::Threshold
        } else {
            part(quantity, subject, after, another)
        };
        let taken = self.shared_out(all, at, start, &part);
        if taken > 0 {
            self.parts.extend(std::iter::repeat_n("shared out", taken));
            return taken;
        }
        self.parts.push(part.name());
        match part {
            Part::Aside | Part::Threshold => {}
            Part::From => {
                let cut = before
                    .rfind(['由', '从'])
                    .or_else(|| before.rfind('在'))
                    .unwrap_or(before.len());
                self.from = Some(start..start + cut);
                self.used = quantity.range.end;
            }
            Part::Growth {
                amount,
                base,
                average,
                subject,
            } => {
                let growth = Growth::new(quantity, amount, base, average);
                let old = at.checked_sub(1).map(|old| &all[old]);
                let own = self.turned_growth(&before[..subject.min(before.len())], old);
                if own.is_some() {
                    self.from = None;
                }
                self.growth(own.unwrap_or(start..start + subject), growth, quantity);
                self.used = quantity.range.end;
            }
            Part::Completion { percent, subject } => {
                self.completion(start, subject, percent, quantity);
                self.used = quantity.range.end;
            }
            Part::Value if self.raises_the_goal(quantity, before) => {
                self.used = quantity.range.end;
            }
            Part::Value if self.level_of_a_rate(quantity, start) => {
                self.used = quantity.range.end;
            }
            Part::Value => {
                self.value(all, at, start);
                self.used = quantity.range.end;
            }
        }
        1
    }

    /// （剔除一次性因素，增长8%）: what says nothing of itself is of the figure before, or bears the words that it has; what has
    /// none is no figure.
    fn name_the_nameless(&mut self) {
        let Some(first) = self.found.iter().position(|figure| figure.label.is_empty()) else {
            return;
        };
        for at in first..self.found.len() {
            if !self.found[at].label.is_empty() {
                continue;
            }
            let figure = &self.found[at];
            let number = figure
                .quantity
                .as_ref()
                .map_or(figure.range.end, |quantity| quantity.number.start);
            let words = self
                .text
                .get(figure.range.start..number)
                .unwrap_or_default();
            let words = words
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_owned();
            let before = at
                .checked_sub(1)
                .map(|before| self.found[before].label.clone());
            self.found[at].label = before.filter(|label| !label.is_empty()).unwrap_or(words);
        }
        self.found.retain(|figure| !figure.label.is_empty());
    }

    /// 增长15%，力争16%: a further goal for the growth before.
    fn raises_the_goal(&mut self, quantity: &Quantity, before: &str) -> bool {
        let striving = [
            "力争",
            "争取",
            "力争达到",
            "争取达到",
            "奋力冲刺",
            "冲刺",
            "力争增长",
        ]
        .contains(&before.trim_start_matches(['，', '、', ' ']));
        let Some(last) = self.found.last().filter(|last| {
            striving && quantity.unit.dimension == Dimension::Share && last.quantity.is_none()
        }) else {
            return false;
        };
        let Some(growth) = last.growth else {
            return false;
        };
        let goal = Growth::new(quantity, quantity.value, growth.base, growth.average);
        let range = last.range.start..quantity.range.end;
        self.found.push(Figure {
            growth: Some(goal),
            range,
            rule: "second growth",
            ..last.clone()
        });
        true
    }

    /// Where the clause of a number begins: after the last mark or the last figure.
    fn clause_start(&self, end: usize) -> usize {
        let marks = ['，', '。', '；', '：', '！', '？'];
        let mark = self.text[self.used.min(end)..end]
            .rfind(marks)
            .map_or(0, |at| {
                let at = self.used.min(end) + at;
                at + self.text[at..].chars().next().map_or(0, char::len_utf8)
            });
        mark.max(self.used.min(end))
    }

    /// What stands before a number without a subject: that of the last figure, or the words since then. A rate or a
    /// total leans on what the last one leaned on; what is said of the last figure itself (其中) on the `whole` of it.
    pub(super) fn context(&self, start: usize, whole: bool) -> Subject {
        let words = self.clause_before(start);
        // A growth may have been joined to a figure before the last.
        let last = self.found.last();
        let joined = || {
            let mut found = self.found.iter().rev();
            found.find(|figure| figure.range.end > words.start)
        };
        let last = last
            .filter(|last| words.before.is_empty() || words.start < last.range.end)
            .or_else(joined)
            .or(last);
        match last {
            Some(last) if words.before.is_empty() || words.start < last.range.end => {
                // 保障房19万套，完工率62%，完成投资183亿元: of what was counted, not of its rate.
                let rate = last.label == last.shared
                    && last
                        .quantity
                        .as_ref()
                        .is_some_and(|quantity| quantity.unit.dimension == Dimension::Share);
                let counts = |figure: &&Figure| {
                    figure
                        .quantity
                        .as_ref()
                        .is_some_and(|quantity| quantity.unit.counts())
                };
                let last = Some(())
                    .filter(|()| rate && !whole)
                    .and_then(|()| self.found.iter().rfind(counts))
                    .unwrap_or(last);
                // 重点实施11个技改项目，开工率达87%: of what stands behind the number, where before it is only a verb.
                let behind = last
                    .label
                    .strip_prefix(last.shared.as_str())
                    .filter(|noun| noun.chars().count() > 1 && counts(&last))
                    .filter(|_| is_deed(&last.shared));
                let before = if whole || last.shared.is_empty() {
                    &last.label
                } else {
                    behind.unwrap_or(&last.shared)
                };
                Subject {
                    before: before.to_owned(),
                    start: last.range.start,
                }
            }
            _ => words,
        }
    }

    /// The clause before the one that begins at `start`, as a subject of last resort.
    pub(super) fn clause_before(&self, start: usize) -> Subject {
        let head = self.text[..start].trim_end_matches(['，', '；', '：', '、', ' ']);
        let from = head
            .rfind(['，', '；', '：', '。'])
            .map_or(0, |at| at + '，'.len_utf8());
        let lead = strip_lead(&head[from..]);
        // 外贸出口止跌回升，比上年增长: the subject without what is said of it.
        let about = word_before(lead, Role::Predicate)
            .map(|said| strip_link(&lead[..lead.len() - said.len()]))
            .filter(|subject| subject.chars().count() > 1)
            .or_else(|| topic(lead))
            .unwrap_or(lead);
        // 利用外资连续五年位居前茅: how long it has been so is no subject.
        let about = about
            .find("连续")
            .filter(|&at| at >= "外资".len())
            .map_or(about, |at| &about[..at]);
        // 生产总值在2018年65亿元的基础上: what it was is no subject.
        let about = about
            .strip_suffix("基础上")
            .and_then(|rest| Some(&about[..rest.find('在')?]))
            .filter(|subject| !subject.is_empty())
            .unwrap_or(about);
        Subject {
            before: strip_link(reached_what(about)).to_owned(),
            start: head.len() - lead.len(),
        }
    }
}
