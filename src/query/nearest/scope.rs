//! Of which places and years a question speaks, to be said around what else it names.

use crate::query::Lang;
use crate::query::lex::{Placed, Token};

/// Of which place and in which years.
pub(super) struct Scope {
    pub(super) place: Option<String>,
    /// A second place.
    pub(super) other: Option<String>,
    pub(super) years: Option<Years>,
    pub(super) lang: Lang,
}

/// Years as they are named.
pub(super) enum Years {
    One(i32),
    Both(i32, i32),
    Range(i32, i32),
    Since(i32),
    Every,
}

impl Years {
    /// The years that the tokens of a question name.
    pub(super) fn of(tokens: &[Placed]) -> Option<Self> {
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
            [] => tokens
                .iter()
                .any(|placed| placed.token == Token::EveryYear)
                .then_some(Self::Every),
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

    fn english(&self) -> String {
        match self {
            Self::One(year) => format!(" in {year}"),
            Self::Both(first, last) => format!(" in {first} and {last}"),
            Self::Range(first, last) => format!(" from {first} to {last}"),
            Self::Since(year) => format!(" since {year}"),
            Self::Every => " in all years".to_owned(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::One(year) => format!("{year}年"),
            Self::Both(first, last) => format!("{first}年和{last}年"),
            Self::Range(first, last) => format!("{first}年到{last}年"),
            Self::Since(year) => format!("{year}年以来"),
            Self::Every => "历年".to_owned(),
        }
    }
}

impl Scope {
    pub(super) const fn is_named(&self) -> bool {
        self.place.is_some() || self.years.is_some()
    }

    /// ` in 2023`; 2023年.
    pub(super) fn when(&self) -> String {
        let years = self.years.as_ref();
        years.map_or(String::new(), |years| match self.lang {
            Lang::En => years.english(),
            Lang::Zh => years.chinese(),
        })
    }

    /// `of Yangliuqing in 2023`, 杨柳青镇2023年的.
    pub(super) fn around(&self, what: &str) -> String {
        let place = self.place.as_deref();
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

    /// What is asked of all places of a kind: 2023年税收最高的镇, `towns with the highest tax in 2023`.
    pub(super) fn kind(&self, what: &str) -> String {
        match self.lang {
            Lang::En => format!("{what}{}", self.when()),
            Lang::Zh => format!("{}{what}", self.when()),
        }
    }

    pub(super) fn beside(&self, figure: &str) -> Option<String> {
        let (one, other) = (self.place.as_deref()?, self.other.as_deref()?);
        Some(match self.lang {
            Lang::En => format!("compare {one} and {other} on {figure}{}", self.when()),
            Lang::Zh => format!("对比{one}和{other}{}的{figure}", self.when()),
        })
    }

    /// What lies in two areas, which may have no reports of their own.
    pub(super) fn within_both(&self, figure: &str) -> Option<String> {
        let (one, other) = (self.place.as_deref()?, self.other.as_deref()?);
        let when = self.when();
        Some(match self.lang {
            Lang::En => format!("{figure} of all places in {one} and {other}{when}"),
            Lang::Zh if when.is_empty() => format!("在{one}和{other}，各地方的{figure}"),
            Lang::Zh => format!("在{one}和{other}，各地方的{when}的{figure}"),
        })
    }

    pub(super) fn figure(&self, places: Option<&str>, figure: &str) -> String {
        match (self.lang, &self.place) {
            (_, Some(_)) => self.around(figure),
            (Lang::En, None) => {
                self.around(&format!("{figure} of all {}", places.unwrap_or("places")))
            }
            (Lang::Zh, None) => self.around(&format!("各{}的{figure}", places.unwrap_or("地方"))),
        }
    }

    pub(super) fn mentioning(&self, records: Option<&str>, text: &str) -> String {
        match self.lang {
            Lang::En => self.around(&format!(
                "{} mentioning {text}",
                records.unwrap_or("sentences")
            )),
            Lang::Zh => self.around(&format!("提到{text}的{}", records.unwrap_or("句子"))),
        }
    }
}
