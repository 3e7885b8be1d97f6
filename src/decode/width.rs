//! A line → the same line without stray blanks and with the punctuation of Chinese print.

use super::scrub::Glyph;

/// Rewrites `line` in place; it has no blanks at its ends.
pub(super) fn normalise(line: &mut Vec<Glyph>) {
    drop_blanks(line);
    widen(line);
}

/// A blank stays between two Latin words, and between two numbers that cannot be one.
fn drop_blanks(line: &mut Vec<Glyph>) {
    let mut kept = 0;
    let mut read = 0;
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
    line.truncate(kept);
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

fn widen(line: &mut [Glyph]) {
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
            '(' => '（',
            ')' => '）',
            ',' if chinese && !digits => '，',
            ':' if chinese && !digits => '：',
            ';' if chinese => '；',
            '?' if chinese => '？',
            '!' if chinese => '！',
            '.' if before.is_some_and(|c| is_word(c) || "%）”".contains(c))
                && after.is_none_or(is_word)
                && i > 2 =>
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
