//! Offers of `beyond.tsv`, said of the place, the figure and the years that a question, or else the store, speaks of.

use super::{is_figure, is_records};
use crate::fact::Span;
use crate::query::ast::Property;
use crate::query::catalog::Catalog;
use crate::query::lex::{Placed, Token};
use crate::query::nearest::{self, Years};
use crate::query::{Lang, follow, keyword};

/// A question that is not understood, and where it goes beyond the language.
pub(super) struct Asked<'a> {
    pub(super) question: &'a str,
    pub(super) beyond: Span,
    pub(super) tokens: &'a [Placed],
    pub(super) catalog: &'a Catalog,
    pub(super) lang: Lang,
}

/// What stands for each name in braces.
pub(super) struct Said<'a> {
    asked: &'a Asked<'a>,
    /// The figure, without its properties, and its token.
    figure: Option<usize>,
    names: Vec<(&'static str, String)>,
}

impl<'a> Said<'a> {
    pub(super) fn of(asked: &'a Asked<'a>, own_word: Option<&str>) -> Self {
        let Asked { catalog, lang, .. } = *asked;
        let scope = nearest::Scope::of(asked.question, asked.tokens, lang);
        let place = scope
            .all_places()
            .or_else(|| asked.all_of_kind())
            .unwrap_or_else(|| asked.any_place());
        let rows = asked.first(|token| matches!(token, Token::Rows(rows) if rows.are_places()));
        let any_rows = if lang == Lang::En { "places" } else { "地方" };
        let records = asked.tokens.iter().find(|placed| is_records(placed));
        let figure = asked.figure();
        let indicator = figure.and_then(|at| match &asked.tokens[at].token {
            Token::Figure(meant) => meant.first().map(|at| catalog.meant(*at).0.id.clone()),
            _ => None,
        });
        let places: Vec<String> = asked
            .tokens
            .iter()
            .filter(|placed| matches!(placed.token, Token::Place(_)))
            .map(|placed| asked.text(placed.span))
            .collect();
        let joint = if lang == Lang::En { " and " } else { "和" };
        // Of two years that are named the earlier is the one before.
        let asked_years = || {
            asked.tokens.iter().filter_map(|placed| match placed.token {
                Token::Year(year) => Some(year),
                _ => None,
            })
        };
        let latest = catalog.years().iter().max().copied().unwrap_or(2023);
        let year = asked_years().max().unwrap_or(latest);
        let first = asked_years().min().filter(|first| *first < year);
        let before = first.unwrap_or(year - 1);
        let date = asked.tokens.iter().find_map(|placed| match &placed.token {
            Token::Date(date) => Some(date.clone()),
            _ => None,
        });
        let is_before = asked
            .tokens
            .windows(2)
            .any(|pair| pair[0].token == Token::Before && matches!(pair[1].token, Token::Date(_)));
        let till = if is_before { "before" } else { "by" };
        let years = Years::of(asked.tokens);
        let within = years.map_or(String::new(), |years| years.said(lang));
        // As they stand in the tables.
        let stored = catalog.places().first();
        let names = vec![
            ("{places}", places.join(joint)),
            ("{word}", own_word.unwrap_or("养老").to_owned()),
            ("{place}", place),
            ("{rows}", rows.unwrap_or_else(|| any_rows.to_owned())),
            (
                "{records}",
                records.map_or(String::new(), |placed| asked.text(placed.span)),
            ),
            ("{year}", year.to_string()),
            ("{till}", till.to_owned()),
            ("{date}", date.unwrap_or_else(|| format!("{year}-06-30"))),
            (
                "{name}",
                stored.map_or(String::new(), |place| place.place.name.clone()),
            ),
            (
                "{indicator}",
                indicator.unwrap_or_else(|| "tax_revenue".to_owned()),
            ),
            ("{latest}", latest.to_string()),
            ("{in}", within),
            ("{before}", before.to_string()),
            ("{next}", (year + 1).to_string()),
            (
                "{first}",
                first.map_or(String::new(), |year| year.to_string()),
            ),
        ];
        Self {
            asked,
            figure,
            names,
        }
    }

    /// An offer with its names filled in; none where it would compare a year with itself, or with one that nobody named.
    pub(super) fn filled(&self, offer: &str) -> Option<String> {
        let named = |name: &str| {
            let said = self.names.iter().find(|(known, _)| *known == name);
            said.filter(|_| offer.contains(name))
                .map(|(_, said)| said.as_str())
        };
        if let (Some(year), Some(latest)) = (named("{year}"), named("{latest}"))
            && year == latest
        {
            return None;
        }
        // Of two years one is not named.
        if named("{first}") == Some("") {
            return None;
        }
        let figured = offer.replace("{figure}", &self.figure_in(offer));
        let fill = |text: String, (name, said): &(&str, String)| text.replace(name, said);
        Some(self.names.iter().fold(figured, fill))
    }

    /// The figure; with its growth, where that is what is asked about and the offer speaks of none.
    fn figure_in(&self, offer: &str) -> String {
        let Asked { catalog, lang, .. } = *self.asked;
        let Some(at) = self.figure else {
            let likely = follow::likely_figures(catalog, lang, 1).pop();
            return likely.unwrap_or_else(|| "「…」".to_owned());
        };
        let name = self.asked.text(self.asked.tokens[at].span);
        let next = self.asked.tokens.get(at + 1).map(|next| &next.token);
        let speaks = ["target", "目标", "{figure}增速", "{figure} growth"];
        let grows = next == Some(&Token::Property(Property::Growth))
            && !speaks.iter().any(|words| offer.contains(words));
        match (grows, lang) {
            (true, Lang::En) => format!("{name} growth"),
            (true, Lang::Zh) => format!("{name}增速"),
            (false, _) => name,
        }
    }
}

impl Asked<'_> {
    fn text(&self, span: Span) -> String {
        let chars = self.question.chars().skip(span.start).take(span.len());
        chars.collect()
    }

    fn first(&self, wanted: fn(&Token) -> bool) -> Option<String> {
        let found = self.tokens.iter().find(|placed| wanted(&placed.token));
        found.map(|placed| self.text(placed.span))
    }

    /// Where the figure stands that is asked about: rather another than one in the words that are beyond the language,
    /// as 税收 of 附上人口表，各镇人均税收.
    fn figure(&self) -> Option<usize> {
        let is_outside = |placed: &Placed| {
            placed.span.start >= self.beyond.end || placed.span.end <= self.beyond.start
        };
        let mut tokens = self.tokens.iter();
        tokens
            .position(|placed| is_figure(placed) && is_outside(placed))
            .or_else(|| self.tokens.iter().position(is_figure))
    }

    /// `all cities`, 各市, where a question names a kind of places and none of them.
    pub(super) fn all_of_kind(&self) -> Option<String> {
        let rows = self.tokens.iter().find_map(|placed| match placed.token {
            Token::Rows(rows) if rows.are_places() => Some(Token::Rows(rows)),
            _ => None,
        })?;
        let mut words = keyword::keywords().iter();
        let word = words.find(|keyword| {
            keyword.canonical
                && keyword.lang == self.lang
                && Token::of_keyword(keyword.token).as_ref() == Some(&rows)
        })?;
        Some(match self.lang {
            Lang::En => format!("all {}", word.word),
            Lang::Zh => format!("各{}", word.word),
        })
    }

    /// A place of the store, where the question names none.
    fn any_place(&self) -> String {
        let place = self.catalog.places().first();
        place.map_or("…".to_owned(), |place| match self.lang {
            Lang::En => self.catalog.names().english(&place.place.name),
            Lang::Zh => place.place.name.clone(),
        })
    }
}

/// An offer without the place that it speaks of; `None` where it speaks of none.
pub(super) fn without_place(offer: &str, lang: Lang) -> Option<String> {
    let words: &[&str] = match lang {
        Lang::En => &[" of {place}"],
        Lang::Zh => &["{place}的", "{place}"],
    };
    let word = words.iter().find(|word| offer.contains(**word))?;
    Some(offer.replace(word, ""))
}

/// An offer with the years that a question names behind its place; `None` where it speaks of no place, or of years itself.
pub(super) fn with_years(offer: &str) -> Option<String> {
    const YEARS: [&str; 13] = [
        "{in}",
        "{first}",
        "{year}",
        "{before}",
        "{latest}",
        "{next}",
        "by year",
        "all years",
        "since",
        "历年",
        "按年份",
        "以来",
        "{date}",
    ];
    let has_years = YEARS.iter().any(|years| offer.contains(years));
    let placed = |place: &str| offer.replacen(place, &format!("{place}{{in}}"), 1);
    let place = ["{place}", "all places", "各地方"]
        .into_iter()
        .find(|place| offer.contains(place))?;
    (!has_years).then(|| placed(place))
}
