use std::fmt::Write as _;

use super::escape;
use super::table::{footnotes_list, table};
use crate::query::{Answer, Lang};
use crate::render::footnote::Footnotes;
use crate::render::options::{Options, Sources};
use crate::render::quote::cited;
use crate::render::{chart, legend, quote};

/// How answers look: light and dark, on a telephone and on paper, without script and without a network.
pub const STYLE: &str = include_str!("style.css");

/// Answers as one page that needs nothing but itself: each with its reading, its chart, its rows and its notes, and at
/// the end the sentences behind them as numbered footnotes.
#[must_use]
pub fn page(answers: &[(&Answer, Lang)], options: &Options) -> String {
    let lang = answers.first().map_or(Lang::En, |(_, lang)| *lang);
    let title = answers.first().map_or(String::new(), |(answer, lang)| {
        escape(answer.reading.in_lang(*lang))
    });
    let code = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    let mut footnotes = Footnotes::new();
    for (answer, lang) in answers {
        section(answer, *lang, options, &mut footnotes, &mut out);
    }
    out.push_str(&footnotes_list(&footnotes, lang));
    out.push_str("</body>\n</html>\n");
    out
}

fn section(
    answer: &Answer,
    lang: Lang,
    options: &Options,
    footnotes: &mut Footnotes,
    out: &mut String,
) {
    out.push_str("<section>\n");
    if !options.rows_only {
        let _ = writeln!(out, "<h1>{}</h1>", escape(answer.reading.in_lang(lang)));
    }
    if let Some(sql) = &answer.explained {
        let _ = writeln!(out, "<pre>{}</pre>\n</section>", escape(sql));
        return;
    }
    let are_shown = quote::are_shown(answer, options);
    if !answer.rows.is_empty() {
        // The rows count the footnotes, though the chart stands before them.
        let rows = if are_shown {
            table(answer, lang, options, &mut footnotes.at_cells(answer, lang))
        } else {
            table(answer, lang, options, &mut |_, _| Vec::new())
        };
        let mut link = |row: usize| {
            let of_row = cited(answer, &answer.rows[row]);
            let (_, source) = of_row.first().filter(|_| are_shown)?;
            Some(format!("#fn{}", footnotes.number(source)?))
        };
        if let Some(drawn) = chart::svg(answer, lang, options, &mut link) {
            let _ = writeln!(out, "{}", figure(answer, lang, options, &drawn));
        }
        let _ = writeln!(out, "<div class=\"wide\">\n{rows}</div>");
    }
    if !options.rows_only {
        let mut notes = legend::notes(answer, lang, options);
        if !are_shown && options.sources != Sources::Hidden {
            notes.extend(legend::hidden_sources(answer, lang));
        }
        if !notes.is_empty() {
            out.push_str("<ul class=\"notes\">\n");
            for note in notes {
                let _ = writeln!(out, "<li>{}</li>", escape(&note));
            }
            out.push_str("</ul>\n");
        }
    }
    out.push_str("</section>\n");
}

/// A chart under the name of what it draws.
fn figure(answer: &Answer, lang: Lang, options: &Options, drawn: &str) -> String {
    let title = chart::title(answer, lang, options).unwrap_or_default();
    format!(
        "<figure><figcaption>{}</figcaption><div class=\"wide\">{drawn}</div></figure>",
        escape(&title)
    )
}
