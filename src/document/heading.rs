//! Which paragraphs are headings, or open with one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::decode::CleanText;
use crate::decode::marks::Style;

use super::paragraph::Paragraph;
use super::word_table::{Classes, WordTable};
use super::words::head as opening;

/// A heading.
#[derive(Debug, Clone)]
pub(super) struct Heading<'a> {
    /// Index of its paragraph.
    pub(super) paragraph: usize,
    /// Its bytes in the cleaned text, numbering included.
    pub(super) range: Range<usize>,
    /// What it says, without numbering.
    pub(super) text: &'a str,
    /// How it is numbered; `None` for a title.
    pub(super) style: Option<Style>,
    /// Its number, 0 without one.
    pub(super) number: u32,
}

/// Longest heading, in characters.
const LONGEST: usize = 60;

/// The headings among `paragraphs[body]`, run-in headings without numbering left out.
pub(super) fn headings<'a>(
    paragraphs: &[Paragraph<'a>],
    body: Range<usize>,
    clean: &CleanText,
) -> Vec<Heading<'a>> {
    let alone = lines_of_their_own(&paragraphs[body.clone()]);
    let parallel = parallel(&paragraphs[body.clone()]);
    body.clone()
        .filter_map(|i| {
            let paragraph = &paragraphs[i];
            let next = paragraphs.get(i + 1).filter(|_| i + 1 < body.end);
            let (length, style) = match paragraph.mark {
                Some(mark) => {
                    let split = alone
                        .contains(&mark.style)
                        .then(|| glued(paragraph, clean))
                        .flatten();
                    let length = match split {
                        Some(length) => length,
                        None => numbered(paragraph, next)?,
                    };
                    (length, Some(mark.style))
                }
                None if parallel.contains(&(i - body.start)) => (paragraph.text.len(), None),
                None => (title(paragraph, next, clean)?, None),
            };
            let from = paragraph.mark.map_or(0, |mark| mark.length);
            Some(Heading {
                paragraph: i,
                range: paragraph.range.start..paragraph.range.start + length,
                text: &paragraph.text[from..length],
                style,
                number: paragraph.mark.map_or(0, |mark| mark.number),
            })
        })
        .collect()
}

/// The styles of numbering whose headings mostly stand on lines of their own.
fn lines_of_their_own(paragraphs: &[Paragraph]) -> Vec<Style> {
    let mut counts: Vec<(Style, usize, usize)> = Vec::new();
    for paragraph in paragraphs {
        let Some(mark) = paragraph.mark else { continue };
        let alone = paragraph.chars <= LONGEST && !paragraph.text.contains('。');
        match counts.iter_mut().find(|count| count.0 == mark.style) {
            Some(count) => {
                count.1 += usize::from(alone);
                count.2 += 1;
            }
            None => counts.push((mark.style, usize::from(alone), 1)),
        }
    }
    counts
        .into_iter()
        .filter(|&(_, alone, all)| alone >= 2 && alone * 2 > all)
        .map(|(style, ..)| style)
        .collect()
}

/// Paragraphs of one short sentence that begin alike, each before a part of its own: 我们一手抓生产，…。 我们一手抓生活，…。
fn parallel(paragraphs: &[Paragraph]) -> Vec<usize> {
    let openings: Vec<(usize, String)> = paragraphs
        .iter()
        .enumerate()
        .filter(|(i, p)| {
            (12..=LONGEST).contains(&p.chars)
                && p.mark.is_none()
                && p.text.find('。') == Some(p.text.len() - '。'.len_utf8())
                && !has_figure(p.text)
                && !p.text.starts_with("各位代表")
                && paragraphs
                    .get(i + 1)
                    .is_some_and(|next| next.chars > LONGEST)
        })
        .map(|(i, p)| (i, p.text.chars().take(5).collect()))
        .collect();
    openings
        .iter()
        .filter(|(i, opening)| openings.iter().any(|(j, other)| i != j && opening == other))
        .map(|(i, _)| *i)
        .collect()
}

/// A numbered heading whose line a converter joined to the next, a blank between: the bytes before the blank.
fn glued(paragraph: &Paragraph, clean: &CleanText) -> Option<usize> {
    let stop = paragraph.text.find('。')?;
    let mark = paragraph.mark?.length;
    (paragraph.text[..stop].chars().count() <= LONGEST).then_some(())?;
    let start = paragraph.range.start;
    clean
        .gaps(start + mark + 13..start + stop)
        .map(|gap| gap - start)
        .find(|&at| {
            let (head, tail) = (&paragraph.text[..at], &paragraph.text[at..stop]);
            (4..=18).contains(&tail.chars().count()) && !head.ends_with(['，', '、'])
        })
}

/// The bytes of the heading that opens a numbered paragraph.
fn numbered(paragraph: &Paragraph, next: Option<&Paragraph>) -> Option<usize> {
    let mark = paragraph.mark?;
    let text = paragraph.text;
    let body = &text[mark.length..];
    let strong = matches!(mark.style, Style::Part | Style::Chapter | Style::Bracketed);
    let end = body
        .char_indices()
        .find(|&(_, c)| matches!(c, '。' | '！' | '；' | '：'))
        .map(|(at, c)| (at, at + c.len_utf8(), c));
    if strong
        && body.contains('。')
        && let Some(length) = joined(body)
    {
        return Some(mark.length + length);
    }
    let whole = match end {
        None => true,
        Some((_, end, c)) => end == body.len() && c != '；' && (c != '：' || strong),
    };
    if whole {
        let same_next =
            next.is_some_and(|next| next.mark.is_some_and(|mark2| mark2.style == mark.style));
        let finished = paragraph.is_finished();
        let ok = paragraph.chars <= LONGEST + 10
            && (4..).contains(&paragraph.chars)
            && next.is_some()
            && !same_next
            && (strong || (!finished && !has_figure(body)));
        return ok.then_some(text.len());
    }
    let (at, end, c) = end?;
    if matches!(c, '：' | '；') {
        return None;
    }
    let first = &body[..at];
    let limit = if strong { 55 } else { 45 };
    let ok = first.chars().count() <= limit
        && first.chars().count() >= 3
        && (strong || !has_figure(first))
        && !has_amount(first)
        && body[end..].chars().count() >= 8;
    ok.then_some(mark.length + end)
}

/// The bytes of a part's heading that was joined to its text without a trace: 2021年工作回顾2021年是….
fn joined(body: &str) -> Option<usize> {
    const ENDS: [&str; 8] = [
        "回顾", "总结", "安排", "任务", "打算", "思路", "目标", "建议",
    ];
    static WORDS: LazyLock<WordTable> =
        LazyLock::new(|| WordTable::new(ENDS.map(|word| (word, 0))));
    static JOINED: LazyLock<Regex> = LazyLock::new(|| {
        let ends = ENDS.join("|");
        Regex::new(&format!(
            r"^([^，。；：]{{2,24}}?(?:{ends}))(?:[12]\d{{3}}年|一年来|五年来|今年|明年|过去|各位代表|刚刚|（一）)"
        ))
        .expect("the pattern of a joined heading compiles")
    });
    if !WORDS.holds(opening(body, 26), Classes::one(0)) {
        return None;
    }
    Some(JOINED.captures(body)?.get(1)?.end())
}

/// The bytes of a title: a short line of its own, or one that a blank parts from the paragraph that it was joined to.
fn title(paragraph: &Paragraph, next: Option<&Paragraph>, clean: &CleanText) -> Option<usize> {
    let text = paragraph.text;
    let next = next?;
    if paragraph.is_rule() {
        return None;
    }
    let plain = |text: &str| {
        !text.contains(['。', '！', '？', '；', '：', '|'])
            && !text.starts_with(['（', '）', '”', '，', '[', '〔', '-', '*'])
            && !has_amount(text)
            && text.chars().any(|c| c >= '\u{4e00}')
    };
    if (4..=40).contains(&paragraph.chars) && !text.ends_with(['，', '、', '：', '；', '…']) {
        // What follows is longer than a title, or another title.
        let followed = next.chars > paragraph.chars || next.mark.is_some() || next.chars <= 40;
        if plain(text) && followed {
            return Some(text.len());
        }
    }
    // 2020年工作回顾 2020年是…
    let start = paragraph.range.start;
    let (from, _) = text.char_indices().nth(5)?;
    let until = from + opening(&text[from..], 25).len();
    let head = clean.gaps(start + from..start + until).next()? - start;
    let words = &text[..head];
    (plain(words)
        && !words.contains('，')
        && words.starts_with(|c: char| c.is_ascii_digit() || "“今过明".contains(c))
        && (super::words::has("review", words) || super::words::has("plan", words)))
    .then_some(head)
}

/// Whether a number stands in `text` outside quotes.
pub(super) fn has_figure(text: &str) -> bool {
    let mut quoted = 0;
    text.chars().any(|c| {
        match c {
            '“' | '《' => quoted += 1,
            '”' | '》' => quoted -= 1,
            _ => {}
        }
        quoted <= 0 && c.is_ascii_digit()
    })
}

/// Whether a number with a unit stands in `text`: 3亿元, 5%, 20个.
pub(super) fn has_amount(text: &str) -> bool {
    let mut digits = 0_u32;
    text.chars().any(|c| {
        let hit = digits > 0 && (c == '%' || "亿万元个家户人项处公米亩吨件次倍套".contains(c));
        digits = if c.is_ascii_digit() || (digits > 0 && c == '.') {
            digits + 1
        } else {
            0
        };
        hit
    })
}

/// The bytes of the run-in heading that may open a paragraph without numbering: 多措并举，经济发展平稳向好。
pub(super) fn run_in(text: &str) -> Option<usize> {
    const NOT: [&str; 14] = [
        "各位代表",
        "同志们",
        "一年来",
        "今年",
        "明年",
        "去年",
        "过去",
        "五年来",
        "我们",
        "为此",
        "对此",
        "这些",
        "同时",
        "让我们",
    ];
    let end = text.find(['。', '！', '：', '？', '；'])?;
    text[end..].starts_with('。').then_some(())?;
    let first = &text[..end];
    let length = first.chars().count();
    let rest = text[end..].chars().count() - 1;
    let ok = (4..=32).contains(&length)
        && rest >= 15
        && !has_figure(first)
        && is_balanced(first)
        && !NOT.iter().any(|word| first.starts_with(word));
    ok.then_some(end + '。'.len_utf8())
}

/// 抓项目，促投资，稳增长: a heading of three clauses has them about equally long; a sentence on several works does not.
fn is_balanced(heading: &str) -> bool {
    let clauses = heading.split('，').map(|clause| clause.chars().count());
    let (least, most) = clauses
        .clone()
        .fold((usize::MAX, 0), |(least, most), count| {
            (least.min(count), most.max(count))
        });
    match clauses.count() {
        1 | 2 => true,
        3 => most - least <= 3,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::paragraphs;
    use super::*;

    #[track_caller]
    fn check(source: &str, want: &[&str]) {
        let clean = CleanText::new(source);
        let all = paragraphs(clean.as_str());
        let got: Vec<&str> = headings(&all, 0..all.len(), &clean)
            .iter()
            .map(|h| &clean.as_str()[h.range.clone()])
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn numbered_headings() {
        check(
            "一、2021年工作回顾\n一年来，工作扎实。\n（一）经济稳中有进。全年完成投资3亿元，增长5%。\n（二）全年完成投资3亿元。增长明显，形势很好，来之不易。\n三、坚持农业优先，产业不断壮大。\n农业发展。",
            &[
                "一、2021年工作回顾",
                "（一）经济稳中有进。",
                "三、坚持农业优先，产业不断壮大。",
            ],
        );
        check("——财政收入3亿元；\n——投资5亿元。\n下一段。", &[]);
        check(
            "——坚持项目为王，发展后劲增强。引进项目3个，投资不断加大。\n下一段。",
            &["——坚持项目为王，发展后劲增强。"],
        );
        check(
            "一、2021年工作回顾2021年是开局之年，工作扎实推进。\n下一段。",
            &["一、2021年工作回顾"],
        );
        check("1.新建小学2所。\n2.改造公园3个。\n下一段。", &[]);
    }

    #[test]
    fn titles() {
        check(
            "2021年工作回顾\n过去一年，全镇上下努力工作，成绩很好。\n完。",
            &["2021年工作回顾"],
        );
        check(
            "2021年工作回顾 2021年是开局之年。工作扎实推进。\n完。",
            &["2021年工作回顾"],
        );
        check("全年收入3亿元\n过去一年，全镇上下努力工作，成绩很好。", &[]);
    }

    #[test]
    fn headings_that_a_converter_joined() {
        check(
            "（一）全力以赴抓好产业发展工作\n加快转型。\n（二）全力以赴抓好民生改善工作 持续扩大就业。新增就业一批。\n（三）全力以赴抓好安全生产工作\n抓安全。",
            &[
                "（一）全力以赴抓好产业发展工作",
                "（二）全力以赴抓好民生改善工作",
                "（三）全力以赴抓好安全生产工作",
            ],
        );
    }

    #[test]
    fn run_in_headings() {
        let found = |text: &str| run_in(text).map(|end| text[..end].to_owned());
        assert_eq!(
            found("多措并举，经济平稳向好。加强招商引资力度，全年引进项目一批。").as_deref(),
            Some("多措并举，经济平稳向好。")
        );
        assert_eq!(
            found("引进项目8个。加强招商引资力度，全年引进项目一批。"),
            None
        );
        assert_eq!(
            found("一年来，工作扎实推进。加强招商引资力度，全年引进项目一批。"),
            None
        );
    }
}
