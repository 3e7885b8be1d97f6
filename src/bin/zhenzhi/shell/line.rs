use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Context, Helper};
use zhenzhi::query::{Lang, is_unfinished};

use super::session::Session;
use super::vocabulary::Vocabulary;
use super::{colour, completer, dot};
use crate::language::in_lang;

/// What the editor asks while a line is typed.
pub(super) struct Line {
    pub(super) vocabulary: Rc<RefCell<Vocabulary>>,
    pub(super) offers: Rc<RefCell<Vec<String>>>,
    /// The language of messages.
    pub(super) lang: Lang,
}

impl Line {
    pub(super) fn new(session: &Session) -> Self {
        Self {
            vocabulary: Rc::clone(&session.vocabulary),
            offers: Rc::clone(&session.offers),
            lang: session.lang(),
        }
    }

    /// Whether an entry is the beginning of a question.
    fn is_open(&self, entry: &str) -> bool {
        let mut vocabulary = self.vocabulary.borrow_mut();
        vocabulary
            .names()
            .is_ok_and(|catalog| is_unfinished(entry, catalog))
    }
}

impl Helper for Line {}

impl Validator for Line {
    /// A question that only lacks its end goes on in the next line; an empty line asks it as it is.
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let entry = context.input();
        let is_left = entry.ends_with('\n') || dot::command_in(entry.trim()).is_some();
        Ok(if !is_left && self.is_open(entry) {
            ValidationResult::Incomplete
        } else {
            ValidationResult::Valid(None)
        })
    }
}

/// A word behind the cursor that cannot be put in.
pub(super) struct Remark(&'static str);

impl Hint for Remark {
    fn display(&self) -> &str {
        self.0
    }

    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Hinter for Line {
    type Hint = Remark;

    /// On a new line of a question, why it was not asked yet.
    fn hint(&self, line: &str, at: usize, _: &Context<'_>) -> Option<Remark> {
        let is_new = line.ends_with('\n') && at == line.len();
        (is_new && self.is_open(line.trim_end())).then(|| {
            Remark(in_lang(
                self.lang,
                "   (the question goes on here; Enter asks it as it is)",
                "   （问句未完，在此续写；直接按回车则照此提问）",
            ))
        })
    }
}

impl Highlighter for Line {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        // The first prompt does not wait for what questions may speak of, nor does a command.
        if line.is_empty() {
            return Cow::Borrowed(line);
        }
        if line.starts_with(dot::is_mark) {
            return Cow::Owned(colour::command(line));
        }
        let mut vocabulary = self.vocabulary.borrow_mut();
        vocabulary.names().map_or(Cow::Borrowed(line), |catalog| {
            Cow::Owned(colour::question(line, catalog))
        })
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        Cow::Owned(colour::prompt(prompt))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(colour::remark(hint))
    }

    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        Cow::Owned(colour::candidate(candidate))
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        true
    }
}

impl Completer for Line {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        Ok(completer::complete(self, &line[..at]))
    }
}
