//! PDF.

use std::fmt::Write as _;
use std::io::Write;

use encoding_rs::GB18030;
use zhenzhi::decode::{DecodeError, Format};
use zhenzhi::reading::read;

use super::{lines, same_as_text};

/// The sample as LibreOffice prints it: indented paragraphs, a head and a number on each page.
pub(super) const PRINTED: &[u8] = include_bytes!("../../pages/printed.pdf");

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
pub(super) fn printed(charset: &str, code: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
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
