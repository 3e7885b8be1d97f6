//! Policy phrases (政策用语) that a report says: what it puts in quotation marks, and the phrases of the program's list,
//! which mostly stand without any.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use rusqlite::Connection;

use super::rows::Rows;
use super::{Fingerprint, Store, StoreError, meta};
use crate::document::word_table::{Classes, WordTable};
use crate::fact::{PHRASES_TABLE, known_phrases};

/// The phrases of a report in the order of their bytes, each with the first passage that says it.
pub(super) type Said<'t> = BTreeMap<Cow<'t, str>, i64>;

/// So many characters stand between the quotation marks of a phrase; what is longer is a title or a saying.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=10;

/// The entry of `meta` with a digest of the list by which the table was filled.
const LIST: &str = "phrases";

const PHRASES: Rows = Rows {
    table: "phrases",
    columns: &["session_id", "phrase", "passage_id"],
};

impl Store {
    /// Whether the file says which phrases its reports say, by the list of this program.
    pub fn has_phrases(&self) -> Result<bool, StoreError> {
        self.run(is_filled)
    }
}

/// The list as it is looked for: in small letters, as the full-text index compares.
struct Known {
    words: WordTable,
    /// How the list has them.
    spelt: HashMap<String, &'static str>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let small = |phrase: &'static str| -> &'static str {
        if phrase.bytes().any(|byte| byte.is_ascii_uppercase()) {
            phrase.to_ascii_lowercase().leak()
        } else {
            phrase
        }
    };
    Known {
        words: WordTable::new(known_phrases().map(|phrase| (small(phrase), 0))),
        spelt: known_phrases()
            .map(|phrase| (small(phrase).to_owned(), phrase))
            .collect(),
    }
});

/// The phrases of a report with these passages, in their order.
pub(super) fn said<'t>(passages: impl Iterator<Item = (i64, &'t str)>) -> Said<'t> {
    let mut said = Said::new();
    for (id, text) in passages {
        let compared = compared(text);
        // Few passages say one, and to ask whether costs less than to ask for all.
        if KNOWN.words.holds(&compared, Classes::one(0)) {
            for (_, word) in KNOWN.words.within(&compared, Classes::one(0)) {
                if let Some(&phrase) = KNOWN.spelt.get(word) {
                    said.entry(Cow::Borrowed(phrase)).or_insert(id);
                }
            }
        }
        for phrase in quoted(text) {
            // Whoever quotes one of the list says it.
            said.entry(Cow::Borrowed(phrase)).or_insert(id);
        }
    }
    said
}

/// A text as the full-text index compares it: without blanks, in small letters. Cleaned texts have no blanks but those of ASCII,
/// so that bytes are looked at, many at once.
fn compared(text: &str) -> Cow<'_, str> {
    let is_left_out = |c: char| c.is_whitespace() || c.is_control();
    let differs = |byte: u8| (byte <= b' ') | byte.is_ascii_uppercase();
    if !text
        .bytes()
        .fold(false, |found, byte| found | differs(byte))
    {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| !is_left_out(*c));
    Cow::Owned(kept.map(|c| c.to_ascii_lowercase()).collect())
}

/// What stands in quotation marks and may be a phrase: words alone, and not many.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    const MARK: &str = "“";
    let is_of_word = |c: char| ('一'..='龥').contains(&c) || c.is_ascii_alphanumeric() || c == '+';
    // Its first byte begins no Chinese character; the last one, which `match_indices` looks for, ends many.
    let places = memchr::memchr_iter(MARK.as_bytes()[0], text.as_bytes());
    places.filter_map(move |at| {
        let rest = text[at..].strip_prefix(MARK)?;
        let end = rest.find(|c| !is_of_word(c))?;
        let phrase = &rest[..end];
        (rest[end..].starts_with('”') && LENGTHS.contains(&phrase.chars().count()))
            .then_some(phrase)
    })
}

/// Writes the phrases of a report.
pub(super) fn write<S: AsRef<str>>(
    conn: &Connection,
    session: i64,
    said: &[(S, i64)],
) -> rusqlite::Result<()> {
    PHRASES.insert(conn, said, |_, (phrase, passage), row| {
        row.put(session)?;
        row.put(phrase.as_ref())?;
        row.put(passage)
    })
}

/// Works them out of the passages of a stored report.
pub(super) fn fill_in_report(conn: &Connection, session: i64) -> rusqlite::Result<()> {
    let passages = of_report(conn, session)?;
    let said = said(passages.iter().map(|(id, text)| (*id, text.as_str())));
    write(conn, session, &said.into_iter().collect::<Vec<_>>())
}

/// Whether those of a stored report are what its passages say.
pub(super) fn are_right(conn: &Connection, session: i64) -> rusqlite::Result<bool> {
    let passages = of_report(conn, session)?;
    let said = said(passages.iter().map(|(id, text)| (*id, text.as_str())));
    let held: Vec<(String, i64)> = conn
        .prepare_cached(
            "SELECT phrase, passage_id FROM phrases WHERE session_id = ?1 ORDER BY phrase",
        )?
        .query_map([session], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let held = held.iter().map(|(phrase, id)| (phrase.as_str(), *id));
    Ok(held.eq(said.iter().map(|(phrase, id)| (phrase.as_ref(), *id))))
}

fn of_report(conn: &Connection, session: i64) -> rusqlite::Result<Vec<(i64, String)>> {
    conn.prepare_cached("SELECT id, text FROM passages WHERE session_id = ?1 ORDER BY id")?
        .query_map([session], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Whether the table is there, and that of this program's list.
pub(super) fn is_filled(conn: &Connection) -> rusqlite::Result<bool> {
    const SINCE: i32 = 4;
    let version: i32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version >= SINCE && meta::get(conn, LIST)?.as_deref() == Some(digest().as_str()))
}

/// Says that it is.
pub(super) fn note_filled(conn: &Connection) -> rusqlite::Result<()> {
    meta::set(conn, LIST, digest().as_str())
}

/// Fills the table for all reports by this program's list, unless it is so already. What another program writes it
/// writes by its own list, and fills the whole table before.
pub(super) fn refresh(conn: &Connection) -> rusqlite::Result<()> {
    if is_filled(conn)? {
        return Ok(());
    }
    let tx = conn.unchecked_transaction()?;
    fill_in(&tx)?;
    tx.commit()
}

/// The same within a transaction, without asking.
pub(super) fn fill_in(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute("DELETE FROM phrases", ())?;
    let sessions: Vec<i64> = conn
        .prepare("SELECT id FROM sessions ORDER BY id")?
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for session in sessions {
        fill_in_report(conn, session)?;
    }
    note_filled(conn)
}

fn digest() -> Fingerprint {
    Fingerprint::of(PHRASES_TABLE.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(passages: &[&str]) -> Vec<(String, i64)> {
        let numbered = passages.iter().enumerate();
        let said = said(numbered.map(|(at, text)| (at as i64, *text)));
        said.into_iter()
            .map(|(phrase, at)| (phrase.into_owned(), at))
            .collect()
    }

    #[test]
    fn what_is_quoted_and_what_is_known() {
        let found = phrases(&[
            "推进乡 村振兴，打造“桥头集市”和“一”镇。",
            "“桥头集市”“联网+养老”开张，“甲、乙”两村、“一二三四五六七八九十百”不算，“没有关上",
            "“乡村振兴”再出发，“外“里面”",
        ]);
        let found: Vec<(&str, i64)> = found
            .iter()
            .map(|(phrase, at)| (phrase.as_str(), *at))
            .collect();
        assert_eq!(
            found,
            [
                ("乡村振兴", 0),
                ("桥头集市", 0),
                ("联网+养老", 1),
                ("里面", 2)
            ]
        );
    }

    #[test]
    fn the_list_is_in_order_and_has_no_phrase_twice() {
        let known: Vec<&str> = known_phrases().collect();
        assert!(known.windows(2).all(|pair| pair[0] < pair[1]), "{known:?}");
    }
}
