//! Bytes → text, and the name of the charset.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::DecodeError;

/// The detector reads bytes slower than all else that is done to make text of them.
const SAMPLE_BYTES: usize = 2048;

/// Decodes `bytes`; a byte order mark is dropped.
pub(super) fn text(bytes: &[u8]) -> Result<(String, &'static str), DecodeError> {
    let decoded = match marked(bytes) {
        Some(decoded) => decoded,
        None => guess(bytes)?,
    };
    checked(decoded)
}

/// Decodes a web page: by its byte order mark, by what it says of itself, or as a text that says nothing.
pub(super) fn page(bytes: &[u8]) -> Result<(String, &'static str), DecodeError> {
    // A page that was saved in another charset still says the old one, and no other charset looks like UTF-8.
    let utf8 = || {
        let text = std::str::from_utf8(bytes).ok()?;
        (!text.is_ascii()).then(|| (text.to_owned(), UTF_8))
    };
    let declared = || {
        let encoding = declared(bytes)?;
        let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
        // Tags can be read in any charset.
        let telling = || text.chars().filter(|c| !c.is_ascii()).count();
        let is_right = !is_broken || text.matches('\u{fffd}').count() * 50 < telling();
        is_right.then(|| (text.into_owned(), encoding))
    };
    let decoded = match marked(bytes).or_else(utf8).or_else(declared) {
        Some(decoded) => decoded,
        None => guess(bytes)?,
    };
    checked(decoded)
}

/// Decodes a part of a document, which is in Unicode.
pub(super) fn xml(bytes: &[u8]) -> String {
    let (text, _, _) = UTF_8.decode(bytes);
    text.into_owned()
}

/// The text of bytes with a byte order mark.
fn marked(bytes: &[u8]) -> Option<(String, &'static Encoding)> {
    let (encoding, length) = Encoding::for_bom(bytes)?;
    Some((decode_as(encoding, &bytes[length..]), encoding))
}

/// The charset that a page says it is in: `charset=gb2312`, within what a browser looks at.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 4096;
    let head: String = bytes
        .iter()
        .take(HEAD)
        .map(|byte| byte.to_ascii_lowercase() as char)
        .collect();
    let names = head.match_indices("charset").filter_map(|(at, word)| {
        let rest = head[at + word.len()..].trim_start().strip_prefix('=')?;
        let rest = rest.trim_start().trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
        Encoding::for_label(&rest.as_bytes()[..end.unwrap_or(rest.len())])
    });
    // What can be read as ASCII is in no charset of two bytes; the Latin one is what programs write that know of no other.
    let mut names =
        names.filter(|encoding| encoding.is_ascii_compatible() && *encoding != WINDOWS_1252);
    names.next().map(|encoding| {
        if encoding == encoding_rs::GBK {
            GB18030
        } else {
            encoding
        }
    })
}

/// Refuses a text of which nothing is to be seen, or little decodes.
fn checked(
    (text, encoding): (String, &'static Encoding),
) -> Result<(String, &'static str), DecodeError> {
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(DecodeError::Empty);
    }
    // Few texts have any, which is seen sooner than they are counted.
    let count = |sign: &str| {
        if text.contains(sign) {
            text.matches(sign).count()
        } else {
            0
        }
    };
    let broken = count("\u{fffd}") + count("\0");
    let all = text.chars().count();
    if broken > 4 && broken * 50 > all {
        return Err(DecodeError::Undecodable { broken, all });
    }
    Ok((text, encoding.name()))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The charset of bytes without a byte order mark.
fn guess(bytes: &[u8]) -> Result<(String, &'static Encoding), DecodeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => return Ok((text.to_owned(), UTF_8)),
        // A file that was cut off, or pasted together, is UTF-8 all the same.
        Err(error) if error.valid_up_to() > 3 && error.valid_up_to() + 4 > bytes.len() => {
            return Ok((decode_as(UTF_8, bytes), UTF_8));
        }
        _ => {}
    }
    if let Some(encoding) = wide(bytes) {
        return Ok((decode_as(encoding, bytes), encoding));
    }
    if bytes.contains(&0) {
        return Err(DecodeError::ZeroBytes);
    }
    // What is no ASCII tells; a thousand characters of it are enough where the rest then reads as the same.
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let sample = &bytes[from..bytes.len().min(from + SAMPLE_BYTES)];
    let encoding = detected(sample, from + sample.len() == bytes.len());
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    if is_broken && sample.len() < bytes.len() {
        let encoding = detected(bytes, true);
        return Ok((decode_as(encoding, bytes), encoding));
    }
    Ok((text.into_owned(), encoding))
}

/// The charset that these bytes most likely are in; they may end inside a character where they are not whole.
fn detected(bytes: &[u8], is_whole: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, is_whole);
    let encoding = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    // GB18030 holds GBK and GB2312; all three are stored under its name.
    if encoding == encoding_rs::GBK {
        GB18030
    } else {
        encoding
    }
}

/// UTF-16 without a byte order mark: line breaks and ASCII digits leave a zero in every second byte.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let (mut little, mut big) = (0_usize, 0_usize);
    for pair in bytes.chunks_exact(2) {
        match pair {
            [0x20..=0x7e | b'\n' | b'\r', 0] => little += 1,
            [0, 0x20..=0x7e | b'\n' | b'\r'] => big += 1,
            _ => {}
        }
    }
    let seen = little + big;
    (seen > 0).then_some(())?;
    let encoding = if little > big { UTF_16LE } else { UTF_16BE };
    let sample = &bytes[..bytes.len().min(4096)];
    let (text, broken) = encoding.decode_without_bom_handling(sample);
    let readable = text
        .chars()
        .filter(|&c| {
            matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | ' '..='~' | '\n' | '\r' | '—' | '“' | '”')
        })
        .count();
    (!broken && readable * 10 > text.chars().count() * 9).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "青溪镇政府工作报告\n各位代表：2021年全镇实现财政收入1.5亿元。\n";

    #[track_caller]
    fn check(bytes: &[u8], encoding: &str) {
        let (text, name) = text(bytes).expect("decodes");
        assert_eq!((text.as_str(), name), (SAMPLE, encoding));
    }

    #[test]
    fn charsets_of_reports() {
        check(SAMPLE.as_bytes(), "UTF-8");
        check(&[b"\xef\xbb\xbf", SAMPLE.as_bytes()].concat(), "UTF-8");
        check(&GB18030.encode(SAMPLE).0, "gb18030");
        let little: Vec<u8> = SAMPLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = SAMPLE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, "UTF-16LE");
        check(&big, "UTF-16BE");
        check(&[b"\xff\xfe", little.as_slice()].concat(), "UTF-16LE");
        check(&[b"\xfe\xff", big.as_slice()].concat(), "UTF-16BE");
    }

    #[test]
    fn what_is_no_text() {
        assert_eq!(text(b""), Err(DecodeError::Empty));
        assert_eq!(text(b" \r\n\t"), Err(DecodeError::Empty));
        assert_eq!(text(b"\xef\xbb\xbf\n"), Err(DecodeError::Empty));
        let zeros = [0, 1, 2, 3, 0, 255, 0, 9, 1];
        assert_eq!(text(&zeros), Err(DecodeError::ZeroBytes));
    }

    #[test]
    fn pages_that_say_their_charset() {
        let page_in = |name: &str| format!("<html><head><meta charset=\"{name}\">{SAMPLE}");
        let of = |bytes: &[u8]| page(bytes).map(|(_, name)| name);
        assert_eq!(of(&GB18030.encode(&page_in("gb2312")).0), Ok("gb18030"));
        assert_eq!(of(page_in("utf-8").as_bytes()), Ok("UTF-8"));
        // Saved in another charset, or said wrongly.
        assert_eq!(of(page_in("gb2312").as_bytes()), Ok("UTF-8"));
        assert_eq!(of(&GB18030.encode(&page_in("utf-8")).0), Ok("gb18030"));
        assert_eq!(of(&GB18030.encode(&page_in("iso-8859-1")).0), Ok("gb18030"));
        // Tags tell nothing, however many there are.
        let tags = page_in("utf-8") + &"<p></p>".repeat(5000);
        assert_eq!(of(&GB18030.encode(&tags).0), Ok("gb18030"));
        assert_eq!(of(page_in("big5").as_bytes()), Ok("UTF-8"));
    }

    #[test]
    fn a_file_cut_inside_a_character() {
        let cut = &SAMPLE.as_bytes()[..SAMPLE.len() - 3];
        let (text, name) = text(cut).expect("decodes");
        assert_eq!(name, "UTF-8");
        assert!(text.ends_with("亿元\u{fffd}"));
    }
}
