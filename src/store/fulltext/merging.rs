use rusqlite::{Connection, OptionalExtension};

/// So many segments that were never merged become one. Merging writes the whole index again, and a search that looks
/// into 70 segments takes a tenth more than one that looks into 10: so the index of two years' reports of a nation is
/// written once.
pub(super) const MERGED_AT: usize = 128;

/// How FTS5 is to merge what it writes itself, where a report is taken out or has what is not usual; SQLite keeps it in
/// the file. It is to leave the many segments of an import as they are: by itself it would merge all of them at once
/// with the next report that is replaced.
const MERGING: [(&str, i64); 3] = [
    ("automerge", 64),
    ("usermerge", 16),
    ("crisismerge", MERGED_AT as i64),
];

/// Has the index of this file be merged so. The transaction is an import's.
pub(in crate::store) fn set_merging(conn: &Connection) -> rusqlite::Result<()> {
    for (setting, wanted) in MERGING {
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
