//! Charts: labels whole and beside each other, values below nought, absent values, one row, a hundred rows.

use unicode_width::UnicodeWidthStr;
use zhenzhi::query::plan::Chart;
use zhenzhi::query::{Answer, Cell, ColumnKind, Drawn, Lang};
use zhenzhi::render::{Options, chart};

use crate::formats::{answer, column, number, text};

const KINDS: [Chart; 3] = [Chart::Bar, Chart::Column, Chart::Line];

fn of(kind: Chart, rows: &[(&str, Option<f64>)]) -> Answer {
    let mut answer = answer(
        vec![
            column("地方", ColumnKind::Text, None),
            column("增长", ColumnKind::Growth, Some("%")),
        ],
        rows.iter()
            .map(|(name, value)| vec![text(name), value.map_or_else(Cell::default, number)])
            .collect(),
    );
    answer.chart = Some(Drawn {
        kind,
        of: ColumnKind::Growth,
    });
    answer
}

fn drawn(answer: &Answer, width: usize) -> String {
    let options = Options {
        width: Some(width),
        ..Options::default()
    };
    chart::text(answer, Lang::Zh, &options).expect("a chart")
}

fn svg(answer: &Answer) -> String {
    chart::svg(answer, Lang::Zh, &Options::default(), &mut |row| {
        Some(format!("#fn{row}"))
    })
    .expect("a chart")
}

#[test]
fn bars_below_nought_stand_left_of_the_axis() {
    let answer = of(
        Chart::Bar,
        &[
            ("甲镇", Some(10.0)),
            ("很长很长的名字的镇", Some(-5.0)),
            ("丙镇", None),
        ],
    );
    insta::assert_snapshot!(drawn(&answer, 60));
}

#[test]
fn columns_stand_on_an_axis_with_their_labels_below() {
    let answer = of(
        Chart::Column,
        &[
            ("甲镇", Some(10.0)),
            ("德清县云塘镇", Some(-5.0)),
            ("丙镇", None),
        ],
    );
    insta::assert_snapshot!(drawn(&answer, 60));
}

#[test]
fn a_line_breaks_where_a_year_is_missing() {
    let mut answer = answer(
        vec![
            column("地方", ColumnKind::Text, None),
            column("年份", ColumnKind::Year, None),
            column("税收收入", ColumnKind::Value, Some("元")),
        ],
        [(2019, 1e8), (2020, 2e8), (2022, 4e8), (2023, 3e8)]
            .into_iter()
            .map(|(year, value)| {
                let year = Cell {
                    value: zhenzhi::fact::Value::Integer(year),
                    ..Cell::default()
                };
                vec![text("甲镇"), year, number(value)]
            })
            .collect(),
    );
    answer.chart = Some(Drawn {
        kind: Chart::Line,
        of: ColumnKind::Value,
    });
    insta::assert_snapshot!(drawn(&answer, 60));
    let path = svg(&answer);
    assert_eq!(path.matches('M').count(), 2, "two stretches\n{path}");
    for year in 2019..=2023 {
        assert!(path.contains(&format!(">{year}<")), "{year} in {path}");
    }
}

#[test]
fn labels_are_whole_and_nothing_is_wider_than_the_terminal() {
    let names: Vec<String> = (0..100)
        .map(|at| format!("黔东南苗族侗族自治州第{at}镇人民政府办公室"))
        .collect();
    let rows: Vec<(&str, Option<f64>)> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), (at % 10 > 0).then_some(at as f64 - 50.0)))
        .collect();
    for kind in [Chart::Bar, Chart::Column] {
        let answer = of(kind, &rows);
        for width in [40, 80, 200] {
            let said = drawn(&answer, width);
            for name in &names {
                assert!(said.contains(name), "{name} at {width}");
            }
            for line in said.lines() {
                assert!(line.width() <= width.max(60), "{width}: {line}");
            }
        }
        let shape = svg(&answer);
        assert_eq!(shape.matches("<title>").count(), 100);
        assert_eq!(shape.matches("<a href=").count(), 100);
    }
}

#[test]
fn one_value_and_none_are_drawn_or_left() {
    for kind in KINDS {
        let one = of(kind, &[("甲镇", Some(3.0))]);
        assert!(drawn(&one, 60).contains("甲镇"));
        assert!(svg(&one).contains("甲镇"));
        let nought = of(kind, &[("甲镇", Some(0.0)), ("乙镇", Some(0.0))]);
        assert!(drawn(&nought, 60).contains('%'));
        assert!(!svg(&nought).contains("NaN"));
        let none = of(kind, &[("甲镇", None)]);
        assert_eq!(chart::text(&none, Lang::Zh, &Options::default()), None);
    }
}

/// The stretch that each label takes along the axis, by the same measure that places it.
#[test]
fn labels_of_columns_do_not_lie_over_each_other() {
    let rows: Vec<(String, Option<f64>)> = (0..30)
        .map(|at| (format!("鄂尔多斯市康巴什区第{at}街道"), Some(f64::from(at))))
        .collect();
    let rows: Vec<(&str, Option<f64>)> = rows
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    let shape = svg(&of(Chart::Column, &rows));
    let stretches: Vec<(f64, f64, f64)> = shape
        .split("<text x=\"")
        .skip(1)
        .map(|part| {
            let x: f64 = part.split('"').next().unwrap().parse().unwrap();
            let y: f64 = part
                .split("y=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .parse()
                .unwrap();
            let word = part.split('>').nth(1).unwrap().split('<').next().unwrap();
            // A Chinese letter of 14 pixels is 14 wide.
            let half = word.width() as f64 * 7.0 / 2.0;
            (y, x - half, x + half)
        })
        .collect();
    assert!(stretches.len() > 60);
    for (at, (y, start, end)) in stretches.iter().enumerate() {
        for (other_y, other_start, other_end) in &stretches[at + 1..] {
            let is_apart = (y - other_y).abs() >= 14.0 || end < other_start || other_end < start;
            assert!(
                is_apart,
                "{y} {start}–{end}, {other_y} {other_start}–{other_end}"
            );
        }
    }
}
