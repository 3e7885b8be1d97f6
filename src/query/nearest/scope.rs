//! Of which places and years a question speaks, to be said around what else it names.

use crate::query::Lang;
use crate::query::kept;
use crate::query::lex::{Placed, Token};

/// Of which place and in which years.
pub(in crate::query) struct Scope {
    pub(super) place: Option<String>,
    /// Those behind the first.
    pub(super) others: Vec<String>,
    pub(super) years: Option<Years>,
    pub(super) lang: Lang,
}

/// Years as they are named.
pub(in crate::query) enum Years {
    One(i32),
    Both(i32, i32),
    Range(i32, i32),
    Since(i32),
    /// So many, as they are said: 近五年.
    Recent(String),
    Every,
}

impl Years {
    /// The years that the tokens of a question name.
    pub(in crate::query) fn of(tokens: &[Placed]) -> Option<Self> {
        let said: Vec<(usize, i32)> = tokens
            .iter()
            .enumerate()
            .filter_map(|(at, placed)| match placed.token {
                Token::Year(year) => Some((at, year)),
                _ => None,
            })
            .collect();
        let is = |at: Option<usize>, wanted: &[Token]| {
            at.and_then(|at| tokens.get(at))
                .is_some_and(|placed| wanted.contains(&placed.token))
        };
        match said[..] {
            [] => Self::without_number(tokens),
            [(at, year)] => {
                let begins = [Token::Since, Token::After];
                let since = is(at.checked_sub(1), &begins) || is(Some(at + 1), &begins);
                Some(if since {
                    Self::Since(year)
                } else {
                    Self::One(year)
                })
            }
            [(at, first), .., (_, last)] => {
                if is(Some(at + 1), &[Token::To]) && first < last {
                    Some(Self::Range(first, last))
                } else if said.len() == 2 && first != last {
                    Some(Self::Both(first.min(last), first.max(last)))
                } else {
                    Some(Self::One(last))
                }
            }
        }
    }

    /// 近五年, 近几年, 历年.
    fn without_number(tokens: &[Placed]) -> Option<Self> {
        let recent = tokens.windows(3).find_map(|three| match three {
            [
                recent,
                Placed {
                    token: Token::Quantity(count),
                    ..
                },
                year,
            ] if matches!(recent.token, Token::Recent | Token::Bottom)
                && year.token == Token::YearWord =>
            {
                Some(Self::Recent(count.value.to_string()))
            }
            _ => None,
        });
        let says = |wanted: &[Token]| tokens.iter().any(|placed| wanted.contains(&placed.token));
        recent
            .or_else(|| says(&[Token::FewYears]).then(|| Self::Recent("5".to_owned())))
            .or_else(|| {
                says(&[Token::EveryYear, Token::EachYear, Token::WhichYear]).then_some(Self::Every)
            })
    }

    /// ` in 2023`; 2023年.
    pub(in crate::query) fn said(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::One(year) => format!(" in {year}"),
            Self::Both(first, last) => format!(" in {first} and {last}"),
            Self::Range(first, last) => format!(" from {first} to {last}"),
            Self::Since(year) => format!(" since {year}"),
            Self::Recent(count) => format!(" in the past {count} years"),
            Self::Every => " in all years".to_owned(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::One(year) => format!("{year}年"),
            Self::Both(first, last) => format!("{first}年和{last}年"),
            Self::Range(first, last) => format!("{first}年到{last}年"),
            Self::Since(year) => format!("{year}年以来"),
            Self::Recent(count) => format!("近{count}年"),
            Self::Every => "历年".to_owned(),
        }
    }
}

impl Scope {
    /// The places and years that a question names; a place that it leaves out is none of them.
    pub(in crate::query) fn of(question: &str, tokens: &[Placed], lang: Lang) -> Self {
        let mut places: Vec<String> = Vec::new();
        for (at, placed) in tokens.iter().enumerate() {
            let is_left_out = kept::is_denied(tokens, at);
            let written = question.chars().skip(placed.span.start);
            let place: String = written.take(placed.span.len()).collect();
            let is_place = matches!(placed.token, Token::Place(_));
            if is_place && !is_left_out && !places.contains(&place) {
                places.push(place);
            }
        }
        let mut places = places.into_iter();
        Self {
            place: places.next(),
            others: places.collect(),
            years: Years::of(tokens),
            lang,
        }
    }

    /// All places, in no year of their own.
    pub(in crate::query) const fn anywhere(lang: Lang) -> Self {
        Self {
            place: None,
            others: Vec::new(),
            years: None,
            lang,
        }
    }

    pub(in crate::query) const fn is_named(&self) -> bool {
        self.place.is_some() || self.years.is_some()
    }

    /// ` in 2023`; 2023年.
    pub(super) fn when(&self) -> String {
        let years = self.years.as_ref();
        years.map_or(String::new(), |years| years.said(self.lang))
    }

    /// All places, the last joined as a list ends: A、B和C.
    pub(in crate::query) fn all_places(&self) -> Option<String> {
        let first = self.place.clone()?;
        let last = self.others.len().saturating_sub(1);
        let others = self.others.iter().enumerate();
        Some(
            others.fold(first, |all, (at, place)| match (self.lang, at == last) {
                (Lang::En, true) => format!("{all} and {place}"),
                (Lang::En, false) => format!("{all}, {place}"),
                (Lang::Zh, true) => format!("{all}和{place}"),
                (Lang::Zh, false) => format!("{all}、{place}"),
            }),
        )
    }

    /// `of Yangliuqing in 2023`, 杨柳青镇2023年的.
    pub(in crate::query) fn around(&self, what: &str) -> String {
        let place = self.all_places();
        match self.lang {
            Lang::En => {
                let of = place.map_or(String::new(), |place| format!(" of {place}"));
                format!("{what}{of}{}", self.when())
            }
            Lang::Zh => {
                let before = format!("{}{}", place.unwrap_or_default(), self.when());
                let joint = if before.is_empty() { "" } else { "的" };
                format!("{before}{joint}{what}")
            }
        }
    }

    /// As [`Self::around`], of what names its year itself.
    pub(super) fn of_place(&self, what: &str) -> String {
        let place = self.all_places();
        match (self.lang, place) {
            (_, None) => what.to_owned(),
            (Lang::En, Some(place)) => format!("{what} of {place}"),
            (Lang::Zh, Some(place)) => format!("{place}{what}"),
        }
    }

    pub(super) fn has_place(&self) -> bool {
        self.all_places().is_some()
    }

    /// What is asked of all places of a kind: 2023年税收最高的镇, `towns with the highest tax in 2023`.
    pub(super) fn kind(&self, what: &str) -> String {
        match self.lang {
            Lang::En => format!("{what}{}", self.when()),
            Lang::Zh => format!("{}{what}", self.when()),
        }
    }

    pub(super) fn beside(&self, figure: &str) -> Option<String> {
        let places = self.all_places().filter(|_| !self.others.is_empty())?;
        Some(match self.lang {
            Lang::En => format!("compare {places} on {figure}{}", self.when()),
            Lang::Zh => format!("对比{places}{}的{figure}", self.when()),
        })
    }

    /// What lies in two areas, which may have no reports of their own.
    pub(super) fn within_both(&self, figure: &str) -> Option<String> {
        let places = self.all_places().filter(|_| !self.others.is_empty())?;
        let when = self.when();
        Some(match self.lang {
            Lang::En => format!("{figure} of all places in {places}{when}"),
            Lang::Zh if when.is_empty() => format!("在{places}，各地方的{figure}"),
            Lang::Zh => format!("在{places}，各地方的{when}的{figure}"),
        })
    }

    pub(in crate::query) fn figure(&self, places: Option<&str>, figure: &str) -> String {
        match (self.lang, &self.place) {
            (_, Some(_)) => self.around(figure),
            (Lang::En, None) => {
                self.around(&format!("{figure} of all {}", places.unwrap_or("places")))
            }
            (Lang::Zh, None) => self.around(&format!("各{}的{figure}", places.unwrap_or("地方"))),
        }
    }

    /// How often a text stands in reports: of a place, of all of a kind, or of each year.
    pub(super) fn frequency(&self, places: Option<&str>, text: &str) -> String {
        let all = places.filter(|_| self.place.is_none());
        match (self.lang, all) {
            (Lang::En, Some(all)) => self.around(&format!("frequency of {text} of all {all}")),
            (Lang::En, None) => self.around(&format!("frequency of {text}")),
            (Lang::Zh, Some(all)) => self.around(&format!("各{all}{text}出现频率")),
            (Lang::Zh, None) => self.around(&format!("{text}出现频率")),
        }
    }

    /// What speaks of a text, or where that was asked what does not.
    pub(in crate::query) fn mentioning(&self, what: &str, text: &str, says: bool) -> String {
        let not = match (says, self.lang) {
            (true, _) => "",
            (false, Lang::En) => "not ",
            (false, Lang::Zh) => "没有",
        };
        match self.lang {
            Lang::En => self.around(&format!("{what} {not}mentioning {text}")),
            Lang::Zh => self.around(&format!("{not}提到{text}的{what}")),
        }
    }
}
