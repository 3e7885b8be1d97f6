//! Two questions in one, which are asked one after the other.

use super::scope::Scope;
use crate::fact::Span;
use crate::query::Lang;
use crate::query::diagnostic::Fix;
use crate::query::lex::{Placed, Token};

/// The parts that are questions; none where the question has but one part.
///
/// A part behind the first may leave out of what place and of which figure it asks: those of the first are put before it.
pub(super) fn parted(
    question: &str,
    tokens: &[Placed],
    scope: &Scope,
    lang: Lang,
    read: &impl Fn(&str) -> Option<String>,
) -> Vec<Fix> {
    let chars: Vec<char> = question.chars().collect();
    let written = |from: usize, to: usize| -> String { chars[from..to].iter().collect() };
    let joints: Vec<Span> = tokens
        .iter()
        .filter(|placed| parts(&placed.token))
        .map(|placed| placed.span)
        .collect();
    let whole = Span::new(0, chars.len());
    joints
        .iter()
        .find_map(|joint| {
            let trimmed = |text: String| text.trim_matches(EDGES).to_owned();
            let first = trimmed(written(0, joint.start));
            let second = trimmed(written(joint.end, chars.len()));
            let first = read(&first).filter(|_| !second.is_empty())?;
            let named =
                |placed: &&Placed| placed.token.is_figure() && placed.span.end <= joint.start;
            let figure = tokens.iter().find(named);
            let figure = figure.map(|placed| written(placed.span.start, placed.span.end));
            let behind = |wanted: fn(&Token) -> bool| {
                let mut behind = tokens.iter().filter(|p| p.span.start >= joint.end);
                behind.find(|placed| wanted(&placed.token))
            };
            let has_place = behind(|token| matches!(token, Token::Place(_))).is_some();
            let has_year = behind(|token| matches!(token, Token::Year(_))).is_some();
            let property = behind(|token| matches!(token, Token::Property(_)))
                .filter(|_| behind(Token::is_figure).is_none());
            let around = |text: &str| {
                let said = if has_year {
                    scope.of_place(text)
                } else {
                    scope.around(text)
                };
                (!has_place).then_some(said)
            };
            let of_figure = figure.map(|figure| {
                // `what is its target`: that of the figure.
                let at = property.map_or(joint.end, |property| property.span.start);
                let (before, after) = (written(joint.end, at), written(at, chars.len()));
                let space = if lang == Lang::En { " " } else { "" };
                trimmed(format!("{before}{figure}{space}{after}"))
            });
            let mut said = Vec::new();
            let of_figures = of_figure.iter().map(|text| around(text));
            if property.is_some() {
                said.extend(of_figures);
                said.push(around(&second));
            } else {
                said.push(around(&second));
                said.extend(of_figures);
            }
            // The place of the first is meant by the second too.
            if has_place || !scope.has_place() {
                said.push(Some(second.clone()));
                said.push(of_figure);
            }
            let second = said
                .into_iter()
                .flatten()
                .find_map(|second| read(&second))?;
            Some((first, second))
        })
        .map_or(Vec::new(), |(first, second)| {
            let told = |text: String, en: &str, zh: &str| {
                let mut fix = Fix::new(text, whole);
                en.clone_into(&mut fix.note_en);
                zh.clone_into(&mut fix.note_zh);
                fix
            };
            vec![told(first, "first", "先问"), told(second, "then", "再问")]
        })
}

/// What stands before a joint, where that is a question: what is asked behind it is left out.
pub(super) fn first(
    question: &str,
    tokens: &[Placed],
    read: &impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    let joints = tokens.iter().filter(|placed| parts(&placed.token));
    let before = joints.map(|joint| question.chars().take(joint.span.start).collect::<String>());
    let trimmed = before.map(|part| part.trim_matches(EDGES).to_owned());
    trimmed.filter(|part| read(part).is_some()).collect()
}

/// Whether an offer is what the question asks before the stretch that goes beyond the language.
pub(in crate::query) fn is_asked_before(
    offer: &str,
    question: &str,
    tokens: &[Placed],
    beyond: Span,
    read: &impl Fn(&str) -> Option<String>,
) -> bool {
    let before = tokens
        .iter()
        .filter(|placed| placed.span.end <= beyond.start);
    let before: Vec<Placed> = before.cloned().collect();
    let mut firsts = first(question, &before, read).into_iter();
    firsts.any(|first| read(&first).as_deref() == Some(offer))
}

/// What stands at the ends of a part and says nothing.
const EDGES: [char; 11] = [' ', ',', '，', '、', '；', ';', '?', '？', '。', '.', '和'];

/// Where one question may end and another begin.
fn parts(token: &Token) -> bool {
    matches!(
        token,
        Token::End | Token::Sep | Token::Comma | Token::Enum | Token::And
    )
}
