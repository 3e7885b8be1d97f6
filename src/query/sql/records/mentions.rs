//! Records that say words, found by the full-text index where it leads to few of them.

use super::super::interval::Test;
use super::super::{Params, forms};
use super::condition::Narrowed;
use crate::query::plan::{PlaceScope, Rows, Years};

impl Narrowed<'_> {
    /// Whether a record has these words.
    pub(super) fn mentions(&mut self, text: &str) -> Test {
        // Passages have the widths of cleaned texts, and what is sought in them has too.
        let forms = match self.plan.rows {
            Rows::Reports | Rows::Sections | Rows::Metrics | Rows::Targets => forms(text),
            _ => vec![text.to_owned()],
        };
        let forms: Vec<String> = forms.iter().map(|form| self.params.text(form)).collect();
        let any: Vec<String> = self
            .shape
            .texts
            .iter()
            .flat_map(|column| {
                forms
                    .iter()
                    .map(move |form| format!("instr({column}, {form}) > 0"))
            })
            .collect();
        let any = any.join(" OR ");
        // The index leads to few passages, of which letters and blanks may still differ.
        let scope = &self.plan.scope;
        let latest = match scope.years {
            Years::Latest => " AND p.session_id IN (SELECT session_id FROM report)",
            _ => "",
        };
        let passages = match self.plan.rows {
            // The reports of a few places are sooner read than all that the index has of the words.
            _ if !scope.places.is_empty() && scope.places.iter().all(is_own) => String::new(),
            Rows::Sentences | Rows::Problems => {
                "SELECT rowid FROM passages_fts WHERE passages_fts MATCH".to_owned()
            }
            // A task is a sentence, or a part of one.
            Rows::Tasks => format!(
                "SELECT k.id FROM passages_fts CROSS JOIN passages p ON p.id = passages_fts.rowid{latest} CROSS JOIN tasks k ON \
                 k.section_id IS p.section_id AND +k.session_id = p.session_id AND k.start < p.\"end\" AND k.\"end\" > p.start \
                 WHERE passages_fts MATCH"
            ),
            Rows::Reports if is_within_passages(text) => {
                return Test::settled(in_passages("s.id", text, self.params));
            }
            _ => String::new(),
        };
        let phrase = phrase(text).filter(|_| !passages.is_empty());
        Test::settled(phrase.map_or_else(
            || format!("({any})"),
            |phrase| {
                let phrase = self.params.text(&phrase);
                format!("(r.id IN ({passages} {phrase}) AND ({any}))")
            },
        ))
    }
}

/// A text as a phrase of the full-text index, in which each character is a token; none where the index may hold none of
/// its characters. Characters that the index drops are dropped from phrase and passages alike.
pub(super) fn phrase(text: &str) -> Option<String> {
    let is_held = |c: char| c.is_ascii_alphanumeric() || ('一'..='龥').contains(&c);
    if text.contains(char::is_control) || !text.contains(is_held) {
        return None;
    }
    let spaced: Vec<String> = text
        .chars()
        .map(|c| match c {
            '"' => "\"\"".to_owned(),
            _ => c.to_string(),
        })
        .collect();
    Some(format!("\"{}\"", spaced.join(" ")))
}

/// Whether a text that stands in a report stands in one of its passages, letter by letter: words alone, which no sentence's
/// end, width or case divides.
fn is_within_passages(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| ('一'..='龥').contains(&c))
}

/// SQL for whether a report has such a text, by the full-text index.
fn in_passages(session: &str, text: &str, params: &mut Params) -> String {
    let phrase = params.text(&phrase(text).unwrap_or_default());
    let text = params.text(text);
    format!(
        "({session} IN (SELECT p.session_id FROM passages_fts CROSS JOIN passages p ON p.id = passages_fts.rowid \
         WHERE passages_fts MATCH {phrase} AND instr(p.text, {text}) > 0))"
    )
}

const fn is_own(place: &PlaceScope) -> bool {
    matches!(place, PlaceScope::Own { .. })
}
