//! How often reports have a word that no name has, found where a question with it is refused.

use std::fmt::Write;
use std::time::Duration;

use super::{Limits, Store, StoreError};
use crate::fact::Value;

/// How many have a word, each counted up to the limit that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Occurrences {
    /// Figures whose label or quote has it.
    pub figures: u32,
    /// Tasks that have it.
    pub tasks: u32,
    /// Sentences that have it.
    pub sentences: u32,
}

impl Store {
    /// How many figures, tasks and sentences have a word of Chinese characters: in all reports, or in those of some places
    /// (`towns.id`) and about or for some years. No more than `most` passages are looked at.
    pub fn occurrences(
        &self,
        word: &str,
        (places, years): (&[i64], &[i32]),
        most: u32,
        time: Duration,
    ) -> Result<Occurrences, StoreError> {
        let list = |ids: String| ids.trim_end_matches(',').to_owned();
        let mut scope = String::new();
        if !places.is_empty() {
            let ids = places
                .iter()
                .fold(String::new(), |ids, id| format!("{ids}{id},"));
            // Writing to a string cannot fail.
            let _ = write!(scope, " AND s.town_id IN ({})", list(ids));
        }
        if !years.is_empty() {
            let ids = years
                .iter()
                .fold(String::new(), |ids, id| format!("{ids}{id},"));
            let ids = list(ids);
            let _ = write!(
                scope,
                " AND (s.review_year IN ({ids}) OR s.plan_year IN ({ids}))"
            );
        }
        let within = if scope.is_empty() {
            String::new()
        } else {
            format!(" AND p.session_id IN (SELECT s.id FROM sessions s WHERE true{scope})")
        };
        // The reports of a few places are sooner read than all that the index has of the word.
        let from = if places.is_empty() {
            "passages_fts CROSS JOIN passages p ON p.id = passages_fts.rowid WHERE passages_fts MATCH ?2 AND"
        } else {
            "passages p WHERE ?2 <> '' AND"
        };
        let sql = format!(
            "WITH hit AS MATERIALIZED (SELECT p.session_id, p.section_id, p.kind, p.start, p.\"end\" FROM {from} \
             instr(p.text, ?1) > 0{within} LIMIT {most}) \
             SELECT (SELECT COUNT(DISTINCT m.id) FROM hit JOIN metrics m ON m.section_id IS hit.section_id \
             AND m.session_id = hit.session_id AND m.start < hit.\"end\" AND m.\"end\" > hit.start WHERE instr(m.label, ?1) > 0 OR instr(m.quote, ?1) > 0), \
             (SELECT COUNT(DISTINCT k.id) FROM hit JOIN tasks k ON k.section_id IS hit.section_id \
             AND k.session_id = hit.session_id AND k.start < hit.\"end\" AND k.\"end\" > hit.start WHERE instr(k.text, ?1) > 0), \
             (SELECT COUNT(*) FROM hit WHERE kind = 'sentence')"
        );
        let mut phrase = String::from("\"");
        for c in word.chars() {
            phrase.push(c);
            phrase.push(' ');
        }
        let phrase = format!("{}\"", phrase.trim_end());
        let limits = Limits {
            time: Some(time),
            rows: None,
        };
        let params = [Value::Text(word.to_owned()), Value::Text(phrase)];
        let read = self.select_within(&sql, &params, limits)?;
        let count = |at: usize| {
            let cell = read
                .rows
                .first()
                .and_then(|row| row.get(at))
                .and_then(Value::integer);
            cell.and_then(|count| u32::try_from(count).ok())
                .unwrap_or(0)
        };
        Ok(Occurrences {
            figures: count(0),
            tasks: count(1),
            sentences: count(2),
        })
    }
}
