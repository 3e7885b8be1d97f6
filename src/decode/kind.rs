//! What kind of file bytes are: by what they hold first, by the ending of their name second.

use super::error::OtherKind;

/// Kinds that are read, each its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Html,
    /// A web page with its pictures in one file.
    Mht,
    /// A ZIP; most likely a document of Word.
    Zip,
    /// A compound file; most likely an old document of Word or WPS.
    Compound,
    Pdf,
    Other(OtherKind),
}

/// Beginnings that no text has.
const BEGINNINGS: [(&[u8], Kind); 10] = [
    (b"%PDF-", Kind::Pdf),
    (b"PK\x03\x04", Kind::Zip),
    (b"\xd0\xcf\x11\xe0", Kind::Compound),
    (b"{\\rtf", Kind::Other(OtherKind::Rtf)),
    (b"\x1f\x8b", Kind::Other(OtherKind::Gzip)),
    (b"Rar!\x1a", Kind::Other(OtherKind::Archive)),
    (b"\x89PNG", Kind::Other(OtherKind::Picture)),
    (b"\xff\xd8\xff", Kind::Other(OtherKind::Picture)),
    (b"GIF8", Kind::Other(OtherKind::Picture)),
    (b"SQLite format 3\0", Kind::Other(OtherKind::Database)),
];

/// What web pages begin with, and no report.
const OPENINGS: [&str; 5] = ["<!doctype html", "<html", "<head", "<body", "<meta "];

/// A PDF may have so many bytes before it, as what a mail or a server puts there.
const BEFORE_PDF: usize = 1024;

impl Kind {
    /// The kind of a file with these bytes and this name, which may be empty.
    pub(super) fn of(bytes: &[u8], name: &str) -> Self {
        let begins = |(beginning, _): &&(&[u8], Self)| bytes.starts_with(beginning);
        if let Some((_, kind)) = BEGINNINGS.iter().find(begins) {
            return *kind;
        }
        let head = opening(bytes);
        if is_page(&head) {
            return Self::Html;
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is = |endings: &[&str]| endings.iter().any(|end| end.eq_ignore_ascii_case(ending));
        if head.starts_with("mime-version:")
            || (is(&["mht", "mhtml"]) && head.contains("mime-version:"))
        {
            Self::Mht
        } else if is(&["html", "htm", "shtml", "xhtml"]) {
            Self::Html
        } else if is(&["pdf"]) && holds(&bytes[..bytes.len().min(BEFORE_PDF)], b"%PDF-") {
            Self::Pdf
        } else {
            Self::Text
        }
    }
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|part| part == what)
}

/// The first signs, in small letters, without the zeros that they have in UTF-16, and without marks of a charset.
fn opening(bytes: &[u8]) -> String {
    /// What comes before the first tag is seldom long: a remark of whoever saved the page.
    const MOST: usize = 1024;
    // Texts begin with no `<`, and are not looked at further.
    let begins = bytes.iter().take(8).any(|&byte| byte == b'<')
        || bytes.first().is_some_and(u8::is_ascii_whitespace);
    let most = if begins { MOST } else { 256 };
    let ascii = bytes
        .iter()
        .take(most)
        .filter(|byte| byte.is_ascii() && **byte != 0);
    let text: String = ascii
        .map(|byte| byte.to_ascii_lowercase() as char)
        .collect();
    text.trim_start().to_owned()
}

fn is_page(head: &str) -> bool {
    let mut rest = head;
    loop {
        rest = rest.trim_start();
        if OPENINGS.iter().any(|opening| rest.starts_with(opening)) {
            return true;
        }
        // Remarks and the declaration of XML stand before a page.
        let after = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->").map(|end| end + 3),
            _ if rest.starts_with("<?xml") => rest.find("?>").map(|end| end + 2),
            _ => None,
        };
        match after {
            Some(after) => rest = &rest[after..],
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_before_name() {
        for (bytes, name, want) in [
            ("一、2023年工作回顾", "a.txt", Kind::Text),
            ("一、2023年工作回顾", "a.docx", Kind::Text),
            ("<div>各位代表</div>", "a.txt", Kind::Text),
            ("<div>各位代表</div>", "a.HTM", Kind::Html),
            (
                "\u{feff}\n<!-- saved -->\n<!DOCTYPE HTML>",
                "a.txt",
                Kind::Html,
            ),
            ("<?xml version=\"1.0\"?><html>", "", Kind::Html),
            ("<5%的企业", "a.txt", Kind::Text),
            ("MIME-Version: 1.0\n", "a.doc", Kind::Mht),
            ("From: <Saved>\nMIME-Version: 1.0\n", "a.mht", Kind::Mht),
            ("%PDF-1.7", "a.html", Kind::Pdf),
            ("HTTP/1.1 200\n\n%PDF-1.7", "a.pdf", Kind::Pdf),
            ("{\\rtf1", "a.doc", Kind::Other(OtherKind::Rtf)),
        ] {
            assert_eq!(Kind::of(bytes.as_bytes(), name), want, "{bytes} {name}");
        }
        let wide: Vec<u8> = "<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Kind::of(&wide, ""), Kind::Html);
    }
}
