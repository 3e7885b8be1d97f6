//! The segmenter, with as much of its dictionary as the texts need that it is given; the only place that names it.
//!
//! Its dictionary has 349,045 words, and to load all of them takes longer than to read two megabytes of reports. How a
//! text is cut depends only on the words that stand in it and on how often all words together were met. So words are
//! loaded when the first text has their first two characters, and one that no text has stands for all the others. That
//! changes nothing of what comes out, which a test holds.

use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use jieba_rs::{Jieba, Tag};

/// A line a word, in the order of their bytes.
const WORDS: &str = include_str!("lexicon/segmenter.tsv");
/// How often all of them were met.
const MET: usize = 60_101_964;
/// Stands for the words that are not loaded. No text has it: these are no characters.
const OTHERS: &str = "\u{10ffff}\u{10fffe}\u{10ffff}";

thread_local! {
    static SEGMENTER: RefCell<Segmenter> = RefCell::new(Segmenter::new());
}

/// Calls `take` with the words of a text and their parts of speech.
pub(super) fn tagged<T>(text: &str, take: impl FnOnce(&[Tag<'_>]) -> T) -> T {
    SEGMENTER.with_borrow_mut(|segmenter| {
        segmenter.load(text);
        take(&segmenter.jieba.tag(text, false))
    })
}

/// Where the words of a text begin.
pub(super) fn word_starts(text: &str) -> Vec<usize> {
    SEGMENTER.with_borrow_mut(|segmenter| {
        segmenter.load(text);
        let words = segmenter.jieba.cut(text, false);
        words.iter().map(|token| token.byte_start).collect()
    })
}

/// One thread's.
struct Segmenter {
    jieba: Jieba,
    /// How often the words were met that are not loaded.
    others: usize,
    /// The pairs of characters of which the words are loaded.
    pairs: HashSet<u64, BuildHasherDefault<Spread>>,
    /// The characters of which the words are loaded that they are alone.
    alone: HashSet<char, BuildHasherDefault<Spread>>,
}

/// The lines of the words that begin with two characters.
#[derive(Debug)]
struct Group {
    second: char,
    lines: Range<usize>,
}

impl Segmenter {
    fn new() -> Self {
        let mut jieba = Jieba::empty();
        jieba.add_word(OTHERS, Some(MET), None);
        Self {
            jieba,
            others: MET,
            pairs: HashSet::default(),
            alone: HashSet::default(),
        }
    }

    /// Loads the words that may stand in a text.
    fn load(&mut self, text: &str) {
        let before = self.others;
        let mut chars = text.chars().peekable();
        while let Some(first) = chars.next() {
            // A character alone is a word as well.
            let second = chars.peek().copied().unwrap_or('\0');
            if self
                .pairs
                .insert(u64::from(first) << 32 | u64::from(second))
            {
                self.load_pair(first, second);
            }
        }
        if self.others != before {
            self.jieba.add_word(OTHERS, Some(self.others), None);
        }
    }

    fn load_pair(&mut self, first: char, second: char) {
        let Some(words) = words_of(first) else {
            return;
        };
        if self.alone.insert(first) {
            self.load_lines(words.alone.clone());
        }
        let groups = &words.longer;
        if let Ok(at) = groups.binary_search_by_key(&second, |group| group.second) {
            self.load_lines(groups[at].lines.clone());
        }
    }

    fn load_lines(&mut self, lines: Range<usize>) {
        for (word, met, part) in WORDS[lines].lines().filter_map(entry) {
            self.jieba.add_word(word, Some(met), Some(part));
            self.others -= met;
        }
    }
}

fn entry(line: &str) -> Option<(&str, usize, &str)> {
    let (word, rest) = line.split_once('\t')?;
    let (met, part) = rest.split_once('\t')?;
    Some((word, met.parse().ok()?, part))
}

/// Where the words stand that begin with a character.
#[derive(Debug, Default)]
struct OfFirst {
    /// The line of the character as a word.
    alone: Range<usize>,
    /// The longer ones, by their second character.
    longer: Vec<Group>,
}

/// The words that begin with a character, looked up once for all threads. All of them are of the basic plane.
fn words_of(first: char) -> Option<&'static OfFirst> {
    static BY_FIRST: LazyLock<Vec<OnceLock<OfFirst>>> =
        LazyLock::new(|| (0..1 << 16).map(|_| OnceLock::new()).collect());
    let held = BY_FIRST.get(first as usize)?;
    Some(held.get_or_init(|| look_up(first)))
}

fn look_up(first: char) -> OfFirst {
    let mut bytes = [0; 4];
    let head = first.encode_utf8(&mut bytes).as_bytes();
    let of = |at: usize| {
        let line = &WORDS.as_bytes()[at..];
        line[..head.len().min(line.len())].cmp(head)
    };
    let mut at = line_where(|at| of(at).is_ge());
    let until = line_where(|at| of(at).is_gt());
    let mut alone = at..at;
    let mut longer: Vec<Group> = Vec::new();
    for line in WORDS.as_bytes()[at..until].split_inclusive(|&byte| byte == b'\n') {
        let lines = at..at + line.len();
        at = lines.end;
        match WORDS[lines.start + head.len()..].chars().next() {
            None | Some('\t') => alone = lines,
            Some(second) => match longer.last_mut() {
                Some(group) if group.second == second => group.lines.end = lines.end,
                _ => longer.push(Group { second, lines }),
            },
        }
    }
    OfFirst { alone, longer }
}

/// The first line for which something holds that holds for all behind it.
fn line_where(holds: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut until) = (WORDS.find('\n').map_or(0, |at| at + 1), WORDS.len());
    while from < until {
        let middle = from + (until - from) / 2;
        let bytes = WORDS.as_bytes();
        let line = bytes[from..middle].iter().rposition(|&byte| byte == b'\n');
        let line = line.map_or(from, |at| from + at + 1);
        if holds(line) {
            until = line;
        } else {
            let end = bytes[line..until].iter().position(|&byte| byte == b'\n');
            from = end.map_or(until, |end| line + end + 1);
        }
    }
    from
}

/// Spreads the numbers of two characters: they are asked for so often that the usual way takes too long, and whoever
/// makes texts against it slows down only the reading of them.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        let spread = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = spread ^ spread >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stand_in_order_and_are_as_many_as_they_say() {
        let words = WORDS.lines().skip(1);
        let entries: Vec<_> = words
            .map(|line| entry(line).expect("three cells"))
            .collect();
        assert!(entries.is_sorted_by(|a, b| a.0 < b.0));
        assert!(entries.iter().all(|entry| entry.0 < "\u{10000}"));
        assert_eq!(entries.iter().map(|entry| entry.1).sum::<usize>(), MET);
    }

    #[test]
    fn texts_are_cut_and_tagged_as_with_the_whole_dictionary() {
        let mut whole = Jieba::empty();
        for (word, met, part) in WORDS.lines().filter_map(entry) {
            whole.add_word(word, Some(met), Some(part));
        }
        let mut count = 0;
        for sample in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")).unwrap() {
            let bytes = std::fs::read(sample.unwrap().path()).unwrap();
            for text in String::from_utf8_lossy(&bytes).split(['。', '\n']) {
                let told = |tags: &[Tag<'_>]| -> Vec<String> {
                    tags.iter()
                        .map(|tag| format!("{} {} {}", tag.byte_start, tag.word, tag.tag))
                        .collect()
                };
                let expected = told(&whole.tag(text, false));
                assert_eq!(tagged(text, told), expected, "{text}");
                let starts: Vec<_> = whole.cut(text, false);
                let starts: Vec<_> = starts.iter().map(|token| token.byte_start).collect();
                assert_eq!(word_starts(text), starts, "{text}");
                count += expected.len();
            }
        }
        assert!(count > 10_000, "{count}");
    }
}
