//! Web pages, Word documents and PDF say what the text says that is in them.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use encoding_rs::GB18030;
use zhenzhi::decode::{DecodeError, Format, OtherKind};
use zhenzhi::fact::{Metric, Span, Task};
use zhenzhi::reading::{Reading, read, read_named};

const SAMPLE: &str = include_str!("../../samples/云塘镇-2023.txt");
const MODERN: &str = include_str!("../pages/modern.html");
const TABLE: &str = include_str!("../pages/table.htm");
const WORD: &str = include_str!("../pages/word.html");
/// The sample as LibreOffice prints it: indented paragraphs, a head and a number on each page.
const PRINTED: &[u8] = include_bytes!("../pages/printed.pdf");

fn lines() -> impl Iterator<Item = &'static str> {
    SAMPLE.lines().filter(|line| !line.trim().is_empty())
}

/// What a file says, without where in it.
fn said(reading: &Reading) -> (Vec<String>, Vec<Metric>, Vec<Task>) {
    let (mut frame, mut metrics, mut tasks) = (Vec::new(), Vec::new(), Vec::new());
    for report in &reading.reports {
        let session = &report.document.session;
        frame.push(format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            session.place,
            session.congress,
            session.meeting,
            session.held_on,
            session.speaker,
            session.speaker_title,
            session.review_year,
            session.plan_year
        ));
        let sections = report.document.sections.iter();
        frame
            .extend(sections.map(|section| {
                format!("{} {:?} {:?}", section.level, section.kind, section.title)
            }));
        metrics.extend(report.facts.metrics.iter().cloned().map(|metric| Metric {
            span: Span::new(0, 0),
            ..metric
        }));
        tasks.extend(report.facts.tasks.iter().cloned().map(|task| Task {
            span: Span::new(0, 0),
            ..task
        }));
    }
    (frame, metrics, tasks)
}

#[track_caller]
fn same_as_text(bytes: &[u8], name: &str, format: Format) -> Reading {
    let reading = read_named(bytes, name).unwrap();
    assert_eq!(reading.source.format, format);
    let text = said(&read(SAMPLE.as_bytes()).unwrap());
    assert!(
        text.1.len() > 50 && text.2.len() > 10,
        "the sample says little"
    );
    let (frame, metrics, tasks) = said(&reading);
    assert_eq!(frame, text.0);
    assert_eq!(metrics, text.1);
    assert_eq!(tasks, text.2);
    reading
}

fn paragraphs(wrap: impl Fn(&str) -> String) -> String {
    lines().map(wrap).collect()
}

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
fn document() -> Vec<u8> {
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

/// A PDF of these objects, the first of which is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(
        format!(
            "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    bytes
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    [
        format!("<<{dict}/Length {}>>stream\n", data.len()).as_bytes(),
        data,
        b"\nendstream",
    ]
    .concat()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02X}");
        hex
    })
}

/// The sample as programs of Chinese offices print it: a font that is not in the file, its signs in `charset`.
fn printed(charset: &str, code: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let mut pages = vec![String::new()];
    let mut y = 780;
    for (number, line) in lines().enumerate() {
        let mut rest: Vec<char> = line.chars().collect();
        let mut x = if number < 3 { 150 } else { 100 };
        while !rest.is_empty() {
            let mut width = x;
            let fits = rest.iter().take_while(|c| {
                width += if c.is_ascii() { 7 } else { 14 };
                width <= 520
            });
            let next = rest.split_off(fits.count());
            let hex = hex(&code(&rest.iter().collect::<String>()));
            let page = pages.last_mut().unwrap();
            page.push_str(&format!("BT /F1 14 Tf {x} {y} Td <{hex}> Tj ET\n"));
            (rest, x, y) = (next, 72, y - 24);
            if y < 80 {
                pages.push(String::new());
                y = 780;
            }
        }
    }
    let kids: Vec<String> = (0..pages.len())
        .map(|page| format!("{} 0 R", 5 + page * 2))
        .collect();
    let kids = kids.join(" ");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {}/Kids[{kids}]/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>", pages.len()).into_bytes(),
        format!("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{charset}/DescendantFonts[4 0 R]>>").into_bytes(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1[500]2 95 500 814 939 500]/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>".to_vec(),
    ];
    for (number, mut page) in pages.into_iter().enumerate() {
        let hex = hex(&code(&format!("- {} -", number + 1)));
        page.push_str(&format!("BT /F1 10 Tf 290 40 Td <{hex}> Tj ET\n"));
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/Contents {} 0 R>>",
                objects.len() + 2
            )
            .into_bytes(),
        );
        objects.push(stream("", page.as_bytes()));
    }
    pdf(&objects)
}

#[test]
fn pdf_whose_fonts_are_not_in_it() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    same_as_text(&printed("UniGB-UCS2-H", wide), "report.pdf", Format::Pdf);
    let gbk = |text: &str| GB18030.encode(text).0.into_owned();
    same_as_text(&printed("GBK-EUC-H", gbk), "report.pdf", Format::Pdf);
}

#[test]
fn pdf_whose_fonts_say_what_they_show() {
    let reading = same_as_text(PRINTED, "printed.pdf", Format::Pdf);
    // Whole paragraphs, as their author wrote them, and nothing of the edges of pages.
    assert!(
        reading
            .source
            .text
            .lines()
            .any(|line| line.trim() == lines().nth(6).unwrap())
    );
    assert!(!reading.source.text.contains("— 2 —"));
}

#[test]
fn what_is_written_large_across_a_page() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex = |text: &str| {
        let bytes: Vec<u8> = wide(text);
        hex(&bytes)
    };
    let content = format!(
        "BT /F1 12 Tf 72 700 Td <{}> Tj 0 -14 Td <{}> Tj ET BT /F1 60 Tf 300 702 Td <{}> Tj ET",
        hex("全镇税收收入三亿元，同比增长百分之六。"),
        hex("全镇财政收入五亿元，同比增长百分之七。"),
        hex("云塘镇")
    );
    let text = read(&pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_vec(),
        stream("", content.as_bytes()),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/A/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>>".to_vec(),
    ]))
    .unwrap()
    .source
    .text;
    for line in [
        "全镇税收收入三亿元，同比增长百分之六。",
        "全镇财政收入五亿元，同比增长百分之七。",
    ] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn pdf_that_are_not_read_say_why() {
    let page = |content: Vec<u8>| {
        pdf(&[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>".to_vec(),
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>/Font<</F 5 0 R>>>>>>".to_vec(),
            content,
            b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>".to_vec(),
        ])
    };
    let fails = |bytes: &[u8]| read(bytes).err();
    let picture = page(stream("", b"q 595 0 0 842 0 0 cm /X Do Q"));
    assert_eq!(fails(&picture), Some(DecodeError::NoTextLayer { pages: 1 }));
    // A drawing that draws itself.
    let ring = page(stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]",
        b"/X Do /X Do /X Do",
    ));
    assert_eq!(fails(&ring), Some(DecodeError::NoTextLayer { pages: 1 }));
    let unknown = page(stream(
        "",
        format!("BT /F 9 Tf <{}> Tj ET", "0102".repeat(40)).as_bytes(),
    ));
    assert_eq!(
        fails(&unknown),
        Some(DecodeError::UnknownCharacters {
            unknown: 40,
            all: 40
        })
    );
    assert_eq!(
        fails(b"%PDF-1.7\nnothing"),
        Some(DecodeError::Damaged { kind: "PDF" })
    );
    // Each twice packed, and one that unpacks to more than a hundred megabytes.
    let twice = page(stream("/Filter[/FlateDecode/F#6cateDecode]", b""));
    assert_eq!(fails(&twice), Some(DecodeError::Packed));
    let behind = page(stream(
        "/Filter[/ASCIIHexDecode/FlateDecode]",
        &b"78".repeat(40_000),
    ));
    assert_eq!(fails(&behind), Some(DecodeError::Packed));
    let wide = page(stream(
        "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 99999999>>",
        b"",
    ));
    assert_eq!(fails(&wide), Some(DecodeError::TooLarge));
    let many = page(stream("", &b" stream\n".repeat(100_001)));
    assert_eq!(fails(&many), Some(DecodeError::Packed));
    // Letters in its dictionary are no object, and a name may begin as that of a way to pack.
    let named = page(stream("/A(obj)/Flags 1/Filter/Fl", b""));
    assert_eq!(fails(&named), Some(DecodeError::NoTextLayer { pages: 1 }));
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    (0..140).for_each(|_| packed.write_all(&vec![b' '; 1 << 20]).unwrap());
    let packed = packed.finish().unwrap();
    let bomb = page(stream("/Filter/FlateDecode", &packed));
    assert_eq!(fails(&bomb), Some(DecodeError::TooLarge));
    let hidden = page(stream("/Filter/FlateDecode/A(obj)", &packed[2..]));
    assert_eq!(fails(&hidden), Some(DecodeError::TooLarge));
}

/// Each file cut off and changed at places that a fixed row of numbers gives: it is read or refused, and nothing breaks.
#[test]
fn damaged_files_break_nothing() {
    let page = MODERN.replace("{{REPORT}}", &paragraphs(|line| format!("<p>{line}</p>")));
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let unpacked = printed("UniGB-UCS2-H", wide);
    let files = [page.into_bytes(), document(), PRINTED.to_vec(), unpacked];
    let mut state = 88172645463325252_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize % below
    };
    for file in files {
        for round in 0..9 {
            let mut bytes = file.clone();
            if round % 3 == 0 {
                bytes.truncate(next(file.len()));
            } else {
                (0..=next(20)).for_each(|_| bytes[next(file.len())] = next(256) as u8);
            }
            // A text is decoded only; what is made of it is the same whatever it came in.
            let _ = zhenzhi::decode::decode_named(&bytes, "a");
        }
    }
}
