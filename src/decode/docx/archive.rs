//! The ZIP of a document, and how much may come out of it.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::{DecodeError, OtherKind};
use super::xml::{Node, walk};

/// So many bytes come out of one part at most: a hundred times the longest report.
const LARGEST: u64 = 64 << 20;
/// What comes out of a part is seldom twenty times what is in the file. More than this is no text, once it is large.
const DENSEST: u64 = 200;
const LARGE: u64 = 4 << 20;

pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The folder of the document's parts, with `/`.
    folder: String,
}

/// What else is handed around as a ZIP, by a file in it.
const OTHERS: [(&str, OtherKind); 4] = [
    ("OFD.xml", OtherKind::Ofd),
    ("content.xml", OtherKind::OpenDocument),
    ("xl/workbook.xml", OtherKind::Workbook),
    ("ppt/presentation.xml", OtherKind::Slides),
];

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| DecodeError::Damaged { kind: "ZIP" })?;
        Ok(Self {
            zip,
            folder: "word/".to_owned(),
        })
    }

    /// The document itself; the parts beside it are found from then on.
    pub(super) fn document(&mut self) -> Result<String, DecodeError> {
        if let Some(name) = self.named_document()?
            && let Some(document) = self.file(&name)?
        {
            self.folder = name
                .rsplit_once('/')
                .map_or(String::new(), |(folder, _)| format!("{folder}/"));
            return Ok(document);
        }
        if let Some(document) = self.part("document.xml")? {
            return Ok(document);
        }
        let is_there = |name: &str| self.zip.index_for_name(name).is_some();
        let kind = OTHERS
            .iter()
            .find(|(name, _)| is_there(name))
            .map_or(OtherKind::Zip, |(_, kind)| *kind);
        Err(DecodeError::NotText { kind })
    }

    /// The name under which the package says that its document is.
    fn named_document(&mut self) -> Result<Option<String>, DecodeError> {
        let mut found = None;
        if let Some(relations) = self.file("_rels/.rels")? {
            walk(&relations, |node| {
                if let Node::Open(tag) = node
                    && tag
                        .attribute("Type")
                        .is_some_and(|kind| kind.ends_with("/officeDocument"))
                {
                    found = tag.attribute("Target");
                }
                Ok(())
            })?;
        }
        let word = found.map(|name| name.trim_start_matches('/').to_owned());
        // A workbook names its own so as well.
        Ok(word.filter(|name| name.starts_with("word/")))
    }

    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, DecodeError> {
        let name = format!("{}{name}", self.folder);
        self.file(&name)
    }

    fn file(&mut self, name: &str) -> Result<Option<String>, DecodeError> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(DecodeError::Encrypted);
            }
            Err(_) => return Err(DecodeError::Damaged { kind: "ZIP" }),
        };
        let packed = file.compressed_size().max(1);
        let mut bytes = Vec::new();
        let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        if length > LARGEST || (length > LARGE && length / packed > DENSEST) {
            return Err(DecodeError::TooLarge);
        }
        read.map_err(|_| DecodeError::Damaged { kind: "ZIP" })?;
        Ok(Some(super::super::charset::xml(&bytes)))
    }
}
