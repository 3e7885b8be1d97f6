use std::mem;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::merging::MERGED_AT;
use super::postings::{Postings, Token};
use super::segment::Segment;
use super::structure::{Structure, add_to_totals};
use super::{tokens, varint};
use crate::store::rows::Rows;

/// What shall come into the index together.
#[derive(Debug, Default)]
pub(in crate::store) struct Pending {
    /// The files, each with the id of its first passage.
    files: Vec<(i64, Postings)>,
    /// How many tokens each passage has.
    sizes: Vec<(i64, u32)>,
}

impl Pending {
    /// Adds the passages of a file, which have ids from `first` on, larger than those of any passage before. What is not
    /// usual goes to FTS5 at once; `text` gives a passage by its number.
    pub(in crate::store) fn add<'t>(
        &mut self,
        conn: &Connection,
        first: i64,
        postings: Postings,
        text: impl Fn(usize) -> &'t str,
    ) -> rusqlite::Result<()> {
        for (at, size) in postings.sizes.iter().enumerate() {
            let id = first + at as i64;
            match size {
                Some(size) => self.sizes.push((id, *size)),
                None => index(conn, id, text(at))?,
            }
        }
        if !postings.tokens.is_empty() {
            self.files.push((first, postings));
        }
        Ok(())
    }

    /// How many passages it has.
    pub(in crate::store) fn passages(&self) -> usize {
        self.sizes.len()
    }

    /// Writes all of it into the index, as one segment. The connection is in a transaction.
    pub(in crate::store) fn write(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        if self.files.is_empty() {
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
        let mut list = Vec::new();
        for parts in parts(&self.files).chunk_by(|a, b| a.sign == b.sign) {
            self.put_together(parts, &mut list);
            segment.add(parts[0].sign, &list)?;
        }
        self.files.clear();
        let pages = segment.finish()?;
        structure.add(id, pages);
        structure.save(conn)?;
        let mut bytes = Vec::new();
        SIZES.replace(conn, &self.sizes, |_, &(id, size), row| {
            bytes.clear();
            varint::put(u64::from(size), &mut bytes);
            row.put(id)?;
            row.put(&bytes)
        })?;
        let tokens = self.sizes.iter().map(|&(_, size)| u64::from(size)).sum();
        add_to_totals(conn, self.sizes.len() as u64, tokens)?;
        self.sizes.clear();
        Ok(structure.unmerged())
    }

    /// Writes down the list of a token over all files.
    fn put_together(&self, parts: &[Part], list: &mut Vec<u8>) {
        list.clear();
        let mut last_passage = 0;
        for part in parts {
            let (first, postings) = &self.files[part.file as usize];
            let Token {
                first: in_file,
                last,
                ..
            } = postings.tokens[part.token as usize];
            let passage = first + i64::from(in_file);
            varint::put((passage - last_passage) as u64, list);
            list.extend_from_slice(postings.list(part.token as usize));
            last_passage = first + i64::from(last);
        }
    }
}

const SIZES: Rows = Rows {
    table: "passages_fts_docsize",
    columns: &["id", "sz"],
};

/// A token's list in one file.
#[derive(Clone, Copy)]
struct Part {
    sign: char,
    /// The file, and the token of it.
    file: u32,
    token: u32,
}

/// By token, those of a token in the order of the files. Each is put where there is room for its token, which takes one
/// look at each and a count: all tokens are of the basic plane.
fn parts(files: &[(i64, Postings)]) -> Vec<Part> {
    let mut places = vec![0; 1 << 16];
    let signs = || files.iter().flat_map(|(_, file)| &file.tokens);
    for token in signs() {
        places[token.sign as usize] += 1;
    }
    let mut sum = 0;
    for place in &mut places {
        sum += mem::replace(place, sum);
    }
    let none = Part {
        sign: '\0',
        file: 0,
        token: 0,
    };
    let mut parts = vec![none; sum];
    for (file, (_, postings)) in (0..).zip(files) {
        for (token, held) in (0..).zip(&postings.tokens) {
            let place = &mut places[held.sign as usize];
            parts[*place] = Part {
                sign: held.sign,
                file,
                token,
            };
            *place += 1;
        }
    }
    parts
}

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
