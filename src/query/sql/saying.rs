//! The sentences in which a report, or a part of it, says the words that a question asks for: of each the first.

use super::{Params, SourceForm, forms};
use crate::query::plan::{Condition, Plan, Rows, Step};

/// Of so many words the first sentences are shown.
const MOST: usize = 5;

/// A JSON array of the sentences in which the report of a place, a row of this layer, says the words; none where the
/// question asks for none.
pub(super) fn of_places(layer: &str, plan: &Plan, params: &mut Params) -> Option<String> {
    saying(&format!("{layer}.session_id"), None, plan, params)
}

/// The same of the report `s`, or of its part `r`.
pub(super) fn of_records(plan: &Plan, params: &mut Params) -> Option<String> {
    match plan.rows {
        Rows::Reports => saying("s.id", None, plan, params),
        Rows::Sections => saying("s.id", Some(["r.start", "r.\"end\""]), plan, params),
        _ => None,
    }
}

fn saying(
    session: &str,
    within: Option<[&str; 2]>,
    plan: &Plan,
    params: &mut Params,
) -> Option<String> {
    let conditions = plan.steps.iter().filter_map(|step| match step {
        Step::Keep(condition) => Some(condition),
        _ => None,
    });
    let mut words: Vec<&str> = conditions.flat_map(asserted).collect();
    words.truncate(MOST);
    if words.is_empty() {
        return None;
    }
    let each = words.iter().map(|word| {
        let forms = forms(word).into_iter().map(|form| params.text(&form));
        forms.collect::<Vec<_>>()
    });
    let each: Vec<Vec<String>> = each.collect();
    let [start, end] = within.unwrap_or(["NULL", "NULL"]);
    if params.form == SourceForm::Numbered {
        let words: Vec<String> = each
            .iter()
            .map(|forms| format!("json_array({})", forms.join(", ")))
            .collect();
        let words = words.join(", ");
        return Some(format!(
            "json_array(json_object('session', {session}, 'start', {start}, 'end', {end}, 'words', json_array({words})))"
        ));
    }
    let within = within.map_or(String::new(), |[start, end]| {
        format!(" AND q.start >= {start} AND q.\"end\" <= {end}")
    });
    let firsts: Vec<String> = each
        .iter()
        .map(|forms| {
            let any: Vec<String> = forms
                .iter()
                .map(|form| format!("instr(q.text, {form}) > 0"))
                .collect();
            let any = any.join(" OR ");
            format!("(SELECT MIN(q.id) FROM passages q WHERE q.session_id = {session}{within} AND ({any}))")
        })
        .collect();
    let firsts = firsts.join(", ");
    Some(format!(
        "(SELECT json_group_array(json_object('document', n.name, 'quote', substr(n.text, q.start + 1, q.\"end\" - q.start), 'start', q.start, 'end', q.\"end\")) \
         FROM passages q JOIN sessions z ON z.id = q.session_id JOIN documents n ON n.id = z.document_id WHERE q.id IN ({firsts}))"
    ))
}

/// The words that what meets a condition says, or may say.
fn asserted(condition: &Condition) -> Vec<&str> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(asserted).collect(),
        Condition::Mentions(words) => vec![words],
        _ => Vec::new(),
    }
}
