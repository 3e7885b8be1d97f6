//! What reports speak of, in English, and the words by which a Chinese report does; and surnames in Latin letters.
//!
//! Reports are Chinese, so that an English word in a text that is looked for finds nothing. What stands in the tables is
//! taken for its Chinese word, which the reading then shows; other words are refused.

use std::collections::HashMap;
use std::sync::LazyLock;

/// An English word of a topic, in small letters, with its Chinese word.
static TOPICS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("topics.tsv").lines().skip(1);
    lines
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(english, chinese)| english.split('|').map(move |word| (word, chinese)))
        .collect()
});

/// The longest topic in characters.
static LONGEST: LazyLock<usize> =
    LazyLock::new(|| TOPICS.keys().map(|word| word.len()).max().unwrap_or(0));

static SURNAMES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("surnames.tsv").lines().skip(1);
    lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(latin, names)| (latin, names.split('|').collect()))
        .collect()
});

/// The topic that folded characters begin with: its Chinese word, and its length; the longest where several do.
pub(super) fn topic(rest: &[char]) -> Option<(&'static str, usize)> {
    let most = rest.len().min(*LONGEST);
    (1..=most).rev().find_map(|length| {
        let inside = |at: usize| rest.get(at).is_some_and(char::is_ascii_alphanumeric);
        if inside(length) {
            return None;
        }
        let word: String = rest[..length].iter().collect();
        TOPICS.get(word.as_str()).map(|chinese| (*chinese, length))
    })
}

/// Whether characters begin with the Chinese word of a topic.
pub(super) fn begins_with_chinese(rest: &[char]) -> bool {
    let mut words = TOPICS.values();
    words.any(|word| {
        let length = word.chars().count();
        length > 1 && rest.iter().take(length).copied().eq(word.chars())
    })
}

/// Whether the whole of a text is a topic.
pub(super) fn is_topic(text: &str) -> bool {
    TOPICS.contains_key(text.to_ascii_lowercase().as_str())
}

/// The first topic of a question, wherever a word begins.
pub(super) fn topic_in(question: &str) -> Option<&'static str> {
    let chars: Vec<char> = question.chars().map(|c| c.to_ascii_lowercase()).collect();
    let begins = |at: usize| {
        chars[at].is_ascii_alphabetic() && (at == 0 || !chars[at - 1].is_ascii_alphanumeric())
    };
    (0..chars.len())
        .filter(|at| begins(*at))
        .find_map(|at| topic(&chars[at..]))
        .map(|(chinese, _)| chinese)
}

/// The surnames that are written so in Latin letters.
pub(super) fn surnames(latin: &str) -> &'static [&'static str] {
    SURNAMES
        .get(latin.to_ascii_lowercase().as_str())
        .map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_topic_is_taken_and_only_whole_words() {
        let found = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            topic(&chars)
        };
        assert_eq!(found("housing prices of"), Some(("房价", 14)));
        assert_eq!(found("housing of"), Some(("住房", 7)));
        assert_eq!(found("housingless"), None);
        assert_eq!(topic_in("what is said about river chiefs?"), Some("河长"));
        assert_eq!(topic_in("a forehousing"), None);
    }

    #[test]
    fn no_word_has_two_meanings() {
        let lines = include_str!("topics.tsv").lines().skip(1);
        let words = lines.filter_map(|line| line.split_once('\t'));
        let said: Vec<&str> = words.flat_map(|(words, _)| words.split('|')).collect();
        assert_eq!(said.len(), TOPICS.len());
        assert_eq!(surnames("Yu"), ["于", "余", "俞", "喻", "虞", "郁"]);
        assert!(surnames("Smith").is_empty());
    }
}
