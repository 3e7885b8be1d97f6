//! A line → the same line without stray blanks and with the punctuation of Chinese print.

use super::scrub::{Glyph, half_width};

/// Rewrites `line` in place and gives what is left of it; it has no blanks at its ends.
pub(super) fn normalise(line: &mut [Glyph]) -> &[Glyph] {
    let kept = drop_blanks(line);
    let line = &mut line[..kept];
    // The first characters of a line may be its number: 一.工作回顾.
    widen(line, |at, _, after| at > 2 && after.is_none_or(is_word));
    line
}

/// A text that somebody looks for, with the widths that it has in a cleaned text. Where the characters beyond its ends
/// would decide, it stays as it is; so do its blanks.
pub(crate) fn sought(text: &str) -> String {
    let glyphs = text.chars().zip(0..);
    let mut line: Vec<Glyph> = glyphs
        .filter_map(|(c, at)| half_width(c).map(|c| Glyph { c, at }))
        .collect();
    widen(&mut line, |at, before, after| {
        (at > 2 || !before.is_some_and(is_numeral)) && after.is_some_and(is_word)
    });
    line.iter().map(|glyph| glyph.c).collect()
}

/// A blank stays between two Latin words, and between two numbers that cannot be one. Gives how many glyphs are left.
fn drop_blanks(line: &mut [Glyph]) -> usize {
    let first = line.iter().position(|glyph| glyph.c == ' ');
    let mut kept = first.unwrap_or(line.len());
    let mut read = kept;
    while read < line.len() {
        if line[read].c != ' ' {
            line[kept] = line[read];
            kept += 1;
            read += 1;
            continue;
        }
        let blank = line[read];
        while read < line.len() && line[read].c == ' ' {
            read += 1;
        }
        if kept > 0 && read < line.len() && separates(&line[..kept], &line[read..]) {
            line[kept] = blank;
            kept += 1;
        }
    }
    kept
}

fn separates(before: &[Glyph], after: &[Glyph]) -> bool {
    let (p, n) = (before[before.len() - 1].c, after[0].c);
    if p.is_ascii_digit() && n.is_ascii_digit() {
        return two_numbers(before, after);
    }
    if (p.is_ascii_digit() && n == '.') || (p == '.' && n.is_ascii_digit()) {
        return false;
    }
    p.is_ascii_alphanumeric() && n.is_ascii_alphanumeric()
}

/// 1 029亿元, 36.5 9亿元 and 2 0 1 7年 are one number; 2020 2021 are two.
fn two_numbers(before: &[Glyph], after: &[Glyph]) -> bool {
    let left = before
        .iter()
        .rev()
        .take_while(|g| g.c.is_ascii_digit())
        .count();
    let right = after.iter().take_while(|g| g.c.is_ascii_digit()).count();
    // A date and the time of day behind it.
    let dated = before.len() > left && matches!(before[before.len() - left - 1].c, '-' | '/');
    if dated || after.get(right).is_some_and(|g| g.c == ':') {
        return true;
    }
    let fraction = before.len() > left && before[before.len() - left - 1].c == '.';
    if fraction {
        left + right > 4
    } else {
        left >= 4 && right >= 2 && right != 3
    }
}

/// `is_stop` says of a full stop behind a word, by its place and its neighbours, whether it ends a sentence.
fn widen(line: &mut [Glyph], is_stop: impl Fn(usize, Option<char>, Option<char>) -> bool) {
    for i in 0..line.len() {
        if is_word(line[i].c) && line[i].c != '〇' {
            continue;
        }
        let before = i.checked_sub(1).map(|i| line[i].c);
        let after = line.get(i + 1).map(|g| g.c);
        let digits =
            before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
        let chinese = before.is_some_and(is_chinese) || after.is_some_and(is_chinese);
        line[i].c = match line[i].c {
            '。' if digits && is_decimal_point(line, i) => '.',
            '(' => '（',
            ')' => '）',
            ',' if chinese && !digits => '，',
            ':' if chinese && !digits => '：',
            ';' if chinese => '；',
            '?' if chinese => '？',
            '!' if chinese => '！',
            '.' if before.is_some_and(|c| is_word(c) || "%）”".contains(c))
                && is_stop(i, before, after) =>
            {
                '。'
            }
            '○' | '０' | '0' | 'O'
                if before.is_some_and(is_numeral)
                    && after.is_some_and(|c| {
                        is_numeral(c) || c == '年' || c == '○' || c == '0' || c == 'O'
                    }) =>
            {
                '〇'
            }
            c => c,
        };
    }
}

/// 增长57。8%, 8。9万人: a full stop between digits, of which the second ones have a unit that the first lack. 第5。3万人 and
/// 2.5。3万人 are two sentences.
fn is_decimal_point(line: &[Glyph], at: usize) -> bool {
    let digit = |glyph: &&Glyph| glyph.c.is_ascii_digit();
    let whole = line[..at].iter().rev().take_while(digit).count();
    let parts = line[at + 1..].iter().take_while(digit).count();
    let before = at.checked_sub(whole + 1).map(|before| line[before].c);
    let unit = line.get(at + 1 + parts).map(|glyph| glyph.c);
    whole <= 4
        && parts <= 2
        && !before.is_some_and(|c| "第前.:：∶/—-~～至到、".contains(c))
        && unit.is_some_and(|c| "%‰％亿万倍元公平吨亩".contains(c))
}

/// A Chinese character or mark of punctuation.
pub(super) fn is_chinese(c: char) -> bool {
    is_word(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…' | '%' | '"')
}

/// A Chinese character.
pub(super) fn is_word(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '〇'
    )
}

#[cfg(test)]
mod tests {
    use super::sought;

    #[test]
    fn what_is_sought_has_the_widths_of_cleaned_texts() {
        for (written, kept) in [
            ("工业,农业", "工业，农业"),
            ("(一)工作", "（一）工作"),
            ("增长５％", "增长5%"),
            ("农业.工业", "农业。工业"),
            ("目标:增长", "目标：增长"),
            ("二○二三", "二〇二三"),
            // Numbers and Latin words keep their signs, and so does what the next character would decide.
            ("1,029", "1,029"),
            ("10:30", "10:30"),
            ("R&D", "R&D"),
            ("一.工作", "一.工作"),
            ("增长.", "增长."),
            ("工业，农业", "工业，农业"),
        ] {
            assert_eq!(sought(written), kept);
            assert_eq!(sought(kept), kept);
        }
    }
}
