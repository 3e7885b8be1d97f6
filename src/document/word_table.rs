//! Words of many classes, found by one look at a character: each stands under its first and under its last.
//!
//! Most characters of a text begin no word of the classes asked for, so that a text is passed over in about the time
//! that it takes to read its characters, whatever the number of words.

mod edge;

use super::bits::Bits;
use edge::{Edge, Word};

/// A set of classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Classes(u128);

impl Classes {
    /// The class of this number, which is below 128.
    #[inline]
    pub(crate) const fn one(class: usize) -> Self {
        Self(1 << class)
    }

    /// The class of this number and all above it.
    pub(crate) const fn from(class: usize) -> Self {
        Self(u128::MAX << class)
    }

    #[inline]
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// Words, each of one class or several.
pub(crate) struct WordTable {
    by_first: Groups,
    by_last: Groups,
}

impl WordTable {
    /// A table of words, each with the number of its class; a word may come again with another.
    pub(crate) fn new(words: impl IntoIterator<Item = (&'static str, usize)>) -> Self {
        let (mut by_first, mut by_last) = (Groups::new(), Groups::new());
        for (word, class) in words {
            let mut chars = word.chars();
            let Some(first) = chars.next() else { continue };
            let last = chars.next_back().unwrap_or(first);
            by_first.put(first, word, Edge::first_of(word.as_bytes()), class);
            by_last.put(last, word, Edge::last_of(word.as_bytes()), class);
        }
        Self { by_first, by_last }
    }

    /// The longest word of these classes that `text` begins with.
    pub(crate) fn opening(&self, text: &str, among: Classes) -> Option<&'static str> {
        let group = self.by_first.group(text.chars().next()?);
        let mut words = group.words_at(Edge::first_of(text.as_bytes()), among);
        words.next().map(|word| word.text)
    }

    /// The longest word of these classes that `text` ends with.
    pub(crate) fn closing(&self, text: &str, among: Classes) -> Option<&'static str> {
        let group = self.by_last.group(text.chars().next_back()?);
        let mut words = group.words_at(Edge::last_of(text.as_bytes()), among);
        words.next().map(|word| word.text)
    }

    /// The words of these classes in `text` with the bytes where they begin: in reading order, of those at one place
    /// the longest first. One may lie in another.
    pub(crate) fn within<'t>(
        &'t self,
        text: &'t str,
        among: Classes,
    ) -> impl Iterator<Item = (usize, &'static str)> + 't {
        self.by_first.places_in(text).flat_map(move |(at, group)| {
            let words = group.words_at(Edge::first_of(&text.as_bytes()[at..]), among);
            words.map(move |word| (at, word.text))
        })
    }

    /// Which of these classes have a word in `text`.
    pub(crate) fn classes_in(&self, text: &str, among: Classes) -> Classes {
        let mut missing = among;
        for (at, group) in self.by_first.places_in(text) {
            if !group.classes.meets(missing) {
                continue;
            }
            let here = Edge::first_of(&text.as_bytes()[at..]);
            for word in group.words_at(here, Classes::from(0)) {
                missing = missing.without(word.classes);
            }
            if missing == Classes::default() {
                break;
            }
        }
        among.without(missing)
    }

    /// Whether a word of these classes stands in `text`.
    pub(crate) fn holds(&self, text: &str, among: Classes) -> bool {
        self.by_first.places_in(text).any(|(at, group)| {
            group.classes.meets(among) && {
                let here = Edge::first_of(&text.as_bytes()[at..]);
                group.words_at(here, among).next().is_some()
            }
        })
    }
}

/// Words by one of their characters.
struct Groups {
    /// For each character, by the lower 16 bits of its number, its place in `all`.
    places: Box<[u16; 1 << 16]>,
    /// The first is empty.
    all: Vec<Group>,
    /// The first six bytes of words that have so many.
    long: Bits,
    /// The first three bytes of shorter ones, zeros for those that they have not.
    short: Bits,
}

#[derive(Default)]
struct Group {
    /// Of all its words.
    classes: Classes,
    /// A bit for each [`Edge::neighbour`] that a text needs to have one of its words; most texts have none of them.
    neighbours: u64,
    /// The longest first.
    words: Vec<Word>,
}

impl Groups {
    fn new() -> Self {
        Self {
            places: vec![0; 1 << 16]
                .try_into()
                .expect("a place for each number"),
            all: vec![Group::default()],
            long: Bits::default(),
            short: Bits::default(),
        }
    }

    fn group(&self, c: char) -> &Group {
        &self.all[self.places[usize::from(c as u16)] as usize]
    }

    /// The bytes of a text where a word may begin, and the group of the character there.
    fn places_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, &'t Group)> {
        let bytes = text.as_bytes();
        let mut rest = bytes;
        std::iter::from_fn(move || {
            loop {
                rest = self.pass(rest);
                let at = bytes.len() - rest.len();
                let c = text[at..].chars().next()?;
                rest = &rest[c.len_utf8()..];
                let place = self.places[usize::from(c as u16)];
                if place != 0 {
                    return Some((at, &self.all[usize::from(place)]));
                }
            }
        })
    }

    /// Passes over characters of three bytes, as nearly all Chinese ones are, where no word begins: most of those that words
    /// begin with are followed by another than in the words. The last eight bytes are left.
    #[inline]
    fn pass<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        let mut rest = text;
        while let Some(&first) = rest.first_chunk() {
            let first = u64::from_le_bytes(first);
            let is_of_three = first & 0xF0 == 0xE0;
            if !is_of_three || self.long.has_bytes(first, 6) || self.short.has_bytes(first, 3) {
                break;
            }
            rest = &rest[3..];
        }
        rest
    }

    fn put(&mut self, c: char, word: &'static str, edge: Edge<'static>, class: usize) {
        let first = Edge::first_of(word.as_bytes()).number;
        if word.len() < 6 {
            self.short.set_bytes(first, 3);
        } else {
            self.long.set_bytes(first, 6);
        }
        let place = &mut self.places[usize::from(c as u16)];
        if *place == 0 {
            *place = self.all.len() as u16;
            self.all.push(Group::default());
        }
        let group = &mut self.all[*place as usize];
        let class = Classes::one(class);
        group.classes = group.classes.with(class);
        if let Some(known) = group.words.iter_mut().find(|known| known.text == word) {
            known.classes = known.classes.with(class);
            return;
        }
        // What is shorter than two characters of three bytes may have any neighbour.
        group.neighbours |= if word.len() < 6 {
            u64::MAX
        } else {
            1 << edge.neighbour()
        };
        let longer = |known: &Word| known.text.len() >= word.len();
        let at = group.words.partition_point(longer);
        group.words.insert(at, Word::new(word, class, edge));
    }
}

impl Group {
    /// The words of these classes that a text has at an edge, the longest first.
    #[inline]
    fn words_at<'w>(&'w self, edge: Edge<'w>, among: Classes) -> impl Iterator<Item = &'w Word> {
        let may = self.neighbours >> edge.neighbour() & 1 != 0 && self.classes.meets(among);
        let words: &[_] = if may { &self.words } else { &[] };
        let words = words.iter();
        words.filter(move |word| word.classes.meets(among) && word.is_at(edge))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_by_their_classes() {
        let table = WordTable::new([
            ("增长", 0),
            ("增长率", 0),
            ("长", 1),
            ("率", 1),
            ("增长", 2),
        ]);
        let (change, end) = (Classes::one(0), Classes::one(1));
        assert_eq!(table.opening("增长率下降", change), Some("增长率"));
        assert_eq!(table.opening("增长率下降", Classes::one(2)), Some("增长"));
        assert_eq!(table.opening("增长率下降", end), None);
        assert_eq!(table.closing("年均增长", change), Some("增长"));
        assert_eq!(table.closing("年均增长", end), Some("长"));
        assert_eq!(table.closing("", end), None);
        let all: Vec<_> = table
            .within("增长率和增长", change)
            .map(|(at, word)| (at / 3, word))
            .collect();
        assert_eq!(all, [(0, "增长率"), (0, "增长"), (4, "增长")]);
        let found = table.classes_in("同比增长", Classes::from(0));
        assert!(found.meets(change) && found.meets(end) && found.meets(Classes::one(2)));
        assert!(!table.classes_in("同比增长", Classes::one(1)).meets(change));
    }
}
