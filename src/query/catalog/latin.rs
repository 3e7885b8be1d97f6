use std::sync::LazyLock;

use pinyin::ToPinyin;

struct Suffix {
    zh: &'static str,
    english: Vec<&'static str>,
}

static SUFFIXES: LazyLock<Vec<Suffix>> = LazyLock::new(|| {
    rows(include_str!("suffixes.tsv"))
        .map(|(zh, english)| Suffix {
            zh,
            english: english.split('|').collect(),
        })
        .collect()
});

static ESTABLISHED: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    rows(include_str!("latin.tsv"))
        .map(|(name, latin)| (name, latin.split('|').collect()))
        .collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
}

/// The name without the word for its kind (杨柳青 of 杨柳青镇), where at least two characters are left.
pub(super) fn stem(name: &str) -> Option<&str> {
    suffix(name).map(|suffix| &name[..name.len() - suffix.zh.len()])
}

fn suffix(name: &str) -> Option<&'static Suffix> {
    SUFFIXES
        .iter()
        .filter(|suffix| {
            name.strip_suffix(suffix.zh)
                .is_some_and(|stem| stem.chars().count() >= 2)
        })
        .max_by_key(|suffix| suffix.zh.len())
}

/// The Latin names of a place: Yangliuqing, Yangliuqing Town, Yangliuqingzhen, Yangliuqing Zhen.
pub(super) fn latin_names(name: &str) -> Vec<String> {
    let mut names = Vec::new();
    let full = pinyin(name);
    if let Some(suffix) = suffix(name) {
        let stem = &name[..name.len() - suffix.zh.len()];
        let established = ESTABLISHED.iter().find(|(zh, _)| *zh == stem);
        let mut stems: Vec<String> = established.map_or_else(Vec::new, |(_, latin)| {
            latin.iter().map(ToString::to_string).collect()
        });
        let plain = pinyin(stem);
        if !plain.is_empty() && established.is_none() {
            stems.push(plain);
        }
        for stem in stems {
            for english in &suffix.english {
                names.push(format!("{stem} {english}"));
            }
            let kind = pinyin(suffix.zh);
            names.push(format!("{stem} {kind}"));
            names.push(format!("{stem}{kind}"));
            names.push(stem);
        }
    } else if let Some((_, latin)) = ESTABLISHED.iter().find(|(zh, _)| *zh == name) {
        names.extend(latin.iter().map(ToString::to_string));
    } else if full.len() > 3 {
        names.push(full);
    }
    names
}

/// What the Latin names of a place begin with, in lower case without blanks: its established names, or the pinyin of its
/// first two characters.
pub(super) fn beginnings(name: &str) -> Vec<String> {
    let whole = stem(name).unwrap_or(name);
    let established = ESTABLISHED
        .iter()
        .find(|(zh, _)| *zh == whole || *zh == name);
    if let Some((_, latin)) = established {
        let bare = |latin: &&str| latin.to_lowercase().replace([' ', '-'], "");
        return latin.iter().map(bare).collect();
    }
    let end = name.char_indices().nth(2).map_or(name.len(), |(at, _)| at);
    vec![pinyin(&name[..end])]
}

/// What all of [`beginnings`] begin with, where that is sooner told: the sound of the first character.
pub(super) fn first_sound(name: &str) -> Option<&'static str> {
    static ESTABLISHED_FIRSTS: LazyLock<Vec<char>> = LazyLock::new(|| {
        ESTABLISHED
            .iter()
            .filter_map(|(zh, _)| zh.chars().next())
            .collect()
    });
    let first = name.chars().next()?;
    let sound = first.to_pinyin()?.plain();
    (!ESTABLISHED_FIRSTS.contains(&first) && sound.is_ascii()).then_some(sound)
}

/// The usual Latin name of a place, with a capital: Yangliuqing; `None` where it has no Chinese character.
pub(super) fn display(name: &str) -> Option<String> {
    let latin = latin_names(name).pop()?;
    let mut letters = latin.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// Pinyin without tones or blanks; characters that have none are kept where they are ASCII.
fn pinyin(text: &str) -> String {
    text.chars()
        .map(|c| match c.to_pinyin() {
            Some(sound) => sound.plain().replace('ü', "v"),
            None if c.is_ascii_alphanumeric() => c.to_ascii_lowercase().to_string(),
            None => String::new(),
        })
        .collect()
}

/// The first letters of the pinyin: gdzctz for 固定资产投资.
pub(crate) fn initials(text: &str) -> String {
    text.chars()
        .filter_map(|c| c.to_pinyin().map(pinyin::Pinyin::first_letter))
        .collect()
}
