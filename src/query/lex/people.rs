//! Who gave a report, by office and surname: 省长姓王, `mayor surnamed Yu`; a part of `idiom`.
//!
//! An office is two things: whose name is meant, and that the report's own words name this office, where they name
//! any. A surname in Latin letters is each of those that are written so.

use super::{Placed, Token};
use crate::query::ast::{Comparison, Field, Rows};
use crate::query::lang::is_han;
use crate::query::topics::surnames;

/// Puts offices and Latin surnames into the words of the grammar.
pub(super) fn named(tokens: &mut Vec<Placed>) {
    let rows = tokens.iter().rev().find_map(|placed| match placed.token {
        Token::Rows(rows) => Some(rows),
        _ => None,
    });
    for placed in tokens.iter_mut() {
        if matches!(&placed.token, Token::Office(office) if is_of(office, rows)) {
            placed.token = Token::Field(Field::Speaker);
        }
    }
    let mut at = 0;
    while at < tokens.len() {
        office_first(tokens, at);
        let length = compared(&tokens[at..]);
        match (&tokens[at].token, length) {
            (Token::Office(_) | Token::Field(Field::Speaker), Some(length)) => {
                let mut said = condition(&tokens[at..at + length]);
                // Names alone are looked for among those who gave reports.
                let behind = &tokens[at + length..];
                let only_asked = behind.iter().all(|placed| {
                    matches!(
                        placed.token,
                        Token::De | Token::AskValue | Token::Who | Token::Are | Token::End
                    )
                });
                if rows.is_none() && at == 0 && only_asked {
                    tokens.truncate(length);
                    let put = |token: Token| Placed {
                        token,
                        span: tokens[0].span,
                    };
                    said.splice(0..0, [put(Token::Rows(Rows::Reports)), put(Token::With)]);
                }
                let behind = at + said.len();
                tokens.splice(at..at + length, said);
                at = behind;
            }
            (Token::Office(_), None) => {
                tokens[at].token = Token::Field(Field::Speaker);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// 姓王的省长 is said as 省长姓王, with its 的 only before what follows.
fn office_first(tokens: &mut Vec<Placed>, at: usize) {
    let is = |at: usize, wanted: fn(&Token) -> bool| {
        tokens.get(at).is_some_and(|placed| wanted(&placed.token))
    };
    let is_office =
        |token: &Token| matches!(token, Token::Office(_) | Token::Field(Field::Speaker));
    if !(is(at, |token| *token == Token::Surnamed)
        && is(at + 1, |token| matches!(token, Token::Text(_)))
        && is(at + 2, |token| *token == Token::De)
        && is(at + 3, is_office))
    {
        return;
    }
    let ends = tokens.len() == at + 4 || is(at + 4, |token| *token == Token::De);
    tokens[at..at + 4].rotate_right(1);
    if ends {
        tokens.remove(at + 3);
    }
}

/// Whether the office is that of all who give reports of such rows: 镇长 of towns. Among provinces are cities.
fn is_of(office: &str, rows: Option<Rows>) -> bool {
    match rows {
        Some(Rows::Towns) => matches!(office, "镇长" | "乡长" | "主任"),
        Some(Rows::Counties) => matches!(office, "区长" | "县长"),
        Some(Rows::Cities) => office == "市长",
        _ => false,
    }
}

/// How many tokens say whose name it is: an office, a word that compares, and a text.
fn compared(rest: &[Placed]) -> Option<usize> {
    let are = usize::from(matches!(rest.get(1), Some(next) if next.token == Token::Are));
    let joint = matches!(
        rest.get(1 + are).map(|placed| &placed.token),
        Some(Token::Surnamed | Token::Starts | Token::Contains | Token::Compare(_))
    );
    let text = 1 + are + usize::from(joint);
    (joint || are == 1)
        .then(|| rest.get(text))
        .flatten()
        .filter(|placed| matches!(placed.token, Token::Text(_)))
        .map(|_| text + 1)
}

fn condition(said: &[Placed]) -> Vec<Placed> {
    let [office, between @ .., last] = said else {
        return said.to_vec();
    };
    let Token::Text(name) = &last.token else {
        return said.to_vec();
    };
    let put = |token: Token| Placed {
        token,
        span: last.span,
    };
    let speaker = Placed {
        token: Token::Field(Field::Speaker),
        span: office.span,
    };
    let surnamed = between.iter().any(|placed| placed.token == Token::Surnamed);
    let names: Vec<String> = if surnamed && !name.chars().any(is_han) {
        surnames(name)
            .iter()
            .map(|name| (*name).to_owned())
            .collect()
    } else {
        vec![name.clone()]
    };
    let joint = between.iter().rfind(|placed| placed.token != Token::Are);
    let joint = joint.map_or_else(|| put(Token::Compare(Comparison::Eq)), Clone::clone);
    let mut all = Vec::new();
    for (turn, name) in names.into_iter().enumerate() {
        if turn > 0 {
            all.push(put(Token::Or));
        }
        all.extend([speaker.clone(), joint.clone(), put(Token::Text(name))]);
    }
    let is_several = all.len() > 3;
    let bracketed = |mut inner: Vec<Placed>| {
        inner.insert(0, put(Token::Open));
        inner.push(put(Token::Close));
        inner
    };
    if is_several {
        all = bracketed(all);
    }
    if let Token::Office(office) = &office.token {
        let title = || put(Token::Field(Field::SpeakerTitle));
        all.extend([
            put(Token::And),
            put(Token::Open),
            title(),
            put(Token::Contains),
            put(Token::Text(office.clone())),
            put(Token::Or),
            put(Token::Missing),
            title(),
            put(Token::Close),
        ]);
        all = bracketed(all);
    }
    all
}
