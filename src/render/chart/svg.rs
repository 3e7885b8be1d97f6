use std::fmt::Write as _;

use super::{Drawing, Lines, Mark, svg_axes};
use crate::query::plan::Chart;
use crate::query::{Answer, Lang};
use crate::render::html::escape;
use crate::render::options::Options;
use crate::render::wrap::wrap;

/// The height of a line of labels, in pixels; the letters are 14 high.
pub(super) const LINE: usize = 18;

/// The chart that an answer asks for as an inline SVG element; `None` where it asks for none or has nothing to draw.
///
/// `link` gives the address that the mark of a row leads to, such as `#fn3`. Colours are the page's: text is drawn in
/// `currentColor`, marks in the custom properties `--chart-1` to `--chart-6`, lines in `--chart-grid`; each has a colour
/// of its own where the page sets none.
#[must_use]
pub fn svg(
    answer: &Answer,
    lang: Lang,
    options: &Options,
    link: &mut dyn FnMut(usize) -> Option<String>,
) -> Option<String> {
    let kind = answer.chart?.kind;
    let drawing = Drawing::of(answer, lang, options)?;
    Some(match kind {
        Chart::Bar => bars(&drawing, link),
        Chart::Column => svg_axes::columns(&drawing, link),
        Chart::Line => svg_axes::lines(&Lines::of(answer, &drawing), link),
    })
}

/// What a mark says when it is pointed at, and what it leads to.
pub(super) fn linked(
    mark: &Mark,
    shape: &str,
    link: &mut dyn FnMut(usize) -> Option<String>,
) -> String {
    let said = escape(format!("{} {}", mark.label, mark.shown).trim());
    let shape = format!("<g><title>{said}</title>{shape}</g>");
    match link(mark.row) {
        Some(address) => format!("<a href=\"{}\">{shape}</a>", escape(&address)),
        None => shape,
    }
}

/// The colour of the n-th line.
pub(super) fn colour(n: usize) -> String {
    const COLOURS: [&str; 6] = [
        "#2f6da8", "#b8562b", "#3c8251", "#8a4f9e", "#9a7a10", "#35807f",
    ];
    let n = n % COLOURS.len();
    format!("var(--chart-{},{})", n + 1, COLOURS[n])
}

/// A bar a row under its label and its value. Positions along the line are parts of the page's width and letters keep
/// their size, so that a telephone shows it as well as a sheet of paper does.
fn bars(drawing: &Drawing, link: &mut dyn FnMut(usize) -> Option<String>) -> String {
    /// The label has at most so many columns of a line; the value stands in what a narrow screen has left.
    const ROOM: usize = 24;
    const BAR: usize = 14;
    let (least, most) = drawing.range();
    let percent = |value: f64| (value / (most - least) * 100.0).abs();
    let axis = percent(least);
    let mut y = 0;
    let mut body = String::new();
    for mark in &drawing.marks {
        let lines = wrap(&mark.label, ROOM);
        let mut shape = String::new();
        for (n, line) in lines.iter().enumerate() {
            let _ = write!(
                shape,
                "<text x=\"0\" y=\"{}\">{}</text>",
                y + LINE * (n + 1) - 4,
                escape(line)
            );
        }
        let _ = write!(
            shape,
            "<text x=\"100%\" y=\"{}\" text-anchor=\"end\">{}</text>",
            y + LINE - 4,
            escape(&mark.shown)
        );
        y += LINE * lines.len() + 2;
        if let Some(value) = mark.value {
            let wide = percent(value);
            let x = if value < 0.0 { axis - wide } else { axis };
            let _ = write!(
                shape,
                "<rect x=\"{x:.2}%\" y=\"{y}\" width=\"{wide:.2}%\" height=\"{BAR}\" fill=\"{}\"/>",
                colour(usize::from(value < 0.0))
            );
            y += BAR;
        }
        y += 8;
        body.push_str(&linked(mark, &shape, link));
    }
    if least < 0.0 {
        let _ = write!(
            body,
            "<line x1=\"{axis:.2}%\" x2=\"{axis:.2}%\" y1=\"0\" y2=\"{y}\" stroke=\"currentColor\"/>"
        );
    }
    format!(
        "<svg class=\"chart\" role=\"img\" aria-label=\"{}\" width=\"100%\" height=\"{y}\" font-size=\"14\" \
         fill=\"currentColor\">{body}</svg>",
        escape(&drawing.title)
    )
}
