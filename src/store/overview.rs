use super::{Store, StoreError};

/// What a store holds, in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// What the file calls itself.
    pub title: Option<String>,
    /// Places that gave reports.
    pub places: u64,
    /// Reports.
    pub reports: u64,
    /// The first and the last year that reports look back on.
    pub years: Option<(i32, i32)>,
    /// Figures.
    pub figures: u64,
    /// What the reader was unsure of.
    pub doubts: u64,
}

impl Store {
    /// Counts what the store holds, at the price of one look into an index a report: the figures of a report are
    /// numbered from 1 on, so that the last number says how many there are.
    pub fn overview(&self) -> Result<Overview, StoreError> {
        self.run(|conn| {
            conn.query_row(
                "SELECT (SELECT value FROM meta WHERE key = 'title'), (SELECT count(*) FROM towns), \
                 (SELECT count(*) FROM sessions), (SELECT min(review_year) FROM sessions), \
                 (SELECT max(review_year) FROM sessions), \
                 (SELECT total((SELECT max(ordinal) FROM metrics WHERE session_id = sessions.id)) FROM sessions), \
                 (SELECT count(*) FROM doubts)",
                (),
                |row| {
                    let years: (Option<i32>, Option<i32>) = (row.get(3)?, row.get(4)?);
                    Ok(Overview {
                        title: row.get(0)?,
                        places: row.get::<_, i64>(1)?.unsigned_abs(),
                        reports: row.get::<_, i64>(2)?.unsigned_abs(),
                        years: years.0.zip(years.1),
                        figures: row.get::<_, f64>(5)? as u64,
                        doubts: row.get::<_, i64>(6)?.unsigned_abs(),
                    })
                },
            )
        })
    }
}
