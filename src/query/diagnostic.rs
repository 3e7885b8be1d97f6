//! What is wrong with a question, where, and what to write instead: data, rendered elsewhere.

use std::sync::LazyLock;

use serde::{Serialize, Serializer};

use super::Lang;
use crate::fact::Span;

/// One thing that is wrong with a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Its code in the registry, `codes.tsv`; codes are never used again for something else.
    pub code: &'static str,
    /// Where, in characters of the question.
    #[serde(serialize_with = "as_pair")]
    pub span: Span,
    /// What is wrong and why, in English.
    pub message_en: String,
    /// The same in Chinese.
    pub message_zh: String,
    /// What to write instead, likeliest first, at most five.
    pub fixes: Vec<Fix>,
}

/// One remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What to write, a phrase that may stand in the question.
    pub text: String,
    /// What it replaces, in characters of the question; empty where it is put in.
    #[serde(serialize_with = "as_pair")]
    pub span: Span,
    /// What speaks for it (`3 towns`), in English; empty where nothing does.
    pub note_en: String,
    /// The same in Chinese.
    pub note_zh: String,
}

impl Fix {
    /// A remedy that needs no further word.
    pub(super) fn new(text: impl Into<String>, span: Span) -> Self {
        Self {
            text: text.into(),
            span,
            note_en: String::new(),
            note_zh: String::new(),
        }
    }

    /// The same with a note on the words of the question that it leaves out.
    pub(super) fn without(mut self, left_out: &[String]) -> Self {
        if left_out.is_empty() {
            return self;
        }
        let quoted = |joint: &str| {
            let words = left_out.iter().map(|words| format!("“{words}”"));
            words.collect::<Vec<_>>().join(joint)
        };
        let add = |note: &mut String, joint: &str, more: String| {
            if !note.is_empty() {
                note.push_str(joint);
            }
            note.push_str(&more);
        };
        add(
            &mut self.note_en,
            "; ",
            format!("leaves out {}", quoted(", ")),
        );
        add(&mut self.note_zh, "，", format!("未含{}", quoted("、")));
        self
    }

    /// The question with this remedy in it.
    #[must_use]
    pub fn applied(&self, question: &str) -> String {
        let chars: Vec<char> = question.chars().collect();
        let start = self.span.start.min(chars.len());
        let end = self.span.end.clamp(start, chars.len());
        let before: String = chars[..start].iter().collect();
        let after: String = chars[end..].iter().collect();
        format!("{before}{}{after}", self.text)
    }
}

fn as_pair<S: Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
    (span.start, span.end).serialize(serializer)
}

/// A code and what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Q and four digits.
    pub code: &'static str,
    /// What it stands for, in English.
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
}

static CODES: LazyLock<Vec<Code>> = LazyLock::new(|| {
    include_str!("codes.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(Code {
                code: cells.next()?,
                en: cells.next()?,
                zh: cells.next()?,
            })
        })
        .collect()
});

/// The registry of codes.
#[must_use]
pub fn codes() -> &'static [Code] {
    &CODES
}

impl Diagnostic {
    pub(super) fn new(
        code: &'static str,
        span: Span,
        en: impl Into<String>,
        zh: impl Into<String>,
    ) -> Self {
        Self {
            code,
            span,
            message_en: en.into(),
            message_zh: zh.into(),
            fixes: Vec::new(),
        }
    }

    pub(super) fn with_fixes(mut self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        for fix in fixes {
            if self.fixes.len() < 5 && !self.fixes.iter().any(|other| other.text == fix.text) {
                self.fixes.push(fix);
            }
        }
        self
    }

    /// The message in a language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.message_en,
            Lang::Zh => &self.message_zh,
        }
    }

    pub(super) fn unclosed(span: Span, close: char) -> Self {
        Self::new(
            "Q0112",
            span,
            format!("this quotation has no closing {close}"),
            format!("这个引号没有闭合，缺少 {close}"),
        )
        .with_fixes([Fix::new(close.to_string(), Span::new(span.end, span.end))])
    }

    pub(super) fn unreadable_number(span: Span) -> Self {
        Self::new(
            "Q0114",
            span,
            "this number is too large or has too many digits",
            "这个数字过大或位数过多",
        )
    }

    pub(super) fn no_year(span: Span) -> Self {
        Self::new(
            "Q0114",
            span,
            "no report is about this year: years are from 1949 to 2100",
            "没有报告讲这一年：年份在1949年到2100年之间",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        assert!(codes().windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(
            codes()
                .iter()
                .all(|code| !code.en.is_empty() && !code.zh.is_empty())
        );
    }
}
