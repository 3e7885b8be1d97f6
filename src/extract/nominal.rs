//! Nouns, by the segmenter's part-of-speech tags; the only place that names it.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use jieba_rs::Jieba;

static JIEBA: LazyLock<Jieba> = LazyLock::new(|| {
    let jieba = Jieba::new();
    IS_LOADED.store(true, Ordering::Release);
    jieba
});

static IS_LOADED: AtomicBool = AtomicBool::new(false);

/// Loads the dictionary, if that has not been done.
pub(super) fn load() {
    LazyLock::force(&JIEBA);
}

/// Whether that has been done.
pub(super) fn is_loaded() -> bool {
    IS_LOADED.load(Ordering::Acquire)
}

/// Whether a phrase holds a noun, and so can name what a number measures.
pub(super) fn has_noun(text: &str) -> bool {
    JIEBA
        .tag(text, false)
        .iter()
        .any(|tag| noun(tag.tag, tag.word))
}

/// Whether a phrase opens with a noun or what qualifies one.
pub(super) fn opens_with_noun(text: &str) -> bool {
    let head: String = text.chars().take(8).collect();
    JIEBA.tag(&head, false).first().is_some_and(|tag| {
        noun(tag.tag, tag.word)
            || matches!(tag.tag, "a" | "b" | "j" | "an" | "r")
            || matches!(tag.word, "未" | "各")
    })
}

/// The verb that governs the noun at the end of a phrase: 打造 of 打造移风易俗示范乡镇.
pub(super) fn governing_verb(text: &str) -> Option<&str> {
    let tags = JIEBA.tag(text, false);
    let at = tags
        .iter()
        .position(|tag| tag.tag == "v" && tag.word.chars().count() > 1)?;
    let nouns = &tags[at + 1..];
    (!nouns.is_empty()).then(|| tags[at].word)
}

/// The first byte from `at` on at which a word begins.
pub(super) fn word_start(text: &str, at: usize) -> usize {
    boundaries(text)
        .into_iter()
        .find(|&start| start >= at)
        .unwrap_or(at)
}

/// The last byte up to `at` at which a word ends.
pub(super) fn word_end(text: &str, at: usize) -> usize {
    boundaries(text)
        .into_iter()
        .take_while(|&end| end <= at)
        .last()
        .filter(|&end| end > 0)
        .unwrap_or(at)
}

/// Where the words of a text begin.
fn boundaries(text: &str) -> Vec<usize> {
    let mut at = 0;
    let starts = JIEBA.cut(text, false).into_iter().map(|token| {
        let start = at;
        at += token.word.len();
        start
    });
    starts.collect()
}

/// Whether a phrase is made of verbs and adverbs: 足额发放.
pub(super) fn only_verbs(text: &str) -> bool {
    text.chars().count() <= 6
        && JIEBA
            .tag(text, false)
            .iter()
            .all(|tag| matches!(tag.tag, "v" | "d" | "ad" | "vd"))
}

/// The last word of a phrase.
pub(super) fn last_word(text: &str) -> Option<&str> {
    JIEBA
        .tag(text, false)
        .last()
        .map(|tag| tag.word)
        .filter(|word| word.chars().count() > 1)
}

/// The word that a phrase opens with, where it is a verb and more follows.
pub(super) fn leading_verb(text: &str) -> Option<&str> {
    let tags = JIEBA.tag(text, false);
    let first = tags
        .first()
        .filter(|first| first.tag.starts_with('v') && first.word.chars().count() > 1)?;
    (tags.len() > 1).then_some(first.word)
}

/// Whether a phrase opens with a verb.
pub(super) fn opens_with_verb(text: &str) -> bool {
    let head: String = text.chars().take(8).collect();
    JIEBA
        .tag(&head, false)
        .first()
        .is_some_and(|tag| tag.tag == "v")
}

fn noun(tag: &str, word: &str) -> bool {
    (tag.starts_with('n') && tag != "nr")
        || matches!(tag, "j" | "l" | "eng")
        || (tag == "nr" && word.chars().count() > 1)
}
