use crate::query::{Lang, Remedy, codes};

/// A code of a diagnostic, explained: what it stands for, why it happens, what to do, and an example.
#[must_use]
pub fn remedy(remedy: &Remedy, lang: Lang) -> String {
    let code = codes().iter().find(|code| code.code == remedy.code);
    let title = code.map_or("", |code| match lang {
        Lang::En => code.en,
        Lang::Zh => code.zh,
    });
    let (instead, write) = match lang {
        Lang::En => ("instead of", "write"),
        Lang::Zh => ("不写", "可以写"),
    };
    format!(
        "{}  {title}\n\n{}\n{}\n\n{instead}\n  {}\n{write}\n  {}\n",
        remedy.code,
        remedy.cause(lang),
        remedy.remedy(lang),
        remedy.wrong(lang),
        remedy.right(lang),
    )
}
