//! Tasks beside what the next report says: the sentence of its review part that has most of a task's wording.
//!
//! Wording is compared by pairs of characters that stand side by side, which needs no dictionary. A pair counts the more
//! the fewer sentences of that report have it, so that 推进 and 建设 say little, and names of places and projects much.

use super::super::SourceForm;
use super::super::column::{Column, ColumnKind, Field};

/// Pairs that more sentences of a report have say nothing of what it is about.
const COMMON: i64 = 30;

/// So much must be shared: as much as three pairs that no other sentence has. With less, most sentences were about something
/// else.
const ENOUGH: i64 = 3;

/// Sentences are compared as far as this.
const LONGEST: i64 = 600;

/// A task of a report is about the year that the next one looks back on: of the latest report that year's, planned before.
pub(super) const OF_LATEST: &str =
    " JOIN report ON report.town_id = s.town_id AND report.review_year = s.plan_year";

/// The common table expressions from the tasks in `from` to `likest`, at most one row a task.
pub(super) fn tables(from: &str) -> String {
    let pairs = |of: &str| {
        format!(
            "SELECT DISTINCT {of}.id, {of}.report, substr({of}.text, n, 2) AS pair FROM {of} JOIN letter ON n < length({of}.text)\n    \
             WHERE pair GLOB '[一-龥A-Za-z][一-龥A-Za-z]'"
        )
    };
    format!(
        "asked AS MATERIALIZED (\n  SELECT r.id, r.text, (SELECT o.id FROM sessions o WHERE o.town_id = s.town_id AND o.review_year = s.plan_year ORDER BY o.id DESC LIMIT 1) AS report\n  \
         FROM {from}\n),\n\
         later AS MATERIALIZED (\n  SELECT p.id, p.text, p.session_id AS report FROM passages p JOIN sections x ON x.id = p.section_id\n  \
         WHERE p.session_id IN (SELECT report FROM asked) AND p.kind = 'sentence' AND x.type = 'review'\n),\n\
         letter(n) AS MATERIALIZED (SELECT 1 UNION ALL SELECT n + 1 FROM letter WHERE n < {LONGEST}),\n\
         asked_pair AS MATERIALIZED ({asked}),\n\
         later_pair AS MATERIALIZED ({later}),\n\
         telling AS MATERIALIZED (SELECT report, pair, 1.0 / COUNT(*) AS weight FROM later_pair GROUP BY report, pair HAVING COUNT(*) <= {COMMON}),\n\
         alike AS (\n  SELECT a.id AS task, l.id AS sentence, COUNT(*) AS pairs, SUM(weight) AS weight\n  \
         FROM asked_pair a CROSS JOIN telling t ON t.report = a.report AND t.pair = a.pair CROSS JOIN later_pair l ON l.report = a.report AND l.pair = a.pair\n  \
         GROUP BY a.id, l.id HAVING SUM(weight) >= {ENOUGH}\n),\n\
         likest AS MATERIALIZED (\n  SELECT task, sentence, pairs FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY task ORDER BY weight DESC, sentence) AS turn FROM alike) WHERE turn = 1\n)",
        asked = pairs("asked"),
        later = pairs("later"),
    )
}

/// What a row of `from` is joined with for [`columns`].
pub(super) const JOINED: &str = " JOIN asked ON asked.id = r.id LEFT JOIN likest ON likest.task = r.id LEFT JOIN passages said ON said.id = likest.sentence \
     LEFT JOIN sessions n ON n.id = said.session_id LEFT JOIN documents e ON e.id = n.document_id";

/// The columns of a task beside the sentence.
pub(super) fn columns(form: SourceForm) -> Vec<(String, Field)> {
    let shown = |sql: &str, column: Column| (sql.to_owned(), Field::Shown(column));
    let text = |name: &str, zh: &str| Column::new(name, zh, ColumnKind::Text);
    let sources = match form {
        SourceForm::Quoted => [
            "json_object('document', d.name, 'quote', substr(d.text, r.start + 1, r.\"end\" - r.start), 'start', r.start, 'end', r.\"end\")",
            "json_object('document', e.name, 'quote', substr(e.text, said.start + 1, said.\"end\" - said.start), 'start', said.start, 'end', said.\"end\")",
        ],
        SourceForm::Numbered => [
            "json_object('of', s.document_id, 'start', r.start, 'end', r.\"end\")",
            "json_object('of', n.document_id, 'start', said.start, 'end', said.\"end\")",
        ],
    };
    let [task, sentence] = sources;
    vec![
        shown("place.name", text("town", "地方")),
        shown("s.plan_year", Column::new("year", "年份", ColumnKind::Year)),
        shown("r.text", text("task", "任务")),
        shown("r.deadline", text("deadline", "期限")),
        shown("said.text", text("next_report", "次年报告的说法")),
        shown(
            "CASE WHEN likest.task IS NOT NULL THEN ROUND(100.0 * likest.pairs / (SELECT COUNT(*) FROM asked_pair WHERE asked_pair.id = r.id)) END",
            Column::new("alike", "用字相同", ColumnKind::Number)
                .in_unit(Some("%"))
                .derived(),
        ),
        shown(
            "CASE WHEN asked.report IS NULL THEN 'no-later-report' WHEN likest.task IS NULL THEN 'nothing-alike' END",
            Column::new("reason", "原因", ColumnKind::Code),
        ),
        (
            format!(
                "CASE WHEN said.id IS NULL THEN json_array({task}) ELSE json_array({task}, {sentence}) END"
            ),
            Field::Sources,
        ),
    ]
}
