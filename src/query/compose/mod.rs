//! Questions whose parts stand in an order that the grammar does not know: `did Changsha reach its target`, `between 1
//! and 3 billion of tax`, 除天津以外的镇的税收合计.
//!
//! Where the grammar stops, the phrases of the question are put into its order. Nothing is left out but words that only join
//! or ask, nothing is added but words that join; where two phrases could go together in two ways, nothing is made of them.

mod head;
mod moved;
mod order;
mod parts;
mod phrase;
mod reader;
mod shared;

use super::Lang;
use super::lex::{Placed, Token};
use crate::fact::Span;
use phrase::{Kind, Phrase};

/// Beyond this many phrases a question says more than one thing.
const MOST: usize = 12;

/// Filtered tokens in the order of the grammar; none where there is not exactly one. What holds of a list of figures may
/// be said of their growth, GDP和出口增速都超过5%, which is meant only where the first of them cannot be taken as it stands.
pub(super) fn composed(tokens: &[Placed], lang: Lang) -> Vec<Vec<Placed>> {
    let Some(phrases) = reader::phrases(tokens).filter(|all| (2..=MOST).contains(&all.len()))
    else {
        return Vec::new();
    };
    let Some(phrases) = joined(phrases) else {
        return Vec::new();
    };
    let phrases = with_years(&phrases).unwrap_or(phrases);
    let shared = shared::properties(&phrases);
    let ways = std::iter::once(phrases).chain(shared);
    ways.filter_map(|phrases| order::ordered(phrases, lang))
        .collect()
}

/// `GDP of Ningbo in 2019 and exports in 2020`: where each figure has a year of its own, it is the figure's. `None` where not
/// each has one, or several places are named: these could be parted too.
fn with_years(phrases: &[Phrase]) -> Option<Vec<Phrase>> {
    let is_place = |phrase: &Phrase| matches!(phrase.kind, Kind::Places(_));
    let (places, mut phrases): (Vec<_>, Vec<_>) = phrases.iter().cloned().partition(is_place);
    if places.len() > 1 {
        return None;
    }
    let is_figure = |phrase: &Phrase| {
        let has_year = |placed: &Placed| matches!(placed.token, Token::FigureYear(_));
        phrase.is_single_figure() && !phrase.tokens.iter().any(has_year)
    };
    let own_year = |phrase: &Phrase| match &phrase.tokens[..] {
        [
            Placed {
                token: Token::Year(year),
                span,
            },
        ] if phrase.kind == Kind::Years => Some(Placed {
            token: Token::FigureYear(*year),
            span: *span,
        }),
        _ => None,
    };
    let years = phrases.iter().filter(|p| p.kind == Kind::Years).count();
    let figures = phrases.iter().filter(|p| p.kind == Kind::Figures).count();
    let pairs = phrases
        .windows(2)
        .filter(|two| is_figure(&two[0]) && own_year(&two[1]).is_some());
    if years < 2 || figures != years || pairs.count() != years {
        return None;
    }
    let mut list: Option<usize> = None;
    let mut at = 0;
    while at + 1 < phrases.len() {
        let year = own_year(&phrases[at + 1]).filter(|_| phrases[at].kind == Kind::Figures);
        let Some(year) = year else {
            at += 1;
            continue;
        };
        phrases.remove(at + 1);
        phrases[at].tokens.insert(0, year);
        if let Some(first) = list {
            let other = phrases.remove(at);
            phrases[first].tokens.push(word(Token::Enum));
            phrases[first].tokens.extend(other.tokens);
        } else {
            list = Some(at);
            at += 1;
        }
    }
    phrases.extend(places);
    Some(phrases)
}

/// Two figures with a sign between them as one phrase, also where the place or the year of the first stands between.
fn joined(mut phrases: Vec<Phrase>) -> Option<Vec<Phrase>> {
    while let Some(sign) = phrases.iter().position(|p| p.kind == Kind::Operator) {
        let between = |kind: Kind| matches!(kind, Kind::Places(_) | Kind::Years);
        let first = phrases[..sign].iter().rposition(|p| !between(p.kind))?;
        let second = sign + 1;
        let are_single = phrases.get(second).is_some_and(Phrase::is_single_figure)
            && phrases[first].is_single_figure();
        if !are_single {
            return None;
        }
        let other = phrases.remove(second);
        let mut sign = phrases.remove(sign);
        let whole = &mut phrases[first];
        whole.tokens.append(&mut sign.tokens);
        whole.tokens.extend(other.tokens);
        whole.parted |= other.parted;
    }
    Some(phrases)
}

/// A word that nobody wrote.
fn word(token: Token) -> Placed {
    Placed {
        token,
        span: Span::default(),
    }
}
