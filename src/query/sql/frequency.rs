//! How often words stand in reports.

use super::column::{Column, ColumnKind, Field};
use super::figures::year_filter;
use super::records::BODY;
use super::scope::{places, reports};
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
    // What is looked for without blanks and line breaks, which may stand anywhere in a text; at one place stands one of its
    // forms.
    let bare = |word: &String| -> String {
        let bare: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        if bare.is_empty() { word.clone() } else { bare }
    };
    let mut bound =
        |word: &str| -> Vec<String> { forms(word).iter().map(|form| params.text(form)).collect() };
    let sought: Vec<Vec<String>> = words.iter().map(|word| bound(&bare(word))).collect();
    let first = bound(&words[0]);
    // Each text is gone through once for each form, and once for its length where the store does not say it.
    let mut looked_at = Vec::new();
    for (n, forms) in sought.iter().enumerate() {
        for (form, bound) in forms.iter().enumerate() {
            let without = format!("length(replace({BODY}, {bound}, '')) AS without{n}_{form}");
            looked_at.push(without);
        }
    }
    for (form, bound) in first.iter().enumerate() {
        let raw = "substr(d.text, s.start + 1, s.\"end\" - s.start)";
        looked_at.push(format!("instr({raw}, {bound}) AS found{form}"));
    }
    let length = if params.is_worked_out {
        "CASE WHEN d.text = '' THEN 0 ELSE s.length END".to_owned()
    } else {
        format!("length({BODY})")
    };
    tables.push(format!(
        "body AS MATERIALIZED (\n  SELECT place.name AS place, report.review_year, d.name AS document, s.start AS first, \
         {length} AS length,\n    {}\n  \
         FROM report JOIN sessions s ON s.id = report.session_id JOIN documents d ON d.id = s.document_id JOIN place ON place.id = report.town_id{filter}\n)",
        looked_at.join(", ")
    ));
    let mut sql = vec!["place".to_owned(), "review_year".to_owned()];
    let mut fields = vec![
        Field::Shown(Column::new("town", "地方", ColumnKind::Text)),
        Field::Shown(Column::new("year", "年份", ColumnKind::Year)),
    ];
    let single = words.len() == 1;
    for (n, (word, forms)) in words.iter().zip(&sought).enumerate() {
        let count: Vec<String> = (0..forms.len())
            .map(|form| format!("(length - without{n}_{form}) / length({})", forms[form]))
            .collect();
        let count = format!("({})", count.join(" + "));
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
        sql.push(format!("round(1000.0 * {count} / length, 3)"));
        fields.push(Field::Shown(column));
    }
    let cases: Vec<String> = first
        .iter()
        .enumerate()
        .map(|(form, bound)| {
            format!(
                "WHEN found{form} > 0 THEN json_array(json_object('document', document, 'quote', {bound}, \
                 'start', first + found{form} - 1, 'end', first + found{form} - 1 + length({bound}))) "
            )
        })
        .collect();
    sql.push(format!("CASE {}ELSE '[]' END", cases.concat()));
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
    let is_of_each_year = plan
        .steps
        .iter()
        .any(|step| matches!(step, Step::Take { each: Some(_), .. }));
    let shown = sql.join(",\n  ");
    let select = match cut {
        // The first so many of each year, which is all that words are taken by.
        Some((count, first)) if is_of_each_year => {
            let direction = if first { "DESC" } else { "ASC" };
            let counted = &sql[2];
            format!(
                "SELECT {shown}\nFROM (SELECT *, RANK() OVER (PARTITION BY review_year ORDER BY {counted} {direction}) AS turn FROM body WHERE {counted} > 0)\n\
                 WHERE turn <= {count}\nORDER BY review_year, {order}"
            )
        }
        _ => format!("SELECT {shown}\nFROM body\nORDER BY {order}{limit}"),
    };
    let text = format!("WITH {}\n{select}", tables.join(",\n"));
    Emitted {
        rows: params.statement(text),
        fields,
        if_empty: None,
        reason: Field::Told(Vec::new()),
        says_why: false,
    }
}
