//! Whether the full-text index says what the passages say.

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, Rows};

use super::fulltext::tokens;
use super::{Fault, SCHEMA, Store, StoreError};

impl Store {
    /// The first place where the index is not what the passages would give, if there is one.
    ///
    /// The passages are indexed again beside the file, and both indexes are read token for token.
    pub(super) fn index_fault(&self) -> Result<Option<Fault>, StoreError> {
        self.run(|conn| {
            let reads_only: bool = conn.pragma_query_value(None, "query_only", |row| row.get(0))?;
            conn.pragma_update(None, "query_only", false)?;
            let found = first_difference(conn);
            conn.execute_batch(
                "DROP TABLE IF EXISTS temp.held; DROP TABLE IF EXISTS temp.right; \
                 DROP TABLE IF EXISTS temp.passages_again",
            )?;
            conn.pragma_update(None, "query_only", reads_only)?;
            let said = match found {
                Ok(None) => return Ok(None),
                Ok(Some((passage, character))) => [
                    format!("the index and the passages differ at passage {passage} and the character {character}"),
                    format!("全文索引与句子不符：句子{passage}，字“{character}”"),
                ],
                // The index is damaged so that it cannot be read at all.
                Err(error) if error.sqlite_error_code().is_some() => {
                    [error.to_string(), error.to_string()]
                }
                Err(error) => return Err(error),
            };
            let [message, message_zh] = said;
            Ok(Some(Fault {
                promise: "index",
                message,
                message_zh,
            }))
        })
    }
}

/// The passage and the character at which they differ.
fn first_difference(conn: &Connection) -> rusqlite::Result<Option<(i64, String)>> {
    index_again(conn)?;
    conn.execute_batch(
        "CREATE VIRTUAL TABLE temp.held USING fts5vocab (main, passages_fts, instance); \
         CREATE VIRTUAL TABLE temp.right USING fts5vocab (temp, passages_again, instance)",
    )?;
    let mut held = conn.prepare("SELECT term, doc, \"offset\" FROM temp.held")?;
    let mut right = conn.prepare("SELECT term, doc, \"offset\" FROM temp.right")?;
    let (mut held, mut right) = (held.query(())?, right.query(())?);
    loop {
        let (found, wanted) = (next(&mut held)?, next(&mut right)?);
        if found == wanted {
            if found.is_none() {
                return Ok(None);
            }
            continue;
        }
        let at = wanted.or(found).unwrap_or_default();
        return Ok(Some((at.1, at.0)));
    }
}

/// A token with its passage and its place in it.
type Token = (String, i64, i64);

fn next(rows: &mut Rows<'_>) -> rusqlite::Result<Option<Token>> {
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let term = match row.get::<_, Cell>(0)? {
        Cell::Text(text) => text,
        other => format!("{other:?}"),
    };
    Ok(Some((term, row.get(1)?, row.get(2)?)))
}

fn index_again(conn: &Connection) -> rusqlite::Result<()> {
    const NAME: &str = "CREATE VIRTUAL TABLE passages_fts ";
    let statement = SCHEMA
        .find(NAME)
        .map(|at| &SCHEMA[at + NAME.len()..])
        .and_then(|rest| rest.split_inclusive(");\n").next())
        .unwrap_or_default();
    conn.execute_batch(&format!(
        "DROP TABLE IF EXISTS temp.passages_again; CREATE VIRTUAL TABLE temp.passages_again {statement}"
    ))?;
    let tx = conn.unchecked_transaction()?;
    {
        let mut passages = tx.prepare("SELECT id, text FROM main.passages ORDER BY id")?;
        let mut index =
            tx.prepare("INSERT INTO temp.passages_again (rowid, text) VALUES (?1, ?2)")?;
        let mut rows = passages.query(())?;
        while let Some(row) = rows.next()? {
            index.execute((row.get::<_, i64>(0)?, tokens(row.get_ref(1)?.as_str()?)))?;
        }
    }
    tx.commit()
}
