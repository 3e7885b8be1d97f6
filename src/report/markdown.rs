//! A page as Markdown that GitHub shows, with its footnotes.

use std::fmt::Write as _;

use super::Page;
use super::compare::Change;
use super::notes::{Body, Reference, runs};
use super::sheet::{Block, BlockKind, Mark, Piece, pieces, without_marks};
use super::words::word;
use crate::render::{self, Options, markdown_escaped as escaped, visible};

impl Page {
    /// The page as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n", escaped(&self.title));
        let mut body = String::new();
        self.write_markdown(&self.text, &mut body);
        out.push_str(few_blank_lines(&body).trim());
        out.push('\n');
        self.changes_markdown(&mut out);
        let _ = writeln!(out, "\n---\n\n**{}**\n", word("made", self.lang));
        for (term, said) in self.made() {
            let said: Vec<String> = said.iter().map(|line| escaped(line)).collect();
            let _ = writeln!(out, "- {term}: {}", said.join("; "));
        }
        for at in 0..self.notes.list.len() {
            let _ = write!(out, "\n[^{}]: {}\n", at + 1, self.body_markdown(at));
        }
        visible(&out).into_owned()
    }

    fn write_markdown(&self, text: &str, out: &mut String) {
        for piece in pieces(text) {
            match piece {
                Piece::Written(words) => out.push_str(words),
                Piece::Mark(at) => {
                    let reference = self.notes.of_mark.get(&at);
                    match self.sheet.marks.get(at) {
                        Some(Mark::Words(words)) => {
                            for piece in pieces(words) {
                                match piece {
                                    Piece::Written(words) => out.push_str(&escaped(words)),
                                    Piece::Mark(_) => self.write_markdown(words, out),
                                }
                            }
                        }
                        Some(Mark::Number(cited, said)) => {
                            let said = said.clone().unwrap_or_else(|| cited.said(self.lang));
                            self.number_markdown(reference, &said, out);
                        }
                        Some(Mark::Worked(said, _)) => self.number_markdown(reference, said, out),
                        Some(Mark::Note(_)) => self.number_markdown(reference, "", out),
                        Some(Mark::Block(block)) => self.block_markdown(at, block, out),
                        None => {}
                    }
                }
            }
        }
    }

    fn number_markdown(&self, reference: Option<&Reference>, said: &str, out: &mut String) {
        out.push_str(&escaped(&without_marks(said)));
        let Some(reference) = reference else { return };
        for (note, _) in &reference.notes {
            let _ = write!(out, "[^{}]", note + 1);
        }
        let changes = self.changes.as_ref();
        match changes.and_then(|changes| changes.of.get(&reference.id)) {
            Some(Change::New) => {
                let _ = write!(out, " **{}**", word("new", self.lang));
            }
            Some(Change::Was(was)) => {
                let _ = write!(out, " **{} {}**", word("was", self.lang), escaped(was));
            }
            None => {}
        }
    }

    fn block_markdown(&self, at: usize, block: &Block, out: &mut String) {
        let title = escaped(&without_marks(&self.sheet.plain(&block.title, self.lang)));
        if !title.is_empty() {
            let _ = write!(out, "**{title}**\n\n");
        }
        match block.kind {
            BlockKind::Quotes => {
                for (row, said) in block.quotes(self.lang) {
                    out.push_str("- ");
                    self.number_markdown(self.notes.of_row.get(&(at, row)), &said, out);
                    out.push('\n');
                }
            }
            // A chart's numbers stand in its rows.
            BlockKind::Table | BlockKind::Bars | BlockKind::Line => {
                self.table_markdown(at, block, out);
            }
        }
    }

    fn table_markdown(&self, at: usize, block: &Block, out: &mut String) {
        let answer = &block.asked.answer;
        if answer.rows.is_empty() {
            let _ = writeln!(out, "{}", word("none", self.lang));
            return;
        }
        if block.kind != BlockKind::Table
            && let Some(drawn) = render::chart::text(&block.drawn(), self.lang, &Options::default())
        {
            let _ = write!(out, "```text\n{}```\n\n", without_marks(&drawn));
        }
        let mut references = self.notes.of_table(at);
        let rows = render::markdown_table(
            answer,
            self.lang,
            &Options::default(),
            &mut |row, column| {
                let mut behind = String::new();
                self.number_markdown(references(row, column), "", &mut behind);
                behind
            },
        );
        out.push_str(&without_marks(&rows));
        for note in render::notes(answer, self.lang, &Options::default()) {
            let _ = write!(out, "\n- {}", escaped(&without_marks(&note)));
        }
        out.push('\n');
    }

    fn body_markdown(&self, at: usize) -> String {
        let note = &self.notes.list[at];
        match &note.body {
            Body::Sentence(sentence, ..) => {
                let mut out = String::new();
                for (stretch, words) in note.body.stretches() {
                    let words = escaped(&without_marks(words));
                    match stretch {
                        Some(_) if !words.trim().is_empty() => {
                            let _ = write!(out, "<b>{words}</b>");
                        }
                        _ => out.push_str(&words),
                    }
                }
                let _ = write!(
                    out,
                    " — {}",
                    escaped(&without_marks(&sentence.place(self.lang)))
                );
                out
            }
            Body::Worked {
                reading,
                from,
                more,
            } => {
                let mut out = format!(
                    "{}: {}",
                    word("worked", self.lang),
                    escaped(&without_marks(reading))
                );
                if !from.is_empty() {
                    let from: Vec<String> = runs(from)
                        .into_iter()
                        .map(|(first, last)| match last - first {
                            0 => (first + 1).to_string(),
                            _ => format!("{}–{}", first + 1, last + 1),
                        })
                        .collect();
                    let _ = write!(out, " — {} {}", word("from", self.lang), from.join(", "));
                }
                if *more > 0 {
                    let _ = write!(
                        out,
                        " {}",
                        word("more", self.lang).replace("%n", &more.to_string())
                    );
                }
                out
            }
        }
    }

    fn changes_markdown(&self, out: &mut String) {
        let Some(changes) = &self.changes else { return };
        let lang = self.lang;
        let _ = write!(out, "\n## {}\n\n", word("changed", lang));
        if let Some(fault) = &changes.fault {
            let said = word("failed", lang).replace("%s", fault.diagnostic.message(lang));
            let _ = writeln!(out, "{}", escaped(&said));
        } else if changes.list.is_empty() {
            let _ = writeln!(out, "{}", word("nothing-changed", lang));
        } else {
            let _ = writeln!(
                out,
                "| {} | {} | {} |\n| --- | --- | --- |",
                word("what", lang),
                word("was", lang),
                word("is", lang)
            );
            for row in self.change_rows() {
                let [of, was, is] =
                    [row.0, row.1, row.2].map(|cell| escaped(&without_marks(&cell)));
                let _ = writeln!(out, "| {of} | {was} | {is} |");
            }
        }
    }
}

/// Blocks bring blank lines with them; one is enough.
fn few_blank_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blanks = 0;
    for line in text.lines() {
        blanks = if line.trim().is_empty() {
            blanks + 1
        } else {
            0
        };
        if blanks <= 1 {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_blank_line_is_enough() {
        assert_eq!(few_blank_lines("a\n\n\n\nb\n"), "a\n\nb\n");
    }
}
