//! What a label carries over from what was said before: the thing whose registered capital it is, the drive that the
//! leaflets were handed out in. The figure is the same without; a reader of the figure alone is not.

use super::figure::{Reader, Subject};
use super::lexicon::{Dimension, Role, word_after, word_before, words, words_in};
use super::nominal::{governing_verb, has_noun, leading_verb, only_verbs};
use super::own::Own;
use super::subject::{strip_lead, strip_link};
use crate::fact::Indicator;

/// What is carried over has at most this many characters.
const CARRIED_CHARS: usize = 12;

impl Reader<'_> {
    /// What the label of a figure with a subject of its own takes from before.
    pub(super) fn carried(&self, own: &Own<'_>, named: Option<&Indicator>) -> Option<String> {
        self.sequel_of(own)
            .or_else(|| self.counted_before(own, named))
            .or_else(|| self.topic_before(own))
    }

    /// 审计项目12个，核减资金3万元: the thing that was counted, of which the clause says what came of it.
    pub(super) fn sequel_of(&self, own: &Own<'_>) -> Option<String> {
        let last = self.found.last()?;
        let follows = self.text.get(last.range.end..own.range.start) == Some("，");
        let sequel =
            word_after(own.before, Role::Sequel).is_some() && own.before.chars().count() <= 6;
        // 服务业占比 opens with a noun.
        let sequel = sequel && !own.before.starts_with("服务业");
        if own.listed || !own.after.is_empty() || !follows || !sequel {
            return None;
        }
        // A sequel of a sequel is of the same thing: 招聘会12场，参会企业270家，提供岗位2600个.
        let leans = last.label != last.shared && last.label.starts_with(&last.shared);
        let noun = if leans && !last.shared.is_empty() {
            last.shared.as_str()
        } else {
            governing_verb(&last.label).map_or(last.label.as_str(), |verb| {
                last.label.trim_start_matches(verb)
            })
        };
        (noun.chars().count() <= 10 && !own.before.contains(noun)).then(|| noun.to_owned())
    }

    /// 新增企业540家，注册资本29亿元: a bare measure of what was counted before it.
    fn counted_before(&self, own: &Own<'_>, named: Option<&Indicator>) -> Option<String> {
        let measure = word_before(own.before, Role::Measure)?;
        let lead = &own.before[..own.before.len() - measure.len()];
        let new = words(Role::New).contains(&lead);
        let bare = lead.is_empty() || (!new && word_before(lead, Role::VerbIn) == Some(lead));
        let segment = self.text[..own.range.start].rfind('；').unwrap_or(0);
        let counted = self.found.iter().rev().find(|figure| {
            figure.range.end > segment
                && figure
                    .quantity
                    .as_ref()
                    .is_some_and(|quantity| quantity.unit.counts())
        })?;
        let near = self.found.last()?.range.end <= own.range.start;
        (named.is_some() && bare && near && counted.label.chars().count() <= CARRIED_CHARS)
            .then(|| counted.label.clone())
    }

    /// 开展消防宣传，发放宣传品2万份: what a verb with a noun that could be of anything was done for.
    fn topic_before(&self, own: &Own<'_>) -> Option<String> {
        let general = word_before(own.before, Role::General)?;
        let verb = own.before[..own.before.len() - general.len()]
            .chars()
            .count();
        if own.listed || !own.after.is_empty() || verb > 2 {
            return None;
        }
        let topic = self.topic_of_clause(own.range.start)?;
        // 入户走访 and 走访群众 share their verb.
        let shared = own
            .before
            .char_indices()
            .nth(2)
            .map(|(at, _)| &own.before[..at]);
        let topic = shared
            .and_then(|shared| topic.strip_suffix(shared))
            .unwrap_or(topic);
        (!own.before.contains(topic) && !topic.contains(own.before)).then(|| topic.to_owned())
    }

    /// What the clause before the one that begins at `start` is about, where it has no figure of its own.
    pub(super) fn topic_of_clause(&self, start: usize) -> Option<&str> {
        let head = self.text[..start].strip_suffix('，')?;
        let from = head
            .rfind(['，', '；', '：', '。'])
            .map_or(0, |at| at + '，'.len_utf8());
        if self.found.last().is_some_and(|last| last.range.end > from) {
            return None;
        }
        topic(&head[from..])
    }

    /// 新开工住房490套、基本建成390套: a verb alone says how far the things counted before have come. 审议法规41件、
    /// 修改50件: or, in a list, what else was done with them.
    pub(super) fn staged(&self, own: &Own<'_>) -> Option<Subject> {
        let stage = words(Role::Stage).contains(&own.before);
        let done = || own.listed && own.before.chars().count() == 2 && only_verbs(own.before);
        if !own.after.is_empty() || !(stage || done()) {
            return None;
        }
        let segment = self.text[..own.range.start].rfind('；').unwrap_or(0);
        let last = self.found.iter().rev().find(|figure| {
            let unit = figure.quantity.as_ref().map(|quantity| quantity.unit.base);
            figure.range.end > segment && unit == Some(own.unit)
        })?;
        let mut noun = strip_lead(&last.shared);
        while let Some(verb) = [Role::Stage, Role::New, Role::VerbIn]
            .iter()
            .find_map(|&role| word_after(noun, role))
            .filter(|verb| noun.chars().count() >= verb.chars().count() + 2)
        {
            noun = &noun[verb.len()..];
        }
        // 住房基本建成 leans on 住房 for the next one as well.
        noun = words(Role::Stage)
            .iter()
            .find_map(|stage| noun.strip_suffix(stage))
            .unwrap_or(noun);
        if !stage {
            // What was done with the others of the list is no part of the thing.
            let cut = noun.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
            if cut > 0 && only_verbs(&noun[cut..]) {
                noun = &noun[..cut];
            }
            noun = leading_verb(noun).map_or(noun, |verb| &noun[verb.len()..]);
        }
        (!noun.is_empty() && (stage || has_noun(noun))).then(|| Subject {
            before: noun.to_owned(),
            start: last.range.start,
        })
    }

    /// 总投资56亿元的9个项目: what the money's own subject is belongs to the things as well.
    pub(super) fn funded(&self, own: &Own<'_>) -> Option<Subject> {
        let last = self.found.last()?;
        let money = last.quantity.as_ref()?.unit.dimension == Dimension::Money;
        if !money || own.text.trim() != "的" || own.range.start != self.used || own.after.is_empty()
        {
            return None;
        }
        let spending = word_before(&last.shared, Role::Spending)?;
        let before = strip_link(&last.shared[..last.shared.len() - spending.len()]);
        (!before.is_empty()).then(|| Subject {
            before: before.to_owned(),
            start: last.range.start,
        })
    }
}

/// What a clause is about: 传统种养产业 of 推进传统种养产业提质增效, 专项燃气排查整治 of 对企业进行专项燃气排查整治.
pub(super) fn topic(clause: &str) -> Option<&str> {
    let mut rest = clause.trim_start_matches(['，', ' ']);
    if let Some(thing) = rest
        .strip_prefix(['把', '将'])
        .and_then(|rest| rest.split_once("作为"))
    {
        rest = thing.0;
    }
    rest = strip_lead(rest);
    for within in ["进行", "开展"] {
        if let Some(at) = rest.find(within).filter(|&at| at > 0 && at <= 60) {
            rest = &rest[at + within.len()..];
        }
    }
    while let Some(verb) = word_after(rest, Role::TopicVerb) {
        rest = strip_lead(&rest[verb.len()..]);
    }
    let (at, first) = words_in(rest, Role::Topic)
        .find(|(_, word)| !rest.starts_with(word) || word.chars().count() > 2)?;
    let mut end = at + first.len();
    while let Some(next) = word_after(&rest[end..], Role::Topic) {
        end += next.len();
    }
    let found = &rest[..end];
    let count = found.chars().count();
    (3..=CARRIED_CHARS).contains(&count).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_of_clauses() {
        assert_eq!(topic("推进传统种养产业提质增效"), Some("传统种养产业"));
        assert_eq!(
            topic("对辖区餐饮企业进行专项燃气排查整治"),
            Some("专项燃气排查整治")
        );
        assert_eq!(topic("把茶叶产业作为主导产业进行培育"), Some("茶叶产业"));
        assert_eq!(topic("坚持群众路线"), None);
    }
}
