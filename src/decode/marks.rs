//! The numbering that opens a line: 一、 （一） 1. 第一， 一是 ——.

/// The style of a numbering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    /// 第一部分, 第二章
    Part,
    /// 一、
    Chapter,
    /// （一）
    Bracketed,
    /// 1. 1、
    Arabic,
    /// （1） ①
    Small,
    /// 第一， 第二、 首先，
    Ordinal,
    /// 一是 二要
    Item,
    /// ——
    Dash,
}

/// A numbering at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// How it is written.
    pub(crate) style: Style,
    /// Its number, 0 for a dash.
    pub(crate) number: u32,
    /// Bytes that it takes.
    pub(crate) length: usize,
}

/// The numbering that `line` (cleaned, without blanks before it) opens with.
pub(crate) fn mark(line: &str) -> Option<Mark> {
    let first = line.chars().next()?;
    let found = |style, number, length| {
        Some(Mark {
            style,
            number,
            length,
        })
    };
    match first {
        '—' => {
            let length = line.len() - line.trim_start_matches('—').len();
            (length >= 6).then_some(())?;
            found(Style::Dash, 0, length)
        }
        '①'..='⑳' => found(
            Style::Small,
            first as u32 - '①' as u32 + 1,
            first.len_utf8(),
        ),
        '（' => {
            let inner = &line[first.len_utf8()..];
            let (number, length) = chinese(inner).or_else(|| digits(inner))?;
            let style = if inner.as_bytes()[0].is_ascii_digit() {
                Style::Small
            } else {
                Style::Bracketed
            };
            inner[length..].starts_with('）').then_some(())?;
            let dot = if inner[length..].starts_with("）、") {
                3
            } else {
                0
            };
            found(style, number, length + 6 + dot)
        }
        '第' => {
            let (number, length) = chinese(&line[3..])?;
            let rest = &line[3 + length..];
            if let Some(word) = ["部分", "章", "篇"]
                .iter()
                .find(|word| rest.starts_with(**word))
            {
                found(Style::Part, number, 3 + length + word.len())
            } else if rest.starts_with(['，', '、', '：']) {
                found(Style::Ordinal, number, 3 + length + 3)
            } else {
                None
            }
        }
        '0'..='9' => {
            let (number, length) = digits(line)?;
            let rest = &line[length..];
            let dot = rest.chars().next().filter(|c| matches!(c, '.' | '、'))?;
            let after = rest[dot.len_utf8()..].chars().next();
            let text = after.is_some_and(|c| !c.is_ascii() && c != '%');
            (number < 100 && text).then_some(())?;
            found(Style::Arabic, number, length + dot.len_utf8())
        }
        _ => {
            let (number, length) = chinese(line)?;
            let rest = &line[length..];
            if rest.starts_with('、') || rest.starts_with('.') {
                // 一、二、三产业 is no numbering.
                let dot = if rest.starts_with('、') { 3 } else { 1 };
                let listed = chinese(&rest[dot..])
                    .is_some_and(|(_, length)| rest[dot + length..].starts_with(['、', '产']));
                (!listed).then_some(())?;
                found(Style::Chapter, number, length + dot)
            } else if rest.starts_with('是') || rest.starts_with('要') {
                found(Style::Item, number, length + 3)
            } else {
                None
            }
        }
    }
}

/// A number from 一 to 九十九 at the start of `text`, and its bytes.
fn chinese(text: &str) -> Option<(u32, usize)> {
    const ONES: &str = "一二三四五六七八九";
    let (mut number, mut length, mut ones) = (0, 0, None);
    for c in text.chars().take(3) {
        if let Some(at) = ONES.find(c) {
            if ones.is_some() {
                return None;
            }
            ones = Some(at as u32 / 3 + 1);
        } else if c == '十' && number == 0 {
            number = ones.take().unwrap_or(1) * 10;
        } else {
            break;
        }
        length += c.len_utf8();
    }
    let number = number + ones.unwrap_or(0);
    (number > 0).then_some((number, length))
}

/// A run of at most four digits at the start of `text`, and its bytes.
fn digits(text: &str) -> Option<(u32, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length > 4 {
        return None;
    }
    Some((text[..length].parse().ok()?, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, want: Option<(Style, u32, &str)>) {
        let got = mark(line).map(|m| (m.style, m.number, &line[..m.length]));
        assert_eq!(got, want, "{line}");
    }

    #[test]
    fn numberings() {
        check("一、工作回顾", Some((Style::Chapter, 1, "一、")));
        check("二十一、附则", Some((Style::Chapter, 21, "二十一、")));
        check("（十二）改善民生", Some((Style::Bracketed, 12, "（十二）")));
        check("（一）、改善民生", Some((Style::Bracketed, 1, "（一）、")));
        check("（3）修路", Some((Style::Small, 3, "（3）")));
        check("②修路", Some((Style::Small, 2, "②")));
        check("10.修路", Some((Style::Arabic, 10, "10.")));
        check("1、修路", Some((Style::Arabic, 1, "1、")));
        check("第一部分工作回顾", Some((Style::Part, 1, "第一部分")));
        check("第三，修路", Some((Style::Ordinal, 3, "第三，")));
        check("二是修路", Some((Style::Item, 2, "二是")));
        check("——修路", Some((Style::Dash, 0, "——")));
    }

    #[test]
    fn no_numberings() {
        for line in [
            "一二三产业",
            "一、二、三产业并进",
            "2.5亿元",
            "2021年",
            "第三产业",
            "—12—",
            "一年来",
            "（2021年）",
            "",
        ] {
            check(line, None);
        }
    }
}
