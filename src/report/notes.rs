//! The footnotes of a page, numbered in the order in which its numbers stand.
//!
//! A footnote is a sentence of a report; numbers of one sentence share it, and each has its own stretch of it. What was
//! worked out has a footnote that says so and names the footnotes of what it was worked out of.

use std::collections::HashMap;

use super::cite::{Citer, Sentence};
use super::sheet::{Block, BlockKind, Cited, Mark, Piece, Sheet, pieces};
use super::words::word;
use crate::query::{ColumnKind, Lang, Source};
use crate::store::{Store, StoreError};

/// A number with more sentences behind it than this has a footnote that lists them.
const FEW: usize = 3;
/// A footnote lists so many others and counts the rest.
const LISTED: usize = 40;

impl Body {
    /// The words of a sentence, cut where the stretches begin and end that numbers come from; `None` between them. Of a
    /// stretch that others cover in part (A和B分别增长10%和11%, for each of two numbers) what they leave; one that
    /// does not stand in the cleaned sentence word for word is put behind it.
    pub(super) fn stretches(&self) -> Vec<(Option<usize>, &str)> {
        let Self::Sentence(_, sentence, stretches) = self else {
            return Vec::new();
        };
        let text = sentence.as_str();
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        let mut lost: Vec<usize> = Vec::new();
        for (at, stretch) in stretches.iter().enumerate() {
            // The same words may stand twice; each stretch takes the first place that is free.
            let places = places(text, &stretch.quote);
            let free = places
                .iter()
                .copied()
                .find(|(start, end)| found.iter().all(|(from, to, _)| end <= from || start >= to))
                .or_else(|| places.first().map(|place| left_of(*place, &found)));
            match free {
                Some((start, end)) => found.push((start, end, at)),
                None => lost.push(at),
            }
        }
        found.sort_unstable();
        let mut parts = Vec::new();
        let mut at = 0;
        for (start, end, stretch) in found {
            if at < start {
                parts.push((None, &text[at..start]));
            }
            parts.push((Some(stretch), &text[start..end]));
            at = at.max(end);
        }
        if at < text.len() {
            parts.push((None, &text[at..]));
        }
        for stretch in lost {
            parts.push((None, " "));
            parts.push((Some(stretch), stretches[stretch].quote.trim()));
        }
        parts
    }
}

/// The last part of a range that none of the others has; an empty one at its end where they have all of it.
fn left_of((start, end): (usize, usize), others: &[(usize, usize, usize)]) -> (usize, usize) {
    let mut taken: Vec<(usize, usize)> = others
        .iter()
        .map(|(from, to, _)| (*from.max(&start), *to.min(&end)))
        .filter(|(from, to)| from < to)
        .collect();
    taken.sort_unstable_by_key(|(_, to)| std::cmp::Reverse(*to));
    let mut free = end;
    for (from, to) in taken {
        if to < free {
            return (to, free);
        }
        free = free.min(from);
    }
    if start < free {
        (start, free)
    } else {
        (end, end)
    }
}

/// Footnotes in ascending order as runs, first and last: 2–5, 9.
pub(super) fn runs(notes: &[usize]) -> Vec<(usize, usize)> {
    let mut sorted = notes.to_vec();
    sorted.sort_unstable();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for note in sorted {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == note => *last = note,
            _ => runs.push((note, note)),
        }
    }
    runs
}

/// The byte ranges of a sentence that a stretch of the document stands at. The sentence was cleaned: blanks and line
/// breaks are gone from it, and letters and signs may have another width.
fn places(text: &str, quote: &str) -> Vec<(usize, usize)> {
    let folded = |(at, c): (usize, char)| {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        };
        (!c.is_whitespace()).then_some((at, c))
    };
    let text_chars: Vec<(usize, char)> = text.char_indices().filter_map(folded).collect();
    let wanted: Vec<char> = quote
        .char_indices()
        .filter_map(folded)
        .map(|(_, c)| c)
        .collect();
    if wanted.is_empty() || wanted.len() > text_chars.len() {
        return Vec::new();
    }
    text_chars
        .windows(wanted.len())
        .filter(|window| window.iter().map(|(_, c)| c).eq(&wanted))
        .map(|window| {
            let last = window[window.len() - 1].0;
            let end = text[last..]
                .chars()
                .next()
                .map_or(last, |c| last + c.len_utf8());
            (window[0].0, end)
        })
        .collect()
}

/// One footnote.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) body: Body,
    /// The numbers of the page that lead to it, by their ids.
    pub(super) uses: Vec<usize>,
}

#[derive(Debug)]
pub(super) enum Body {
    /// A sentence, its words, and the stretches of the document that numbers come from.
    Sentence(Sentence, String, Vec<Source>),
    /// Worked out by this question, from these footnotes and so many more sentences.
    Worked {
        reading: String,
        from: Vec<usize>,
        more: usize,
    },
}

/// A number of the page with its footnotes.
#[derive(Debug, Clone, Default)]
pub(super) struct Reference {
    /// Its id on the page.
    pub(super) id: usize,
    /// Footnotes (from 0), each with the stretch of its sentence.
    pub(super) notes: Vec<(usize, Option<usize>)>,
}

/// All footnotes of a page.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) list: Vec<Note>,
    by_sentence: HashMap<(String, i64), usize>,
    by_reading: HashMap<String, usize>,
    /// How many numbers have been given an id.
    numbers: usize,
    citer: Citer,
    /// The references of marks that are numbers or notes, by mark.
    pub(super) of_mark: HashMap<usize, Reference>,
    /// Those of the cells of blocks, by mark, row and column.
    pub(super) of_cell: HashMap<(usize, usize, usize), Reference>,
    /// The ids of charts, by mark.
    pub(super) of_chart: HashMap<usize, usize>,
    /// Those of the rows of blocks, by mark and row.
    pub(super) of_row: HashMap<(usize, usize), Reference>,
}

impl Notes {
    /// Numbers everything that a template wrote.
    pub(super) fn of(
        text: &str,
        sheet: &Sheet,
        store: &Store,
        lang: Lang,
    ) -> Result<Self, StoreError> {
        let mut notes = Self::default();
        notes.walk(text, sheet, store, lang)?;
        Ok(notes)
    }

    /// The references of a table's cells, asked row by row from the left: the footnote of a row of words stands at its
    /// first cell.
    pub(super) fn of_table<'a>(
        &'a self,
        at: usize,
    ) -> impl FnMut(usize, usize) -> Option<&'a Reference> {
        let mut begun = None;
        move |row, column| {
            let is_first = begun.replace(row) != Some(row);
            let of_row = self.of_row.get(&(at, row)).filter(|_| is_first);
            self.of_cell.get(&(at, row, column)).or(of_row)
        }
    }

    fn walk(
        &mut self,
        text: &str,
        sheet: &Sheet,
        store: &Store,
        lang: Lang,
    ) -> Result<(), StoreError> {
        for piece in pieces(text) {
            let Piece::Mark(at) = piece else { continue };
            // A text may be written twice; its numbers are numbered where they first stand.
            if self.of_mark.contains_key(&at) {
                continue;
            }
            match sheet.marks.get(at) {
                Some(Mark::Number(cited, _)) => {
                    let reference = self.refer(std::slice::from_ref(cited), store, lang)?;
                    self.of_mark.insert(at, reference);
                }
                Some(Mark::Worked(_, cited) | Mark::Note(cited)) => {
                    let reference = self.refer(cited, store, lang)?;
                    self.of_mark.insert(at, reference);
                }
                Some(Mark::Words(words)) => self.walk(words, sheet, store, lang)?,
                Some(Mark::Block(block)) => self.block(at, block, sheet, store, lang)?,
                None => {}
            }
        }
        Ok(())
    }

    fn block(
        &mut self,
        at: usize,
        block: &Block,
        sheet: &Sheet,
        store: &Store,
        lang: Lang,
    ) -> Result<(), StoreError> {
        self.walk(&block.title, sheet, store, lang)?;
        let answer = &block.asked.answer;
        let is_chart = matches!(block.kind, BlockKind::Bars | BlockKind::Line);
        let chart = self.numbers;
        self.numbers += usize::from(is_chart);
        for (row, found) in answer.rows.iter().enumerate() {
            if block.kind == BlockKind::Quotes {
                let cited = Cited {
                    asked: block.asked.clone(),
                    row,
                    column: None,
                };
                let reference = self.refer(&[cited], store, lang)?;
                self.of_row.insert((at, row), reference);
                continue;
            }
            for (column, cell) in found.cells.iter().enumerate() {
                if cell.value.number().is_some() && is_figure(&block.asked, column) {
                    let cited = Cited {
                        asked: block.asked.clone(),
                        row,
                        column: Some(column),
                    };
                    let reference = self.refer(&[cited], store, lang)?;
                    if is_chart {
                        self.lead_back(&reference, chart);
                        self.of_chart.insert(at, chart);
                    }
                    self.of_cell.insert((at, row, column), reference);
                }
            }
            if is_chart {
                continue;
            }
            // A row of words, a task or a doubt, has its footnote too; one that rests on nothing has none.
            let is_cited = found.sources.iter().any(|source| !source.quote.is_empty());
            let is_of_words =
                !(0..found.cells.len()).any(|column| self.of_cell.contains_key(&(at, row, column)));
            if is_cited && is_of_words {
                let cited = Cited {
                    asked: block.asked.clone(),
                    row,
                    column: None,
                };
                let reference = self.refer(&[cited], store, lang)?;
                self.of_row.insert((at, row), reference);
            }
        }
        Ok(())
    }

    /// What is drawn has no place of its own to lead back to: its footnotes lead to the chart.
    fn lead_back(&mut self, reference: &Reference, chart: usize) {
        for (note, _) in &reference.notes {
            let uses = &mut self.list[*note].uses;
            uses.retain(|id| *id != reference.id && *id != chart);
            uses.push(chart);
        }
    }

    /// The footnotes of a number that rests on these cells.
    fn refer(
        &mut self,
        cited: &[Cited],
        store: &Store,
        lang: Lang,
    ) -> Result<Reference, StoreError> {
        let id = self.numbers;
        self.numbers += 1;
        let mut sources: Vec<Source> = Vec::new();
        let mut is_worked = cited.len() > 1;
        for one in cited {
            let (found, worked) = self.citer.sources(store, &one.asked, one.row, one.column)?;
            is_worked |= worked;
            sources.extend(found.into_iter().filter(|source| !source.quote.is_empty()));
        }
        sources.dedup();
        let mut notes = Vec::new();
        if sources.is_empty() || sources.len() > FEW || is_worked {
            if let Some(first) = cited.first() {
                notes.push((self.worked(first, cited, &sources, store, lang)?, None));
            }
        } else {
            for source in &sources {
                if let Some(found) = self.stretch(source, store)?
                    && !notes.contains(&found)
                {
                    notes.push(found);
                }
            }
        }
        for (note, _) in &notes {
            self.list[*note].uses.push(id);
        }
        Ok(Reference { id, notes })
    }

    /// The footnote of a sentence, and the number of this stretch of it.
    fn stretch(
        &mut self,
        source: &Source,
        store: &Store,
    ) -> Result<Option<(usize, Option<usize>)>, StoreError> {
        let Some(sentence) = self.citer.sentence(store, source)? else {
            return Ok(None);
        };
        let key = sentence.key();
        let at = *self.by_sentence.entry(key).or_insert_with(|| {
            self.list.push(Note {
                body: Body::Sentence(sentence.clone(), sentence.text(), Vec::new()),
                uses: Vec::new(),
            });
            self.list.len() - 1
        });
        let Body::Sentence(.., stretches) = &mut self.list[at].body else {
            return Ok(None);
        };
        let stretch = stretches
            .iter()
            .position(|known| known == source)
            .unwrap_or_else(|| {
                stretches.push(source.clone());
                stretches.len() - 1
            });
        Ok(Some((at, Some(stretch))))
    }

    /// The footnote of what a question worked out; one for a column of an answer.
    fn worked(
        &mut self,
        first: &Cited,
        cited: &[Cited],
        sources: &[Source],
        store: &Store,
        lang: Lang,
    ) -> Result<usize, StoreError> {
        let answer = &first.asked.answer;
        let mut reading = answer.reading.in_lang(lang).to_owned();
        if let Some(column) = first
            .column
            .map(|at| &answer.columns[at])
            .filter(|column| column.derived)
        {
            let title = match lang {
                Lang::En => &column.title_en,
                Lang::Zh => &column.title_zh,
            };
            reading = format!("{reading} · {title}");
        }
        let mut key = reading.clone();
        // A growth or a difference is worked out of its own row, a share of all rows.
        let is_of_row = first
            .column
            .map(|at| &answer.columns[at])
            .is_some_and(|column| column.derived && column.name != "share");
        if is_of_row && cited.len() == 1 {
            for source in sources {
                let Source {
                    document, start, ..
                } = source;
                key = format!("{key} {document} {start}");
            }
        }
        // Of some rows of an answer: how many of how many.
        if cited.len() > 1 {
            let rows: Vec<String> = cited.iter().map(|one| one.row.to_string()).collect();
            key = format!("{key} {}", rows.join(" "));
            let (some, all) = (cited.len().to_string(), answer.rows.len().to_string());
            if some != all {
                let rows = word("rows", lang).replace("%n", &some).replace("%m", &all);
                reading = format!("{reading} · {rows}");
            }
        }
        let at = if let Some(known) = self.by_reading.get(&key) {
            *known
        } else {
            self.list.push(Note {
                body: Body::Worked {
                    reading,
                    from: Vec::new(),
                    more: 0,
                },
                uses: Vec::new(),
            });
            self.by_reading.insert(key, self.list.len() - 1);
            self.list.len() - 1
        };
        let mut rest = sources.len();
        for source in sources {
            let Body::Worked { from, .. } = &self.list[at].body else {
                break;
            };
            if from.len() >= LISTED {
                break;
            }
            rest -= 1;
            let Some((note, _)) = self.stretch(source, store)? else {
                continue;
            };
            if let Body::Worked { from, .. } = &mut self.list[at].body
                && !from.contains(&note)
            {
                from.push(note);
            }
        }
        if let Body::Worked { more, .. } = &mut self.list[at].body {
            *more = (*more).max(rest);
        }
        Ok(at)
    }
}

/// Whether the numbers of a column are figures that need a source; years and positions are not.
fn is_figure(asked: &super::asker::Asked, column: usize) -> bool {
    let column = &asked.answer.columns[column];
    match column.kind {
        ColumnKind::Value | ColumnKind::Growth | ColumnKind::Count | ColumnKind::Number => true,
        ColumnKind::Year => false,
        _ => !super::object::is_position(&column.name),
    }
}

#[cfg(test)]
mod tests {
    use super::{left_of, places, runs};

    #[test]
    fn footnotes_in_a_row_are_a_run() {
        assert_eq!(runs(&[4, 1, 2, 3, 7]), [(1, 4), (7, 7)]);
    }

    #[test]
    fn of_a_stretch_stays_what_others_leave() {
        assert_eq!(left_of((10, 40), &[(10, 34, 0)]), (34, 40));
        assert_eq!(left_of((10, 40), &[(30, 50, 0)]), (10, 30));
        assert_eq!(left_of((10, 40), &[(0, 20, 0), (25, 40, 1)]), (20, 25));
        assert_eq!(left_of((10, 40), &[(0, 50, 0)]), (40, 40));
    }

    #[test]
    fn a_stretch_is_found_in_a_cleaned_sentence() {
        let text = "实现税收收入5.12亿元，同比增长18.5%；";
        let quote = "税收收入 5.12\n亿元,同比";
        let (start, end) = places(text, quote)[0];
        assert_eq!(&text[start..end], "税收收入5.12亿元，同比");
        assert_eq!(places("a a a", "a"), [(0, 1), (2, 3), (4, 5)]);
        assert!(places("a", " ").is_empty());
    }
}
