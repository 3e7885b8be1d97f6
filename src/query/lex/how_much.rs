//! 收了多少, 办了几场, 做到多少亿元: a verb that every amount may have, and how much; a part of the lexer.
//!
//! What was collected, spent or held is said by the figure that stands beside it; the verb adds nothing to that. Verbs
//! that tell one figure from another (新增, 引进, 申报) are none of these.

use super::{Lexer, Token};
use crate::query::unit;
use crate::query::word_list::begins_with;

impl Lexer<'_> {
    /// Takes a verb with 多少 or 几 and its measure word, where no word of the language is longer.
    pub(super) fn how_much(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let length_of = |list: &str, from: usize| {
            begins_with(list, &rest[from..]).map_or(0, |(_, length)| length)
        };
        let mut length = length_of("verb of an amount", 0);
        let has_verb = length > 0;
        if has_verb {
            length += length_of("aspect", length);
        }
        let asked = length_of("asking an amount", length);
        length += asked;
        let unit = measuring(&rest[length..])
            .filter(|_| asked > 0)
            .unwrap_or(0);
        let measure = length_of("measure", length).max(unit);
        // 多少人口: the measure word begins a name.
        let is_name = measure > 0
            && self
                .known(self.at + length)
                .is_some_and(|(token, known)| known > measure && token.is_figure());
        length += if is_name { 0 } else { measure };
        let is_vague = asked < 2 && (measure == 0 || is_name);
        // 多少家 and 多少个 alone are words of the language.
        if asked == 0 || is_vague || !has_verb && !is_name && unit == 0 {
            return false;
        }
        // 投资了多少 speaks of investment; 有多少人 in 有多少人口 does not end there.
        let is_known =
            |(token, known): (Token, usize)| token.is_figure() || known >= length && !is_name;
        if self.known(self.at).is_some_and(is_known) {
            return false;
        }
        let behind = self.at + length;
        let next = (behind < self.chars.len())
            .then(|| self.known(behind))
            .flatten();
        let token = match next {
            Some((Token::Rows(_), _)) if has_verb => return false,
            Some((token, _)) if token.is_figure() => Token::HowMany,
            _ if self.speaks_of_rows_alone() => Token::AskCount,
            _ => Token::AskValue,
        };
        self.push(token, length);
        true
    }

    /// 提到养老的任务，各镇分别有几条: where nothing has a value, the rows are counted.
    fn speaks_of_rows_alone(&self) -> bool {
        let has_value = |token: &Token| {
            token.is_figure()
                || matches!(
                    token,
                    Token::Field(_) | Token::Property(_) | Token::Frequency | Token::Quoted(_)
                )
        };
        let are_records = |token: &Token| matches!(token, Token::Rows(rows) if !rows.are_places());
        let mut said = self.tokens.iter().map(|placed| &placed.token);
        said.clone().any(are_records) && !said.any(has_value)
    }
}

/// How long the unit is that `rest` starts with, if it measures, with what it is multiplied by: 亿斤.
fn measuring(rest: &[char]) -> Option<usize> {
    let scale = unit::scale(rest).map_or(0, |(_, length)| length);
    let (unit, length) = unit::unit(&rest[scale..])?;
    unit.measures().then_some(scale + length)
}
