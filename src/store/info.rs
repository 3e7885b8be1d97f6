//! What a file is, in numbers and in its own words.

use super::{Store, StoreError, open};

/// What a store is and has.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Info {
    /// What the file says of itself, title, description, source and licence first.
    pub metadata: Vec<(String, String)>,
    /// The version of its schema.
    pub schema_version: i32,
    /// Its size.
    pub bytes: u64,
    /// Rows by what they are: documents, places, reports, figures …
    pub counts: Vec<(&'static str, i64)>,
    /// The first and the last year that reports look back on.
    pub years: Option<(i64, i64)>,
    /// Reports by province; without one where the report's place has none.
    pub provinces: Vec<(Option<String>, i64)>,
    /// Names of the saved questions.
    pub queries: Vec<String>,
    /// Tables and views of others in the file.
    pub strangers: Vec<String>,
}

const COUNTS: [(&str, &str); 8] = [
    ("documents", "documents"),
    ("places", "towns"),
    ("reports", "sessions"),
    ("figures", "metrics"),
    (
        "figures of an indicator",
        "metrics WHERE indicator IS NOT NULL",
    ),
    ("tasks", "tasks"),
    ("doubts", "doubts"),
    ("sentences", "passages WHERE kind = 'sentence'"),
];

impl Store {
    /// Looks the file over.
    pub fn info(&self) -> Result<Info, StoreError> {
        let queries = self.saved_queries()?.into_iter();
        let mut info = Info {
            metadata: self.metadata()?,
            bytes: self.path().metadata().map_or(0, |file| file.len()),
            queries: queries.map(|query| query.name).collect(),
            ..Info::default()
        };
        self.run(|conn| {
            info.schema_version =
                conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
            info.strangers = open::strangers(conn)?;
            for (name, rows) in COUNTS {
                let count = conn.query_row(&format!("SELECT count(*) FROM {rows}"), (), |row| {
                    row.get(0)
                })?;
                info.counts.push((name, count));
            }
            let years: (Option<i64>, Option<i64>) = conn.query_row(
                "SELECT min(review_year), max(review_year) FROM sessions",
                (),
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            info.years = years.0.zip(years.1);
            info.provinces = conn
                .prepare(
                    "SELECT province, count(*) FROM sessions LEFT JOIN towns ON towns.id = town_id \
                     GROUP BY province ORDER BY 2 DESC, 1",
                )?
                .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(())
        })?;
        // Version 1 has no view of them.
        if info.schema_version > 1 {
            info.counts
                .push(("conflicts", self.conflicts()?.len() as i64));
        }
        Ok(info)
    }
}
