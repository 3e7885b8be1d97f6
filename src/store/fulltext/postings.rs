use super::alphabet::{Sign, sign};
use super::varint;
use crate::decode::chars::number_of_three_bytes;

/// Where each token stands in the passages of a file, as FTS5 writes it down but for the passages' ids: these are not
/// known before the file is written, so passages are counted from 0.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Postings {
    /// How many tokens each passage has; `None` for one that is left to FTS5.
    pub(super) sizes: Vec<Option<u32>>,
    pub(super) tokens: Vec<Token>,
    /// The lists of the tokens, one behind the other.
    pub(super) lists: Vec<u8>,
}

impl Postings {
    /// The list of a token, by its number.
    pub(super) fn list(&self, token: usize) -> &[u8] {
        let begin = token
            .checked_sub(1)
            .map_or(0, |before| self.tokens[before].end);
        &self.lists[begin as usize..self.tokens[token].end as usize]
    }
}

/// A token's list: for each passage its distance from the one before, the length of the places and the places. The
/// first passage is left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) sign: char,
    pub(super) first: u32,
    pub(super) last: u32,
    /// Where its list ends; it begins where the one before ends.
    pub(super) end: u32,
}

/// A passage of more tokens is left to FTS5, which parts what it says of it over pages.
const LONGEST: usize = 8_000;

/// Gathers postings. Each thread that does has its own and keeps it: what is needed in between is large.
#[derive(Debug)]
pub struct Indexer {
    /// By character of the basic plane: the number of its token in the file, or one of the two below; 0 as long as it
    /// was not met.
    numbers: Box<[u16; 1 << 16]>,
    met: Vec<char>,
    /// The tokens by number, which begins with 1.
    tokens: Vec<char>,
    /// The tokens of all passages.
    stream: Vec<u16>,
    /// By number, where its places begin, and where the next is put.
    starts: Vec<usize>,
    /// Passage and place in it, by token.
    places: Vec<(u32, u32)>,
}

/// Those from this one on are no tokens.
const UNFAMILIAR: u16 = u16::MAX - 1;
const BLANK: u16 = u16::MAX;

impl Default for Indexer {
    fn default() -> Self {
        Self {
            numbers: vec![0; 1 << 16]
                .try_into()
                .expect("a number for each character"),
            met: Vec::new(),
            tokens: Vec::new(),
            stream: Vec::new(),
            starts: Vec::new(),
            places: Vec::new(),
        }
    }
}

impl Indexer {
    /// Indexes the passages of a file.
    pub(in crate::store) fn index<'t>(
        &mut self,
        passages: impl Iterator<Item = &'t str>,
    ) -> Postings {
        let sizes = self.tokenize(passages);
        self.sort(&sizes);
        self.write(sizes)
    }

    fn tokenize<'t>(&mut self, passages: impl Iterator<Item = &'t str>) -> Vec<Option<u32>> {
        for c in self.met.drain(..) {
            self.numbers[c as usize] = 0;
        }
        self.tokens.clear();
        self.stream.clear();
        let sizes = passages.map(|text| {
            let begin = self.stream.len();
            self.stream.reserve(text.len());
            let mut rest = text;
            loop {
                rest = self.take_met(rest);
                let Some(c) = rest.chars().next() else { break };
                match self.number(c) {
                    BLANK => {}
                    UNFAMILIAR => {
                        self.stream.truncate(begin);
                        return None;
                    }
                    number => self.stream.push(number),
                }
                rest = &rest[c.len_utf8()..];
            }
            let size = self.stream.len() - begin;
            if size > LONGEST {
                self.stream.truncate(begin);
                return None;
            }
            Some(size as u32)
        });
        sizes.collect()
    }

    /// Takes the characters of three bytes that a text begins with, as far as their tokens were met; gives what is left.
    fn take_met<'t>(&mut self, text: &'t str) -> &'t str {
        let before = self.stream.len();
        let met = text.as_bytes().chunks_exact(3).map_while(|three| {
            let number = self.numbers[usize::from(number_of_three_bytes(three)?)];
            (1..UNFAMILIAR).contains(&number).then_some(number)
        });
        self.stream.extend(met);
        &text[3 * (self.stream.len() - before)..]
    }

    /// The number of the token that a character gives.
    fn number(&mut self, c: char) -> u16 {
        let Some(&number) = self.numbers.get(c as usize) else {
            return UNFAMILIAR;
        };
        if number != 0 {
            return number;
        }
        let number = match sign(c) {
            Sign::Blank => BLANK,
            Sign::Unfamiliar => UNFAMILIAR,
            Sign::Token(token) if token != c => self.number(token),
            Sign::Token(token) => {
                self.tokens.push(token);
                self.tokens.len() as u16
            }
        };
        self.numbers[c as usize] = number;
        self.met.push(c);
        number
    }

    /// Puts the places of each token together, in the order of the text.
    fn sort(&mut self, sizes: &[Option<u32>]) {
        self.starts.clear();
        self.starts.resize(self.tokens.len() + 2, 0);
        for &number in &self.stream {
            self.starts[usize::from(number) + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut self.starts {
            sum += *start;
            *start = sum;
        }
        self.places.clear();
        self.places.resize(self.stream.len(), (0, 0));
        let mut stream = self.stream.iter();
        for (passage, size) in sizes.iter().enumerate() {
            let size = size.unwrap_or(0);
            for (place, &number) in (0..size).zip(&mut stream) {
                let next = &mut self.starts[usize::from(number)];
                self.places[*next] = (passage as u32, place);
                *next += 1;
            }
        }
    }

    /// Writes the lists; each start is the end of its token's places by now.
    fn write(&self, sizes: Vec<Option<u32>>) -> Postings {
        let mut lists = Vec::with_capacity(self.places.len() * 3);
        let mut begin = 0;
        let tokens = self.tokens.iter().zip(&self.starts[1..]);
        let mut tokens: Vec<Token> = tokens
            .filter_map(|(&token, &end)| {
                let places = self.places.get(begin..end)?;
                begin = end;
                let (&(first, _), &(last, _)) = (places.first()?, places.last()?);
                put_list(places, &mut lists);
                Some(Token {
                    sign: token,
                    first,
                    last,
                    end: lists.len() as u32,
                })
            })
            .collect();
        // They are kept until the segment is written.
        lists.shrink_to_fit();
        tokens.shrink_to_fit();
        Postings {
            sizes,
            tokens,
            lists,
        }
    }
}

fn put_list(places: &[(u32, u32)], out: &mut Vec<u8>) {
    let mut before = None;
    let (mut begin, mut place_before) = (out.len(), 0);
    for &(passage, place) in places {
        if before != Some(passage) {
            if let Some(before) = before {
                put_length(begin, out);
                varint::put(u64::from(passage - before), out);
            }
            before = Some(passage);
            begin = out.len();
            out.push(0);
            place_before = 0;
        }
        varint::put(u64::from(place - place_before) + 2, out);
        place_before = place;
    }
    if before.is_some() {
        put_length(begin, out);
    }
}

/// Writes the length of what follows, doubled (an odd number would take the passage out), over the byte kept for it.
fn put_length(begin: usize, out: &mut Vec<u8>) {
    let length = (out.len() - begin - 1) as u64 * 2;
    if length < 0x80 {
        out[begin] = length as u8;
        return;
    }
    let mut bytes = Vec::with_capacity(3);
    varint::put(length, &mut bytes);
    out.splice(begin..=begin, bytes);
}
