//! Stores into one: the same content comes once, and what two reports say differently both stays.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params_from_iter};

use super::{Fingerprint, Store, StoreError, fulltext, phrases, places, worked_out};
use crate::fact::{Place, Value};

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Merged {
    /// Documents that came in, under the names that they have now.
    pub added: Vec<String>,
    /// Documents whose content was there already: their names there and here.
    pub known: Vec<(String, String)>,
    /// Documents that came in under another name, since theirs was taken: their old and new names.
    pub renamed: Vec<(String, String)>,
    /// Documents that could not be taken over, and why, in English and in Chinese.
    pub failed: Vec<(String, [String; 2])>,
    /// Saved questions that came in.
    pub queries: Vec<String>,
    /// Saved questions that have another meaning here and there; the one here stays.
    pub other_queries: Vec<String>,
    /// Report scripts that came in.
    pub scripts: Vec<String>,
    /// Report scripts that have other words here and there; the one here stays.
    pub other_scripts: Vec<String>,
    /// Figures that documents give differently, where one of them came in: the rows of `v_conflicts`.
    pub conflicts: Vec<Conflict>,
}

/// One fact that documents give differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The place.
    pub place: String,
    /// The indicator's id.
    pub indicator: String,
    /// The year.
    pub year: i64,
    /// `actual`, `estimate` or `target`.
    pub status: String,
    /// Each document with its value and its words.
    pub figures: Vec<(String, f64, String)>,
    /// The unit of the values.
    pub unit: Option<String>,
}

impl Store {
    /// Takes over all that `from` has and this store has not; one transaction a document.
    pub fn merge(&self, from: &Self) -> Result<Merged, StoreError> {
        self.begin_writing()?;
        let mut merged = Merged::default();
        let hashes = |store: &Self| store.run(text_hashes);
        let mut known: HashMap<String, String> = hashes(self)?;
        for (fingerprint, name) in self.contents()? {
            known.insert(fingerprint.as_str().to_owned(), name);
        }
        let mut texts_there: HashMap<String, String> = HashMap::new();
        for (hash, name) in hashes(from)? {
            texts_there.insert(name, hash);
        }
        let documents = from.run(|conn| {
            conn.prepare("SELECT id, name, sha256 FROM documents ORDER BY id")?
                .query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<Vec<(i64, String, String)>>>()
        })?;
        let mut new = HashSet::new();
        for (id, name, sha256) in documents {
            let text = texts_there.get(&name).cloned().unwrap_or_default();
            if let Some(here) = known.get(&sha256).or_else(|| known.get(&text)) {
                merged.known.push((name, here.clone()));
                continue;
            }
            match self.take_over(from, id, &name) {
                Ok(taken) => {
                    known.insert(sha256, taken.clone());
                    if !text.is_empty() {
                        known.insert(text, taken.clone());
                    }
                    if taken != name {
                        merged.renamed.push((name, taken.clone()));
                    }
                    new.insert(taken.clone());
                    merged.added.push(taken);
                }
                Err(error) if error.is_fatal() && !matches!(error, StoreError::Altered { .. }) => {
                    return Err(error);
                }
                Err(error) => merged.failed.push((name, [error.to_string(), error.zh()])),
            }
        }
        if !merged.added.is_empty() && from.texts_left_out()?.is_some() {
            self.note_texts_left_out()?;
        }
        self.merge_queries(from, &mut merged)?;
        self.merge_scripts(from, &mut merged)?;
        merged.conflicts = self.conflicts_with(&new)?;
        Ok(merged)
    }

    /// Copies one document with all that it says; gives its name here.
    fn take_over(&self, from: &Self, document: i64, name: &str) -> Result<String, StoreError> {
        let there = &from.conn;
        self.run(|conn| {
            let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
            let taken = free_name(
                &tx,
                name,
                from.path
                    .file_stem()
                    .map(std::ffi::OsStr::to_string_lossy)
                    .as_deref(),
            )?;
            let mut copy = Copying { there, here: &tx };
            copy.document(document, &taken)?;
            tx.commit()?;
            Ok(taken)
        })
    }

    fn merge_queries(&self, from: &Self, merged: &mut Merged) -> Result<(), StoreError> {
        let here: HashMap<String, String> = self
            .saved_queries()?
            .into_iter()
            .map(|query| (query.name, query.text))
            .collect();
        for query in from.saved_queries()? {
            match here.get(&query.name) {
                None => {
                    merged.queries.push(query.name.clone());
                    self.save_query(&query)?;
                }
                Some(text) if *text != query.text => merged.other_queries.push(query.name),
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn merge_scripts(&self, from: &Self, merged: &mut Merged) -> Result<(), StoreError> {
        let here: HashMap<String, String> = self
            .scripts()?
            .into_iter()
            .map(|script| (script.name, script.text))
            .collect();
        for script in from.scripts()? {
            match here.get(&script.name) {
                None => {
                    self.save_script(&script.name, &script.text)?;
                    merged.scripts.push(script.name);
                }
                Some(text) if *text != script.text => merged.other_scripts.push(script.name),
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// The conflicts in which one of these documents has a part.
    fn conflicts_with(&self, documents: &HashSet<String>) -> Result<Vec<Conflict>, StoreError> {
        let mut found = self.conflicts()?;
        found.retain(|conflict| {
            conflict
                .figures
                .iter()
                .any(|(document, ..)| documents.contains(document))
        });
        Ok(found)
    }

    /// Figures that documents give differently for one place, indicator, year, period and status.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, StoreError> {
        let rows = self.run(|conn| {
            let mut statement = conn.prepare(
                "SELECT place, county, province, indicator, year, period, status, unit, document, value, quote \
                 FROM v_conflicts",
            )?;
            statement
                .query_map((), |row| {
                    (0..11)
                        .map(|at| row.get_ref(at).map(super::select::value))
                        .collect()
                })?
                .collect::<rusqlite::Result<Vec<Vec<Value>>>>()
        })?;
        let mut conflicts: BTreeMap<String, Conflict> = BTreeMap::new();
        let text = |cell: &Value| cell.text().unwrap_or_default().to_owned();
        for row in rows {
            let conflict = conflicts
                .entry(format!("{:?}", &row[..8]))
                .or_insert_with(|| Conflict {
                    place: text(&row[0]),
                    indicator: text(&row[3]),
                    year: row[4].integer().unwrap_or_default(),
                    status: text(&row[6]),
                    figures: Vec::new(),
                    unit: row[7].text().map(str::to_owned),
                });
            let value = row[9].number().unwrap_or_default();
            conflict
                .figures
                .push((text(&row[8]), value, text(&row[10])));
        }
        Ok(conflicts.into_values().collect())
    }
}

/// The hash of each text, and the name of its document.
fn text_hashes(conn: &Connection) -> rusqlite::Result<HashMap<String, String>> {
    conn.prepare("SELECT name, text FROM documents WHERE text <> ''")?
        .query_map((), |row| {
            let text: String = row.get(1)?;
            Ok((Fingerprint::of(text.as_bytes()).to_string(), row.get(0)?))
        })?
        .collect()
}

/// A name that no document has: the same, or with the store that it comes from before it, or with a number.
fn free_name(conn: &Connection, name: &str, store: Option<&str>) -> rusqlite::Result<String> {
    let mut taken = conn.prepare_cached("SELECT 1 FROM documents WHERE name = ?1")?;
    if !taken.exists([name])? {
        return Ok(name.to_owned());
    }
    let from = format!("{}/{name}", store.unwrap_or("merged"));
    let mut free = from.clone();
    let mut number = 2;
    while taken.exists([&free])? {
        free = format!("{from} ({number})");
        number += 1;
    }
    Ok(free)
}

/// Rows on their way from one store to another, where they get new ids.
struct Copying<'a> {
    there: &'a Connection,
    here: &'a Transaction<'a>,
}

impl Copying<'_> {
    fn document(&mut self, document: i64, name: &str) -> rusqlite::Result<()> {
        let copied = self.rows("documents", "id", document, |column, _| {
            (column == "name").then(|| Cell::Text(name.to_owned()))
        })?;
        let Some((_, id)) = copied.first() else {
            return Ok(());
        };
        let hash: Option<String> = self
            .here
            .query_row(
                "SELECT text FROM documents WHERE id = ?1 AND text <> ''",
                [id],
                |row| Ok(Fingerprint::of(row.get_ref(0)?.as_str()?.as_bytes()).to_string()),
            )
            .optional()?;
        self.here.execute(
            "UPDATE documents SET text_sha256 = ?2 WHERE id = ?1",
            (id, hash),
        )?;
        let sessions: Vec<(i64, Option<i64>)> = self
            .there
            .prepare_cached(
                "SELECT id, town_id FROM sessions WHERE document_id = ?1 ORDER BY ordinal",
            )?
            .query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (session, town) in sessions {
            let town = town.map(|town| self.town(town)).transpose()?;
            self.session(session, *id, town)?;
        }
        Ok(())
    }

    fn session(&mut self, session: i64, document: i64, town: Option<i64>) -> rusqlite::Result<()> {
        let copied = self.rows("sessions", "id", session, |column, _| match column {
            "document_id" => Some(Cell::Integer(document)),
            "town_id" => Some(town.map_or(Cell::Null, Cell::Integer)),
            _ => None,
        })?;
        let Some(&(_, here)) = copied.first() else {
            return Ok(());
        };
        let mut sections: HashMap<i64, i64> = HashMap::new();
        let place = |sections: &HashMap<i64, i64>, cell: &Cell| match cell {
            Cell::Integer(id) => sections.get(id).map_or(Cell::Null, |id| Cell::Integer(*id)),
            _ => Cell::Null,
        };
        // A section stands behind the one that holds it.
        let order: Vec<i64> = self
            .there
            .prepare_cached("SELECT id FROM sections WHERE session_id = ?1 ORDER BY ordinal")?
            .query_map([session], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for section in order {
            let copied = self.rows("sections", "id", section, |column, cell| match column {
                "session_id" => Some(Cell::Integer(here)),
                "parent_id" => Some(place(&sections, cell)),
                _ => None,
            })?;
            sections.extend(copied);
        }
        for table in ["metrics", "tasks", "doubts", "passages"] {
            if table == "metrics" {
                self.indicators(session)?;
            }
            let copied = self.rows(table, "session_id", session, |column, cell| match column {
                "session_id" => Some(Cell::Integer(here)),
                "section_id" => Some(place(&sections, cell)),
                _ => None,
            })?;
            if table == "passages" {
                self.index(&copied)?;
            }
        }
        phrases::fill_in_report(self.here, here)?;
        // A store of an older schema has none of it.
        if !self
            .columns("metrics")?
            .iter()
            .any(|name| name == "answers")
        {
            worked_out::fill_in_report(self.here, here)?;
        }
        Ok(())
    }

    /// Copies the rows of a table in which `key` is `id`, with new ids of their own; `change` gives the cells that are
    /// otherwise here. Gives the ids there and here.
    fn rows(
        &self,
        table: &str,
        key: &str,
        id: i64,
        change: impl Fn(&str, &Cell) -> Option<Cell>,
    ) -> rusqlite::Result<Vec<(i64, i64)>> {
        let columns = self.columns(table)?;
        let names: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
        let marks: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
        let (names, marks) = (names.join(", "), marks.join(", "));
        let mut select = self.there.prepare_cached(&format!(
            "SELECT id, {names} FROM {table} WHERE {key} = ?1 ORDER BY id"
        ))?;
        let mut insert = self
            .here
            .prepare_cached(&format!("INSERT INTO {table} ({names}) VALUES ({marks})"))?;
        let mut rows = select.query([id])?;
        let mut copied = Vec::new();
        while let Some(row) = rows.next()? {
            let mut cells = Vec::with_capacity(columns.len());
            for (at, column) in columns.iter().enumerate() {
                let cell: Cell = row.get(at + 1)?;
                cells.push(change(column, &cell).unwrap_or(cell));
            }
            insert.execute(params_from_iter(cells))?;
            copied.push((row.get(0)?, self.here.last_insert_rowid()));
        }
        Ok(copied)
    }

    /// The columns that both stores have, but the id.
    fn columns(&self, table: &str) -> rusqlite::Result<Vec<String>> {
        let sql = format!("SELECT * FROM {table} LIMIT 0");
        let there = self.there.prepare_cached(&sql)?;
        let there: HashSet<&str> = there.column_names().collect();
        let here = self.here.prepare_cached(&sql)?;
        let both = here.column_names();
        Ok(both
            .filter(|name| *name != "id" && there.contains(name))
            .map(str::to_owned)
            .collect())
    }

    fn town(&self, town: i64) -> rusqlite::Result<i64> {
        let place: Place = self
            .there
            .prepare_cached(
                "SELECT id, name, kind, code, county, city, province, 0 FROM towns WHERE id = ?1",
            )?
            .query_row([town], super::catalog::known_place)?
            .place;
        places::find_or_insert(self.here, &place)
    }

    /// Indicators of the report that this store's vocabulary does not have.
    fn indicators(&self, session: i64) -> rusqlite::Result<()> {
        let mut used = self.there.prepare_cached(
            "SELECT DISTINCT indicators.id, name_zh, name_en, indicators.unit, definition FROM metrics \
             JOIN indicators ON indicators.id = metrics.indicator WHERE session_id = ?1",
        )?;
        let mut insert = self.here.prepare_cached(
            "INSERT OR IGNORE INTO indicators (id, name_zh, name_en, unit, definition) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut rows = used.query([session])?;
        while let Some(row) = rows.next()? {
            let cells = (0..5).map(|at| row.get::<_, Cell>(at));
            insert.execute(params_from_iter(
                cells.collect::<rusqlite::Result<Vec<_>>>()?,
            ))?;
        }
        Ok(())
    }

    fn index(&self, copied: &[(i64, i64)]) -> rusqlite::Result<()> {
        let mut text = self
            .here
            .prepare_cached("SELECT text FROM passages WHERE id = ?1")?;
        for (_, id) in copied {
            let text: String = text.query_row([id], |row| row.get(0))?;
            fulltext::index(self.here, *id, &text)?;
        }
        Ok(())
    }
}
