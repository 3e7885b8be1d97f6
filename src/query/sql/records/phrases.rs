//! Policy phrases (政策用语): what the reports that answer put in quotation marks, and the phrases of a list, which mostly
//! stand without any. A store says which phrases its reports say; where it does not, they are looked for.

use super::super::SourceForm;
use super::Params;
use super::mentions::phrase;
use crate::fact::known_phrases;

/// The common table expressions from `answering` to `phrase`, a row a phrase.
pub(super) fn tables(are_stored: bool, params: &mut Params) -> String {
    let (said, passage) = if are_stored {
        (String::new(), "q.passage_id")
    } else {
        (looked_for(params), "q.passage")
    };
    let of = if are_stored { "phrases" } else { "said" };
    let (source, read) = match params.form {
        SourceForm::Quoted => (
            "json_object('document', d.name, 'quote', substr(d.text, p.start + 1, p.\"end\" - p.start), 'start', p.start, 'end', p.\"end\")",
            " CROSS JOIN passages p ON p.id = w.passage CROSS JOIN sessions s ON s.id = p.session_id CROSS JOIN documents d ON d.id = s.document_id",
        ),
        SourceForm::Numbered => ("json_object('passage', w.passage)", ""),
    };
    // Places have numbers in the order of their names, so that what is put in order for each phrase are numbers, once.
    format!(
        "{said}place_turn AS MATERIALIZED (\n  SELECT a.session_id, t.name, DENSE_RANK() OVER (ORDER BY t.name, t.id) AS turn FROM answering a JOIN towns t ON t.id = a.town_id\n),\n\
         told AS (\n  SELECT w.phrase, COUNT(DISTINCT w.turn) AS places, COUNT(*) AS reports, json_group_array(w.turn) AS turns, json_group_array({source}) AS sources\n  \
         FROM (SELECT q.phrase, t.turn, {passage} AS passage FROM place_turn t CROSS JOIN {of} q ON q.session_id = t.session_id ORDER BY q.phrase, t.turn, {passage}) w{read}\n  GROUP BY w.phrase\n),\n\
         phrase AS MATERIALIZED (\n  SELECT phrase, places, reports, sources,\n    \
         (SELECT group_concat(name, '、') FROM (SELECT DISTINCT t.turn, t.name FROM json_each(turns) e CROSS JOIN place_turn t ON t.turn = e.value LIMIT {NAMED})) || \
         CASE WHEN places > {NAMED} THEN '……' ELSE '' END AS names\n  FROM told\n)"
    )
}

/// `said`, a row a report that answers and a phrase that it says, for a store without the table of them.
fn looked_for(params: &mut Params) -> String {
    let patterns: Vec<(&str, String)> = known_phrases()
        .filter_map(|known| Some((known, phrase(known)?)))
        .collect();
    let known = params.text(&serde_json::json!(patterns).to_string());
    // What the index finds is looked up among the sentences that are asked about, of which only numbers are read: the sentences
    // themselves lie far apart.
    format!(
        "known AS MATERIALIZED (SELECT value ->> 0 AS phrase, value ->> 1 AS pattern FROM json_each({known})),\n\
         stands(passage, session_id) AS MATERIALIZED (SELECT p.id, p.session_id FROM answering a CROSS JOIN passages p ON p.session_id = a.session_id),\n\
         opened(id, session_id, rest) AS (\n  \
         SELECT p.id, p.session_id, substr(p.text, instr(p.text, '“') + 1) FROM passages_fts CROSS JOIN stands ON stands.passage = passages_fts.rowid \
         CROSS JOIN passages p ON p.id = stands.passage WHERE passages_fts MATCH '\"“\"' AND instr(p.text, '“') > 0\n  \
         UNION ALL SELECT id, session_id, substr(rest, instr(rest, '“') + 1) FROM opened WHERE instr(rest, '“') > 0\n),\n\
         said AS MATERIALIZED (\n  \
         SELECT k.phrase, stands.session_id, MIN(stands.passage) AS passage FROM known k CROSS JOIN passages_fts ON passages_fts MATCH k.pattern\n    \
         CROSS JOIN stands ON stands.passage = passages_fts.rowid GROUP BY k.phrase, stands.session_id\n  \
         UNION ALL SELECT phrase, session_id, MIN(id) FROM (SELECT id, session_id, substr(rest, 1, instr(rest, '”') - 1) AS phrase FROM opened WHERE instr(rest, '”') BETWEEN 3 AND {LONGEST} + 1)\n    \
         WHERE phrase NOT GLOB '*[^一-龥A-Za-z0-9+]*' AND phrase NOT IN (SELECT phrase FROM known) GROUP BY phrase, session_id\n),\n"
    )
}

/// Longer stretches between quotation marks are titles and sayings.
const LONGEST: i64 = 10;

/// So many places are named beside a phrase.
const NAMED: i64 = 5;
