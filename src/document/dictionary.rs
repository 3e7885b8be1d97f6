//! Very many names, of which the longest that a text begins with is found by halving.

use std::ops::Range;

use super::bits::{Bits, spread};

/// Names, those together that begin alike, and those in alphabetical order.
pub(crate) struct Dictionary {
    names: Vec<&'static str>,
    /// For each name, by its place, what its order is mostly told by.
    keys: Vec<u128>,
    /// For each name, by its place, the longest other that it begins with.
    shorter: Vec<Option<u32>>,
    /// For each number of a beginning, where the names begin that have it or one after it: first all that have not two
    /// Chinese characters, by their first, then the others, by their first two.
    starts: Vec<u32>,
    openings: Openings,
}

/// How many numbers a first character or a pair of them can have.
const NUMBERS: usize = 1 << 16;

impl Dictionary {
    /// A dictionary of these names, none of which is empty.
    pub(crate) fn new(names: impl IntoIterator<Item = &'static str>) -> Self {
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_unstable_by_key(|name| (beginning(name), key(name), *name));
        names.dedup();
        let mut starts = vec![0; 2 * NUMBERS + 1];
        for (at, name) in names.iter().enumerate() {
            starts[beginning(name) + 1] = at as u32 + 1;
        }
        for at in 1..starts.len() {
            starts[at] = starts[at].max(starts[at - 1]);
        }
        let mut made = Self {
            openings: Openings::of(&names),
            keys: names.iter().map(|name| key(name)).collect(),
            shorter: Vec::with_capacity(names.len()),
            names,
            starts,
        };
        for (at, name) in made.names.iter().enumerate() {
            // Between a name and one that it begins with stand only others that begin so, or are in its place.
            let range = made.alike(beginning(name));
            let prefix = made.longest(name, range.start, at);
            let prefix = prefix.or_else(|| {
                let is_long = beginning(name) >= NUMBERS;
                is_long.then(|| made.nearest(name, opening(name))).flatten()
            });
            made.shorter.push(prefix);
        }
        made
    }

    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The place of a name.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.openings(name)
            .find(|&at| self.names[at].len() == name.len())
    }

    /// The name at a place.
    pub(crate) fn name(&self, place: usize) -> &'static str {
        self.names[place]
    }

    /// The places of the names that `text` begins with, the longest first.
    #[inline]
    pub(crate) fn openings(&self, text: &str) -> impl Iterator<Item = usize> + '_ {
        let longer = pair(text).filter(|&pair| self.openings.pairs.has(pair));
        let longest = longer
            .and_then(|pair| self.nearest(text, NUMBERS + pair))
            .or_else(|| {
                let may = !text.is_empty() && self.openings.firsts.has(opening(text));
                may.then(|| self.nearest(text, opening(text))).flatten()
            });
        std::iter::successors(longest, |&at| self.shorter[at as usize]).map(|at| at as usize)
    }

    /// The places of the names with this beginning.
    fn alike(&self, beginning: usize) -> Range<usize> {
        self.starts[beginning] as usize..self.starts[beginning + 1] as usize
    }

    /// The longest of the names with this beginning that `text` begins with.
    fn nearest(&self, text: &str, beginning: usize) -> Option<u32> {
        let range = self.alike(beginning);
        let (keys, sought) = (&self.keys[range.clone()], key(text));
        let before = keys.partition_point(|key| *key < sought);
        let same = keys[before..].iter().take_while(|key| **key == sought);
        let names = same.zip(&self.names[range.start + before..]);
        let after = before + names.filter(|(_, name)| **name <= text).count();
        self.longest(text, range.start, range.start + after)
    }

    /// The nearest name before `until` that `text` begins with, of those from `from` on: it begins with all others that
    /// the text begins with.
    fn longest(&self, text: &str, from: usize, until: usize) -> Option<u32> {
        let mut longest = (until > from).then(|| until as u32 - 1);
        let sought = key(text);
        while let Some(at) = longest.filter(|&at| !self.opens(at as usize, text, sought)) {
            longest = self.shorter[at as usize].filter(|&at| at as usize >= from);
        }
        longest
    }

    /// Whether a text with this key begins with a name. Most names are no longer than their key, and are not looked at.
    #[inline]
    fn opens(&self, at: usize, text: &str, sought: u128) -> bool {
        let name = self.names[at];
        let others = 128 - 8 * name.len().min(size_of::<u128>());
        (sought ^ self.keys[at]) >> others == 0
            && (name.len() <= size_of::<u128>() || text.starts_with(name))
    }
}

/// The number of what a name begins with.
fn beginning(name: &str) -> usize {
    pair(name).map_or_else(|| opening(name), |pair| NUMBERS + pair)
}

/// What names begin with, so that most texts that begin with none are known at one look.
struct Openings {
    /// The numbers of two Chinese characters with which longer names begin.
    pairs: Bits,
    /// The numbers of the characters with which shorter ones begin.
    firsts: Bits,
}

impl Openings {
    fn of(names: &[&str]) -> Self {
        let (mut pairs, mut firsts) = (Bits::default(), Bits::default());
        for name in names {
            match pair(name) {
                Some(pair) => pairs.set(pair),
                None => firsts.set(opening(name)),
            }
        }
        Self { pairs, firsts }
    }
}

/// A number below 65,536 of the first six bytes of a text, in which two Chinese characters stand.
#[inline]
fn pair(text: &str) -> Option<usize> {
    let first: &[u8; 6] = text.as_bytes().first_chunk()?;
    let mut bytes = [0; 8];
    bytes[..first.len()].copy_from_slice(first);
    Some(spread(u64::from_le_bytes(bytes), 6))
}

/// The first bytes of a text as a number: of two texts the one with the smaller key stands first.
fn key(text: &str) -> u128 {
    let first = text.as_bytes().first_chunk().copied();
    u128::from_be_bytes(first.unwrap_or_else(|| {
        let mut first = [0; size_of::<u128>()];
        first[..text.len()].copy_from_slice(text.as_bytes());
        first
    }))
}

#[inline]
fn opening(text: &str) -> usize {
    text.chars().next().map_or(0, |c| usize::from(c as u16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_text_begins_with() {
        let names = [
            "财政收入",
            "财政",
            "财政支出",
            "财",
            "粮食产量",
            "粮食",
            "𬒈镇",
        ];
        let dictionary = Dictionary::new(names);
        let found = |text: &str| -> Vec<&str> {
            let places = dictionary.openings(text);
            places.map(|at| dictionary.name(at)).collect()
        };
        assert_eq!(found("财政收入增长"), ["财政收入", "财政", "财"]);
        assert_eq!(found("财政收支"), ["财政", "财"]);
        assert_eq!(found("财"), ["财"]);
        assert_eq!(found("粮食总产量"), ["粮食"]);
        assert_eq!(found("税收"), [""; 0]);
        assert_eq!(found("𬒈镇人"), ["𬒈镇"]);
        assert_eq!(found("쒈"), [""; 0]);
        assert_eq!(found(""), [""; 0]);
        assert!(dictionary.place("粮食").is_some() && dictionary.place("粮").is_none());
        assert_eq!(dictionary.len(), 7);
    }
}
