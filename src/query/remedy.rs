//! What each code of a diagnostic means at more length: its cause, its remedy, and an example in both languages.

use std::sync::LazyLock;

use super::Lang;

/// A code, explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remedy {
    /// The code in the registry.
    pub code: &'static str,
    cause: [&'static str; 2],
    advice: [&'static str; 2],
    wrong: [&'static str; 2],
    right: [&'static str; 2],
}

impl Remedy {
    /// Why it happens.
    #[must_use]
    pub const fn cause(&self, lang: Lang) -> &'static str {
        pick(self.cause, lang)
    }

    /// What to do about it.
    #[must_use]
    pub const fn remedy(&self, lang: Lang) -> &'static str {
        pick(self.advice, lang)
    }

    /// A question that has this fault.
    #[must_use]
    pub const fn wrong(&self, lang: Lang) -> &'static str {
        pick(self.wrong, lang)
    }

    /// The same, mended.
    #[must_use]
    pub const fn right(&self, lang: Lang) -> &'static str {
        pick(self.right, lang)
    }
}

const fn pick(both: [&'static str; 2], lang: Lang) -> &'static str {
    match lang {
        Lang::En => both[0],
        Lang::Zh => both[1],
    }
}

static REMEDIES: LazyLock<Vec<Remedy>> = LazyLock::new(|| {
    include_str!("remedies.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let code = cells.next()?;
            let mut both = || Some([cells.next()?, cells.next()?]);
            let (cause, advice) = (both()?, both()?);
            let (first, second) = (both()?, both()?);
            Some(Remedy {
                code,
                cause,
                advice,
                wrong: [first[0], second[0]],
                right: [first[1], second[1]],
            })
        })
        .collect()
});

/// Every code of the registry, explained, in its order.
#[must_use]
pub fn remedies() -> &'static [Remedy] {
    &REMEDIES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::codes;

    #[test]
    fn every_code_is_explained_in_both_languages() {
        let explained: Vec<&str> = remedies().iter().map(|remedy| remedy.code).collect();
        let known: Vec<&str> = codes().iter().map(|code| code.code).collect();
        assert_eq!(explained, known);
        for remedy in remedies() {
            for lang in [Lang::En, Lang::Zh] {
                for text in [remedy.cause(lang), remedy.remedy(lang), remedy.right(lang)] {
                    assert!(!text.trim().is_empty(), "{}", remedy.code);
                }
            }
        }
    }
}
