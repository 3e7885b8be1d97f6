//! Words that a rule looks for by what they are to it, beside the words of the language in `keywords.tsv`: one table.

use std::collections::HashMap;
use std::sync::LazyLock;

static LISTS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("word_lists.tsv").lines().skip(1);
    lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(list, words)| (list, words.split('|').collect()))
        .collect()
});

/// The words of a list, in the order of the table.
pub(super) fn word_list(list: &str) -> &'static [&'static str] {
    LISTS.get(list).map_or(&[], Vec::as_slice)
}

/// The word of a list that characters begin with, by its number in the list, and its length.
pub(super) fn begins_with(list: &str, rest: &[char]) -> Option<(usize, usize)> {
    word_list(list).iter().enumerate().find_map(|(at, word)| {
        let length = word.chars().count();
        let begins = rest.iter().take(length).copied().eq(word.chars());
        begins.then_some((at, length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_has_words_and_each_month_its_days() {
        assert!(
            LISTS
                .values()
                .all(|words| words.iter().all(|word| !word.is_empty()))
        );
        assert_eq!(word_list("month").len(), word_list("days of month").len());
        let rest: Vec<char> = "排名在第三".chars().collect();
        assert_eq!(begins_with("before a turn", &rest), Some((0, 3)));
        assert_eq!(begins_with("living", &rest), None);
    }

    /// A list that is asked for by a name that the table has not would be empty.
    #[test]
    fn every_list_is_one_of_the_table() {
        let sources = [
            include_str!("day.rs"),
            include_str!("beyond.rs"),
            include_str!("lex/whether.rs"),
            include_str!("lex/both.rs"),
            include_str!("lex/bounds.rs"),
            include_str!("kept.rs"),
            include_str!("lex/headcount.rs"),
            include_str!("lex/how_much.rs"),
            include_str!("lex/intended.rs"),
            include_str!("unknown.rs"),
            include_str!("lex/listed.rs"),
            include_str!("lex/mod.rs"),
            include_str!("lex/month.rs"),
            include_str!("lex/numeral.rs"),
            include_str!("lex/ordinal.rs"),
            include_str!("lex/parted.rs"),
            include_str!("lex/percent.rs"),
            include_str!("lex/unsaid.rs"),
            include_str!("lex/words.rs"),
            include_str!("unit.rs"),
            include_str!("lex/residents.rs"),
            include_str!("say/mod.rs"),
        ];
        for opening in [
            "word_list(\"",
            "begins_with(\"",
            "length_of(\"",
            "is_of(\"",
            "one_of(\"",
            "is_word(placed, \"",
            "begins(0, \"",
            "begins(before, \"",
            "begins(length, \"",
        ] {
            for source in sources {
                for rest in source.split(opening).skip(1) {
                    let list = rest.split('"').next().unwrap_or_default();
                    assert!(LISTS.contains_key(list), "{list}");
                }
            }
        }
    }
}
