//! The name of the place: from 代表…人民政府, the session, the speaker's office and the title.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::super::paragraph::Paragraph;
use super::counts::NameCounts;
use super::gazetteer::{Id, Rank, gazetteer, is_municipality, short};
use super::phrase::{phrases, speaks_for};

/// A name and what stands before it: 天津市, 西青区 before 杨柳青镇.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    /// The divisions that the masthead names before it, the highest first.
    pub(super) prefix: Vec<String>,
}

/// The place that the report names as its own.
pub(super) fn named(front: &[Paragraph], text: &str) -> Option<Named> {
    let own = speaks_for(front, text).map_or(&[][..], |word| ranks(word));
    let mut votes: HashMap<String, (u32, Vec<String>)> = HashMap::new();
    for (phrase, weight) in phrases(front, text) {
        let Some(found) = split_name(phrase) else {
            continue;
        };
        if rank_of(&found.name).is_some_and(|rank| !own.is_empty() && !own.contains(&rank)) {
            continue;
        }
        let vote = votes.entry(found.name).or_default();
        vote.0 += weight;
        if found.prefix.len() > vote.1.len() {
            vote.1 = found.prefix;
        }
    }
    votes
        .into_iter()
        .max_by(|a, b| a.1.0.cmp(&b.1.0).then_with(|| b.0.cmp(&a.0)))
        .map(|(name, (_, prefix))| Named { name, prefix })
        .or_else(|| {
            let word = speaks_for(front, text).or_else(|| speaks_of(text))?;
            most_named(*ranks(word).first()?, text)
        })
}

/// The place's name at the end of a phrase, and the divisions before it.
pub(super) fn split_name(phrase: &str) -> Option<Named> {
    let all = gazetteer();
    let starts: Vec<usize> = phrase.char_indices().map(|(at, _)| at).collect();
    // The longest known name that ends the phrase; else a word with the ending of a place.
    let known = starts
        .iter()
        .copied()
        // Two subdistricts of the list are called 街道 and nothing more; it ends the name of each other one.
        .filter(|&at| !ENDINGS.contains(&&phrase[at..]))
        .find(|&at| !all.named(&phrase[at..]).is_empty() && phrase[at..].chars().count() >= 2);
    let unlisted = || {
        let at = prefix_end(phrase);
        is_unlisted(&phrase[at..]).then_some(at)
    };
    let at = match known {
        // 苇泊镇 is no 泊镇: a name of one character and its rank may be the end of a longer one.
        Some(at) if phrase[at..].chars().count() == 2 => unlisted()
            .filter(|&own| own < at && phrase[own..at].chars().count() == 1)
            .unwrap_or(at),
        Some(at) => at,
        None => unlisted()?,
    };
    if let Some((county, town)) = unlisted_county(&phrase[at..]).filter(|_| known.is_none()) {
        let mut prefix = divisions_in(&phrase[..at]);
        prefix.push(county.to_owned());
        return Some(Named {
            name: town.to_owned(),
            prefix,
        });
    }
    let name = &phrase[at..];
    if let Some(full) = abbreviated(name) {
        return Some(Named {
            name: full.to_owned(),
            prefix: divisions_in(&phrase[..at]),
        });
    }
    // 我镇, 全县, 乡镇 name no place.
    if name.chars().count() < 3 && name.starts_with(['我', '全', '本', '各', '该', '乡', '两'])
    {
        return None;
    }
    Some(Named {
        name: name.to_owned(),
        prefix: divisions_in(&phrase[..at]),
    })
}

/// 锦岸区槐渡镇, neither of which the list has: the county and the town.
fn unlisted_county(name: &str) -> Option<(&str, &str)> {
    static PAIR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(\p{Han}{1,5}?[区县市旗])(\p{Han}{2,5}(?:镇|乡|街道))$")
            .expect("the pattern compiles")
    });
    let found = PAIR.captures(name)?;
    let county = found.get(1)?.as_str();
    let zone = ["开发", "园区", "社区", "新区", "山区", "地区", "城市"]
        .iter()
        .any(|word| county.contains(word));
    (!zone).then_some((county, found.get(2)?.as_str()))
}

/// What the names of places end in.
const ENDINGS: [&str; 9] = ["镇", "乡", "街道", "县", "区", "市", "州", "盟", "旗"];

/// Whether a word that the list does not have can be the name of a place.
fn is_unlisted(name: &str) -> bool {
    let Some(stem) = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)) else {
        return false;
    };
    (1..=10).contains(&stem.chars().count())
        && !stem.contains([
            '在', '日', '月', '年', '于', '我', '全', '本', '各', '代', '的', '和', '上', '作',
            '届', '治', '某',
        ])
}

/// The full name of an autonomous prefecture that is called by its short one: 黔东南州.
fn abbreviated(name: &str) -> Option<&'static str> {
    let stem = name.strip_suffix('州')?;
    let all = gazetteer();
    all.of_rank(Rank::City)
        .map(|id| all.name(id))
        .find(|full| full.ends_with("自治州") && short(full) == Some(stem))
}

/// The byte behind the divisions of higher rank that open `phrase`.
fn prefix_end(phrase: &str) -> usize {
    let mut at = 0;
    while let Some(next) = next_division(&phrase[at..]) {
        if at + next >= phrase.len() {
            break;
        }
        at += next;
    }
    at
}

/// The bytes of the division of county rank or above that opens `text`.
fn next_division(text: &str) -> Option<usize> {
    let all = gazetteer();
    text.char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(12)
        .filter(|&end| {
            all.named(&text[..end])
                .iter()
                .any(|&id| all.rank(id) != Rank::Town)
        })
        .last()
}

pub(super) fn divisions_in(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(end) = next_division(rest) {
            found.push(rest[..end].to_owned());
            rest = &rest[end..];
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
    found
}

/// The rank that a name's ending tells.
fn rank_of(name: &str) -> Option<Rank> {
    let all = gazetteer();
    let ids = all.named(name);
    if let Some(&first) = ids.first() {
        let rank = all.rank(first);
        return ids.iter().all(|&id| all.rank(id) == rank).then_some(rank);
    }
    Some(match name.chars().next_back()? {
        '镇' | '乡' | '道' => Rank::Town,
        '县' | '旗' => Rank::County,
        '省' => Rank::Province,
        '州' | '盟' => Rank::City,
        _ => return None,
    })
}

/// The word for the rank that the text most speaks of as its own: 全镇, 我省.
fn speaks_of(text: &str) -> Option<&'static str> {
    ["镇", "乡", "县", "省", "市", "区"]
        .into_iter()
        .map(|word| {
            let count = ["全", "我"]
                .iter()
                .map(|own| text.matches(&format!("{own}{word}")).count())
                .sum::<usize>();
            (count, word)
        })
        .filter(|(count, _)| *count >= 3)
        .max_by_key(|(count, _)| *count)
        .map(|(_, word)| word)
}

/// The ranks of the divisions that end in `word`.
fn ranks(word: &str) -> &'static [Rank] {
    match word {
        "镇" | "乡" | "街道" => &[Rank::Town],
        "县" | "旗" | "区" => &[Rank::County],
        "省" | "自治区" => &[Rank::Province],
        "自治州" | "州" | "盟" => &[Rank::City],
        "市" => &[Rank::City, Rank::Province, Rank::County],
        _ => &[],
    }
}

/// The division of this rank that the text names most, in full or in short, what lies in it counted too.
fn most_named(rank: Rank, text: &str) -> Option<Named> {
    let all = gazetteer();
    let counts = NameCounts::new(rank, text);
    let named = |id| counts.of(id);
    let mut counts: Vec<(usize, Id)> = all
        .of_rank(rank)
        .chain(
            // A municipality speaks of itself as a city does.
            all.of_rank(Rank::Province)
                .filter(|&id| rank == Rank::City && is_municipality(all.name(id))),
        )
        .map(|id| (named(id), id))
        .collect();
    // Only the most named are put into order.
    let most = if rank == Rank::Province { 31 } else { 5 }.min(counts.len());
    counts.select_nth_unstable_by(most - 1, |a, b| b.cmp(a));
    counts.truncate(most);
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let (score, best) = counts
        .into_iter()
        .map(|(count, id)| {
            let inner = if rank <= Rank::City {
                all.children(id).filter(|&id| named(id) > 0).count()
            } else {
                0
            };
            (count + inner, id)
        })
        .max_by_key(|(score, _)| *score)?;
    (score >= 3).then(|| Named {
        name: all.name(best).to_owned(),
        prefix: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_what_stands_before_them() {
        let named = |name: &str, prefix: &[&str]| {
            Some(Named {
                name: name.to_owned(),
                prefix: prefix.iter().map(|&p| p.to_owned()).collect(),
            })
        };
        assert_eq!(
            split_name("天津市西青区杨柳青镇"),
            named("杨柳青镇", &["天津市", "西青区"])
        );
        assert_eq!(split_name("保定市清苑区"), named("清苑区", &["保定市"]));
        assert_eq!(
            split_name("河北省保定市新设立镇"),
            named("新设立镇", &["河北省", "保定市"])
        );
        assert_eq!(
            split_name("成都市锦岸区槐渡镇"),
            named("槐渡镇", &["成都市", "锦岸区"])
        );
        assert_eq!(split_name("武清区苇泊镇"), named("苇泊镇", &["武清区"]));
        // Neither is in the list, and 街道 alone is.
        assert_eq!(split_name("苇渡街道"), named("苇渡街道", &[]));
        assert_eq!(split_name("泊头市泊镇"), named("泊镇", &["泊头市"]));
        assert_eq!(split_name("我市"), None);
        assert_eq!(split_name("各位代表"), None);
    }

    #[test]
    fn the_masthead_may_be_empty_of_names() {
        let text = "现在，我代表XX镇人民政府，向大会报告工作。北蔡发展很好。在此，我代表北蔡镇人民政府，表示感谢！";
        assert_eq!(named(&[], text).map(|n| n.name).as_deref(), Some("北蔡镇"));
        let text = "现在，我代表省人民政府报告工作。浙江经济，浙江精神，浙江发展，江苏也好。";
        assert_eq!(named(&[], text).map(|n| n.name).as_deref(), Some("浙江省"));
    }
}
