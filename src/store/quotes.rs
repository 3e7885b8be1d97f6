use std::collections::HashMap;

use rusqlite::types::{FromSql, FromSqlResult, ValueRef};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior};

use super::select::LARGEST;
use super::{Store, StoreError};

/// Texts of documents are kept at hand up to so many bytes; answers go through them one after the other.
const TEXTS_AT_HAND: usize = 16 << 20;

/// After so many names were looked up one by one all are read, from the index over them: a document itself lies in pages
/// of its own, with its text.
const NAMES_ONE_BY_ONE: usize = 50;

/// A stretch of a document, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The document's name.
    pub document: String,
    /// The stretch, character for character.
    pub quote: String,
    /// Its first character in the document's text.
    pub start: i64,
    /// One past its last.
    pub end: i64,
    /// The number of a figure as it is written there.
    pub number: Option<String>,
    /// The value of that number.
    pub value: Option<f64>,
    /// The figure by its number, where the stretch is one's.
    pub figure: Option<i64>,
}

/// Finds the words of what a question's rows have by number: rows of one answer lead to the same documents again and
/// again, and each text is taken out of the file once.
#[derive(Debug)]
pub struct Quotes<'a> {
    store: &'a Store,
    /// Each statement of its own would look again whether the file has changed.
    _reading: Option<Transaction<'a>>,
    names: HashMap<i64, String>,
    texts: HashMap<i64, Text>,
    at_hand: usize,
    /// Bytes that were given so far.
    given: usize,
}

#[derive(Debug)]
struct Text {
    name: String,
    whole: String,
    /// Where each character begins, and where the last ends.
    begins: Vec<usize>,
}

/// A text of a file from anyone, which need not be UTF-8; it is shown as an answer's own texts are.
struct Said(String);

impl FromSql for Said {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_bytes()?;
        Ok(Self(String::from_utf8_lossy(bytes).into_owned()))
    }
}

impl Store {
    /// Finds quotes by number.
    pub fn quotes(&self) -> Quotes<'_> {
        let begin = || Transaction::new_unchecked(&self.conn, TransactionBehavior::Deferred).ok();
        Quotes {
            store: self,
            _reading: self.conn.is_autocommit().then(begin).flatten(),
            names: HashMap::new(),
            texts: HashMap::new(),
            at_hand: 0,
            given: 0,
        }
    }
}

impl Quotes<'_> {
    /// The quotes of these figures, each once, in the order of reports and of their text.
    pub fn figures(&mut self, ids: &[i64]) -> Result<Vec<Quote>, StoreError> {
        const FIGURE: &str = "SELECT m.session_id, s.document_id, m.quote, m.start, m.\"end\", m.number, m.value FROM metrics m \
             JOIN sessions s ON s.id = m.session_id WHERE m.id = ?1";
        let guard = self.store.watch.raise(None);
        let mut found: Vec<((i64, i64, i64), i64, Quote)> = self.store.run(|conn| {
            let mut figure = conn.prepare_cached(FIGURE)?;
            let each = ids.iter().map(|id| {
                let read = |row: &rusqlite::Row<'_>| {
                    let start = row.get(3)?;
                    let quote = Quote {
                        document: String::new(),
                        quote: row.get::<_, Said>(2)?.0,
                        start,
                        end: row.get(4)?,
                        number: row.get::<_, Option<Said>>(5)?.map(|said| said.0),
                        value: row.get(6)?,
                        figure: Some(*id),
                    };
                    Ok(((row.get(0)?, start, *id), row.get(1)?, quote))
                };
                figure.query_row([id], read).optional()
            });
            each.filter_map(Result::transpose).collect()
        })?;
        drop(guard);
        found.sort_by_key(|(order, ..)| *order);
        found.dedup_by_key(|(order, ..)| *order);
        let mut quotes = Vec::with_capacity(found.len());
        for (_, document, mut quote) in found {
            // A figure's report is of a document.
            quote.document = self.document(document)?.unwrap_or_default();
            self.count(&quote)?;
            quotes.push(quote);
        }
        Ok(quotes)
    }

    /// A stretch of a document's text; nothing where there is no such document.
    pub fn stretch(
        &mut self,
        document: i64,
        start: i64,
        end: i64,
    ) -> Result<Option<Quote>, StoreError> {
        if !self.texts.contains_key(&document) && !self.fetch(document)? {
            return Ok(None);
        }
        let Some(text) = self.texts.get(&document) else {
            return Ok(None);
        };
        // Positions of a file from elsewhere may be any; they stand in no text then.
        let byte = |at: i64| usize::try_from(at).ok().and_then(|at| text.begins.get(at));
        let last = text.begins.last();
        let range = byte(start).zip(byte(end).or(last).filter(|_| start <= end));
        let quote = Quote {
            document: text.name.clone(),
            quote: range.map_or_else(String::new, |(from, to)| text.whole[*from..*to].to_owned()),
            start,
            end,
            number: None,
            value: None,
            figure: None,
        };
        self.count(&quote)?;
        Ok(Some(quote))
    }

    /// The first passages of a report, or of those between two of its characters, that say each of these words in any of its
    /// forms, by number and in order.
    pub fn saying(
        &mut self,
        session: i64,
        within: Option<(i64, i64)>,
        words: &[Vec<String>],
    ) -> Result<Vec<i64>, StoreError> {
        const PASSAGES: &str = "SELECT id, text FROM passages WHERE session_id = ?1 AND start >= ?2 AND \"end\" <= ?3 ORDER BY id";
        let _guard = self.store.watch.raise(None);
        let (start, end) = within.unwrap_or((0, i64::MAX));
        let mut sought: Vec<&Vec<String>> = words.iter().collect();
        let mut found = Vec::new();
        self.store.run(|conn| {
            let mut passages = conn.prepare_cached(PASSAGES)?;
            let mut passages = passages.query((session, start, end))?;
            while let Some(row) = passages.next()?.filter(|_| !sought.is_empty()) {
                let text: Said = row.get(1)?;
                let before = sought.len();
                sought.retain(|forms| !forms.iter().any(|form| text.0.contains(form)));
                if sought.len() < before {
                    found.push(row.get(0)?);
                }
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// A sentence or heading; nothing where there is no such one.
    pub fn passage(&mut self, passage: i64) -> Result<Option<Quote>, StoreError> {
        const PLACE: &str = "SELECT s.document_id, p.start, p.\"end\" FROM passages p JOIN sessions s ON s.id = p.session_id WHERE p.id = ?1";
        let guard = self.store.watch.raise(None);
        let place: Option<(i64, i64, i64)> = self.store.run(|conn| {
            conn.prepare_cached(PLACE)?
                .query_row([passage], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        })?;
        drop(guard);
        place.map_or(Ok(None), |(document, start, end)| {
            self.stretch(document, start, end)
        })
    }

    /// The name of a document; nothing where there is none.
    pub fn document(&mut self, document: i64) -> Result<Option<String>, StoreError> {
        if self.names.len() == NAMES_ONE_BY_ONE && !self.names.contains_key(&document) {
            self.learn_names()?;
        }
        if let Some(name) = self.names.get(&document) {
            return Ok(Some(name.clone()));
        }
        let _guard = self.store.watch.raise(None);
        let name: Option<String> = self.store.run(|conn| {
            conn.prepare_cached("SELECT name FROM documents WHERE id = ?1")?
                .query_row([document], |row| Ok(row.get::<_, Said>(0)?.0))
                .optional()
        })?;
        if let Some(name) = &name {
            self.names.insert(document, name.clone());
        }
        Ok(name)
    }

    fn learn_names(&mut self) -> Result<(), StoreError> {
        let _guard = self.store.watch.raise(None);
        self.names = self.store.run(|conn| {
            conn.prepare_cached("SELECT id, name FROM documents")?
                .query_map((), |row| Ok((row.get(0)?, row.get::<_, Said>(1)?.0)))?
                .collect()
        })?;
        Ok(())
    }

    fn fetch(&mut self, document: i64) -> Result<bool, StoreError> {
        let _guard = self.store.watch.raise(None);
        let found: Option<(String, String)> = self.store.run(|conn| {
            conn.prepare_cached("SELECT name, text FROM documents WHERE id = ?1")?
                .query_row([document], |row| {
                    Ok((row.get::<_, Said>(0)?.0, row.get::<_, Said>(1)?.0))
                })
                .optional()
        })?;
        let Some((name, text)) = found else {
            return Ok(false);
        };
        if self.at_hand + text.len() > TEXTS_AT_HAND {
            self.texts.clear();
            self.at_hand = 0;
        }
        self.at_hand += text.len();
        let begins = text.char_indices().map(|(at, _)| at);
        let begins = begins.chain([text.len()]).collect();
        self.texts.insert(
            document,
            Text {
                name,
                whole: text,
                begins,
            },
        );
        Ok(true)
    }

    fn count(&mut self, quote: &Quote) -> Result<(), StoreError> {
        self.given += size_of::<Quote>() + quote.document.len() + quote.quote.len();
        if self.given > LARGEST {
            return Err(StoreError::TooLarge {
                most: LARGEST / 1_000_000,
            });
        }
        Ok(())
    }
}
