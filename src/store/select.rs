use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::{Store, StoreError};
use crate::fact::Value;

/// What a question's SQL gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// Names of the columns, in order.
    pub columns: Vec<String>,
    /// The rows; each has a value a column.
    pub rows: Vec<Vec<Value>>,
}

impl Store {
    /// Runs one SELECT with its parameters (`?1` is the first).
    ///
    /// Whatever would change the store, reach another file or change a setting is refused before it runs.
    pub fn select(&self, sql: &str, params: &[Value]) -> Result<Rows, StoreError> {
        let _guard = Guard::raise(&self.guarded);
        let refused = || StoreError::NotAQuestion {
            sql: sql.to_owned(),
        };
        let mut statement = match self.conn.prepare(sql) {
            Ok(statement) if statement.readonly() && statement.column_count() > 0 => statement,
            Ok(_) | Err(rusqlite::Error::MultipleStatement) => return Err(refused()),
            Err(error)
                if error.sqlite_error_code()
                    == Some(rusqlite::ErrorCode::AuthorizationForStatementDenied) =>
            {
                return Err(refused());
            }
            Err(error) => return Err(StoreError::new(&self.path, &error)),
        };
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut read = || {
            let mut found = statement.query(rusqlite::params_from_iter(params))?;
            let mut rows = Vec::new();
            while let Some(row) = found.next()? {
                let cells = 0..columns.len();
                rows.push(
                    cells
                        .map(|at| row.get_ref(at).map(value))
                        .collect::<rusqlite::Result<Vec<Value>>>()?,
                );
            }
            Ok(rows)
        };
        let rows = read().map_err(|error| StoreError::new(&self.path, &error))?;
        Ok(Rows { columns, rows })
    }
}

/// Lets SQLite ask, for each thing that a statement would do, whether it may. Only questions are guarded.
pub(super) fn install_guard(
    conn: &mut Connection,
    guarded: Arc<AtomicBool>,
) -> rusqlite::Result<()> {
    conn.authorizer(Some(move |context: AuthContext<'_>| {
        if !guarded.load(Ordering::Relaxed) || is_reading(&context.action) {
            Authorization::Allow
        } else {
            Authorization::Deny
        }
    }))
}

fn is_reading(action: &AuthAction<'_>) -> bool {
    match action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => {
            !function_name.eq_ignore_ascii_case("load_extension")
        }
        // The full-text index asks this of itself, to see whether the file has changed.
        AuthAction::Pragma { pragma_name, .. } => pragma_name.eq_ignore_ascii_case("data_version"),
        _ => false,
    }
}

/// Holds the guard up while it lives.
struct Guard<'a>(&'a AtomicBool);

impl<'a> Guard<'a> {
    fn raise(guarded: &'a AtomicBool) -> Self {
        guarded.store(true, Ordering::Relaxed);
        Self(guarded)
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
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
fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            Value::Text(String::from_utf8_lossy(bytes).into_owned())
        }
    }
}
