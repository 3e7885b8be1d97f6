//! Names that may have been meant: by shared characters, subsequence, pinyin initials, and edit distance for Latin.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::catalog::{Catalog, PlaceRef, fold, initials};
use super::diagnostic::{Diagnostic, Fix};
use super::lang::is_han;
use super::{Lang, keyword};
use crate::fact::Span;

/// Below this a likeness is noise: one shared character of two.
const ENOUGH: f64 = 0.5;

/// The same of a Latin word of the language, of which there are many that share some letters.
const ENOUGH_OF_A_WORD: f64 = 0.7;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Candidate {
    Indicator(usize),
    Place(usize),
    Area(usize),
    Keyword(usize),
    /// One word of a name or a keyword of several: indicator, or keyword where there is none; and which word of it.
    Part(Option<usize>, usize, usize),
}

/// How many names are looked at; a question shows which of them make sense in it.
const MOST: usize = 8;

/// The message for a run that means nothing, with names that may have been meant, the likeliest first.
pub(super) fn unknown(word: &str, span: Span, catalog: &Catalog, lang: Lang) -> Diagnostic {
    let quoted_en = format!("I do not know “{word}”");
    let quoted_zh = format!("不认识“{word}”");
    let best = best(word, catalog);
    Diagnostic::new("Q0102", span, quoted_en, quoted_zh)
        .with_fixes(best.into_iter().map(|name| fix(name, span, catalog, lang)))
}

/// Places of which the store has most, those whose name ends as the word does first.
pub(super) fn places(word: &str, span: Span, catalog: &Catalog, lang: Lang) -> Vec<Fix> {
    let last = word.chars().last().filter(|c| is_han(*c));
    let mut places: Vec<usize> = (0..catalog.places().len()).collect();
    places.sort_by_key(|index| {
        let place = &catalog.places()[*index];
        (
            last.is_some_and(|last| !place.place.name.ends_with(last)),
            std::cmp::Reverse(place.reports),
            *index,
        )
    });
    let places = places.into_iter().take(3);
    places
        .map(|index| fix(Candidate::Place(index), span, catalog, lang))
        .collect()
}

/// How like the most likely name is, to choose between two readings of a run.
pub(super) fn likeness(word: &str, catalog: &Catalog) -> f64 {
    scores(word, catalog).values().copied().fold(0.0, f64::max)
}

fn best(word: &str, catalog: &Catalog) -> Vec<Candidate> {
    let mut found: Vec<(Candidate, f64)> = scores(word, catalog).into_iter().collect();
    let weight = |candidate: Candidate| match candidate {
        Candidate::Indicator(index) => catalog.places_reporting(&catalog.indicators()[index].id),
        Candidate::Place(index) => catalog.places()[index].reports,
        Candidate::Area(_) | Candidate::Keyword(_) | Candidate::Part(..) => 0,
    };
    found.sort_by(|a, b| {
        b.1.total_cmp(&a.1)
            .then_with(|| weight(b.0).cmp(&weight(a.0)))
            .then_with(|| a.0.cmp(&b.0))
    });
    found
        .into_iter()
        .take(MOST)
        .map(|(candidate, _)| candidate)
        .collect()
}

/// A word that is compared with thousands of names.
struct Sought {
    folded: String,
    chars: Vec<char>,
    is_latin: bool,
}

/// The folded words of the language, and the folded words of those that have several, with what they are.
struct FoldedWords {
    whole: Vec<(usize, String)>,
    parts: Vec<(Candidate, String)>,
}

static WORDS: LazyLock<FoldedWords> = LazyLock::new(|| {
    let keywords = || keyword::keywords().iter().enumerate();
    let whole = keywords().filter(|(_, keyword)| keyword.word.chars().count() > 1);
    let parts = keywords().filter(|(_, keyword)| keyword.word.contains(' '));
    FoldedWords {
        whole: whole
            .map(|(at, keyword)| (at, fold(keyword.word)))
            .collect(),
        parts: parts
            .flat_map(|(index, keyword)| {
                let words = keyword.word.split(' ').enumerate();
                words.map(move |(at, word)| (Candidate::Part(None, index, at), fold(word)))
            })
            .collect(),
    }
});

fn scores(word: &str, catalog: &Catalog) -> HashMap<Candidate, f64> {
    let folded = fold(word);
    let word = Sought {
        chars: folded.chars().collect(),
        is_latin: folded.is_ascii(),
        folded,
    };
    let mut best: HashMap<Candidate, f64> = HashMap::new();
    if word.chars.len() > 40 {
        return best;
    }
    let mut note = |candidate: Candidate, score: f64| {
        if score >= ENOUGH {
            let held = best.entry(candidate).or_insert(0.0);
            *held = held.max(score);
        }
    };
    for (name, meant) in catalog.names().indicator_names() {
        let score = score(&word, name);
        for index in meant {
            note(Candidate::Indicator(*index), score);
        }
    }
    for (index, name) in &WORDS.whole {
        // A name is likelier meant than a word of the language.
        let score = 0.95 * score(&word, name);
        if !word.is_latin || score >= ENOUGH_OF_A_WORD {
            note(Candidate::Keyword(*index), score);
        }
    }
    if word.is_latin {
        // Less than a whole name that is as like; what is right already is no remedy.
        let mut of_part = |candidate: Candidate, part: &str| {
            if part != word.folded {
                let score = 0.9 * latin(&word.chars, part);
                if score >= ENOUGH_OF_A_WORD {
                    note(candidate, score);
                }
            }
        };
        for (index, indicator) in catalog.indicators().iter().enumerate() {
            if indicator.name_en.contains(' ') {
                for (at, part) in indicator.name_en.split(' ').enumerate() {
                    of_part(
                        Candidate::Part(Some(index), 0, at),
                        &part.to_lowercase().replace('-', " "),
                    );
                }
            }
        }
        for (candidate, part) in &WORDS.parts {
            of_part(*candidate, part);
        }
    }
    let place = |place: PlaceRef| match place {
        PlaceRef::Own(index) => Candidate::Place(index),
        PlaceRef::Area(index) => Candidate::Area(index),
    };
    if word.is_latin {
        for (name, found) in catalog.names().latin_names() {
            note(place(found), score(&word, name));
        }
    } else {
        for (name, found) in catalog.names().place_names() {
            note(place(found), score(&word, name));
        }
    }
    // A place that is an area too is offered once.
    let owned: Vec<String> = best
        .keys()
        .filter_map(|candidate| match candidate {
            Candidate::Place(index) => Some(catalog.places()[*index].place.name.clone()),
            _ => None,
        })
        .collect();
    best.retain(|candidate, _| match candidate {
        Candidate::Area(index) => !owned.contains(&catalog.areas()[*index].name),
        _ => true,
    });
    best
}

fn fix(candidate: Candidate, span: Span, catalog: &Catalog, lang: Lang) -> Fix {
    match candidate {
        Candidate::Indicator(index) => {
            let indicator = &catalog.indicators()[index];
            let count = catalog.places_reporting(&indicator.id);
            let text = match lang {
                Lang::En => &indicator.name_en,
                Lang::Zh => &indicator.name_zh,
            };
            Fix {
                note_en: format!("{count} place{}", if count == 1 { "" } else { "s" }),
                note_zh: format!("{count}个地方有"),
                ..Fix::new(text, span)
            }
        }
        Candidate::Place(index) => {
            let place = &catalog.places()[index];
            Fix {
                note_en: format!(
                    "{} report{}",
                    place.reports,
                    if place.reports == 1 { "" } else { "s" }
                ),
                note_zh: format!("{}份报告", place.reports),
                ..Fix::new(shown(&place.place.name, catalog, lang), span)
            }
        }
        Candidate::Area(index) => {
            Fix::new(shown(&catalog.areas()[index].name, catalog, lang), span)
        }
        Candidate::Keyword(index) => Fix::new(keyword::keywords()[index].word, span),
        Candidate::Part(indicator, keyword, at) => {
            let whole = indicator.map_or(keyword::keywords()[keyword].word, |index| {
                catalog.indicators()[index].name_en.as_str()
            });
            Fix::new(whole.split(' ').nth(at).unwrap_or_default(), span)
        }
    }
}

fn shown(name: &str, catalog: &Catalog, lang: Lang) -> String {
    match lang {
        Lang::En => catalog.names().english(name),
        Lang::Zh => name.to_owned(),
    }
}

/// How like a folded name is, from 0 to 1.
fn score(word: &Sought, name: &str) -> f64 {
    if word.folded == name {
        return 1.0;
    }
    match (word.is_latin, name.is_ascii()) {
        (true, true) => latin(&word.chars, name),
        (false, false) if name.chars().any(is_han) => chinese(&word.chars, name),
        // A letter a character: gdzctz.
        (true, false)
            if word.chars.len() >= 3
                && name.chars().count() == word.chars.len()
                && initials(name) == word.folded =>
        {
            0.9
        }
        _ => 0.0,
    }
}

/// Shared characters (Dice), more where they stand in order, and more where all of the word does (固投 of 固定资产投资).
fn chinese(a: &[char], name: &str) -> f64 {
    // Of most names none is shared.
    if !name.chars().any(|c| a.contains(&c)) {
        return 0.0;
    }
    let b: Vec<char> = name.chars().collect();
    let mut left = b.clone();
    let shared = a
        .iter()
        .filter(|c| match left.iter().position(|other| other == *c) {
            Some(at) => {
                left.swap_remove(at);
                true
            }
            None => false,
        })
        .count();
    if shared < 2 {
        // 旨标 for 指标: one wrong character of two, the other in its place.
        let is_slip = a.len() == 2 && b.len() == 2 && (a[0] == b[0] || a[1] == b[1]);
        return if is_slip { ENOUGH / 0.95 + 0.001 } else { 0.0 };
    }
    let dice = 2.0 * shared as f64 / (a.len() + b.len()) as f64;
    let order = common_subsequence(a, &b) as f64 / shared as f64;
    let is_short = b.len() <= 4 * a.len();
    let whole = if is_short && common_subsequence(a, &b) == a.len() {
        // Shorter names hold the same word more closely.
        0.55 + 0.35 * a.len() as f64 / b.len() as f64
    } else {
        0.0
    };
    (0.75 * dice + 0.2 * order * dice.sqrt())
        .max(whole)
        .min(0.99)
}

fn common_subsequence(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row[b.len()]
}

/// One less the edits per letter.
fn latin(a: &[char], name: &str) -> f64 {
    // Both are ASCII, so that a byte is a letter.
    if a.len() < 3 || name.len() < 3 || a.len().abs_diff(name.len()) > a.len() / 2 {
        return 0.0;
    }
    // Each letter that the name has not is an edit at least.
    let most = 1.0 + a.len() as f64 / 4.0;
    let strange = a.iter().filter(|c| !name.contains(**c)).count();
    if strange as f64 > most {
        return 0.0;
    }
    let b: Vec<char> = name.chars().collect();
    let edits = edits(a, &b) as f64;
    let score = 1.0 - edits / a.len().max(b.len()) as f64;
    if edits > most { 0.0 } else { score }
}

/// How many letters to change, put in or leave out between two words.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    edits(&a, &b)
}

/// Insertions, deletions, replacements, and swaps of neighbours.
fn edits(a: &[char], b: &[char]) -> usize {
    // The row of the letter before the last, of the last, and of this one.
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = vec![0; b.len() + 1];
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut fewest = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                fewest = fewest.min(before[j - 2] + 1);
            }
            row[j] = fewest;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}
