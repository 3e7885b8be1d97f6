//! Forms of answers: separated values, JSON lines, Markdown, HTML, workbooks read back by another library.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use zhenzhi::fact::Value;
use zhenzhi::query::plan::Chart;
use zhenzhi::query::{
    Absence, Answer, Cell, Column, ColumnKind, Drawn, Lang, Reading, Row, Source,
};
use zhenzhi::render::{
    self, Footnotes, Numbers, Options, Separator, Sources, html, jsonl, markdown, separated,
    workbook,
};

pub(crate) fn column(title: &str, kind: ColumnKind, unit: Option<&str>) -> Column {
    Column {
        name: title.to_owned(),
        title_en: title.to_owned(),
        title_zh: title.to_owned(),
        unit: unit.map(str::to_owned),
        kind,
        derived: false,
        fixed: false,
        asked: false,
        added_up: false,
        over_years: None,
    }
}

pub(crate) fn text(text: &str) -> Cell {
    Cell {
        value: Value::Text(text.to_owned()),
        ..Cell::default()
    }
}

pub(crate) fn number(number: f64) -> Cell {
    Cell {
        value: Value::Real(number),
        ..Cell::default()
    }
}

pub(crate) fn answer(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Answer {
    Answer {
        reading: Reading {
            en: "tax revenue of all towns".to_owned(),
            zh: "各镇的税收收入".to_owned(),
        },
        lang: Lang::Zh,
        columns,
        rows: rows
            .into_iter()
            .map(|cells| Row {
                cells,
                sources: Vec::new(),
                unread: 0,
            })
            .collect(),
        notes: Vec::new(),
        with_source: false,
        chart: None,
        explained: None,
    }
}

fn source(quote: &str, number: &str, value: f64) -> Source {
    Source {
        document: "甲镇-2023.txt".to_owned(),
        quote: quote.to_owned(),
        start: 5,
        end: 9,
        number: Some(number.to_owned()),
        value: Some(value),
        ..Source::default()
    }
}

/// A figure of each kind: exact, a bound of part of a year, a range, absent.
fn figures() -> Answer {
    let mut answer = answer(
        vec![
            column("地方", ColumnKind::Text, None),
            column("年份", ColumnKind::Year, None),
            column("税收收入", ColumnKind::Value, Some("元")),
            column("单位", ColumnKind::Unit, None),
            column("增长", ColumnKind::Growth, Some("%")),
        ],
        [
            ("甲镇", number(322_000_000.0), number(34.2)),
            (
                "乙镇",
                Cell {
                    bound: Some("ge".to_owned()),
                    period: Some("to-month-10".to_owned()),
                    ..number(78_500_000.0)
                },
                number(-8.8),
            ),
            (
                "丙镇",
                Cell {
                    bound: Some("range".to_owned()),
                    high: Some(500_000_000.0),
                    ..number(400_000_000.0)
                },
                Cell::default(),
            ),
            (
                "丁镇",
                Cell {
                    absence: Some(Absence::NotMentioned),
                    ..Cell::default()
                },
                Cell::default(),
            ),
        ]
        .into_iter()
        .map(|(place, value, growth)| {
            let year = Cell {
                value: Value::Integer(2023),
                ..Cell::default()
            };
            vec![text(place), year, value, text("元"), growth]
        })
        .collect(),
    );
    answer.rows[0].sources = vec![source(
        "税收收入3.22\n亿元，增长34.2%",
        "3.22\n亿元",
        322_000_000.0,
    )];
    answer
}

fn separated_of(answer: &Answer, options: Options, separator: Separator) -> String {
    separated(answer, Lang::Zh, &options, separator)
}

#[test]
fn separated_values_are_in_base_units_and_say_what_qualifies_them() {
    let options = Options {
        sources: Sources::Shown,
        ..Options::default()
    };
    insta::assert_snapshot!(separated_of(&figures(), options, Separator::Comma));
}

#[test]
fn words_are_no_formulas_and_codes_no_numbers() {
    let words = [
        "=1+1",
        "+86",
        "-5℃",
        "@SUM(A1)",
        "＝1",
        "说明,“=”",
        "330521",
        "甲\t乙",
    ];
    let answer = answer(
        vec![column("词", ColumnKind::Text, None)],
        words.iter().map(|word| vec![text(word)]).collect(),
    );
    let plain = separated_of(&answer, Options::default(), Separator::Comma);
    assert_eq!(
        plain.lines().skip(1).collect::<Vec<_>>(),
        [
            "'=1+1",
            "'+86",
            "'-5℃",
            "'@SUM(A1)",
            "'＝1",
            "\"说明,“=”\"",
            "330521",
            "甲\t乙"
        ]
    );
    let excel = Options {
        for_spreadsheet: true,
        ..Options::default()
    };
    let marked = separated_of(&answer, excel, Separator::Comma);
    assert!(marked.starts_with('\u{feff}'));
    assert!(marked.contains("\"=\"\"330521\"\"\""), "{marked}");
    let tabbed = separated_of(&answer, Options::default(), Separator::Tab);
    assert!(tabbed.contains("甲 乙"), "{tabbed}");
    assert!(tabbed.lines().all(|line| !line.contains('\t')));
    // Numbers stay numbers, also below nought.
    let falling = separated_of(&figures(), excel, Separator::Tab);
    assert!(falling.contains("\t-8.8\t"), "{falling}");
}

#[test]
fn values_are_as_written_where_that_is_asked() {
    let options = Options {
        numbers: Numbers::Written,
        ..Options::default()
    };
    let table = render::rows(&figures(), Lang::Zh, &options);
    assert!(table.contains(" 3.22亿元 "), "{table}");
    // 不足3.22亿元 is not 3.22亿元; in separated values the unit stands with the number and nowhere else.
    let mut bounded = figures();
    bounded.rows[0].cells[2].bound = Some("lt".to_owned());
    let table = render::rows(&bounded, Lang::Zh, &options);
    assert!(table.contains(" <3.22亿元 "), "{table}");
    let lines = separated_of(&bounded, options, Separator::Comma);
    let lines: Vec<&str> = lines.lines().take(3).collect();
    assert_eq!(
        lines,
        [
            "地方,年份,税收收入,单位,增长（%）,备注",
            "甲镇,2023,3.22亿元,,34.2,<",
            "乙镇,2023,78500000元,,-8.8,\"≥, 截至10月\"",
        ]
    );
    let mut headed = bounded;
    headed.columns.remove(3);
    for row in &mut headed.rows {
        row.cells.remove(3);
    }
    let lines = separated_of(&headed, options, Separator::Comma);
    assert!(lines.starts_with("地方,年份,税收收入,增长（%）"), "{lines}");
    let options = Options {
        numbers: Numbers::Base,
        ..options
    };
    let table = render::rows(&figures(), Lang::Zh, &options);
    assert!(table.contains("322,000,000元"), "{table}");
    assert!(table.contains("≥78,500,000元（截至10月）"), "{table}");
}

#[test]
fn markdown_has_footnotes_and_harmless_words() {
    let mut answer = figures();
    answer.rows[3].cells[0] = text("丁|镇*");
    let mut footnotes = Footnotes::new();
    let said = markdown(&answer, Lang::Zh, &Options::default(), &mut footnotes);
    insta::assert_snapshot!(said);
    // A second answer goes on counting, and the same sentence keeps its number.
    let again = markdown(&answer, Lang::Zh, &Options::default(), &mut footnotes);
    assert!(again.contains("3.220亿元[^1]"), "{again}");
    assert!(!again.contains("[^1]: "), "{again}");
}

#[test]
fn lines_of_json_are_objects_and_name_their_question() {
    let lines = jsonl(&figures(), Some(2));
    let rows: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object"))
        .collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0]["税收收入"], 322_000_000);
    assert_eq!(rows[0]["question"], 2);
    assert_eq!(rows[1]["bounds"]["税收收入"], "ge");
    assert_eq!(rows[1]["periods"]["税收收入"], "to-month-10");
    assert_eq!(rows[3]["absent"]["税收收入"], "not-mentioned");
}

#[test]
fn a_page_needs_nothing_but_itself() {
    let mut answer = figures();
    answer.rows[1].cells[0] = text("<script>alert(1)</script>");
    for kind in [Chart::Bar, Chart::Column, Chart::Line] {
        answer.chart = Some(Drawn {
            kind,
            of: ColumnKind::Value,
        });
        let page = html::page(&[(&answer, Lang::Zh)], &Options::default());
        for outside in ["<script", "http:", "https:", "src=", "@import", "url("] {
            assert!(!page.contains(outside), "{outside} in\n{page}");
        }
        assert!(page.contains("<svg"));
        assert!(
            page.contains("<a href=\"#fn1\"><g>"),
            "a mark leads to its sentence\n{page}"
        );
        assert!(page.contains("<li id=\"fn1\">"));
        assert!(
            page.contains("3.220亿元<sup><a href=\"#fn1\">1</a></sup>"),
            "{page}"
        );
    }
}

fn read(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

#[test]
fn a_workbook_has_numbers_units_and_sources() {
    let mut answer = figures();
    answer.rows[0].cells[0] = text("=1+1");
    let bytes = workbook(&[(&answer, Lang::Zh)], &Options::default()).expect("a workbook");
    let again = workbook(&[(&answer, Lang::Zh)], &Options::default()).expect("a workbook");
    assert!(bytes == again, "the same answer gives the same bytes");
    let mut book = read(bytes);
    assert_eq!(book.sheet_names(), ["答案", "说明", "出处"]);
    let sheet = book.worksheet_range("答案").expect("the sheet");
    let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
    let said = |text: &str| Data::String(text.to_owned());
    assert_eq!(
        rows[0],
        [
            said("地方"),
            said("年份"),
            said("税收收入（亿元）"),
            said("增长（%）")
        ]
    );
    assert_eq!(
        rows[1],
        [
            said("=1+1"),
            Data::Float(2023.0),
            Data::Float(3.22),
            Data::Float(34.2)
        ]
    );
    assert_eq!(rows[2][2], Data::Float(0.785));
    assert_eq!(rows[2][3], Data::Float(-8.8));
    assert_eq!(rows[4][2], Data::Empty);
    assert!(
        book.worksheet_formula("答案")
            .is_ok_and(|formulas| formulas.is_empty()),
        "no word is a formula"
    );
    let sources = book.worksheet_range("出处").expect("the sources");
    let rows: Vec<Vec<Data>> = sources.rows().map(<[Data]>::to_vec).collect();
    assert_eq!(rows[1][3], said("税收收入3.22亿元，增长34.2%"));
    assert_eq!(rows[1][1], Data::Float(2.0), "as the sheet counts its rows");
}

#[test]
fn several_answers_are_several_sheets() {
    let answer = figures();
    let answers = [(&answer, Lang::En), (&answer, Lang::Zh)];
    let book = read(workbook(&answers, &Options::default()).expect("a workbook"));
    assert_eq!(
        book.sheet_names(),
        ["answer 1", "答案2", "notes", "sources"]
    );
}
