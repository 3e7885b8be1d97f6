//! Whether a store keeps its promises.

use rusqlite::Connection;

use super::{Fingerprint, Reread, RereadMode, Store, StoreError};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verified {
    /// Documents that were looked at.
    pub documents: usize,
    /// Figures that were looked at.
    pub figures: u64,
    /// Documents whose texts were left out, so that hashes, places and figures could not be held against them.
    pub without_text: usize,
    /// What is broken.
    pub faults: Vec<Fault>,
    /// Documents that today's reader reads otherwise.
    pub differences: Vec<Reread>,
}

/// One broken promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which promise, stable for scripts: `integrity`, `reference`, `hash`, `place`, `quote`, `section`, `index`.
    pub promise: &'static str,
    /// Where, and what is found there.
    pub message: String,
}

/// The first column says where; every row is a fault.
const FAULTS: [(&str, &str, &str); 7] = [
    (
        "place",
        "a report stands outside its text",
        "SELECT documents.name || ': report ' || sessions.ordinal FROM sessions JOIN documents ON documents.id = \
         document_id WHERE text <> '' AND NOT (0 <= start AND start <= \"end\" AND \"end\" <= length(text))",
    ),
    (
        "place",
        "a section stands outside its report",
        "SELECT 'section ' || sections.id FROM sections JOIN sessions ON sessions.id = session_id \
         WHERE NOT (sessions.start <= sections.start AND sections.start <= sections.\"end\" AND \
         sections.\"end\" <= sessions.\"end\")",
    ),
    (
        "place",
        "a figure stands outside its report",
        "SELECT 'figure ' || metrics.id FROM metrics JOIN sessions ON sessions.id = session_id \
         WHERE NOT (sessions.start <= metrics.start AND metrics.start <= metrics.\"end\" AND \
         metrics.\"end\" <= sessions.\"end\")",
    ),
    (
        "place",
        "a task stands outside its report",
        "SELECT 'task ' || tasks.id FROM tasks JOIN sessions ON sessions.id = session_id \
         WHERE NOT (sessions.start <= tasks.start AND tasks.start <= tasks.\"end\" AND tasks.\"end\" <= sessions.\"end\")",
    ),
    (
        "place",
        "a passage stands outside its report",
        "SELECT 'passage ' || passages.id FROM passages JOIN sessions ON sessions.id = session_id \
         WHERE NOT (sessions.start <= passages.start AND passages.start <= passages.\"end\" AND \
         passages.\"end\" <= sessions.\"end\")",
    ),
    (
        "section",
        "a section lies in itself, in a later one, or in one of another report",
        "SELECT 'section ' || part.id FROM sections part JOIN sections whole ON whole.id = part.parent_id \
         WHERE whole.session_id <> part.session_id OR whole.ordinal >= part.ordinal",
    ),
    (
        "section",
        "a figure lies in a section of another report",
        "SELECT 'figure ' || metrics.id FROM metrics JOIN sections ON sections.id = section_id \
         WHERE sections.session_id <> metrics.session_id",
    ),
];

/// Of each kind of fault, so many are told.
const MOST_TOLD: usize = 20;

impl Store {
    /// Checks the whole file; calls `watch` after each document with how many there are.
    pub fn verify(&self, watch: &mut dyn FnMut(usize)) -> Result<Verified, StoreError> {
        let mut found = Verified {
            faults: self.run(integrity)?,
            ..Verified::default()
        };
        for (promise, what, sql) in FAULTS {
            let places = self.run(|conn| texts(conn, sql))?;
            let more = places.len().saturating_sub(MOST_TOLD);
            let told = places.iter().take(MOST_TOLD);
            found.faults.extend(told.map(|place| Fault {
                promise,
                message: format!("{place}: {what}"),
            }));
            if more > 0 {
                found.faults.push(Fault {
                    promise,
                    message: format!("and {more} more: {what}"),
                });
            }
        }
        found.faults.extend(self.index_fault()?);
        let names = self.document_names()?;
        found.documents = names.len();
        for name in &names {
            self.verify_document(name, &mut found)?;
            watch(names.len());
        }
        Ok(found)
    }

    fn verify_document(&self, name: &str, found: &mut Verified) -> Result<(), StoreError> {
        let document = self.run(|conn| Document::find(conn, name))?;
        if document.text.is_empty() {
            found.without_text += 1;
            return Ok(());
        }
        if let Some(message) = document.hash_fault() {
            let promise = "hash";
            found.faults.push(Fault { promise, message });
        }
        let wrong = self.run(|conn| document.wrong_quotes(conn, &mut found.figures))?;
        found
            .faults
            .extend(wrong.into_iter().take(MOST_TOLD).map(|message| Fault {
                promise: "quote",
                message,
            }));
        let reread = self.reread(name, RereadMode::Look)?;
        found
            .differences
            .extend(reread.filter(|reread| !reread.is_same()));
        Ok(())
    }
}

/// What SQLite itself finds.
fn integrity(conn: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let mut faults: Vec<Fault> = texts(conn, "PRAGMA integrity_check")?
        .into_iter()
        .filter(|said| said != "ok")
        .map(|message| Fault {
            promise: "integrity",
            message,
        })
        .collect();
    let orphans = "SELECT \"table\" || ' row ' || ifnull(rowid, '?') || ' refers to a row of ' || parent || \
                   ' that is not there' FROM pragma_foreign_key_check";
    faults.extend(texts(conn, orphans)?.into_iter().map(|message| Fault {
        promise: "reference",
        message,
    }));
    Ok(faults)
}

fn texts(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    conn.prepare(sql)?
        .query_map((), |row| row.get(0))?
        .collect()
}

struct Document {
    id: i64,
    name: String,
    encoding: String,
    sha256: String,
    text_sha256: Option<String>,
    size_bytes: i64,
    text: String,
}

impl Document {
    fn find(conn: &Connection, name: &str) -> rusqlite::Result<Self> {
        // A store of version 1 has no hash of the text.
        let has_hash = conn
            .prepare("SELECT text_sha256 FROM documents LIMIT 0")
            .is_ok();
        let hash = if has_hash { "text_sha256" } else { "NULL" };
        conn.prepare_cached(&format!(
            "SELECT id, name, encoding, sha256, {hash}, size_bytes, text FROM documents WHERE name = ?1"
        ))?
        .query_row([name], |row| {
            Ok(Self {
                id: row.get(0)?,
                name: row.get(1)?,
                encoding: row.get(2)?,
                sha256: row.get(3)?,
                text_sha256: row.get(4)?,
                size_bytes: row.get(5)?,
                text: row.get(6)?,
            })
        })
    }

    /// The text against its hash; and where the file was this very text, against the hash of the file.
    fn hash_fault(&self) -> Option<String> {
        let hash = Fingerprint::of(self.text.as_bytes());
        let is_text = self
            .text_sha256
            .as_ref()
            .is_none_or(|held| hash.as_str() == held);
        let is_file = self.encoding != "UTF-8"
            || usize::try_from(self.size_bytes).ok() != Some(self.text.len())
            || hash.as_str() == self.sha256
            // Bytes that did not decode stand as this sign, which is as long as some of them.
            || self.text.contains('\u{fffd}');
        (!is_text || !is_file).then(|| format!("{}: the text is not what its hash says", self.name))
    }

    /// Figures whose quote is not what stands at their place.
    fn wrong_quotes(&self, conn: &Connection, count: &mut u64) -> rusqlite::Result<Vec<String>> {
        let starts: Vec<usize> = self
            .text
            .char_indices()
            .map(|(at, _)| at)
            .chain([self.text.len()])
            .collect();
        let mut wrong = Vec::new();
        let mut figures = conn.prepare_cached(
            "SELECT metrics.id, metrics.start, metrics.\"end\", quote FROM metrics JOIN sessions ON sessions.id = \
             session_id WHERE document_id = ?1",
        )?;
        let mut rows = figures.query([self.id])?;
        while let Some(row) = rows.next()? {
            *count += 1;
            let at = |position: i64| usize::try_from(position).ok().and_then(|at| starts.get(at));
            let stands = match (at(row.get(1)?), at(row.get(2)?)) {
                (Some(&start), Some(&end)) => self.text.get(start..end),
                _ => None,
            };
            if stands != Some(row.get_ref(3)?.as_str()?) {
                let id: i64 = row.get(0)?;
                wrong.push(format!("{}: figure {id} is not where it says", self.name));
            }
        }
        Ok(wrong)
    }
}
