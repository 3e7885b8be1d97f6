use std::collections::HashMap;

use super::random::Random;

/// The sentence shapes, the headings of the chapters and the lists of words.
#[derive(Debug)]
pub(crate) struct Shapes {
    sentences: HashMap<&'static str, Vec<&'static str>>,
    chapters: Vec<Chapter>,
    words: HashMap<&'static str, Vec<&'static str>>,
}

/// A theme, with the headings that a chapter of it may have.
#[derive(Debug, Clone)]
pub(crate) struct Chapter {
    pub(crate) theme: &'static str,
    pub(crate) review: Vec<&'static str>,
    pub(crate) plan: Vec<&'static str>,
}

/// What stands in a shape besides plain text.
pub(crate) enum Slot<'a> {
    /// `$year`: something of the report.
    Of(&'a str),
    /// `<v:tax_revenue>`: something of the town's history.
    Figure(&'a str, &'a str),
}

impl Shapes {
    pub(crate) fn new() -> Self {
        let mut sentences: HashMap<_, Vec<_>> = HashMap::new();
        for (place, shape) in pairs(include_str!("shapes.tsv")) {
            sentences.entry(place).or_default().push(shape);
        }
        let split = |cell: &'static str| cell.split('|').collect();
        let chapters = include_str!("chapters.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (theme, headings) = line.split_once('\t')?;
                let (review, plan) = headings.split_once('\t')?;
                Some(Chapter {
                    theme,
                    review: split(review),
                    plan: split(plan),
                })
            })
            .collect();
        Self {
            sentences,
            chapters,
            words: pairs(include_str!("words.tsv"))
                .map(|(list, words)| (list, split(words)))
                .collect(),
        }
    }

    /// The shapes of one place in the report.
    pub(crate) fn of(&self, place: &str) -> &[&'static str] {
        &self.sentences[place]
    }

    pub(crate) fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    /// One word of a list.
    pub(crate) fn word(&self, list: &str, random: &mut Random) -> &'static str {
        random.pick(&self.words[list])
    }

    /// Writes a shape out. `fill` gives what a slot stands for.
    ///
    /// `{a|b}` is one of several shapes, `@list` a word, `[2-9]` a number, `[1-9/1]` one with a decimal, `[10-90*10]` one in
    /// steps of ten.
    pub(crate) fn write(
        &self,
        shape: &str,
        random: &mut Random,
        out: &mut String,
        fill: &mut dyn FnMut(Slot<'_>, &mut Random) -> String,
    ) {
        let mut rest = shape;
        while let Some(at) = rest.find(['{', '[', '<', '@', '$']) {
            out.push_str(&rest[..at]);
            let (mark, after) = rest[at..].split_at(1);
            let closed = |close: char| after.split_once(close).expect("an open bracket is closed");
            let word = || {
                let ends = |c: char| !c.is_ascii_lowercase();
                after.split_at(after.find(ends).unwrap_or(after.len()))
            };
            rest = match mark {
                "{" => {
                    let (choices, after) = closed('}');
                    let choices: Vec<_> = choices.split('|').collect();
                    self.write(random.pick(&choices), random, out, fill);
                    after
                }
                "[" => {
                    let (range, after) = closed(']');
                    out.push_str(&number(range, random));
                    after
                }
                "<" => {
                    let (slot, after) = closed('>');
                    let (what, indicator) = slot.split_once(':').expect("<what:indicator>");
                    out.push_str(&fill(Slot::Figure(what, indicator), random));
                    after
                }
                "@" => {
                    let (list, after) = word();
                    out.push_str(self.word(list, random));
                    after
                }
                _ => {
                    let (name, after) = word();
                    out.push_str(&fill(Slot::Of(name), random));
                    after
                }
            };
        }
        out.push_str(rest);
    }
}

/// The lines of a table of two columns.
fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}

/// A number of a range: `2-9`, `0.2-1.8/2`, `60-480*10`.
fn number(range: &str, random: &mut Random) -> String {
    let (range, decimals) = range.split_once('/').unwrap_or((range, "0"));
    let (range, step) = range.split_once('*').unwrap_or((range, "1"));
    let (low, high) = range.split_once('-').expect("from-to");
    let decimals: u32 = decimals.parse().expect("a count of decimals");
    let step: i64 = step.parse().expect("a step");
    let ten = 10f64.powi(decimals as i32);
    let end = |text: &str| (text.parse::<f64>().expect("a number") * ten).round() as i64 / step;
    let drawn = random.between(end(low), end(high)) * step;
    format!("{:.*}", decimals as usize, drawn as f64 / ten)
}
