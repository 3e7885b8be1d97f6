use rusqlite::{Connection, params};

use super::merging::MERGED_AT;
use super::*;
use crate::store::SCHEMA;

/// Empty indexes, with what reads them token for token.
fn index() -> rusqlite::Result<Connection> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(SCHEMA)?;
    conn.execute_batch("CREATE VIRTUAL TABLE found USING fts5vocab (passages_fts, instance)")?;
    Ok(conn)
}

/// Made-up passages: a few characters are in each, some in few, and one in a stretch of them only.
fn passages(count: u32) -> Vec<String> {
    let seldom = |at: u32| char::from_u32(0x4e00 + at * 7919 % 3000).unwrap_or('一');
    (0..count)
        .map(|at| {
            let long = "，".repeat(if at % 1000 == 7 { 300 } else { 1 });
            let middle = if (count / 3..count / 2).contains(&at) {
                "中"
            } else {
                ""
            };
            let strange = if at % 500 == 3 { "é À 𠀀" } else { "" };
            format!(
                "{}项 Aa{}，{long}{middle}{}。{strange}",
                at % 97,
                seldom(at),
                seldom(at / 3)
            )
        })
        .collect()
}

fn write(conn: &Connection, first: i64, passages: &[String]) -> rusqlite::Result<()> {
    let tx = conn.unchecked_transaction()?;
    let mut pending = Pending::default();
    let mut indexer = Indexer::default();
    let mut id = first;
    // Files of several lengths.
    let mut rest = passages;
    while !rest.is_empty() {
        let (file, others) = rest.split_at(rest.len().min(id as usize % 900 + 1));
        let postings = indexer.index(file.iter().map(String::as_str));
        pending.add(conn, id, postings, |at| &file[at])?;
        id += file.len() as i64;
        rest = others;
    }
    pending.write(conn)?;
    tx.commit()
}

fn write_by_fts5(conn: &Connection, first: i64, passages: &[String]) -> rusqlite::Result<()> {
    let tx = conn.unchecked_transaction()?;
    for (id, text) in (first..).zip(passages) {
        super::index(conn, id, text)?;
    }
    tx.commit()
}

fn forget(conn: &Connection, first: i64, passages: &[String]) -> rusqlite::Result<()> {
    let mut remove = conn.prepare(
        "INSERT INTO passages_fts (passages_fts, rowid, text) VALUES ('delete', ?1, ?2)",
    )?;
    for (id, text) in (first..).zip(passages) {
        remove.execute(params![id, tokens(text)])?;
    }
    Ok(())
}

/// Both have the same tokens, totals and lengths, FTS5 finds no fault with either, and both find the same.
fn assert_same(ours: &Connection, theirs: &Connection) -> rusqlite::Result<()> {
    let rows = |conn: &Connection, sql: &str| -> rusqlite::Result<Vec<String>> {
        conn.prepare(sql)?
            .query_map((), |row| row.get(0))?
            .collect()
    };
    for sql in [
        "SELECT term || ' ' || doc || ' ' || \"offset\" FROM found",
        "SELECT hex(block) FROM passages_fts_data WHERE id = 1",
        "SELECT id || ' ' || hex(sz) FROM passages_fts_docsize",
        "SELECT rowid || '' FROM passages_fts WHERE passages_fts MATCH '\"， ， ， 中\"'",
        "SELECT rowid || '' FROM passages_fts WHERE passages_fts MATCH '\"项 a a\"' AND rowid > 20000",
        "SELECT rowid || '' FROM passages_fts WHERE passages_fts MATCH '\"中\" \"4 项\"' ORDER BY rowid DESC",
    ] {
        let (ours, theirs) = (rows(ours, sql)?, rows(theirs, sql)?);
        assert_eq!(ours.len(), theirs.len(), "{sql}");
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(ours, theirs, "{sql}");
        }
    }
    for conn in [ours, theirs] {
        conn.execute_batch("INSERT INTO passages_fts (passages_fts) VALUES ('integrity-check')")?;
    }
    Ok(())
}

fn segments(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row(
        "SELECT count(DISTINCT segid) FROM passages_fts_idx",
        (),
        |row| row.get(0),
    )
}

#[test]
fn each_character_is_a_token() {
    assert_eq!(tokens("养老 2.5%"), "养 老 2 . 5 % ");
}

#[test]
fn a_segment_is_what_fts5_would_have_written() -> rusqlite::Result<()> {
    let (ours, theirs) = (index()?, index()?);
    let all = passages(40_000);
    write(&ours, 1, &all)?;
    write_by_fts5(&theirs, 1, &all)?;
    let ladders: i64 = ours.query_row(
        "SELECT count(*) FROM passages_fts_idx WHERE pgno & 1",
        (),
        |row| row.get(0),
    )?;
    assert!(ladders > 3, "{ladders}");
    assert_same(&ours, &theirs)
}

#[test]
fn segments_live_with_those_of_fts5_and_are_merged() -> rusqlite::Result<()> {
    let (ours, theirs) = (index()?, index()?);
    set_merging(&ours)?;
    let all = passages(6_000);
    let (mut first, mut most) = (1, 0);
    for part in all.chunks(40) {
        write(&ours, first, part)?;
        write_by_fts5(&theirs, first, part)?;
        first += part.len() as i64;
        // What was just written is searched, taken out again, and written once more under the same ids.
        for conn in [&ours, &theirs] {
            let found: i64 = conn.query_row(
                "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH '\"项\"'",
                (),
                |row| row.get(0),
            )?;
            assert_eq!(found, first - 1);
        }
        let (tail, tail_first) = (&part[part.len() - 20..], first - 20);
        let tx = ours.unchecked_transaction()?;
        forget(&ours, tail_first, tail)?;
        let mut pending = Pending::default();
        let postings = Indexer::default().index(tail.iter().map(String::as_str));
        pending.add(&ours, tail_first, postings, |at| &tail[at])?;
        pending.write(&ours)?;
        tx.commit()?;
        most = most.max(segments(&ours)?);
    }
    assert!(most >= MERGED_AT as i64 - 1, "{most}");
    let merged = segments(&ours)?;
    assert!(merged < most / 2, "{merged} of {most}");
    assert_same(&ours, &theirs)
}

#[test]
fn what_is_undone_leaves_no_trace() -> rusqlite::Result<()> {
    let (ours, theirs) = (index()?, index()?);
    let all = passages(600);
    write(&ours, 1, &all[..200])?;
    let tx = ours.unchecked_transaction()?;
    let mut pending = Pending::default();
    let postings = Indexer::default().index(all[200..].iter().map(String::as_str));
    pending.add(&ours, 201, postings, |at| &all[200 + at])?;
    pending.write(&ours)?;
    drop(tx);
    write(&ours, 201, &all[200..400])?;
    write_by_fts5(&theirs, 1, &all[..400])?;
    assert_same(&ours, &theirs)
}
