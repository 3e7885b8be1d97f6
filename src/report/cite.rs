//! Where a number comes from: the sentence, its part of the report, the report.

use std::collections::HashMap;
use std::rc::Rc;

use super::asker::Asked;
use super::sheet::NO_ROW;
use super::words::word;
use crate::query::{ColumnKind, Lang, Row, Source};
use crate::store::{Evidence, Store, StoreError};

/// A sentence of a report; its document has the text of it at these characters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sentence(Rc<Evidence>);

impl Sentence {
    /// What no other sentence has.
    pub(super) fn key(&self) -> (String, i64) {
        (self.0.document.clone(), self.0.span.0)
    }

    /// Its words.
    pub(super) fn text(&self) -> String {
        self.0.sentences.concat()
    }

    /// `杨柳青镇2023年政府工作报告 › 一、2023年工作回顾（yangliuqing-2023.txt，第218至252字）`.
    pub(super) fn place(&self, lang: Lang) -> String {
        let Evidence {
            document,
            town,
            review_year,
            headings,
            span: (start, end),
            ..
        } = &*self.0;
        let town = town.as_deref().unwrap_or_default();
        let report = match (lang, review_year) {
            (Lang::Zh, Some(year)) => format!("{town}{year}年政府工作报告"),
            (Lang::Zh, None) => format!("{town}政府工作报告"),
            (Lang::En, Some(year)) => format!("{town}, report on {year}"),
            (Lang::En, None) => format!("{town}, report"),
        };
        let mut parts = vec![report];
        // The main part and the nearest heading; what stands between them says little more.
        parts.extend(headings.first().map(|heading| shortened(heading)));
        parts.extend(
            headings
                .iter()
                .skip(1)
                .next_back()
                .map(|heading| shortened(heading)),
        );
        let characters = word("characters", lang)
            .replace("%a", &(start + 1).to_string())
            .replace("%b", &end.to_string());
        match lang {
            Lang::En => format!("{} ({document}, {characters})", parts.join(" › ")),
            Lang::Zh => format!("{}（{document}，{characters}）", parts.join(" › ")),
        }
    }
}

/// A heading without more words than a footnote has room for.
fn shortened(heading: &str) -> String {
    const LONGEST: usize = 24;
    let heading = heading.trim();
    if heading.chars().count() <= LONGEST {
        return heading.to_owned();
    }
    let cut: String = heading.chars().take(LONGEST - 1).collect();
    format!("{cut}…")
}

/// Reads what footnotes need, each stretch once.
#[derive(Debug, Default)]
pub(super) struct Citer {
    known: HashMap<(String, i64, i64), Option<Rc<Evidence>>>,
}

impl Citer {
    /// The sentence that a source stands in; `None` where it is a whole report and no sentence of it.
    pub(super) fn sentence(
        &mut self,
        store: &Store,
        source: &Source,
    ) -> Result<Option<Sentence>, StoreError> {
        if source.quote.is_empty() {
            return Ok(None);
        }
        Ok(self.evidence(store, source)?.map(Sentence))
    }

    /// The sources of one number of an answer: of those of its row the ones that state it, or all of them where it was
    /// worked out; and whether it was.
    pub(super) fn sources(
        &mut self,
        store: &Store,
        asked: &Asked,
        row: usize,
        column: Option<usize>,
    ) -> Result<(Vec<Source>, bool), StoreError> {
        let answer = &asked.answer;
        if row == NO_ROW {
            return Ok((Vec::new(), true));
        }
        let quoted = |row: &Row| {
            let sources = row.sources.iter();
            let quoted = sources.filter(|source| !source.quote.is_empty()).cloned();
            quoted.collect::<Vec<Source>>()
        };
        let mut all = quoted(&answer.rows[row]);
        let is_alone = all.len() == 1;
        if all.is_empty() {
            // Turned about, an answer has the sources of all its rows together.
            all.extend(answer.rows.iter().flat_map(quoted));
        }
        let Some(at) = column else {
            return Ok((all, false));
        };
        let (column, cell) = (&answer.columns[at], &answer.rows[row].cells[at]);
        let Some(number) = cell.value.number().filter(|_| !column.fixed) else {
            return Ok((all, column.derived));
        };
        if is_alone && !column.derived {
            return Ok((all, false));
        }
        let mut stating: Vec<(bool, Source)> = Vec::new();
        for source in &all {
            if let Some(is_target) = self.states(store, source, number, column.kind)?
                && !stating.iter().any(|(_, known)| known == source)
            {
                stating.push((is_target, source.clone()));
            }
        }
        // A target and its result may be the same number.
        let wants_target = column.name.contains("target");
        if stating.iter().any(|(target, _)| *target == wants_target) {
            stating.retain(|(target, _)| *target == wants_target);
        }
        if stating.is_empty() {
            return Ok((all, column.derived));
        }
        Ok((
            stating.into_iter().map(|(_, source)| source).collect(),
            false,
        ))
    }

    /// Whether a figure that was read at a source is this number, and if so, whether it is a target.
    fn states(
        &mut self,
        store: &Store,
        source: &Source,
        number: f64,
        kind: ColumnKind,
    ) -> Result<Option<bool>, StoreError> {
        let is_near = |stated: Option<f64>| {
            stated.is_some_and(|stated| (stated - number).abs() <= number.abs() * 1e-9)
        };
        let Some(evidence) = self.evidence(store, source)? else {
            return Ok(None);
        };
        let mut figures = evidence.figures.iter().filter(|figure| {
            is_near(figure.value)
                || is_near(figure.value_high)
                || is_near(figure.completion)
                || (kind == ColumnKind::Growth && is_near(figure.growth))
        });
        Ok(figures.next().map(|figure| figure.status == "target"))
    }

    fn evidence(
        &mut self,
        store: &Store,
        source: &Source,
    ) -> Result<Option<Rc<Evidence>>, StoreError> {
        let key = (source.document.clone(), source.start, source.end);
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let found = store.evidence(&source.document, (source.start, source.end), 0)?;
        let found = found.map(Rc::new);
        self.known.insert(key, found.clone());
        Ok(found)
    }
}
