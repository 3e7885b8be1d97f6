//! What stands under the rows: the notes of the answer, and what the marks in its cells mean.

use super::cell::absent;
use super::grid::{Grid, GridColumn, labels};
use super::options::Options;
use crate::query::{Absence, Answer, ColumnKind, Lang};

/// How many rows a reason names; the others are counted.
const NAMED: usize = 4;

/// The notes of an answer in a language, and the meaning of — and *.
#[must_use]
pub fn notes(answer: &Answer, lang: Lang, options: &Options) -> Vec<String> {
    let mut said: Vec<String> = answer
        .notes
        .iter()
        .map(|note| note.in_lang(lang).to_owned())
        .collect();
    let grid = Grid::with(answer, lang, options);
    said.extend(absences(answer, &grid, lang));
    let is_worked_out = |column: &GridColumn| {
        let of = &answer.columns[column.at];
        let mut rows = answer.rows.iter();
        of.derived || of.added_up || rows.any(|row| row.cells[column.at].worked_out)
    };
    if grid.columns.iter().any(is_worked_out) {
        said.push(
            match lang {
                Lang::En => "* worked out, not stated in a report",
                Lang::Zh => "* 为推算值，报告中没有这个数",
            }
            .to_owned(),
        );
    }
    said
}

/// That the sentences of many rows were left out, and how to have them.
pub(super) fn hidden_sources(answer: &Answer, lang: Lang) -> Option<String> {
    let are_there = answer
        .rows
        .iter()
        .any(|row| row.sources.iter().any(|source| !source.quote.is_empty()));
    are_there.then(|| {
        match lang {
            Lang::En => "the sentences behind the rows: add “with source” to the question",
            Lang::Zh => "要看各行的出处原文，请在问题后加“附来源”",
        }
        .to_owned()
    })
}

/// `— not stated: 北仓镇, 双港镇; no report: 泊镇`, for each column of values that has some.
fn absences(answer: &Answer, grid: &Grid, lang: Lang) -> Vec<String> {
    let values: Vec<_> = grid
        .columns
        .iter()
        .filter(|column| answer.columns[column.at].kind == ColumnKind::Value)
        .collect();
    let names = labels(answer);
    let rows_without = |at: usize, reason: Absence| {
        let rows = answer.rows.iter().zip(&names);
        let without = rows.filter(|(row, _)| row.cells[at].absence == Some(reason));
        // A total over all of them is no place that would state it.
        let of_places = without.map(|(_, name)| name.as_str());
        let mut rows: Vec<&str> = of_places.filter(|name| !name.is_empty()).collect();
        rows.dedup();
        rows
    };
    let mut said = Vec::new();
    // A place that gave no report lacks every value, which is said once.
    let unreported = |column: &&GridColumn| rows_without(column.at, Absence::NoReport);
    let of_first = values.first().map(unreported).unwrap_or_default();
    let are_same = values.len() > 1
        && !of_first.is_empty()
        && values.iter().all(|column| unreported(column) == of_first);
    if are_same {
        let reason = reason_of(absent(Absence::NoReport, lang), &of_first, lang);
        said.push(format!("— {reason}"));
    }
    for column in &values {
        let mut reasons = Vec::new();
        for reason in [
            Absence::NotMentioned,
            Absence::GrowthOnly,
            Absence::SeveralYears,
            Absence::OtherGrowth,
            Absence::OfAPart,
            Absence::InOthers,
            Absence::TargetOnly,
            Absence::BesideOthers,
            Absence::WithoutNumber,
            Absence::Illegible,
            Absence::NoReport,
        ] {
            let rows = rows_without(column.at, reason);
            let is_said = are_same && reason == Absence::NoReport;
            if !rows.is_empty() && !is_said {
                reasons.push(reason_of(absent(reason, lang), &rows, lang));
            }
        }
        if reasons.is_empty() {
            continue;
        }
        let of = match (values.len() > 1, lang) {
            (false, _) => String::new(),
            (true, Lang::En) => format!("{} ", column.whole_title.trim_end_matches('*')),
            (true, Lang::Zh) => column.whole_title.trim_end_matches('*').to_owned(),
        };
        said.push(match lang {
            Lang::En => format!("— {of}{}", reasons.join("; ")),
            Lang::Zh => format!("— {of}{}", reasons.join("；")),
        });
    }
    said
}

fn reason_of(reason: &str, rows: &[&str], lang: Lang) -> String {
    let more = rows.len().saturating_sub(NAMED);
    let named = &rows[..rows.len() - more];
    match (more, lang) {
        (0, Lang::En) => format!("{reason}: {}", named.join(", ")),
        (0, Lang::Zh) => format!("{reason}：{}", named.join("、")),
        (_, Lang::En) => format!("{reason}: {} and {more} more", named.join(", ")),
        (_, Lang::Zh) => format!("{reason}：{}等{}个", named.join("、"), rows.len()),
    }
}
