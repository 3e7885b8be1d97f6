//! Whether a store keeps its promises.

use rusqlite::Connection;

use super::{Fingerprint, Reread, RereadMode, Store, StoreError, worked_out};

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
    /// Which promise, stable for scripts: `integrity`, `reference`, `hash`, `place`, `quote`, `section`,
    /// `answer`, `index`.
    pub promise: &'static str,
    /// Where, and what is found there.
    pub message: String,
    /// The same in Chinese.
    pub message_zh: String,
}

/// Promise, what is wrong in English and in Chinese, and SQL whose first column says where; every row is a fault.
const FAULTS: [(&str, &str, &str, &str); 7] = [
    (
        "place",
        "a report stands outside its text",
        "报告的位置超出原文",
        "SELECT documents.name || ': report ' || sessions.ordinal FROM sessions JOIN documents ON documents.id = \
         document_id WHERE text <> '' AND NOT (0 <= start AND start <= \"end\" AND \"end\" <= length(text))",
    ),
    (
        "place",
        "a section stands outside its report",
        "章节的位置超出报告",
        "SELECT 'section ' || sections.id FROM sections JOIN sessions ON sessions.id = session_id \
         WHERE NOT (sessions.start <= sections.start AND sections.start <= sections.\"end\" AND \
         sections.\"end\" <= sessions.\"end\")",
    ),
    (
        "place",
        "a figure stands outside its report",
        "数字的位置超出报告",
        "SELECT 'figure ' || metrics.id FROM metrics JOIN sessions ON sessions.id = session_id \
         WHERE NOT (sessions.start <= metrics.start AND metrics.start <= metrics.\"end\" AND \
         metrics.\"end\" <= sessions.\"end\")",
    ),
    (
        "place",
        "a task stands outside its report",
        "任务的位置超出报告",
        "SELECT 'task ' || tasks.id FROM tasks JOIN sessions ON sessions.id = session_id \
         WHERE NOT (sessions.start <= tasks.start AND tasks.start <= tasks.\"end\" AND tasks.\"end\" <= sessions.\"end\")",
    ),
    (
        "place",
        "a passage stands outside its report",
        "句子的位置超出报告",
        "SELECT 'passage ' || passages.id FROM passages JOIN sessions ON sessions.id = session_id \
         WHERE NOT (sessions.start <= passages.start AND passages.start <= passages.\"end\" AND \
         passages.\"end\" <= sessions.\"end\")",
    ),
    (
        "section",
        "a section lies in itself, in a later one, or in one of another report",
        "章节归属于自身、其后的章节或另一报告的章节",
        "SELECT 'section ' || part.id FROM sections part JOIN sections whole ON whole.id = part.parent_id \
         WHERE whole.session_id <> part.session_id OR whole.ordinal >= part.ordinal",
    ),
    (
        "section",
        "a figure lies in a section of another report",
        "数字归属于另一报告的章节",
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
        for (promise, what, what_zh, sql) in FAULTS {
            let places = self.run(|conn| texts(conn, sql))?;
            let more = places.len().saturating_sub(MOST_TOLD);
            let told = places.iter().take(MOST_TOLD);
            found.faults.extend(told.map(|place| Fault {
                promise,
                message: format!("{place}: {what}"),
                message_zh: format!("{place}：{what_zh}"),
            }));
            if more > 0 {
                found.faults.push(Fault {
                    promise,
                    message: format!("and {more} more: {what}"),
                    message_zh: format!("另有{more}处：{what_zh}"),
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
        if document.has_another_hash() {
            found.faults.push(Fault {
                promise: "hash",
                message: format!("{name}: the text is not what its hash says"),
                message_zh: format!("{name}：原文与哈希不符"),
            });
        }
        let wrong = self.run(|conn| document.wrong_quotes(conn, &mut found.figures))?;
        found
            .faults
            .extend(wrong.into_iter().take(MOST_TOLD).map(|figure| Fault {
                promise: "quote",
                message: format!("{name}: figure {figure} is not where it says"),
                message_zh: format!("{name}：数字{figure}的引文不在所记的位置"),
            }));
        if self.is_worked_out()? {
            let wrong = self.run(|conn| worked_out::wrong(conn, document.id, &document.text))?;
            found
                .faults
                .extend(wrong.into_iter().take(MOST_TOLD).map(|row| Fault {
                    promise: "answer",
                    message: format!("{name}: {row} does not say what is worked out of the report"),
                    message_zh: format!("{name}：{row}所记与由报告得出的不符"),
                }));
        }
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
            message_zh: message.clone(),
            message,
        })
        .collect();
    let mut orphans =
        conn.prepare("SELECT \"table\", ifnull(rowid, '?'), parent FROM pragma_foreign_key_check")?;
    let mut orphans = orphans.query(())?;
    while let Some(row) = orphans.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        let at = match row.get_ref(1)? {
            rusqlite::types::ValueRef::Integer(at) => at.to_string(),
            _ => "?".to_owned(),
        };
        faults.push(Fault {
            promise: "reference",
            message: format!("{table} row {at} refers to a row of {parent} that is not there"),
            message_zh: format!("表{table}第{at}行所指的{parent}行不存在"),
        });
    }
    Ok(faults)
}

fn texts(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    conn.prepare(sql)?
        .query_map((), |row| row.get(0))?
        .collect()
}

struct Document {
    id: i64,
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
            "SELECT id, encoding, sha256, {hash}, size_bytes, text FROM documents WHERE name = ?1"
        ))?
        .query_row([name], |row| {
            Ok(Self {
                id: row.get(0)?,
                encoding: row.get(1)?,
                sha256: row.get(2)?,
                text_sha256: row.get(3)?,
                size_bytes: row.get(4)?,
                text: row.get(5)?,
            })
        })
    }

    /// The text against its hash; and where the file was this very text, against the hash of the file.
    fn has_another_hash(&self) -> bool {
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
        !is_text || !is_file
    }

    /// Figures (`metrics.id`) whose quote is not what stands at their place.
    fn wrong_quotes(&self, conn: &Connection, count: &mut u64) -> rusqlite::Result<Vec<i64>> {
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
                wrong.push(row.get(0)?);
            }
        }
        Ok(wrong)
    }
}
