//! Today's reader over the stored texts.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::{Transaction, TransactionBehavior};

use super::changes::{ReportChanges, Strictness, compare};
use super::fulltext::Pending;
use super::snapshot::Snapshot;
use super::{Indexer, Passages, Store, StoreError, passages, places, worked_out, write};
use crate::reading::{Reading, read_text};

/// What today's reader makes of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Reread {
    /// The document's name.
    pub document: String,
    /// How many reports were in it before, and are in it now.
    pub reports: (usize, usize),
    /// What changed in the reports that it had and has.
    pub changes: Vec<ReportChanges>,
}

impl Reread {
    /// Whether today's reader reads what the store has.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.changes.is_empty() && self.reports.0 == self.reports.1
    }
}

/// Whether a document is only read again or its rows are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RereadMode {
    /// Say what would change.
    Look,
    /// Change it.
    Replace,
}

impl Store {
    /// Reads the stored text of a document again; `None` where its text was left out of the store.
    ///
    /// What it replaces, it replaces in one transaction.
    pub fn reread(&self, document: &str, mode: RereadMode) -> Result<Option<Reread>, StoreError> {
        let found = self.run(|conn| {
            conn.prepare_cached("SELECT id, text FROM documents WHERE name = ?1")?
                .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
        });
        let (id, text): (i64, String) = found?;
        if text.is_empty() {
            return Ok(None);
        }
        // A text on which the reader breaks must not cost the others.
        let reading =
            catch_unwind(AssertUnwindSafe(|| read_text(text, document))).map_err(|_| {
                StoreError::Defect {
                    reason: format!("the reader broke on {document}"),
                }
            })?;
        let before = self.run(|conn| Snapshot::of_document(conn, id))?;
        let after = self.scratch()?.run(|conn| {
            let tx = conn.unchecked_transaction()?;
            tx.execute(
                "INSERT INTO documents (id, name, sha256, format, encoding, size_bytes, text, imported_at) \
                 VALUES (?1, ?2, '', '', '', 0, '', '')",
                (id, document),
            )?;
            for report in &reading.reports {
                let length = worked_out::length(reading.source.quote(report.document.span));
                write::insert_report(&tx, id, length, report)?;
            }
            // What was written is thrown away with the transaction.
            Snapshot::of_document(&tx, id)
        })?;
        let changes: Vec<ReportChanges> = before
            .iter()
            .zip(&after)
            .map(|(before, after)| compare(before, after, Strictness::Places))
            .filter(|changes| !changes.is_nothing())
            .collect();
        let reread = Reread {
            document: document.to_owned(),
            reports: (before.len(), after.len()),
            changes,
        };
        if mode == RereadMode::Replace && !reread.is_same() {
            self.replace_reports(id, &reading)?;
        }
        Ok(Some(reread))
    }

    fn replace_reports(&self, document: i64, reading: &Reading) -> Result<(), StoreError> {
        self.begin_writing()?;
        self.run(|conn| {
            let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
            passages::forget(&tx, document)?;
            tx.execute("DELETE FROM sessions WHERE document_id = ?1", [document])?;
            let (read, mut pending) = (
                Passages::of(reading, &mut Indexer::default()),
                Pending::default(),
            );
            write::insert_reports(&tx, document, reading, read, &mut pending)?;
            pending.write(&tx)?;
            places::drop_unused(&tx)?;
            tx.commit()
        })
    }

    /// A store in memory with the vocabulary of this one, made at its first use.
    fn scratch(&self) -> Result<&Self, StoreError> {
        if let Some(scratch) = self.scratch.get() {
            return Ok(scratch);
        }
        let scratch = Self::in_memory()?;
        let vocabulary = self.run(|conn| {
            conn.prepare("SELECT id FROM indicators")?
                .query_map((), |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<String>>>()
        })?;
        scratch.run(|conn| {
            let mut insert = conn.prepare(
                "INSERT OR IGNORE INTO indicators (id, name_zh, name_en, unit, definition) VALUES (?1, '', '', '', '')",
            )?;
            vocabulary
                .iter()
                .try_for_each(|id| insert.execute([id]).map(drop))
        })?;
        Ok(self.scratch.get_or_init(|| Box::new(scratch)))
    }
}
