use rusqlite::Connection;

use super::varint;

/// A page is full when it has so many bytes, as FTS5 has it; what belongs to one passage is not parted, so that a page may
/// have more.
const PAGE: usize = 4050;
/// The passages of a token that goes over so many pages without another are indexed by page.
const LONG_LIST: usize = 4;

/// Writes one segment: tokens in their order, each with the list of its passages, on numbered pages.
///
/// The names of FTS5's source for what is here: a leaf is a page, `pgidx` the footer, `dlidx` the ladder, `btterm` the key.
pub(super) struct Segment<'c> {
    conn: &'c Connection,
    id: i64,
    /// Of the page that is being filled, from 1.
    number: i64,
    page: Vec<u8>,
    /// The distances of the page's tokens.
    footer: Vec<u8>,
    /// Where the last token of the page begins.
    last_token: usize,
    token: Vec<u8>,
    /// Nothing but the passages of a token of an earlier page is on this one as yet; then the next passage is the first
    /// of the page.
    has_token: bool,
    has_passage: bool,
    /// The first token of the page that the table of pages shall name next, and the page.
    key: Vec<u8>,
    key_page: i64,
    ladder: Ladder,
}

/// The first passages of the pages over which the list of a token goes.
#[derive(Default)]
struct Ladder {
    /// The page on which the token stands.
    page: i64,
    bytes: Vec<u8>,
    last: i64,
    /// How many pages have no token.
    bare: usize,
}

/// The number at the head of a list, and what is left of the list.
fn number_before(list: &[u8]) -> (u64, &[u8]) {
    match list {
        [number @ ..0x80, rest @ ..] => (u64::from(*number), rest),
        _ => {
            let (number, length) = varint::get(list).unwrap_or_default();
            (number, &list[length..])
        }
    }
}

/// What is left of a list behind the places of a passage, which begin with their length.
fn behind_places(list: &[u8]) -> &[u8] {
    let (length, rest) = number_before(list);
    &rest[length as usize / 2..]
}

impl<'c> Segment<'c> {
    /// Begins a segment with an id that no other has.
    pub(super) fn new(conn: &'c Connection, id: i64) -> Self {
        Self {
            conn,
            id,
            number: 1,
            page: vec![0; 4],
            footer: Vec::new(),
            last_token: 0,
            token: Vec::new(),
            has_token: false,
            has_passage: false,
            key: Vec::new(),
            key_page: 1,
            ladder: Ladder::default(),
        }
    }

    /// Adds a token, larger than those before, with its list, the first passage included.
    pub(super) fn add(&mut self, token: char, list: &[u8]) -> rusqlite::Result<()> {
        self.add_token(token)?;
        if self.filled() + list.len() <= PAGE {
            self.page.extend_from_slice(list);
            return Ok(());
        }
        let mut passage = 0;
        let mut rest = list;
        while !rest.is_empty() {
            let mut least = 1;
            if !(self.has_token || self.has_passage) {
                least = 0;
                let distance;
                (distance, rest) = number_before(rest);
                passage += distance;
                self.begin_with(passage);
                let places = rest;
                rest = behind_places(rest);
                self.page
                    .extend_from_slice(&places[..places.len() - rest.len()]);
            }
            // As many passages more as the page takes, the last of them whole.
            let room = PAGE.saturating_sub(self.filled()).max(least);
            let passages = rest;
            while !rest.is_empty() && passages.len() - rest.len() < room {
                let distance;
                (distance, rest) = number_before(rest);
                passage += distance;
                rest = behind_places(rest);
            }
            self.page
                .extend_from_slice(&passages[..passages.len() - rest.len()]);
            if !rest.is_empty() {
                self.finish_page()?;
            }
        }
        Ok(())
    }

    /// Writes what is left and gives the number of the last page.
    pub(super) fn finish(mut self) -> rusqlite::Result<i64> {
        if self.page.len() > 4 {
            self.finish_page()?;
        }
        self.finish_key()?;
        Ok(self.number - 1)
    }

    fn filled(&self) -> usize {
        self.page.len() + self.footer.len()
    }

    fn add_token(&mut self, token: char) -> rusqlite::Result<()> {
        // The key of FTS5's own table, before those of prefixes.
        const MAIN: u8 = b'0';
        let mut bytes = [MAIN; 5];
        let length = 1 + token.encode_utf8(&mut bytes[1..]).len();
        let token = &bytes[..length];
        if self.filled() + token.len() + 2 >= PAGE && self.page.len() > 4 {
            self.finish_page()?;
        }
        let distance = self.page.len() - self.last_token;
        varint::put(distance as u64, &mut self.footer);
        self.last_token = self.page.len();
        let common = token.iter().zip(&self.token);
        let common = common.take_while(|(a, b)| a == b).count();
        let written = if self.has_token {
            varint::put(common as u64, &mut self.page);
            &token[common..]
        } else {
            if self.number > 1 {
                self.finish_key()?;
                // As much of it as sets it apart from the token before.
                self.key = token[..token.len().min(common + 1)].to_vec();
                self.key_page = self.number;
            }
            token
        };
        varint::put(written.len() as u64, &mut self.page);
        self.page.extend_from_slice(written);
        self.token = token.to_vec();
        self.has_token = true;
        self.ladder.page = self.number;
        Ok(())
    }

    /// Begins a page with a passage of a token that stands on an earlier one.
    fn begin_with(&mut self, passage: u64) {
        let here = self.page.len() as u16;
        self.page[..2].copy_from_slice(&here.to_be_bytes());
        varint::put(passage, &mut self.page);
        self.has_passage = true;
        let ladder = &mut self.ladder;
        if ladder.bytes.is_empty() {
            ladder.bytes.push(0);
            varint::put(self.number as u64, &mut ladder.bytes);
            varint::put(passage, &mut ladder.bytes);
        } else {
            varint::put(passage - ladder.last as u64, &mut ladder.bytes);
        }
        ladder.last = passage as i64;
    }

    fn finish_page(&mut self) -> rusqlite::Result<()> {
        let length = self.page.len() as u16;
        self.page[2..4].copy_from_slice(&length.to_be_bytes());
        if !self.has_token {
            self.ladder.bare += 1;
        }
        self.page.append(&mut self.footer);
        self.put(self.number, &self.page)?;
        self.page.truncate(4);
        self.page.fill(0);
        self.last_token = 0;
        self.has_token = false;
        self.has_passage = false;
        self.number += 1;
        Ok(())
    }

    /// Writes the page of the key into the table of pages, and the ladder of its last token if that is long.
    fn finish_key(&mut self) -> rusqlite::Result<()> {
        /// The bit that sets the numbers of ladders apart from those of pages.
        const LADDER: i64 = 1 << 36;
        let is_long = !self.ladder.bytes.is_empty() && self.ladder.bare >= LONG_LIST;
        if is_long {
            self.put(LADDER + self.ladder.page, &self.ladder.bytes)?;
        }
        self.ladder.bytes.clear();
        self.ladder.bare = 0;
        self.conn
            .prepare_cached("INSERT INTO passages_fts_idx (segid, term, pgno) VALUES (?1, ?2, ?3)")?
            .execute((self.id, &self.key, self.key_page << 1 | i64::from(is_long)))?;
        Ok(())
    }

    fn put(&self, number: i64, block: &[u8]) -> rusqlite::Result<()> {
        self.conn
            .prepare_cached("INSERT INTO passages_fts_data (id, block) VALUES (?1, ?2)")?
            .execute(((self.id << 37) + number, block))?;
        Ok(())
    }
}
