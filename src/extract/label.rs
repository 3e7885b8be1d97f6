//! The label of a figure: what stands before and after its number, without the words that a reader does not need, and cut
//! to the length of a label.

use std::borrow::Cow;

use super::lexicon::{Role, light_verbs, word_after, word_before};
use super::nominal::{leading_verb, word_end, word_start};
use super::subject::edge;

/// A label has at most this many characters.
pub(super) const LABEL_CHARS: usize = 24;

/// Bytes of the shortest phrase that a cut at a joint may leave: seven characters.
const SHORTEST_CUT: usize = 21;

/// What follows a number is cut to this many, so that the verb before it keeps a place.
const AFTER_CHARS: usize = 18;

/// The label of a figure: `before` its verb and noun, `after` the noun that follows the number.
pub(super) fn label(before: &str, after: &str) -> String {
    let (before, after) = (plain_words(without_opening(before)), plain_words(after));
    let after = cut_end(&after, AFTER_CHARS);
    // …（投资1.2亿）、甲厂: the mark joins it to what stands before.
    let before = before.trim_start_matches(['、', '）']);
    let before = before
        .strip_prefix(['对', '将', '把', '以'])
        .filter(|rest| !after.is_empty() && rest.chars().count() > 1)
        .unwrap_or(before);
    // 为低保户 names whom, 为企业解决问题 what was done for them.
    let before = before
        .strip_prefix('为')
        .filter(|rest| after.is_empty() && rest.chars().count() > 1)
        .filter(|rest| word_before(rest, Role::Persons).is_some())
        .unwrap_or(before);
    let before = without_light_verb(before, after.chars().count());
    let room = LABEL_CHARS - after.chars().count();
    let before = if before.chars().count() > room || !after.is_empty() {
        without_examples(before, after.is_empty())
    } else {
        Cow::Borrowed(before)
    };
    balanced(format!("{}{after}", cut_start(&before, room)))
}

/// 使粮食总产量, 并提出 without the word that only joins them to what was said before. 使用 and 并网 are words.
fn without_opening(before: &str) -> &str {
    before
        .strip_prefix(['使', '让', '并'])
        .filter(|rest| rest.chars().count() > 2)
        .filter(|_| word_after(before, Role::OpensName).is_none())
        .unwrap_or(before)
}

/// 完成大气污染源环境保护规范化建设 without its 完成.
fn without_light_verb(before: &str, after: usize) -> &str {
    light_verbs()
        .iter()
        .find_map(|&(verb, least)| {
            before
                .strip_prefix(verb)
                .filter(|rest| rest.chars().count() + after >= least)
        })
        .unwrap_or(before)
}

/// Without the words that a noun phrase does not need: 进行了, 了.
fn plain_words(text: &str) -> Cow<'_, str> {
    let text = without_notes(text);
    if !text.contains(['了', '予', '预']) {
        return text;
    }
    let text = text
        .replace("进行了", "")
        .replace("予以", "")
        .replace("预计", "");
    let mut kept = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c != '了' || text[at..].starts_with("了解") {
            kept.push(c);
        }
    }
    Cow::Owned(kept)
}

/// 改造甲里、乙里、丙里等旧楼区 without the examples: its verb, and the noun after 等 where one stands there.
fn without_examples(text: &str, noun_follows: bool) -> Cow<'_, str> {
    let Some(at) = text.rfind('等') else {
        return Cow::Borrowed(text);
    };
    let noun = &text[at + '等'.len_utf8()..];
    let examples = text[..at].matches('、').count();
    if examples == 0 || (noun_follows && noun.chars().count() < 2) {
        return Cow::Borrowed(text);
    }
    let verb = [Role::New, Role::Stage, Role::VerbIn]
        .iter()
        .find_map(|&role| word_after(text, role))
        .filter(|verb| verb.chars().count() > 1)
        .or_else(|| leading_verb(text));
    Cow::Owned(format!("{}{noun}", verb.unwrap_or_default()))
}

/// Marks that a cut has left without their other half go as well.
fn balanced(label: String) -> String {
    if !label.contains(['（', '）', '“', '”', '"', '《', '》']) {
        return label;
    }
    let halves =
        |open: char, close: char| label.matches(open).count() != label.matches(close).count();
    let odd = label.matches('"').count() % 2 == 1;
    if halves('（', '）') {
        return balanced(label.replace(['（', '）'], ""));
    }
    if halves('《', '》') {
        return balanced(label.replace(['《', '》'], ""));
    }
    if !(halves('“', '”') || odd) {
        return label;
    }
    label.replace(['“', '”', '"'], "")
}

/// Without footnote marks: 〔8〕.
fn without_notes(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| matches!(c, '〔' | '〕') || c.is_whitespace()) {
        return Cow::Borrowed(text.trim_matches(edge));
    }
    let mut kept = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '〔' => inside = true,
            '〕' => inside = false,
            _ if inside || c.is_whitespace() => {}
            c => kept.push(c),
        }
    }
    Cow::Owned(kept.trim_matches(edge).to_owned())
}

/// The last `room` characters, from a place where a phrase may begin.
fn cut_start(text: &str, room: usize) -> &str {
    let count = text.chars().count();
    if count <= room {
        return text;
    }
    let tail: Vec<(usize, char)> = text.char_indices().skip(count - room).collect();
    let latest = tail.len().saturating_sub(4);
    // From a mark of the phrase, else from where a word begins.
    let start = tail[..latest]
        .iter()
        .position(|&(_, c)| "的、等和，（）“”".contains(c))
        .map_or_else(|| word_start(text, tail[0].0), |at| tail[at + 1].0);
    text[start..].trim_start_matches(edge)
}

/// Without the joint that a cut has left at the end: 重点企业和. 惠及 and 参与 end in none.
fn without_joint(text: &str) -> &str {
    let rest = text.trim_end_matches(['和', '与', '及', '的', '、']);
    if rest.len() < text.len() && word_before(text, Role::EndsName).is_none() {
        rest
    } else {
        text
    }
}

/// The first `room` characters, up to where a word ends.
fn cut_end(text: &str, room: usize) -> &str {
    match text.char_indices().nth(room) {
        // At a joint of a list, if the words before it are a phrase, else where a word ends.
        Some((at, _)) => match text[..at]
            .rfind('、')
            .filter(|&joint| joint >= SHORTEST_CUT)
        {
            Some(joint) => &text[..joint],
            None => without_joint(&text[..word_end(text, at)]),
        },
        None => text,
    }
}
