use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar;

use super::width;
use crate::query::{Diagnostic, Lang};

/// A diagnostic as a code frame: code and cause, the line with carets under the place, and what to write.
#[must_use]
pub fn diagnostic(fault: &Diagnostic, question: &str, lang: Lang) -> String {
    let word = match lang {
        Lang::En => "error",
        Lang::Zh => "错误",
    };
    let mut text = format!("{word} {}  {}\n", fault.code, fault.message(lang));
    let frame = Frame::of(fault, question);
    let _ = writeln!(text, "  {} │ {}", frame.number, frame.line);
    let margin = " ".repeat(width(&frame.number.to_string()));
    let _ = writeln!(
        text,
        "  {margin} │ {}{}",
        " ".repeat(frame.before),
        "^".repeat(frame.under)
    );
    let write = match lang {
        Lang::En => "write",
        Lang::Zh => "可以写",
    };
    for fix in &fault.fixes {
        let note = match lang {
            Lang::En => &fix.note_en,
            Lang::Zh => &fix.note_zh,
        };
        let note = match (note.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::En) => format!("  ({note})"),
            (false, Lang::Zh) => format!("（{note}）"),
        };
        let whole = fix.applied(question);
        if fix.text.trim().is_empty() || question.trim().is_empty() {
            let _ = writeln!(text, "  {margin} = {write} {}{note}", whole.trim());
            continue;
        }
        let _ = writeln!(text, "  {margin} = {write} {}{note}", fix.text.trim());
        let says_more = whole.trim() != fix.text.trim();
        if says_more && !whole.contains('\n') && width(&whole) <= 100 {
            let _ = writeln!(text, "  {margin}   {whole}");
        }
    }
    text
}

/// Diagnostics for scripts: `[{code, span, message_en, message_zh, fixes: [{text, span, note_en, note_zh}]}]`.
#[must_use]
pub fn diagnostics_json(faults: &[Diagnostic]) -> serde_json::Value {
    serde_json::to_value(faults).unwrap_or_default()
}

/// The part of a line around the place, at most so wide that it fits a terminal.
struct Frame {
    number: usize,
    line: String,
    /// Columns before the carets, and carets.
    before: usize,
    under: usize,
}

const WIDEST: usize = 96;

impl Frame {
    fn of(fault: &Diagnostic, question: &str) -> Self {
        let chars: Vec<char> = question.chars().collect();
        let start = fault.span.start.min(chars.len());
        let end = fault.span.end.clamp(start, chars.len());
        let first = chars[..start]
            .iter()
            .rposition(|c| *c == '\n')
            .map_or(0, |at| at + 1);
        let last = chars[start..]
            .iter()
            .position(|c| *c == '\n')
            .map_or(chars.len(), |at| start + at);
        let number = chars[..start].iter().filter(|c| **c == '\n').count() + 1;
        // A long line is cut to what stands around the place.
        let mut from = start;
        let mut wide = 0;
        while from > first && wide + columns(&chars[from - 1..from]) <= WIDEST / 2 {
            from -= 1;
            wide += columns(&chars[from..=from]);
        }
        let mut to = start;
        while to < last && wide + columns(&chars[to..=to]) <= WIDEST {
            wide += columns(&chars[to..=to]);
            to += 1;
        }
        let (head, tail) = (
            if from > first { "…" } else { "" },
            if to < last { "…" } else { "" },
        );
        let body: String = chars[from..to]
            .iter()
            .map(|c| if c.is_control() { ' ' } else { *c })
            .collect();
        Self {
            number,
            line: format!("{head}{body}{tail}"),
            before: width(head) + columns(&chars[from..start]),
            under: columns(&chars[start..end.min(to)]).max(1),
        }
    }
}

fn columns(chars: &[char]) -> usize {
    chars.iter().map(|c| c.width().unwrap_or(1)).sum()
}
