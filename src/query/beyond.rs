//! What the language does not reach, known by the words that people use for it, and what to ask instead.
//!
//! Looked at only where a question is not understood: a word of `beyond.tsv` is no word of the language. An offer behind
//! a `!` leaves out what they say.

mod offer;

use super::ast::Property;
use super::catalog::Catalog;
use super::diagnostic::{Diagnostic, Fix};
use super::lang::is_han;
use super::lex::{Placed, Token};
use super::word_list::word_list;
use super::{Lang, kept, nearest, topics};
use crate::fact::Span;
use offer::{Asked, Said};

/// The message for a question that wants what the language does not have, with offers that are understood: `read` says those back.
pub(super) fn beyond(
    question: &str,
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
    read: impl Fn(&str) -> Option<String>,
) -> Option<Diagnostic> {
    let fits = |offer: &str| read(offer).is_some();
    let folded: Vec<char> = question.chars().map(|c| c.to_ascii_lowercase()).collect();
    // Words between quotation marks are not the asker's.
    let unquoted = |at: usize| {
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
            .find_map(|word| place_of(word, &folded).filter(|span| unquoted(span.start)))?;
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
    let names_place = tokens.iter().any(|placed| match placed.token {
        Token::Place(_) => true,
        Token::Rows(rows) => rows.are_places(),
        _ => false,
    });
    let own_word = word(question, tokens, catalog, span);
    let names_records = tokens.iter().any(is_records);
    let names_figure = tokens.iter().any(is_figure);
    let names_date = tokens
        .iter()
        .any(|placed| matches!(placed.token, Token::Date(_)));
    let is_own = |offer: &&str| {
        (names_records || !offer.contains("{records}"))
            && (names_figure || !offer.contains("{figure}"))
            && (names_place || !offer.contains("{place}"))
            && (names_date || !offer.contains("{date}"))
            && (own_word.is_some() || !offer.contains("{word}"))
    };
    let mut chosen: Vec<&str> = offers.split('|').filter(is_own).collect();
    if chosen.is_empty() {
        chosen = offers.split('|').collect();
    }
    let asked = Asked {
        question,
        beyond: span,
        tokens,
        catalog,
        lang,
    };
    let said = Said::of(&asked, own_word.as_deref());
    let fix = |offer: String| match offer.strip_prefix('~') {
        // What is left of the question without these words is hardly a sentence.
        Some("") => {
            let without = Fix::new("", span);
            let said = read(&without.applied(question));
            said.map_or(without, |said| Fix::new(said, whole))
        }
        Some(word) => Fix::new(word, span),
        None => Fix::new(offer, whole),
    };
    // A statement of SQL is no question, and is checked where it is run.
    let is_fit = |fix: &Fix| fix.text.starts_with("sql ") || fits(&fix.applied(question));
    // What the message is about is said to be beyond the language, and not once more to be left out.
    let mut others = tokens.to_vec();
    let is_outside =
        |placed: &Placed| placed.span.end <= span.start || placed.span.start >= span.end;
    others.retain(is_outside);
    // 10月底 is one day, of which only 月底 told.
    let is_day = |placed: &&Placed| matches!(placed.token, Token::Date(_) | Token::Month(..));
    let within = tokens
        .iter()
        .filter(|placed| !is_outside(placed) && is_day(placed));
    let wider = within.fold(span, |wider, placed| wider.join(placed.span));
    let noted = |fix: Fix, loses: bool| {
        if fix.text.starts_with("sql ") {
            return Some(fix);
        }
        let mut left_out = kept::left_out(question, &others, &fix.applied(question), catalog)?;
        let lost: String = question
            .chars()
            .skip(wider.start)
            .take(wider.len())
            .collect();
        if loses && !left_out.iter().any(|words| words.contains(&lost)) {
            left_out.push(lost);
        }
        Some(fix.without(&left_out))
    };
    let fixes = chosen.into_iter().filter_map(|offer| {
        let (loses, offer) = offer
            .strip_prefix('!')
            .map_or((false, offer), |offer| (true, offer));
        // Of all places, where the question names none, sooner than of some other.
        let of_all = (!names_place)
            .then(|| offer::without_place(offer, lang))
            .flatten();
        // Of the years that are named, where the offer speaks of none.
        let of_years = offer::with_years(offer);
        let offers = [of_all, of_years].into_iter().flatten();
        let offers = offers.chain([offer.to_owned()]);
        let mut filled = offers.filter_map(|offer| said.filled(&offer)).map(fix);
        filled.find(is_fit).and_then(|fix| noted(fix, loses))
    });
    let mut fixes: Vec<Fix> = fixes.collect();
    // Figures were asked for: no tasks, where there is something else.
    let is_of_others = |fix: &Fix| kept::asks_of_others(tokens, &fix.applied(question), catalog);
    if !fixes.iter().all(is_of_others) {
        fixes.retain(|fix| !is_of_others(fix));
    }
    // What is asked before, or a question that keeps more of the names, is nearer.
    let weight = |fix: &Fix| {
        let left_out = kept::left_out(question, &others, &fix.applied(question), catalog);
        left_out.map(|left_out| kept::weight(&left_out))
    };
    let least = fixes.iter().filter_map(weight).min();
    let is_nearer = |fix: &Fix| {
        let is_before = nearest::is_asked_before(&fix.text, question, tokens, span, &read);
        is_before || weight(fix).is_some_and(|own| least.is_none_or(|least| own < least))
    };
    let near = nearest::nearest(question, tokens, catalog, lang, &read);
    let near = near.into_iter().find(is_nearer);
    fixes.splice(0..0, near);
    Some(Diagnostic::new("Q0118", span, cause_en, cause_zh).with_fixes(fixes))
}

/// `rank of A among all towns`, as a fault: a place among the others, which no report states of itself. (`of` and `among`
/// are one word elsewhere: 各镇中的.)
pub(super) fn rank_among_others(tokens: &[Placed]) -> Option<Diagnostic> {
    let rank = tokens
        .iter()
        .position(|placed| placed.token == Token::Property(Property::Rank))?;
    let place = tokens[rank..]
        .iter()
        .position(|placed| matches!(placed.token, Token::Place(_)))?;
    let behind = &tokens[rank + place + 1..];
    let [among, rest @ ..] = behind else {
        return None;
    };
    let others = rest
        .iter()
        .find(|placed| !matches!(placed.token, Token::All | Token::Each));
    let is_among = among.token == Token::Of
        && matches!(others, Some(Placed { token: Token::Rows(rows), .. }) if rows.are_places());
    is_among.then(|| {
        Diagnostic::new(
            "Q0118",
            among.span,
            "a place among the others is seen where they are ordered; `rank` is what the report itself says",
            "排在第几要把各地排出来看；“名次”只指报告自己写明的名次",
        )
    })
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
        Token::Word(word) if word.chars().all(is_han) => {
            of_word(word, placed.span, beyond).and_then(|word| of_reports(&word, catalog))
        }
        // 口袋公园 is what is asked for, whatever else the vocabulary calls it.
        Token::Figure(meant) => {
            let asked: String = question
                .chars()
                .skip(placed.span.start)
                .take(placed.span.len())
                .collect();
            let is_chinese = asked.chars().all(is_han);
            meant.first().map(|at| {
                if is_chinese {
                    asked
                } else {
                    catalog.spoken_name(*at)
                }
            })
        }
        _ => None,
    };
    let quoted = |placed: &Placed| matches!(placed.token, Token::Text(_) | Token::Quoted(_));
    // What it is of stands behind what is done with it: 学校 in 承诺要建的学校.
    tokens
        .iter()
        .filter(|placed| quoted(placed))
        .chain(tokens.iter().rev())
        .filter(|placed| {
            let runs_on = matches!(placed.token, Token::Word(_)) && placed.span.end > beyond.end;
            runs_on || placed.span.start >= beyond.end || placed.span.end <= beyond.start
        })
        .find_map(|placed| match placed.token {
            // An English topic is a word of a text sooner than an indicator.
            Token::Figure(_) => topics::topic_in(question)
                .map(str::to_owned)
                .or_else(|| of_token(placed)),
            _ => of_token(placed),
        })
        .or_else(|| topics::topic_in(question).map(str::to_owned))
}

/// A word that reports may have: not one of a single character, nor one that was looked up and not found.
fn of_reports(word: &str, catalog: &Catalog) -> Option<String> {
    let found = catalog
        .heard(word)
        .map_or(word, |heard| heard.word.as_str());
    (found.chars().count() > 1).then(|| found.to_owned())
}

/// What an unknown word says behind the words that are beyond the language, without how many: 学校 of 要建几所学校.
fn of_word(word: &str, span: Span, beyond: Span) -> Option<String> {
    let asking = word_list("asking how many");
    let begun = beyond.end.saturating_sub(span.start);
    let passed = if begun < span.len() { begun } else { 0 };
    let rest: String = word.chars().skip(passed).collect();
    let mut rest = rest.as_str();
    while let Some(less) = asking.iter().find_map(|asking| rest.strip_prefix(asking)) {
        rest = less;
    }
    (!rest.is_empty()).then(|| rest.to_owned())
}
