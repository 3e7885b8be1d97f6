//! The members of a list that numbers are shared out over: 城镇、农村居民人均可支配收入 are two that share their end.

use super::indicator::indicator;
use super::label::LABEL_CHARS;
use super::lexicon::{Role, word_before, words_in};
use super::nominal::last_word;

/// Splits the subjects of a list and gives each the words that it shares with the others. `None` where they are not
/// `count`.
pub(super) fn members(names: &str, count: usize) -> Option<Vec<String>> {
    // One number for all of them.
    if count == 1 {
        return Some(vec![names.to_owned()]);
    }
    let deposits = BOTH
        .iter()
        .find(|(both, _)| both.contains('、') && names.contains(both));
    let mut parts = marked(names, count).unwrap_or_else(|| split(names));
    if let Some((both, halves)) = BOTH.iter().find(|(both, _)| names.contains(both))
        && count == 2
        && (parts.len() < 2 || deposits.is_some())
    {
        return Some(
            halves
                .iter()
                .map(|half| names.replacen(both, half, 1))
                .collect(),
        );
    }
    if parts.len() < count {
        return None;
    }
    // What stands before the list may hold the same marks.
    parts = parts.split_off(parts.len() - count);
    if let Some(industries) = industries(&parts) {
        return Some(industries);
    }
    // 环保、教育、医疗卫生等民生支出: the examples share what stands after 等.
    let mut shared = None;
    let mut last = parts[count - 1];
    if let Some((example, of)) = last.split_once('等') {
        let examples = example.chars().count() > 1 && !example.ends_with(['高', '中', '初']);
        if examples && measure(of).is_some() && measure(example).is_none() {
            shared = measure(of);
            last = example;
        }
    }
    let short = parts[..count - 1]
        .iter()
        .all(|part| part.chars().count() <= 3);
    // 规上工业增加值、进出口总额占比: the share of each is meant, not the amounts before.
    let over_all = ["占比", "比重", "增速", "增幅"].into_iter().find(|ratio| {
        last.strip_suffix(ratio)
            .is_some_and(|of| measure(of).is_some())
    });
    if let Some(shares) = shares(&parts) {
        return Some(shares);
    }
    let mut whole = vec![String::new(); count];
    let mut end = shared.or_else(|| measure(last));
    whole[count - 1] = match shared {
        Some(shared) => format!("{last}{shared}"),
        None => last.to_owned(),
    };
    for at in (0..count - 1).rev() {
        let part = parts[at];
        whole[at] = if let Some(rest) = continued(part, last).filter(|_| !is_measure(part)) {
            format!("{part}{rest}")
        } else if let Some(ratio) = over_all.filter(|ratio| !part.ends_with(ratio)) {
            format!("{part}{ratio}")
        } else if is_measure(part) {
            // Those before it share the end of the next whole one: 燃气、供水普及率、垃圾处理率.
            end = measure(part).or(end);
            part.to_owned()
        } else if let Some(end) =
            end.or_else(|| last_word(last).filter(|end| short && last.len() > end.len()))
        {
            let end = shorter_end(part, last, end);
            let whole = joined(part, end);
            // 接待游客、旅游收入: an indicator takes no money from the last, unless it is another one with it.
            let money = ["收入", "投资", "利润", "销售额", "税收"]
                .iter()
                .any(|measure| end.ends_with(measure));
            if money && indicator(part, None).is_some() && indicator(&whole, None).is_none() {
                part.to_owned()
            } else if part.ends_with("居民") {
                format!("{part}{}", end.trim_start_matches("居民"))
            } else {
                whole
            }
        } else {
            part.to_owned()
        };
    }
    // 旅游人次和收入: a bare measure is of what the first member names.
    let head = measure(&whole[0]).map(|measure| whole[0].trim_end_matches(measure).to_owned());
    if let Some(head) = head.filter(|head| !head.is_empty()) {
        for bare in whole.iter_mut().skip(1) {
            if BARE.contains(&bare.as_str()) {
                *bare = joined(&head, bare);
            }
        }
    }
    Some(whole)
}

/// 甲产业、乙产业增加值占工业增加值的比重, 教育、卫生等民生支出占财政支出的比例: each member has the measure and what it is
/// compared with. A name that would be too long has the measure and the word for a share.
fn shares(parts: &[&str]) -> Option<Vec<String>> {
    // What has a share is named by two at least.
    const TWO_CHARACTERS: usize = "产业".len();
    let (last, others) = parts.split_last()?;
    let ratio = word_before(last, Role::Share)?;
    // 产值占比 is a share of something that is not named.
    let before_ratio = last.len() - ratio.len();
    let (at, _) = words_in(last, Role::ShareOf)
        .find(|(at, word)| *at >= TWO_CHARACTERS && at + word.len() < before_ratio)?;
    let (of, whole) = (&last[..at], &last[at..]);
    let (of, measured) = match of.split_once('等') {
        Some((example, all)) if measure(example).is_none() => (example, measure(all)),
        _ => (of, None),
    };
    let measured = measured.or_else(|| measure(of));
    let with_whole = |own: String| {
        let name = format!("{own}{whole}");
        if name.chars().count() <= LABEL_CHARS {
            name
        } else {
            format!("{own}{ratio}")
        }
    };
    let own = |part: &str| {
        let end = measured.filter(|_| !is_measure(part)).unwrap_or_default();
        joined(part, end)
    };
    let mut names: Vec<String> = Vec::new();
    for part in others {
        // One that says itself what it is compared with stays as it is.
        let whole_of_its_own = word_before(part, Role::Share).is_some();
        names.push(if whole_of_its_own {
            (*part).to_owned()
        } else {
            with_whole(own(part))
        });
    }
    names.push(with_whole(own(of)));
    Some(names)
}

/// 电子和软件、生物与健康、新材料 before three numbers: the marks alone part as many members as there are numbers, and the
/// joints stand inside them.
fn marked(names: &str, count: usize) -> Option<Vec<&str>> {
    let parts: Vec<&str> = names.split('、').collect();
    let whole =
        |part: &&str| !part.is_empty() && part.matches('（').count() == part.matches('）').count();
    (count > 1 && parts.len() == count && parts.iter().all(whole)).then_some(parts)
}

/// Splits at the joints of a list, but not inside 普及率, 参与率, 和谐.
fn split(names: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut depth = 0;
    for (at, c) in names.char_indices() {
        let inside = match c {
            '（' => {
                depth += 1;
                true
            }
            '）' => {
                depth -= 1;
                true
            }
            '、' => depth > 0,
            '及' => {
                names[..at].ends_with(['普', '涉', '惠', '波', '触', '顾'])
                    || names[at..].starts_with("及时")
                    || names[at..].starts_with("及格")
            }
            '与' => names[..at].ends_with('参') || names[at..].starts_with("与会"),
            '和' => {
                names[..at].ends_with(['共', '饱', '调', '缓', '总'])
                    || names[at..].starts_with("和谐")
                    || names[at..].starts_with("和美")
            }
            _ => true,
        };
        if !inside {
            parts.push(&names[from..at]);
            from = at + c.len_utf8();
        }
    }
    parts.push(&names[from..]);
    parts.retain(|part| !part.is_empty());
    // 以及 leaves 以 behind.
    parts
        .into_iter()
        .map(|part| {
            part.strip_suffix('以')
                .filter(|rest| !rest.is_empty())
                .unwrap_or(part)
        })
        .collect()
}

/// 一、二、三产业增加值: the three industries by their numbers.
fn industries(parts: &[&str]) -> Option<Vec<String>> {
    let number = |part: &str| {
        let part = part.strip_prefix('第').unwrap_or(part);
        let first = part.chars().next()?;
        let rest = &part[first.len_utf8()..];
        let rest = rest
            .strip_prefix("次产业")
            .or_else(|| rest.strip_prefix("产业"))
            .or_else(|| rest.strip_prefix('产'))
            .or(Some(rest).filter(|rest| rest.is_empty()))?;
        "一二三".contains(first).then(|| (first, rest.to_owned()))
    };
    let numbered: Option<Vec<(char, String)>> = parts.iter().map(|part| number(part)).collect();
    let numbered = numbered?;
    let of = numbered.last()?.1.clone();
    Some(
        numbered
            .into_iter()
            .map(|(number, own)| {
                let own = if own.is_empty() { &of } else { &own };
                format!("第{number}产业{own}")
            })
            .collect(),
    )
}

/// `head` and `tail` with what the one ends in and the other begins with once: 商品房销售 and 销售额.
fn joined(head: &str, tail: &str) -> String {
    let cut = tail
        .char_indices()
        .map(|(at, _)| at)
        .skip(1)
        .filter(|&at| head.ends_with(&tail[..at]))
        .last()
        .unwrap_or(0);
    format!("{head}{}", &tail[cut..])
}

/// What the last member goes on with after the end of `part`: 城镇居民、农村居民每百户汽车拥有量, 国家级、省级园区产值.
fn continued<'t>(part: &str, last: &'t str) -> Option<&'t str> {
    let end = part.char_indices().next_back().map(|(at, _)| &part[at..])?;
    let end = if ["级", "镇", "乡", "村", "市", "县", "籍"].contains(&end) {
        end
    } else {
        part.char_indices()
            .rev()
            .nth(1)
            .map(|(at, _)| &part[at..])?
    };
    let at = last.find(end)?;
    Some(&last[at + end.len()..]).filter(|rest| !rest.is_empty())
}

/// The longest measure that a subject ends with, which the members of a list may share.
pub(super) fn measure(subject: &str) -> Option<&'static str> {
    word_before(subject, Role::SharedEnd)
}

/// 基本养老、基本医疗保险参保人数: what opens as the last does shares no more of it than the measure behind its own name.
fn shorter_end<'t>(part: &str, last: &'t str, end: &'t str) -> &'t str {
    let opening = last
        .char_indices()
        .nth(2)
        .map_or(last, |(at, _)| &last[..at]);
    if end != last || !part.starts_with(opening) {
        return end;
    }
    let rest = last.char_indices().skip(2).map(|(at, _)| &last[at..]);
    rest.into_iter()
        .find(|rest| measure(rest) == Some(*rest))
        .unwrap_or(end)
}

/// Whether a member says itself how much of it is meant: 事故次数, 游客接待量.
fn is_measure(subject: &str) -> bool {
    let ends = [
        '量', '额', '率', '数', '值', '比', '价', '费', '次', '收', '税', '资', '时', '长', '金',
    ];
    measure(subject).is_some() || subject.ends_with(ends)
}

/// Measures that name nothing alone.
const BARE: [&str; 15] = [
    "增加值",
    "到位额",
    "合同额",
    "收入",
    "面积",
    "产量",
    "投资",
    "投资额",
    "总额",
    "销售额",
    "产值",
    "利润",
    "金额",
    "人数",
    "户数",
];

/// Words that name two things at once.
const BOTH: [(&str, [&str; 2]); 5] = [
    ("城乡", ["城镇", "农村"]),
    ("城、乡", ["城镇", "农村"]),
    ("存贷款", ["存款", "贷款"]),
    ("存、贷款", ["存款", "贷款"]),
    ("进出口", ["进口", "出口"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &str, count: usize) -> String {
        members(names, count).map_or("-".into(), |members| members.join(" "))
    }

    #[test]
    fn members_share_their_ends() {
        assert_eq!(
            read("城镇、农村居民人均可支配收入", 2),
            "城镇居民人均可支配收入 农村居民人均可支配收入"
        );
        assert_eq!(
            read("集中供热、燃气普及率和垃圾处理率", 3),
            "集中供热普及率 燃气普及率 垃圾处理率"
        );
        assert_eq!(read("教育、卫生等民生支出", 2), "教育支出 卫生支出");
        assert_eq!(
            read("一、二、三产业增加值", 3),
            "第一产业增加值 第二产业增加值 第三产业增加值"
        );
        assert_eq!(
            read("电子和软件、生物与健康、新材料", 3),
            "电子和软件 生物与健康 新材料"
        );
        assert_eq!(read("旅游人次和收入", 2), "旅游人次 旅游收入");
        assert_eq!(
            read("国家级、省级园区产值", 2),
            "国家级园区产值 省级园区产值"
        );
        assert_eq!(read("肉、蛋、奶产量", 3), "肉产量 蛋产量 奶产量");
        assert_eq!(
            read("商品房销售面积和销售额", 2),
            "商品房销售面积 商品房销售额"
        );
    }
}
