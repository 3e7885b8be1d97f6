//! The words that tell what a heading or a paragraph is for, from `sections.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

static WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: HashMap<_, Vec<_>> = HashMap::new();
    for line in include_str!("sections.tsv").lines() {
        if let Some((class, word)) = line.split_once('\t').filter(|_| !line.starts_with('#')) {
            words.entry(class).or_default().push(word);
        }
    }
    words
});

/// Whether `text` holds a word of this class.
pub(super) fn has(class: &str, text: &str) -> bool {
    WORDS
        .get(class)
        .is_some_and(|words| words.iter().any(|word| text.contains(word)))
}
