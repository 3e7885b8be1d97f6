//! The sentences behind a row, as JSON.

use super::slots::{Kind, Slots};
use super::{SourceForm, targets};

/// A JSON array of the sentences behind a row.
pub(super) fn sources(shown: &[usize], slots: &Slots, form: SourceForm) -> String {
    let ids: Vec<String> = shown
        .iter()
        .flat_map(|n| {
            let metrics: &[&str] = match slots.0[*n].kind {
                Kind::Paired => &targets::METRICS,
                _ => &["metric", "growth_metric"],
            };
            metrics.iter().map(move |metric| format!("{metric}{n}"))
        })
        .collect();
    if ids.is_empty() {
        return match form {
            SourceForm::Numbered => "(SELECT json_array(json_object('of', s.document_id)) FROM sessions s WHERE s.id = session_id)",
            SourceForm::Quoted => "(SELECT json_group_array(json_object('document', d.name, 'session', s.id)) \
                FROM sessions s JOIN documents d ON d.id = s.document_id WHERE s.id = session_id)",
        }
        .to_owned();
    }
    quotes(&ids, form)
}

/// A JSON array of the sentences that these figures stand in; with quotes each behind the number of its report.
pub(super) fn quotes(ids: &[String], form: SourceForm) -> String {
    if form == SourceForm::Numbered {
        return format!("json_array({})", ids.join(", "));
    }
    let one = "json_array(s.id, json_object('document', d.name, 'quote', m.quote, 'start', m.start, 'end', m.\"end\", \
         'number', m.number, 'value', m.value, 'figure', m.id))";
    let from = "FROM metrics m JOIN sessions s ON s.id = m.session_id JOIN documents d ON d.id = s.document_id WHERE m.id";
    // In whatever order, with the number of the report: they are put in order as the row is read.
    let several = format!(
        "(SELECT json_group_array({one}) {from} IN ({}))",
        ids.join(", ")
    );
    // Of a figure and another that lends it a growth mostly there is one, and no list to be made.
    match ids {
        [first, other] => format!(
            "CASE WHEN {other} IS NOT NULL THEN {several} WHEN {first} IS NULL THEN '[]' ELSE (SELECT json_array({one}) {from} = {first}) END"
        ),
        _ => several,
    }
}

/// Those of several places as an array of arrays, where each place's stand in `found`.
pub(super) const FOUND_TOGETHER: &str = "'[' || group_concat(found) || ']'";
