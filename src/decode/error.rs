/// Why a file could not be decoded. Each message says what to do about it, where something can be done.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum DecodeError {
    /// Nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// Plainly a file of another kind.
    #[error("not a text: {}", kind.en())]
    NotText {
        /// Which.
        kind: OtherKind,
    },
    /// Bytes that text does not have.
    #[error("not a text: it holds zero bytes and is not UTF-16")]
    ZeroBytes,
    /// A text in no charset that reports come in, or one that is damaged.
    #[error("not a text: {broken} of {all} characters do not decode")]
    Undecodable {
        /// How many characters are none.
        broken: usize,
        /// How many it would have.
        all: usize,
    },
}

impl DecodeError {
    /// The message in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Empty => "文件是空的".to_owned(),
            Self::NotText { kind } => format!("不是文本文件：{}", kind.zh()),
            Self::ZeroBytes => "不是文本文件：含有零字节，又不是UTF-16编码".to_owned(),
            Self::Undecodable { broken, all } => {
                format!("不是文本文件：{all}个字符中有{broken}个无法解码")
            }
        }
    }
}

/// Kinds of files that are no texts and are known by their first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherKind {
    /// A PDF.
    Pdf,
    /// A ZIP, as office documents are too.
    Zip,
    /// An office document as they were before 2007.
    OldOffice,
    /// A document in Rich Text Format.
    Rtf,
    /// A compressed file.
    Gzip,
    /// A picture.
    Picture,
    /// A SQLite file.
    Database,
}

impl OtherKind {
    /// The kind whose files begin so.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        const BEGINNINGS: [(&[u8], OtherKind); 9] = [
            (b"%PDF", OtherKind::Pdf),
            (b"PK\x03\x04", OtherKind::Zip),
            (b"\xd0\xcf\x11\xe0", OtherKind::OldOffice),
            (b"{\\rtf", OtherKind::Rtf),
            (b"\x1f\x8b", OtherKind::Gzip),
            (b"\x89PNG", OtherKind::Picture),
            (b"\xff\xd8\xff", OtherKind::Picture),
            (b"GIF8", OtherKind::Picture),
            (b"SQLite format 3\0", OtherKind::Database),
        ];
        BEGINNINGS
            .iter()
            .find_map(|(beginning, kind)| bytes.starts_with(beginning).then_some(*kind))
    }

    const fn en(self) -> &'static str {
        match self {
            Self::Pdf => "it is a PDF; save it as text first",
            Self::Zip => "it is a ZIP or an Office document; save it as text first",
            Self::OldOffice => "it is an old Office document; save it as text first",
            Self::Rtf => "it is an RTF document; save it as text first",
            Self::Gzip => "it is a gzip archive; unpack it first",
            Self::Picture => "it is a picture; have its text recognised first",
            Self::Database => "it is a database",
        }
    }

    const fn zh(self) -> &'static str {
        match self {
            Self::Pdf => "这是PDF；请先另存为文本",
            Self::Zip => "这是ZIP或Office文档；请先另存为文本",
            Self::OldOffice => "这是旧版Office文档；请先另存为文本",
            Self::Rtf => "这是RTF文档；请先另存为文本",
            Self::Gzip => "这是gzip压缩文件；请先解压",
            Self::Picture => "这是图片；请先识别其中的文字",
            Self::Database => "这是数据库",
        }
    }
}
