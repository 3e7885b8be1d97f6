use std::collections::HashMap;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::postings::{Postings, Token};
use super::segment::Segment;
use super::structure::{Structure, add_to_totals};
use super::{tokens, varint};

/// What shall come into the index together.
#[derive(Debug, Default)]
pub(in crate::store) struct Pending {
    lists: HashMap<char, List>,
    /// How many tokens each passage has.
    sizes: Vec<(i64, u32)>,
}

/// A token's list as it is written down.
#[derive(Debug, Default)]
struct List {
    bytes: Vec<u8>,
    last: i64,
}

impl Pending {
    /// Adds the passages of a file, which have ids from `first` on, larger than those of any passage before. What is not
    /// usual goes to FTS5 at once; `text` gives a passage by its number.
    pub(in crate::store) fn add<'t>(
        &mut self,
        conn: &Connection,
        first: i64,
        postings: &Postings,
        text: impl Fn(usize) -> &'t str,
    ) -> rusqlite::Result<()> {
        for (at, size) in postings.sizes.iter().enumerate() {
            let id = first + at as i64;
            match size {
                Some(size) => self.sizes.push((id, *size)),
                None => index(conn, id, text(at))?,
            }
        }
        let mut begin = 0;
        for &Token {
            sign,
            first: in_file,
            last,
            end,
        } in &postings.tokens
        {
            let list = self.lists.entry(sign).or_default();
            let passage = first + i64::from(in_file);
            varint::put((passage - list.last) as u64, &mut list.bytes);
            list.bytes.extend_from_slice(&postings.lists[begin..end]);
            list.last = first + i64::from(last);
            begin = end;
        }
        Ok(())
    }

    /// How many passages it has.
    pub(in crate::store) fn passages(&self) -> usize {
        self.sizes.len()
    }

    /// Writes all of it into the index, as one segment. The connection is in a transaction.
    pub(in crate::store) fn write(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        if self.lists.is_empty() {
            return Ok(());
        }
        settle(conn)?;
        // FTS5's own tables cannot be written to otherwise. Nothing that the file holds is run meanwhile: triggers are off.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
        let written = self.write_segment(conn);
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        if written? >= MERGED_AT {
            conn.execute(
                "INSERT INTO passages_fts (passages_fts, rank) VALUES ('merge', ?1)",
                [i32::MAX],
            )?;
        }
        Ok(())
    }

    /// Gives how many segments wait to be merged now.
    fn write_segment(&mut self, conn: &Connection) -> rusqlite::Result<usize> {
        let mut structure = Structure::load(conn)?;
        let id = structure.free_id()?;
        let mut segment = Segment::new(conn, id);
        let mut lists: Vec<(char, List)> = self.lists.drain().collect();
        lists.sort_unstable_by_key(|(token, _)| *token);
        for (token, list) in lists {
            segment.add(token, &list.bytes)?;
        }
        let pages = segment.finish()?;
        structure.add(id, pages);
        structure.save(conn)?;
        let mut insert =
            conn.prepare_cached("REPLACE INTO passages_fts_docsize (id, sz) VALUES (?1, ?2)")?;
        let mut bytes = Vec::new();
        for &(id, size) in &self.sizes {
            bytes.clear();
            varint::put(u64::from(size), &mut bytes);
            insert.execute((id, &bytes))?;
        }
        let tokens = self.sizes.iter().map(|&(_, size)| u64::from(size)).sum();
        add_to_totals(conn, self.sizes.len() as u64, tokens)?;
        self.sizes.clear();
        Ok(structure.unmerged())
    }
}

/// So many segments that were never merged become one: a search looks into each segment, and merging costs time.
const MERGED_AT: usize = 8;

/// Indexes one passage by FTS5 itself.
pub(in crate::store) fn index(conn: &Connection, id: i64, text: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT INTO passages_fts (rowid, text) VALUES (?1, ?2)")?
        .execute((id, tokens(text)))
        .map(drop)
}

/// Has FTS5 write down what it gathered and forget the list of segments that it read: the next that it does, it does with
/// what it finds in its tables. It does the first when a savepoint is made, the second when it is gone back to, and both
/// only where it has a part in the transaction: so it is given something to do that does nothing.
fn settle(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "INSERT INTO passages_fts (passages_fts, rank) VALUES ('merge', 0); \
         SAVEPOINT settled; ROLLBACK TO settled; RELEASE settled",
    )
}
