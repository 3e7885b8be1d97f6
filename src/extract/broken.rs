//! Numbers that the source has destroyed (xx0.9%, ４$1.$2％, XX亿元): doubts, never guesses.

use std::ops::Range;

use super::lexicon::{Role, Said, unit_at, words};

/// The destroyed numbers of a sentence, with their units.
pub(super) fn broken_numbers(text: &str, said: Said) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !said.has(Role::Debris) {
        return found;
    }
    let mut at = 0;
    while let Some(start) = text[at..].find(in_number).map(|found| at + found) {
        let end = start
            + text[start..]
                .find(|c| !in_number(c))
                .unwrap_or(text.len() - start);
        let run = &text[start..end];
        let scaled = end
            + text[end..]
                .find(|c| !"万亿千百余多".contains(c))
                .unwrap_or(text.len() - end);
        let word = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        if let Some(unit) = unit_at(&text[scaled..]).filter(|_| !word && is_debris(run)) {
            found.push(start..scaled + unit.form.len());
        }
        at = end;
    }
    found
}

fn in_number(c: char) -> bool {
    c.is_ascii_digit() || c == '.' || is_mark(c)
}

fn is_mark(c: char) -> bool {
    words(Role::Debris).iter().any(|mark| mark.starts_with(c))
}

/// Debris, and no size (4x100, 2×3) or mark behind a number.
fn is_debris(run: &str) -> bool {
    let marks = run.chars().filter(|&c| is_mark(c)).count();
    let digits = run.chars().filter(char::is_ascii_digit).count();
    let size = marks == 1
        && run.starts_with(|c: char| c.is_ascii_digit())
        && run.contains(['x', 'X', '×', '*']);
    let single = digits == 0 && marks == 1;
    // 20xx年: a year that was never filled in, which the dating of the report looks at.
    let year = run.starts_with("20") && marks == 2 && run.chars().count() == 4;
    marks > 0 && !size && !single && !year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destroyed_numbers_are_found_and_sizes_are_not() {
        let read = |text: &'static str| {
            broken_numbers(text, Said::of(text))
                .into_iter()
                .map(|range| &text[range])
                .collect::<Vec<_>>()
        };
        assert_eq!(read("税收增长xx0.9%，财政收入XX亿元"), ["xx0.9%", "XX亿元"]);
        assert_eq!(read("增长4$1.$2%。"), ["4$1.$2%"]);
        assert!(read("4x100米接力，增长5.2%，20xx年，PM2.5").is_empty());
    }
}
