//! What a number measures: the words before and after it, without what opens a clause and what leads to the number.

use super::lexicon::{Role, word_after, word_before, words_in};
use super::nominal::opens_with_verb;

/// Characters that neither begin nor end a subject.
pub(super) fn edge(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '、' | '，' | '；' | '。' | '：' | ':' | ',' | ';' | '\'' | '—' | '-' | '·' | '．'
        )
}

/// Strips what opens a clause and is not part of the thing measured: times, 全镇, 预计, 其中.
pub(super) fn strip_lead(text: &str) -> &str {
    let mut rest = text;
    loop {
        let was = rest.len();
        rest = rest.trim_start_matches(edge);
        let unnumbered = strip_numbering(rest);
        rest = strip_time(unnumbered);
        // 自2001年以来
        if rest.len() < unnumbered.len() {
            rest = rest.strip_prefix("以来").unwrap_or(rest);
        }
        // 争取6月底前完成, but not 争取资金.
        if let Some(timed) = rest
            .strip_prefix("争取")
            .filter(|timed| strip_time(timed).len() < timed.len())
        {
            rest = timed;
        }
        // 共接待, 要完成, but not 共同, 共有产权, 要素.
        if let Some(shorter) = rest
            .strip_prefix(['共', '要'])
            .filter(|shorter| {
                !shorter.starts_with(['同', '建', '享', '有', '产', '青', '和', '求', '素', '件'])
            })
            .filter(|shorter| {
                shorter.is_empty()
                    || opens_with_verb(shorter)
                    || word_after(shorter, Role::VerbIn).is_some()
            })
        {
            rest = shorter;
        }
        rest = strip_plan(rest);
        // 将实施, 将补助标准提高到, but not 将军.
        rest = rest
            .strip_prefix('将')
            .filter(|rest| !rest.starts_with(['军', '领', '台', '乐', '才', '来']))
            .unwrap_or(rest);
        rest = strip_circumstance(strip_past(rest));
        if let Some(word) = word_after(rest, Role::Lead)
            && word_after(rest, Role::OpensName).is_none()
        {
            let shorter = &rest[word.len()..];
            // 完成率, 实现值: the word is part of a name.
            if !shorter.starts_with([
                '率', '额', '量', '度', '值', '数', '者', '情', '期', '性', '位',
            ]) {
                rest = shorter;
            }
        }
        if rest.len() == was {
            return rest;
        }
    }
}

/// Strips what stands between the thing measured and its number: 完成, 达到, 共.
pub(super) fn strip_link(text: &str) -> &str {
    let mut rest = text;
    loop {
        let was = rest.len();
        rest = rest.trim_end_matches(edge);
        if let Some(word) = word_before(rest, Role::Link)
            && word_before(rest, Role::Keep).is_none_or(|keep| keep.len() <= word.len())
        {
            rest = &rest[..rest.len() - word.len()];
        }
        rest = strip_goal(strip_running_years(strip_time_behind(rest)));
        if rest.len() == was {
            return rest;
        }
    }
}

/// 失业率控制在年度目标: the goal within which a level was kept, behind a subject.
fn strip_goal(text: &str) -> &str {
    const GOAL_CHARS: usize = 8;
    if word_before(text, Role::Completion).is_none() {
        return text;
    }
    words_in(text, Role::Reached)
        .filter(|(at, word)| *at > 0 && word.ends_with('在'))
        .find(|(at, word)| text[at + word.len()..].chars().count() <= GOAL_CHARS)
        .map_or(text, |(at, _)| &text[..at])
}

/// 粮食产量连续11年, 连续十二年: for how many years it has been so, behind a subject.
fn strip_running_years(text: &str) -> &str {
    text.strip_suffix('年')
        .map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit() || is_numeral(c)))
        .and_then(|rest| rest.strip_suffix("连续"))
        .unwrap_or(text)
}

/// 企业利润1-11月, 贷款余额2022年底: the time behind a subject.
fn strip_time_behind(text: &str) -> &str {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '至');
    let named = text
        .strip_suffix(['底', '末'])
        .and_then(|rest| rest.strip_suffix('年'))
        .or_else(|| text.strip_suffix('月'));
    let Some(named) = named else { return text };
    let rest = named.trim_end_matches(digits);
    // 年底 alone is one as well; 人均月 and 每月 are none.
    let year = text.ends_with(['底', '末']);
    if rest.len() == named.len() && !year {
        return text;
    }
    if rest.is_empty() { text } else { rest }
}

/// 七是, （7）: the numbering of a list.
fn strip_numbering(text: &str) -> &str {
    // Most phrases open with a word.
    if text.starts_with(|c: char| matches!(c, '\u{4e00}'..='\u{9fff}') && !is_numeral(c)) {
        return text;
    }
    // ①, ⑴, ⒈, ㈠
    let marks = ['①'..='⑳', '⑴'..='⒇', '⒈'..='⒛', '㈠'..='㈩'];
    if let Some(rest) = text.strip_prefix(|c: char| marks.iter().any(|marks| marks.contains(&c))) {
        return rest;
    }
    let arabic = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if (1..=2).contains(&(text.len() - arabic.len()))
        && let Some(rest) = arabic.strip_prefix(['、', '．', '.'])
        && rest.starts_with(|c: char| c.is_alphabetic())
    {
        return rest;
    }
    let chinese = text.trim_start_matches(is_numeral);
    if chinese.len() < text.len()
        && let Some(rest) = chinese.strip_prefix('是')
    {
        return rest;
    }
    let inner = text
        .strip_prefix(['（', '('])
        .and_then(|inner| inner.split_once(['）', ')']));
    match inner {
        Some((number, rest))
            if !number.is_empty()
                && number.chars().all(|c| c.is_ascii_digit() || is_numeral(c)) =>
        {
            rest
        }
        _ => text,
    }
}

/// A Chinese numeral up to ten.
fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
    )
}

/// “十四五”时期, 十五期间 at the start of a text.
fn strip_plan(text: &str) -> &str {
    if !text.starts_with(['“', '十', '到', '至']) {
        return text;
    }
    let until = text.strip_prefix(['到', '至']).unwrap_or(text);
    let quoted = until.trim_start_matches('“');
    let Some(name) = word_after(quoted, Role::PlanName) else {
        return text;
    };
    let rest = quoted[name.len()..].trim_start_matches('”');
    ["时期", "期间", "期末", "末"]
        .iter()
        .find_map(|span| rest.strip_prefix(span))
        .map_or(text, |rest| rest.strip_prefix("内").unwrap_or(rest))
}

/// 在专班推动下, 在上级支持下 at the start of a text.
fn strip_circumstance(text: &str) -> &str {
    if !text.starts_with('在') {
        return text;
    }
    let ends = |&(at, word): &(usize, &str)| text[at + word.len()..].starts_with('下');
    words_in(text, Role::Circumstance)
        .find(ends)
        .map(|(at, word)| &text[at + word.len() + '下'.len_utf8()..])
        .filter(|rest| !rest.starts_with(['属', '辖', '达', '发', '降']))
        .map_or(text, |rest| rest.trim_start_matches(edge))
}

/// 过去十五年, 近三年 at the start of a text.
fn strip_past(text: &str) -> &str {
    let Some(years) = text
        .strip_prefix('近')
        .or_else(|| text.strip_prefix("过去"))
        .or_else(|| text.strip_prefix("提前"))
    else {
        return text;
    };
    let rest = years.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    rest.strip_prefix('年')
        .filter(|_| rest.len() < years.len())
        .map_or(text, |rest| rest.trim_start_matches(['来', '间', '的']))
}

/// 2023年, 10月底, 截至10月底, 1—10月 at the start of a text.
fn strip_time(text: &str) -> &str {
    let opens_time = |c: char| {
        matches!(
            c,
            '0'..='9' | '-' | '—' | '截' | '到' | '至' | '自' | '从' | '为' | '〇' | '○' | '零'
        ) || is_numeral(c)
    };
    if !text.starts_with(opens_time) {
        return text;
    }
    let mut rest = text;
    for word in ["截至", "截止", "到", "至", "自", "从", "为到"] {
        if let Some(after) = rest
            .strip_prefix(word)
            .filter(|after| after.starts_with(|c: char| c.is_ascii_digit()))
        {
            rest = after;
            break;
        }
    }
    let chinese = rest
        .trim_start_matches(|c| matches!(c, '〇' | '○' | '零') || (is_numeral(c) && c != '十'))
        .len();
    // 一九九五年: four Chinese digits.
    let digits = if rest.len() - chinese == 4 * '一'.len_utf8()
        && rest[rest.len() - chinese..].starts_with('年')
    {
        rest.len() - chinese
    } else {
        rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_digit() || "-—".contains(c))
                .len()
    };
    let after = &rest[digits..];
    if digits > 0 && after.starts_with(['年', '月', '日']) && !after.starts_with("年级") {
        let end = after['年'.len_utf8()..].trim_start_matches(['底', '末', '初', '度', '份']);
        // 6月底前完成, but 2000年以前建成.
        return if after.starts_with('年') {
            // 2000年前的小区, 2000年底前建成的小区
            end.strip_prefix('前')
                .filter(|rest| rest.starts_with(['的', '建']))
                .unwrap_or(end)
        } else {
            end.strip_prefix('前').unwrap_or(end)
        };
    }
    text
}

/// Whether a clause opens with a part of the place as its subject: 滨海新区战略地位提升, but not 加快开发区建设.
pub(super) fn names_a_zone(clause: &str) -> bool {
    let clause = strip_lead(clause);
    words_in(clause, Role::Zone)
        .next()
        .is_some_and(|(at, _)| at <= 24)
        && !opens_with_verb(clause)
        && [Role::MakingUse, Role::TopicVerb]
            .iter()
            .all(|&verb| word_after(clause, verb).is_none())
}

/// The words right after a number as far as they belong to it: up to the next mark or number.
pub(super) fn attached(after: &str) -> &str {
    let ends = |at: usize, c: char| match c {
        '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';' | '\n' | '〔' => true,
        '（' | '(' => !short_bracket(&after[at..]) && !is_level(&after[..at], &after[at..]),
        _ => false,
    };
    let end = after
        .char_indices()
        .find(|&(at, c)| ends(at, c))
        .map_or(after.len(), |(at, _)| at);
    // 和, 与 and the like lead to the next member of a list.
    let mut noun = after[..end].trim_matches(edge);
    for joint in ["以及", "和", "与", "及", "并", "为", "对"] {
        // 惠及, 普及 end in no joint.
        let verb = joint == "及"
            && ["惠及", "普及", "涉及", "波及", "触及"]
                .iter()
                .any(|verb| noun.ends_with(verb));
        noun = noun
            .strip_suffix(joint)
            .filter(|_| !verb)
            .unwrap_or(noun)
            .trim_end_matches(edge);
    }
    noun
}

/// 社区（村）工作人员: a bracket of a word or two inside a noun phrase.
fn short_bracket(text: &str) -> bool {
    let inner = text
        .chars()
        .skip(1)
        .take_while(|&c| c != '）' && c != ')')
        .count();
    inner <= 3 && text.chars().nth(inner + 2).is_some_and(|c| !edge(c))
}

/// 县（市）、区 and 村（社区）: the bracket names another level of the same kind.
fn is_level(before: &str, bracket: &str) -> bool {
    let inner = bracket
        .strip_prefix('（')
        .and_then(|inner| inner.split_once('）'));
    before.ends_with(['县', '市', '区', '镇', '乡', '村'])
        && inner.is_some_and(|(inner, _)| {
            inner.chars().count() <= 5
                && inner
                    .chars()
                    .all(|c| "县市区旗镇乡街道村社居、场".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_and_links_are_no_part_of_a_label() {
        assert_eq!(strip_lead("2023年全镇预计完成税收收入"), "完成税收收入");
        assert_eq!(strip_link("固定资产投资完成约"), "固定资产投资");
        assert_eq!(strip_lead("截至10月底，全县签约项目"), "签约项目");
    }
}
