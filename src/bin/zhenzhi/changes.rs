//! What changed in reports, for people and for programs.

use serde_json::{Value, json};
use zhenzhi::fact;
use zhenzhi::render::visible_in_line;
use zhenzhi::store::{ReportChanges, Tally, ToldFigure};

use crate::language::{in_lang, messages, told};

/// Of each report, so many figures of a kind are listed for people.
const MOST: usize = 10;

/// The lines of one report: what it is, and below what changed.
pub(crate) fn for_people(changes: &ReportChanges) -> Vec<String> {
    let mut lines = vec![named(
        changes.place.as_deref(),
        changes.review_year,
        &changes.document,
    )];
    for (column, before, after) in &changes.head {
        lines.push(format!("  {column}: {} → {}", shown(before), shown(after)));
    }
    let altered = changes.changed.iter().map(|read| {
        let (before, after) = (figure(&read.before), figure(&read.after));
        if before == after {
            format!("  ~ {after} ({})", read.columns.join(", "))
        } else {
            format!("  ~ {before} → {after}")
        }
    });
    listed(&mut lines, altered.collect());
    let line = |sign: char| move |changed: &ToldFigure| format!("  {sign} {}", figure(changed));
    listed(&mut lines, changes.gone.iter().map(line('-')).collect());
    listed(&mut lines, changes.added.iter().map(line('+')).collect());
    for (en, zh, tally) in tallies(changes) {
        if !tally.is_nothing() {
            let Tally { added, gone } = tally;
            let line = told(
                format!("  {en}: {added} more, {gone} fewer"),
                format!("  {zh}：新增{added}，减少{gone}"),
            );
            lines.push(line.to_string());
        }
    }
    lines
}

fn listed(lines: &mut Vec<String>, found: Vec<String>) {
    let more = found.len().saturating_sub(MOST);
    lines.extend(found.into_iter().take(MOST));
    if more > 0 {
        let line = told(
            format!("    and {more} more (--format json has them)"),
            format!("    另有{more}处（--format json可全部列出）"),
        );
        lines.push(line.to_string());
    }
}

/// `云塘镇 2023 (云塘镇-2023.txt)`
pub(crate) fn named(place: Option<&str>, year: Option<i64>, document: &str) -> String {
    let place = place.unwrap_or(in_lang(messages(), "unknown place", "地方不明"));
    let year = year.map_or(String::new(), |year| format!(" {year}"));
    let name = told(
        format!("{place}{year} ({document})"),
        format!("{place}{year}（{document}）"),
    );
    visible_in_line(&name.to_string()).into_owned()
}

/// `2023 actual 税收收入 3.22亿元 +34.2%`
fn figure(figure: &ToldFigure) -> String {
    let mut parts = Vec::new();
    parts.extend(figure.year.map(|year| year.to_string()));
    parts.push(figure.status.clone());
    parts.push(figure.label.lines().map(str::trim).collect());
    if let Some(indicator) = &figure.indicator {
        parts.push(format!("[{indicator}]"));
    }
    parts.extend(
        figure
            .number
            .as_ref()
            .map(|number| number.lines().map(str::trim).collect()),
    );
    parts.extend(figure.growth.map(|growth| format!("{growth:+}%")));
    visible_in_line(&parts.join(" ")).into_owned()
}

fn shown(value: &fact::Value) -> String {
    match value {
        fact::Value::Null => "—".into(),
        fact::Value::Integer(number) => number.to_string(),
        fact::Value::Real(number) => number.to_string(),
        fact::Value::Text(text) => visible_in_line(text).into_owned(),
    }
}

const fn tallies(changes: &ReportChanges) -> [(&'static str, &'static str, Tally); 3] {
    [
        ("tasks", "任务", changes.tasks),
        ("doubts", "疑点", changes.doubts),
        ("sections", "章节", changes.sections),
    ]
}

pub(crate) fn for_programs(changes: &ReportChanges) -> Value {
    let head: Vec<Value> = changes
        .head
        .iter()
        .map(|(column, before, after)| {
            json!({"column": column, "before": plain(before), "after": plain(after)})
        })
        .collect();
    let altered: Vec<Value> = changes
        .changed
        .iter()
        .map(|read| {
            json!({
                "before": of_figure(&read.before),
                "after": of_figure(&read.after),
                "columns": read.columns,
            })
        })
        .collect();
    let tally = |tally: Tally| json!({"added": tally.added, "gone": tally.gone});
    json!({
        "place": changes.place,
        "review_year": changes.review_year,
        "document": changes.document,
        "report": head,
        "figures_added": changes.added.iter().map(of_figure).collect::<Vec<_>>(),
        "figures_gone": changes.gone.iter().map(of_figure).collect::<Vec<_>>(),
        "figures_changed": altered,
        "tasks": tally(changes.tasks),
        "doubts": tally(changes.doubts),
        "sections": tally(changes.sections),
    })
}

fn of_figure(figure: &ToldFigure) -> Value {
    json!({
        "year": figure.year,
        "status": figure.status,
        "label": figure.label,
        "indicator": figure.indicator,
        "number": figure.number,
        "value": figure.value,
        "unit": figure.unit,
        "growth": figure.growth,
        "quote": figure.quote,
    })
}

fn plain(value: &fact::Value) -> Value {
    match value {
        fact::Value::Null => Value::Null,
        fact::Value::Integer(number) => json!(number),
        fact::Value::Real(number) => json!(number),
        fact::Value::Text(text) => json!(text),
    }
}
