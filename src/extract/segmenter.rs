//! The segmenter, with as much of its dictionary as the texts need that it is given; the only place that names it.
//!
//! Its dictionary has 349,045 words, and to load all of them takes longer than to read two megabytes of reports. How a
//! text is cut depends only on the words that stand in it and on how often all words together were met. So words are
//! loaded when the first text has their first two characters, and one that no text has stands for all the others. That
//! changes nothing of what comes out, which a test holds.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::{LazyLock, PoisonError, RwLock};

use jieba_rs::{Jieba, Tag};

/// A line a word, in the order of their bytes.
const WORDS: &str = include_str!("lexicon/segmenter.tsv");
/// How often all of them were met.
const MET: usize = 60_101_964;
/// Stands for the words that are not loaded. No text has it: these are no characters.
const OTHERS: &str = "\u{10ffff}\u{10fffe}\u{10ffff}";

/// One for all threads, so that each word is loaded once.
static SEGMENTER: LazyLock<RwLock<Segmenter>> = LazyLock::new(|| RwLock::new(Segmenter::new()));

/// Calls `take` with the words of a text and their parts of speech.
pub(super) fn tagged<T>(text: &str, take: impl FnOnce(&[Tag<'_>]) -> T) -> T {
    with_words_of(text, |jieba| take(&jieba.tag(text, false)))
}

/// Where the words of a text begin.
pub(super) fn word_starts(text: &str) -> Vec<usize> {
    with_words_of(text, |jieba| {
        let words = jieba.cut(text, false);
        words.iter().map(|token| token.byte_start).collect()
    })
}

/// Calls `ask` with a segmenter that has the words that may stand in a text; mostly it has them already, and threads ask it
/// side by side. A thread that broke while it asked left it as it was, and loading does not break.
fn with_words_of<T>(text: &str, ask: impl FnOnce(&Jieba) -> T) -> T {
    let read = || SEGMENTER.read().unwrap_or_else(PoisonError::into_inner);
    let held = read();
    if held.has(text) {
        return ask(&held.jieba);
    }
    drop(held);
    let mut held = SEGMENTER.write().unwrap_or_else(PoisonError::into_inner);
    held.load(text);
    drop(held);
    ask(&read().jieba)
}

struct Segmenter {
    jieba: Jieba,
    /// How often the words were met that are not loaded.
    others: usize,
    /// The pairs of characters of which the words are loaded.
    pairs: HashSet<u64, BuildHasherDefault<Spread>>,
    /// The longer words that begin with a character, by their second; the character as a word is loaded.
    longer: HashMap<char, Vec<Group>, BuildHasherDefault<Spread>>,
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
            longer: HashMap::default(),
        }
    }

    /// Whether the words are loaded that may stand in a text.
    fn has(&self, text: &str) -> bool {
        pairs_of(text).all(|(first, second)| self.pairs.contains(&together(first, second)))
    }

    /// Loads the words that may stand in a text.
    fn load(&mut self, text: &str) {
        let before = self.others;
        for (first, second) in pairs_of(text) {
            if self.pairs.insert(together(first, second)) {
                self.load_pair(first, second);
            }
        }
        if self.others != before {
            self.jieba.add_word(OTHERS, Some(self.others), None);
        }
    }

    fn load_pair(&mut self, first: char, second: char) {
        if !self.longer.contains_key(&first) {
            let OfFirst { alone, longer } = look_up(first);
            self.load_lines(alone);
            self.longer.insert(first, longer);
        }
        let groups = &self.longer[&first];
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

/// Each character of a text with the next; a character alone is a word as well, and so the last one stands with none.
fn pairs_of(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1).chain(['\0']))
}

fn together(first: char, second: char) -> u64 {
    u64::from(first) << 32 | u64::from(second)
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
