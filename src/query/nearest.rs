//! Whole questions made of what was recognised in one that is not understood: its places, years, figures, amounts and
//! words.

use super::Lang;
use super::diagnostic::Fix;
use super::lang::is_han;
use super::lex::{Placed, Token};
use crate::fact::Span;
use crate::query::ast::Property;

/// So many are offered.
const MOST: usize = 2;

/// The questions, the nearest first, of which `fits` lets pass those that are understood.
pub(super) fn nearest(
    question: &str,
    tokens: &[Placed],
    lang: Lang,
    fits: impl Fn(&str) -> bool,
) -> Vec<Fix> {
    let chars: Vec<char> = question.chars().collect();
    let whole = Span::new(0, chars.len());
    let written = |span: Span| chars[span.start..span.end].iter().collect::<String>();
    let first = |wanted: fn(&Token) -> bool| {
        let found = tokens.iter().position(|placed| wanted(&placed.token));
        found.map(|at| (at, written(tokens[at].span)))
    };
    let place = first(|token| matches!(token, Token::Place(_))).map(|(_, place)| place);
    let year = tokens.iter().rev().find_map(|placed| match placed.token {
        Token::Year(year) => Some(year),
        _ => None,
    });
    let rows = |of_places: bool| {
        let found = tokens.iter().find(
            |placed| matches!(placed.token, Token::Rows(rows) if rows.are_places() == of_places),
        );
        found.map(|placed| written(placed.span))
    };
    let other = tokens
        .iter()
        .filter(|placed| matches!(placed.token, Token::Place(_)))
        .map(|placed| written(placed.span))
        .find(|other| Some(other) != place.as_ref());
    let scope = Scope {
        place,
        other,
        year,
        lang,
    };
    let text = first(|token| matches!(token, Token::Text(_))).map(|(_, text)| text);
    let figure = first(|token| matches!(token, Token::Figure(_) | Token::Quoted(_)));
    let mut offers = Vec::new();
    if let Some((at, mut figure)) = figure {
        for placed in &tokens[at + 1..] {
            match placed.token {
                // A change wants two years.
                Token::Property(Property::Change) | Token::De => {}
                Token::Property(_) if lang == Lang::Zh => figure += &written(placed.span),
                Token::Property(_) => figure = format!("{figure} {}", written(placed.span)),
                _ => break,
            }
        }
        let places = rows(true);
        offers.extend(scope.beside(&figure));
        offers.extend(scope.within_both(&figure));
        let compared = tokens[at..].windows(2).find_map(|two| match two {
            [sign, amount]
                if matches!(sign.token, Token::Compare(_))
                    && matches!(amount.token, Token::Quantity(_)) =>
            {
                Some((written(sign.span), written(amount.span)))
            }
            _ => None,
        });
        if let Some((sign, amount)) = compared {
            offers.push(scope.compared(places.as_deref(), &figure, &sign, &amount));
        }
        offers.push(scope.figure(places.as_deref(), &figure));
    }
    // 目标 without a figure is what a row is.
    let targets = || {
        let is_target = |placed: &Placed| placed.token == Token::Property(Property::Target);
        let word = if lang == Lang::Zh {
            "各项目标"
        } else {
            "targets"
        };
        tokens.iter().any(is_target).then(|| word.to_owned())
    };
    let records = rows(false).or_else(|| targets().filter(|_| offers.is_empty()));
    let unknown = tokens.iter().find_map(|placed| match &placed.token {
        Token::Word(word)
            if (2..=6).contains(&word.chars().count()) && word.chars().all(is_han) =>
        {
            Some(format!("“{word}”"))
        }
        _ => None,
    });
    if let Some(text) = text.or(unknown.filter(|_| offers.is_empty())) {
        offers.push(scope.mentioning(records.as_deref(), &text));
    } else if let Some(records) = records.filter(|_| scope.is_named()) {
        offers.push(scope.around(&records));
    } else if let (Some((_, amount)), true) = (first(has_unit), offers.is_empty()) {
        offers.push(match lang {
            Lang::En => format!("where does {amount} come from"),
            Lang::Zh => format!("{amount}的出处"),
        });
    }
    offers.retain(|offer| fits(offer) && *offer != question);
    offers.truncate(MOST);
    offers
        .into_iter()
        .map(|offer| Fix::new(offer, whole))
        .collect()
}

/// A bare number may be anything.
fn has_unit(token: &Token) -> bool {
    matches!(token, Token::Quantity(quantity) if quantity.unit.is_some())
}

/// Of which place and in which year.
struct Scope {
    place: Option<String>,
    /// A second place.
    other: Option<String>,
    year: Option<i32>,
    lang: Lang,
}

impl Scope {
    fn is_named(&self) -> bool {
        self.place.is_some() || self.year.is_some()
    }

    /// `of Yangliuqing in 2023`, 杨柳青镇2023年的.
    fn around(&self, what: &str) -> String {
        let place = self.place.as_deref();
        match self.lang {
            Lang::En => {
                let of = place.map_or(String::new(), |place| format!(" of {place}"));
                let in_year = self
                    .year
                    .map_or(String::new(), |year| format!(" in {year}"));
                format!("{what}{of}{in_year}")
            }
            Lang::Zh => {
                let year = self.year.map_or(String::new(), |year| format!("{year}年"));
                let before = format!("{}{year}", place.unwrap_or_default());
                let joint = if before.is_empty() { "" } else { "的" };
                format!("{before}{joint}{what}")
            }
        }
    }

    fn beside(&self, figure: &str) -> Option<String> {
        let (one, other) = (self.place.as_deref()?, self.other.as_deref()?);
        Some(match self.lang {
            Lang::En => format!("compare {one} and {other} on {figure}"),
            Lang::Zh => format!("对比{one}和{other}的{figure}"),
        })
    }

    /// What lies in two areas, which may have no reports of their own.
    fn within_both(&self, figure: &str) -> Option<String> {
        let (one, other) = (self.place.as_deref()?, self.other.as_deref()?);
        let in_year = |year: i32| match self.lang {
            Lang::En => format!(" in {year}"),
            Lang::Zh => format!("{year}年的"),
        };
        let year = self.year.map_or(String::new(), in_year);
        Some(match self.lang {
            Lang::En => format!("{figure} of all places in {one} and {other}{year}"),
            Lang::Zh => format!("在{one}和{other}，各地方的{year}{figure}"),
        })
    }

    fn figure(&self, places: Option<&str>, figure: &str) -> String {
        match (self.lang, &self.place) {
            (_, Some(_)) => self.around(figure),
            (Lang::En, None) => {
                self.around(&format!("{figure} of all {}", places.unwrap_or("places")))
            }
            (Lang::Zh, None) => self.around(&format!("各{}的{figure}", places.unwrap_or("地方"))),
        }
    }

    fn compared(&self, places: Option<&str>, figure: &str, sign: &str, amount: &str) -> String {
        match self.lang {
            Lang::En => self.around(&format!(
                "{} with {figure} {sign} {amount}",
                places.unwrap_or("places")
            )),
            Lang::Zh => self.around(&format!(
                "{figure}{sign}{amount}的{}",
                places.unwrap_or("地方")
            )),
        }
    }

    fn mentioning(&self, records: Option<&str>, text: &str) -> String {
        match self.lang {
            Lang::En => self.around(&format!(
                "{} mentioning {text}",
                records.unwrap_or("sentences")
            )),
            Lang::Zh => self.around(&format!("提到{text}的{}", records.unwrap_or("句子"))),
        }
    }
}
