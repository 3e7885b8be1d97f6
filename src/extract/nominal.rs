//! Nouns and verbs, by the segmenter's part-of-speech tags.

use super::segmenter::{tagged, word_starts};
use crate::document::words::head;

/// Whether a phrase holds a noun, and so can name what a number measures.
pub(super) fn has_noun(text: &str) -> bool {
    tagged(text, |tags| tags.iter().any(|tag| noun(tag.tag, tag.word)))
}

/// The stretches of whole words in a phrase that hold a noun, the longest first; a stretch of one character is none.
pub fn noun_stretches(text: &str) -> Vec<&str> {
    let words: Vec<(usize, usize, bool)> = tagged(text, |tags| {
        let words = tags.iter();
        words
            .map(|tag| {
                let names = noun(tag.tag, tag.word) || matches!(tag.tag, "vn" | "an" | "j" | "l");
                (tag.byte_start, tag.byte_end, names)
            })
            .collect()
    });
    let mut stretches: Vec<&str> = Vec::new();
    for (at, (start, ..)) in words.iter().enumerate() {
        let mut has_noun = false;
        for (_, end, is_noun) in &words[at..] {
            has_noun |= is_noun;
            stretches.extend(has_noun.then_some(&text[*start..*end]));
        }
    }
    let length = |stretch: &&str| stretch.chars().count();
    stretches.retain(|stretch| length(stretch) > 1);
    stretches.sort_by_key(|stretch| std::cmp::Reverse(length(stretch)));
    stretches
}

/// Whether a phrase opens with a noun or what qualifies one.
pub(super) fn opens_with_noun(text: &str) -> bool {
    tagged(head(text, 8), |tags| {
        tags.first().is_some_and(|tag| {
            noun(tag.tag, tag.word)
                || matches!(tag.tag, "a" | "b" | "j" | "an" | "r")
                || matches!(tag.word, "未" | "各")
        })
    })
}

/// The verb that governs the noun at the end of a phrase: 打造 of 打造移风易俗示范乡镇.
pub(super) fn governing_verb(text: &str) -> Option<&str> {
    let verb = tagged(text, |tags| {
        let at = tags
            .iter()
            .position(|tag| tag.tag == "v" && tag.word.chars().count() > 1)?;
        (at + 1 < tags.len()).then(|| tags[at].byte_start..tags[at].byte_end)
    });
    verb.map(|verb| &text[verb])
}

/// The first byte from `at` on at which a word begins.
pub(super) fn word_start(text: &str, at: usize) -> usize {
    word_starts(text)
        .into_iter()
        .find(|&start| start >= at)
        .unwrap_or(at)
}

/// The last byte up to `at` at which a word ends.
pub(super) fn word_end(text: &str, at: usize) -> usize {
    word_starts(text)
        .into_iter()
        .take_while(|&end| end <= at)
        .last()
        .filter(|&end| end > 0)
        .unwrap_or(at)
}

/// Whether a phrase is made of verbs and adverbs: 足额发放.
pub(super) fn only_verbs(text: &str) -> bool {
    let is_verbal = |tag: &str| matches!(tag, "v" | "d" | "ad" | "vd");
    text.chars().count() <= 6 && tagged(text, |tags| tags.iter().all(|tag| is_verbal(tag.tag)))
}

/// The last word of a phrase.
pub(super) fn last_word(text: &str) -> Option<&str> {
    tagged(text, |tags| {
        tags.last().map(|tag| tag.byte_start..tag.byte_end)
    })
    .map(|word| &text[word])
    .filter(|word| word.chars().count() > 1)
}

/// The word that a phrase opens with, where it is a verb and more follows.
pub(super) fn leading_verb(text: &str) -> Option<&str> {
    let verb = tagged(text, |tags| {
        let first = tags
            .first()
            .filter(|first| first.tag.starts_with('v') && first.word.chars().count() > 1)?;
        (tags.len() > 1).then_some(first.byte_start..first.byte_end)
    });
    verb.map(|verb| &text[verb])
}

/// Whether a phrase opens with a verb.
pub(super) fn opens_with_verb(text: &str) -> bool {
    tagged(head(text, 8), |tags| {
        tags.first().is_some_and(|tag| tag.tag == "v")
    })
}

fn noun(tag: &str, word: &str) -> bool {
    (tag.starts_with('n') && tag != "nr")
        || matches!(tag, "j" | "l" | "eng")
        || (tag == "nr" && word.chars().count() > 1)
}
