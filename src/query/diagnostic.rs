//! What is wrong with a question, where, and what to write instead: data, rendered elsewhere.

use std::sync::LazyLock;

use serde::{Serialize, Serializer};

use super::Lang;
use super::heard::Found;
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
    /// What its rows are called, where the notes begin with how many there are.
    #[serde(skip)]
    pub(super) counted: Option<Counted>,
}

/// What is counted beside a remedy: one of it in English, and what stands behind the number in Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    count: u32,
    one: &'static str,
    zh: &'static str,
}

impl Counted {
    /// `3 tasks`, 3条任务; no more than [`Found::MOST`] are counted.
    fn said(self) -> (String, String) {
        let Self { count, one, zh } = self;
        let (over, several) = (count >= Found::MOST, if count == 1 { "" } else { "s" });
        (
            format!("{}{count} {one}{several}", if over { "over " } else { "" }),
            format!("{}{count}{zh}", if over { "超过" } else { "" }),
        )
    }
}

impl Fix {
    /// A remedy that needs no further word.
    pub(crate) fn new(text: impl Into<String>, span: Span) -> Self {
        Self {
            text: text.into(),
            span,
            note_en: String::new(),
            note_zh: String::new(),
            counted: None,
        }
    }

    /// The same with how many rows it has.
    pub(super) fn counting(mut self, count: u32, one: &'static str, zh: &'static str) -> Self {
        let counted = Counted { count, one, zh };
        (self.note_en, self.note_zh) = counted.said();
        self.counted = Some(counted);
        self
    }

    /// Whether it says how many rows it has.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        self.counted.is_some()
    }

    /// Says of as many rows as were found that there are so many, in the place of how many were thought to be.
    pub fn recount(&mut self, count: u32) {
        let Some(before) = self.counted else { return };
        let after = Counted { count, ..before };
        let ((en, zh), (new_en, new_zh)) = (before.said(), after.said());
        self.note_en = self.note_en.replacen(&en, &new_en, 1);
        self.note_zh = self.note_zh.replacen(&zh, &new_zh, 1);
        self.counted = Some(after);
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
        self.note(
            &format!("leaves out {}", quoted(", ")),
            &format!("未含{}", quoted("、")),
        );
        self
    }

    /// One more thing that is noted of it.
    fn note(&mut self, en: &str, zh: &str) {
        for (note, joint, more) in [(&mut self.note_en, "; ", en), (&mut self.note_zh, "，", zh)] {
            if !note.is_empty() {
                note.push_str(joint);
            }
            note.push_str(more);
        }
    }

    /// That the store answers nothing to it.
    pub fn is_without_answer(&mut self) {
        self.note("nothing found", "查无结果");
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
