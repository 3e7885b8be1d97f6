//! How often words stand in reports.

use super::figures::year_filter;
use super::places::{places, reports};
use super::project::{Column, ColumnKind, Field};
use super::records::BODY;
use super::{Emitted, Params, forms};
use crate::query::plan::{Plan, Step};

/// How often words stand in each report, and per thousand characters.
pub(super) fn emit(plan: &Plan, words: &[String], mut params: Params) -> Emitted {
    let mut tables = vec![places(plan, &mut params), reports(plan, &mut params)];
    let mut wanted = Vec::new();
    wanted.extend(year_filter(
        "report.review_year",
        &plan.scope.years,
        &mut params,
    ));
    let filter = if wanted.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", wanted.join(" AND "))
    };
    tables.push(format!(
        "body AS (SELECT place.name AS place, report.review_year, d.name AS document, s.start AS first, substr(d.text, s.start + 1, s.\"end\" - s.start) AS raw, {BODY} AS body \
         FROM report JOIN sessions s ON s.id = report.session_id JOIN documents d ON d.id = s.document_id JOIN place ON place.id = report.town_id{filter})"
    ));
    let mut sql = vec!["place".to_owned(), "review_year".to_owned()];
    let mut fields = vec![
        Field::Shown(Column::new("town", "地方", ColumnKind::Text)),
        Field::Shown(Column::new("year", "年份", ColumnKind::Year)),
    ];
    let single = words.len() == 1;
    for word in words {
        // The text is looked at without blanks and line breaks, which may stand anywhere in it.
        let bare: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        // At one place stands one of its forms.
        let count: Vec<String> = forms(if bare.is_empty() { word } else { &bare })
            .iter()
            .map(|form| {
                let form = params.text(form);
                format!("(length(body) - length(replace(body, {form}, ''))) / length({form})")
            })
            .collect();
        let count = match &count[..] {
            [only] => only.clone(),
            several => format!("({})", several.join(" + ")),
        };
        let names = |name: &str, own: &str| {
            if single {
                name.to_owned()
            } else {
                format!("{word}{own}")
            }
        };
        let mut column = Column::new(&names("count", ""), "次数", ColumnKind::Count);
        column.title_zh = names("次数", "");
        sql.push(count.clone());
        fields.push(Field::Shown(column));
        let mut column = Column::new(
            &names("per_thousand", " per thousand"),
            "",
            ColumnKind::Number,
        );
        column.title_en = names("per thousand characters", " per thousand");
        column.title_zh = names("每千字", "每千字");
        sql.push(format!("round(1000.0 * {count} / length(body), 3)"));
        fields.push(Field::Shown(column));
    }
    let cases: String = forms(&words[0])
        .iter()
        .map(|form| {
            let first = params.text(form);
            format!(
                "WHEN instr(raw, {first}) > 0 THEN json_array(json_object('document', document, 'quote', {first}, \
                 'start', first + instr(raw, {first}) - 1, 'end', first + instr(raw, {first}) - 1 + length({first}))) "
            )
        })
        .collect();
    sql.push(format!("CASE {cases}ELSE '[]' END"));
    fields.push(Field::Sources);
    let cut = plan.steps.iter().rev().find_map(|step| match step {
        Step::Take { count, first, .. } => Some((*count, *first)),
        Step::Limit(count) => Some((*count, true)),
        _ => None,
    });
    let limit = cut.map_or(String::new(), |(count, _)| format!("\nLIMIT {count}"));
    let order = if let Some((_, false)) = cut {
        "3, place"
    } else if cut.is_some() {
        "3 DESC, place"
    } else if plan.scope.years.are_rows() {
        "place, review_year"
    } else {
        "3 DESC, place"
    };
    let text = format!(
        "WITH {}\nSELECT {}\nFROM body\nORDER BY {order}{limit}",
        tables.join(",\n"),
        sql.join(",\n  ")
    );
    Emitted {
        rows: params.statement(text),
        fields,
        if_empty: None,
        reason: Field::Told(Vec::new()),
    }
}
