//! What the codes of a font mean, and how wide they are.

use std::collections::HashMap;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::budget::Budget;
use super::signs::{named, unify};

/// A font of a page.
pub(super) struct Font {
    kind: Kind,
    /// What the file says that its codes mean.
    meanings: Option<CMap>,
    /// From thousandths, or what a font of drawings has in their place.
    scale: f64,
}

enum Kind {
    /// One byte a sign.
    Simple {
        signs: HashMap<u32, String>,
        widths: HashMap<u32, f64>,
        missing: f64,
        /// Whether a code that nothing is said of is a letter.
        is_latin: bool,
    },
    /// Some bytes a sign, by a charset of fonts.
    Composite {
        codes: Box<CMap>,
        /// What a sign of the charset is.
        family: Option<Box<CMap>>,
        widths: HashMap<u32, f64>,
        missing: f64,
        is_vertical: bool,
        /// Whether the codes are UTF-16 themselves.
        is_unicode: bool,
    },
}

/// A sign of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sign {
    /// `None` where nobody says what it is.
    pub(super) text: Option<String>,
    /// Of a line's height.
    pub(super) advance: f64,
    /// Whether it is the one blank that stretches with words.
    pub(super) is_blank: bool,
}

impl Font {
    pub(super) fn read(dict: &Dict<'_>, budget: &mut Budget) -> Option<Self> {
        if !budget.font() {
            return None;
        }
        let meanings = dict
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| parsed(&stream, budget));
        let is_composite = dict
            .get::<Name<'_>>("Subtype")
            .is_some_and(|name| name.as_str() == "Type0");
        let kind = if is_composite {
            composite(dict, budget)?
        } else {
            simple(dict)
        };
        let matrix = dict
            .get::<Array<'_>>("FontMatrix")
            .and_then(|array| array.iter::<f64>().next());
        Some(Self {
            kind,
            meanings,
            scale: matrix
                .filter(|scale| scale.is_finite() && *scale > 0.0)
                .unwrap_or(0.001),
        })
    }

    pub(super) fn is_vertical(&self) -> bool {
        matches!(
            self.kind,
            Kind::Composite {
                is_vertical: true,
                ..
            }
        )
    }

    /// The signs of a string.
    pub(super) fn signs(&self, bytes: &[u8], mut take: impl FnMut(Sign)) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let (code, length) = self.code(rest);
            rest = &rest[length..];
            let (text, width) = match &self.kind {
                Kind::Simple {
                    signs,
                    widths,
                    missing,
                    is_latin,
                } => {
                    let text = self
                        .meaning(code)
                        .or_else(|| signs.get(&code).cloned())
                        .or_else(|| {
                            let letter =
                                char::from_u32(code).filter(|c| c.is_ascii_graphic() || *c == ' ');
                            letter.filter(|_| *is_latin).map(String::from)
                        });
                    (text, widths.get(&code).copied().unwrap_or(*missing))
                }
                Kind::Composite {
                    codes,
                    family,
                    widths,
                    missing,
                    is_vertical,
                    is_unicode,
                } => {
                    let cid = codes.lookup_cid_code(code, length as u8).unwrap_or(0);
                    let text = self.meaning(code).or_else(|| match is_unicode {
                        true => utf16(code),
                        false => text_of(family.as_ref()?, cid),
                    });
                    let width = if *is_vertical {
                        1000.0
                    } else {
                        widths.get(&cid).copied().unwrap_or(*missing)
                    };
                    (text, width)
                }
            };
            take(Sign {
                text,
                advance: width * self.scale,
                is_blank: length == 1 && code == 32,
            });
        }
    }

    /// The next code and how many bytes it has.
    fn code(&self, bytes: &[u8]) -> (u32, usize) {
        let Kind::Composite { codes, .. } = &self.kind else {
            return (u32::from(bytes[0]), 1);
        };
        let mut code = 0;
        for (at, &byte) in bytes.iter().take(4).enumerate() {
            code = code << 8 | u32::from(byte);
            if codes.lookup_cid_code(code, at as u8 + 1).is_some() {
                return (code, at + 1);
            }
        }
        // What is in no range of the charset has as many bytes as its other signs.
        let wide = bytes.len().min(2);
        (
            bytes[..wide]
                .iter()
                .fold(0, |code, &byte| code << 8 | u32::from(byte)),
            wide,
        )
    }

    fn meaning(&self, code: u32) -> Option<String> {
        text_of(self.meanings.as_ref()?, code)
    }
}

fn text_of(map: &CMap, code: u32) -> Option<String> {
    /// Signs that are drawn as one are hardly more.
    const LONGEST: usize = 16;
    match map.lookup_bf_string(code)? {
        BfString::Char(c) => seen(c.encode_utf8(&mut [0; 4])),
        BfString::String(text) if text.chars().nth(LONGEST).is_some() => None,
        BfString::String(text) => seen(&text),
    }
}

/// A code of one unit, or of two.
fn utf16(code: u32) -> Option<String> {
    let units = [(code >> 16) as u16, code as u16];
    seen(&String::from_utf16(if units[0] == 0 { &units[1..] } else { &units }).ok()?)
}

/// A text as people write it, if all of it is to be seen.
fn seen(text: &str) -> Option<String> {
    let is_seen =
        |c: char| !c.is_control() && c != '\u{fffd}' && !('\u{e000}'..='\u{f8ff}').contains(&c);
    let mut unified = String::with_capacity(text.len());
    text.chars().for_each(|c| unify(c, &mut unified));
    text.chars().all(is_seen).then_some(unified)
}

fn parsed(stream: &Stream<'_>, budget: &mut Budget) -> Option<CMap> {
    CMap::parse(&budget.unpacked(stream)?, load_embedded)
}

fn embedded(name: CMapName<'_>) -> Option<CMap> {
    CMap::parse(load_embedded(name)?, load_embedded)
}

fn composite(dict: &Dict<'_>, budget: &mut Budget) -> Option<Kind> {
    let encoding = dict.get::<Object<'_>>("Encoding")?;
    let is_unicode = matches!(&encoding, Object::Name(name) if is_unicode(name.as_str()));
    let codes = match encoding {
        Object::Name(name) => match CMapName::from_bytes(&name) {
            CMapName::IdentityH => CMap::identity_h(),
            CMapName::IdentityV => CMap::identity_v(),
            name => embedded(name)?,
        },
        Object::Stream(stream) => parsed(&stream, budget)?,
        _ => return None,
    };
    let inner = dict
        .get::<Array<'_>>("DescendantFonts")?
        .iter::<Dict<'_>>()
        .next()?;
    let stated = || {
        let info = inner.get::<Dict<'_>>("CIDSystemInfo")?;
        let text = |key: &str| {
            info.get::<hayro_syntax::object::String<'_>>(key)
                .map(|text| text.to_vec())
        };
        Some(CidFamily::from_registry_ordering(
            &text("Registry")?,
            &text("Ordering")?,
        ))
    };
    let of_codes = codes
        .metadata()
        .character_collection
        .as_ref()
        .map(|collection| collection.family.clone());
    let family = of_codes
        .filter(|family| *family != CidFamily::AdobeIdentity)
        .or_else(stated);
    Some(Kind::Composite {
        is_vertical: codes.metadata().writing_mode == Some(WritingMode::Vertical),
        is_unicode,
        family: family
            .and_then(|family| family.ucs2_cmap())
            .and_then(embedded)
            .map(Box::new),
        codes: Box::new(codes),
        widths: inner
            .get::<Array<'_>>("W")
            .map(|array| widths_of_ranges(&array))
            .unwrap_or_default(),
        missing: inner.get::<f64>("DW").unwrap_or(1000.0),
    })
}

/// `UniGB-UCS2-H`, `UniJIS-UTF16-V`.
fn is_unicode(charset: &str) -> bool {
    charset.starts_with("Uni") && (charset.contains("-UCS2-") || charset.contains("-UTF16-"))
}

/// `1 [500 600] 10 20 1000`: from 1 on one by one, from 10 to 20 alike.
fn widths_of_ranges(array: &Array<'_>) -> HashMap<u32, f64> {
    /// More than a font can have.
    const MOST: u32 = 0x1_0000;
    /// Ranges may say the same again and again; no font has so many.
    const MOST_SAID: usize = 200_000;
    let mut left = MOST_SAID;
    let mut widths = HashMap::new();
    let mut held: Vec<f64> = Vec::new();
    for object in array.iter::<Object<'_>>() {
        match object {
            Object::Number(number) => held.push(number.as_f64()),
            Object::Array(each) => {
                if let Some(first) = held.pop() {
                    let codes = first as u32..MOST;
                    let each = codes.zip(each.iter::<f64>()).take(left);
                    widths.extend(each.inspect(|_| left -= 1));
                }
                held.clear();
            }
            _ => held.clear(),
        }
        if let [first, last, width] = held[..] {
            let codes = first as u32..(last as u32).saturating_add(1).min(MOST);
            let codes = codes.take(left).inspect(|_| left -= 1);
            widths.extend(codes.map(|code| (code, width)));
            held.clear();
        }
    }
    widths
}

fn simple(dict: &Dict<'_>) -> Kind {
    let descriptor = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let first = dict.get::<f64>("FirstChar").unwrap_or(0.0) as u32;
    let widths = dict.get::<Array<'_>>("Widths").map(|array| {
        let codes = (first..).take(256);
        codes.zip(array.iter::<f64>()).collect()
    });
    let mut signs = HashMap::new();
    let encoding = dict.get::<Object<'_>>("Encoding");
    let differences = match &encoding {
        Some(Object::Dict(encoding)) => encoding.get::<Array<'_>>("Differences"),
        _ => None,
    };
    let mut code = 0_u32;
    for object in differences
        .iter()
        .flat_map(hayro_syntax::object::Array::iter::<Object<'_>>)
        .take(1024)
    {
        match object {
            Object::Number(number) => code = number.as_i64() as u32,
            Object::Name(name) => {
                signs.extend(named(name.as_str()).map(|text| (code, text)));
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    // A font that names its signs, or that the file brings with it without a word, may put anything anywhere.
    let is_symbolic = descriptor
        .get::<f64>("Flags")
        .is_some_and(|flags| flags as u32 & 4 != 0);
    Kind::Simple {
        is_latin: matches!(encoding, Some(Object::Name(_))) || !is_symbolic,
        signs,
        widths: widths.unwrap_or_default(),
        missing: descriptor
            .get::<f64>("MissingWidth")
            .filter(|width| *width > 0.0)
            .unwrap_or(500.0),
    }
}
