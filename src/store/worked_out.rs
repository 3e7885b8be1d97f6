//! What is worked out of a report when it is written: which figures answer, how many figures a task has, how long the report
//! is; and the same for the rows of a file that was written without.

use rusqlite::Connection;

use super::answers::{Due, Figure, answers};
use super::{Store, StoreError, phrases};
use crate::fact::{is_added, is_added_to};

impl Store {
    /// Whether the file has what is worked out of reports when they are written, which those of an older schema have not.
    pub fn is_worked_out(&self) -> Result<bool, StoreError> {
        const SINCE: i32 = 3;
        let version = |conn: &Connection| {
            conn.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0))
        };
        Ok(self.run(version)? >= SINCE)
    }
}

/// The characters of a stretch of a text without blanks and line ends. Bytes are counted, many at once, and not characters
/// one by one.
pub(super) fn length(stretch: &str) -> i64 {
    // As many as a byte can count.
    const PART: usize = 255;
    let bytes = stretch.as_bytes();
    let parts = |from: usize| bytes.get(from..).unwrap_or_default().chunks(PART);
    // Without branches, so that many bytes are looked at in one step.
    let is = |yes: bool| u8::from(yes);
    let opens = |byte: u8| {
        is(byte & 0xC0 != 0x80) & is(byte != b' ') & is(byte != b'\n') & is(byte != b'\r')
    };
    let opening = |part: &[u8]| part.iter().map(|&byte| opens(byte)).sum::<u8>();
    // 　 is E3 80 80.
    let wide = |first: &[u8], second: &[u8], third: &[u8]| {
        let each = first.iter().zip(second).zip(third);
        let each = each.map(|((&a, &b), &c)| is(a == 0xE3) & is(b == 0x80) & is(c == 0x80));
        each.sum::<u8>()
    };
    let wide = parts(0)
        .zip(parts(1))
        .zip(parts(2))
        .map(|((a, b), c)| wide(a, b, c));
    parts(0).map(opening).map(i64::from).sum::<i64>() - wide.map(i64::from).sum::<i64>()
}

const FIGURES_IN_TASK: &str = "SELECT COUNT(*) FROM metrics m WHERE m.section_id IS tasks.section_id AND \
    +m.session_id = tasks.session_id AND m.value IS NOT NULL AND m.start >= tasks.start AND m.\"end\" <= tasks.\"end\"";

/// Works all of it out for the reports of a store that was written without.
pub(super) fn fill_in(conn: &Connection) -> rusqlite::Result<()> {
    let sessions: Vec<i64> = conn
        .prepare("SELECT id FROM sessions ORDER BY id")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    sessions
        .into_iter()
        .try_for_each(|session| fill_in_report(conn, session))
}

/// The same for one report.
pub(super) fn fill_in_report(conn: &Connection, session: i64) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "UPDATE sessions SET length = (SELECT NULLIF(length(replace(replace(replace(replace(substr(d.text, sessions.start + 1, \
         sessions.\"end\" - sessions.start), ' ', ''), char(10), ''), char(13), ''), '　', '')), 0) FROM documents d \
         WHERE d.id = document_id) WHERE id = ?1",
    )?
    .execute([session])?;
    conn.prepare_cached(&format!(
        "UPDATE tasks SET figures = ({FIGURES_IN_TASK}) WHERE session_id = ?1"
    ))?
    .execute([session])?;
    let mut set = conn.prepare_cached("UPDATE metrics SET answers = ?2 WHERE id = ?1")?;
    for (id, answers) in of_report(conn, session)? {
        set.execute((id, answers))?;
    }
    Ok(())
}

/// `metrics.answers` as it is to be for the figures of a stored report that have an indicator, by their ids.
pub(super) fn of_report(
    conn: &Connection,
    session: i64,
) -> rusqlite::Result<Vec<(i64, Option<i64>)>> {
    let (review_year, plan_year) = conn
        .prepare_cached("SELECT review_year, plan_year FROM sessions WHERE id = ?1")?
        .query_row([session], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows: Vec<Row> = conn
        .prepare_cached(
            "SELECT m.id, m.indicator, m.status, m.year, m.period, m.value IS NOT NULL, m.unit, CASE WHEN m.points_against IS NULL THEN m.growth_kind END, \
             x.type IS 'review', m.start, i.unit, m.label, i.name_zh FROM metrics m LEFT JOIN sections x ON x.id = m.section_id \
             JOIN indicators i ON i.id = m.indicator WHERE m.session_id = ?1 ORDER BY m.id",
        )?
        .query_map([session], |row| {
            let (label, name): (Option<String>, String) = (row.get(11)?, row.get(12)?);
            let own_unit: String = row.get(10)?;
            let is_added =
                label.is_some_and(|label| is_added(&label)) && is_added_to(&name, &own_unit);
            Ok(Row {
                id: row.get(0)?,
                indicator: row.get(1)?,
                own_unit,
                status: row.get(2)?,
                year: row.get(3)?,
                period: row.get(4)?,
                has_value: row.get(5)?,
                is_added,
                unit: row.get(6)?,
                growth: row.get(7)?,
                is_of_review: row.get(8)?,
                start: row.get(9)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let figures: Vec<(usize, Figure<'_>)> = rows.iter().map(Row::figure).enumerate().collect();
    let found = answers(
        &figures,
        Due {
            review_year,
            plan_year,
        },
    );
    let each = rows.iter().enumerate();
    Ok(each
        .map(|(at, row)| (row.id, found.get(&at).copied()))
        .collect())
}

/// The rows of a document with this text that say otherwise: `figure 7`, `task 3`, `report 1`, `the phrases of report 1`, by their ids.
pub(super) fn wrong(conn: &Connection, document: i64, text: &str) -> rusqlite::Result<Vec<String>> {
    let sessions: Vec<(i64, i64, i64, Option<i64>)> = conn
        .prepare_cached("SELECT id, start, \"end\", length FROM sessions WHERE document_id = ?1")?
        .query_map([document], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut found = Vec::new();
    for (session, start, end, held) in sessions {
        let at = |position: i64| usize::try_from(position).unwrap_or(0);
        let count = at(end).saturating_sub(at(start));
        let stretch: String = text.chars().skip(at(start)).take(count).collect();
        let length = length(&stretch);
        if held.unwrap_or(0) != length {
            found.push(format!("report {session}"));
        }
        if phrases::is_filled(conn)? && !phrases::are_right(conn, session)? {
            found.push(format!("the phrases of report {session}"));
        }
        let mut answers = conn.prepare_cached("SELECT answers FROM metrics WHERE id = ?1")?;
        for (id, expected) in of_report(conn, session)? {
            if answers.query_row([id], |row| row.get::<_, Option<i64>>(0))? != expected {
                found.push(format!("figure {id}"));
            }
        }
        let mut tasks = conn.prepare_cached(&format!(
            "SELECT 'task ' || id FROM tasks WHERE session_id = ?1 AND figures <> ({FIGURES_IN_TASK})"
        ))?;
        for task in tasks.query_map([session], |row| row.get(0))? {
            found.push(task?);
        }
    }
    Ok(found)
}

/// A figure as it is stored.
struct Row {
    id: i64,
    indicator: String,
    own_unit: String,
    status: String,
    year: Option<i64>,
    period: String,
    has_value: bool,
    is_added: bool,
    unit: Option<String>,
    growth: Option<String>,
    is_of_review: bool,
    start: i64,
}

impl Row {
    fn figure(&self) -> Figure<'_> {
        Figure {
            indicator: &self.indicator,
            own_unit: Some(&self.own_unit),
            status: &self.status,
            year: self.year,
            period: &self.period,
            has_value: self.has_value,
            is_added: self.is_added,
            unit: self.unit.as_deref(),
            growth: self.growth.as_deref(),
            is_of_review: self.is_of_review,
            start: self.start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_no_part_of_a_length() {
        assert_eq!(length("前 面　\r\n报 告\n后"), 5);
        assert_eq!(length("报告"), 2);
        assert_eq!(length(&"前面　\n".repeat(200)), 400);
        assert_eq!(length(""), 0);
    }
}
