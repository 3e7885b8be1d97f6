//! What the file says of its own tables and columns, for whoever opens it without this program.

use rusqlite::Connection;

use super::schema::{self, Kind};

/// The lines of [`columns`]' source.
pub(super) const CONTENTS: &str = include_str!("contents.tsv");

/// What `contents.tsv` says in one line.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// The table or view; `*` for all that have no line of their own.
    owner: &'static str,
    /// Empty where the line is about the owner.
    column: &'static str,
    /// The name in the Chinese view; `note` in a line about the file.
    in_chinese: &'static str,
    unit: &'static str,
    meaning: &'static str,
    meaning_zh: &'static str,
}

fn lines() -> impl Iterator<Item = Line> {
    let rows = CONTENTS.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| {
        let mut fields = line.split('\t');
        Some(Line {
            owner: fields.next()?,
            column: fields.next()?,
            in_chinese: fields.next()?,
            unit: fields.next()?,
            meaning: fields.next()?,
            meaning_zh: fields.next()?,
        })
    })
}

/// The line of a column; that of a column of a Chinese view is the one of its English twin.
fn column(lines: &[Line], owner: &str, name: &str) -> Option<Line> {
    let twin = lines
        .iter()
        .find(|line| line.column.is_empty() && line.in_chinese == owner)
        .map(|line| line.owner);
    let is_named = |line: &Line| match twin {
        Some(_) => line.in_chinese == name,
        None => line.column == name,
    };
    [twin.unwrap_or(owner), "*"].into_iter().find_map(|owner| {
        let of_owner = |line: &&Line| line.owner == owner && !line.column.is_empty();
        lines
            .iter()
            .copied()
            .find(|line| of_owner(&line) && is_named(line))
    })
}

/// Writes the tables `README` and `README_columns`.
pub(super) fn write(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("DELETE FROM README; DELETE FROM README_columns")?;
    let mut entry = conn
        .prepare("INSERT INTO README (name, kind, meaning, meaning_zh) VALUES (?1, ?2, ?3, ?4)")?;
    let mut of_column = conn.prepare(
        "INSERT OR IGNORE INTO README_columns (owner, name, unit, meaning, meaning_zh) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let lines: Vec<Line> = lines().collect();
    let owners: Vec<(&str, Kind)> = schema::objects().collect();
    for line in lines.iter().filter(|line| line.column.is_empty()) {
        if line.in_chinese == "note" {
            entry.execute((line.owner, "note", line.meaning, line.meaning_zh))?;
            continue;
        }
        for name in [line.owner, line.in_chinese] {
            if name.is_empty() {
                continue;
            }
            let is_view = owners.contains(&(name, Kind::View));
            let kind = if is_view { "view" } else { "table" };
            entry.execute((name, kind, line.meaning, line.meaning_zh))?;
            let statement = conn.prepare(&format!("SELECT * FROM \"{name}\" LIMIT 0"))?;
            for each in statement.column_names() {
                let Some(line) = column(&lines, name, each) else {
                    continue;
                };
                let unit = Some(line.unit).filter(|unit| !unit.is_empty());
                of_column.execute((name, each, unit, line.meaning, line.meaning_zh))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SCHEMA;

    #[test]
    fn every_table_view_and_column_is_told_of() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(SCHEMA).unwrap();
        write(&conn).unwrap();
        for (name, _) in schema::objects() {
            let told = "SELECT 1 FROM README WHERE name = ?1";
            assert!(
                conn.prepare(told).unwrap().exists([name]).unwrap(),
                "{name}"
            );
            let statement = conn
                .prepare(&format!("SELECT * FROM \"{name}\" LIMIT 0"))
                .unwrap();
            for column in statement.column_names() {
                let told = "SELECT 1 FROM README_columns WHERE owner = ?1 AND name = ?2";
                let is_told = conn.prepare(told).unwrap().exists([name, column]).unwrap();
                assert!(is_told, "{name}.{column}");
            }
        }
    }

    #[test]
    fn each_line_has_six_fields_and_is_about_something() {
        let count = CONTENTS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(lines().count(), count);
        for line in lines() {
            let known = ["*"].contains(&line.owner)
                || line.in_chinese == "note"
                || schema::is_known(line.owner);
            assert!(known, "{line:?}");
            assert!(
                !line.meaning.is_empty() && !line.meaning_zh.is_empty(),
                "{line:?}"
            );
        }
    }
}
