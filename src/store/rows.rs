//! Rows of one table, several a statement: what SQLite does for a statement it does once for all of them, and it finds the
//! place of a row from the one before.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Statement, ToSql};

/// As many rows a statement as are left, in one of these numbers.
const RUNS: [usize; 3] = [16, 4, 1];

/// A table and the columns that rows are given with.
pub(super) struct Rows {
    pub(super) table: &'static str,
    pub(super) columns: &'static [&'static str],
}

impl Rows {
    /// Inserts a row for each of these; `fill` gives the values of one, in the order of the columns.
    ///
    /// After an error some of the rows may be there, and the transaction has to be given up.
    pub(super) fn insert<T>(
        &self,
        conn: &Connection,
        each: &[T],
        fill: impl FnMut(usize, &T, &mut Row<'_, '_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        // Looking up what a row refers to, SQLite writes down what is needed to take back those before it.
        let is_checked = conn.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY)?;
        let runs = if is_checked { &[1] } else { &RUNS[..] };
        // `OR FAIL`, and no values for the primary key, which SQLite counts itself: else it writes down the same where a
        // later row may be wrong.
        self.write("INSERT OR FAIL", runs, conn, each, fill)
    }

    /// As [`Rows::insert`], with values for the primary key; what has such a key already goes. The table refers to no other.
    pub(super) fn replace<T>(
        &self,
        conn: &Connection,
        each: &[T],
        fill: impl FnMut(usize, &T, &mut Row<'_, '_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        self.write("REPLACE", &RUNS, conn, each, fill)
    }

    fn write<T>(
        &self,
        verb: &str,
        runs: &[usize],
        conn: &Connection,
        each: &[T],
        mut fill: impl FnMut(usize, &T, &mut Row<'_, '_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let mut at = 0;
        for &run in runs {
            if each.len() - at < run {
                continue;
            }
            let mut statement = conn.prepare_cached(&self.statement(verb, run))?;
            for several in each[at..].chunks_exact(run) {
                let mut row = Row {
                    statement: &mut statement,
                    given: 0,
                };
                for one in several {
                    fill(at, one, &mut row)?;
                    at += 1;
                }
                statement.raw_execute()?;
            }
        }
        Ok(())
    }

    fn statement(&self, verb: &str, rows: usize) -> String {
        let row = format!("({})", vec!["?"; self.columns.len()].join(", "));
        let columns = self.columns.join(", ");
        let mut statement = format!("{verb} INTO {} ({columns}) VALUES {row}", self.table);
        for _ in 1..rows {
            statement.push_str(", ");
            statement.push_str(&row);
        }
        statement
    }
}

/// A row that is being filled.
pub(super) struct Row<'s, 'c> {
    statement: &'s mut Statement<'c>,
    given: usize,
}

impl Row<'_, '_> {
    /// Gives the value of the next column.
    pub(super) fn put(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.given += 1;
        self.statement.raw_bind_parameter(self.given, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_any_number_in_their_order() -> rusqlite::Result<()> {
        const ROWS: Rows = Rows {
            table: "held",
            columns: &["at", "text"],
        };
        for count in [0, 1, 3, 4, 5, 16, 37] {
            let conn = Connection::open_in_memory()?;
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, count % 2 == 0)?;
            conn.execute_batch(
                "CREATE TEMP TABLE held (id INTEGER PRIMARY KEY, at INTEGER, text TEXT)",
            )?;
            let texts: Vec<String> = (0..count).map(|at| format!("row {at}")).collect();
            ROWS.insert(&conn, &texts, |at, text, row| {
                row.put(at as i64)?;
                row.put(text)
            })?;
            let held: Vec<String> = conn
                .prepare("SELECT text FROM held WHERE at = id - 1 ORDER BY id")?
                .query_map((), |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            assert_eq!(held, texts);
        }
        Ok(())
    }
}
