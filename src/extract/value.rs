//! Values: a number and the words before and after it that say what it measures.

use super::figure::{Figure, Reader, Subject};
use super::indicator::indicator;
use super::lexicon::{Dimension, Role, word_after, word_before, words};
use super::nominal::{
    governing_verb, has_noun, last_word, leading_verb, opens_with_noun, opens_with_verb,
};
use super::quantity::Quantity;
use super::subject::{attached, label, names_a_zone, strip_lead, strip_link};
use crate::fact::Indicator;

impl Reader<'_> {
    /// A value: its subject is before it, after it, or that of the figure before.
    pub(super) fn value(&mut self, all: &[Quantity], at: usize, start: usize) {
        let quantity = &all[at];
        if self.from.is_none() && self.completes_a_growth(start, quantity) {
            return;
        }
        let (own, mut rule) = match self.from.take() {
            Some(from) => (from, "from-to"),
            None => (start..quantity.range.start, "subject before"),
        };
        let text = &self.text[own.clone()];
        // 8个示范乡镇、20个示范村: the words up to the joint are the noun of the figure before.
        let of_last = own.start == self.used
            && self.used > 0
            && text.len() > 3
            && text.ends_with(LIST_JOINTS)
            && without_note(text).starts_with(char::is_alphabetic);
        let text = if of_last {
            ""
        } else {
            self.own_member(own.start, text)
        };
        let listed = of_last || text.trim_start().starts_with(LIST_JOINTS);
        let lead = strip_lead(text.trim_start_matches(LIST_JOINTS));
        let before = strip_link(lead);
        let (after, end) = self.noun_after(all, at, before);
        // 完成22个村安全供水: the verb that is no part of a subject before the number is one of what follows it.
        let verb = word_after(lead, Role::VerbIn)
            .filter(|verb| before.is_empty() && !after.is_empty() && lead.starts_with(verb));
        let before = verb.unwrap_or(before);
        let exact = format!("{before}{after}");
        let unit = quantity.unit.base;
        let last_member = exact
            .rsplit('、')
            .next()
            .filter(|member| opens_with_verb(member));
        let named = indicator(before, Some(unit))
            .or_else(|| indicator(&exact, Some(unit)))
            .or_else(|| indicator(last_member?, Some(unit)));
        if !after.is_empty() {
            rule = "noun after";
        }
        let own_start = own.end - lead.len();
        let adjoins =
            text.trim().is_empty() && own.start == self.used && !self.found.is_empty() && !listed;
        let owner = match named {
            None if before.is_empty() && (after.is_empty() || adjoins) => {
                rule = "subject of the figure before";
                Some(self.context(own.start, true))
            }
            None if listed && !is_context(text) => self.list_verb(before, &after),
            None if is_context(text) && self.same_noun(before) => self.list_verb(before, &after),
            None if is_context(text) => Some(self.context(own.start, true)),
            None if needs_owner(before, &after) => Some(self.context(own.start, false)),
            _ => None,
        };
        let start = owner.as_ref().map_or(own_start, |owner| owner.start);
        let mut whole = match &owner {
            Some(owner) if adjoins && !after.is_empty() && owner.before.contains(&after) => {
                owner.before.replace(&after, "")
            }
            Some(owner) if owner.before.ends_with(before) => owner.before.clone(),
            Some(owner) => format!("{}{before}", owner.before),
            None => before.to_owned(),
        };
        let named = match named {
            None if before.is_empty() || listed => indicator(&whole, Some(unit)),
            None if owner.is_some() => {
                let joined = owner
                    .as_ref()
                    .and_then(|owner| joined_indicator(&owner.before, before, unit))
                    .or_else(|| joined_indicator(&self.found.last()?.label, before, unit));
                if let Some((_, name)) = joined.as_ref().filter(|_| !is_context(text)) {
                    whole.clone_from(name);
                }
                joined.map(|(named, _)| named)
            }
            // 6个区县财政收入: what is counted before owns the figure.
            Some(_) if own.start == self.used && self.counts_before(text) => None,
            // 农村集体经济收入全部超过20万元: of each, not of the whole.
            Some(named) if of_each(text) && named.unit.ends_with('元') => None,
            Some(named) if self.of_a_part(own.start, text, named) => None,
            named => named,
        };
        let mut shown = named.map_or(whole.clone(), |named| from_name(&whole, named).to_owned());
        if let Some(verb) = self.list_verb(before, &after).filter(|verb| {
            named.is_some() && listed && words(Role::New).contains(&verb.before.as_str())
        }) {
            shown.insert_str(0, &verb.before);
        }
        // 审计项目12个，核减资金3万元: what was done with the figure before, in its own words.
        if start == own_start
            && !listed
            && after.is_empty()
            && let Some(last) = self.found.last()
            && self.text.get(last.range.end..own.start) == Some("，")
            && word_after(before, Role::Sequel).is_some()
            && before.chars().count() <= 6
        {
            let noun = governing_verb(&last.label).map_or(last.label.as_str(), |verb| {
                last.label.trim_start_matches(verb)
            });
            if noun.chars().count() <= 10 {
                shown.insert_str(0, noun);
            }
        }
        if start == own_start && !before.is_empty() && shown.starts_with(before) {
            shown.insert_str(
                0,
                scope_before(&self.text[own.start.min(own_start)..own_start]),
            );
        }
        self.found.push(Figure {
            label: label(&shown, &after),
            indicator: named.map(|indicator| indicator.id.as_str()),
            quantity: Some(quantity.clone()),
            growth: None,
            completion: None,
            rank: None,
            range: start.min(own.end)..end,
            rule,
            // A rate or a part leaves its owner to the next one; a list its verb and noun.
            shared: owner
                .filter(|_| !listed && !before.is_empty())
                .map_or(whole, |owner| owner.before),
        });
    }

    /// Whether the figure before counts the same thing: 项目64个，其中亿元以上项目33个.
    fn same_noun(&self, before: &str) -> bool {
        let end = before
            .char_indices()
            .rev()
            .nth(1)
            .map_or(before, |(at, _)| &before[at..]);
        !end.is_empty()
            && self
                .found
                .last()
                .is_some_and(|last| last.label.ends_with(end))
    }

    /// What of the words since the last number are this one's own: in …的妇幼保健院、总投资 the first is the noun of the
    /// figure before.
    fn own_member<'a>(&self, start: usize, text: &'a str) -> &'a str {
        if start != self.used || start == 0 || !text.starts_with(char::is_alphabetic) {
            return text;
        }
        text.find('、').map_or(text, |at| &text[at..])
    }

    /// Whether a count runs on into `text` without a mark or joint.
    fn counts_before(&self, text: &str) -> bool {
        let counted = self
            .found
            .last()
            .and_then(|last| last.quantity.as_ref())
            .is_some_and(|quantity| quantity.unit.counts());
        counted
            && !text.starts_with(LIST_JOINTS)
            && text.starts_with(char::is_alphabetic)
            && !opens_with_verb(text)
    }

    /// 增长8%、达到3亿元: the value of the growth before it.
    fn completes_a_growth(&mut self, start: usize, quantity: &Quantity) -> bool {
        let own = self.text[start..quantity.range.start].trim_start_matches(['，', '、', ' ']);
        let reached = [
            "达到",
            "达",
            "突破",
            "总量达到",
            "总额达到",
            "总量达",
            "为",
            "达到了",
        ]
        .contains(&own.trim());
        let amount = !matches!(
            quantity.unit.dimension,
            Dimension::Share | Dimension::Points | Dimension::Times
        );
        let Some(last) = self
            .found
            .last_mut()
            .filter(|last| reached && amount && last.quantity.is_none() && last.growth.is_some())
        else {
            return false;
        };
        last.quantity = Some(quantity.clone());
        last.range.end = quantity.range.end;
        last.rule = "value of the growth before";
        true
    }

    /// Whether a figure that names an indicator is of a part of the place, by the figures before it in the sentence: a
    /// zone's investment, the tax of some projects.
    pub(super) fn of_a_part(&self, start: usize, own: &str, named: &Indicator) -> bool {
        if ["全镇", "全县", "全区", "全市", "全省", "全乡", "全年"]
            .iter()
            .any(|scope| own.contains(scope))
        {
            return false;
        }
        let from = self.text[..start].rfind(['；', '。']).unwrap_or(0);
        let segment = &self.text[from..start];
        let opening = segment
            .trim_start_matches('；')
            .split('，')
            .next()
            .unwrap_or_default();
        if segment.contains('，') && names_a_zone(opening) && named.unit.ends_with('元') {
            return true;
        }
        let here = |figure: &&Figure| figure.range.end > from;
        let places = self
            .found
            .iter()
            .rev()
            .take_while(|figure| here(figure) && figure.indicator.is_none());
        // What is itself counted (新增合作社100家) is no part of the place.
        let in_zone = |figure: &Figure, zone: &&&str| {
            figure.shared.contains(**zone) && !figure.label.ends_with(**zone)
        };
        if places
            .clone()
            .any(|figure| words(Role::Zone).iter().any(|zone| in_zone(figure, &zone)))
        {
            return true;
        }
        let of_things = words(Role::OfThings)
            .iter()
            .any(|name| named.names_zh.iter().any(|known| known == name));
        let last = self.found.last().filter(here);
        let of_last = last.is_some_and(|last| {
            let counts = last
                .quantity
                .as_ref()
                .is_some_and(|quantity| quantity.unit.counts());
            words(Role::Thing)
                .iter()
                .any(|thing| (counts && last.label.ends_with(thing)) || last.shared.contains(thing))
        });
        // New capital is the new enterprises' own, wherever they are counted before it.
        let capital = named.names_zh.iter().any(|name| name == "注册资本");
        let of_new = capital
            && self
                .found
                .iter()
                .filter(here)
                .any(|figure| figure.indicator.is_some());
        of_things && of_last && !of_new && !own.contains("新增") && !own.contains("增加")
    }

    /// The verb of the list that a member belongs to: 打造示范乡镇1个、示范村5个.
    fn list_verb(&self, before: &str, after: &str) -> Option<Subject> {
        let last = self.found.last()?;
        let verb = word_after(&last.shared, Role::New)
            .or_else(|| governing_verb(&last.shared))
            .or_else(|| leading_verb(&last.shared))?;
        let opens = if before.is_empty() { after } else { before };
        leading_verb(opens).is_none().then(|| Subject {
            before: verb.to_owned(),
            start: last.range.start,
        })
    }

    /// The noun after a number where it belongs to it, and the byte where it ends.
    fn noun_after(&self, all: &[Quantity], at: usize, before: &str) -> (String, usize) {
        let quantity = &all[at];
        if quantity.unit.dimension == Dimension::Money
            && word_before(before, Role::Spending).is_some()
            && indicator(before, Some("元")).is_none()
        {
            return self.purpose(all, at);
        }
        let (mut noun, mut end) = self.plain_noun_after(all, at, before);
        if noun.is_empty()
            && let Some(next) = all.get(at + 1)
        {
            // 2651户7457人脱贫任务, 5.68万㎡、528套住房: measures in a row share the noun after the last; a noun that
            // a second measure interrupts stands after that one's 的.
            let between = self.text[quantity.range.end..next.range.start].trim();
            let measures = !matches!(
                next.unit.dimension,
                Dimension::Share | Dimension::Points | Dimension::Times | Dimension::Time
            );
            let alike =
                next.unit == quantity.unit || (!quantity.unit.counts() && next.unit.counts());
            if measures && (between.is_empty() || (between == "、" && (alike || !has_noun(before))))
            {
                (noun, end) = self.plain_noun_after(all, at + 1, before);
            }
        } else if let Some(next) = all.get(at + 1).filter(|_| quantity.unit.counts()) {
            let rest = &self.text[next.range.end..];
            let between = &self.text[quantity.range.end..next.range.start];
            if next.unit.dimension == Dimension::Money
                && rest.starts_with('的')
                && !between.contains(['，', '、', '；'])
            {
                let (of, of_end) = self.plain_noun_after(all, at + 1, "");
                noun.push_str(&of);
                end = of_end;
            }
        }
        if quantity.unit.dimension == Dimension::Noun {
            let gap = if noun.starts_with('的') {
                ""
            } else {
                quantity.unit.form
            };
            noun = format!("{gap}{noun}");
        }
        (noun, end.max(quantity.range.end))
    }

    /// The noun right after one number.
    fn plain_noun_after(&self, all: &[Quantity], at: usize, before: &str) -> (String, usize) {
        let quantity = &all[at];
        let nothing = (String::new(), quantity.range.end);
        let next = all
            .get(at + 1)
            .map_or(self.text.len(), |next| next.range.start);
        let rest = &self.text[quantity.range.end..next];
        // 416台（套）: the other counter in brackets.
        let rest = rest
            .strip_prefix("（")
            .and_then(|inner| inner.split_once('）'))
            .filter(|(inner, _)| inner.chars().count() <= 2)
            .map_or(rest, |(_, rest)| rest);
        let rest = without_note(rest);
        let of = rest.strip_prefix('的');
        let noun = attached(of.unwrap_or(rest));
        let starts_change = [
            "同比",
            "比上",
            "较上",
            "增长",
            "下降",
            "占",
            "左右",
            "以上",
            "并",
            "且",
            "，",
            "，其中",
        ]
        .iter()
        .any(|word| noun.starts_with(word));
        if noun.is_empty()
            || starts_change
            || rest.starts_with(['、', '和', '与', '及', '，', '；', '。', '：'])
        {
            return nothing;
        }
        let short_verb = before.chars().count() <= 4;
        let wanted = match quantity.unit.dimension {
            Dimension::Count | Dimension::Person | Dimension::Noun | Dimension::Share => true,
            Dimension::Money | Dimension::Points | Dimension::Times => of.is_some() || short_verb,
            _ => of.is_some() || short_verb || opens_with_noun(noun),
        };
        if !wanted {
            return nothing;
        }
        let at = rest.find(noun).unwrap_or(0);
        (
            noun.to_owned(),
            self.text.len().min(
                quantity.range.end + self.text[quantity.range.end..next].len() - rest.len()
                    + at
                    + noun.len(),
            ),
        )
    }

    /// What money was spent on: the rest of the clause without its numbers.
    fn purpose(&self, all: &[Quantity], at: usize) -> (String, usize) {
        let from = all[at].range.end;
        let mut rest = &self.text[from..];
        // 投资3亿元，实施…: the purpose stands in the clause after.
        let mut from = from;
        if let Some(next) = rest
            .strip_prefix('，')
            .filter(|next| word_after(next, Role::Doing).is_some())
        {
            from += '，'.len_utf8();
            rest = next;
        }
        let clause = from + rest.find(['，', '；', '。', '：']).unwrap_or(rest.len());
        let mut kept = String::new();
        let mut until = from;
        for next in all[at + 1..]
            .iter()
            .take_while(|next| next.range.end <= clause)
        {
            kept.push_str(&self.text[until..next.range.start.max(until)]);
            until = next.range.end;
        }
        kept.push_str(&self.text[until..clause]);
        let mut noun = kept.trim_start_matches('的');
        while let Some(word) = word_after(noun, Role::Doing) {
            noun = &noun[word.len()..];
        }
        let of = if rest.starts_with('的') { "的" } else { "" };
        (format!("{of}{}", attached(noun)), clause)
    }
}

/// The indicator that a subject names together with what it leans on: 粮食播种面积2万亩，产量9千吨 has a 粮食产量,
/// 发现隐患30处，整改28处 has 整改隐患.
fn joined_indicator(owner: &str, own: &str, unit: &str) -> Option<(&'static Indicator, String)> {
    let starts =
        (2..=4).filter_map(|count| owner.char_indices().nth(count).map(|(at, _)| &owner[..at]));
    let joined = starts.map(|start| format!("{start}{own}"));
    let ending = last_word(owner).map(|noun| format!("{own}{noun}"));
    joined
        .chain(ending)
        .find_map(|name| Some((indicator(&name, Some(unit))?, name)))
}

/// 全县, 各类 right before a subject: part of what a reader is told, though not of what is measured.
fn scope_before(lead: &str) -> &'static str {
    [
        "全镇", "全县", "全区", "全市", "全省", "全乡", "全州", "全年", "各类",
    ]
    .into_iter()
    .find(|scope| lead.ends_with(scope))
    .unwrap_or("")
}

/// Whether a clause speaks of each of several: 全部超过, 均达到.
fn of_each(text: &str) -> bool {
    [
        "全部", "均达", "均超", "均在", "每个", "每村", "户均", "村均",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// 5条〔8〕竣工通车: a footnote mark after a number.
fn without_note(text: &str) -> &str {
    text.strip_prefix('〔')
        .and_then(|note| note.split_once('〕'))
        .filter(|(note, _)| note.chars().count() <= 4)
        .map_or(text, |(_, rest)| rest)
}

/// What joins the members of a list.
const LIST_JOINTS: [char; 5] = ['、', '和', '与', '及', ' '];

/// Whether a clause opens with 其中, 比 and the like, which speak of the figure before.
fn is_context(text: &str) -> bool {
    word_after(
        text.trim_start_matches(['、', '，', ' ', '和', '与']),
        Role::Context,
    )
    .is_some()
}

/// Whether a subject says too little alone: 满意率, 总投资, a verb without its noun.
fn needs_owner(before: &str, after: &str) -> bool {
    if !after.is_empty() || before.is_empty() {
        return false;
    }
    let count = before.chars().count();
    (count <= 6 && before.ends_with('率'))
        || (count <= 6 && word_before(before, Role::Measure).is_some())
        || word_after(before, Role::Leaning).is_some()
        || (count <= 4 && !has_noun(before))
}

/// A subject from the indicator's name on: what stands before it is verbs and times. 新增 stays, since it makes a flow
/// of a stock.
fn from_name<'t>(before: &'t str, indicator: &Indicator) -> &'t str {
    // Of money and shares the verb says nothing (完成税收收入); of things counted it does (举办招聘会).
    if !indicator.unit.ends_with('元') && indicator.unit != "%" {
        return before;
    }
    let at = indicator
        .names_zh
        .iter()
        .filter_map(|name| before.rfind(name.as_str()))
        .min();
    at.map_or(before, |at| {
        let verb = word_before(&before[..at], Role::New).map_or(0, str::len);
        &before[at - verb..]
    })
}
