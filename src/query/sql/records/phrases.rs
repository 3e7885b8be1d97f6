//! Policy phrases (政策用语): what the reports that answer put in quotation marks, and the phrases of `phrases.tsv`, which
//! mostly stand without any.

use super::super::SourceForm;
use super::Params;
use super::condition::phrase;

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
    let source = match params.form {
        SourceForm::Quoted => {
            "json_object('document', d.name, 'quote', substr(d.text, p.start + 1, p.\"end\" - p.start), 'start', p.start, 'end', p.\"end\")"
        }
        SourceForm::Numbered => {
            "json_object('of', s.document_id, 'start', p.start, 'end', p.\"end\")"
        }
    };
    format!(
        "known AS MATERIALIZED (SELECT value ->> 0 AS phrase, value ->> 1 AS pattern FROM json_each({known})),\n\
         reach AS MATERIALIZED (SELECT MIN(p.id) AS first, MAX(p.id) AS last FROM answering a JOIN passages p ON p.session_id = a.session_id),\n\
         opened(id, session_id, rest) AS (\n  \
         SELECT p.id, p.session_id, substr(p.text, instr(p.text, '“') + 1) FROM answering a CROSS JOIN passages p ON p.session_id = a.session_id WHERE instr(p.text, '“') > 0\n  \
         UNION ALL SELECT id, session_id, substr(rest, instr(rest, '“') + 1) FROM opened WHERE instr(rest, '“') > 0\n),\n\
         said AS MATERIALIZED (\n  \
         SELECT k.phrase, p.session_id, MIN(p.id) AS passage FROM known k CROSS JOIN reach CROSS JOIN passages_fts ON passages_fts MATCH k.pattern AND passages_fts.rowid BETWEEN reach.first AND reach.last\n    \
         CROSS JOIN passages p ON p.id = passages_fts.rowid WHERE p.session_id IN (SELECT session_id FROM answering) GROUP BY k.phrase, p.session_id\n  \
         UNION ALL SELECT phrase, session_id, MIN(id) FROM (SELECT id, session_id, substr(rest, 1, instr(rest, '”') - 1) AS phrase FROM opened WHERE instr(rest, '”') BETWEEN 3 AND {LONGEST} + 1)\n    \
         WHERE phrase NOT GLOB '*[^一-龥A-Za-z0-9+]*' AND phrase NOT IN (SELECT phrase FROM known) GROUP BY phrase, session_id\n),\n\
         told AS MATERIALIZED (\n  SELECT q.phrase, q.passage, t.id AS town_id, t.name, DENSE_RANK() OVER (PARTITION BY q.phrase ORDER BY t.name, t.id) AS turn,\n    \
         ROW_NUMBER() OVER (PARTITION BY q.phrase, t.id ORDER BY q.passage) AS report\n  \
         FROM said q JOIN answering a ON a.session_id = q.session_id JOIN towns t ON t.id = a.town_id\n),\n\
         phrase AS MATERIALIZED (\n  SELECT w.phrase, COUNT(DISTINCT w.town_id) AS places, COUNT(*) AS reports,\n    \
         group_concat(w.name, '、') FILTER (WHERE w.turn <= {NAMED} AND w.report = 1) || CASE WHEN COUNT(DISTINCT w.town_id) > {NAMED} THEN '……' ELSE '' END AS names,\n    \
         json_group_array({source}) AS sources\n  \
         FROM (SELECT * FROM told ORDER BY phrase, turn, report) w JOIN passages p ON p.id = w.passage JOIN sessions s ON s.id = p.session_id JOIN documents d ON d.id = s.document_id\n  GROUP BY w.phrase\n)"
    )
}

/// Longer stretches between quotation marks are titles and sayings.
const LONGEST: i64 = 10;

/// So many places are named beside a phrase.
const NAMED: i64 = 5;
