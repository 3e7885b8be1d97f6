//! Pages of the web.

use encoding_rs::GB18030;
use zhenzhi::decode::{DecodeError, Format};
use zhenzhi::reading::read;

use super::{paragraphs, same_as_text};

pub(super) const MODERN: &str = include_str!("../../pages/modern.html");
const TABLE: &str = include_str!("../../pages/table.htm");
const WORD: &str = include_str!("../../pages/word.html");

#[test]
fn a_page_of_today() {
    let report = paragraphs(|line| {
        format!("<p style=\"text-align: justify;\"><span>&#12288;&#12288;{line}</span></p>\n")
    });
    let page = MODERN.replace("{{REPORT}}", &report);
    let reading = same_as_text(page.as_bytes(), "t1.html", Format::Html);
    let session = &reading.reports[0].document.session;
    assert_eq!(session.title.as_deref(), Some("云塘镇2023年政府工作报告"));
    for around in [
        "9.99",
        "8.88",
        "7.77",
        "9999",
        "ICP",
        "1356次",
        "上一篇",
        "您现在的位置",
        "分享",
    ] {
        assert!(!reading.source.text.contains(around), "{around}");
    }
}

#[test]
fn a_page_set_in_tables() {
    let report = paragraphs(|line| format!("&nbsp;&nbsp;&nbsp;&nbsp;{line}<BR><BR>\r\n"));
    let page = TABLE.replace("{{REPORT_BR}}", &report);
    let reading = same_as_text(&GB18030.encode(&page).0, "read.htm", Format::Html);
    assert_eq!(reading.source.encoding, "gb18030");
    for around in [
        "3亿元，同比增长33",
        "招商引资到位",
        "2306",
        "99亿元",
        "98765",
        "站内搜索",
    ] {
        assert!(!reading.source.text.contains(around), "{around}");
    }
}

/// A paragraph as Word writes it into a page: numbers in a span of their own, the source broken anywhere.
fn of_word(line: &str) -> String {
    let mut inner = String::new();
    let mut in_number = false;
    for c in line.chars() {
        if c.is_ascii_digit() != in_number {
            in_number = !in_number;
            inner.push_str(if in_number {
                "<span\nlang=EN-US>"
            } else {
                "</span>"
            });
        }
        inner.push(c);
        if c == '，' {
            inner.push_str("\r\n");
        }
    }
    if in_number {
        inner.push_str("</span>");
    }
    format!(
        "<p class=MsoNormal style='text-indent:32.0pt'>{inner}<span lang=EN-US><o:p></o:p></span></p>\r\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n"
    )
}

#[test]
fn a_page_from_word() {
    let page = WORD.replace("{{REPORT_WORD}}", &paragraphs(of_word));
    let reading = same_as_text(page.as_bytes(), "report.doc", Format::Html);
    for around in ["5.55", "索引号", "0572", "1024", "9999", "附件"] {
        assert!(!reading.source.text.contains(around), "{around}");
    }
}

#[test]
fn a_page_in_one_file() {
    let page = MODERN.replace("{{REPORT}}", &paragraphs(|line| format!("<p>{line}</p>")));
    let mut body = String::new();
    for (at, byte) in page.bytes().enumerate() {
        body.push_str(&if byte == b'=' || !byte.is_ascii() {
            format!("={byte:02X}")
        } else {
            (byte as char).to_string()
        });
        if at % 60 == 59 && byte != b'\n' {
            body.push_str("=\r\n");
        }
    }
    let mail = format!(
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----part\"\r\n\r\n\
         ------part\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n------part--\r\n"
    );
    same_as_text(mail.as_bytes(), "report.mht", Format::Html);
}

#[test]
fn a_page_without_text() {
    let script = "<!DOCTYPE html><html><head><title>政府工作报告</title><script>load('全年税收3亿元')</script></head><body><div id=app></div></body></html>";
    let empty = "<html><body><div></div></body></html>";
    assert_eq!(read(empty.as_bytes()).err(), Some(DecodeError::EmptyPage));
    // Its title is all that it has.
    assert!(
        read(script.as_bytes()).is_ok_and(|reading| reading.source.text.trim() == "政府工作报告")
    );
}
