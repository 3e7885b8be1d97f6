//! What a number measures: the words before and after it, cut to a label.

use std::borrow::Cow;

use super::lexicon::{Role, word_after, word_before, words_in};
use super::nominal::{leading_verb, opens_with_verb, word_end, word_start};

/// A label has at most this many characters.
pub(super) const LABEL_CHARS: usize = 24;
/// Bytes of the shortest phrase that a cut at a joint may leave: seven characters.
const SHORTEST_CUT: usize = 21;
/// What follows a number is cut to this many, so that the verb before it keeps a place.
const AFTER_CHARS: usize = 18;

/// Characters that neither begin nor end a subject.
fn edge(c: char) -> bool {
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
        rest = strip_time(strip_numbering(rest));
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
        rest = strip_past(rest);
        if let Some(word) = word_after(rest, Role::Lead) {
            let shorter = &rest[word.len()..];
            // 完成率, 实现值: the word is part of a name.
            if !shorter.starts_with(['率', '额', '量', '度', '值', '数', '者', '情', '期'])
            {
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
        rest = strip_time_behind(rest);
        if rest.len() == was {
            return rest;
        }
    }
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
        && let Some(rest) = arabic.strip_prefix(['、', '．'])
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

/// 过去十五年, 近三年 at the start of a text.
fn strip_past(text: &str) -> &str {
    let Some(years) = text
        .strip_prefix('近')
        .or_else(|| text.strip_prefix("过去"))
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
            end
        } else {
            end.strip_prefix('前').unwrap_or(end)
        };
    }
    text
}

/// 比上年, 较2019年, 同比 …: what a change is against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// Nothing said, or the year before.
    YearBefore,
    /// A named year.
    Year(i32),
    /// Some other earlier time.
    Earlier,
}

/// Cuts the comparison off the end of what stands before a change word.
pub(super) fn strip_comparison(text: &str) -> (&str, Base) {
    let text = strip_basis(text.trim_end_matches(edge));
    for word in [
        "同比",
        "环比",
        "同口径",
        "按可比价",
        "按可比口径",
        "按可比价格",
        "按可比价格计算",
        "按可比价计算",
        "按不变价",
        "按不变价计算",
        "按不变价格计算",
        "可比价",
        "可比口径",
        "可比",
    ] {
        if let Some(rest) = text.strip_suffix(word) {
            let base = if word == "环比" {
                Base::Earlier
            } else {
                Base::YearBefore
            };
            let (rest, inner) = strip_comparison(rest);
            return (
                rest,
                if inner == Base::YearBefore {
                    base
                } else {
                    inner
                },
            );
        }
    }
    let Some((at, c)) = text
        .char_indices()
        .rev()
        .take(14)
        .find(|&(at, c)| (c == '比' || c == '较') && opens_time(&text[at + c.len_utf8()..]))
    else {
        return (text, Base::YearBefore);
    };
    let than = &text[at + c.len_utf8()..];
    (text[..at].trim_end_matches(edge), base(than))
}

/// （按可比口径）, 剔除减税因素后, 按不变价计算: how the compared values were made alike, cut off the end.
fn strip_basis(text: &str) -> &str {
    const BASIS: [&str; 8] = [
        "口径",
        "可比",
        "不变价",
        "同比",
        "剔除",
        "扣除",
        "不含",
        "因素",
    ];
    let bracket = text
        .strip_suffix('）')
        .and_then(|inner| inner.rsplit_once('（'))
        .filter(|(_, note)| BASIS.iter().any(|word| note.contains(word)));
    if let Some((rest, _)) = bracket {
        return rest.trim_end_matches(edge);
    }
    let ends = [
        "口径",
        "计算",
        "核算",
        "因素",
        "因素后",
        "影响",
        "影响后",
        "因素影响",
        "价",
        "价格",
        "后",
    ];
    if !ends.iter().any(|end| text.ends_with(end)) {
        return text;
    }
    let of_comparison = |from: usize| {
        let basis = &text[from..];
        let removed = basis.starts_with("剔除") || basis.starts_with("扣除");
        let count = basis.chars().count();
        count <= 16
            && (removed
                || ["口径", "可比", "不变价", "现价"]
                    .iter()
                    .any(|word| basis.contains(word)))
    };
    ["剔除", "扣除", "若按", "如按", "按", "同口径"]
        .iter()
        .filter_map(|word| text.rfind(word))
        .find(|&from| of_comparison(from))
        .map_or(text, |from| text[..from].trim_end_matches(edge))
}

/// Whether a comparison goes on with an earlier time.
fn opens_time(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        || chinese_year(text).is_some()
        || [
            "上",
            "去年",
            "前",
            "年初",
            "期初",
            "基期",
            "“",
            "十",
            "同期",
            "往年",
            "五年前",
            "改革",
            "过去",
            "历年",
        ]
        .iter()
        .any(|word| text.starts_with(word))
}

/// 一九八〇 at the start of a text.
fn chinese_year(text: &str) -> Option<i32> {
    let digits = text.chars().take(4).map(|c| match c {
        '〇' | '○' | '零' => Some(0),
        c => "一二三四五六七八九"
            .chars()
            .position(|known| known == c)
            .and_then(|at| i32::try_from(at + 1).ok()),
    });
    let year = digits
        .collect::<Option<Vec<i32>>>()?
        .into_iter()
        .fold(0, |year, digit| year * 10 + digit);
    (1900..2100).contains(&year).then_some(year)
}

fn base(than: &str) -> Base {
    if let Some(year) = chinese_year(than) {
        return Base::Year(year);
    }
    if let Some(year) = than
        .get(..4)
        .and_then(|year| year.parse::<i32>().ok())
        .filter(|year| (1900..2100).contains(year))
    {
        return Base::Year(year);
    }
    if ["上年", "去年", "上一年", "年初"]
        .iter()
        .any(|word| than.starts_with(word))
    {
        return Base::YearBefore;
    }
    Base::Earlier
}

/// Whether a clause opens with a part of the place as its subject: 滨海新区战略地位提升, but not 加快开发区建设.
pub(super) fn names_a_zone(clause: &str) -> bool {
    let clause = strip_lead(clause);
    words_in(clause, Role::Zone)
        .next()
        .is_some_and(|(at, _)| at <= 24)
        && !opens_with_verb(clause)
        && word_after(clause, Role::MakingUse).is_none()
}

/// The label of a figure: `before` its verb and noun, `after` the noun that follows the number.
pub(super) fn label(before: &str, after: &str) -> String {
    let (before, after) = (plain_words(before), plain_words(after));
    let after = cut_end(&after, AFTER_CHARS);
    let before = before
        .strip_prefix(['对', '将', '把', '以'])
        .filter(|rest| !after.is_empty() && rest.chars().count() > 1)
        .unwrap_or(&before);
    // 为低保户 names whom, 为企业解决问题 what was done for them.
    let before = before
        .strip_prefix('为')
        .filter(|rest| after.is_empty() && rest.chars().count() > 1)
        .filter(|rest| rest.ends_with(['户', '人', '员', '者', '童', '生']))
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

/// Verbs that say nothing beside a noun phrase of at least so many characters, which says what was done itself.
const LIGHT_VERBS: [(&str, usize); 7] = [
    ("实现", 2),
    ("完成", 7),
    ("组织开展", 8),
    ("开展", 8),
    ("组织", 8),
    ("举办", 8),
    ("召开", 8),
];

/// 完成大气污染源环境保护规范化建设 without its 完成.
fn without_light_verb(before: &str, after: usize) -> &str {
    LIGHT_VERBS
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
    if !text.contains(['了', '予']) {
        return text;
    }
    let text = text.replace("进行了", "").replace("予以", "");
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

/// Quotation marks that a cut has left without their other half go as well.
fn balanced(label: String) -> String {
    if !label.contains(['（', '）', '“', '”', '"']) {
        return label;
    }
    let halves =
        |open: char, close: char| label.matches(open).count() != label.matches(close).count();
    let odd = label.matches('"').count() % 2 == 1;
    if halves('（', '）') {
        return balanced(label.replace(['（', '）'], ""));
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

/// The first `room` characters, up to where a word ends.
fn cut_end(text: &str, room: usize) -> &str {
    match text.char_indices().nth(room) {
        // At a joint of a list, if the words before it are a phrase, else where a word ends.
        Some((at, _)) => match text[..at]
            .rfind('、')
            .filter(|&joint| joint >= SHORTEST_CUT)
        {
            Some(joint) => &text[..joint],
            None => &text[..word_end(text, at)],
        },
        None => text,
    }
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

    #[test]
    fn comparisons() {
        assert_eq!(
            strip_comparison("主营业务收入同比"),
            ("主营业务收入", Base::YearBefore)
        );
        assert_eq!(
            strip_comparison("森林覆盖率比2011年"),
            ("森林覆盖率", Base::Year(2011))
        );
        assert_eq!(strip_comparison("比上个五年"), ("", Base::Earlier));
    }
}
