//! How figures were found, for those who check or mend the reader: each sentence with its mentions and figures.

use super::figure::read;
use super::scene::each_sentence;
use super::time::YearRole;
use crate::decode::SourceText;
use crate::document::Document;
use crate::fact::{Metric, SectionType, Span};

/// A sentence and what was found in it.
#[derive(Debug, Clone)]
pub struct Trace {
    /// Where it is in the stored text.
    pub span: Span,
    /// The sentence as it was read, cleaned.
    pub text: String,
    /// The type of its section.
    pub section: SectionType,
    /// Numbers and years in reading order: the words, and what they are to the sentence.
    pub mentions: Vec<(String, String)>,
    /// The figures; each names its rule.
    pub metrics: Vec<Metric>,
}

/// Reads a report again and says of each sentence with a mention how its figures were found.
#[must_use]
pub fn trace(source: &SourceText, document: &Document) -> Vec<Trace> {
    let mut traces = Vec::new();
    each_sentence(source, document, |scene| {
        let reading = read(scene.text, scene.said, scene.place());
        let quantities = reading
            .quantities
            .iter()
            .zip(&reading.parts)
            .map(|(quantity, part)| {
                let unit = quantity.per.map_or(quantity.unit.base.to_owned(), |per| {
                    format!("{}/{per}", quantity.unit.base)
                });
                let high = quantity
                    .high
                    .map_or(String::new(), |high| format!("..{}", high.normalize()));
                let what = format!(
                    "{part}: {}{high} {unit}, {}",
                    quantity.value.normalize(),
                    quantity.mark.name()
                );
                (
                    quantity.range.start,
                    scene.text[quantity.range.clone()].to_owned(),
                    what,
                )
            });
        let years = scene.years.iter().map(|year| {
            let role = match year.role {
                YearRole::About => "the figures after it are of that year",
                YearRole::Until => "the figures after it are to be reached by then",
                YearRole::Aside => "no figure is of that year",
            };
            (year.end, year.year.to_string(), format!("year: {role}"))
        });
        let mut mentions: Vec<_> = quantities.chain(years).collect();
        mentions.sort_by_key(|(at, _, _)| *at);
        if mentions.is_empty() && reading.figures.is_empty() {
            return;
        }
        traces.push(Trace {
            span: source.clean.span(scene.sentence.range.clone()),
            text: scene.text.to_owned(),
            section: scene.kind,
            mentions: mentions
                .into_iter()
                .map(|(_, text, what)| (text, what))
                .collect(),
            metrics: reading
                .figures
                .into_iter()
                .map(|figure| scene.metric(figure))
                .collect(),
        });
    });
    traces
}
