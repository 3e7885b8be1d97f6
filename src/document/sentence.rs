//! Where sentences end.

use std::ops::Range;

/// Cuts a paragraph after 。！？, and counts its bytes from `from`. A mark inside quotes or brackets ends a sentence only
/// where the quote ends with it and the paragraph goes on anew.
pub(super) fn cut(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    let mut read = 0;
    for (at, c) in marks_in(text) {
        match c {
            _ if at < read => {}
            '“' | '（' | '《' | '「' | '‘' => {
                let closing = closing(c);
                // A quote that is never closed holds nothing.
                let rest = text[at + c.len_utf8()..].chars().take(300);
                if rest.into_iter().any(|c| c == closing) {
                    depth += 1;
                }
            }
            '”' | '）' | '》' | '」' | '’' => depth = depth.saturating_sub(1),
            '。' | '！' | '？' => {
                let mut end = at + c.len_utf8();
                let mut inner = depth;
                let mut next = None;
                for c in text[end..].chars() {
                    match c {
                        '”' | '）' | '」' | '’' => inner = inner.saturating_sub(1),
                        '。' | '！' | '？' => {}
                        _ => {
                            next = Some(c);
                            break;
                        }
                    }
                    end += c.len_utf8();
                }
                read = end;
                let goes_on =
                    next.is_some_and(|next| depth > 0 && "，、；：的等和与是为》".contains(next));
                depth = inner;
                if inner == 0 && !goes_on {
                    found.push(from + start..from + end);
                    start = end;
                }
            }
            _ => {}
        }
    }
    if start < text.len() {
        found.push(from + start..from + text.len());
    }
    found
}

/// The characters of a text but for those from 䀀 to 鿿, with the bytes where they begin. These begin with bytes that no
/// mark begins with, and are passed over without being looked at.
pub(crate) fn marks_in(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        while let 0xE4..=0xE9 = text.as_bytes().get(next)? {
            next += '镇'.len_utf8();
        }
        let at = next;
        let c = text[at..].chars().next()?;
        next += c.len_utf8();
        Some((at, c))
    })
}

const fn closing(opening: char) -> char {
    match opening {
        '“' => '”',
        '（' => '）',
        '《' => '》',
        '「' => '」',
        _ => '’',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let got: Vec<&str> = cut(text, 0).into_iter().map(|range| &text[range]).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn marks_between_words() {
        let text = "镇a，龥é（豈";
        let all: Vec<_> = text.char_indices().collect();
        let found: Vec<_> = marks_in(text).collect();
        assert_eq!(found, [all[1], all[2], all[4], all[5], all[6]]);
    }

    #[test]
    fn ends_of_sentences() {
        check("修路；架桥。种树！", &["修路；架桥。", "种树！"]);
        check("完成投资1.5亿元", &["完成投资1.5亿元"]);
        check(
            "落实“要快。要好。”的要求。再接再厉。",
            &["落实“要快。要好。”的要求。", "再接再厉。"],
        );
        check(
            "他说：“修路。”大家同意。",
            &["他说：“修路。”", "大家同意。"],
        );
        check("修路（含桥。）种树。", &["修路（含桥。）", "种树。"]);
        check("推进“三大行动。种树。", &["推进“三大行动。", "种树。"]);
        check("好！！大家努力？！", &["好！！", "大家努力？！"]);
    }
}
