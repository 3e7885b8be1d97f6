use std::ops::ControlFlow;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};

use super::{Store, StoreError};
use crate::fact::Value;

/// The rows of one question have no more bytes than this, where they are held together.
pub(super) const LARGEST: usize = 512_000_000;

/// So many rows, or so many bytes of rows, are a part of them.
const PART_ROWS: usize = 5_000;
const PART_BYTES: usize = 8_000_000;

/// What a question's SQL gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// Names of the columns, in order.
    pub columns: Vec<String>,
    /// The rows; each has a value a column.
    pub rows: Vec<Vec<Value>>,
    /// Whether there were more rows than the limit let through.
    pub are_cut: bool,
}

/// How much a statement may cost; `None` is without a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// How long it may run; it fails with [`StoreError::TooSlow`] after that.
    pub time: Option<Duration>,
    /// How many rows are read; there may be more, which [`Rows::are_cut`] says.
    pub rows: Option<usize>,
}

impl Store {
    /// Runs one SELECT with its parameters (`?1` is the first).
    ///
    /// Whatever would change the store, reach another file or change a setting is refused before it runs.
    pub fn select(&self, sql: &str, params: &[Value]) -> Result<Rows, StoreError> {
        self.select_within(sql, params, Limits::default())
    }

    /// As [`Store::select`], limited in time and rows.
    pub fn select_within(
        &self,
        sql: &str,
        params: &[Value],
        limits: Limits,
    ) -> Result<Rows, StoreError> {
        let mut is_too_large = false;
        let all = (usize::MAX, LARGEST);
        let read = self.read(sql, params, limits, all, &mut |_| {
            is_too_large = true;
            ControlFlow::Break(())
        })?;
        if is_too_large {
            return Err(StoreError::TooLarge {
                most: LARGEST / 1_000_000,
            });
        }
        Ok(read)
    }

    /// As [`Store::select_within`], with many rows handed over in parts as they are read, so that they never stand in
    /// memory together; gives those that are left at the end.
    ///
    /// The time that is spent with a part does not count. Nothing more is read after [`ControlFlow::Break`].
    pub fn select_in_parts(
        &self,
        sql: &str,
        params: &[Value],
        limits: Limits,
        part: &mut dyn FnMut(Rows) -> ControlFlow<()>,
    ) -> Result<Rows, StoreError> {
        let size = (PART_ROWS, PART_BYTES);
        self.read(sql, params, limits, size, &mut |rows| {
            let columns = rows.columns.clone();
            let rest = Rows {
                columns,
                ..Rows::default()
            };
            let whole = std::mem::replace(rows, rest);
            self.watch.pause(|| part(whole))
        })
    }

    /// Reads rows and calls `full` whenever more than so many, or so many bytes, are held.
    fn read(
        &self,
        sql: &str,
        params: &[Value],
        limits: Limits,
        (most_rows, most_bytes): (usize, usize),
        full: &mut dyn FnMut(&mut Rows) -> ControlFlow<()>,
    ) -> Result<Rows, StoreError> {
        let _guard = self.watch.raise(limits.time);
        let failed = |error: &rusqlite::Error| self.failed(error, limits.time);
        let refused = || StoreError::NotAQuestion {
            sql: sql.to_owned(),
        };
        // What an earlier question was refused for is not this one's.
        drop(self.watch.take_refused());
        // The next question of the same kind differs in its parameters alone.
        let mut statement = match self.conn.prepare_cached(sql) {
            Ok(statement) if statement.readonly() && statement.column_count() > 0 => statement,
            Ok(_) | Err(rusqlite::Error::MultipleStatement) => return Err(refused()),
            Err(error) => {
                let is_denied = error.sqlite_error_code()
                    == Some(rusqlite::ErrorCode::AuthorizationForStatementDenied);
                return Err(match self.watch.take_refused() {
                    Some(what) => StoreError::NotOfAStore { what },
                    None if is_denied => refused(),
                    None => failed(&error),
                });
            }
        };
        let mut read = Rows {
            columns: statement.column_names().map(str::to_owned).collect(),
            ..Rows::default()
        };
        let (mut count, mut bytes) = (0, 0);
        let width = read.columns.len();
        let mut fetch = || -> rusqlite::Result<()> {
            let mut found = statement.query(rusqlite::params_from_iter(params))?;
            while let Some(row) = found.next()? {
                if limits.rows.is_some_and(|most| count >= most) {
                    read.are_cut = true;
                    break;
                }
                // Made as long as it will be: of an iterator that may fail its length is not known.
                let mut cells = Vec::with_capacity(width);
                for at in 0..width {
                    cells.push(value(row.get_ref(at)?));
                }
                bytes += cells.iter().map(size).sum::<usize>();
                read.rows.push(cells);
                count += 1;
                if read.rows.len() > most_rows || bytes > most_bytes {
                    if full(&mut read).is_break() {
                        break;
                    }
                    bytes = 0;
                }
            }
            Ok(())
        };
        fetch().map_err(|error| failed(&error))?;
        Ok(read)
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

/// The store has no blobs; one that a question makes is shown as its text.
pub(super) fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Value::Text(match str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => String::from_utf8_lossy(bytes).into_owned(),
        }),
    }
}

/// How much memory a value takes, about.
fn size(value: &Value) -> usize {
    size_of::<Value>() + value.text().map_or(0, str::len)
}
