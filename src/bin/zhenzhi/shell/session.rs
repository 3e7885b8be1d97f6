use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use zhenzhi::ask::{AskError, Outcome, Terms, run_with, save, with_counts};
use zhenzhi::query::{Answer, Definition, Diagnostic, Lang};
use zhenzhi::render::Sources;
use zhenzhi::store::{Store, StoreError};

use super::dot;
use super::interrupt::{Stopper, Waiting};
use super::pager::{Screen, page};
use super::vocabulary::Vocabulary;
use crate::answers::{Answers, Written, rendered};
use crate::ask::{frames, kept};
use crate::cli::Format;
use crate::exit::Exit;
use crate::language::{in_lang, locale, speak};
use crate::output::{complain, counted, print, print_error};

/// An open store and what is going on with it.
pub(super) struct Session {
    pub(super) store: Store,
    pub(super) vocabulary: Rc<RefCell<Vocabulary>>,
    pub(super) settings: Settings,
    pub(super) last: Option<Asked>,
    /// What Tab puts in on an empty line: questions to try, then how the last one may be mended.
    pub(super) offers: Rc<RefCell<Vec<String>>>,
    /// The terminal; `None` where there is none and nothing is paged, coloured, or said to be slow.
    pub(super) screen: Option<Screen>,
    pub(super) stopper: Stopper,
    /// Files that are being read by `.read`, outermost first.
    pub(super) reading: Vec<PathBuf>,
    /// Whether something was said; a blank line then stands before what is said next.
    has_said: Cell<bool>,
}

/// What dot commands change.
pub(super) struct Settings {
    /// The language of answers and messages, where it was chosen.
    pub(super) lang: Option<Lang>,
    pub(super) format: Format,
    /// The file that answers go to, and those that are in it.
    pub(super) output: Option<(PathBuf, Answers)>,
    pub(super) timer: bool,
    pub(super) parameters: BTreeMap<String, String>,
}

/// The last question and what came of it.
pub(super) struct Asked {
    pub(super) question: String,
    pub(super) answer: Answer,
}

/// What becomes of the loop after an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// It goes on; the entry ended like this.
    On(Exit),
    /// It ends.
    Leave,
}

impl Session {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let store = Store::open_read_only(path)?;
        Ok(Self {
            vocabulary: Rc::new(RefCell::new(Vocabulary::fetch(path))),
            stopper: Stopper::new(store.interrupter()),
            store,
            settings: Settings {
                lang: None,
                format: Format::Table,
                output: None,
                timer: false,
                parameters: BTreeMap::new(),
            },
            last: None,
            offers: Rc::default(),
            screen: None,
            reading: Vec::new(),
            has_said: Cell::new(false),
        })
    }

    /// Goes on with another store; the settings stay.
    pub(super) fn reopen(&mut self, path: &Path) -> Result<(), StoreError> {
        self.store = Store::open_read_only(path)?;
        self.stopper.watch(self.store.interrupter());
        *self.vocabulary.borrow_mut() = Vocabulary::fetch(path);
        self.last = None;
        Ok(())
    }

    /// The language of messages: as chosen, else as the system's.
    pub(super) fn lang(&self) -> Lang {
        self.settings.lang.unwrap_or_else(locale)
    }

    /// Chooses the language of answers and messages; without one each answer has that of its question.
    pub(super) fn speak(&mut self, lang: Option<Lang>) {
        self.settings.lang = lang;
        speak(lang);
    }

    /// Does what an entry says.
    pub(super) fn enter(&mut self, entry: &str) -> Next {
        let entry = entry.trim();
        if entry.is_empty() {
            return Next::On(Exit::Done);
        }
        match dot::command_in(entry) {
            Some((name, rest)) => dot::run(self, name, rest),
            None => Next::On(self.ask(entry)),
        }
    }

    fn ask(&mut self, question: &str) -> Exit {
        let begun = Instant::now();
        self.stopper.clear();
        let waiting = self.screen.is_some().then(|| Waiting::begin(self.lang()));
        let outcome = self.outcome(question);
        drop(waiting);
        let took = begun.elapsed();
        match outcome {
            Ok(Outcome::Answer(answer)) => {
                self.offers.borrow_mut().clear();
                let lang = self.settings.lang.unwrap_or(answer.lang);
                let shown = self.show(&answer, self.settings.format, lang, Sources::OfFew);
                self.time(answer.rows.len(), took);
                self.keep(question, *answer);
                shown
            }
            Ok(Outcome::Definition(definition)) => self.define(&definition),
            Err(error) => self.refuse(&error, question),
        }
    }

    fn outcome(&self, question: &str) -> Result<Outcome, AskError> {
        let terms = self.terms();
        let mut vocabulary = self.vocabulary.borrow_mut();
        let outcome = run_with(&self.store, vocabulary.names()?, question, &terms);
        if let Err(AskError::Question { diagnostics }) = outcome {
            let counted = vocabulary.counted();
            let diagnostics = with_counts(
                &self.store,
                diagnostics,
                question,
                &terms.parameters,
                counted,
            );
            return Err(AskError::Question { diagnostics });
        }
        outcome
    }

    pub(super) fn terms(&self) -> Terms {
        Terms {
            parameters: self.settings.parameters.clone().into_iter().collect(),
            ..Terms::default()
        }
    }

    /// Shows an answer on the screen, or writes it where `.output` says.
    pub(super) fn show(
        &mut self,
        answer: &Answer,
        format: Format,
        lang: Lang,
        sources: Sources,
    ) -> Exit {
        let Some((file, answers)) = &mut self.settings.output else {
            // A line is an answer's row; a blank one would be none.
            if format == Format::Jsonl {
                self.has_said.set(false);
            }
            self.say(&rendered(answer, format, lang, sources));
            return Exit::Done;
        };
        if answers.add_to(file, answer.clone(), lang) == Written::Not {
            return Exit::Store;
        }
        if self.screen.is_some() {
            let (rows, file) = (answer.rows.len(), file.display());
            let (en, zh) = (
                format!("{} written to {file}", counted(rows, "row")),
                format!("{rows}行已写入{file}"),
            );
            self.tell(en, zh);
        }
        Exit::Done
    }

    /// Says something on the screen, by pages where it is long; apart from what was said before where no prompt stands
    /// between.
    pub(super) fn say(&self, text: &str) {
        let text = text.trim_end();
        let has_prompt = self.screen.is_some() && self.reading.is_empty();
        if self.has_said.replace(true) && !has_prompt {
            print("");
        }
        match &self.screen {
            Some(screen) => page(text, screen),
            None => print(text),
        }
    }

    /// One of two texts, by the language of messages.
    pub(super) fn tell(&self, en: impl AsRef<str>, zh: impl AsRef<str>) {
        print(in_lang(self.lang(), en.as_ref(), zh.as_ref()));
    }

    /// Says what was wrong with an entry.
    pub(super) fn complain(&self, en: impl AsRef<str>, zh: impl AsRef<str>) -> Next {
        print_error(in_lang(self.lang(), en.as_ref(), zh.as_ref()));
        Next::On(Exit::Usage)
    }

    fn time(&self, rows: usize, took: Duration) {
        if self.settings.timer {
            let seconds = took.as_secs_f64();
            self.tell(
                format!("{} in {seconds:.3} s", counted(rows, "row")),
                format!("{rows}行，用时{seconds:.3}秒"),
            );
        }
    }

    /// The answer becomes what `it` and the dot commands speak of.
    fn keep(&mut self, question: &str, answer: Answer) {
        let is_sql =
            answer.reading.en == answer.reading.zh && answer.reading.en.starts_with("sql ");
        if !is_sql && answer.explained.is_none() {
            let reading = answer.reading.in_lang(answer.lang);
            self.vocabulary.borrow_mut().remember(reading);
        }
        self.last = Some(Asked {
            question: question.to_owned(),
            answer,
        });
    }

    /// Only for this is the store opened to write.
    fn define(&mut self, definition: &Definition) -> Exit {
        let path = self.store.path().to_owned();
        match save(&path, definition, None) {
            Ok(before) => {
                let lang = self.settings.lang.unwrap_or(definition.lang);
                print(kept(definition, before.is_some(), lang));
                self.vocabulary.borrow_mut().refetch();
                Exit::Done
            }
            Err(error) => self.refuse(&error, &definition.text),
        }
    }

    fn refuse(&self, error: &AskError, question: &str) -> Exit {
        match error {
            AskError::Question { diagnostics } => {
                let lang = self.settings.lang.unwrap_or_else(|| Lang::of(question));
                print_error(frames(diagnostics, question, lang).trim_end());
                self.offer(diagnostics, question, lang);
                Exit::Usage
            }
            AskError::Store(StoreError::Interrupted) => {
                print_error(in_lang(self.lang(), "stopped", "已停止"));
                Exit::Usage
            }
            AskError::Store(error) => {
                complain(error);
                if error.is_fatal() {
                    Exit::Store
                } else {
                    Exit::Usage
                }
            }
        }
    }

    /// Tab puts in what would mend the question.
    fn offer(&self, diagnostics: &[Diagnostic], question: &str, lang: Lang) {
        // With several faults, mending one leaves the others.
        let offers: Vec<String> = match diagnostics {
            // A whole other question beside those that mend this one would leave Tab nothing that they share.
            [only] => only
                .fixes
                .iter()
                .filter(|fix| fix.span.start == only.fixes[0].span.start)
                .map(|fix| fix.applied(question).trim().to_owned())
                .collect(),
            _ => Vec::new(),
        };
        if let (Some(first), Some(_)) = (offers.first(), &self.screen) {
            print_error(in_lang(
                lang,
                &format!("Tab puts in: {first}"),
                &format!("按Tab键填入：{first}"),
            ));
        }
        *self.offers.borrow_mut() = offers;
    }
}
