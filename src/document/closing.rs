//! Where the closing appeal begins.

use super::appendix::notes;
use super::paragraph::Paragraph;
use super::words::has;

/// Longest closing, in characters.
const LONGEST: usize = 1400;

/// The byte at which the closing of `body` begins: the last 各位代表 that leads to an appeal. Nothing before the
/// paragraph after `last_heading` is looked at.
pub(super) fn closing_start(body: &[Paragraph], last_heading: Option<usize>) -> Option<usize> {
    let end = notes(body).unwrap_or(body.len());
    let last_heading = last_heading.filter(|&i| i < end);
    let start = candidate(&body[..end], last_heading).filter(|start| {
        // What follows a closing are signatures and the lists of a web page, not more of the report.
        let after: usize = body[..end]
            .iter()
            .filter(|p| p.range.end > *start && p.chars >= 60 && p.text.ends_with(['。', '！']))
            .map(|p| p.chars)
            .sum();
        after <= LONGEST + 800
    });
    start.or_else(|| body.get(end).map(|p| p.range.start))
}

fn candidate(body: &[Paragraph], last_heading: Option<usize>) -> Option<usize> {
    let last = body.iter().rposition(|p| {
        (p.chars >= 40 || (p.chars >= 12 && is_greeting(p.text))) && ends_speech(p)
    })?;
    let from = last_heading.filter(|&i| i <= last).unwrap_or(0);
    let mut room = LONGEST;
    let mut found: Option<(usize, usize)> = None;
    for i in (from..=last).rev() {
        let paragraph = &body[i];
        if paragraph.chars > room + 600 {
            break;
        }
        // 各位代表，今年要办好十件实事。一是…二是…: promises, no appeal.
        let lists = paragraph.text.contains("二是");
        let greeted = is_greeting(paragraph.text) && !(lists && found.is_none());
        if greeted && i > from {
            // Several paragraphs of appeal may follow one another, none of them with figures or tasks.
            let more = paragraph.chars <= 260
                && !paragraph.text.contains(|c: char| c.is_ascii_digit())
                && !paragraph.text.contains("一是");
            if found.is_some_and(|(at, _)| at > i + 1 || !more) {
                break;
            }
            found = Some((i, paragraph.range.start));
        } else if found.is_none() {
            // The greeting stands inside the paragraph.
            let inner = paragraph
                .sentences
                .iter()
                .map(|range| range.start)
                .filter(|&start| start > paragraph.range.start)
                .rfind(|&start| {
                    is_greeting(paragraph.text[start - paragraph.range.start..].trim_start())
                });
            if let Some(start) = inner {
                return Some(start);
            }
            if lists && is_greeting(paragraph.text) {
                break;
            }
        }
        room = room.saturating_sub(paragraph.chars);
        if room == 0 {
            break;
        }
    }
    if let Some((_, start)) = found {
        return Some(start);
    }
    // Without a greeting: the last paragraph, if it is nothing but an appeal.
    let paragraph = &body[last];
    let first = paragraph.sentences.first()?;
    let opening = &paragraph.text[..first.end - paragraph.range.start];
    (last > from
        && paragraph.chars <= 600
        && has("appeal", opening) | paragraph.text.contains("让我们"))
    .then_some(paragraph.range.start)
}

fn is_greeting(text: &str) -> bool {
    ["各位代表", "同志们", "代表们", "朋友们"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// The text without the name of the paper that printed it: …而奋斗！（青溪日报）
fn without_source(text: &str) -> &str {
    match text.rsplit_once('（') {
        Some((rest, source)) if source.ends_with('）') && source.chars().count() <= 18 => rest,
        _ => text,
    }
}

fn ends_speech(paragraph: &Paragraph) -> bool {
    // Thanks belong to the work that is done.
    let thanks = has("thanks", paragraph.text) && !paragraph.text.contains("让我们");
    !thanks
        && without_source(paragraph.text).ends_with(['！', '。'])
        && (has("appeal", paragraph.text) || is_greeting(paragraph.text))
}
