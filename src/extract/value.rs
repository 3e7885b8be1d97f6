//! Values: a number and the words before and after it that say what it measures.

use super::figure::{Figure, Reader};
use super::indicator::indicator;
use super::lexicon::{Dimension, Role, word_after};
use super::nominal::{has_noun, opens_with_noun};
use super::quantity::Quantity;
use super::subject::{attached, label, strip_lead, strip_link};

impl Reader<'_> {
    /// A value: its subject is before it, after it, or that of the figure before.
    pub(super) fn value(&mut self, all: &[Quantity], at: usize, start: usize) {
        let quantity = &all[at];
        let mut own = start..quantity.range.start;
        let mut rule = "subject before";
        if let Some(from) = self.from.take() {
            own = from;
            rule = "from-to";
        }
        let text = self.text[own.clone()].trim_start_matches(['、', '，', ' ']);
        let joint = ["和", "与", "及", "以及"]
            .iter()
            .find(|joint| text.starts_with(**joint))
            .map_or(0, |joint| joint.len());
        let needs_context = word_after(&text[joint..], Role::Context).is_some();
        let lead = strip_lead(text);
        let before = strip_link(lead);
        let (after, after_end) = self.noun_after(all, at, before);
        let mut start = own.end - lead.len();
        let mut before = before.to_owned();
        if after.is_empty() || before.is_empty() {
            if before.is_empty()
                || needs_context
                || (before.chars().count() <= 6
                    && after.is_empty()
                    && indicator(&before, None).is_none()
                    && !has_noun(&before))
            {
                let context = self.context(own.start);
                let joined = if before.is_empty() || context.before.ends_with(&before) {
                    context.before
                } else {
                    format!("{}{before}", context.before)
                };
                if !joined.is_empty() {
                    if before.is_empty() && after.is_empty() {
                        rule = "subject of the figure before";
                    }
                    before = joined;
                    start = context.start;
                }
            }
        }
        if !after.is_empty() {
            rule = "noun after";
        }
        let unit = quantity.unit.base;
        let exact = format!("{before}{after}");
        let named = indicator(&before, Some(unit)).or_else(|| indicator(&exact, Some(unit)));
        self.found.push(Figure {
            label: label(&before, &after),
            indicator: named.map(|indicator| indicator.id.as_str()),
            quantity: Some(quantity.clone()),
            growth: None,
            completion: None,
            rank: None,
            range: start.min(own.end)..after_end,
            rule,
            shared: before,
        });
    }

    /// The noun after a number where it belongs to it, and the byte where it ends.
    fn noun_after(&self, all: &[Quantity], at: usize, before: &str) -> (String, usize) {
        let quantity = &all[at];
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
}
