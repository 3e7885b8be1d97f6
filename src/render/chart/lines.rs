use std::fmt::Write as _;

use super::{Line, Lines, Mark};
use crate::render::width;

/// How many lines the field of a chart has.
const HEIGHT: usize = 12;

/// More lines than this are not told apart in one field; each then has a row of its own.
const MOST: usize = 6;

/// What marks the points of each line.
const MARKS: [char; MOST] = ['●', '○', '◆', '◇', '■', '□'];

/// Lines over years. A year without a value breaks its line.
pub(super) fn lines(lines: &Lines, room: usize) -> String {
    let mut text = format!("{}\n", lines.title);
    if lines.values().next().is_none() {
        return text;
    }
    if lines.each.len() > MOST {
        rows(lines, &mut text);
    } else {
        field(lines, room, &mut text);
    }
    text
}

fn ends(lines: &Lines) -> (f64, f64) {
    let (least, most) = lines.values().fold(
        (f64::INFINITY, f64::NEG_INFINITY),
        |(least, most), value| (least.min(value), most.max(value)),
    );
    if least < most {
        (least, most)
    } else {
        (least - 1.0, most + 1.0)
    }
}

/// The mark of the least or of the greatest value, to be said at the axis.
fn extreme(lines: &Lines, is_better: impl Fn(f64, f64) -> bool) -> Option<&Mark> {
    let marks = lines
        .each
        .iter()
        .flat_map(|line| line.marks.iter().flatten());
    marks
        .filter(|mark| mark.value.is_some())
        .reduce(|best, mark| {
            if is_better(mark.value.unwrap_or(0.0), best.value.unwrap_or(0.0)) {
                mark
            } else {
                best
            }
        })
}

fn field(lines: &Lines, room: usize, text: &mut String) {
    let (least, most) = ends(lines);
    let top = extreme(lines, |a, b| a > b).map_or("", |mark| &mark.shown);
    let bottom = extreme(lines, |a, b| a < b).map_or("", |mark| &mark.shown);
    let margin = width(top).max(width(bottom));
    let label = lines
        .along
        .iter()
        .map(|word| width(word))
        .max()
        .unwrap_or(1);
    let count = lines.along.len();
    let free = room.saturating_sub(margin + 3 + label);
    let step = (free / count.max(2).saturating_sub(1)).clamp(1, 12);
    let end = step * (count - 1);
    let mut canvas = vec![vec![' '; end + 1]; HEIGHT];
    let line_of = |value: f64| {
        let part = (value - least) / (most - least);
        ((1.0 - part) * (HEIGHT - 1) as f64).round() as usize
    };
    for line in &lines.each {
        connect(line, step, &mut canvas, &line_of);
    }
    for (line, sign) in lines.each.iter().zip(MARKS) {
        for (at, mark) in line.marks.iter().enumerate() {
            let Some(value) = mark.as_ref().and_then(|mark| mark.value) else {
                continue;
            };
            canvas[line_of(value)][at * step] = sign;
        }
    }
    for (number, cells) in canvas.iter().enumerate() {
        let said = match number {
            0 => top,
            _ if number == HEIGHT - 1 => bottom,
            _ => "",
        };
        let said = format!("{}{said}", " ".repeat(margin - width(said)));
        let cells: String = cells.iter().collect();
        let _ = writeln!(text, "{said} │ {}", cells.trim_end());
    }
    let _ = writeln!(text, "{} └─{}", " ".repeat(margin), "─".repeat(end + 1));
    let _ = writeln!(
        text,
        "{}   {}",
        " ".repeat(margin),
        axis(lines, step, label)
    );
    if lines.each.len() > 1 {
        for (line, sign) in lines.each.iter().zip(MARKS) {
            let _ = writeln!(text, "{sign} {}", line.name);
        }
    }
}

/// Dots between the points of a line that follow each other.
fn connect(line: &Line, step: usize, canvas: &mut [Vec<char>], line_of: &impl Fn(f64) -> usize) {
    let value = |mark: &Option<Mark>| mark.as_ref().and_then(|mark| mark.value);
    for (at, pair) in line.marks.windows(2).enumerate() {
        let (Some(from), Some(to)) = (value(&pair[0]), value(&pair[1])) else {
            continue;
        };
        for offset in 1..step {
            let part = offset as f64 / step as f64;
            canvas[line_of(from + (to - from) * part)][at * step + offset] = '·';
        }
    }
}

/// The words along the axis; where they would touch, only every second, third … stands there.
fn axis(lines: &Lines, step: usize, label: usize) -> String {
    let every = (label + 1).div_ceil(step).max(1);
    let mut said = String::new();
    for (at, word) in lines.along.iter().enumerate().step_by(every) {
        let blanks = (at * step).saturating_sub(width(&said));
        let _ = write!(said, "{}{word}", " ".repeat(blanks));
    }
    said
}

/// Each line as a row of blocks, all of one scale, with its first and its last value.
fn rows(lines: &Lines, text: &mut String) {
    const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let (least, most) = ends(lines);
    let name = lines
        .each
        .iter()
        .map(|line| width(&line.name))
        .max()
        .unwrap_or(0);
    let shown = |mark: Option<&Mark>| mark.map_or(String::new(), |mark| mark.shown.clone());
    let valued = |line: &Line| -> Vec<Mark> {
        let marks = line.marks.iter().flatten();
        marks.filter(|mark| mark.value.is_some()).cloned().collect()
    };
    let firsts = lines
        .each
        .iter()
        .map(|line| width(&shown(valued(line).first())));
    let first = firsts.max().unwrap_or(0);
    for line in &lines.each {
        let blocks: String = line
            .marks
            .iter()
            .map(|mark| match mark.as_ref().and_then(|mark| mark.value) {
                Some(value) => EIGHTHS[((value - least) / (most - least) * 7.0).round() as usize],
                None => ' ',
            })
            .collect();
        let known = valued(line);
        let from = shown(known.first());
        let _ = writeln!(
            text,
            "{}{}  {}{from}  {blocks}  {}",
            line.name,
            " ".repeat(name - width(&line.name)),
            " ".repeat(first - width(&from)),
            shown(known.last()),
        );
    }
    let (Some(from), Some(to)) = (lines.along.first(), lines.along.last()) else {
        return;
    };
    let _ = writeln!(text, "{}  {from}–{to}", " ".repeat(name));
}
