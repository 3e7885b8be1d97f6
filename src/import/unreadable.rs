use std::io::{Error, ErrorKind};

use super::source::READABLE;
use crate::reading::DecodeError;
use crate::store::StoreError;

/// Why a source is not in the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is nothing at the path.
    #[error("there is no such file or folder")]
    Missing,
    /// The system forbids to read it.
    #[error("you may not read it")]
    NotAllowed,
    /// The system cannot read it.
    #[error("{reason}")]
    System {
        /// What the system said.
        reason: String,
    },
    /// A folder without a file that is read.
    #[error("there is no report in this folder (files that end in .{})", READABLE.join(", ."))]
    NoReport,
    /// Its bytes are no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// An error of this program.
    #[error("the reader broke on it; this is an error in zhenzhi, please report it")]
    ReaderBroke,
    /// The store did not take what it says.
    #[error("{en}")]
    Store {
        /// The store's message in English.
        en: String,
        /// The same in Chinese.
        zh: String,
    },
}

impl Unreadable {
    /// The message in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Missing => "没有这个文件或文件夹".to_owned(),
            Self::NotAllowed => "您无权读取".to_owned(),
            Self::System { reason } => format!("系统无法读取（{reason}）"),
            Self::NoReport => format!("文件夹中没有报告（以.{}结尾的文件）", READABLE.join("、.")),
            Self::Decode(error) => error.zh(),
            Self::ReaderBroke => "读取时出错；这是zhenzhi自身的错误，请反馈".to_owned(),
            Self::Store { zh, .. } => zh.clone(),
        }
    }
}

impl From<&Error> for Unreadable {
    fn from(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::PermissionDenied => Self::NotAllowed,
            _ => Self::System {
                reason: error.to_string(),
            },
        }
    }
}

impl From<&StoreError> for Unreadable {
    fn from(error: &StoreError) -> Self {
        Self::Store {
            en: error.to_string(),
            zh: error.zh(),
        }
    }
}
