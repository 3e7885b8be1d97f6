//! What the language does not reach, known by the words that people use for it, and what to ask instead.
//!
//! Looked at only where a question is not understood: a word of `beyond.tsv` is no word of the language.

use super::catalog::Catalog;
use super::diagnostic::{Diagnostic, Fix};
use super::lang::is_han;
use super::lex::{Placed, Token};
use super::{Lang, follow, topics};
use crate::fact::Span;
use crate::query::ast::Property;

/// The message for a question that wants what the language does not have, with offers that `fits` lets pass.
pub(super) fn beyond(
    question: &str,
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
    fits: impl Fn(&str) -> bool,
) -> Option<Diagnostic> {
    let folded: Vec<char> = question.chars().map(|c| c.to_ascii_lowercase()).collect();
    // Words between quotation marks are not the asker's.
    let said = |at: usize| {
        let quoted = |placed: &Placed| {
            matches!(placed.token, Token::Text(_) | Token::Quoted(_))
                && placed.span.start <= at
                && at < placed.span.end
        };
        !tokens.iter().any(quoted)
    };
    let mut lines = include_str!("beyond.tsv").lines().skip(1);
    let (span, cells) = lines.find_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let span = cells[0]
            .split('|')
            .find_map(|word| place_of(word, &folded).filter(|span| said(span.start)))?;
        Some((span, cells))
    })?;
    let [_, cause_en, cause_zh, offers_en, offers_zh] = cells[..] else {
        return None;
    };
    let offers = if lang == Lang::En {
        offers_en
    } else {
        offers_zh
    };
    let whole = Span::new(0, folded.len());
    // What would be of another place or word than the asker's stands only where there is nothing else to offer.
    let names_place = tokens
        .iter()
        .any(|placed| matches!(placed.token, Token::Place(_)));
    let own_word = word(question, tokens, catalog, span);
    let names_records = tokens.iter().any(is_records);
    let names_figure = tokens.iter().any(is_figure);
    let is_own = |offer: &&str| {
        (names_records || !offer.contains("{records}"))
            && (names_figure || !names_records || !offer.contains("{figure}"))
            && (names_place || !offer.contains("{place}"))
            && (own_word.is_some() || !offer.contains("{word}"))
    };
    let mut chosen: Vec<&str> = offers.split('|').filter(is_own).collect();
    if chosen.is_empty() {
        chosen = offers.split('|').collect();
    }
    let fixes = chosen
        .into_iter()
        .map(|offer| {
            filled(
                offer,
                question,
                span,
                own_word.as_deref(),
                tokens,
                catalog,
                lang,
            )
        })
        .map(|offer| match offer.strip_prefix('~') {
            Some(word) => Fix::new(word, span),
            None => Fix::new(offer, whole),
        })
        // A statement of SQL is no question, and is checked where it is run.
        .filter(|fix| fix.text.starts_with("sql ") || fits(&fix.applied(question)));
    Some(Diagnostic::new("Q0118", span, cause_en, cause_zh).with_fixes(fixes))
}

fn is_figure(placed: &Placed) -> bool {
    matches!(placed.token, Token::Figure(_) | Token::Quoted(_))
}

/// What places have some number of.
fn is_records(placed: &Placed) -> bool {
    matches!(placed.token, Token::Rows(rows) if !rows.are_places())
}

/// Where a word stands; a Latin one as a word of its own.
fn place_of(word: &str, question: &[char]) -> Option<Span> {
    let word: Vec<char> = word.chars().collect();
    let latin = !word.iter().any(|c| is_han(*c));
    let letter = |at: Option<usize>| {
        latin
            && at
                .and_then(|at| question.get(at))
                .is_some_and(char::is_ascii_alphanumeric)
    };
    (0..question.len())
        .find(|at| {
            question[*at..].starts_with(&word)
                && !letter(at.checked_sub(1))
                && !letter(Some(at + word.len()))
        })
        .map(|at| Span::new(at, at + word.len()))
}

/// A word of a text to look for: one that is quoted, one that is not known, or the Chinese name of the figure.
fn word(question: &str, tokens: &[Placed], catalog: &Catalog, beyond: Span) -> Option<String> {
    let of_token = |placed: &Placed| match &placed.token {
        Token::Text(text) | Token::Quoted(text) => Some(text.clone()),
        Token::Word(word) if word.chars().all(is_han) => Some(word.clone()),
        Token::Figure(meant) => meant.first().map(|at| catalog.spoken_name(*at)),
        _ => None,
    };
    let quoted = |placed: &Placed| matches!(placed.token, Token::Text(_) | Token::Quoted(_));
    // What it is of stands behind what is done with it: 学校 in 承诺要建的学校.
    tokens
        .iter()
        .filter(|placed| quoted(placed))
        .chain(tokens.iter().rev())
        .filter(|placed| placed.span.start >= beyond.end || placed.span.end <= beyond.start)
        .find_map(|placed| match placed.token {
            // An English topic is a word of a text sooner than an indicator.
            Token::Figure(_) => topics::topic_in(question)
                .map(str::to_owned)
                .or_else(|| of_token(placed)),
            _ => of_token(placed),
        })
        .or_else(|| topics::topic_in(question).map(str::to_owned))
}

/// An offer about the place, the figure and the years that the question, or else the store, speaks of.
fn filled(
    offer: &str,
    question: &str,
    beyond: Span,
    own_word: Option<&str>,
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
) -> String {
    let text = |span: Span| {
        let chars = question.chars().skip(span.start).take(span.len());
        chars.collect::<String>()
    };
    let first = |wanted: fn(&Token) -> bool| {
        let found = tokens.iter().find(|placed| wanted(&placed.token));
        found.map(|placed| text(placed.span))
    };
    let place = first(|token| matches!(token, Token::Place(_))).unwrap_or_else(|| {
        let place = catalog.places().first();
        place.map_or("…".to_owned(), |place| match lang {
            Lang::En => catalog.names().english(&place.place.name),
            Lang::Zh => place.place.name.clone(),
        })
    });
    // With its growth, where that is what is asked about.
    // Rather another than the one in the words that are beyond: 税收 of 附上人口表，各镇人均税收.
    let is_asked = |placed: &Placed| {
        is_figure(placed) && (placed.span.start >= beyond.end || placed.span.end <= beyond.start)
    };
    let asked = tokens.iter().position(is_asked);
    let asked = asked.or_else(|| tokens.iter().position(is_figure));
    let figure = asked.map(|at| {
        let name = text(tokens[at].span);
        let grows = tokens.get(at + 1).filter(|next| {
            next.token == Token::Property(Property::Growth)
                && !offer.contains("target")
                && !offer.contains("目标")
                && !offer.contains("{figure}增速")
                && !offer.contains("{figure} growth")
        });
        match (grows, lang) {
            (Some(_), Lang::En) => format!("{name} growth"),
            (Some(_), Lang::Zh) => format!("{name}增速"),
            (None, _) => name,
        }
    });
    let records = tokens.iter().find(|placed| is_records(placed));
    let records = records.map_or(String::new(), |placed| text(placed.span));
    let rows = first(|token| matches!(token, Token::Rows(rows) if rows.are_places()));
    let rows = rows.unwrap_or_else(|| if lang == Lang::En { "places" } else { "地方" }.to_owned());
    let figure = figure
        .or_else(|| follow::likely_figures(catalog, lang, 1).pop())
        .unwrap_or_else(|| "「…」".to_owned());
    // As they stand in the tables.
    let stored = catalog.places().first();
    let stored = stored.map_or(String::new(), |place| place.place.name.clone());
    let indicator = asked.and_then(|at| match &tokens[at].token {
        Token::Figure(meant) => meant.first().map(|at| catalog.indicators()[*at].id.clone()),
        _ => None,
    });
    let indicator = indicator.unwrap_or_else(|| "tax_revenue".to_owned());
    let named = tokens.iter().find_map(|placed| match placed.token {
        Token::Year(year) => Some(year),
        _ => None,
    });
    let latest = catalog.years().iter().max().copied().unwrap_or(2023);
    let year = named.unwrap_or(latest);
    let places: Vec<String> = tokens
        .iter()
        .filter(|placed| matches!(placed.token, Token::Place(_)))
        .map(|placed| text(placed.span))
        .collect();
    let joint = if lang == Lang::En { " and " } else { "和" };
    offer
        .replace("{places}", &places.join(joint))
        .replace("{word}", own_word.unwrap_or("养老"))
        .replace("{place}", &place)
        .replace("{rows}", &rows)
        .replace("{records}", &records)
        .replace("{figure}", &figure)
        .replace("{year}", &year.to_string())
        .replace("{name}", &stored)
        .replace("{indicator}", &indicator)
        .replace("{latest}", &latest.to_string())
        .replace(
            "{in}",
            &named.map_or(String::new(), |year| match lang {
                Lang::En => format!(" in {year}"),
                Lang::Zh => format!("{year}年"),
            }),
        )
        .replace("{before}", &(year - 1).to_string())
        .replace("{next}", &(year + 1).to_string())
}
