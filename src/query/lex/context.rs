//! Words of one character, which stand in many names: words only beside certain others.

use super::{Lexer, Placed, Token, idiom, numeral};
use crate::query::ast::Property;
use crate::query::topics;

/// Words of one character that are words only beside certain others; see `Lexer::stands`.
pub(in crate::query) const CONTEXTUAL: [&str; 50] = [
    "有", "占", "过", "近", "年", "含", "每", "了", "都", "是", "比", "高", "多", "大", "快", "低",
    "少", "小", "慢", "缺", "类", "提", "未", "没", "不", "看", "数", "中", "里", "超", "跟", "地",
    "吗", "么", "呢", "啊", "吧", "呀", "嘛", "请", "把", "定", "用", "由", "破", "逾", "达", "头",
    "末", "内",
];

impl Lexer<'_> {
    /// Whether a word of one character is one here: such characters stand in many names.
    pub(super) fn stands(&self, token: &Token, at: usize) -> bool {
        let next = || self.known(at + 1).map(|(token, _)| token);
        let last = self.tokens.last().filter(|_| at == self.at);
        match (self.chars[at], token) {
            ('有', Token::Stating) => {
                next().is_some_and(|next| {
                    next.is_figure() || matches!(next, Token::Rows(rows) if idiom::is_counted(rows))
                }) || self.chars.get(at + 1).is_some_and(char::is_ascii_digit)
                    || numeral::number(&self.chars[at + 1..], false).is_some()
            }
            ('了' | '都' | '是', _) => {
                last.is_some_and(|last| !matches!(last.token, Token::Word(_)))
            }
            ('缺', Token::Missing) => next().is_some_and(|next| next.is_figure()),
            ('比', Token::Than) => last.is_some_and(|last| {
                last.token.ends_expr()
                    || matches!(
                        last.token,
                        Token::AskValue
                            | Token::Comma
                            | Token::Year(_)
                            | Token::Place(_)
                            | Token::AskWhether
                            | Token::Are
                    )
            }),
            ('高' | '多' | '大' | '快' | '低' | '少' | '小' | '慢', _) => {
                let compares = |placed: &Placed| {
                    matches!(placed.token, Token::Who | Token::Which | Token::Than)
                };
                let ends = self
                    .chars
                    .get(at + 1)
                    .is_none_or(|c| !c.is_alphanumeric() || *c == '的')
                    || matches!(next(), Some(Token::HowMany | Token::AskCount));
                ends && last.is_some() && self.tokens.iter().any(compares)
            }
            ('占', Token::Divide) => {
                // 带数字的任务占全部任务的比重.
                let is_record =
                    |token: &Token| matches!(token, Token::Rows(rows) if !rows.are_places());
                next().is_some_and(|next| next.is_figure())
                    || last.is_some_and(|last| last.token.ends_expr() || is_record(&last.token))
            }
            // 没有提民生支出.
            ('提', _) => {
                matches!(self.chars.get(at + 1), Some('"' | '“' | '”' | '「'))
                    || last.is_some_and(|last| last.token == Token::Missing)
                        && next().is_some_and(|next| next.is_figure())
                    || self.speaks_of_topic(at)
            }
            ('未' | '没', Token::Missing) => {
                next() == Some(Token::Mention) || self.speaks_of_topic(at + 1)
            }
            // 不提到“低空经济”; 不涉及养老方面 says more than that its words are not there.
            ('不', Token::Missing) => self.known(at + 1).is_some_and(|(token, length)| {
                let behind = self.chars.get(at + 1 + length);
                let is_quoted = matches!(behind, Some('"' | '“' | '”' | '「'));
                token == Token::Mention && (is_quoted || self.chars[at + 1] == '提')
            }),
            ('看', _) => last.is_some_and(|last| {
                matches!(
                    last.token,
                    Token::Rows(_) | Token::Field(_) | Token::YearWord
                )
            }),
            ('数', _) => last.is_some_and(|last| last.token.is_figure()),
            // 任务中提到“养老”的, 任务里有期限的, 目标中有哪些是区间.
            ('中' | '里', _) => {
                last.is_some_and(|last| match last.token {
                    Token::Rows(rows) => !rows.are_places(),
                    Token::Property(property) => property == Property::Target,
                    _ => false,
                }) && (matches!(
                    next(),
                    Some(
                        Token::Mention
                            | Token::Trait(_)
                            | Token::Which
                            | Token::AskList
                            | Token::AskWhether
                    )
                ) || self.relates(at + 1))
            }
            ('类', Token::Kind) => {
                last.is_some_and(|last| matches!(last.token, Token::Each | Token::By))
            }
            // 宁波跟厦门.
            ('跟', Token::And) => last.is_some_and(|last| {
                last.token.is_figure() || matches!(last.token, Token::Place(_) | Token::Year(_))
            }),
            // 各地, which ends before 地方 and 地市.
            ('地', Token::Rows(_)) => last.is_some_and(|last| last.token == Token::Each),
            // What closes a question politely, and what opens one.
            ('吗' | '么' | '呢' | '啊' | '吧' | '呀' | '嘛', _) => {
                self.chars.get(at + 1).is_none_or(|c| !c.is_alphanumeric())
            }
            ('请' | '把', _) => {
                // 哪些省把目标定在6%以上.
                let opens = |placed: &Placed| {
                    matches!(
                        placed.token,
                        Token::The
                            | Token::Year(_)
                            | Token::In
                            | Token::Which
                            | Token::HowMany
                            | Token::AskCount
                            | Token::Rows(_)
                            | Token::Place(_)
                    )
                };
                at == self.at && self.tokens.iter().all(opens)
            }
            // 由代理镇长作的.
            ('由', Token::GivenBy) => next() == Some(Token::Acting),
            // 用“左右”表述的目标.
            ('用', Token::Worded) => {
                matches!(self.chars.get(at + 1), Some('"' | '“' | '”'))
            }
            // 2023年定的目标, 各镇定的目标, and not 固定.
            ('定', _) => last.is_some_and(|last| match last.token {
                Token::Year(_) | Token::Place(_) => true,
                Token::Rows(rows) => rows.are_places() && self.chars.get(at + 1) == Some(&'的'),
                _ => false,
            }),
            // 浙江省内各市.
            ('内', _) => {
                last.is_some_and(|last| matches!(last.token, Token::Place(_)))
                    && matches!(next(), Some(Token::Each | Token::Which | Token::All))
            }
            ('过' | '超' | '破' | '逾' | '达', Token::Compare(_)) => {
                let rest = &self.chars[at + 1..];
                rest.first().is_some_and(char::is_ascii_digit)
                    || crate::query::unit::scale(rest).is_some()
            }
            ('近', Token::Recent) => {
                let rest = &self.chars[at + 1..];
                rest.first().is_some_and(char::is_ascii_digit) || numeral::chinese(rest).is_some()
            }
            // 头三名, 末五位.
            ('头' | '末', Token::Top | Token::Bottom) => {
                let rest = &self.chars[at + 1..];
                numeral::chinese(rest).is_some_and(|(number, length)| {
                    number > 1 && matches!(rest.get(length), Some('名' | '位' | '个' | '家'))
                })
            }
            ('年', Token::YearWord) => {
                last.is_some_and(|last| matches!(last.token, Token::By | Token::Quantity(_)))
            }
            ('含', Token::Contains) => {
                last.is_some_and(|last| matches!(last.token, Token::Field(_)))
            }
            ('每', Token::Each) => next().is_some_and(|next| matches!(next, Token::Rows(_))),
            _ => true,
        }
    }

    /// 提疫情 in 没提疫情的镇; 提前 and 提高 are other words.
    fn speaks_of_topic(&self, at: usize) -> bool {
        self.chars.get(at) == Some(&'提')
            && self
                .chars
                .get(at + 1..)
                .is_some_and(topics::begins_with_chinese)
    }
}
