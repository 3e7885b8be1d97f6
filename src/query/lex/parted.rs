//! 新增了多少就业: a name that what asks how much of it there is stands in the middle of; a part of the lexer.

use super::{Lexer, Token};
use crate::query::catalog::{Meaning, fold};
use crate::query::lang::is_han;
use crate::query::word_list::begins_with;

/// The longest verb that a name begins with, and the longest rest of one, in characters.
const LONGEST_VERB: usize = 4;
const LONGEST_REST: usize = 8;

impl Lexer<'_> {
    /// Takes a verb and the rest of its name with what stands between them, where both together are a name.
    pub(super) fn parted_name(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let length_of = |list: &str, from: usize| {
            let rest = rest.get(from..).unwrap_or_default();
            begins_with(list, rest).map_or(0, |(_, length)| length)
        };
        let verbs = rest.iter().take(LONGEST_VERB).take_while(|c| is_han(**c));
        for verb in 1..=verbs.count() {
            let asks = verb + length_of("aspect", verb);
            let asked = length_of("asking an amount", asks);
            if asked == 0 {
                continue;
            }
            let counted = asks + asked;
            let measure = length_of("measure", counted);
            // 多少人口: the measure word may begin the rest. 几 asks only with one.
            let from = [counted + measure, counted];
            let from = &from[..if asked > 1 && measure > 0 { 2 } else { 1 }];
            let is_vague = asked < 2 && measure == 0;
            let found = from.iter().filter(|_| !is_vague).find_map(|from| {
                let longest = LONGEST_REST.min(rest.len().saturating_sub(*from));
                let lengths = (1..=longest).rev();
                lengths
                    .map(|length| (*from, from + length))
                    .find_map(|(from, end)| {
                        let name: String = rest[..verb].iter().chain(&rest[from..end]).collect();
                        match self.catalog.names().meaning(&fold(&name)) {
                            Some(Meaning::Indicators(found)) => Some((found.to_vec(), from, end)),
                            _ => None,
                        }
                    })
            });
            if let Some((figure, from, end)) = found {
                self.push(Token::HowMany, from);
                self.push(Token::Figure(figure), end - from);
                return true;
            }
        }
        false
    }

    /// 想 in 想收多少税, GDP想增长几个点: what is wished for is planned.
    pub(super) fn wished(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let Some((_, length)) = begins_with("wishing", rest) else {
            return false;
        };
        let behind = self.at + length;
        let asks = rest[length..]
            .iter()
            .take(LONGEST_VERB + 1)
            .any(|c| matches!(c, '多' | '几'));
        let grows = (behind < self.chars.len())
            .then(|| self.known(behind))
            .flatten()
            .is_some_and(|(token, _)| {
                matches!(token, Token::Rose | Token::Property(_)) || token.is_figure()
            });
        if self.known(self.at).is_some() || !(asks || grows) {
            return false;
        }
        self.push(Token::Planned, length);
        true
    }
}
