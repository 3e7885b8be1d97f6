use super::{number, one_line, width};
use crate::query::{Absence, Answer, Cell, Column, ColumnKind, Lang};
use std::fmt::Write as _;

/// An answer as text: the reading, the rows with the sentences that say them, the notes.
///
/// Chinese columns align by display width; numbers stand to the right.
#[must_use]
pub fn table(answer: &Answer, lang: Lang) -> String {
    let mut text = format!("{}\n", answer.reading.in_lang(lang));
    if let Some(sql) = &answer.explained {
        let _ = writeln!(text, "\n{sql}");
        return text;
    }
    if !answer.rows.is_empty() {
        text.push('\n');
        text.push_str(&rows(answer, lang));
    }
    if !answer.notes.is_empty() {
        text.push('\n');
    }
    for note in &answer.notes {
        text.push_str(match lang {
            Lang::En => "note: ",
            Lang::Zh => "注：",
        });
        text.push_str(note.in_lang(lang));
        text.push('\n');
    }
    text
}

/// Units stand with their values, and a column that is empty throughout says nothing.
fn shown_columns(answer: &Answer) -> Vec<usize> {
    answer
        .columns
        .iter()
        .enumerate()
        .filter(|(at, column)| {
            column.kind != ColumnKind::Unit
                && (matches!(column.kind, ColumnKind::Value)
                    || answer
                        .rows
                        .iter()
                        .any(|row| row.cells.get(*at).is_some_and(|cell| !cell.value.is_null())))
        })
        .map(|(at, _)| at)
        .collect()
}

/// The rows of an answer alone, with the sentences that say them, without the reading and the notes.
#[must_use]
pub fn rows(answer: &Answer, lang: Lang) -> String {
    let mut text = String::new();
    if let Some(sql) = &answer.explained {
        let _ = writeln!(text, "{sql}");
    } else if !answer.rows.is_empty() {
        write_rows(answer, &shown_columns(answer), lang, &mut text);
    }
    text
}

fn write_rows(answer: &Answer, shown: &[usize], lang: Lang, text: &mut String) {
    let mut lines: Vec<Vec<String>> = vec![
        shown
            .iter()
            .map(|at| title(&answer.columns[*at], lang))
            .collect(),
    ];
    let scales: Vec<number::Scale> = (0..answer.columns.len())
        .map(|at| scale(answer, at, lang))
        .collect();
    for row in &answer.rows {
        lines.push(
            shown
                .iter()
                .map(|at| cell(answer, &row.cells, *at, scales[*at], lang))
                .collect(),
        );
    }
    let widths: Vec<usize> = (0..shown.len())
        .map(|at| {
            lines
                .iter()
                .map(|line| width(&line[at]))
                .max()
                .unwrap_or(0)
                .min(60)
        })
        .collect();
    for (number, line) in lines.iter().enumerate() {
        let mut said = String::new();
        for (at, cell) in line.iter().enumerate() {
            if at > 0 {
                said.push_str("  ");
            }
            let blanks = " ".repeat(widths[at].saturating_sub(width(cell)));
            let to_the_right = is_number(answer.columns[shown[at]].kind);
            if to_the_right {
                said.push_str(&blanks);
                said.push_str(cell);
            } else {
                said.push_str(cell);
                said.push_str(&blanks);
            }
        }
        text.push_str(said.trim_end());
        text.push('\n');
        if number > 0 {
            sources(answer, number - 1, lang, text);
        }
    }
}

/// Sentences below their row; those of a long list are left to JSON.
fn sources(answer: &Answer, row: usize, lang: Lang, text: &mut String) {
    const MOST: usize = 6;
    let row = &answer.rows[row];
    // A row of text that is its own source need not say it twice.
    let said: Vec<String> = row
        .cells
        .iter()
        .filter_map(|cell| cell.value.text())
        .map(one_line)
        .collect();
    let mut quotes: Vec<(String, &str)> = row
        .sources
        .iter()
        .map(|source| (one_line(&source.quote), source.document.as_str()))
        .filter(|(quote, _)| !quote.is_empty() && !said.contains(quote))
        .collect();
    quotes.dedup();
    for (quote, document) in quotes.iter().take(MOST) {
        let _ = match lang {
            Lang::En => writeln!(text, "    “{quote}” ({document})"),
            Lang::Zh => writeln!(text, "    “{quote}”（{document}）"),
        };
    }
    if quotes.len() > MOST {
        let more = quotes.len() - MOST;
        let _ = match lang {
            Lang::En => writeln!(text, "    … and {more} more"),
            Lang::Zh => writeln!(text, "    ……另有{more}处"),
        };
    }
}

fn title(column: &Column, lang: Lang) -> String {
    match lang {
        Lang::En => column.title_en.clone(),
        Lang::Zh => column.title_zh.clone(),
    }
}

const fn is_number(kind: ColumnKind) -> bool {
    matches!(
        kind,
        ColumnKind::Value | ColumnKind::Growth | ColumnKind::Count | ColumnKind::Number
    )
}

/// One scale a column where all its values have one unit; else each value has its own.
fn scale(answer: &Answer, at: usize, lang: Lang) -> number::Scale {
    let values: Vec<f64> = answer
        .rows
        .iter()
        .filter_map(|row| row.cells.get(at).and_then(|cell| cell.value.number()))
        .collect();
    let unit = answer.columns[at].unit.as_deref().unwrap_or_default();
    let most = if answer.columns[at].derived { 2 } else { 4 };
    if answer.columns[at].fixed {
        return number::unscaled(&values, most);
    }
    number::scale_to(&values, unit, lang, most)
}

fn cell(answer: &Answer, cells: &[Cell], at: usize, scale: number::Scale, lang: Lang) -> String {
    let column = &answer.columns[at];
    let cell = &cells[at];
    if let Some(absence) = cell.absence {
        return absent(absence, lang).to_owned();
    }
    let Some(value) = cell.value.number() else {
        return match (cell.value.text(), column.kind) {
            (Some(status), ColumnKind::Status) => status_word(status, lang).to_owned(),
            (Some(word), ColumnKind::Verdict) => verdict_word(word, lang).to_owned(),
            (Some(text), _) => one_line(text),
            _ => "—".to_owned(),
        };
    };
    match column.kind {
        ColumnKind::Growth => {
            let own = unit_behind(answer, cells, at);
            let unit = own.or(column.unit.as_deref()).unwrap_or("%");
            let value = if column.derived {
                (value * 100.0).round() / 100.0
            } else {
                value
            };
            bounded(cell, &change(value, unit, lang), None, lang)
        }
        ColumnKind::Number => {
            let unit = column.unit.as_deref().unwrap_or_default();
            bounded(cell, &format!("{}{unit}", number::plain(value)), None, lang)
        }
        ColumnKind::Value => {
            let own = answer
                .columns
                .get(at + 1)
                .filter(|next| next.kind == ColumnKind::Unit)
                .map_or_else(
                    // Turned about, each row has its unit.
                    || {
                        answer
                            .columns
                            .iter()
                            .position(|column| column.kind == ColumnKind::Unit)
                    },
                    |_| Some(at + 1),
                )
                .and_then(|unit| cells[unit].value.text());
            let said = |value: f64| match (&column.unit, own) {
                (Some(unit), _) => number::quantity(value, unit, scale, lang),
                (None, own) => number::alone(value, own.unwrap_or_default(), lang),
            };
            bounded(cell, &said(value), cell.high.map(said).as_deref(), lang)
        }
        ColumnKind::Year | ColumnKind::Count => format!("{value}"),
        ColumnKind::Text | ColumnKind::Status | ColumnKind::Verdict | ColumnKind::Unit => {
            number::plain(value)
        }
    }
}

/// The unit of the row, where a column of units stands right behind the value.
fn unit_behind<'a>(answer: &Answer, cells: &'a [Cell], at: usize) -> Option<&'a str> {
    answer
        .columns
        .get(at + 1)
        .filter(|next| next.kind == ColumnKind::Unit)
        .and_then(|_| cells[at + 1].value.text())
}

/// A change in percent, in points, or in the unit of what changed.
fn change(value: f64, unit: &str, lang: Lang) -> String {
    match unit {
        "%" | "百分点" => number::growth(value, unit, lang),
        _ if value > 0.0 => format!("+{}", number::alone(value, unit, lang)),
        _ => number::alone(value, unit, lang),
    }
}

/// What came of a target and why, in the reader's language: `verdicts.tsv`.
fn verdict_word(word: &str, lang: Lang) -> &str {
    include_str!("verdicts.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?, cells.next()?))
        })
        .find(|(name, ..)| *name == word)
        .map_or(word, |(_, en, zh)| match lang {
            Lang::En => en,
            Lang::Zh => zh,
        })
}

/// ≥34亿元, 约22亿元, 3–5%, and 截至10月 where it is not the whole year.
fn bounded(cell: &Cell, value: &str, high: Option<&str>, lang: Lang) -> String {
    let mut said = match (cell.bound.as_deref(), high) {
        (Some("range"), Some(high)) => format!("{value}–{high}"),
        (Some("gt"), _) => format!(">{value}"),
        (Some("ge"), _) => format!("≥{value}"),
        (Some("lt"), _) => format!("<{value}"),
        (Some("le"), _) => format!("≤{value}"),
        (Some("approx"), _) => match lang {
            Lang::En => format!("c. {value}"),
            Lang::Zh => format!("约{value}"),
        },
        _ => value.to_owned(),
    };
    if let Some(month) = cell
        .period
        .as_deref()
        .and_then(|period| period.strip_prefix("to-month-"))
    {
        let _ = match lang {
            Lang::En => write!(said, " (to month {month})"),
            Lang::Zh => write!(said, "（截至{month}月）"),
        };
    }
    said
}

const fn absent(absence: Absence, lang: Lang) -> &'static str {
    match (absence, lang) {
        (Absence::NoReport, Lang::En) => "no report",
        (Absence::NoReport, Lang::Zh) => "无报告",
        (Absence::NotMentioned, Lang::En) => "not stated",
        (Absence::NotMentioned, Lang::Zh) => "未提及",
        (Absence::GrowthOnly, Lang::En) => "growth only",
        (Absence::GrowthOnly, Lang::Zh) => "只有增速",
    }
}

fn status_word(status: &str, lang: Lang) -> &str {
    match (status, lang) {
        ("actual", Lang::Zh) => "实际",
        ("estimate", Lang::Zh) => "预计",
        ("target", Lang::Zh) => "目标",
        ("estimate", Lang::En) => "estimate (预计)",
        (other, _) => other,
    }
}
