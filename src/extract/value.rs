//! Values: a number and the words before and after it that say what it measures.

use std::ops::Range;

use super::figure::{Figure, Reader, Subject};
use super::indicator::{from_name, indicator};
use super::leaning::{is_context, is_verb, leaned, needs_owner, opens_a_part};
use super::lexicon::{Dimension, Role, holds, word_after, word_before, words};
use super::nominal::{
    governing_verb, last_word, leading_verb, only_verbs, opens_with_noun, opens_with_verb,
};
use super::noun::{before_examples, without_note};
use super::part::of_each;
use super::quantity::{Mark, Quantity};
use super::subject::{label, strip_comparison, strip_lead, strip_link};
use crate::document::words::head;
use crate::fact::Indicator;

/// The words that are a number's own.
pub(super) struct Own<'t> {
    /// Bytes between what was read before and the number.
    pub(super) range: Range<usize>,
    /// The words there, but for those that are the noun of the figure before.
    pub(super) text: &'t str,
    /// Where the subject begins, times and scopes left out.
    start: usize,
    /// Verb and noun before the number.
    pub(super) before: &'t str,
    /// The noun after it.
    pub(super) after: String,
    /// Byte where that noun, or the number, ends.
    end: usize,
    /// Its base unit.
    pub(super) unit: &'static str,
    /// Whether it is a further member of a list.
    pub(super) listed: bool,
    /// Whether it stands right behind the number before.
    adjoins: bool,
    /// Whether it is no more than a quality of the noun that it leans on: 项目38个，其中重点3个.
    kind: bool,
}

impl<'t> Reader<'t> {
    /// A value: its subject is before it, after it, or that of the figure before.
    pub(super) fn value(&mut self, all: &[Quantity], at: usize, start: usize) {
        let quantity = &all[at];
        if self.from.is_none() && self.completes_a_growth(start, quantity) {
            return;
        }
        if self.refers_back(all, at, start) {
            return;
        }
        let from = self.from.take();
        let mut rule = if from.is_some() {
            "from-to"
        } else {
            "subject before"
        };
        let own = self.own(all, at, from.unwrap_or(start..quantity.range.start));
        let unit = quantity.unit.base;
        // 长乐水泥等总投资56亿元的9个项目开工: those that are named, not all of the place.
        let few = |owner: &Subject| owner.before.ends_with('等');
        let named = own
            .indicator(unit)
            .filter(|named| !self.cuts(&own, named) && !self.is_of_the_nation(&own))
            .filter(|_| !self.funded(&own).as_ref().is_some_and(few))
            .filter(|_| !self.rates_the_last(own.before, &own.after))
            .filter(|named| {
                let driven = word_after(own.before, Role::Driving);
                let its_own = |verb| named.names_zh.iter().any(|name| name.starts_with(verb));
                driven.is_none_or(its_own)
            });
        let owner = if named.is_some() {
            None
        } else {
            self.owner(&own).filter(|owner| !owner.before.is_empty())
        };
        if !own.after.is_empty() {
            rule = "noun after";
        } else if owner.is_some() && own.before.is_empty() {
            rule = "subject of the figure before";
        }
        let owner = owner.map(|owner| own.total_of(&owner));
        let mut whole = own.with(owner.as_ref());
        let named = match named {
            None if own.before.is_empty() || (own.listed && !own.is_bare_measure()) => {
                indicator(&whole, Some(unit)).filter(|named| !self.cuts(&own, named))
            }
            None => owner.as_ref().and_then(|owner| {
                if self.rates_the_last(own.before, &own.after) {
                    return indicator(&whole, Some(unit));
                }
                let (named, name) = self.joined(&own, owner, unit)?;
                if !is_context(own.text) {
                    whole = name;
                }
                Some(named)
            }),
            Some(known) => {
                if self.is_part_of_the_last(own.text, known) {
                    None
                } else if let Some(part) = self.part_of(own.range.start, own.text, known) {
                    if !whole.contains(&part) {
                        whole.insert_str(0, &part);
                    }
                    None
                } else {
                    Some(known).filter(|known| self.is_of_the_place(&own, known))
                }
            }
        };
        let shown = self.shown(&own, owner.as_ref(), named, &whole);
        let start = owner.as_ref().map_or(own.start, |owner| owner.start);
        self.found.push(Figure {
            label: label(&shown, &own.after),
            indicator: named.map(|indicator| indicator.id.as_str()),
            quantity: Some(quantity.clone()),
            growth: None,
            completion: None,
            rank: None,
            range: start.min(own.range.end)..own.end,
            rule,
            // A rate or a part leaves its owner to the next one; a list its verb and noun.
            shared: self
                .sequel_of(&own)
                .filter(|_| owner.is_none())
                .or(owner
                    .filter(|_| !own.listed && !own.before.is_empty())
                    .map(|owner| owner.before))
                .or_else(|| {
                    // 新增甲5家、乙2家、丙3家: what is new hands that on to the next.
                    word_after(&shown, Role::New)
                        .filter(|_| own.listed || own.is_part())
                        .filter(|_| shown.ends_with(&whole))
                        .map(|_| shown.clone())
                })
                // 投资8000万元的冷链项目投产，年产值…: what follows is of the project.
                .or_else(|| {
                    let spent = words(Role::Spending).contains(&own.before);
                    own.after
                        .strip_prefix('的')
                        .filter(|thing| spent && (2..=12).contains(&thing.chars().count()))
                        .map(str::to_owned)
                })
                .unwrap_or(whole),
        });
    }

    /// 在谈项目38个…，38个项目计划总投资: a count that was stated before in the sentence and only takes it up again.
    fn refers_back(&self, all: &[Quantity], at: usize, start: usize) -> bool {
        let quantity = &all[at];
        let same = |figure: &&Figure| {
            figure.quantity.as_ref().is_some_and(|stated| {
                stated.value == quantity.value && stated.unit.base == quantity.unit.base
            })
        };
        let mut stated = self.found.iter().filter(same).peekable();
        if !quantity.unit.counts() || stated.peek().is_none() {
            return false;
        }
        let own = strip_link(strip_lead(&self.text[start..quantity.range.start]));
        let noun = head(&self.text[quantity.range.end..], 2);
        own.is_empty()
            && noun.chars().all(char::is_alphabetic)
            && noun.chars().count() == 2
            && stated.any(|figure| figure.label.contains(noun))
    }

    /// The words that are the own ones of the number at `at`.
    fn own(&self, all: &[Quantity], at: usize, range: Range<usize>) -> Own<'t> {
        let text = &self.text[range.clone()];
        // 8个示范乡镇、20个示范村: the words up to the joint are the noun of the figure before.
        let of_last = range.start == self.used
            && self.used > 0
            && text.len() > 3
            && text.ends_with(LIST_JOINTS)
            && without_note(text).starts_with(char::is_alphabetic);
        let text = if of_last {
            ""
        } else {
            self.own_member(range.start, text)
        };
        let listed = of_last || text.trim_start().starts_with(LIST_JOINTS);
        let lead = strip_lead(text.trim_start_matches(LIST_JOINTS));
        let before = strip_link(lead);
        let (mut after, mut end) = self.noun_after(all, at, before);
        // 低保户312户、498人足额发放…: the persons of the households, not of what is done for them.
        let persons = text.trim_matches(['、', ' ']).is_empty()
            && all[at].unit.base == "人"
            && self.found.last().is_some_and(|last| {
                let households = last.quantity.as_ref();
                last.range.end == range.start
                    && households.is_some_and(|quantity| quantity.unit.base == "户")
            });
        let done = || word_after(&after, Role::Manner).is_some() || !opens_with_noun(&after);
        if persons && done() {
            after.clear();
            end = all[at].range.end;
        }
        // 完成22个村安全供水: the verb that is no part of a subject before the number is one of what follows it.
        let verb =
            word_after(lead, Role::VerbIn).filter(|_| before.is_empty() && !after.is_empty());
        let adjoins =
            text.trim().is_empty() && range.start == self.used && !self.found.is_empty() && !listed;
        let kind = after.is_empty()
            && words(Role::Kind).contains(&before)
            && (is_context(text) || (listed && self.found.last().is_some_and(is_of_a_kind)));
        Own {
            start: range.end - lead.len(),
            before: verb.unwrap_or(before),
            kind,
            range,
            text,
            after,
            end,
            unit: all[at].unit.base,
            listed,
            adjoins,
        }
    }

    /// What a subject leans on that says too little alone, or belongs to a list.
    fn owner(&self, own: &Own<'_>) -> Option<Subject> {
        let context = is_context(own.text);
        if let Some(owner) = self.funded(own) {
            return Some(owner);
        }
        if let Some(owner) = self.staged(own).or_else(|| self.total_behind_parts(own)) {
            return Some(owner);
        }
        let alone = |last: &Figure| last.label.ends_with('率') && last.label == last.shared;
        let rate = own.before.ends_with('率')
            && own.before.chars().count() <= 4
            && !self.found.last().is_some_and(alone);
        if own.listed && own.after.is_empty() && (own.is_bare_measure() || rate) {
            // 产业项目120个、投资405亿元: a bare measure is of the thing before, whatever the list.
            return Some(self.context(own.range.start, false));
        }
        if own.kind && own.listed {
            // 其中市级3家、县级4家: all of the same.
            Some(self.context(own.range.start, false))
        } else if own.before.is_empty() && (own.after.is_empty() || own.adjoins) {
            Some(self.context(own.range.start, true))
        } else if (own.listed && !context)
            || (context && !own.before.starts_with('占') && self.same_noun(own.before))
        {
            self.list_verb(own.before, &own.after)
        } else if context {
            Some(self.context(own.range.start, true))
        } else if own.after.is_empty() && self.is_one_of_several(own) {
            self.list_verb(own.before, &own.after)
        } else if needs_owner(own.before, &own.after)
            && !self.is_rate_of_its_own(own)
            && !self.counts_persons_anew(own)
        {
            Some(self.context(own.range.start, false))
                .filter(|owner| !self.is_another_statement(own, owner))
        } else {
            None
        }
    }

    /// The indicator that a subject names together with what it leans on, or with the figure before.
    fn joined(
        &self,
        own: &Own<'_>,
        owner: &Subject,
        unit: &str,
    ) -> Option<(&'static Indicator, String)> {
        // 同比增收4200万元: what came on top.
        let change = [Role::Rise, Role::Fall]
            .iter()
            .any(|&role| words(role).contains(&own.before));
        if own.kind || change {
            return None;
        }
        // 新增企业13家、总数60家: all there are is no longer what is new.
        joined_indicator(&owner.before, own.before, unit)
            .or_else(|| joined_indicator(&self.found.last()?.label, own.before, unit))
            .filter(|(named, _)| {
                !(TOTALS.contains(&own.before) && named.name_zh.starts_with("新增"))
            })
    }

    /// 建成充电桩86个，其中公共充电桩52个: a part that bears the name of the whole.
    fn is_part_of_the_last(&self, own: &str, named: &Indicator) -> bool {
        opens_a_part(own)
            && self
                .found
                .last()
                .is_some_and(|last| last.indicator == Some(named.id.as_str()))
    }

    /// 减排二氧化硫3740吨、氮氧化物7758吨: how much less there is, not how much.
    fn cuts(&self, own: &Own<'_>, named: &Indicator) -> bool {
        let less = |text: &str| {
            word_after(text, Role::Cut)
                .is_some_and(|verb| !named.names_zh.iter().any(|name| name.starts_with(verb)))
        };
        let listed = || {
            own.listed
                && self
                    .found
                    .last()
                    .is_some_and(|last| last.indicator.is_none() && less(&last.shared))
        };
        less(own.before) || listed()
    }

    /// 我国国内生产总值超过一百万亿元: said of the nation, in the report of a place in it.
    fn is_of_the_nation(&self, own: &Own<'_>) -> bool {
        let from = self.text[..own.range.start].rfind('；').unwrap_or(0);
        self.text[from..own.range.end].contains("我国")
    }

    /// Whether a figure that names an indicator is the whole place's own.
    fn is_of_the_place(&self, own: &Own<'_>, named: &Indicator) -> bool {
        // 6个区县财政收入: what is counted before owns the figure.
        // 全镇6个村集体经济收入 is of all of them.
        let all = || {
            let clause = self.text[..own.range.start]
                .rfind(['，', '；', '。'])
                .unwrap_or(0);
            holds(&self.text[clause..own.range.start], Role::WholePlace)
        };
        let counted = own.range.start == self.used && self.counts_before(own.text) && !all();
        // 七成的村集体经济收入达到10万元: of each of so many.
        let share = own.range.start == self.used
            && own.text.starts_with('的')
            && self.found.last().is_some_and(|last| {
                let quantity = last.quantity.as_ref();
                quantity.is_some_and(|quantity| quantity.unit.dimension == Dimension::Share)
            });
        // 农村集体经济收入全部超过20万元: of each, not of the whole.
        let each = of_each(own.text) && named.unit.ends_with('元');
        !counted && !share && !each
    }

    /// The subject as the label shows it.
    fn shown(
        &self,
        own: &Own<'_>,
        owner: Option<&Subject>,
        named: Option<&'static Indicator>,
        whole: &str,
    ) -> String {
        let mut shown = named
            .map_or(whole, |named| from_name(whole, named))
            .to_owned();
        // 无一人伤亡 counts the hurt: none.
        if !own.after.is_empty() && matches!(shown.as_str(), "无" | "没有") {
            shown.clear();
        }
        let new = |verb: &Subject| words(Role::New).contains(&verb.before.as_str());
        let part = own.is_part();
        if named.is_some()
            && !TOTALS.contains(&own.before)
            && (own.listed || part)
            && let Some(verb) = self
                .list_verb(own.before, &own.after)
                .filter(|verb| new(verb) && !shown.starts_with(&verb.before))
                // 城镇新增就业5万人、转移就业3万人: the verb inside the first member is not the list's.
                .filter(|verb| {
                    let first = self.found.last().map_or("", |last| last.shared.as_str());
                    first.starts_with(&verb.before)
                })
        {
            shown.insert_str(0, &verb.before);
        }
        if owner.is_none() {
            if let Some(carried) = self.carried(own, named) {
                shown.insert_str(0, &carried);
            } else if !own.before.is_empty() && shown.starts_with(own.before) {
                let scope = scope_before(&self.text[own.range.start.min(own.start)..own.start]);
                // 全年接种 says no more than 接种; 全年贷款余额 does.
                let flow = scope == "全年"
                    && opens_with_verb(own.before)
                    && word_after(own.before, Role::New).is_none();
                shown.insert_str(0, if flow { "" } else { scope });
            }
        }
        shown
    }

    /// What of the words since the last number are this one's own: in …的妇幼保健院、总投资 the first is the noun of the
    /// figure before.
    fn own_member<'a>(&self, start: usize, text: &'a str) -> &'a str {
        if start != self.used || start == 0 || !text.starts_with(char::is_alphabetic) {
            return text;
        }
        // …的水厂工程和总投资8600万元的管网工程: other money begins behind the joint.
        let and = text
            .rfind('和')
            .filter(|&at| word_before(text, Role::Spending) == Some(&text[at + '和'.len_utf8()..]));
        text.find('、')
            .or(and)
            .or_else(|| before_examples(text))
            .map_or(text, |at| &text[at..])
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
        // 年均增长10%左右，突破1000亿元: the bound word is the quantity's own.
        let passed = own.trim().is_empty() && quantity.mark == Mark::More;
        let reached = reached || (passed && quantity.range.start < quantity.number.start);
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

    /// The verb of the list that a member belongs to: 打造示范乡镇1个、示范村5个.
    fn list_verb(&self, before: &str, after: &str) -> Option<Subject> {
        let last = self.found.last()?;
        let whole = Some(last.shared.as_str()).filter(|shared| is_verb(shared));
        let verb = whole
            .or_else(|| word_after(&last.shared, Role::New))
            .or_else(|| governing_verb(&last.shared))
            .or_else(|| leading_verb(&last.shared))?;
        let opens = if before.is_empty() { after } else { before };
        let verbal = leading_verb(opens).is_some() || is_verb(opens);
        (!verbal).then(|| Subject {
            before: verb.to_owned(),
            start: last.range.start,
        })
    }
}

impl Own<'_> {
    /// 新增示范村4个、总数达到40个; 新增企业2家，累计30家: the total is no longer of the new ones.
    fn total_of(&self, owner: &Subject) -> Subject {
        let total = TOTALS.contains(&self.before)
            || (self.before.is_empty()
                && ["累计", "总数", "达", "共有"]
                    .iter()
                    .any(|word| self.text.contains(word)));
        let new = word_after(&owner.before, Role::New).filter(|_| total);
        let of = &owner.before[new.map_or(0, str::len)..];
        // 参保人数比上年增加3万人，达到12万人: how many there are is no longer what was added.
        let grown = [Role::New, Role::Rise, Role::Fall]
            .iter()
            .find_map(|&role| word_before(of, role))
            .filter(|change| total && change.chars().count() > 1)
            .map(|change| {
                let of = &of[..of.len() - change.len()];
                strip_comparison(of.trim_end_matches("逆势").trim_end_matches("有所")).0
            })
            .filter(|of| !of.is_empty());
        Subject {
            before: grown.unwrap_or(of).to_owned(),
            start: owner.start,
        }
    }

    /// 9项指标增速居前，其中3项指标增速居首: the noun after the number is the one that it leans on, and more.
    fn repeats(&self, owner: &Subject) -> bool {
        let noun = head(&self.after, 4);
        noun.chars().count() == 4 && self.after != noun && owner.before.starts_with(noun)
    }

    /// 新增床位50张，其中养老床位30张: a part of the figure before.
    fn is_part(&self) -> bool {
        opens_a_part(self.text)
    }

    /// 总投资, 产量: how much, and not of what.
    fn is_bare_measure(&self) -> bool {
        self.after.is_empty() && words(Role::Measure).contains(&self.before)
    }

    /// The indicator that the words before, or those before and after, name.
    fn indicator(&self, unit: &str) -> Option<&'static Indicator> {
        if let Some(named) = indicator(self.before, Some(unit)) {
            return Some(named);
        }
        let exact = format!("{}{}", self.before, self.after);
        let whole = || (!self.after.is_empty()).then(|| indicator(&exact, Some(unit)))?;
        // A list before a verb and its noun is of other things: …提升等工程、造林650亩.
        let member = || {
            let (_, member) = exact.rsplit_once('、')?;
            indicator(member, Some(unit)).filter(|_| opens_with_verb(member))
        };
        whole().or_else(member)
    }

    /// The words before the number with what they lean on.
    fn with(&self, owner: Option<&Subject>) -> String {
        match owner {
            Some(owner)
                if self.adjoins && !self.after.is_empty() && owner.before.contains(&self.after) =>
            {
                owner.before.replace(&self.after, "")
            }
            Some(owner) if owner.before.ends_with(self.before) && !self.repeats(owner) => {
                owner.before.clone()
            }
            Some(owner) if self.repeats(owner) => self.before.to_owned(),
            // 新增示范村4个、总数达到40个: the total is no longer of the new ones.
            // 占全省的60%、占东北三省的42%: the one whole takes the other's place.
            Some(owner) if self.before.starts_with('占') && owner.before.contains('占') => {
                let of = owner.before.split('占').next().unwrap_or_default();
                format!("{of}{}", self.before)
            }
            Some(owner) if self.kind => format!("{}{}", self.before, owner.before),
            Some(owner) if TOTALS.contains(&self.before) => {
                let new = word_after(&owner.before, Role::New).unwrap_or_default();
                format!("{}{}", &owner.before[new.len()..], self.before)
            }
            Some(owner) if self.after.is_empty() => leaned(&owner.before, self.before),
            Some(owner) => format!("{}{}", owner.before, self.before),
            None => self.before.to_owned(),
        }
    }
}

/// What says that all of the things counted are meant, not the new ones.
pub(super) const TOTALS: [&str; 4] = ["总数", "总量", "存量", "保有量"];

/// 其中市级3家: whether a figure is the one before it with a quality put in front.
fn is_of_a_kind(figure: &Figure) -> bool {
    let kind = figure.label.strip_suffix(figure.shared.as_str());
    !figure.shared.is_empty() && kind.is_some_and(|kind| words(Role::Kind).contains(&kind))
}

/// What joins the members of a list.
pub(super) const LIST_JOINTS: [char; 5] = ['、', '和', '与', '及', ' '];

/// The indicator that a subject names together with what it leans on: 粮食播种面积2万亩，产量9千吨 has a 粮食产量,
/// 发现隐患30处，整改28处 has 整改隐患.
fn joined_indicator(owner: &str, own: &str, unit: &str) -> Option<(&'static Indicator, String)> {
    let starts =
        (2..=4).filter_map(|count| owner.char_indices().nth(count).map(|(at, _)| &owner[..at]));
    let whole = std::iter::once(format!("{owner}{own}"));
    let joined = starts.map(|start| format!("{start}{own}"));
    // 规上企业1088家，新增122家: what is new is what was counted, not any 企业.
    if words(Role::New).contains(&own) && !matches!(own, "新开工" | "改扩建") {
        let name = format!("{own}{owner}");
        return indicator(&name, Some(unit))
            .filter(|known| known.names_zh.contains(&name))
            .map(|known| (known, name));
    }
    // 实施扶贫项目298个，建成93个: those completed are no more than a kind of projects.
    let of_a_kind = |noun: &str| {
        let kind = owner.strip_suffix(noun).unwrap_or_default();
        let verb = [Role::New, Role::Stage, Role::VerbIn]
            .iter()
            .any(|&role| words(role).contains(&kind));
        words(Role::Thing).contains(&noun)
            && !(kind.is_empty() || verb || (kind.chars().count() <= 2 && only_verbs(kind)))
    };
    let ending = last_word(owner)
        .filter(|noun| !of_a_kind(noun))
        .map(|noun| format!("{own}{noun}"));
    joined
        .chain(ending)
        .chain(whole)
        .find_map(|name| Some((indicator(&name, Some(unit))?, name)))
}

/// 全县, 各类 right before a subject: part of what a reader is told, though not of what is measured.
fn scope_before(lead: &str) -> &'static str {
    [
        "全镇",
        "全县",
        "全区",
        "全市",
        "全省",
        "全乡",
        "全州",
        "全年",
        "各类",
        "年内",
        "五年来累计",
        "五年来共",
        "五年来",
    ]
    .into_iter()
    .find(|scope| lead.ends_with(scope))
    .unwrap_or("")
}
