use unicode_width::UnicodeWidthChar;

/// Marks that do not begin a line.
const CLOSING: &str = "，。、；：？！）》」』”’…%％,.;:?!)]}";

/// A text in lines of at most so many columns. Chinese may be broken anywhere but before a closing mark, Latin words
/// where they end, unless one is longer than a line. Nothing is lost but blanks at a break.
#[must_use]
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in words(text) {
        let wide = columns(word);
        if used + wide > room && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
            if word.trim().is_empty() {
                continue;
            }
        }
        if wide <= room {
            line.push_str(word);
            used += wide;
            continue;
        }
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if used + wide > room {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += wide;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The parts that are not broken: a Chinese character with the closing marks behind it, a Latin word, blanks.
fn words(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let is_break = before.is_some_and(|before| {
            let joined = |c: char| !c.is_whitespace() && c.width() == Some(1);
            !(CLOSING.contains(c)
                || joined(before) && joined(c)
                || before.is_whitespace() && c.is_whitespace()
                || c.width().unwrap_or(0) == 0)
        });
        if is_break {
            parts.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_breaks_anywhere_and_latin_between_words() {
        assert_eq!(
            wrap("确保下半年具备条件。", 8),
            ["确保下半", "年具备条", "件。"]
        );
        assert_eq!(
            wrap("fixed-asset investment", 12),
            ["fixed-asset", "investment"]
        );
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn a_closing_mark_does_not_begin_a_line() {
        assert_eq!(wrap("一二三四。五", 8), ["一二三", "四。五"]);
    }

    #[test]
    fn no_line_is_wider_than_its_room_and_nothing_is_lost() {
        let text = "B、C地块工程收尾，满足500余户村民还迁需求Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch。";
        for room in 2..40 {
            let lines = wrap(text, room);
            assert!(
                lines.iter().all(|line| columns(line) <= room.max(4)),
                "{room}: {lines:?}"
            );
            assert_eq!(lines.concat(), text);
        }
    }
}
