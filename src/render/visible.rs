use std::borrow::Cow;

/// A text whose characters are all shown and none obeyed: a terminal would take the controls of a stranger's file for
/// commands, and marks that turn the direction show digits in another order than they stand in.
///
/// Line ends and tabs stay. A control becomes its picture (`␛`), what has none `�`; JSON gives the characters themselves,
/// escaped.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| matches!(c, '\n' | '\t') || !is_hidden(c);
    if text.contains("\r\n") {
        let text = text.replace("\r\n", "\n");
        return Cow::Owned(shown(&text, is_kept).unwrap_or(text));
    }
    shown(text, is_kept).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// As [`visible`], in one line: a name with a line end must not pass for two lines.
#[must_use]
pub fn visible_in_line(text: &str) -> Cow<'_, str> {
    shown(text, |c| !is_hidden(c)).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// `None` where all characters are kept.
fn shown(text: &str, is_kept: impl Fn(char) -> bool) -> Option<String> {
    text.contains(|c| !is_kept(c)).then(|| {
        text.chars()
            .map(|c| if is_kept(c) { c } else { picture(c) })
            .collect()
    })
}

/// Whether a character changes what is shown of others: controls, the marks, embeddings, overrides and isolates of the
/// Unicode Bidirectional Algorithm, and the separators of lines and paragraphs.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is shown in place of a hidden character: `␛`, or `�` where Unicode has no picture of it.
pub(super) fn picture(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_have_pictures_and_turned_text_is_marked() {
        assert_eq!(visible("\u{1b}]0;x\u{7}\r\n\t2"), "␛]0;x␇\n\t2");
        assert_eq!(
            visible("\u{9b}31m \u{202e}321\u{2069} \u{7f}"),
            "�31m �321� ␡"
        );
        assert_eq!(visible_in_line("a\nb\r\tc"), "a␊b␍␉c");
        let turning = "1\u{200e}2\u{200f}3\u{61c}4\u{2028}5\u{2029}6\u{2067}";
        assert_eq!(visible(turning), "1�2�3�4�5�6�");
    }

    #[test]
    fn what_is_shown_already_is_borrowed() {
        assert!(matches!(visible("税收 “3亿元”\n"), Cow::Borrowed(_)));
        assert!(matches!(visible_in_line("云塘镇"), Cow::Borrowed(_)));
    }
}
