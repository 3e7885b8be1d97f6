//! The few words that a page has besides the script's, from `words.tsv`.

use crate::query::Lang;

/// The word of a name; the name itself where the list does not have it.
pub(super) fn word(name: &'static str, lang: Lang) -> &'static str {
    include_str!("words.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?, cells.next()?))
        })
        .find(|(known, ..)| *known == name)
        .map_or(name, |(_, en, zh)| match lang {
            Lang::En => en,
            Lang::Zh => zh,
        })
}
