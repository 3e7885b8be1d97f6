//! How much the streams of a PDF unpack to, before any is unpacked.
//!
//! The reader of PDF objects unpacks streams whole, some of them before it is asked to. So each is first unpacked into
//! nothing and counted.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;

use super::super::DecodeError;

/// A stream unpacks to so many bytes at most; a scanned page in colours has a hundred million.
const LARGEST: u64 = 128 << 20;
/// And all of them together.
const LARGEST_TOGETHER: u64 = 1 << 30;
/// What is packed by an older way is not counted; it can hold some thousand times as much.
const LARGEST_UNCOUNTED: usize = 64 << 10;
/// No dictionary of a stream is longer.
const DICTIONARY: usize = 16 << 10;

/// Refuses a file that unpacks to too much.
pub(super) fn weigh(bytes: &[u8]) -> Result<(), DecodeError> {
    let mut together = 0;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let keyword = at + found;
        at = keyword + b"stream".len();
        if bytes[..keyword].ends_with(b"end") {
            continue;
        }
        let before = &bytes[keyword.saturating_sub(DICTIONARY)..keyword];
        let dictionary = before
            .windows(3)
            .rposition(|part| part == b"obj")
            .map_or(before, |from| &before[from..]);
        let names = names(dictionary);
        let packings = names.matches("/Fl").count() + names.matches("/LZW").count();
        if packings > 1 || names.contains("/Filter%") || is_elsewhere(&names) {
            return Err(DecodeError::TooLarge);
        }
        let data = &bytes[at
            + bytes[at..]
                .iter()
                .take(2)
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count()..];
        if names.contains("/LZW") {
            let length = find(data, b"endstream").unwrap_or(data.len());
            if length > LARGEST_UNCOUNTED {
                return Err(DecodeError::TooLarge);
            }
        } else if names.contains("/Fl") {
            let length = unpacked(data);
            together += length;
            if length > LARGEST || together > LARGEST_TOGETHER {
                return Err(DecodeError::TooLarge);
            }
        }
    }
    Ok(())
}

/// How much comes out of a stream, as far as it can be unpacked.
fn unpacked(data: &[u8]) -> u64 {
    let mut counted = 0;
    let mut stream = ZlibDecoder::new(data).take(LARGEST + 1);
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
    names.match_indices("/Filter").any(|(at, word)| {
        let rest = names[at + word.len()..].trim_start();
        let rest = rest.strip_prefix('[').map_or(rest, str::trim_start);
        rest.starts_with(|c: char| c.is_ascii_digit())
    })
}
