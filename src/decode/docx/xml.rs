//! The tags of a part, as much of XML as documents have.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Prefix, QName};

use super::super::DecodeError;

/// A tag that opens.
pub(super) struct Tag<'a> {
    start: &'a BytesStart<'a>,
}

/// The name of a tag: what stands before its colon, and the rest.
pub(super) struct Name<'a> {
    pub(super) prefix: &'a str,
    pub(super) local: &'a str,
}

impl<'a> Name<'a> {
    fn of(name: QName<'a>) -> Self {
        Self {
            prefix: name.prefix().map_or("", Prefix::into_inner),
            local: name.local_name().into_inner(),
        }
    }
}

/// What comes next in a part.
pub(super) enum Node<'a> {
    Open(Tag<'a>),
    Close(Name<'a>),
    Text(&'a str),
}

impl Tag<'_> {
    /// The name, without what stands before its colon.
    pub(super) fn name(&self) -> &str {
        Name::of(self.start.name()).local
    }

    /// What stands before its colon.
    pub(super) fn prefix(&self) -> &str {
        Name::of(self.start.name()).prefix
    }

    /// The value of an attribute by its name, without what stands before the colon.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .start
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(match quick_xml::escape::unescape(&found.value) {
            Ok(value) => value.into_owned(),
            Err(_) => found.value.into_owned(),
        })
    }

    /// The value of `w:val`.
    pub(super) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    pub(super) fn number(&self) -> Option<i64> {
        self.value()?.trim().parse().ok()
    }

    /// Whether what the tag names is switched on: it is where it stands, but for a value that takes it back.
    pub(super) fn is_on(&self) -> bool {
        !matches!(
            self.value().as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }
}

/// Hands what is in a part to `take`. Names of entities that a part defines itself stay as they are.
pub(super) fn walk(
    xml: &str,
    mut take: impl FnMut(Node<'_>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let damaged = || DecodeError::Damaged { kind: "XML" };
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut has_any = false;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(start) => {
                has_any = true;
                depth += 1;
                take(Node::Open(Tag { start: &start }))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Node::Close(Name::of(end.name())))?;
            }
            Event::Text(text) => take(Node::Text(&text.xml10_content()))?,
            Event::CData(text) => take(Node::Text(&text.xml10_content()))?,
            Event::GeneralRef(name) => {
                let c = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
                };
                if let Some(text) = c {
                    take(Node::Text(&text))?;
                }
            }
            Event::Eof if has_any && depth > 0 => return Err(damaged()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
