use rusqlite::{Connection, OptionalExtension, params};

use crate::decode::SourceText;
use crate::document::Document;

/// Writes a report's sentences and headings, and indexes them.
pub(super) fn write(
    conn: &Connection,
    source: &SourceText,
    document: &Document,
    session: i64,
    sections: &[i64],
) -> rusqlite::Result<()> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO passages (session_id, section_id, kind, text, start, \"end\") VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut index =
        conn.prepare_cached("INSERT INTO passages_fts (rowid, text) VALUES (?1, ?2)")?;
    let headings = document
        .sections
        .iter()
        .enumerate()
        .filter_map(|(at, section)| Some((at, "heading", section.heading.clone()?)));
    let sentences = document
        .sentences
        .iter()
        .map(|sentence| (sentence.section, "sentence", sentence.range.clone()));
    let mut words = String::new();
    let mut passages: Vec<_> = headings.chain(sentences).collect();
    passages.sort_by_key(|(_, _, range)| (range.start, range.end));
    for (section, kind, range) in passages {
        let text = &source.clean.as_str()[range.clone()];
        if text.trim().is_empty() {
            continue;
        }
        let span = source.clean.span(range);
        insert.execute(params![
            session,
            sections.get(section),
            kind,
            text,
            span.start as i64,
            span.end as i64
        ])?;
        put_tokens(text, &mut words);
        index.execute((conn.last_insert_rowid(), &words))?;
    }
    Ok(())
}

/// How the index is written; SQLite keeps it in the file. It gathers so many bytes before it writes them down as a part
/// of its own, and merges so many parts of like size into one: a few large parts that are seldom merged cost less than
/// many small ones, and a search looks into each.
const WRITING: [(&str, i64); 2] = [("hashsize", 32 << 20), ("automerge", 8)];

/// Has the index of this file be written so. The transaction is an import's.
pub(super) fn make_room(conn: &Connection) -> rusqlite::Result<()> {
    for (setting, wanted) in WRITING {
        let held: Option<i64> = conn
            .prepare_cached("SELECT v FROM passages_fts_config WHERE k = ?1")?
            .query_row([setting], |row| row.get(0))
            .optional()?;
        if held != Some(wanted) {
            conn.execute(
                "INSERT INTO passages_fts (passages_fts, rank) VALUES (?1, ?2)",
                (setting, wanted),
            )?;
        }
    }
    Ok(())
}

/// Takes a document's passages out of the index. The rows themselves go with the document.
///
/// The index keeps no text, so it has to be told what it had been given.
pub(super) fn forget(conn: &Connection, document: i64) -> rusqlite::Result<()> {
    let mut passages = conn.prepare_cached(
        "SELECT passages.id, passages.text FROM passages JOIN sessions ON sessions.id = passages.session_id \
         WHERE sessions.document_id = ?1",
    )?;
    let mut remove = conn.prepare_cached(
        "INSERT INTO passages_fts (passages_fts, rowid, text) VALUES ('delete', ?1, ?2)",
    )?;
    let mut rows = passages.query([document])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(1)?.as_str()?;
        remove.execute((row.get::<_, i64>(0)?, tokens(text)))?;
    }
    Ok(())
}

/// Makes the index over all passages anew, in one piece.
pub(super) fn index_anew(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')")?;
    make_room(conn)?;
    let mut passages = conn.prepare("SELECT id, text FROM passages ORDER BY id")?;
    let mut index =
        conn.prepare_cached("INSERT INTO passages_fts (rowid, text) VALUES (?1, ?2)")?;
    let mut rows = passages.query(())?;
    while let Some(row) = rows.next()? {
        index.execute((row.get::<_, i64>(0)?, tokens(row.get_ref(1)?.as_str()?)))?;
    }
    conn.execute_batch("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
}

/// Indexes one passage.
pub(super) fn index(conn: &Connection, id: i64, text: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT INTO passages_fts (rowid, text) VALUES (?1, ?2)")?
        .execute((id, tokens(text)))
        .map(drop)
}

/// A token a character: the text with a blank after each.
///
/// What was indexed once must be made the same way when it is taken out, so this changes only with the schema version.
pub(super) fn tokens(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 4 / 3 + 1);
    put_tokens(text, &mut out);
    out
}

/// The tokens of a text in place of what `out` had.
fn put_tokens(text: &str, out: &mut String) {
    out.clear();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        out.push(c);
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn each_character_is_a_token() {
        assert_eq!(tokens("养老 2.5%"), "养 老 2 . 5 % ");
    }
}
