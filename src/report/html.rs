//! A page as one HTML file: no network, no script, footnotes linked both ways.

use std::fmt::Write as _;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, html::push_html};

use super::compare::Change;
use super::notes::{Body, Note, Reference, runs};
use super::sheet::{Block, BlockKind, Mark, Piece, pieces, without_marks};
use super::slim::slim;
use super::words::word;
use super::{Page, VERSION};
use crate::query::Lang;
use crate::render::html::{STYLE, escape};
use crate::render::{self, Options, visible};

impl Page {
    /// The page as one HTML file.
    #[must_use]
    pub fn html(&self) -> String {
        let lang = match self.lang {
            Lang::En => "en",
            Lang::Zh => "zh-Hans",
        };
        let title = escape(&without_marks(&self.title));
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"generator\" content=\"zhenzhi {VERSION}\">\n\
             <title>{title}</title>\n<style>\n{STYLE}{}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
            include_str!("page.css")
        );
        let mut body = String::new();
        push_html(&mut body, self.events().into_iter());
        self.changes_html(&mut body);
        self.notes_html(&mut body);
        self.colophon_html(&mut body);
        out.push_str(&slim(&body));
        out.push_str("</main>\n</body>\n</html>\n");
        visible(&out).into_owned()
    }

    /// The Markdown of the page as events, marks replaced by what they stand for.
    fn events(&self) -> Vec<Event<'_>> {
        let parser = Parser::new_ext(
            &self.text,
            pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH,
        );
        let mut events: Vec<Event<'_>> = Vec::new();
        let mut in_code = false;
        // Links of which only the words stay are no links; an outer one may be one.
        let mut kept_links: Vec<bool> = Vec::new();
        for event in parser {
            match event {
                Event::Text(text) if in_code => events.push(Event::Text(self.plain(&text).into())),
                Event::Code(text) => events.push(Event::Code(self.plain(&text).into())),
                // HTML of a script is shown, not run.
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    self.text_events(&text, &mut events);
                }
                Event::SoftBreak if ends_chinese(&events) => {}
                Event::Start(Tag::CodeBlock(kind)) => {
                    in_code = true;
                    events.push(Event::Start(Tag::CodeBlock(kind)));
                }
                Event::End(TagEnd::CodeBlock) => {
                    in_code = false;
                    events.push(event);
                }
                // A picture would be fetched from somewhere; its words stay.
                Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
                Event::Start(Tag::Link { ref dest_url, .. }) => {
                    kept_links.push(is_harmless(dest_url));
                    if kept_links.last() == Some(&true) {
                        events.push(event);
                    }
                }
                Event::End(TagEnd::Link) => {
                    if kept_links.pop() == Some(true) {
                        events.push(event);
                    }
                }
                Event::Start(Tag::Table(_)) => {
                    events.push(Event::Html("<div class=\"wide\">".into()));
                    events.push(event);
                }
                Event::End(TagEnd::Table) => {
                    events.push(event);
                    events.push(Event::Html("</div>\n".into()));
                }
                Event::End(TagEnd::Paragraph) => {
                    // A block that stands alone in its paragraph takes its place.
                    if let [.., Event::Start(Tag::Paragraph), Event::Html(_)] = events[..] {
                        let at = events.len() - 2;
                        events.remove(at);
                    } else {
                        events.push(event);
                    }
                }
                other => events.push(other),
            }
        }
        events
    }

    fn text_events(&self, text: &str, events: &mut Vec<Event<'_>>) {
        for piece in pieces(text) {
            match piece {
                Piece::Written(words) => events.push(Event::Text(words.to_owned().into())),
                Piece::Mark(at) => match self.sheet.marks.get(at) {
                    Some(Mark::Words(words)) => self.text_events(words, events),
                    Some(Mark::Block(block)) => {
                        events.push(Event::Html(self.block_html(at, block).into()));
                    }
                    Some(Mark::Number(cited, said)) => {
                        let said = said.clone().unwrap_or_else(|| cited.said(self.lang));
                        let html = self.number_html(self.notes.of_mark.get(&at), &said);
                        events.push(Event::InlineHtml(html.into()));
                    }
                    Some(Mark::Worked(said, _)) => {
                        let html = self.number_html(self.notes.of_mark.get(&at), said);
                        events.push(Event::InlineHtml(html.into()));
                    }
                    Some(Mark::Note(_)) => {
                        let html = self.number_html(self.notes.of_mark.get(&at), "");
                        events.push(Event::InlineHtml(html.into()));
                    }
                    None => {}
                },
            }
        }
    }

    fn plain(&self, text: &str) -> String {
        without_marks(&self.sheet.plain(text, self.lang))
    }

    /// A number that leads to its footnotes.
    fn number_html(&self, reference: Option<&Reference>, said: &str) -> String {
        let said = escape(&without_marks(said));
        reference.map_or(said.clone(), |reference| self.linked(reference, &said))
    }

    /// HTML that leads to footnotes.
    fn linked(&self, reference: &Reference, said: &str) -> String {
        if reference.notes.is_empty() {
            return said.to_owned();
        }
        let mut out = String::new();
        for (turn, (note, stretch)) in reference.notes.iter().enumerate() {
            let id = if turn == 0 {
                format!(" id=\"f{}\"", reference.id)
            } else {
                String::new()
            };
            let words = if turn == 0 { said } else { "" };
            let _ = write!(
                out,
                "<a{id} href=\"#{}\">{words}<sup>{}</sup></a>",
                anchor(*note, *stretch),
                note + 1
            );
        }
        out.push_str(&self.change_html(reference.id));
        out
    }

    /// What a number was in the older store.
    fn change_html(&self, id: usize) -> String {
        let change = self
            .changes
            .as_ref()
            .and_then(|changes| changes.of.get(&id));
        match change {
            Some(Change::New) => format!(" <ins>{}</ins>", word("new", self.lang)),
            Some(Change::Was(was)) => {
                format!(
                    " <ins>{} {}</ins>",
                    word("was", self.lang),
                    escape(&without_marks(was))
                )
            }
            None => String::new(),
        }
    }

    fn block_html(&self, at: usize, block: &Block) -> String {
        let title = escape(&self.plain(&block.title));
        match block.kind {
            BlockKind::Quotes => self.quotes_html(at, block, &title),
            BlockKind::Table => self.table_html(at, block, &title),
            BlockKind::Bars | BlockKind::Line => self.chart_html(at, block, &title),
        }
    }

    fn table_html(&self, at: usize, block: &Block, title: &str) -> String {
        let answer = &block.asked.answer;
        if answer.rows.is_empty() {
            return format!("<p>{title} {}</p>\n", word("none", self.lang));
        }
        let options = Options::default();
        let mut out = String::new();
        if !title.is_empty() {
            let _ = writeln!(out, "<p class=\"caption\">{title}</p>");
        }
        let mut references = self.notes.of_table(at);
        let rows =
            render::html::table_with(answer, self.lang, &options, &mut |row, column, said| {
                let said = without_marks(&said);
                match references(row, column) {
                    Some(reference) => self.linked(reference, &said),
                    None => said,
                }
            });
        let _ = writeln!(out, "<div class=\"wide\">\n{rows}</div>");
        out.push_str(&self.legend_html(block));
        out
    }

    /// What a reader of a table must know.
    fn legend_html(&self, block: &Block) -> String {
        let notes = render::notes(&block.asked.answer, self.lang, &Options::default());
        if notes.is_empty() {
            return String::new();
        }
        let mut out = String::from("<ul class=\"notes\">\n");
        for note in notes {
            let _ = writeln!(out, "<li>{}</li>", escape(&without_marks(&note)));
        }
        out.push_str("</ul>\n");
        out
    }

    fn chart_html(&self, at: usize, block: &Block, title: &str) -> String {
        let answer = block.drawn();
        let link = |row: usize| {
            let cells = (0..answer.columns.len())
                .filter_map(|column| self.notes.of_cell.get(&(at, row, column)));
            let (note, stretch) = *cells.flat_map(|reference| &reference.notes).next()?;
            Some(format!("#{}", anchor(note, stretch)))
        };
        let drawn = render::chart::svg(&answer, self.lang, &Options::default(), &mut { link });
        let id = self.notes.of_chart.get(&at);
        let id = id.map_or(String::new(), |id| format!(" id=\"f{id}\""));
        let Some(drawn) = drawn else {
            return format!("<p>{title} {}</p>\n", word("none", self.lang));
        };
        format!(
            "<figure{id}>\n<figcaption>{title}</figcaption>\n<div class=\"wide\">{}</div>\n</figure>\n",
            without_marks(&drawn)
        )
    }

    fn quotes_html(&self, at: usize, block: &Block, title: &str) -> String {
        let mut out = String::new();
        if !title.is_empty() {
            let _ = writeln!(out, "<p class=\"caption\">{title}</p>");
        }
        out.push_str("<ul class=\"quotes\">\n");
        for (row, said) in block.quotes(self.lang) {
            let reference = self.notes.of_row.get(&(at, row));
            let note = self.number_html(reference, "");
            let _ = writeln!(out, "<li>{}{note}</li>", escape(&without_marks(&said)));
        }
        out.push_str("</ul>\n");
        out
    }

    fn notes_html(&self, out: &mut String) {
        if self.notes.list.is_empty() {
            return;
        }
        let _ = writeln!(
            out,
            "<section class=\"notes\">\n<h2>{}</h2>\n<ol>",
            word("notes", self.lang)
        );
        for (at, note) in self.notes.list.iter().enumerate() {
            let _ = writeln!(
                out,
                "<li id=\"n{}\">{}{}</li>",
                at + 1,
                self.body_html(at, note),
                backs(note)
            );
        }
        out.push_str("</ol>\n</section>\n");
    }

    fn body_html(&self, at: usize, note: &Note) -> String {
        match &note.body {
            Body::Sentence(sentence, ..) => {
                let mut out = String::new();
                for (stretch, words) in note.body.stretches() {
                    let words = escape(&without_marks(words));
                    match stretch {
                        Some(stretch) => {
                            let _ = write!(
                                out,
                                "<mark id=\"{}\">{words}</mark>",
                                anchor(at, Some(stretch))
                            );
                        }
                        None => out.push_str(&words),
                    }
                }
                let _ = write!(
                    out,
                    " <cite>{}</cite>",
                    escape(&without_marks(&sentence.place(self.lang)))
                );
                out
            }
            Body::Worked {
                reading,
                from,
                more,
            } => {
                let mut out = format!(
                    "{}{}{}",
                    word("worked", self.lang),
                    match self.lang {
                        Lang::En => ": ",
                        Lang::Zh => "：",
                    },
                    escape(&without_marks(reading))
                );
                if !from.is_empty() {
                    let link = |note: usize| format!("<a href=\"#n{0}\">{0}</a>", note + 1);
                    let links: Vec<String> = runs(from)
                        .into_iter()
                        .map(|(first, last)| match last - first {
                            0 => link(first),
                            _ => format!("{}–{}", link(first), link(last)),
                        })
                        .collect();
                    let _ = write!(
                        out,
                        " <cite>{} {}",
                        word("from", self.lang),
                        links.join(", ")
                    );
                    if *more > 0 {
                        let _ = write!(
                            out,
                            " {}",
                            word("more", self.lang).replace("%n", &more.to_string())
                        );
                    }
                    out.push_str("</cite>");
                }
                out
            }
        }
    }

    fn changes_html(&self, out: &mut String) {
        let Some(changes) = &self.changes else { return };
        let lang = self.lang;
        let _ = writeln!(
            out,
            "<section class=\"changes\">\n<h2>{}</h2>",
            word("changed", lang)
        );
        if let Some(fault) = &changes.fault {
            let said = word("failed", lang).replace("%s", fault.diagnostic.message(lang));
            let _ = writeln!(out, "<p>{}</p>", escape(&without_marks(&said)));
        } else if changes.list.is_empty() {
            let _ = writeln!(out, "<p>{}</p>", word("nothing-changed", lang));
        } else {
            let _ = writeln!(
                out,
                "<div class=\"wide\"><table>\n<thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead>\n<tbody>",
                word("what", lang),
                word("was", lang),
                word("is", lang)
            );
            for (of, was, is) in self.change_rows() {
                let [of, was, is] = [of, was, is].map(|cell| escape(&without_marks(&cell)));
                let _ = writeln!(out, "<tr><td>{of}</td><td>{was}</td><td>{is}</td></tr>");
            }
            out.push_str("</tbody>\n</table></div>\n");
        }
        out.push_str("</section>\n");
    }

    fn colophon_html(&self, out: &mut String) {
        let _ = writeln!(out, "<footer>\n<h2>{}</h2>\n<dl>", word("made", self.lang));
        for (term, said) in self.made() {
            let said: Vec<String> = said
                .iter()
                .map(|line| escape(&without_marks(line)))
                .collect();
            let _ = writeln!(out, "<dt>{term}</dt><dd>{}</dd>", said.join(" · "));
        }
        out.push_str("</dl>\n</footer>\n");
    }
}

/// Links back to the numbers that lead to a footnote.
fn backs(note: &Note) -> String {
    let mut out = String::new();
    for (turn, id) in note.uses.iter().enumerate() {
        let label = if turn == 0 {
            "↑".to_owned()
        } else {
            (turn + 1).to_string()
        };
        let _ = write!(out, " <a href=\"#f{id}\">{label}</a>");
    }
    out
}

/// The anchor of a footnote, or of a stretch of its sentence.
fn anchor(note: usize, stretch: Option<usize>) -> String {
    match stretch {
        Some(stretch) => format!("q{}-{}", note + 1, stretch + 1),
        None => format!("n{}", note + 1),
    }
}

/// Links that open a page or write a letter, and those within the page.
fn is_harmless(url: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    ["http://", "https://", "mailto:", "#"]
        .iter()
        .any(|start| url.starts_with(start))
        || !url
            .chars()
            .take_while(|c| !matches!(c, '/' | '?' | '#'))
            .any(|c| c == ':')
}

/// Between two Chinese characters a line break of the script is no blank.
fn ends_chinese(events: &[Event<'_>]) -> bool {
    let ends = |text: &CowStr<'_>| {
        text.trim_end_matches("</a>")
            .trim_end_matches("</sup>")
            .chars()
            .next_back()
            .is_some_and(|c| c as u32 >= 0x2e80)
    };
    match events.last() {
        Some(Event::Text(text) | Event::Code(text)) => ends(text),
        Some(Event::InlineHtml(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_that_do_nothing_are_kept() {
        for url in [
            "https://a.cn/x",
            "#n1",
            "mailto:a@b.cn",
            "docs/a.md",
            "a?b:c",
        ] {
            assert!(is_harmless(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            " JavaScript:x",
            "data:text/html,x",
            "file:///etc/passwd",
        ] {
            assert!(!is_harmless(url), "{url}");
        }
    }
}
