//! How much the streams of a PDF unpack to, before any is unpacked.
//!
//! The reader of PDF objects unpacks streams whole, some of them before it is asked to. So each is first unpacked into
//! nothing and counted.

use std::io::{self, Read};

use flate2::read::DeflateDecoder;

use super::super::DecodeError;

/// A stream unpacks to so many bytes at most; a scanned page in colours has a hundred million.
const LARGEST: u64 = 128 << 20;
/// And all of them together.
const LARGEST_TOGETHER: u64 = 1 << 30;
/// What is packed by an older way, or written in letters then, is not counted; it can hold some thousand times as much.
const LARGEST_UNCOUNTED: usize = 64 << 10;
/// No dictionary of a stream is longer.
const DICTIONARY: usize = 16 << 10;
/// So many streams at most: the pages that are read have less than ten each.
const MOST: usize = 100_000;
/// So many signs a row of a picture has at most.
const WIDEST: u64 = 1_000_000;

/// Names of the ways to pack.
const FLATE: [&str; 2] = ["/FlateDecode", "/Fl"];
const LZW: [&str; 2] = ["/LZWDecode", "/LZW"];
const ASCII: [&str; 4] = ["/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"];

/// Refuses a file that unpacks to too much, or of which that cannot be said.
pub(super) fn weigh(bytes: &[u8]) -> Result<(), DecodeError> {
    let mut together = 0;
    let mut count = 0;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let keyword = at + found;
        at = keyword + b"stream".len();
        let Some(data) = data(&bytes[..keyword], &bytes[at..]) else {
            continue;
        };
        count += 1;
        if count > MOST {
            return Err(DecodeError::TooLarge);
        }
        let before = &bytes[keyword.saturating_sub(DICTIONARY)..keyword];
        let names = names(&before[object(before).ok_or(DecodeError::Packed)?..]);
        let [flate, lzw, ascii] = [&FLATE[..], &LZW, &ASCII].map(|filter| count_of(&names, filter));
        let packings = flate + lzw;
        if packings > 1 || names.contains("/Filter%") || is_elsewhere(&names) {
            return Err(DecodeError::Packed);
        }
        if is_too_wide(&names) {
            return Err(DecodeError::TooLarge);
        }
        if lzw > 0 || (flate > 0 && ascii > 0) {
            let length = find(data, b"endstream").unwrap_or(data.len());
            if length > LARGEST_UNCOUNTED {
                return Err(DecodeError::Packed);
            }
        } else if flate > 0 {
            let length = unpacked(data);
            together += length;
            if length > LARGEST || together > LARGEST_TOGETHER {
                return Err(DecodeError::TooLarge);
            }
        }
    }
    Ok(())
}

/// What the keyword of a stream begins; `None` where it is another word, or the end of one.
fn data<'a>(before: &[u8], behind: &'a [u8]) -> Option<&'a [u8]> {
    let last = before.last()?;
    let is_word = *last == b'>' || *last == 0 || last.is_ascii_whitespace();
    let rest = behind
        .strip_prefix(b"\r\n")
        .or_else(|| behind.strip_prefix(b"\n"))
        .or_else(|| behind.strip_prefix(b"\r"));
    rest.filter(|_| is_word)
}

/// Where the last object begins: behind `12 0 obj`.
fn object(before: &[u8]) -> Option<usize> {
    let is_blank = |byte: &u8| *byte == 0 || byte.is_ascii_whitespace();
    let without = |bytes: &mut &[u8], is: &dyn Fn(&u8) -> bool| {
        let kept = bytes.iter().rposition(|byte| !is(byte));
        let kept = kept.map_or(0, |last| last + 1);
        let is_any = kept < bytes.len();
        *bytes = &bytes[..kept];
        is_any
    };
    memchr::memmem::rfind_iter(before, b"obj").find_map(|at| {
        let mut rest = &before[..at];
        without(&mut rest, &is_blank);
        let is_object = without(&mut rest, &u8::is_ascii_digit)
            && without(&mut rest, &is_blank)
            && without(&mut rest, &u8::is_ascii_digit);
        is_object.then_some(at + b"obj".len())
    })
}

/// How often one of these names stands in a dictionary.
fn count_of(names: &str, filter: &[&str]) -> usize {
    let ends = |rest: &str| {
        let next = rest.chars().next();
        next.is_none_or(|c| c == '\0' || c.is_ascii_whitespace() || "()<>[]{}/%".contains(c))
    };
    let of = |name: &&str| {
        let found = names.match_indices(*name);
        found
            .filter(|(at, name)| ends(&names[at + name.len()..]))
            .count()
    };
    filter.iter().map(of).sum()
}

/// Whether rows are said to be so wide that no picture is, or their width is said elsewhere: room is made for a row.
fn is_too_wide(names: &str) -> bool {
    names.match_indices("/Columns").any(|(at, word)| {
        let rest = names[at + word.len()..].trim_start();
        let width = rest.split(|c: char| !c.is_ascii_digit()).next();
        let is_wide = width
            .and_then(|width| width.parse::<u64>().ok())
            .is_none_or(|width| width > WIDEST);
        let mut words = rest.split_ascii_whitespace().skip(1);
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let is_elsewhere = words.next().is_some_and(is_number)
            && words.next().is_some_and(|word| word.starts_with('R'));
        is_wide || is_elsewhere
    })
}

/// How much comes out of a stream, as far as it can be unpacked. The checksum at its end is not asked, nor is the head needed.
fn unpacked(data: &[u8]) -> u64 {
    let packed = match data {
        [first, second, rest @ ..]
            if first & 15 == 8
                && u16::from_be_bytes([*first, *second]).is_multiple_of(31)
                && second & 32 == 0 =>
        {
            rest
        }
        _ => data,
    };
    let mut counted = 0;
    let mut stream = DeflateDecoder::new(packed).take(LARGEST + 1);
    let mut chunk = vec![0; 1 << 16];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => return counted,
            Ok(length) => counted += length as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return counted,
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, what)
}

/// A dictionary without blanks before names, and with the names written out: `/F#6c` is `/Fl`.
fn names(dictionary: &[u8]) -> String {
    let digit = |at: usize| {
        dictionary
            .get(at)
            .and_then(|byte| (*byte as char).to_digit(16))
    };
    let mut names = String::with_capacity(dictionary.len());
    let mut at = 0;
    while let Some(&byte) = dictionary.get(at) {
        if let (b'#', Some(high), Some(low)) = (byte, digit(at + 1), digit(at + 2)) {
            names.push((high * 16 + low) as u8 as char);
            at += 3;
        } else {
            names.push(byte as char);
            at += 1;
        }
    }
    names
}

/// Whether the way in which a stream is packed is said elsewhere, which no program writes.
fn is_elsewhere(names: &str) -> bool {
    let said = ["/Filter", "/DecodeParms", "/DP"].map(|name| names.match_indices(name));
    said.into_iter().flatten().any(|(at, word)| {
        let rest = names[at + word.len()..].trim_start();
        let rest = rest.strip_prefix('[').map_or(rest, str::trim_start);
        rest.starts_with(|c: char| c.is_ascii_digit())
    })
}
