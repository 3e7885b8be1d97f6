//! Whole questions made of what was recognised in one that is not understood: its places, years, figures, amounts and
//! words, and what it asks of them.

mod parted;
mod scope;
mod shorter;

use super::catalog::Catalog;
use super::diagnostic::Fix;
use super::lang::is_han;
use super::lex::{Placed, Token};
use super::{Lang, kept, topics};
use crate::fact::Span;
use crate::query::ast::{Aggregate, Property};
pub(super) use parted::is_asked_before;
pub(super) use scope::{Scope, Years};

/// So many are offered.
const MOST: usize = 3;

/// An offer that leaves out so many characters more than twice what the nearest does is too far.
const FURTHER: usize = 8;

/// The questions, those that leave out least of what was asked first. `read` says those back that are understood.
pub(super) fn nearest(
    question: &str,
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
    read: impl Fn(&str) -> Option<String>,
) -> Vec<Fix> {
    let whole = Span::new(0, question.chars().count());
    let said = Said::of(question, tokens, lang);
    let parts = parted::parted(question, tokens, &said.scope, lang, &read);
    let mut offers = shorter::shorter(question, tokens, &read);
    offers.extend(parted::first(question, tokens, &read));
    if let Some((at, figure)) = said.figure() {
        offers.extend(said.of_figure(at, &figure));
    }
    let alone = parts.is_empty() && said.figure().is_none();
    offers.extend(said.of_records(alone));
    let mut offers = nearest_first(offers, question, tokens, catalog, &read);
    if offers.is_empty() && parts.is_empty() {
        let all = said.all_figures().into_iter().collect();
        offers = nearest_first(all, question, tokens, catalog, &read);
    }
    let offers = offers.into_iter();
    let offers = offers.map(|offer| Fix::new(offer.text, whole).without(&offer.left_out));
    let mut chosen: Vec<Fix> = Vec::new();
    for fix in parts.into_iter().chain(offers) {
        if !chosen.iter().any(|other| other.text == fix.text) {
            chosen.push(fix);
        }
    }
    chosen.truncate(MOST);
    chosen
}

/// A question that is understood, and what it leaves out of the one that is not.
struct Offer {
    text: String,
    left_out: Vec<String>,
}

/// Offers said back, without those that ask nothing or the opposite.
fn nearest_first(
    offers: Vec<String>,
    question: &str,
    tokens: &[Placed],
    catalog: &Catalog,
    read: &impl Fn(&str) -> Option<String>,
) -> Vec<Offer> {
    let mut offers: Vec<Offer> = offers
        .into_iter()
        .filter_map(|offer| read(&offer))
        .filter(|offer| offer != question && kept::asks(offer, catalog))
        .filter_map(|text| {
            let left_out = kept::left_out(question, tokens, &text, catalog)?;
            Some(Offer { text, left_out })
        })
        .collect();
    offers.sort_by_key(|offer| kept::weight(&offer.left_out));
    // What leaves out far more than another is no help beside it.
    let least = offers
        .first()
        .map_or(0, |first| kept::weight(&first.left_out));
    offers.retain(|offer| kept::weight(&offer.left_out) <= 2 * least + FURTHER);
    offers
}

/// A question that is not understood, and what was recognised in it.
struct Said<'a> {
    chars: Vec<char>,
    tokens: &'a [Placed],
    scope: Scope,
    lang: Lang,
}

impl<'a> Said<'a> {
    fn of(question: &str, tokens: &'a [Placed], lang: Lang) -> Self {
        let chars: Vec<char> = question.chars().collect();
        Self {
            chars,
            tokens,
            scope: Scope::of(question, tokens, lang),
            lang,
        }
    }

    fn written(&self, span: Span) -> String {
        self.chars[span.start..span.end].iter().collect()
    }

    fn first(&self, wanted: impl Fn(&Token) -> bool) -> Option<String> {
        let found = self.tokens.iter().find(|placed| wanted(&placed.token));
        found.map(|placed| self.written(placed.span))
    }

    fn has(&self, wanted: impl Fn(&Token) -> bool) -> bool {
        self.tokens.iter().any(|placed| wanted(&placed.token))
    }

    fn rows(&self, of_places: bool) -> Option<String> {
        self.first(|token| matches!(token, Token::Rows(rows) if rows.are_places() == of_places))
    }

    /// The first figure with its properties, and where it stands.
    fn figure(&self) -> Option<(usize, String)> {
        let is_figure =
            |placed: &Placed| matches!(placed.token, Token::Figure(_) | Token::Quoted(_));
        let at = self.tokens.iter().position(is_figure)?;
        Some((at, self.figure_at(at)))
    }

    fn figure_at(&self, at: usize) -> String {
        let mut figure = self.written(self.tokens[at].span);
        for placed in &self.tokens[at + 1..] {
            match placed.token {
                // A change wants two years.
                Token::Property(Property::Change) | Token::De => {}
                Token::Property(_) if self.lang == Lang::Zh => {
                    figure += &self.written(placed.span);
                }
                Token::Property(_) => {
                    figure = format!("{figure} {}", self.written(placed.span));
                }
                _ => break,
            }
        }
        figure
    }

    fn of_figure(&self, at: usize, figure: &str) -> Vec<String> {
        let places = self.rows(true);
        let kind = places.as_deref().unwrap_or(match self.lang {
            Lang::En => "places",
            Lang::Zh => "地方",
        });
        let scope = &self.scope;
        let mut offers: Vec<String> = Vec::new();
        offers.extend(scope.beside(figure));
        offers.extend(scope.within_both(figure));
        offers.extend(self.ratio(at, figure, places.as_deref()));
        let is_english = self.lang == Lang::En;
        let joined = |english: String, chinese: String| if is_english { english } else { chinese };
        let compared = self.tokens[at..].windows(2).find_map(|two| match two {
            [sign, amount]
                if matches!(sign.token, Token::Compare(_))
                    && matches!(amount.token, Token::Quantity(_)) =>
            {
                Some((self.written(sign.span), self.written(amount.span)))
            }
            _ => None,
        });
        if let Some((sign, amount)) = compared {
            offers.push(self.scope.around(&joined(
                format!("{kind} with {figure} {sign} {amount}"),
                format!("{figure}{sign}{amount}的{kind}"),
            )));
        }
        if scope.place.is_none() {
            let ends = [
                (Token::Highest, "highest", "最高"),
                (Token::Lowest, "lowest", "最低"),
            ];
            for (token, english, chinese) in ends {
                if self.has(|said| *said == token) {
                    offers.push(scope.kind(&joined(
                        format!("{kind} with the {english} {figure}"),
                        format!("{figure}{chinese}的{kind}"),
                    )));
                }
            }
            let moves = [
                (Token::Fell, "falling", "下降"),
                (Token::Rose, "rising", "上升"),
            ];
            for (token, english, chinese) in moves {
                if self.has(|said| *said == token) {
                    offers.push(scope.kind(&joined(
                        format!("{kind} with {english} {figure}"),
                        format!("{figure}{chinese}的{kind}"),
                    )));
                }
            }
        }
        if self.has(|said| matches!(said, Token::Verdict(_) | Token::Result)) {
            let target = joined(format!("{figure} target"), format!("{figure}目标"));
            let asked = scope.figure(places.as_deref(), &target);
            offers.push(joined(
                format!("{asked} with result"),
                format!("{asked}，附完成情况"),
            ));
        }
        if scope.place.is_none() && self.has(|said| *said == Token::Missing) {
            offers.push(scope.kind(&joined(
                format!("{kind} missing {figure}"),
                format!("缺少{figure}的{kind}"),
            )));
        }
        let aggregates = [
            (Aggregate::Total, "total", "合计"),
            (Aggregate::Average, "average", "平均"),
            (Aggregate::Median, "median", "中位数"),
        ];
        for (aggregate, english, chinese) in aggregates {
            if self.has(|said| *said == Token::Aggregate(aggregate)) {
                let summed = joined(format!("{english} {figure}"), format!("{chinese}{figure}"));
                offers.push(scope.figure(places.as_deref(), &summed));
            }
        }
        offers.push(scope.figure(places.as_deref(), figure));
        offers
    }

    /// Two figures of which one is a part of the other, or that stand beside each other.
    fn ratio(&self, at: usize, figure: &str, places: Option<&str>) -> Option<String> {
        let is_other = |(_, placed): &(usize, &Placed)| {
            matches!(placed.token, Token::Figure(_) | Token::Quoted(_))
                && placed.token != self.tokens[at].token
        };
        let mut behind = self.tokens.iter().enumerate().skip(at + 1);
        let (second, _) = behind.find(is_other)?;
        let other = self.figure_at(second);
        let divides = |token: &Token| {
            matches!(
                token,
                Token::Divide | Token::Ratio | Token::OfTotal | Token::Share | Token::Per
            )
        };
        let both = match (self.has(divides), self.lang) {
            (true, _) => format!("{figure} / {other}"),
            (false, Lang::En) => format!("{figure}, {other}"),
            (false, Lang::Zh) => format!("{figure}、{other}"),
        };
        Some(self.scope.figure(places, &both))
    }

    /// All that the reports of a place state, where nothing else of the question is understood.
    fn all_figures(&self) -> Option<String> {
        let word = match self.lang {
            Lang::En => "figures",
            Lang::Zh => "指标",
        };
        self.scope.place.is_some().then(|| self.scope.around(word))
    }

    /// Whether what is looked for is what does not say it: 没有提到, 不含, `never mentioned`.
    fn denies(&self) -> bool {
        let negates = |placed: &Placed| matches!(placed.token, Token::Not | Token::Missing);
        let speaks = |placed: &Placed| {
            matches!(
                placed.token,
                Token::Mention | Token::Contains | Token::Text(_)
            )
        };
        let is_text = |placed: &Placed| matches!(placed.token, Token::Text(_));
        let end = self.tokens.iter().position(is_text);
        let end = end.map_or(self.tokens.len(), |at| at + 1);
        let mut pairs = self.tokens[..end].windows(2);
        pairs.any(|two| negates(&two[0]) && speaks(&two[1]))
    }

    /// Records, texts and numbers; alone where no figure is named.
    fn of_records(&self, alone: bool) -> Option<String> {
        // 目标 without a figure is what a row is.
        let targets = || {
            let word = match self.lang {
                Lang::En => "targets",
                Lang::Zh => "各项目标",
            };
            let named = self.has(|token| *token == Token::Property(Property::Target));
            named.then(|| word.to_owned())
        };
        let records = self.rows(false).or_else(|| targets().filter(|_| alone));
        if self.has(|token| matches!(token, Token::Longest | Token::Shortest)) {
            return Some(self.scope.kind(match self.lang {
                Lang::En => "reports by length descending",
                Lang::Zh => "报告，按字数降序",
            }));
        }
        let found = self.first(|token| matches!(token, Token::Trait(_)));
        if let Some(found) = found.filter(|_| alone && records.is_none()) {
            return Some(self.scope.around(&match self.lang {
                Lang::En => format!("figures {found}"),
                Lang::Zh => format!("{found}的指标"),
            }));
        }
        let text = self.first(|token| matches!(token, Token::Text(_)));
        let unknown = || {
            // What it is of stands behind what is done with it.
            self.tokens
                .iter()
                .rev()
                .find_map(|placed| match &placed.token {
                    Token::Word(word)
                        if (2..=6).contains(&word.chars().count()) && word.chars().all(is_han) =>
                    {
                        Some(format!("“{word}”"))
                    }
                    _ => None,
                })
        };
        let topic = || {
            let question: String = self.chars.iter().collect();
            topics::topic_in(&question).map(|topic| format!("\"{topic}\""))
        };
        let of_text = text.or_else(|| alone.then(|| unknown().or_else(topic)).flatten());
        if let Some(text) = of_text {
            if self.has(|token| matches!(token, Token::Frequency | Token::HowOften)) {
                return Some(self.scope.frequency(self.rows(true).as_deref(), &text));
            }
            // What was first in a year that is named is what was first of all, seen with its year.
            let kind = self.rows(true).filter(|_| records.is_none());
            if let Some(kind) = kind.filter(|_| self.has(|token| *token == Token::Earliest)) {
                return Some(match self.lang {
                    Lang::En => format!("{kind} mentioning {text}, first of each"),
                    Lang::Zh => format!("提到{text}的{kind}，每个最早"),
                });
            }
            let (says, english) = (!self.denies(), self.lang == Lang::En);
            // Which places have no such sentence is not asked of sentences.
            let kind = self.rows(true).filter(|_| !says && records.is_none());
            let any = match (says, english) {
                (true, true) => "sentences",
                (true, false) => "句子",
                (false, true) => "reports",
                (false, false) => "报告",
            };
            let what = kind.or(records).unwrap_or_else(|| any.to_owned());
            return Some(self.scope.mentioning(&what, &text, says));
        }
        if let Some(records) = records.filter(|_| self.scope.is_named()) {
            return Some(self.scope.around(&records));
        }
        let asks_for_it = self.has(|token| *token == Token::Source) || self.tokens.len() <= 3;
        let amount = self.first(has_unit).filter(|_| alone && asks_for_it)?;
        Some(match self.lang {
            Lang::En => format!("where does {amount} come from"),
            Lang::Zh => format!("{amount}的出处"),
        })
    }
}

/// A bare number may be anything.
fn has_unit(token: &Token) -> bool {
    matches!(token, Token::Quantity(quantity) if quantity.unit.is_some())
}
