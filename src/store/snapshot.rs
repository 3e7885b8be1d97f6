//! What a document says, as rows without ids, so that two stores, or a store and today's reader, can be compared.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::select::value;
use crate::fact::Value;

/// Columns of a figure, in the order of [`Snapshot::figures`].
pub(super) const FIGURE: &str = "indicator, label, number, value, value_high, unit, bound, growth, growth_to, growth_bound, \
    growth_kind, points_against, status, year, period, completion, rank, quote, start, \"end\"";
/// Columns of a task.
const TASK: &str = "topic, text, deadline, deadline_on, start, \"end\"";
/// Columns of a doubt.
const DOUBT: &str = "code, message, start, \"end\"";
/// Columns of a section.
const SECTION: &str = "level, type, heading, start, \"end\"";
/// What is said of the report itself.
const HEAD: &str = "name, kind, code, county, city, province, title, congress, meeting, held_on, speaker, \
    speaker_title, review_year, plan_year, stated_year, year_ground, start, \"end\"";

/// One report with all that it says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Snapshot {
    /// `sessions.id`
    pub(super) session: i64,
    pub(super) document: String,
    pub(super) sha256: String,
    pub(super) head: Vec<Value>,
    pub(super) figures: Vec<Vec<Value>>,
    pub(super) tasks: Vec<Vec<Value>>,
    pub(super) doubts: Vec<Vec<Value>>,
    pub(super) sections: Vec<Vec<Value>>,
}

/// The names of the columns of [`Snapshot::head`].
pub(super) fn head_names() -> impl Iterator<Item = &'static str> {
    HEAD.split(", ").map(|name| name.trim_matches('"'))
}

impl Snapshot {
    /// The reports of a document, in its order.
    pub(super) fn of_document(conn: &Connection, document: i64) -> rusqlite::Result<Vec<Self>> {
        let (name, sha256): (String, String) = conn
            .prepare_cached("SELECT name, sha256 FROM documents WHERE id = ?1")?
            .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let sessions: Vec<i64> = conn
            .prepare_cached("SELECT id FROM sessions WHERE document_id = ?1 ORDER BY ordinal")?
            .query_map([document], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        sessions
            .into_iter()
            .map(|session| {
                let part = |columns: &str, table: &str| {
                    rows(
                        conn,
                        &format!(
                            "SELECT {columns} FROM {table} WHERE session_id = ?1 ORDER BY id"
                        ),
                        session,
                    )
                };
                let head = format!(
                    "SELECT {HEAD} FROM sessions LEFT JOIN towns ON towns.id = town_id WHERE sessions.id = ?1"
                );
                Ok(Self {
                    session,
                    document: name.clone(),
                    sha256: sha256.clone(),
                    head: rows(conn, &head, session)?.pop().unwrap_or_default(),
                    figures: part(FIGURE, "metrics")?,
                    tasks: part(TASK, "tasks")?,
                    doubts: part(DOUBT, "doubts")?,
                    sections: part(SECTION, "sections")?,
                })
            })
            .collect()
    }

    /// The place's name, or nothing.
    pub(super) fn place(&self) -> Option<&str> {
        self.head.first().and_then(Value::text)
    }

    /// The year that it looks back on.
    pub(super) fn review_year(&self) -> Option<i64> {
        let at = head_names().position(|name| name == "review_year")?;
        self.head.get(at).and_then(Value::integer)
    }

    /// What tells the report from others wherever it stands: the place with what it lies in, and the year.
    pub(super) fn identity(&self) -> String {
        let place = self.head.get(..6).unwrap_or_default();
        format!("{place:?} {:?}", self.review_year())
    }
}

fn rows(conn: &Connection, sql: &str, id: i64) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = conn.prepare_cached(sql)?;
    let width = statement.column_count();
    statement
        .query_map([id], |row| cells(row, width))?
        .collect()
}

fn cells(row: &Row<'_>, width: usize) -> rusqlite::Result<Vec<Value>> {
    (0..width)
        .map(|at| row.get_ref(at).map(|cell: ValueRef<'_>| value(cell)))
        .collect()
}
