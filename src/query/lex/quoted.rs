//! What stands in quotation marks; a part of the lexer.

use super::{Lexer, Token};
use crate::fact::Span;
use crate::query::diagnostic::Diagnostic;
use crate::query::topics;

impl Lexer<'_> {
    pub(super) fn quotation(&mut self, token: fn(String) -> Token) {
        let close: &[char] = match self.chars[self.at] {
            '「' => &['」'],
            '『' => &['』'],
            '\'' => &['\''],
            _ => &['"', '”', '“'],
        };
        let body = self.at + 1;
        let Some(length) = self.chars[body..].iter().position(|c| close.contains(c)) else {
            let span = Span::new(self.at, self.chars.len());
            let missing = if self.original[self.at] == '“' {
                '”'
            } else {
                close[0]
            };
            self.faults.push(Diagnostic::unclosed(span, missing));
            self.at = self.chars.len();
            return;
        };
        let quoted = &self.chars[body..body + length];
        let text: String = self.original[body..body + length].iter().collect();
        let token = match (token(text), topics::topic(quoted)) {
            // Reports are Chinese; 「…」 is what stands in them.
            (Token::Text(_), Some((chinese, all))) if all == length => {
                Token::Text(chinese.to_owned())
            }
            (token, _) => token,
        };
        self.push(token, length + 2);
    }
}
