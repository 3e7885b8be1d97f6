use super::grid::{GridCell, statuses};
use super::number::{self, Scale};
use super::one_line;
use super::options::Numbers;
use crate::fact::Value;
use crate::query::{Absence, Answer, Cell, Column, ColumnKind, Lang, Period, Row};

/// How the values of each column are written.
#[derive(Debug, Clone)]
pub(super) struct Scales {
    pub(super) of: Vec<Scale>,
    pub(super) lang: Lang,
    pub(super) numbers: Numbers,
}

impl Scales {
    /// One scale a column where all its values have one unit; else each value has its own.
    pub(super) fn of(answer: &Answer, lang: Lang, numbers: Numbers) -> Self {
        let of = (0..answer.columns.len())
            .map(|at| scale(answer, at, lang, numbers))
            .collect();
        Self { of, lang, numbers }
    }
}

fn scale(answer: &Answer, at: usize, lang: Lang, numbers: Numbers) -> Scale {
    let column = &answer.columns[at];
    let values: Vec<f64> = answer
        .rows
        .iter()
        .filter(|row| column.kind != ColumnKind::Value || has_unit_of_column(answer, row, at))
        .flat_map(|row| {
            let cell = &row.cells[at];
            // Beside stated changes one that is worked out has no more decimals than these may have.
            let is_rounded = cell.worked_out && column.kind == ColumnKind::Growth;
            let value = cell.value.number();
            let value = value.map(|value| if is_rounded { rounded(value) } else { value });
            [value, cell.high]
        })
        .flatten()
        .collect();
    let unit = column.unit.as_deref().unwrap_or_default();
    let is_small = |value: &f64| value.abs() < 0.1 && *value != 0.0;
    let most = match column.kind {
        // 0.0747 has to be read as 7.5%.
        ColumnKind::Number if column.derived && values.iter().any(is_small) => 4,
        _ if column.derived => 2,
        _ => 4,
    };
    let scaled = column.kind == ColumnKind::Value && !column.fixed && numbers != Numbers::Base;
    if scaled {
        number::scale_as(&values, unit, lang, most, is_in_greater(answer, at, unit))
    } else {
        number::unscaled(&values, most)
    }
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Whether the reports write all values of a column that they write in the greater unit: 35.2平方公里.
fn is_in_greater(answer: &Answer, at: usize, unit: &str) -> bool {
    let said = answer.rows.iter().filter_map(|row| {
        let value = row.cells[at].value.number()?;
        written(row, value)
    });
    let mut said = said.peekable();
    said.peek().is_some() && said.all(|written| number::is_in_greater(unit, &written))
}

/// A cell as it is read. Values are right where a number of one column is never in another unit unseen: one whose own
/// unit is not the column's is written with its own.
pub(super) fn cell(answer: &Answer, row: &Row, at: usize, scales: &Scales) -> GridCell {
    let column = &answer.columns[at];
    let cell = &row.cells[at];
    let lang = scales.lang;
    let Some(value) = cell.value.number() else {
        return GridCell {
            text: match (cell.value.text(), column.kind) {
                (Some(status), ColumnKind::Status) => status_word(status, lang).to_owned(),
                (Some(word), ColumnKind::Code) => code_word(word, lang).to_owned(),
                (Some(text), _) => one_line(text),
                (None, _) => "—".to_owned(),
            },
            mark: String::new(),
        };
    };
    let scale = scales.of[at];
    let text = match column.kind {
        ColumnKind::Growth => {
            let own = cell.unit.as_deref();
            let unit = own.or_else(|| unit_behind(answer, row, at));
            let unit = unit.or(column.unit.as_deref());
            let said = |value: f64| change(value, unit.unwrap_or("%"), scale, lang);
            bounded(cell, &said(value), cell.high.map(said).as_deref())
        }
        ColumnKind::Number => {
            let unit = column.unit.as_deref().unwrap_or_default();
            bounded(cell, &number::quantity(value, unit, scale, lang), None)
        }
        ColumnKind::Value => {
            if let Some(written) =
                written(row, value).filter(|_| scales.numbers == Numbers::Written)
            {
                // A range is written with both its ends.
                return GridCell {
                    text: bounded(cell, &written, None),
                    mark: mark(answer, cell, at, lang),
                };
            }
            let said = |value: f64| {
                if has_unit_of_column(answer, row, at) {
                    let unit = column.unit.as_deref().unwrap_or_default();
                    return number::quantity(value, counted(column, unit, lang), scale, lang);
                }
                let unit = own_unit(answer, row, at).unwrap_or_default();
                let unit = counted(column, unit, lang);
                if cell.is_growth {
                    return number::growth(value, unit, lang);
                }
                let scale = if scales.numbers == Numbers::Base {
                    number::unscaled(&[value], 4)
                } else {
                    let written = written(row, value);
                    let is_in = written.is_some_and(|said| number::is_in_greater(unit, &said));
                    number::scale_as(&[value], unit, lang, 4, is_in)
                };
                number::quantity(value, unit, scale, lang)
            };
            bounded(cell, &said(value), cell.high.map(said).as_deref())
        }
        ColumnKind::Count => bounded(cell, &number::quantity(value, "", scale, lang), None),
        _ => bounded(cell, &plain(&cell.value), None),
    };
    GridCell {
        text,
        mark: mark(answer, cell, at, lang),
    }
}

/// One cell as it stands in a sentence, in a scale of its own: 14.5亿元（预计）, 未提及.
#[must_use]
pub fn said(answer: &Answer, row: usize, column: usize, lang: Lang) -> String {
    let row = &answer.rows[row];
    if let Some(absence) = row.cells[column].absence {
        return absent(absence, lang).to_owned();
    }
    let alone = Answer {
        reading: answer.reading.clone(),
        columns: answer.columns.clone(),
        rows: vec![row.clone()],
        notes: Vec::new(),
        explained: None,
        ..*answer
    };
    let scales = Scales::of(&alone, lang, Numbers::Readable);
    // Only this cell is in a sentence, so that its mark is not left to a column beside it.
    let mut said = cell(&alone, row, column, &scales).whole();
    if let Some(status) = row.cells[column].status.as_deref()
        && !is_marked(&alone, column)
    {
        said = match (status, lang) {
            ("estimate", Lang::En) => format!("{said} (est.)"),
            (_, Lang::En) => format!("{said} ({})", status_word(status, lang)),
            (_, Lang::Zh) => format!("{said}（{}）", status_word(status, lang)),
        };
    }
    said
}

/// A name, a year or what stands for one; no unit, no scale.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        // The shortest decimals that give the number back.
        Value::Real(number) => number.to_string(),
        Value::Text(text) => one_line(text),
    }
}

/// The unit of a row's value: of the column of units right behind it, or of the one column of units where the answer
/// is turned about and each row has its unit.
pub(super) fn own_unit<'a>(answer: &Answer, row: &'a Row, at: usize) -> Option<&'a str> {
    let is_unit = |at: &usize| answer.columns[*at].kind == ColumnKind::Unit;
    if let Some(own) = &row.cells[at].unit {
        return Some(own);
    }
    Some(at + 1)
        .filter(|next| *next < answer.columns.len() && is_unit(next))
        .or_else(|| {
            let first = (0..answer.columns.len()).find(is_unit)?;
            (answer.columns[at].unit.is_none()).then_some(first)
        })
        .and_then(|unit| row.cells[unit].value.text())
}

/// What 户 are in English: households where the heading says so, and what the heading names where that counts things.
fn counted<'a>(column: &Column, unit: &'a str, lang: Lang) -> &'a str {
    match (unit, column.unit.as_deref()) {
        ("户", _) if lang == Lang::Zh => unit,
        ("户", _) if column.title_en.contains("household") => "households",
        ("户", Some("户" | "家" | "个")) => "",
        _ => unit,
    }
}

/// Whether a value may be written in the unit and scale of its column.
pub(super) fn has_unit_of_column(answer: &Answer, row: &Row, at: usize) -> bool {
    let unit = answer.columns[at].unit.as_deref();
    unit.is_some() && own_unit(answer, row, at).is_none_or(|own| Some(own) == unit)
}

/// The unit of the row, where a column of units stands right behind the value.
fn unit_behind<'a>(answer: &Answer, row: &'a Row, at: usize) -> Option<&'a str> {
    answer
        .columns
        .get(at + 1)
        .filter(|next| next.kind == ColumnKind::Unit)
        .and_then(|_| row.cells[at + 1].value.text())
}

/// The number as a sentence behind the row writes it, blanks and line breaks left out.
pub(super) fn written(row: &Row, value: f64) -> Option<String> {
    row.sources
        .iter()
        .find(|source| {
            source
                .value
                .is_some_and(|stated| (stated - value).abs() <= value.abs() * 1e-9)
        })
        .and_then(|source| source.number.as_deref())
        .map(one_line)
}

/// A change in percent, in points, or in the unit of what changed.
fn change(value: f64, unit: &str, scale: Scale, lang: Lang) -> String {
    match unit {
        "%" | "百分点" => number::growth_to(value, unit, scale.decimals(), lang),
        _ if value > 0.0 => format!("+{}", number::alone(value, unit, lang)),
        _ => number::alone(value, unit, lang),
    }
}

/// ≥34亿元, ≈22亿元, 3%–5%.
fn bounded(cell: &Cell, value: &str, high: Option<&str>) -> String {
    match (cell.bound.as_deref(), high) {
        (Some("range"), Some(high)) => format!("{value}–{high}"),
        // Of a growth an older file has only the first end: 增长7%—7.5%.
        (Some("range"), None) => format!("{value}–…"),
        (Some(bound), _) => format!("{}{value}", bound_sign(bound)),
        (None, _) => value.to_owned(),
    }
}

pub(super) fn bound_sign(bound: &str) -> &'static str {
    match bound {
        "gt" => ">",
        "ge" => "≥",
        "lt" => "<",
        "le" => "≤",
        "approx" => "≈",
        _ => "",
    }
}

/// （截至10月） where it is not the whole year, （年均） where a growth is not against the year before, （预计） and （目标） where
/// no column says so; of a growth beside its value the value says it.
pub(super) fn mark(answer: &Answer, cell: &Cell, at: usize, lang: Lang) -> String {
    let mut said: Vec<String> = against_word(cell, lang).into_iter().collect();
    said.extend(added_word(cell, lang));
    said.extend(period_word(cell, lang).filter(|_| !cell.beside_value));
    let is_marked = is_marked(answer, at) && !cell.beside_value;
    if let Some(status) = cell.status.as_deref().filter(|_| is_marked) {
        said.push(
            match (status, lang) {
                ("estimate", Lang::En) => "est.",
                (other, _) => status_word(other, lang),
            }
            .to_owned(),
        );
    }
    let star = if cell.worked_out { "*" } else { "" };
    match (said.is_empty(), lang) {
        (true, _) => star.to_owned(),
        (false, Lang::En) => format!("{star} ({})", said.join(", ")),
        (false, Lang::Zh) => format!("{star}（{}）", said.join("，")),
    }
}

/// 新增, where a value is of what was added.
pub(super) fn added_word(cell: &Cell, lang: Lang) -> Option<String> {
    let added = cell.added?;
    Some(match lang {
        Lang::En => added.en.to_owned(),
        Lang::Zh => added.zh.to_owned(),
    })
}

/// 截至10月, where a value is not of the whole year.
pub(super) fn period_word(cell: &Cell, lang: Lang) -> Option<String> {
    let period = Period::of(cell.period.as_deref()?);
    Some(match lang {
        Lang::En => period.mark,
        Lang::Zh => period.zh,
    })
}

/// 年均, where a growth is not against the year before.
pub(super) fn against_word(cell: &Cell, lang: Lang) -> Option<String> {
    let said = match (cell.against.as_deref()?, lang) {
        ("avg", Lang::En) => "a year on average",
        ("avg", Lang::Zh) => "年均",
        (_, Lang::En) => "since an earlier year",
        (_, Lang::Zh) => "比以前年份",
    };
    Some(said.to_owned())
}

/// Whether the status of a value stands at the value: where neither a column of its own nor its heading says it.
fn is_marked(answer: &Answer, at: usize) -> bool {
    let column = &answer.columns[at];
    matches!(column.kind, ColumnKind::Value | ColumnKind::Growth)
        && !column.name.contains("target")
        && !(has_status(answer, at) && statuses(answer) == 1)
}

/// Whether a value has a column of its own for its status.
pub(super) fn has_status(answer: &Answer, at: usize) -> bool {
    answer.columns[at + 1..]
        .iter()
        .take_while(|column| column.kind != ColumnKind::Value)
        .any(|column| column.kind == ColumnKind::Status)
}

/// A code of answers (verdicts and their reasons, kinds of doubt, parts of a report) in the reader's language: `codes.tsv`.
pub(super) fn code_word(word: &str, lang: Lang) -> &str {
    include_str!("codes.tsv")
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

pub(super) fn status_word(status: &str, lang: Lang) -> &str {
    match (status, lang) {
        ("actual", Lang::Zh) => "实际",
        ("estimate", Lang::Zh) => "预计",
        ("target", Lang::Zh) => "目标",
        ("estimate", Lang::En) => "estimate (预计)",
        (other, _) => other,
    }
}

pub(super) const fn absent(absence: Absence, lang: Lang) -> &'static str {
    match (absence, lang) {
        (Absence::NoReport, Lang::En) => "no report",
        (Absence::NoReport, Lang::Zh) => "无报告",
        (Absence::NotMentioned, Lang::En) => "not stated",
        (Absence::NotMentioned, Lang::Zh) => "未提及",
        (Absence::GrowthOnly, Lang::En) => "growth only",
        (Absence::GrowthOnly, Lang::Zh) => "只有增速",
        (Absence::SeveralYears, Lang::En) => "only for several years together",
        (Absence::SeveralYears, Lang::Zh) => "只有多年合计",
        (Absence::OtherGrowth, Lang::En) => "only a growth over other years",
        (Absence::OtherGrowth, Lang::Zh) => "只有跨年增速",
        (Absence::OfAPart, Lang::En) => "only of a part, or together with others",
        (Absence::OfAPart, Lang::Zh) => "只有部分的或合并的数字",
        (Absence::InOthers, Lang::En) => "named only in other figures",
        (Absence::InOthers, Lang::Zh) => "只在其他指标中提到",
        (Absence::TargetOnly, Lang::En) => "only a target",
        (Absence::TargetOnly, Lang::Zh) => "只有目标",
        (Absence::BesideOthers, Lang::En) => "mentioned without a number of its own",
        (Absence::BesideOthers, Lang::Zh) => "提到而无单独数字",
        (Absence::WithoutNumber, Lang::En) => "mentioned without a number",
        (Absence::WithoutNumber, Lang::Zh) => "提到而无数字",
        (Absence::Illegible, Lang::En) => "illegible in the source",
        (Absence::Illegible, Lang::Zh) => "原文数字残缺",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_in_hu_is_what_the_heading_says() {
        let column = |title: &str, unit: &str| Column {
            name: "value".to_owned(),
            title_en: title.to_owned(),
            title_zh: String::new(),
            unit: Some(unit.to_owned()),
            kind: ColumnKind::Value,
            derived: false,
            fixed: false,
            asked: false,
            added_up: false,
            over_years: None,
        };
        let said = |title, unit| {
            let column = column(title, unit);
            number::alone(300.0, counted(&column, "户", Lang::En), Lang::En)
        };
        assert_eq!(said("high-tech enterprises", "家"), "300");
        assert_eq!(said("market entities", "户"), "300");
        assert_eq!(said("poor households", "户"), "300 households");
        // Beside persons the unit must be seen.
        assert_eq!(said("value", "人"), "300 户");
        let column = column("market entities", "户");
        assert_eq!(counted(&column, "户", Lang::Zh), "户");
    }
}
