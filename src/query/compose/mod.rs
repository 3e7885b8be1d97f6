//! Questions whose parts stand in an order that the grammar does not know: `did Changsha reach its target`, `between 1
//! and 3 billion of tax`, 除天津以外的镇的税收合计.
//!
//! Where the grammar stops, the phrases of the question are put into its order. Nothing is left out but words that only join
//! or ask, nothing is added but words that join; where two phrases could go together in two ways, nothing is made of them.

mod order;
mod phrase;

use super::Lang;
use super::lex::{Placed, Token};
use phrase::{Kind, Phrase, phrases};

/// Beyond this many phrases a question says more than one thing.
const MOST: usize = 12;

/// Filtered tokens in the order of the grammar; `None` where there is not exactly one.
pub(super) fn composed(tokens: &[Placed], lang: Lang) -> Option<Vec<Placed>> {
    let phrases = phrases(tokens)?;
    if phrases.len() < 2 || phrases.len() > MOST {
        return None;
    }
    order::ordered(joined(phrases)?, lang)
}

/// Two figures with a sign between them as one phrase, also where the place or the year of the first stands between.
fn joined(mut phrases: Vec<Phrase>) -> Option<Vec<Phrase>> {
    while let Some(sign) = phrases.iter().position(|p| p.kind == Kind::Operator) {
        let between = |kind: Kind| matches!(kind, Kind::Places(_) | Kind::Years);
        let first = phrases[..sign].iter().rposition(|p| !between(p.kind))?;
        let second = sign + 1;
        let are_single = phrases.get(second).is_some_and(is_single) && is_single(&phrases[first]);
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

/// One figure, and not two with a sign between them.
fn is_single(phrase: &Phrase) -> bool {
    phrase.kind == Kind::Figures && !phrase.tokens.iter().any(phrase::is_sign) && is_one(phrase)
}

/// No list of figures.
fn is_one(phrase: &Phrase) -> bool {
    let joins = |placed: &Placed| matches!(placed.token, Token::And | Token::Enum | Token::Comma);
    !phrase.tokens.iter().any(joins)
}
