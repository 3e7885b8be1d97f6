//! Charts that stand on an axis. They are as wide as their labels need: the page lets what is wider than itself be
//! moved sideways.

use std::fmt::Write as _;

use super::svg::{LINE, colour, linked};
use super::{Drawing, Lines, Mark, range};
use crate::render::html::escape;
use crate::render::{number, width, wrap::wrap};

/// Pixels of the field between top line and axis.
const HEIGHT: f64 = 240.0;
/// Pixels of a column of text: half a Chinese character of 14, and a little more for wide letters.
const LETTER: f64 = 7.7;
/// Pixels that a chart has at least along the axis.
const LEAST: f64 = 560.0;
/// Pixels that a page has room for.
const MOST: f64 = 900.0;
/// Pixels between two labels.
const GAP: f64 = 10.0;
const TOP: f64 = 24.0;

type Link<'a> = &'a mut dyn FnMut(usize) -> Option<String>;

/// A column a row, its value above and its label below, broken into lines where it is long.
pub(super) fn columns(drawing: &Drawing, link: Link<'_>) -> String {
    let count = drawing.marks.len().max(1);
    let shown = drawing.marks.iter().map(|mark| width(&mark.shown)).max();
    // Labels are broken into as many columns as let all stand on a page, if they are broken at all.
    let fair = ((MOST / count as f64 - GAP) / LETTER) as usize;
    let label = fair.clamp(shown.unwrap_or(0).clamp(4, 12), 12);
    let labels: Vec<Vec<String>> = drawing
        .marks
        .iter()
        .map(|mark| wrap(&mark.label, label))
        .collect();
    let label = labels.iter().flatten().map(|line| width(line)).max();
    let wide = shown.unwrap_or(0).max(label.unwrap_or(0)) as f64 * LETTER + GAP;
    let step = wide.max((LEAST / count as f64).min(110.0));
    let (least, most) = drawing.range();
    // Below nought, the value stands under its column.
    let under = if least < 0.0 { LINE as f64 } else { 0.0 };
    let y_of = |value: f64| TOP + (most - value) / (most - least) * HEIGHT;
    let mut body = String::new();
    let bar = (step * 0.62).min(64.0);
    for ((at, mark), lines) in drawing.marks.iter().enumerate().zip(&labels) {
        let middle = step * (at as f64 + 0.5);
        let value = mark.value.unwrap_or(0.0);
        let (top, bottom) = (y_of(value.max(0.0)), y_of(value.min(0.0)));
        let mut shape = String::new();
        if mark.value.is_some() {
            let _ = write!(
                shape,
                "<rect x=\"{:.1}\" y=\"{top:.1}\" width=\"{bar:.1}\" height=\"{:.1}\" fill=\"{}\"/>",
                middle - bar / 2.0,
                bottom - top,
                colour(usize::from(value < 0.0))
            );
        }
        let y = if value < 0.0 {
            bottom + 14.0
        } else {
            top - 5.0
        };
        text(&mut shape, middle, y, &mark.shown);
        for (line, word) in lines.iter().enumerate() {
            let y = TOP + HEIGHT + under + (LINE * (line + 1)) as f64;
            text(&mut shape, middle, y, word);
        }
        body.push_str(&linked(mark, &shape, link));
    }
    let end = step * count as f64;
    let zero = y_of(0.0);
    let _ = write!(
        body,
        "<line x1=\"0\" x2=\"{end:.1}\" y1=\"{zero:.1}\" y2=\"{zero:.1}\" stroke=\"currentColor\"/>"
    );
    let lines = labels.iter().map(Vec::len).max().unwrap_or(1);
    let height = TOP + HEIGHT + under + (LINE * lines) as f64 + 8.0;
    frame(&drawing.title, end, height, &body)
}

fn text(out: &mut String, middle: f64, y: f64, said: &str) {
    let _ = write!(
        out,
        "<text x=\"{middle:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}</text>",
        escape(said)
    );
}

/// Lines over years, with a mark a value and their names below.
pub(super) fn lines(lines: &Lines, link: Link<'_>) -> String {
    let (least, most) = field(lines);
    let along: Vec<Vec<String>> = lines.along.iter().map(|word| wrap(word, 12)).collect();
    let label = along.iter().flatten().map(|line| width(line)).max();
    let wide = label.unwrap_or(4) as f64 * LETTER + GAP;
    let count = lines.along.len().max(1);
    // Years may be left out between others; names may not.
    let are_years = lines.along.iter().all(|word| word.parse::<u16>().is_ok());
    let least_step = if are_years { 22.0 } else { wide };
    let extremes = [least, most].map(|value| said(lines, value));
    let margin = extremes.iter().map(|word| width(word)).max().unwrap_or(0) as f64 * LETTER + 10.0;
    let step = least_step.max(((LEAST + 140.0 - margin) / count as f64).min(90.0));
    let every = (wide / step).ceil() as usize;
    let x_of = |at: usize| margin + step * (at as f64 + 0.5);
    let y_of = |value: f64| TOP + (most - value) / (most - least) * HEIGHT;
    let end = margin + step * count as f64;
    let mut body = String::new();
    for value in [least, f64::midpoint(least, most), most] {
        let y = y_of(value);
        let _ = write!(
            body,
            "<line x1=\"{margin:.1}\" x2=\"{end:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"var(--chart-grid,#bbb)\"/>"
        );
    }
    for (value, word) in [least, most].iter().zip(&extremes) {
        let _ = write!(
            body,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            margin - 6.0,
            y_of(*value) + 5.0,
            escape(word)
        );
    }
    for (n, line) in lines.each.iter().enumerate() {
        body.push_str(&path(&line.marks, n, &x_of, &y_of));
        for (at, mark) in line.marks.iter().enumerate() {
            let Some((mark, value)) = mark.as_ref().and_then(|mark| Some((mark, mark.value?)))
            else {
                continue;
            };
            let shape = format!(
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"{}\"/>",
                x_of(at),
                y_of(value),
                colour(n)
            );
            body.push_str(&linked(mark, &shape, link));
        }
    }
    for (at, words) in along.iter().enumerate().step_by(every.max(1)) {
        for (line, word) in words.iter().enumerate() {
            let y = TOP + HEIGHT + (LINE * (line + 1)) as f64 + 4.0;
            text(&mut body, x_of(at), y, word);
        }
    }
    let rows = along.iter().map(Vec::len).max().unwrap_or(1);
    let mut y = TOP + HEIGHT + (LINE * rows) as f64 + 14.0;
    if lines.each.len() > 1 {
        y = names(lines, end, y, &mut body);
    }
    frame(&lines.title, end, y, &body)
}

/// The values at bottom and top of a field of lines: not from nought, for a line shows change.
fn field(lines: &Lines) -> (f64, f64) {
    let (least, most) = lines.values().fold(
        (f64::INFINITY, f64::NEG_INFINITY),
        |(least, most), value| (least.min(value), most.max(value)),
    );
    if least < most {
        (least, most)
    } else {
        range(lines.values())
    }
}

/// A value as its row shows it; nought where no row has it.
fn said(lines: &Lines, value: f64) -> String {
    let marks = lines
        .each
        .iter()
        .flat_map(|line| line.marks.iter().flatten());
    marks
        .filter(|mark| mark.value == Some(value))
        .map(|mark| mark.shown.clone())
        .next()
        .unwrap_or_else(|| number::plain(value))
}

/// The stretches of a line between its gaps.
fn path(
    marks: &[Option<Mark>],
    n: usize,
    x_of: &impl Fn(usize) -> f64,
    y_of: &impl Fn(f64) -> f64,
) -> String {
    let mut drawn = String::new();
    let mut is_broken = true;
    for (at, mark) in marks.iter().enumerate() {
        let Some(value) = mark.as_ref().and_then(|mark| mark.value) else {
            is_broken = true;
            continue;
        };
        let step = if is_broken { 'M' } else { 'L' };
        let _ = write!(drawn, "{step}{:.1} {:.1}", x_of(at), y_of(value));
        is_broken = false;
    }
    format!(
        "<path d=\"{drawn}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>",
        colour(n)
    )
}

/// The names of the lines, beside each other while there is room; gives the height below them.
fn names(lines: &Lines, end: f64, top: f64, body: &mut String) -> f64 {
    let (mut x, mut y) = (4.0, top + 10.0);
    for (n, line) in lines.each.iter().enumerate() {
        let wide = width(&line.name) as f64 * LETTER + 30.0;
        if x > 4.0 && x + wide > end {
            x = 4.0;
            y += LINE as f64;
        }
        let _ = write!(
            body,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"5\" fill=\"{}\"/><text x=\"{:.1}\" y=\"{y:.1}\">{}</text>",
            x + 5.0,
            y - 5.0,
            colour(n),
            x + 15.0,
            escape(&line.name)
        );
        x += wide;
    }
    y + 10.0
}

fn frame(title: &str, wide: f64, high: f64, body: &str) -> String {
    format!(
        "<svg class=\"chart\" role=\"img\" aria-label=\"{}\" width=\"{wide:.0}\" height=\"{high:.0}\" \
         viewBox=\"0 0 {wide:.0} {high:.0}\" font-size=\"14\" fill=\"currentColor\">{body}</svg>",
        escape(title)
    )
}
