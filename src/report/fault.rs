//! What is wrong with a script: data with place, cause and remedy, shown as a code frame.

use std::fmt;
use std::sync::LazyLock;

use crate::fact::Span;
use crate::query::{Diagnostic, Fix, Lang};
use crate::render;

/// A kind of fault, by its code, which is never used again for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultCode {
    /// `R0301`.
    pub code: &'static str,
    /// What it stands for, in English.
    pub en: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// What to do, in English.
    pub remedy_en: &'static str,
    /// In Chinese.
    pub remedy_zh: &'static str,
}

impl FaultCode {
    /// `R0401  an expectation is not met`, and what to do.
    #[must_use]
    pub fn explained(&self, lang: Lang) -> String {
        match lang {
            Lang::En => format!("{}  {}\n\n{}\n", self.code, self.en, self.remedy_en),
            Lang::Zh => format!("{}  {}\n\n{}\n", self.code, self.zh, self.remedy_zh),
        }
    }
}

static CODES: LazyLock<Vec<FaultCode>> = LazyLock::new(|| {
    let lines = include_str!("faults.tsv").lines().skip(1);
    lines
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(FaultCode {
                code: cells.next()?,
                en: cells.next()?,
                zh: cells.next()?,
                remedy_en: cells.next()?,
                remedy_zh: cells.next()?,
            })
        })
        .collect()
});

/// The registry of codes.
#[must_use]
pub fn fault_codes() -> &'static [FaultCode] {
    &CODES
}

/// One fault of a script.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The script or the part of it, as it was named.
    pub file: String,
    /// Its text.
    pub text: String,
    /// What is wrong, where in the text (in characters), and what to write.
    pub diagnostic: Box<Diagnostic>,
    /// What the question language says of a question that does not stand in the script word for word: the question,
    /// and what is wrong with it.
    pub question: Option<Box<(String, Vec<Diagnostic>)>>,
}

impl Fault {
    /// A fault of the whole script, whose place is not known better than by its beginning.
    pub(super) fn new(code: &'static str, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            file: String::new(),
            text: String::new(),
            diagnostic: Box::new(Diagnostic {
                code,
                span: Span::new(0, 0),
                message_en: en.into(),
                message_zh: zh.into(),
                fixes: Vec::new(),
            }),
            question: None,
        }
    }

    /// In this text at this stretch of it, in characters.
    pub(super) fn at(mut self, file: &str, text: &str, span: Span) -> Self {
        file.clone_into(&mut self.file);
        text.clone_into(&mut self.text);
        self.diagnostic.span = span;
        self
    }

    /// In this text at this stretch of it, in bytes.
    pub(super) fn at_bytes(self, file: &str, text: &str, bytes: std::ops::Range<usize>) -> Self {
        let chars = |end: usize| {
            text.get(..end)
                .map_or_else(|| text.chars().count(), |before| before.chars().count())
        };
        let span = Span::new(chars(bytes.start), chars(bytes.end));
        self.at(file, text, span)
    }

    /// With something to write in place of what is wrong.
    pub(super) fn or_write(mut self, text: impl Into<String>) -> Self {
        self.diagnostic
            .fixes
            .push(Fix::new(text, self.diagnostic.span));
        self
    }

    /// Whether it has a place yet.
    pub(super) fn is_placed(&self) -> bool {
        !self.file.is_empty()
    }

    /// Its code.
    #[must_use]
    pub fn code(&self) -> &str {
        self.diagnostic.code
    }

    /// The line and column of its place, both from 1, in characters.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        let before: Vec<char> = self.text.chars().take(self.diagnostic.span.start).collect();
        let line = before.iter().filter(|c| **c == '\n').count() + 1;
        let column = before.iter().rev().take_while(|c| **c != '\n').count() + 1;
        (line, column)
    }

    /// Place, code, cause and remedy with the line of the script, and below it what the question language says.
    #[must_use]
    pub fn show(&self, lang: Lang) -> String {
        let (line, column) = self.place();
        let mut shown = format!("{}:{line}:{column}\n", self.file);
        shown.push_str(&render::diagnostic(&self.diagnostic, &self.text, lang));
        let Some(asked) = &self.question else {
            return shown;
        };
        let (question, faults) = &**asked;
        for fault in faults {
            for line in render::diagnostic(fault, question, lang).lines() {
                shown.push_str("    ");
                shown.push_str(line);
                shown.push('\n');
            }
        }
        shown
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.show(Lang::En).trim_end())
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_counted_in_characters() {
        let fault = Fault::new("R0202", "x", "x").at_bytes("a.md", "第一行\n第二 twon", 10..20);
        assert_eq!(fault.place(), (2, 1));
        let fault = Fault::new("R0202", "x", "x").at_bytes("a.md", "第一行\n第二 twon", 17..21);
        assert_eq!(fault.place(), (2, 4));
        assert!(
            fault
                .show(Lang::Zh)
                .contains("  2 │ 第二 twon\n    │      ^^^^")
        );
    }

    #[test]
    fn codes_are_unique() {
        let mut seen: Vec<&str> = fault_codes().iter().map(|code| code.code).collect();
        seen.sort_unstable();
        let all = seen.len();
        seen.dedup();
        assert_eq!(seen.len(), all);
    }
}
