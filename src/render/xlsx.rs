use std::collections::HashMap;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::cell::{Scales, bound_sign, has_unit_of_column, mark, own_unit};
use super::grid::{Grid, GridColumn};
use super::number::{self, Scale, unit_word};
use super::options::{Options, Sources};
use super::quote::quotes;
use super::{legend, visible_in_line, width};
use crate::query::{Answer, Cell, ColumnKind, Lang, Row};

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
#[error("the answer does not fit a workbook: {source}; ask for csv, or for fewer rows")]
pub struct WorkbookError {
    /// A sheet has 1,048,576 rows and 16,384 columns.
    #[from]
    source: XlsxError,
}

/// Answers as a workbook (xlsx): a sheet an answer, one with their readings and notes, and one with the sentences
/// behind each row, where any row has some.
///
/// Numbers are numbers, in the multiplier and unit that their heading names; ≥, 预计 and the like are in the number
/// format of their cell and so do not hinder a sum. What is absent is empty. Words are never formulas, and codes stay
/// text. The same answers give the same bytes.
pub fn workbook(answers: &[(&Answer, Lang)], options: &Options) -> Result<Vec<u8>, WorkbookError> {
    let names: Vec<String> = answers
        .iter()
        .enumerate()
        .map(|(at, (_, lang))| match (lang, answers.len()) {
            (Lang::En, 1) => "answer".to_owned(),
            (Lang::Zh, 1) => "答案".to_owned(),
            (Lang::En, _) => format!("answer {}", at + 1),
            (Lang::Zh, _) => format!("答案{}", at + 1),
        })
        .collect();
    workbook_of(answers, &names, options)
}

/// As [`workbook`], each sheet with its name: at most 31 characters, none of `[]:*?/\\`, no two alike.
pub fn workbook_of(
    answers: &[(&Answer, Lang)],
    names: &[String],
    options: &Options,
) -> Result<Vec<u8>, WorkbookError> {
    let lang = answers.first().map_or(Lang::En, |(_, lang)| *lang);
    let mut book = Workbook::new();
    // The time of writing would make each file another.
    let origin = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&origin));
    for ((answer, lang), name) in answers.iter().zip(names) {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        Sheet::of(answer, *lang, options).write(sheet)?;
    }
    notes(answers, lang, options, book.add_worksheet())?;
    let have_sources = options.sources != Sources::Hidden
        && answers
            .iter()
            .any(|(answer, _)| answer.rows.iter().any(|row| !quotes(row).is_empty()));
    if have_sources {
        sources(answers, lang, book.add_worksheet())?;
    }
    Ok(book.save_to_buffer()?)
}

struct Sheet<'a> {
    answer: &'a Answer,
    lang: Lang,
    grid: Grid,
    scales: Scales,
    formats: HashMap<String, Format>,
}

impl<'a> Sheet<'a> {
    fn of(answer: &'a Answer, lang: Lang, options: &Options) -> Self {
        Self {
            answer,
            lang,
            grid: Grid::with(answer, lang, options),
            scales: Scales::of(answer, lang, options.numbers),
            formats: HashMap::new(),
        }
    }

    fn write(mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let heading = heading_format();
        let columns = std::mem::take(&mut self.grid.columns);
        for (x, column) in columns.iter().enumerate() {
            let title = self.heading(column);
            let widest = self
                .grid
                .rows
                .iter()
                .map(|row| width(&row[x].whole()))
                .max();
            let wide = widest.unwrap_or(0).max(width(&title)).clamp(6, 60);
            sheet.set_column_width(x as u16, wide as f64 + 2.0)?;
            sheet.write_string_with_format(0, x as u16, title, &heading)?;
        }
        for (y, row) in self.answer.rows.iter().enumerate() {
            for (x, column) in columns.iter().enumerate() {
                self.cell(sheet, (y + 1, x), column, row)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        if !columns.is_empty() {
            let last = (self.answer.rows.len() as u32, columns.len() as u16 - 1);
            sheet.autofilter(0, 0, last.0, last.1)?;
        }
        Ok(())
    }

    /// `税收收入（亿元）`.
    fn heading(&self, column: &GridColumn) -> String {
        let of = &self.answer.columns[column.at];
        let unit = of.unit.as_deref().unwrap_or_default();
        let unit = match of.kind {
            ColumnKind::Value => self.scales.of[column.at].unit(unit, self.lang),
            _ => unit_word(unit, self.lang).to_owned(),
        };
        match (unit.is_empty(), self.lang) {
            (true, _) => column.whole_title.clone(),
            (false, Lang::En) => format!("{} ({unit})", column.whole_title),
            (false, Lang::Zh) => format!("{}（{unit}）", column.whole_title),
        }
    }

    fn cell(
        &mut self,
        sheet: &mut Worksheet,
        (y, x): (usize, usize),
        column: &GridColumn,
        row: &Row,
    ) -> Result<(), XlsxError> {
        let (y, x) = (y as u32, x as u16);
        let cell = &row.cells[column.at];
        if let Some(value) = cell.value.number().filter(|value| value.is_finite()) {
            let (value, format) = self.number(column, row, cell, value);
            let format = self
                .formats
                .entry(format)
                .or_insert_with_key(|format| Format::new().set_num_format(format));
            sheet.write_number_with_format(y, x, value, format)?;
        } else if !cell.value.is_null() {
            let text = &self.grid.rows[y as usize - 1][x as usize].text;
            sheet.write_string(y, x, fitting(text))?;
        }
        Ok(())
    }

    /// A number and how it is shown, bound before and marks behind: `"≥"0.00"（预计）"`.
    fn number(&self, column: &GridColumn, row: &Row, cell: &Cell, value: f64) -> (f64, String) {
        let of = &self.answer.columns[column.at];
        let scale = self.scales.of[column.at];
        let mark = mark(self.answer, cell, column.at, self.lang);
        let bound = cell.bound.as_deref().map_or("", bound_sign);
        match of.kind {
            ColumnKind::Value if has_unit_of_column(self.answer, row, column.at) => {
                let high = cell.high.map(|high| said(high, scale));
                let behind = high.map_or(String::new(), |high| format!("–{high}"));
                let digits = digits(scale.decimals());
                let format = format!("{}{digits}{}", quoted(bound), quoted(&(behind + &mark)));
                (divided(value, scale), format)
            }
            ColumnKind::Value => {
                let unit = own_unit(self.answer, row, column.at).unwrap_or_default();
                let digits = digits(number::decimals(value));
                let behind = cell.high.map_or(String::new(), |high| format!("–{high}"));
                let behind = format!("{behind}{unit}{mark}");
                (
                    value,
                    format!("{}{digits}{}", quoted(bound), quoted(&behind)),
                )
            }
            ColumnKind::Growth => {
                let digits = plain_digits(scale.decimals());
                // Points among growths in percent.
                let own = cell.unit.as_deref();
                let own = own.map_or(String::new(), |unit| unit_word(unit, self.lang).to_owned());
                let high = cell.high.map(|high| number::growth(high, "", self.lang));
                let own = high.map_or(String::new(), |high| format!("–{high}")) + &own;
                let (bound, behind) = (quoted(bound), quoted(&(own + &mark)));
                let rounded = divided(value, scale);
                (
                    rounded,
                    format!(
                        "{bound}+{digits}{behind};{bound}-{digits}{behind};{bound}{digits}{behind}"
                    ),
                )
            }
            ColumnKind::Number | ColumnKind::Count => (
                divided(value, scale),
                format!("{}{}", quoted(bound), digits(scale.decimals())),
            ),
            _ => (value, "General".to_owned()),
        }
    }
}

fn said(value: f64, scale: Scale) -> String {
    format!("{:.*}", scale.decimals(), value / scale.factor())
}

/// A quotient of doubles has digits that nobody stated; twelve are more than any report states.
fn divided(value: f64, scale: Scale) -> f64 {
    let quotient = value / scale.factor();
    format!("{quotient:.11e}").parse().unwrap_or(quotient)
}

fn digits(decimals: usize) -> String {
    format!("#,##{}", plain_digits(decimals))
}

fn plain_digits(decimals: usize) -> String {
    match decimals {
        0 => "0".to_owned(),
        _ => format!("0.{}", "0".repeat(decimals)),
    }
}

/// Words in a number format.
fn quoted(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("\"{}\"", words.replace('"', ""))
}

fn heading_format() -> Format {
    Format::new()
        .set_bold()
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// A cell has 32,767 characters at most.
fn fitting(text: &str) -> String {
    const MOST: usize = 32_767;
    if text.encode_utf16().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST / 2).collect();
    format!("{cut}…")
}

/// What each answer is to, and what a reader of it must know.
fn notes(
    answers: &[(&Answer, Lang)],
    lang: Lang,
    options: &Options,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    sheet.set_name(match lang {
        Lang::En => "notes",
        Lang::Zh => "说明",
    })?;
    sheet.set_column_width(0, 100)?;
    let wrapped = Format::new().set_text_wrap();
    let mut y = 0;
    for (answer, lang) in answers {
        sheet.write_string_with_format(
            y,
            0,
            fitting(answer.reading.in_lang(*lang)),
            &heading_format(),
        )?;
        y += 1;
        for note in legend::notes(answer, *lang, options) {
            sheet.write_string_with_format(y, 0, fitting(&note), &wrapped)?;
            y += 1;
        }
        y += 1;
    }
    Ok(())
}

/// The sentences behind each row, with their places in the documents.
fn sources(
    answers: &[(&Answer, Lang)],
    lang: Lang,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let (name, headings) = match lang {
        Lang::En => (
            "sources",
            [
                "answer", "row", "document", "sentence", "number", "start", "end",
            ],
        ),
        Lang::Zh => (
            "出处",
            ["答案", "行", "文件", "原文", "原文数字", "起", "止"],
        ),
    };
    sheet.set_name(name)?;
    for (x, heading) in headings.iter().enumerate() {
        sheet.write_string_with_format(0, x as u16, *heading, &heading_format())?;
    }
    for (x, wide) in [8, 6, 28, 80, 14, 8, 8].into_iter().enumerate() {
        sheet.set_column_width(x as u16, wide)?;
    }
    let mut y = 0;
    for (at, (answer, _)) in answers.iter().enumerate() {
        for (number, row) in answer.rows.iter().enumerate() {
            for (quote, source) in quotes(row) {
                y += 1;
                sheet.write_number(y, 0, (at + 1) as f64)?;
                // As the sheet of the answer counts its rows.
                sheet.write_number(y, 1, (number + 2) as f64)?;
                sheet.write_string(y, 2, fitting(&visible_in_line(&source.document)))?;
                sheet.write_string(y, 3, fitting(&quote))?;
                let stated = source.number.as_deref().unwrap_or_default();
                sheet.write_string(y, 4, fitting(&visible_in_line(stated)))?;
                sheet.write_number(y, 5, source.start as f64)?;
                sheet.write_number(y, 6, source.end as f64)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Value;
    use crate::query::{Column, Reading};

    /// The number and the format of a cell of 元.
    fn formatted(kind: ColumnKind, unit: &str, cell: Cell) -> (f64, String) {
        let value = cell.value.number().unwrap_or_default();
        let answer = Answer {
            reading: Reading {
                en: String::new(),
                zh: String::new(),
            },
            lang: Lang::Zh,
            columns: vec![Column {
                name: String::new(),
                title_en: String::new(),
                title_zh: "税收收入".to_owned(),
                unit: Some(unit.to_owned()),
                kind,
                derived: false,
                fixed: false,
                asked: false,
                added_up: false,
                over_years: None,
            }],
            rows: vec![Row {
                cells: vec![cell],
                sources: Vec::new(),
                unread: 0,
            }],
            notes: Vec::new(),
            with_source: false,
            chart: None,
            explained: None,
        };
        let sheet = Sheet::of(&answer, Lang::Zh, &Options::default());
        let row = &answer.rows[0];
        sheet.number(&sheet.grid.columns[0], row, &row.cells[0], value)
    }

    #[test]
    fn bounds_and_marks_are_in_the_number_format() {
        let cell = |bound: &str, high| Cell {
            value: Value::Real(3.4e9),
            bound: Some(bound.to_owned()),
            high,
            period: Some("to-month-10".to_owned()),
            ..Cell::default()
        };
        assert_eq!(
            formatted(ColumnKind::Value, "元", cell("ge", None)),
            (34.0, "\"≥\"#,##0\"（截至10月）\"".to_owned())
        );
        assert_eq!(
            formatted(ColumnKind::Value, "元", cell("range", Some(3.65e9))),
            (34.0, "#,##0.0\"–36.5（截至10月）\"".to_owned())
        );
        let growth = Cell {
            value: Value::Real(-8.8),
            ..Cell::default()
        };
        assert_eq!(
            formatted(ColumnKind::Growth, "%", growth.clone()),
            (-8.8, "+0.0;-0.0;0.0".to_owned())
        );
        let at_least = Cell {
            bound: Some("ge".to_owned()),
            ..growth
        };
        assert_eq!(
            formatted(ColumnKind::Growth, "%", at_least),
            (-8.8, "\"≥\"+0.0;\"≥\"-0.0;\"≥\"0.0".to_owned())
        );
    }
}
