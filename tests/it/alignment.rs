//! Columns stand under each other, whatever is in them: real names of places, mixed with Latin and full-width letters.

use std::num::NonZero;

use unicode_width::UnicodeWidthStr;
use zhenzhi::query::{Answer, ColumnKind, Lang};
use zhenzhi::render::{Grid, Numbers, Options, table, vertical};

use crate::formats::{answer, column, number, text};

/// Names of places from the project's own list, every twentieth of them, and mixtures.
fn names() -> Vec<String> {
    let divisions = include_str!("../../src/document/place/divisions.txt");
    let mut names: Vec<String> = divisions
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .map(|name| {
            name.trim_start_matches(|c: char| c.is_ascii_digit())
                .to_owned()
        })
        .filter(|name| !name.is_empty())
        .step_by(20)
        .collect();
    assert!(names.len() > 1_000, "{} names", names.len());
    names.extend(
        [
            "B、C地块",
            "ＡＢＣ科技园",
            "5G＋工业",
            "①号地块",
            "“双万双服”",
            "北仓镇 (Beicang)",
            "café 咖啡街",
            "㎡",
            "―",
            "·",
            "e\u{301}té",
            "👩‍🌾村",
        ]
        .map(str::to_owned),
    );
    names
}

fn mixed() -> Answer {
    let names = names();
    let count = names.len();
    let rows = names.into_iter().enumerate().map(|(at, name)| {
        vec![
            text(&name),
            number(at as f64 * 1e7 / 3.0),
            text(if at % 3 == 0 { "实际" } else { "estimate" }),
            number(at as f64 / 7.0 - 50.0),
            text("末"),
        ]
    });
    let answer = answer(
        vec![
            column("地方", ColumnKind::Text, None),
            column("税收收入", ColumnKind::Value, Some("元")),
            column("性质", ColumnKind::Status, None),
            column("增长", ColumnKind::Growth, Some("%")),
            column("末列", ColumnKind::Text, None),
        ],
        rows.collect(),
    );
    assert_eq!(answer.rows.len(), count);
    answer
}

fn rows_only(width: Option<usize>) -> Options {
    Options {
        rows_only: true,
        width,
        ..Options::default()
    }
}

#[test]
fn the_last_column_begins_at_one_cell_in_every_line() {
    let said = table(&mixed(), Lang::Zh, &rows_only(None));
    let mut lines = said.lines();
    let heading = lines.next().expect("a heading");
    let place = heading.split("末列").next().map(UnicodeWidthStr::width);
    let mut count = 0;
    for line in lines {
        let before = line.strip_suffix('末').expect("the last column");
        assert_eq!(Some(before.width()), place, "{line}");
        count += 1;
    }
    assert!(count > 1_000);
}

#[test]
fn decimals_of_a_column_are_equal_and_right() {
    let grid = Grid::of(&mixed(), Lang::Zh, Numbers::Readable);
    for at in [1, 3] {
        let decimals = |text: &str| {
            let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
            digits.split_once('.').map_or(0, |(_, after)| after.len())
        };
        let first = decimals(&grid.rows[0][at].text);
        assert!(first > 0);
        for row in &grid.rows {
            assert_eq!(decimals(&row[at].text), first, "{}", row[at].text);
        }
    }
}

/// What a terminal makes of it: the cell at which a text begins in a line of the screen.
fn cell_of(screen: &vt100::Screen, row: u16, wanted: &str, columns: u16) -> Option<u16> {
    (0..columns).find(|column| {
        screen
            .cell(row, *column)
            .is_some_and(|cell| cell.contents() == wanted)
    })
}

#[test]
fn a_terminal_shows_the_columns_under_each_other() {
    const COLUMNS: u16 = 200;
    // Joined emoji are drawn in as many ways as there are terminals.
    let mut answer = mixed();
    answer.rows.retain(|row| {
        row.cells[0]
            .value
            .text()
            .is_none_or(|name| !name.contains('👩'))
    });
    let said = table(&answer, Lang::Zh, &rows_only(None));
    let lines: Vec<&str> = said.lines().collect();
    let cells = |count: u16| NonZero::new(count).expect("not nought");
    let mut parser = vt100::Parser::new(cells(lines.len() as u16 + 1), cells(COLUMNS), 0);
    parser.process(said.replace('\n', "\r\n").as_bytes());
    let screen = parser.screen();
    let place = cell_of(screen, 0, "末", COLUMNS).expect("the heading");
    for (row, line) in lines.iter().enumerate().skip(1) {
        let found = cell_of(screen, row as u16, "末", COLUMNS);
        assert_eq!(found, Some(place), "{line}");
    }
}

#[test]
fn in_a_terminal_long_words_are_broken_and_nothing_is_lost() {
    let long = "全面恢复示范镇还迁区施工建设，高质量推动还迁安置区B、C地块工程收尾，满足500余户村民还迁需求。";
    let answer = answer(
        vec![
            column("地方", ColumnKind::Text, None),
            column("任务", ColumnKind::Text, None),
            column("期限", ColumnKind::Text, None),
        ],
        vec![vec![text("北仓镇"), text(long), text("2023-12-31")]],
    );
    for width in [40, 60, 79] {
        let said = table(&answer, Lang::Zh, &rows_only(Some(width)));
        assert!(
            said.lines().all(|line| line.width() <= width),
            "{width}\n{said}"
        );
        let kept: String = said
            .lines()
            .skip(1)
            .flat_map(str::chars)
            .filter(|c| !c.is_whitespace())
            .collect();
        for c in long.chars() {
            assert!(kept.contains(c), "{c} is lost at {width}\n{said}");
        }
    }
    let piped = table(&answer, Lang::Zh, &rows_only(None));
    assert!(piped.contains(long), "{piped}");
    assert_eq!(piped.lines().count(), 2);
}

#[test]
fn vertical_values_begin_at_one_cell() {
    let said = vertical(&mixed(), Lang::Zh, &rows_only(None));
    for line in said.lines().filter(|line| line.starts_with("税收收入")) {
        let value = line.trim_start_matches("税收收入").trim_start();
        assert_eq!(line.width() - value.width(), "税收收入  ".width(), "{line}");
    }
}
