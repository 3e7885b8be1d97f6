//! The figures of one sentence: quantities, each with what it measures, its growth, completion and rank.
//!
//! Works from left to right over the quantities. A growth joins the value before it unless its clause has a subject
//! of its own; a value without a subject takes that of the figure before it.

use std::ops::Range;

use rust_decimal::Decimal;

use super::indicator::indicator;
use super::lexicon::{Dimension, Role, word_after, word_before};
use super::nominal::{has_noun, opens_with_noun};
use super::quantity::{Mark, Quantity, quantities};
use super::rank::{Rank, ranks};
use super::role::{Part, part};
use super::subject::{Base, attached, label, strip_comparison, strip_lead, strip_link};

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
    shared: String,
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
}

/// The subject of a figure while it is being found.
#[derive(Debug, Clone, Default)]
struct Subject {
    /// Verb and noun.
    before: String,
    /// Where in the sentence it begins.
    start: usize,
}

/// Reads the figures of a sentence.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let mut reader = Reader {
        text,
        found: Vec::new(),
        used: 0,
        from: None,
    };
    let all = quantities(text);
    let mut at = 0;
    while at < all.len() {
        at += reader.read(&all, at);
    }
    reader.flat_changes();
    let ranks = ranks(text);
    reader.add_ranks(&ranks);
    reader
        .found
        .sort_by_key(|figure| (figure.range.end, figure.range.start));
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    found: Vec<Figure>,
    /// Bytes up to the last quantity that was read.
    used: usize,
    /// The end of the subject of a change 由…到…, where one is open.
    from: Option<Range<usize>>,
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
        if before.contains("分别") {
            let taken = self.shared_out(all, at, start);
            if taken > 0 {
                return taken;
            }
        }
        match part(quantity, before, after, another) {
            Part::Aside | Part::Threshold => {}
            Part::From => {
                let cut = ["由", "从"]
                    .iter()
                    .filter_map(|word| before.rfind(word))
                    .max()
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
                let growth = Growth {
                    amount,
                    points: quantity.unit.dimension == Dimension::Points,
                    base,
                    average,
                    mark: quantity.mark,
                };
                self.growth(start..start + subject, growth, quantity);
                self.used = quantity.range.end;
            }
            Part::Completion { percent, subject } => {
                self.completion(start, subject, percent, quantity);
                self.used = quantity.range.end;
            }
            Part::Value => {
                self.value(all, at, start);
                self.used = quantity.range.end;
            }
        }
        1
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

    /// A value: its subject is before it, after it, or that of the figure before.
    fn value(&mut self, all: &[Quantity], at: usize, start: usize) {
        let quantity = &all[at];
        let mut own = start..quantity.range.start;
        let mut rule = "subject before";
        if let Some(from) = self.from.take() {
            own = from;
            rule = "from-to";
        }
        let text = self.text[own.clone()].trim_start_matches(['、', '，', ' ']);
        let joint = ["和", "与", "及", "以及"]
            .iter()
            .find(|joint| text.starts_with(**joint))
            .map_or(0, |joint| joint.len());
        let needs_context = word_after(&text[joint..], Role::Context).is_some();
        let lead = strip_lead(text);
        let before = strip_link(lead);
        let (after, after_end) = self.noun_after(all, at, before);
        let mut start = own.end - lead.len();
        let mut before = before.to_owned();
        if after.is_empty() || before.is_empty() {
            if before.is_empty()
                || needs_context
                || (before.chars().count() <= 6
                    && after.is_empty()
                    && indicator(&before, None).is_none()
                    && !has_noun(&before))
            {
                let context = self.context(own.start);
                let joined = if before.is_empty() || context.before.ends_with(&before) {
                    context.before
                } else {
                    format!("{}{before}", context.before)
                };
                if !joined.is_empty() {
                    if before.is_empty() && after.is_empty() {
                        rule = "subject of the figure before";
                    }
                    before = joined;
                    start = context.start;
                }
            }
        }
        if !after.is_empty() {
            rule = "noun after";
        }
        let unit = quantity.unit.base;
        let exact = format!("{before}{after}");
        let named = indicator(&before, Some(unit)).or_else(|| indicator(&exact, Some(unit)));
        self.found.push(Figure {
            label: label(&before, &after),
            indicator: named.map(|indicator| indicator.id.as_str()),
            quantity: Some(quantity.clone()),
            growth: None,
            completion: None,
            rank: None,
            range: start.min(own.end)..after_end,
            rule,
            shared: before,
        });
    }

    /// What the clause before offers as a subject: that of the last figure, else the words before.
    fn context(&self, start: usize) -> Subject {
        match self.found.last() {
            Some(last) => {
                let before = if last.shared.is_empty() {
                    last.label.clone()
                } else {
                    last.shared.clone()
                };
                Subject {
                    before,
                    start: last.range.start,
                }
            }
            None => self.clause_before(start),
        }
    }

    /// The noun after a number where it belongs to it, and the byte where it ends.
    fn noun_after(&self, all: &[Quantity], at: usize, before: &str) -> (String, usize) {
        let quantity = &all[at];
        let (mut noun, mut end) = self.plain_noun_after(all, at, before);
        if noun.is_empty()
            && let Some(next) = all.get(at + 1)
        {
            // 2651户7457人脱贫任务, 5.68万㎡、528套住房: measures in a row share the noun after the last; a noun that
            // a second measure interrupts stands after that one's 的.
            let between = self.text[quantity.range.end..next.range.start].trim();
            let measures = !matches!(
                next.unit.dimension,
                Dimension::Share | Dimension::Points | Dimension::Times | Dimension::Time
            );
            let alike = next.unit == quantity.unit || (!quantity.unit.counts() && next.unit.counts());
            if measures && (between.is_empty() || (between == "、" && (alike || !has_noun(before)))) {
                (noun, end) = self.plain_noun_after(all, at + 1, before);
            }
        } else if let Some(next) = all.get(at + 1).filter(|_| quantity.unit.counts()) {
            let rest = &self.text[next.range.end..];
            let between = &self.text[quantity.range.end..next.range.start];
            if next.unit.dimension == Dimension::Money
                && rest.starts_with('的')
                && !between.contains(['，', '、', '；'])
            {
                let (of, of_end) = self.plain_noun_after(all, at + 1, "");
                noun.push_str(&of);
                end = of_end;
            }
        }
        if quantity.unit.dimension == Dimension::Noun {
            let gap = if noun.starts_with('的') {
                ""
            } else {
                quantity.unit.form
            };
            noun = format!("{gap}{noun}");
        }
        (noun, end.max(quantity.range.end))
    }

    /// The noun right after one number.
    fn plain_noun_after(&self, all: &[Quantity], at: usize, before: &str) -> (String, usize) {
        let quantity = &all[at];
        let nothing = (String::new(), quantity.range.end);
        let next = all
            .get(at + 1)
            .map_or(self.text.len(), |next| next.range.start);
        let rest = &self.text[quantity.range.end..next];
        // 416台（套）: the other counter in brackets.
        let rest = rest
            .strip_prefix("（")
            .and_then(|inner| inner.split_once('）'))
            .filter(|(inner, _)| inner.chars().count() <= 2)
            .map_or(rest, |(_, rest)| rest);
        let of = rest.strip_prefix('的');
        let noun = attached(of.unwrap_or(rest));
        let starts_change = [
            "同比",
            "比上",
            "较上",
            "增长",
            "下降",
            "占",
            "左右",
            "以上",
            "并",
            "且",
            "，",
            "，其中",
        ]
        .iter()
        .any(|word| noun.starts_with(word));
        if noun.is_empty()
            || starts_change
            || rest.starts_with(['、', '和', '与', '及', '，', '；', '。', '：'])
        {
            return nothing;
        }
        let short_verb = before.chars().count() <= 4;
        let wanted = match quantity.unit.dimension {
            Dimension::Count | Dimension::Person | Dimension::Noun | Dimension::Share => true,
            Dimension::Money | Dimension::Points | Dimension::Times => of.is_some() || short_verb,
            _ => of.is_some() || short_verb || opens_with_noun(noun),
        };
        if !wanted {
            return nothing;
        }
        let at = rest.find(noun).unwrap_or(0);
        (
            noun.to_owned(),
            self.text.len().min(
                quantity.range.end + self.text[quantity.range.end..next].len() - rest.len()
                    + at
                    + noun.len(),
            ),
        )
    }

    /// The clause before the one that begins at `start`, as a subject of last resort.
    fn clause_before(&self, start: usize) -> Subject {
        let head = self.text[..start].trim_end_matches(['，', '；', '：', '、', ' ']);
        let from = head
            .rfind(['，', '；', '：', '。'])
            .map_or(0, |at| at + '，'.len_utf8());
        let lead = strip_lead(&head[from..]);
        Subject {
            before: strip_link(lead).to_owned(),
            start: head.len() - lead.len(),
        }
    }

    /// A growth: of the subject that its clause names, else of the value before it.
    fn growth(&mut self, own: Range<usize>, growth: Growth, quantity: &Quantity) {
        let lead = strip_lead(&self.text[own.clone()]);
        let subject = strip_link(lead);
        let again = self.found.last().is_some_and(|last| last.growth.is_none() && says_again(subject, &last.label));
        if subject.is_empty() || again {
            if let Some(last) = self
                .found
                .iter_mut()
                .rev()
                .find(|figure| figure.growth.is_none() && figure.quantity.is_some())
            {
                last.growth = Some(growth);
                last.range.end = quantity.range.end;
                return;
            }
            if let Some(last) = self.found.last().cloned() {
                self.found.push(Figure {
                    quantity: None,
                    growth: Some(growth),
                    rank: None,
                    completion: None,
                    range: last.range.start..quantity.range.end,
                    rule: "second growth",
                    ..last
                });
                return;
            }
        }
        let start = own.end - lead.len();
        let (subject, start) = if subject.is_empty() {
            let before = self.clause_before(own.start);
            (before.before, before.start)
        } else {
            (subject.to_owned(), start)
        };
        if subject.is_empty() {
            return;
        }
        self.push_growth(&subject, start..quantity.range.end, growth, "growth alone");
    }

    fn push_growth(
        &mut self,
        subject: &str,
        range: Range<usize>,
        growth: Growth,
        rule: &'static str,
    ) {
        self.found.push(Figure {
            label: label(subject, ""),
            indicator: indicator(subject, None).map(|indicator| indicator.id.as_str()),
            quantity: None,
            growth: Some(growth),
            completion: None,
            rank: None,
            range,
            rule,
            shared: subject.to_owned(),
        });
    }

    /// A completion: of the value before it, else a figure of its own.
    fn completion(&mut self, start: usize, subject: usize, percent: Decimal, quantity: &Quantity) {
        let own = strip_link(strip_lead(&self.text[start..start + subject]));
        if own.is_empty()
            && let Some(last) = self
                .found
                .iter_mut()
                .rev()
                .find(|figure| figure.completion.is_none())
        {
            last.completion = Some(percent);
            last.range.end = quantity.range.end;
            return;
        }
        let (own, from) = if own.is_empty() {
            let before = self.clause_before(start);
            (before.before, before.start)
        } else {
            (own.to_owned(), start)
        };
        let task = strip_lead(&self.text[start + subject..quantity.range.start]);
        self.found.push(Figure {
            label: label(&own, strip_link(task)),
            indicator: None,
            quantity: Some(quantity.clone()),
            growth: None,
            completion: Some(percent),
            rank: None,
            range: from..quantity.range.end,
            rule: "completion alone",
            shared: own,
        });
    }

    /// 分别: several numbers for several subjects, shared out in order. Says how many numbers were taken.
    fn shared_out(&mut self, all: &[Quantity], at: usize, start: usize) -> usize {
        let mut end = at + 1;
        while let Some(next) = all.get(end) {
            let between = self.text[all[end - 1].range.end..next.range.start].trim();
            if !matches!(between, "、" | "和" | "与" | "及" | "以及" | "，" | "") {
                break;
            }
            end += 1;
        }
        let count = end - at;
        let split = start
            + self.text[start..all[at].range.start]
                .find("分别")
                .unwrap_or(0);
        let names = strip_lead(self.text[start..split].trim_end());
        let (names, base) = strip_comparison(names);
        let first = &self.text[start..all[at].range.start];
        let change = part(&all[at], first, &self.text[all[at].range.end..], count > 1);
        if names.is_empty() {
            return self.share_growths(all, at..end, &change, base);
        }
        let names_start = split - (split - start).min(self.text[start..split].trim_start().len());
        let subjects = subjects(names, count);
        for (k, quantity) in all[at..end].iter().enumerate() {
            let subject = subjects
                .get(k)
                .or(subjects.last())
                .cloned()
                .unwrap_or_default();
            let range = names_start..quantity.range.end;
            if let Part::Growth {
                amount,
                average,
                base: own,
                ..
            } = change
            {
                let sign = if amount.is_sign_negative() {
                    -Decimal::ONE
                } else {
                    Decimal::ONE
                };
                let base = if own == Base::YearBefore { base } else { own };
                let growth = Growth {
                    amount: quantity.value * sign,
                    points: quantity.unit.dimension == Dimension::Points,
                    base,
                    average,
                    mark: quantity.mark,
                };
                self.push_growth(&subject, range, growth, "shared-out growth");
            } else {
                self.found.push(Figure {
                    label: label(&subject, ""),
                    indicator: indicator(&subject, Some(quantity.unit.base))
                        .map(|indicator| indicator.id.as_str()),
                    quantity: Some(quantity.clone()),
                    growth: None,
                    completion: None,
                    rank: None,
                    range,
                    rule: "shared-out value",
                    shared: subject,
                });
            }
        }
        self.used = all[end - 1].range.end;
        count
    }

    /// 分别增长8.8%和10.8% after as many values.
    fn share_growths(
        &mut self,
        all: &[Quantity],
        group: Range<usize>,
        change: &Part,
        base: Base,
    ) -> usize {
        let Part::Growth {
            amount,
            average,
            base: own,
            ..
        } = *change
        else {
            return 0;
        };
        let count = group.len();
        let free: Vec<usize> = (0..self.found.len())
            .rev()
            .filter(|&k| self.found[k].growth.is_none())
            .take(count)
            .collect();
        if free.len() < count {
            return 0;
        }
        let sign = if amount.is_sign_negative() {
            -Decimal::ONE
        } else {
            Decimal::ONE
        };
        let base = if own == Base::YearBefore { base } else { own };
        for (k, quantity) in free.into_iter().rev().zip(&all[group.clone()]) {
            let figure = &mut self.found[k];
            figure.growth = Some(Growth {
                amount: quantity.value * sign,
                points: quantity.unit.dimension == Dimension::Points,
                base,
                average,
                mark: quantity.mark,
            });
            figure.range.end = quantity.range.end;
        }
        self.used = all[group.end - 1].range.end;
        count
    }

    /// 分别比上个五年增长64.7万人次、4.79亿元 after as many values: new values of the same subjects.
    fn share_subjects(&mut self, all: &[Quantity], group: Range<usize>) -> usize {
        let count = group.len();
        if self.found.len() < count {
            return 0;
        }
        let first = self.found.len() - count;
        for (k, quantity) in all[group.clone()].iter().enumerate() {
            let subject = self.found[first + k].clone();
            let change = strip_link(strip_lead(
                &self.text[self.used.min(quantity.range.start)..quantity.range.start],
            ));
            let change = change.trim_start_matches("分别");
            self.found.push(Figure {
                label: label(&subject.label, if k == 0 { change } else { "" }),
                indicator: None,
                quantity: Some(quantity.clone()),
                growth: None,
                completion: None,
                rank: None,
                range: subject.range.start..quantity.range.end,
                rule: "shared-out value",
                shared: subject.shared,
            });
        }
        self.used = all[group.end - 1].range.end;
        count
    }

    /// 同比持平, 零增长, 翻番: changes without a number.
    fn flat_changes(&mut self) {
        for (word, amount) in [("持平", 0), ("零增长", 0), ("翻番", 100)] {
            for (at, word) in self.text.match_indices(word) {
                let end = at + word.len();
                let start = self.text[..at]
                    .rfind(['，', '；', '。', '：'])
                    .map_or(0, |at| at + '，'.len_utf8());
                let clause = strip_lead(&self.text[start..at]);
                let (subject, base) = strip_comparison(clause.trim_end_matches(['“', '"', ' ']));
                let subject = strip_link(
                    subject
                        .trim_end_matches("基本")
                        .trim_end_matches("与上年")
                        .trim_end_matches("与去年"),
                );
                let base = if amount == 100 && base == Base::YearBefore {
                    Base::Earlier
                } else {
                    base
                };
                let growth = Growth {
                    amount: Decimal::from(amount),
                    points: false,
                    base,
                    average: false,
                    mark: Mark::Exact,
                };
                if !subject.is_empty() {
                    self.push_growth(subject, start..end, growth, "change without a number");
                } else if let Some(last) = self
                    .found
                    .iter_mut()
                    .rev()
                    .find(|figure| figure.range.end <= at && figure.growth.is_none())
                {
                    last.growth = Some(growth);
                    last.range.end = end;
                }
            }
        }
    }

    /// A rank belongs to the figure of the clause before it, or of its own; with a subject of its own, or without a
    /// figure near, it is a figure itself.
    fn add_ranks(&mut self, ranks: &[Rank]) {
        let mut last: Option<(usize, Subject)> = None;
        for rank in ranks {
            let clause = self.text[..rank.range.start]
                .rfind(['，', '；', '。'])
                .map_or(0, |at| at + '，'.len_utf8());
            let before = self.text[..clause.saturating_sub('，'.len_utf8())]
                .rfind(['，', '；', '。'])
                .unwrap_or(0);
            let joined = last.clone().filter(|&(end, _)| {
                end == rank.range.start
                    || matches!(self.text[end..rank.range.start].trim(), "、" | "和")
            });
            let own = strip_link(strip_lead(&self.text[clause..rank.range.start]));
            if joined.is_none()
                && own.chars().count() < 6
                && let Some(figure) = self.found.iter_mut().rev().find(|figure| {
                    figure.range.end > before && figure.range.end <= rank.range.start
                })
            {
                figure
                    .rank
                    .get_or_insert_with(|| self.text[rank.range.clone()].to_owned());
                continue;
            }
            let Some(place) = &rank.place else { continue };
            let subject = match joined {
                Some((_, subject)) => subject,
                None if own.is_empty() => self.clause_before(clause),
                None => Subject {
                    before: strip_lead(&self.text[clause..place.number.start]).to_owned(),
                    start: clause,
                },
            };
            if subject.before.is_empty() {
                continue;
            }
            self.found.push(Figure {
                label: label(&subject.before, ""),
                indicator: None,
                quantity: Some(place.clone()),
                growth: None,
                completion: None,
                rank: Some(self.text[rank.range.clone()].to_owned()),
                range: subject.start..rank.range.end,
                rule: "rank alone",
                shared: String::new(),
            });
            last = Some((rank.range.end, subject));
        }
    }
}

/// Whether the subject of a growth only names the figure before it again: …供地100宗，供地总量增长.
fn says_again(subject: &str, label: &str) -> bool {
    let tails = ["总量", "总额", "增速", "增幅", "规模", "数量", "总数"];
    let stem = tails.iter().find_map(|tail| subject.strip_suffix(tail)).unwrap_or(subject);
    stem.chars().count() >= 2 && label.ends_with(stem)
}

/// Splits the subjects before 分别: 城镇、农村居民人均可支配收入 are two that share their end.
fn subjects(names: &str, count: usize) -> Vec<String> {
    let names = strip_link(names);
    for (both, pair) in [("城乡", ["城镇", "农村"])] {
        if count == 2
            && let Some(rest) = names.strip_prefix(both)
        {
            return pair.iter().map(|half| format!("{half}{rest}")).collect();
        }
    }
    let mut parts: Vec<&str> = names
        .split(['、', '和', '与', '及'])
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > count {
        parts = parts.split_off(parts.len() - count);
    }
    if parts.len() < count {
        return vec![names.to_owned(); count];
    }
    let last = parts[count - 1];
    let shared = ["居民人均可支配收入", "人均可支配收入", "居民收入"]
        .iter()
        .find(|end| last.ends_with(**end));
    parts
        .iter()
        .map(|part| match shared {
            Some(end)
                if !part.ends_with(end)
                    && word_before(part, Role::Rise).is_none()
                    && !part.ends_with("收入") =>
            {
                format!(
                    "{part}{}",
                    end.trim_start_matches(if part.ends_with("居民") {
                        "居民"
                    } else {
                        ""
                    })
                )
            }
            _ => (*part).to_owned(),
        })
        .collect()
}
