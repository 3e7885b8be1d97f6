use super::{Drawing, Mark};
use crate::render::width;
use crate::render::wrap::wrap;

/// How many lines the highest column has.
const HEIGHT: usize = 10;

/// A column a row, upwards, its value and its label below; `None` where they do not fit beside each other.
pub(super) fn columns(drawing: &Drawing, room: usize) -> Option<String> {
    let widest = drawing.marks.iter().map(|mark| width(&mark.shown)).max()?;
    let slot = widest.max(6) + 2;
    if slot * drawing.marks.len() > room {
        return None;
    }
    let (least, most) = drawing.range();
    let above = ((HEIGHT as f64) * most / (most - least)).ceil() as usize;
    let below = ((HEIGHT as f64) * -least / (most - least)).ceil() as usize;
    let per_line = (most - least) / HEIGHT as f64;
    let mut lines: Vec<String> = vec![drawing.title.clone()];
    for line in (0..above).rev() {
        lines.push(line_of(drawing, slot, |value| {
            rising(value / per_line - line as f64)
        }));
    }
    lines.push("─".repeat(slot * drawing.marks.len()));
    for line in 0..below {
        lines.push(line_of(drawing, slot, |value| {
            falling(-value / per_line - line as f64)
        }));
    }
    lines.push(words(drawing, slot, |mark| &mark.shown).join("\n"));
    lines.extend(words(drawing, slot, |mark| &mark.label));
    let trimmed: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    Some(format!("{}\n", trimmed.join("\n")))
}

fn line_of(drawing: &Drawing, slot: usize, block: impl Fn(f64) -> &'static str) -> String {
    let columns = drawing.marks.iter().map(|mark| {
        let block = mark.value.map_or(" ", &block);
        format!(" {} ", block.repeat(slot - 2))
    });
    columns.collect()
}

/// The part of a line that a column fills from below, in eighths.
fn rising(part: f64) -> &'static str {
    const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    EIGHTHS[(part.clamp(0.0, 1.0) * 8.0).round() as usize]
}

/// The part of a line that a column fills from above; only halves have characters that every font has.
fn falling(part: f64) -> &'static str {
    match part {
        part if part >= 0.75 => "█",
        part if part >= 0.2 => "▀",
        _ => " ",
    }
}

/// What stands below the columns, each broken into its column's width and put in its middle.
fn words(drawing: &Drawing, slot: usize, of: impl Fn(&Mark) -> &String) -> Vec<String> {
    let broken: Vec<Vec<String>> = drawing
        .marks
        .iter()
        .map(|mark| wrap(of(mark), slot - 2))
        .collect();
    let height = broken.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|line| {
            let parts = broken.iter().map(|lines| {
                let part = lines.get(line).map_or("", String::as_str);
                let blanks = slot.saturating_sub(width(part));
                format!(
                    "{}{part}{}",
                    " ".repeat(blanks / 2),
                    " ".repeat(blanks - blanks / 2)
                )
            });
            parts.collect()
        })
        .collect()
}
