//! The candidates of each kind that fit a place in a question.

use super::{Asked, Candidate, CandidateKind, MOST};
use crate::query::catalog::{LAST, PlaceRef, half_width};
use crate::query::keyword::{Keyword, keywords};
use crate::query::lang::is_han;
use crate::query::lex::{CONTEXTUAL, Quantity, Token};
use crate::query::{Lang, follow};

impl Asked<'_> {
    /// Words of the language, by the order of `likely.tsv`.
    pub(super) fn words(&self, fits: impl Fn(&Keyword) -> bool) -> Vec<Candidate> {
        let turn = |keyword: &Keyword| {
            let likely = include_str!("likely.tsv").lines().skip(1);
            let mut tokens = likely.filter_map(|line| line.split('\t').next());
            tokens
                .position(|token| token == keyword.token)
                .unwrap_or(usize::MAX)
        };
        let mut fitting: Vec<&Keyword> =
            keywords().iter().filter(|keyword| fits(keyword)).collect();
        fitting.sort_by_key(|keyword| (turn(keyword), keyword.word.chars().count()));
        fitting
            .into_iter()
            .filter(|keyword| keyword.word.chars().any(char::is_alphanumeric))
            .filter(|keyword| !CONTEXTUAL.contains(&keyword.word))
            .filter(|keyword| keyword.token != "it" || self.catalog.saved().contains_key(LAST))
            .filter(|keyword| {
                Token::of_keyword(keyword.token).is_some_and(|token| self.takes_word(token))
            })
            .map(|keyword| {
                let kind = match keyword.token {
                    "trait:in-review" | "trait:in-plan" | "trait:in-problems" => {
                        CandidateKind::Section
                    }
                    _ => CandidateKind::Keyword,
                };
                self.candidate(kind, self.apart(keyword.word))
            })
            .collect()
    }

    /// A Latin word behind another wants a blank between.
    fn apart(&self, word: &str) -> String {
        let end = self.before.last().map_or(0, |last| last.span.end);
        let touches = self.partial.is_empty() && end == self.span.start && end > 0;
        let is_latin = word.starts_with(|c: char| c.is_ascii_alphanumeric());
        if touches && is_latin && self.lang == Some(Lang::En) {
            format!(" {word}")
        } else {
            word.to_owned()
        }
    }

    pub(super) fn figures(&self, fits: &dyn Fn(&str) -> bool) -> Vec<Candidate> {
        let english = !self.partial.chars().any(is_han) && self.lang != Some(Lang::Zh);
        let mut found: Vec<(u32, Candidate)> = Vec::new();
        for indicator in self.catalog.indicators() {
            let (usual, own, others) = if english {
                (&indicator.name_en, &indicator.names_en, &indicator.names_zh)
            } else {
                (&indicator.name_zh, &indicator.names_zh, &indicator.names_en)
            };
            let names = std::iter::once(usual).chain(own).chain(others);
            let Some(name) = names.into_iter().find(|name| fits(name)) else {
                continue;
            };
            let count = self.catalog.places_reporting(&indicator.id);
            let mut candidate = self.candidate(CandidateKind::Figure, self.apart(name));
            let also = |usual: &String| {
                if usual == name {
                    String::new()
                } else {
                    format!("{usual}; ")
                }
            };
            let plural = if count == 1 { "" } else { "s" };
            candidate.note_en = format!("{}{count} place{plural}", also(&indicator.name_en));
            candidate.note_zh = format!("{}{count}个地方有", also(&indicator.name_zh));
            found.push((count, candidate));
        }
        likeliest(found)
    }

    pub(super) fn places(
        &self,
        outer: &[PlaceRef],
        fits: &dyn Fn(&str) -> bool,
        partial: &str,
    ) -> Vec<Candidate> {
        let english = self.lang == Some(Lang::En) || (self.lang.is_none() && partial.is_ascii());
        let names = self.catalog.names();
        let reports = |place: PlaceRef| match place {
            PlaceRef::Own(index) => self.catalog.places()[index].reports,
            PlaceRef::Area(_) => 0,
        };
        let mut fitting: Vec<(u32, PlaceRef)> = names
            .place_names()
            .filter(|(name, place)| {
                fits(name)
                    && (outer.is_empty()
                        || outer
                            .iter()
                            .any(|outer| self.catalog.lies_in(*place, *outer)))
            })
            .map(|(_, place)| (reports(place), place))
            .collect();
        if partial.is_ascii() && partial.len() > 1 {
            let latin = names.latin_names().filter(|(name, place)| {
                name.starts_with(partial)
                    && (outer.is_empty()
                        || outer
                            .iter()
                            .any(|outer| self.catalog.lies_in(*place, *outer)))
            });
            fitting.extend(latin.map(|(_, place)| (reports(place), place)));
        }
        fitting.sort_by(|a, b| {
            b.0.cmp(&a.0).then_with(|| {
                self.catalog
                    .place_name(a.1)
                    .cmp(self.catalog.place_name(b.1))
            })
        });
        let mut found: Vec<(u32, Candidate)> = Vec::new();
        for (count, place) in fitting {
            let name = self.catalog.place_name(place);
            let text = if english {
                names.english(name)
            } else {
                name.to_owned()
            };
            let text = self.apart(&text);
            if found.len() == MOST || found.iter().any(|(_, other)| other.text == text) {
                continue;
            }
            let mut candidate = self.candidate(CandidateKind::Place, text);
            if count > 0 {
                candidate.note_en = format!("{count} report{}", if count == 1 { "" } else { "s" });
                candidate.note_zh = format!("{count}份报告");
            }
            found.push((count, candidate));
        }
        found.into_iter().map(|(_, candidate)| candidate).collect()
    }

    pub(super) fn years(&self) -> Vec<Candidate> {
        if !self.takes(Token::Year(2000)) {
            return Vec::new();
        }
        let mut years = self.catalog.years().to_vec();
        years.sort_unstable_by_key(|year| std::cmp::Reverse(*year));
        let unit = if self.lang == Some(Lang::Zh) {
            "年"
        } else {
            ""
        };
        let years = years.into_iter().take(MOST);
        years
            .map(|year| self.candidate(CandidateKind::Year, self.apart(&format!("{year}{unit}"))))
            .collect()
    }

    /// A sample of a quantity of what is compared, or a number of rows.
    pub(super) fn numbers(&self) -> Vec<Candidate> {
        let token = Token::Quantity(Quantity {
            value: rust_decimal::Decimal::ONE,
            unit: None,
            text: "1".to_owned(),
        });
        let wants = matches!(
            self.before.last().map(|last| &last.token),
            Some(Token::Compare(_) | Token::Between | Token::Top | Token::Bottom | Token::Limit)
        );
        if !wants || !self.takes(token) {
            return Vec::new();
        }
        let sample = follow::sample(&self.before, self.catalog, self.lang.unwrap_or(Lang::En));
        vec![self.candidate(CandidateKind::Number, self.apart(&sample))]
    }

    pub(super) fn saved(&self) -> Vec<Candidate> {
        let partial = half_folded(&self.partial);
        let mut found = Vec::new();
        for (name, text) in self.catalog.saved() {
            let shown = format!("@{name}");
            if name == LAST || !half_folded(&shown).starts_with(&partial) || shown == self.partial {
                continue;
            }
            if !self.takes(Token::Saved(name.clone())) {
                return Vec::new();
            }
            let mut candidate = self.candidate(CandidateKind::Saved, shown);
            candidate.note_en.clone_from(text);
            candidate.note_zh.clone_from(text);
            found.push(candidate);
        }
        found
    }
}

fn half_folded(text: &str) -> String {
    text.chars()
        .map(half_width)
        .collect::<String>()
        .to_lowercase()
}

/// Those that most places report, first.
fn likeliest(mut found: Vec<(u32, Candidate)>) -> Vec<Candidate> {
    // What the store has nothing of is offered where nothing else fits.
    if found.iter().any(|(count, _)| *count > 0) {
        found.retain(|(count, _)| *count > 0);
    }
    found.sort_by_key(|(count, candidate)| {
        (std::cmp::Reverse(*count), candidate.text.chars().count())
    });
    found.truncate(MOST);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}
