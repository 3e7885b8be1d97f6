//! Names and stand-ins of signs.

use std::collections::HashMap;
use std::sync::LazyLock;

static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("glyph_names.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

static UNIFIED: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("unified.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'));
    lines
        .filter_map(|(sign, text)| Some((sign.chars().next()?, text)))
        .collect()
});

/// The sign that a font calls so.
pub(super) fn named(name: &str) -> Option<String> {
    let name = name.split('.').next().unwrap_or(name);
    if let Some(text) = NAMES.get(name) {
        return Some((*text).to_owned());
    }
    if name.len() == 1 {
        return Some(name.to_owned());
    }
    let digits = name
        .strip_prefix("uni")
        .or_else(|| name.strip_prefix('u'))?;
    let number = u32::from_str_radix(digits.get(..4.max(digits.len().min(6)))?, 16).ok()?;
    let mut text = String::new();
    unify(char::from_u32(number)?, &mut text);
    Some(text)
}

/// Adds the sign that people write for `c`.
pub(super) fn unify(c: char, text: &mut String) {
    let is_stand_in =
        matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{fb00}'..='\u{fb06}');
    match UNIFIED.get(&c).filter(|_| is_stand_in) {
        Some(unified) => text.push_str(unified),
        None => text.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_stand_ins() {
        for (name, want) in [
            ("percent", "%"),
            ("A", "A"),
            ("seven.tnum", "7"),
            ("uni9547", "镇"),
            ("u9547", "镇"),
            ("fi", "fi"),
        ] {
            assert_eq!(named(name).as_deref(), Some(want), "{name}");
        }
        assert_eq!(named("g1234"), None);
        let mut text = String::new();
        "⼯作⻓⺠镇ﬁ".chars().for_each(|c| unify(c, &mut text));
        assert_eq!(text, "工作长民镇fi");
    }
}
