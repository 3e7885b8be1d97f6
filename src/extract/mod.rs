//! [`Document`] and lexicon → figures, tasks and doubts.
//!
//! Works sentence by sentence: [`quantity`] finds the numbers with their units and bounds, [`role`] says what each is
//! to its clause, [`figure`] joins each with what it measures, and here section, year and status are added. Holds
//! neither SQL nor printing.

mod around;
mod broken;
mod carried;
mod change;
mod comparison;
mod completion;
mod contradiction;
mod counted;
mod figure;
mod indicator;
mod label;
mod leaning;
pub mod lexicon;
mod members;
mod metric;
mod named;
mod nominal;
mod noun;
mod numeral;
mod outlook;
mod own;
mod owner;
mod paragraph;
mod part;
mod period;
mod quantity;
mod rank;
mod role;
mod scene;
mod segmenter;
mod shared;
mod shown;
mod span;
mod status;
mod structure;
mod subject;
mod task;
mod task_deadline;
mod task_word;
mod threshold;
mod time;
mod trace;
mod turned;
mod unsaid;
mod value;

pub use nominal::noun_stretches;
pub use trace::{Trace, trace};

use crate::decode::SourceText;
use crate::document::Document;
use crate::fact::{Doubt, DoubtCode, Metric, Task};

/// What one report says.
#[derive(Debug, Clone, Default)]
pub struct Extraction {
    /// In reading order.
    pub metrics: Vec<Metric>,
    /// In reading order.
    pub tasks: Vec<Task>,
    /// What was doubtful about figures.
    pub doubts: Vec<Doubt>,
}

/// Reads the figures and tasks of one report.
#[must_use]
pub fn extract(source: &SourceText, document: &Document) -> Extraction {
    let mut metrics = Vec::new();
    let mut doubts = Vec::new();
    scene::each_sentence(source, document, |scene| {
        metrics.extend(scene.metrics());
        for range in broken::broken_numbers(scene.text, scene.said) {
            let start = scene.sentence.range.start;
            let number = &scene.text[range.clone()];
            doubts.push(Doubt {
                code: DoubtCode::BrokenNumber,
                message: format!("the source has destroyed a number, which was left out: {number}"),
                message_zh: format!("原文中有数字已损坏，未予采用：{number}"),
                span: Some(source.clean.span(start + range.start..start + range.end)),
            });
        }
    });
    doubts.extend(contradiction::contradictions(&metrics));
    if metrics.is_empty() {
        doubts.push(Doubt {
            code: DoubtCode::NoFigures,
            message: "no figure was found in this report".into(),
            message_zh: "报告中没有找到数字".into(),
            span: Some(document.span),
        });
    }
    Extraction {
        metrics,
        tasks: task::tasks(source, document),
        doubts,
    }
}
