//! The question itself with as few of its words left out as make a question of it.

use crate::fact::Span;
use crate::query::lex::{Placed, Token};

/// Longer questions are not tried without each of their words.
const LONGEST: usize = 20;

/// So many words in a row are left out besides those that are not known.
const MOST: usize = 4;

/// What is left where the words that nobody knows are left out, or else some more beside one another.
pub(super) fn shorter(
    question: &str,
    tokens: &[Placed],
    read: &impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    if tokens.len() > LONGEST {
        return Vec::new();
    }
    let chars: Vec<char> = question.chars().collect();
    let unknown = |placed: &Placed| matches!(placed.token, Token::Word(_));
    let without = |from: usize, to: usize| {
        let out = tokens
            .iter()
            .enumerate()
            .filter(|(at, placed)| unknown(placed) || (from..to).contains(at))
            .map(|(_, placed)| placed.span);
        rest(&chars, out)
    };
    let mut found: Vec<String> = Vec::new();
    for length in 0..=MOST.min(tokens.len().saturating_sub(1)) {
        for from in 0..=tokens.len() - length {
            let offer = without(from, from + length);
            if !offer.is_empty() && !found.contains(&offer) && read(&offer).is_some() {
                found.push(offer);
            }
            if length == 0 {
                break;
            }
        }
        // What leaves out more is no nearer.
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// The characters outside of these stretches, with no blanks or commas that they leave behind.
fn rest(chars: &[char], out: impl Iterator<Item = Span>) -> String {
    let out: Vec<Span> = out.collect();
    let mut text = String::new();
    for (at, c) in chars.iter().enumerate() {
        let is_out = out.iter().any(|span| span.start <= at && at < span.end);
        let doubles = c.is_whitespace() && (text.is_empty() || text.ends_with(' '));
        if !is_out && !doubles {
            text.push(*c);
        }
    }
    let edge = [' ', ',', '，', '、', '；', ';'];
    text.trim_matches(edge).to_owned()
}
