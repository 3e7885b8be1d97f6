//! Policy phrases (政策用语): what the reports that answer put in quotation marks, and the phrases of `phrases.tsv`, which
//! mostly stand without any.

use super::super::SourceForm;
use super::Params;
use super::mentions::phrase;

/// The phrases that are looked for wherever they stand.
fn known() -> impl Iterator<Item = &'static str> {
    include_str!("../../phrases.tsv").lines().skip(1)
}

/// The common table expressions from `answering` to `phrase`, a row a phrase.
pub(super) fn tables(params: &mut Params) -> String {
    let patterns: Vec<(&str, String)> = known()
        .filter_map(|known| Some((known, phrase(known)?)))
        .collect();
    let known = params.text(&serde_json::json!(patterns).to_string());
    let (source, read) = match params.form {
        SourceForm::Quoted => (
            "json_object('document', d.name, 'quote', substr(d.text, p.start + 1, p.\"end\" - p.start), 'start', p.start, 'end', p.\"end\")",
            " JOIN passages p ON p.id = w.passage JOIN sessions s ON s.id = p.session_id JOIN documents d ON d.id = s.document_id",
        ),
        SourceForm::Numbered => ("json_object('passage', w.passage)", ""),
    };
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
         WHERE phrase NOT GLOB '*[^一-龥A-Za-z0-9+]*' AND phrase NOT IN (SELECT phrase FROM known) GROUP BY phrase, session_id\n),\n\
         told AS MATERIALIZED (\n  SELECT q.phrase, q.passage, t.id AS town_id, t.name, DENSE_RANK() OVER (PARTITION BY q.phrase ORDER BY t.name, t.id) AS turn,\n    \
         ROW_NUMBER() OVER (PARTITION BY q.phrase, t.id ORDER BY q.passage) AS report\n  \
         FROM said q JOIN answering a ON a.session_id = q.session_id JOIN towns t ON t.id = a.town_id\n),\n\
         phrase AS MATERIALIZED (\n  SELECT w.phrase, COUNT(DISTINCT w.town_id) AS places, COUNT(*) AS reports,\n    \
         group_concat(w.name, '、') FILTER (WHERE w.turn <= {NAMED} AND w.report = 1) || CASE WHEN COUNT(DISTINCT w.town_id) > {NAMED} THEN '……' ELSE '' END AS names,\n    \
         json_group_array({source}) AS sources\n  \
         FROM (SELECT * FROM told ORDER BY phrase, turn, report) w{read}\n  GROUP BY w.phrase\n)"
    )
}

/// Longer stretches between quotation marks are titles and sayings.
const LONGEST: i64 = 10;

/// So many places are named beside a phrase.
const NAMED: i64 = 5;
