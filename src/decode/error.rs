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
    /// A web page without a text of its own.
    #[error(
        "the page has no text in it; if a browser shows one, copy it from there into a .txt file"
    )]
    EmptyPage,
    /// A document without text.
    #[error(
        "the document has no text in it; if it shows pictures of pages, have their text recognised first"
    )]
    NoText,
    /// A PDF of pictures.
    #[error("the PDF has no text layer: its {} are pictures; have their text recognised (OCR) first", count_of(*pages))]
    NoTextLayer {
        /// How many pages it has.
        pages: usize,
    },
    /// A PDF whose fonts do not say what they show.
    #[error(
        "the fonts of the PDF do not say which characters they show ({unknown} of {all}); have its text recognised (OCR) first, or save the original as text"
    )]
    UnknownCharacters {
        /// How many are not known.
        unknown: usize,
        /// How many there are.
        all: usize,
    },
    /// A password is needed.
    #[error("it is locked with a password; save it without one first")]
    Encrypted,
    /// A part of it is not as it should be.
    #[error("it is damaged: its {kind} cannot be read; get the file again, or save it anew")]
    Damaged {
        /// What is damaged: ZIP, XML, PDF.
        kind: &'static str,
    },
    /// Its parts are packed so that it is not known beforehand how large they are.
    #[error("it is packed in a way that is not read; print it to a new PDF")]
    Packed,
    /// It unpacks to more than any report has.
    #[error("it unpacks to far more than a report has, so it is not read; save its text as .txt")]
    TooLarge,
    /// Its parts lie in each other without an end.
    #[error(
        "its parts lie in each other deeper than in any report, so it is not read; save its text as .txt"
    )]
    TooDeep,
    /// Bytes that text does not have.
    #[error(
        "not a text: it holds zero bytes and is not UTF-16; save it as text in UTF-8, or get it again"
    )]
    ZeroBytes,
    /// A text in no charset that reports come in, or one that is damaged.
    #[error(
        "not a text: {broken} of {all} characters do not decode; save it as text in UTF-8, or get it again"
    )]
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
            Self::EmptyPage => "网页中没有正文；如浏览器中能看到，请复制后存为.txt文件".to_owned(),
            Self::NoText => "文档中没有文字；如为页面图片，请先识别其中的文字".to_owned(),
            Self::NoTextLayer { pages } => {
                format!("PDF没有文字层：{pages}页都是图片；请先识别其中的文字（OCR）")
            }
            Self::UnknownCharacters { unknown, all } => {
                format!(
                    "PDF的字体没有说明显示的是什么字（{all}个中有{unknown}个）；请先识别文字（OCR），或将原文另存为文本"
                )
            }
            Self::Encrypted => "文件有密码保护；请先另存为没有密码的文件".to_owned(),
            Self::Damaged { kind } => format!("文件已损坏：{kind}无法读取；请重新获取或另存该文件"),
            Self::Packed => "压缩方式未予支持；请打印为新的PDF".to_owned(),
            Self::TooLarge => "解压后远大于一份报告，未予读取；请将正文另存为.txt".to_owned(),
            Self::TooDeep => "内部嵌套远深于一份报告，未予读取；请将正文另存为.txt".to_owned(),
            Self::ZeroBytes => {
                "不是文本文件：含有零字节，又不是UTF-16编码；请另存为UTF-8编码的文本，或重新获取"
                    .to_owned()
            }
            Self::Undecodable { broken, all } => {
                format!(
                    "不是文本文件：{all}个字符中有{broken}个无法解码；请另存为UTF-8编码的文本，或重新获取"
                )
            }
        }
    }
}

fn count_of(count: usize) -> String {
    format!("{count} page{}", if count == 1 { "" } else { "s" })
}

/// Kinds of files that are known and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherKind {
    /// A ZIP.
    Zip,
    /// A document in the Chinese format for fixed pages.
    Ofd,
    /// A document of OpenOffice or LibreOffice.
    OpenDocument,
    /// A workbook.
    Workbook,
    /// Slides.
    Slides,
    /// An office document as they were before 2007.
    OldOffice,
    /// A document in Rich Text Format.
    Rtf,
    /// A compressed file.
    Gzip,
    /// Another archive.
    Archive,
    /// A picture.
    Picture,
    /// A SQLite file.
    Database,
}

impl OtherKind {
    const fn en(self) -> &'static str {
        match self {
            Self::Zip => "it is a ZIP without a Word document; unpack it first",
            Self::Ofd => "it is an OFD; save it as PDF or as text first",
            Self::OpenDocument => "it is an OpenDocument file; save it as .docx or as text first",
            Self::Workbook => "it is a workbook; save the report in it as text first",
            Self::Slides => "these are slides; save the report in them as text first",
            Self::OldOffice => "it is an old Office document; save it as .docx or as text first",
            Self::Rtf => "it is an RTF document; save it as .docx or as text first",
            Self::Gzip => "it is a gzip archive; unpack it first",
            Self::Archive => "it is an archive; unpack it first",
            Self::Picture => "it is a picture; have its text recognised first",
            Self::Database => "it is a database; a store of reports is joined by `zhenzhi merge`",
        }
    }

    const fn zh(self) -> &'static str {
        match self {
            Self::Zip => "这是不含Word文档的ZIP；请先解压",
            Self::Ofd => "这是OFD；请先另存为PDF或文本",
            Self::OpenDocument => "这是OpenDocument文档；请先另存为.docx或文本",
            Self::Workbook => "这是工作簿；请先将其中的报告另存为文本",
            Self::Slides => "这是演示文稿；请先将其中的报告另存为文本",
            Self::OldOffice => "这是旧版Office文档；请先另存为.docx或文本",
            Self::Rtf => "这是RTF文档；请先另存为.docx或文本",
            Self::Gzip => "这是gzip压缩文件；请先解压",
            Self::Archive => "这是压缩文件；请先解压",
            Self::Picture => "这是图片；请先识别其中的文字",
            Self::Database => "这是数据库；报告库请用zhenzhi merge合并",
        }
    }
}
