//! Ranks: 全区第2名, 增速列第6, 位居全区前列.

use std::ops::Range;

use super::figure::{Figure, Reader, Subject};
use super::label::{LABEL_CHARS, label};
use super::lexicon::{Dimension, Role, unit_at, word_after, word_before, words, words_in};
use super::nominal::has_noun;
use super::numeral::numeral;
use super::quantity::{Mark, Quantity};
use super::subject::{strip_lead, strip_link};

/// A rank in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Rank {
    /// Bytes of the sentence.
    pub(super) range: Range<usize>,
    /// The place as a quantity in 名, `None` for 前列.
    pub(super) place: Option<Quantity>,
}

/// Finds the ranks of a sentence.
pub(super) fn ranks(text: &str) -> Vec<Rank> {
    let mut found: Vec<Rank> = Vec::new();
    for (at, mark) in text.match_indices('第') {
        let Some(n) = numeral(&text[at + mark.len()..]) else {
            continue;
        };
        let mut end = at + mark.len() + n.len;
        let rest = &text[end..];
        if let Some(place) = ["名", "位"].iter().find(|place| rest.starts_with(**place)) {
            end += place.len();
        } else if !rest.is_empty()
            && !rest.starts_with(['，', '。', '；', '、', '和', '！', '）', '（', '”'])
        {
            continue;
        }
        let clause = text[..at]
            .rfind(['，', '。', '；', '：'])
            .map_or(0, |at| at + '，'.len_utf8());
        let lead = &text[clause..at];
        // 由全区第9位上升至第4位: the old place.
        let old = lead.rfind(['由', '从']).is_some_and(|from| {
            lead[from..].chars().count() <= 10 && word_after(&text[end..], Role::Moved).is_some()
        });
        if old {
            continue;
        }
        let joined = found.last().is_some_and(|last| {
            matches!(text[last.range.end..at].trim(), "、" | "和")
                || (last.range.end >= clause && text[last.range.end..at].starts_with('、'))
        });
        let start = words_in(lead, Role::RankOpener).next().map(|(at, _)| at);
        if start.is_none() && !joined {
            continue;
        }
        let start = start
            .map_or(at, |start| clause + start)
            .max(found.last().map_or(0, |last| last.range.end));
        let start = start + text[start..at].len()
            - text[start..at]
                .trim_start_matches(['、', '和', '，', ' '])
                .len();
        let unit = unit_at("名").expect("名 is a unit");
        let place = Quantity {
            range: start..end,
            number: at..end,
            value: n.value,
            high: None,
            unit,
            per: None,
            mark: Mark::Exact,
        };
        debug_assert_eq!(unit.dimension, Dimension::Person);
        found.push(Rank {
            range: start..end,
            place: Some(place),
        });
    }
    for (at, word) in text.match_indices("前列") {
        let clause = text[..at]
            .rfind(['，', '。', '；', '：'])
            .map_or(0, |at| at + '，'.len_utf8());
        if let Some((start, _)) = words_in(&text[clause..at], Role::RankOpener).next() {
            found.push(Rank {
                range: clause + start..at + word.len(),
                place: None,
            });
        }
    }
    found.sort_by_key(|rank| rank.range.start);
    found
}

/// What is ranked: 排名 says it itself; 位居全市 says only where, and so does what stands before 位列 in
/// 党建工作在全县考核中位列第二. A long one is cut to its own subject.
fn ranked<'t>(own: &'t str, phrase: &'t str, rank: &Rank, clause: usize) -> &'t str {
    let how = &phrase[rank.range.start - clause..];
    let placed = word_after(how, Role::Placed).is_some();
    let phrase = strip_lead(phrase);
    // 综合排名由第9位上升至第: the ranking without its places.
    if let Some(at) = phrase.rfind(['由', '从'])
        && at > 0
        && phrase[at..].contains('第')
    {
        return strip_link(&phrase[..at]);
    }
    // 空气质量在全国74个城市中排名第二: where it is ranked is no part of the name.
    if let Some(at) = phrase.find('在')
        && at > 0
        && phrase[at..].contains('中')
    {
        return strip_link(&phrase[..at]);
    }
    // 科技集群连续3年排名全球第二: how long it has been so is no part of the name.
    if let Some(at) = phrase.find("连续").filter(|&at| at > 0) {
        return strip_link(&phrase[..at]);
    }
    if placed || phrase.chars().count() > LABEL_CHARS {
        return own;
    }
    let verb = words(Role::Placed)
        .iter()
        .filter_map(|verb| phrase.rfind(verb))
        .filter(|&at| at >= own.len())
        .min();
    verb.map_or(phrase, |at| strip_link(&phrase[..at]))
}

/// Whether the words before a rank speak of the figure before it: 增速, 总量均. Others have a subject of their own.
fn leans(own: &str) -> bool {
    // 增速在9个城市中排名第二: where it is ranked is no subject.
    let subject = own.split('在').next().filter(|subject| !subject.is_empty());
    let mut own = subject
        .unwrap_or(own)
        .trim_end_matches(['均', '都', '也', '在', '年', '继', '续']);
    // 总量连年位居, 连续12年: how long it has been so.
    if let Some(at) = own.rfind('连') {
        own = own[..at].trim_end_matches(['均', '都', '也']);
    }
    own.is_empty()
        || (own.chars().count() < 6
            && (word_before(own, Role::Ranking).is_some() || !has_noun(own)))
}

impl Reader<'_> {
    /// 存贷款余额分别增长8%和6%，居全县第3位和第5位: as many ranks as figures before them, one each. Says how many were taken.
    fn share_ranks(&mut self, ranks: &[Rank]) -> usize {
        let joined = |pair: &[Rank]| {
            let between = self.text.get(pair[0].range.end..pair[1].range.start);
            between.is_some_and(|joint| matches!(joint.trim(), "" | "、" | "和"))
        };
        let count = 1 + ranks.windows(2).take_while(|pair| joined(pair)).count();
        let clause = self.text[..ranks[0].range.start]
            .rfind(['，', '；', '。'])
            .map_or(0, |at| at + '，'.len_utf8());
        let own = strip_link(strip_lead(&self.text[clause..ranks[0].range.start]));
        let nearby = |figure: &&mut Figure| {
            figure.range.end <= ranks[0].range.start && figure.rank.is_none()
        };
        let mut figures: Vec<&mut Figure> = self
            .found
            .iter_mut()
            .rev()
            .filter(nearby)
            .take(count)
            .collect();
        let alike = figures
            .windows(2)
            .all(|pair| pair[0].rule == pair[1].rule && pair[0].rule.starts_with("shared-out"));
        let near = figures.first().is_some_and(|last| {
            self.text
                .get(last.range.end..ranks[0].range.start)
                .is_some_and(|between| between.chars().count() <= 12 && !between.contains('；'))
        });
        if count < 2 || figures.len() < count || !alike || !near || !leans(own) {
            return 0;
        }
        for (figure, rank) in figures.iter_mut().rev().zip(ranks) {
            figure.rank = Some(self.text[rank.range.clone()].to_owned());
        }
        count
    }

    /// A rank belongs to the figure of the clause before it, or of its own; with a subject of its own, or without a
    /// figure near, it is a figure itself.
    pub(super) fn add_ranks(&mut self, ranks: &[Rank]) {
        let mut last: Option<(usize, Subject)> = None;
        let mut shared = 0;
        for (nth, rank) in ranks.iter().enumerate() {
            if nth < shared {
                continue;
            }
            let taken = self.share_ranks(&ranks[nth..]);
            if taken > 0 {
                shared = nth + taken;
                continue;
            }
            let clause = self.text[..rank.range.start]
                .rfind(['，', '；', '。'])
                .map_or(0, |at| at + '，'.len_utf8());
            let before = self.text[..clause.saturating_sub('，'.len_utf8())]
                .rfind(['，', '；', '。'])
                .unwrap_or(0);
            let joined = last.clone().filter(|&(end, _)| {
                end == rank.range.start
                    || matches!(
                        self.text.get(end..rank.range.start).unwrap_or("-").trim(),
                        "、" | "和"
                    )
            });
            let own = strip_link(strip_lead(&self.text[clause..rank.range.start]));
            // 综合排名由第9位上升至第4位: a ranking with a name.
            let named = self.text[rank.range.clone()].starts_with("排名")
                && !own.is_empty()
                && self.text[rank.range.clone()].contains(['由', '从']);
            if joined.is_none()
                && !named
                && (leans(own)
                    || self.found.iter().any(|figure| {
                        matches!(
                            self.text.get(figure.range.end..rank.range.start),
                            Some("、" | "，" | "")
                        )
                    }))
                && let Some(figure) = self.found.iter_mut().rev().find(|figure| {
                    figure.range.end > before && figure.range.end <= rank.range.start
                })
            {
                figure
                    .rank
                    .get_or_insert_with(|| self.text[rank.range.clone()].to_owned());
                continue;
            }
            let Some(place) = &rank.place else { continue };
            let subject = match joined {
                Some((_, subject)) => subject,
                None if own.is_empty() => self.clause_before(clause),
                // 排名 says what is ranked; 位居全市 only where.
                None => Subject {
                    before: ranked(own, &self.text[clause..place.number.start], rank, clause)
                        .to_owned(),
                    start: clause,
                },
            };
            if subject.before.is_empty() {
                continue;
            }
            self.found.push(Figure {
                label: label(&subject.before, ""),
                indicator: None,
                quantity: Some(place.clone()),
                growth: None,
                completion: None,
                rank: Some(self.text[rank.range.clone()].to_owned()),
                range: subject.start..rank.range.end,
                rule: "rank alone",
                shared: String::new(),
            });
            last = Some((rank.range.end, subject));
        }
    }
}
