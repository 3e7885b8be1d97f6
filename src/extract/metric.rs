//! Figures of sentences → [`Metric`]s of a report: section, status, year, period and the place in the stored text.

use rust_decimal::prelude::ToPrimitive;

use super::comparison::Base;
use super::figure::{Figure, figures};
use super::lexicon::{Role, word_before};
use super::period::{Around, period};
use super::quantity::Mark;
use super::scene::Scene;
use super::span::opens_with_a_span;
use super::value::FROM_TO;
use crate::fact::{Against, Bound, Growth, Metric, Period, Status};

impl Scene<'_> {
    /// The figures of the sentence.
    pub(super) fn metrics(&self) -> impl Iterator<Item = Metric> {
        let found = figures(self.text, self.said, self.place()).into_iter();
        found.map(|figure| self.metric(figure))
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
        // What a plan promises of several years may be a growth of each of them.
        let spanned = status != Status::Target
            && self.said.has(Role::SpanEnd)
            && opens_with_a_span(&self.text[..first], named, self.session.review_year);
        let period = period(
            &figure,
            &self.text[..first],
            status,
            Around {
                said: self.said,
                named,
                years_together: self.years_together,
                dated,
                spanned,
                behind: &self.text[first..figure.range.end.max(first)],
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
        let held = word_before(self.text[..first].trim_end(), Role::HeldAt).is_some()
            || self.says_before(first, Role::Held);
        let bounds = |mark: Mark, is_range: bool| {
            if is_range {
                Bound::Range
            } else {
                bound(mark, status, held)
            }
        };
        let high = figure.quantity.as_ref().and_then(|quantity| quantity.high);
        let of_growth = figure
            .growth
            .map(|growth| bounds(growth.mark, growth.range));
        let of_value = figure.quantity.as_ref();
        let of_value = of_value.map(|quantity| bounds(quantity.mark, high.is_some()));
        let unit = figure.quantity.as_ref().map(|quantity| {
            // 排名由227位提升到49位, 排名提升6位: places, no persons.
            let ranked = || {
                word_before(&figure.label, Role::Ranks).is_some()
                    || word_before(&figure.label, Role::RankMoved).is_some()
                    || (figure.rule == FROM_TO && quantity.unit.form == "位")
            };
            let base = if figure.rule == "rank alone"
                || (matches!(quantity.unit.form, "位" | "名") && ranked())
            {
                "名"
            } else {
                quantity.unit.base
            };
            quantity
                .per
                .map_or_else(|| base.to_owned(), |per| format!("{base}/{per}"))
        });
        let growth = figure.growth.and_then(|growth| {
            let together = self.years_together && !dated;
            let is_of_year = match growth.base {
                Base::YearBefore => {
                    !self.compares_with_earlier(figure.range.end)
                        && (!spanned || self.says_year_before(figure.range.end))
                        && period != Period::Cumulative
                        && (!together || self.says_year_before(figure.range.end))
                }
                Base::Year(base) => year == Some(base + 1),
                Base::Earlier => false,
            };
            let bound = bounds(growth.mark, growth.range);
            let falls = growth.amount.is_sign_negative();
            Some(Growth {
                amount: growth.amount.to_f64()?,
                to: growth.to.and_then(|to| to.to_f64()),
                points: growth.points,
                against: match is_of_year {
                    _ if growth.average => Against::Average,
                    true => Against::YearBefore,
                    false => Against::Earlier,
                },
                bound: if falls { bound.turned() } else { bound },
            })
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
            bound: of_value.or(of_growth).unwrap_or(Bound::Eq),
            growth,
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
