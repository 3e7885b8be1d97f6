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

/// The verb that a phrase opens with, where a noun follows it: 打造 of 打造示范乡镇.
pub(super) fn leading_verb(text: &str) -> &str {
    let mut len = 0;
    for tag in JIEBA.tag(text, false) {
        if !(tag.tag.starts_with('v') || (len == 0 && tag.tag == "d")) {
            return &text[..len];
        }
        len += tag.word.len();
    }
    ""
}

fn noun(tag: &str, word: &str) -> bool {
    (tag.starts_with('n') && tag != "nr")
        || matches!(tag, "j" | "l" | "eng")
        || (tag == "nr" && word.chars().count() > 1)
}
