//! The language of messages, and messages in both.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};

use clap::ValueEnum;
use zhenzhi::query::Lang;
use zhenzhi::store::StoreError;

/// The languages of answers and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// 中文
    Zh,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Zh => Self::Zh,
        }
    }
}

/// For commands whose words are all the program's own.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Tongue {
    /// The language of messages; without it that of the locale
    #[arg(long, value_enum)]
    lang: Option<Language>,
}

impl Tongue {
    /// From now on messages are in this language.
    pub(crate) fn speak(self) {
        speak(self.lang.map(Lang::from));
    }

    /// The language, where one was chosen.
    pub(crate) const fn chosen(self) -> Option<Language> {
        self.lang
    }
}

/// A message in both languages; it is written in that of messages.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) en: String,
    pub(crate) zh: String,
}

/// A message in English and in Chinese.
pub(crate) fn told(en: impl Into<String>, zh: impl Into<String>) -> Message {
    Message {
        en: en.into(),
        zh: zh.into(),
    }
}

impl Message {
    pub(crate) fn in_lang(&self, lang: Lang) -> &str {
        in_lang(lang, &self.en, &self.zh)
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_lang(messages()))
    }
}

impl From<&StoreError> for Message {
    fn from(error: &StoreError) -> Self {
        told(error.to_string(), error.zh())
    }
}

impl From<StoreError> for Message {
    fn from(error: StoreError) -> Self {
        (&error).into()
    }
}

impl From<&Path> for Message {
    fn from(path: &Path) -> Self {
        told(path.display().to_string(), path.display().to_string())
    }
}

/// Messages as lines.
pub(crate) fn joined(messages: &[Message]) -> String {
    let lines: Vec<String> = messages.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// Why the system did not do something: the usual reasons in plain words, without the number of the system's error.
pub(crate) fn because(error: &io::Error) -> Message {
    use io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => told("there is no such file or folder", "没有这个文件或文件夹"),
        ErrorKind::PermissionDenied => told(
            "you have no permission; check the rights of the file and of its folder",
            "没有权限；请检查文件及所在文件夹的权限",
        ),
        ErrorKind::ReadOnlyFilesystem => told("the disk is read-only", "磁盘为只读"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            told("the disk is full; free some space", "磁盘已满；请腾出空间")
        }
        ErrorKind::FileTooLarge => told(
            "a file may not be so large here",
            "超过了此处允许的文件大小",
        ),
        ErrorKind::IsADirectory => told("it is a folder", "它是文件夹"),
        ErrorKind::NotADirectory => told(
            "what should be its folder is a file",
            "其路径中有一项是文件而不是文件夹",
        ),
        _ => told(error.to_string(), error.to_string()),
    }
}

/// The English text or the Chinese.
pub(crate) const fn in_lang<'a>(lang: Lang, en: &'a str, zh: &'a str) -> &'a str {
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

/// What was chosen: 0 nothing, else one more than the place in [`LANGS`].
static CHOSEN: AtomicU8 = AtomicU8::new(0);

const LANGS: [Lang; 2] = [Lang::En, Lang::Zh];

/// From now on messages are in this language; in that of the locale where there is none.
pub(crate) fn speak(lang: Option<Lang>) {
    let at = LANGS.iter().position(|known| Some(*known) == lang);
    CHOSEN.store(at.map_or(0, |at| at as u8 + 1), Ordering::Relaxed);
}

/// The language of messages.
pub(crate) fn messages() -> Lang {
    let chosen = usize::from(CHOSEN.load(Ordering::Relaxed));
    match chosen.checked_sub(1).and_then(|at| LANGS.get(at)) {
        Some(lang) => *lang,
        None => locale(),
    }
}

/// The language of the locale.
pub(crate) fn locale() -> Lang {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match named {
        Some(name) if name.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}
