use std::sync::LazyLock;

use super::role::{ROLES, Role};
use super::rows;
use crate::document::word_table::{Classes, WordTable};

/// The words of `words.tsv`.
struct Lexicon {
    /// By role, longest first.
    lists: Vec<Vec<&'static str>>,
    /// So many roles each as a table has classes.
    tables: Vec<WordTable>,
    /// Those of the roles that are looked for once a sentence, so that no others are passed by there. Their classes are
    /// numbered from the first of them.
    spoken: WordTable,
}

/// A table has at most so many classes.
const CLASSES: usize = 128;

/// The roles from this one on are looked for once a sentence.
const FIRST_SPOKEN: usize = Role::FirstHalf as usize;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lists: Vec<Vec<&'static str>> = vec![Vec::new(); ROLES.len()];
    for row in rows(include_str!("words.tsv")) {
        let [role, list] = row[..] else {
            panic!("words.tsv: two cells a line: {row:?}")
        };
        let at = ROLES
            .iter()
            .position(|(_, name)| *name == role)
            .unwrap_or_else(|| panic!("words.tsv: unknown role {role}"));
        lists[at].extend(list.split(' ').filter(|word| !word.is_empty()));
    }
    for list in &mut lists {
        list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        list.dedup();
    }
    let table = |lists: &[Vec<&'static str>]| {
        let classes = lists.iter().enumerate();
        WordTable::new(
            classes.flat_map(|(class, list)| list.iter().map(move |word| (*word, class))),
        )
    };
    Lexicon {
        tables: lists.chunks(CLASSES).map(table).collect(),
        spoken: table(&lists[FIRST_SPOKEN..]),
        lists,
    }
});

/// The table that a role's words stand in, and their class there.
#[inline]
fn table(role: Role) -> (&'static WordTable, Classes) {
    let role = role as usize;
    (
        &LEXICON.tables[role / CLASSES],
        Classes::one(role % CLASSES),
    )
}

/// The words of a role, longest first.
#[must_use]
pub fn words(role: Role) -> &'static [&'static str] {
    &LEXICON.lists[role as usize]
}

/// The longest word of `role` that `text` ends with.
#[must_use]
pub fn word_before(text: &str, role: Role) -> Option<&'static str> {
    let (table, class) = table(role);
    table.closing(text, class)
}

/// The longest word of `role` that `text` begins with.
#[must_use]
pub fn word_after(text: &str, role: Role) -> Option<&'static str> {
    let (table, class) = table(role);
    table.opening(text, class)
}

/// The words of `role` in `text` with the bytes where they begin; of those at one place the longest first.
pub fn words_in(text: &str, role: Role) -> impl Iterator<Item = (usize, &'static str)> {
    let (table, class) = table(role);
    table.within(text, class)
}

/// Whether a word of `role` stands in `text`.
#[must_use]
pub fn holds(text: &str, role: Role) -> bool {
    let (table, class) = table(role);
    table.holds(text, class)
}

/// Which roles from [`Role::FirstHalf`] on have a word in a sentence. Asked once, it spares looking for each of them
/// again for each figure.
#[derive(Debug, Clone, Copy)]
pub struct Said(Classes);

impl Said {
    /// Looks through a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(LEXICON.spoken.classes_in(text, Classes::from(0)))
    }

    /// Whether a word of `role` stands in the text.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        debug_assert!(role as usize >= FIRST_SPOKEN, "{role:?} is not looked for");
        self.0.meets(Classes::one(role as usize - FIRST_SPOKEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_words() {
        for (at, (role, name)) in ROLES.iter().enumerate() {
            assert_eq!(*role as usize, at, "{name}");
            assert!(!words(*role).is_empty(), "{name}");
        }
    }

    /// 50亿元左右30家: a word between two numbers would belong to both, and no text may be read as a part of two.
    #[test]
    fn no_bound_stands_on_both_sides_of_a_number() {
        use Role::{About, Above, Approx, AtLeast, AtMost, Below, Less, More};
        let before = [Approx, AtLeast, AtMost, Less, More].map(words).concat();
        for behind in [About, Above, Below].map(words).concat() {
            let shared = before.iter().find(|word| behind.ends_with(**word));
            assert_eq!(shared, None, "{behind}");
        }
    }
}
