//! Nouns, by the segmenter's part-of-speech tags; the only place that names it.

use std::sync::LazyLock;

use jieba_rs::Jieba;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

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
    JIEBA
        .tag(&head, false)
        .first()
        .is_some_and(|tag| noun(tag.tag, tag.word) || matches!(tag.tag, "a" | "b" | "j" | "an"))
}

fn noun(tag: &str, word: &str) -> bool {
    (tag.starts_with('n') && tag != "nr")
        || matches!(tag, "j" | "l" | "eng")
        || (tag == "nr" && word.chars().count() > 1)
}
