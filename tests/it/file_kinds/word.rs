//! Documents of Word.

use std::io::{Cursor, Write};

use zhenzhi::decode::{DecodeError, Format, OtherKind};
use zhenzhi::reading::read_named;

use super::{lines, same_as_text};

/// A ZIP of these parts.
fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        archive.start_file(*name, options).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                          xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

const NUMBERING: &str = r#"<w:abstractNum w:abstractNumId="4">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="second"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>"#;

const STYLES: &str = r#"<w:style w:type="paragraph" w:styleId="second"><w:name w:val="heading 2"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="contents"><w:name w:val="toc 1"/></w:style>"#;

/// A Word document of the sample, its headings numbered by Word, with what is not to be read.
pub(super) fn document() -> Vec<u8> {
    let run = |text: &str| {
        let (first, second) =
            text.split_at(text.char_indices().nth(text.chars().count() / 2).unwrap().0);
        format!(
            "<w:r><w:t>{first}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{second}</w:t></w:r>"
        )
    };
    let is_numeral = |c: char| "一二三四五六七八九十".contains(c);
    let mut body = String::from(
        "<w:p><w:pPr><w:pStyle w:val=\"contents\"/></w:pPr><w:r><w:t>一、2023年工作回顾</w:t><w:tab/><w:t>1</w:t></w:r></w:p>",
    );
    for line in lines() {
        let chapter = line
            .split_once('、')
            .filter(|(number, _)| number.chars().all(is_numeral));
        let part = line
            .strip_prefix('（')
            .and_then(|rest| rest.split_once('）'));
        let part = part.filter(|(number, _)| number.chars().all(is_numeral));
        body.push_str(&match (chapter, part) {
            (Some((_, text)), _) => format!(
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>{}</w:p>",
                run(text)
            ),
            (_, Some((_, text))) => format!("<w:p><w:pPr><w:pStyle w:val=\"second\"/></w:pPr>{}</w:p>", run(text)),
            _ => format!("<w:p>{}</w:p>", run(line)),
        });
        body.push_str("<w:p/>");
    }
    body.push_str(
        "<w:p><w:del><w:r><w:delText>税收收入6.66亿元。</w:delText><w:t>税收收入6.66亿元。</w:t></w:r></w:del>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>财政收入5.55亿元。</w:t></w:r><w:r><w:instrText>PAGE 444</w:instrText></w:r></w:p>\
         <w:sectPr><w:headerReference/></w:sectPr>",
    );
    let part = |root: &str, inner: &str| {
        format!("<?xml version=\"1.0\"?><w:{root} {NAMESPACES}>{inner}</w:{root}>")
    };
    zip(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "word/document.xml",
            &part("document", &format!("<w:body>{body}</w:body>")),
        ),
        ("word/styles.xml", &part("styles", STYLES)),
        ("word/numbering.xml", &part("numbering", NUMBERING)),
        (
            "word/header1.xml",
            &part("hdr", "<w:p><w:r><w:t>税收收入3.33亿元。</w:t></w:r></w:p>"),
        ),
    ])
}

#[test]
fn a_word_document() {
    let reading = same_as_text(&document(), "report.docx", Format::Docx);
    for out in ["6.66", "5.55", "444", "3.33"] {
        assert!(!reading.source.text.contains(out), "{out}");
    }
    assert!(reading.source.text.contains("\n二、存在的问题\n"));
    assert_eq!(reading.source.text.matches("2023年工作回顾").count(), 1);
}

fn document_of(body: &str, notes: &str) -> String {
    let document = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let notes = format!("<w:footnotes {NAMESPACES}>{notes}</w:footnotes>");
    let bytes = zip(&[
        ("word/document.xml", &document),
        ("word/footnotes.xml", &notes),
    ]);
    read_named(&bytes, "a.docx").unwrap().source.text
}

#[test]
fn tables_boxes_and_notes_of_word() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let text = document_of(
        &format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{}</w:tr><w:tr>{}</w:tr></w:tbl>",
            cell("指标"),
            cell("128.6亿元"),
            cell("删去的行"),
            format_args!(
                "<w:tc>{}{}</w:tc>{}",
                paragraph("两段"),
                paragraph("在一格"),
                cell("旁边")
            ),
        ),
        "",
    );
    assert_eq!(text, "指标\t128.6亿元\n两段\n在一格\n旁边\n");
    let text = document_of(
        &format!(
            "<w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>\
             <mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>\
             <w:r><w:t>后&amp;&#x4E00;</w:t><w:br/><w:t>次行</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
             <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>一段</w:t></w:r></w:p>{1}",
            paragraph("框中"),
            paragraph("合成"),
        ),
        &format!(
            "<w:footnote w:id=\"0\" w:type=\"separator\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>",
            paragraph("线"),
            paragraph("注一")
        ),
    );
    assert_eq!(text, "框中\n前后&一\n次行\n一段合成\n注一\n");
}

#[test]
fn documents_that_are_not_read_say_why() {
    let fails = |bytes: &[u8]| read_named(bytes, "a.docx").err();
    let other = |kind| Some(DecodeError::NotText { kind });
    assert_eq!(
        fails(&zip(&[("xl/workbook.xml", "<workbook/>")])),
        other(OtherKind::Workbook)
    );
    assert_eq!(fails(&zip(&[("OFD.xml", "<OFD/>")])), other(OtherKind::Ofd));
    assert_eq!(fails(&zip(&[("a.txt", "")])), other(OtherKind::Zip));
    assert_eq!(
        fails(&zip(&[("word/document.xml", "<w:document><w:p>")])),
        Some(DecodeError::Damaged { kind: "XML" })
    );
    assert_eq!(
        fails(&zip(&[(
            "word/document.xml",
            "<w:document><w:p/></w:document>"
        )])),
        Some(DecodeError::NoText)
    );
    let deep = format!(
        "<w:document>{}{}</w:document>",
        "<w:p>".repeat(5000),
        "</w:p>".repeat(5000)
    );
    assert_eq!(
        fails(&zip(&[("word/document.xml", &deep)])),
        Some(DecodeError::TooDeep)
    );
    let bomb = format!(
        "<w:document><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:document>",
        "零".repeat(10_000_000)
    );
    assert_eq!(
        fails(&zip(&[("word/document.xml", &bomb)])),
        Some(DecodeError::TooLarge)
    );
    let entities = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><w:document><w:p><w:r><w:t>&c;镇</w:t></w:r></w:p></w:document>";
    assert_eq!(
        read_named(&zip(&[("word/document.xml", entities)]), "")
            .unwrap()
            .source
            .text,
        "镇\n"
    );
    assert_eq!(
        fails(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        other(OtherKind::OldOffice)
    );
    let name = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes);
    let locked: Vec<u8> = b"\xd0\xcf\x11\xe0".iter().copied().chain(name).collect();
    assert_eq!(fails(&locked), Some(DecodeError::Encrypted));
}

#[test]
fn ends_of_paragraphs_that_were_deleted() {
    let open = |text: &str| {
        format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let text = document_of(
        &format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>{}",
            open("格中"),
            open("文末")
        ),
        &format!("<w:footnote w:id=\"2\">{}</w:footnote>", open("注末")),
    );
    assert_eq!(text, "格中\n文末\n注末\n");
}

#[test]
fn numbers_of_word_that_never_end() {
    let body = "<w:p><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:r><w:t>镇</w:t></w:r></w:p>";
    let document = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let numbering = NUMBERING.replacen("%1、", &"第".repeat(5000), 1);
    let numbering = format!("<w:numbering {NAMESPACES}>{numbering}</w:numbering>");
    let bytes = zip(&[
        ("word/document.xml", &document),
        ("word/numbering.xml", &numbering),
    ]);
    let text = read_named(&bytes, "a.docx").unwrap().source.text;
    assert_eq!(text, format!("{}镇\n", "第".repeat(64)));
}
