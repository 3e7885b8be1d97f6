use rusqlite::{Connection, Error, ffi};

use super::varint;

/// Where FTS5 keeps how many passages and tokens there are, and the list of its segments.
const TOTALS: i64 = 1;
const STRUCTURE: i64 = 10;

/// The segments of the index, by level: those of a level are merged into one of the next.
pub(super) struct Structure {
    /// Changes with the index's settings; FTS5's own.
    cookie: [u8; 4],
    /// Pages written so far; FTS5 merges by it.
    written: u64,
    levels: Vec<Level>,
}

#[derive(Default)]
struct Level {
    /// How many of the segments are being merged.
    merging: u64,
    /// Id, first page, last page.
    segments: Vec<[u64; 3]>,
}

impl Structure {
    pub(super) fn load(conn: &Connection) -> rusqlite::Result<Self> {
        let block = load(conn, STRUCTURE)?;
        Self::decode(&block).ok_or_else(|| damaged("the list of the full-text index's segments"))
    }

    fn decode(block: &[u8]) -> Option<Self> {
        let (cookie, rest) = block.split_first_chunk()?;
        let mut numbers = Numbers(rest);
        let (levels, _segments, written) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let mut structure = Self {
            cookie: *cookie,
            written,
            levels: Vec::new(),
        };
        for _ in 0..levels {
            let (merging, segments) = (numbers.next()?, numbers.next()?);
            let mut level = Level {
                merging,
                segments: Vec::new(),
            };
            for _ in 0..segments {
                level
                    .segments
                    .push([numbers.next()?, numbers.next()?, numbers.next()?]);
            }
            structure.levels.push(level);
        }
        numbers.0.is_empty().then_some(structure)
    }

    /// The least id that no segment has. FTS5 has no more than some thousands of segments, and merges them before that.
    pub(super) fn free_id(&self) -> rusqlite::Result<i64> {
        const LARGEST: u64 = 1999;
        let taken = || self.levels.iter().flat_map(|level| &level.segments);
        (1..=LARGEST)
            .find(|id| !taken().any(|[taken, ..]| taken == id))
            .map(|id| id as i64)
            .ok_or_else(|| damaged("the full-text index has too many segments; it"))
    }

    /// How many segments wait to be merged for the first time.
    pub(super) fn unmerged(&self) -> usize {
        self.levels.first().map_or(0, |level| level.segments.len())
    }

    /// Adds a segment with so many pages, the newest.
    pub(super) fn add(&mut self, id: i64, pages: i64) {
        if self.levels.is_empty() {
            self.levels.push(Level::default());
        }
        self.levels[0].segments.push([id as u64, 1, pages as u64]);
        self.written = self.written.wrapping_add(pages as u64);
    }

    pub(super) fn save(&self, conn: &Connection) -> rusqlite::Result<()> {
        let segments: usize = self.levels.iter().map(|level| level.segments.len()).sum();
        let mut block = self.cookie.to_vec();
        for number in [self.levels.len() as u64, segments as u64, self.written] {
            varint::put(number, &mut block);
        }
        for level in &self.levels {
            varint::put(level.merging, &mut block);
            varint::put(level.segments.len() as u64, &mut block);
            for number in level.segments.iter().flatten() {
                varint::put(*number, &mut block);
            }
        }
        save(conn, STRUCTURE, &block)
    }
}

/// Counts passages and their tokens in.
pub(super) fn add_to_totals(conn: &Connection, passages: u64, tokens: u64) -> rusqlite::Result<()> {
    let block = load(conn, TOTALS)?;
    let mut numbers = Numbers(&block);
    let held = if block.is_empty() {
        Some((0, 0))
    } else {
        numbers.next().zip(numbers.next())
    };
    let (held_passages, held_tokens) =
        held.ok_or_else(|| damaged("the totals of the full-text index"))?;
    let mut block = Vec::new();
    // What a damaged file holds may be any number.
    varint::put(held_passages.wrapping_add(passages), &mut block);
    varint::put(held_tokens.wrapping_add(tokens), &mut block);
    save(conn, TOTALS, &block)
}

struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn next(&mut self) -> Option<u64> {
        let (number, length) = varint::get(self.0)?;
        self.0 = &self.0[length..];
        Some(number)
    }
}

fn load(conn: &Connection, id: i64) -> rusqlite::Result<Vec<u8>> {
    conn.prepare_cached("SELECT block FROM passages_fts_data WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
}

fn save(conn: &Connection, id: i64, block: &[u8]) -> rusqlite::Result<()> {
    conn.prepare_cached("REPLACE INTO passages_fts_data (id, block) VALUES (?1, ?2)")?
        .execute((id, block))
        .map(drop)
}

fn damaged(what: &str) -> Error {
    Error::SqliteFailure(
        ffi::Error::new(ffi::SQLITE_CORRUPT_VTAB),
        Some(format!("{what} is damaged")),
    )
}
