use std::fmt::Write as _;

use super::{Drawing, Mark};
use crate::render::width;

/// A bar a row, from left to right; below nought to the left of the axis. Labels are never cut: where they leave no room
/// they stand above their bars.
pub(super) fn bars(drawing: &Drawing, room: usize) -> String {
    const LEAST: usize = 12;
    let widest = |of: fn(&Mark) -> &str| {
        let widths = drawing.marks.iter().map(|mark| width(of(mark)));
        widths.max().unwrap_or(0)
    };
    let shown = widest(|mark| &mark.shown);
    let label = widest(|mark| &mark.label);
    let beside = label + 2 + LEAST + 2 + shown <= room;
    let before = if beside { label + 2 } else { 2 };
    let zone = room.saturating_sub(before + shown + 2).max(LEAST);
    let (least, most) = drawing.range();
    // Cells left of the axis, which is there only where something is below nought.
    let left = ((zone as f64) * -least / (most - least)).round() as usize;
    let axis = if least < 0.0 { "│" } else { "" };
    let half_cells = |value: f64| {
        let cells = value.abs() / (most - least) * (zone as f64);
        ((cells * 2.0).round() as usize).max(usize::from(value != 0.0))
    };
    let mut text = format!("{}\n", drawing.title);
    for mark in &drawing.marks {
        if beside {
            let blanks = " ".repeat(label - width(&mark.label));
            let _ = write!(text, "{}{blanks}  ", mark.label);
        } else {
            let _ = write!(text, "{}\n  ", mark.label);
        }
        let halves = mark.value.map_or(0, half_cells);
        let (full, half) = (halves / 2, halves % 2);
        if mark.value.is_some_and(|value| value < 0.0) {
            let bar = format!("{}{}", if half == 1 { "▐" } else { "" }, "█".repeat(full));
            let blanks = " ".repeat(left.saturating_sub(full + half));
            let _ = write!(text, "{blanks}{bar}{axis} {}", mark.shown);
        } else {
            let bar = format!("{}{}", "█".repeat(full), if half == 1 { "▌" } else { "" });
            let gap = if bar.is_empty() { "" } else { " " };
            let _ = write!(text, "{}{axis}{bar}{gap}{}", " ".repeat(left), mark.shown);
        }
        text.push('\n');
    }
    text
}
