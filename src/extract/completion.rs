//! Completions: how much of a task was done, joined to the value before them unless their clause has a subject of its own.

use rust_decimal::Decimal;

use super::change::whole_of_increment;
use super::figure::{Figure, Reader};
use super::label::label;
use super::lexicon::{Dimension, Role, word_before, words_in};
use super::members::members;
use super::quantity::{Quantity, quantities};
use super::role::{Part, strip_fillers};
use super::subject::{strip_lead, strip_link};

impl Reader<'_> {
    /// A completion: of the value before it, else a figure of its own.
    pub(super) fn completion(
        &mut self,
        start: usize,
        subject: usize,
        percent: Decimal,
        quantity: &Quantity,
    ) {
        let own = strip_link(strip_lead(&self.text[start..start + subject]));
        let free = |figure: &Figure| figure.completion.is_none();
        if own.is_empty()
            && let Some(at) = self.found.iter().rposition(free)
        {
            let whole = whole_of_increment(&self.found, at, free);
            let last = &mut self.found[whole.unwrap_or(at)];
            last.completion = Some(percent);
            last.range.end = quantity.range.end;
            return;
        }
        let (own, from) = if own.is_empty() {
            let before = self.clause_before(start);
            (before.before, before.start)
        } else {
            (own.to_owned(), start)
        };
        let task = strip_link(strip_lead(
            &self.text[start + subject..quantity.range.start],
        ));
        self.push_completion(&own, task, percent, from, quantity);
    }

    fn push_completion(
        &mut self,
        own: &str,
        task: &str,
        percent: Decimal,
        from: usize,
        quantity: &Quantity,
    ) {
        self.found.push(Figure {
            label: label(own, task),
            indicator: None,
            quantity: Some(quantity.clone()),
            growth: None,
            completion: Some(percent),
            rank: None,
            range: from..quantity.range.end,
            rule: "completion alone",
            shared: own.to_owned(),
        });
    }

    /// 税收5亿元、投资6亿元，分别完成年度任务的80%和90%: of the figures before, as many as there are; A、B分别完成任务的…: of what
    /// stands before 分别. Says how many numbers were taken.
    pub(super) fn share_completions(
        &mut self,
        group: &[Quantity],
        start: usize,
        percent: Decimal,
        subject: usize,
    ) -> usize {
        let count = group.len();
        let beyond = percent - group[0].value;
        let own = strip_link(strip_lead(&self.text[start..start + subject]));
        if own.is_empty() {
            let owed = |figure: &Figure| figure.completion.is_none() && figure.quantity.is_some();
            let Some(first) = self.found.len().checked_sub(count) else {
                return 0;
            };
            if !self.found[first..].iter().all(owed) {
                return 0;
            }
            for (figure, quantity) in self.found[first..].iter_mut().zip(group) {
                figure.completion = Some(quantity.value + beyond);
                figure.range.end = quantity.range.end;
            }
            return count;
        }
        let Some(subjects) = members(own, count) else {
            return 0;
        };
        let task = self.text[start + subject..group[0].range.start].to_owned();
        let task = strip_link(strip_lead(&task));
        let task = task.trim_start_matches("分别");
        for (subject, quantity) in subjects.iter().zip(group) {
            self.push_completion(subject, task, quantity.value + beyond, start, quantity);
        }
        count
    }
}

/// 完成任务的77.7%, 超年初预算74.5%.
pub(super) fn completion(quantity: &Quantity, before: &str) -> Option<Part> {
    if quantity.unit.dimension != Dimension::Share {
        return None;
    }
    let head = without_task_amount(strip_fillers(before).0);
    let task = word_before(head, Role::Completion)?;
    let lead = without_setter(&head[..head.len() - task.len()]);
    let over = word_before(lead, Role::OverTask);
    let verb = over.or_else(|| word_before(lead, Role::TaskVerb))?;
    let cut = lead.len() - verb.len();
    let percent = if over.is_some() && quantity.value < Decimal::ONE_HUNDRED {
        quantity.value + Decimal::ONE_HUNDRED
    } else {
        quantity.value
    };
    let own = strip_link(&lead[..cut]);
    let says_nothing = strip_link(strip_lead(own)).is_empty();
    Some(Part::Completion {
        percent,
        subject: if says_nothing { 0 } else { own.len() },
    })
}

/// 完成省下达任务, 超年初人代会既定目标: what stands before a task without whose it is and who has set it.
fn without_setter(text: &str) -> &str {
    let mut rest = text;
    loop {
        let was = rest.len();
        rest = rest.trim_end_matches(|c: char| {
            c.is_ascii_digit() || "年全县市区镇乡省州级度总本了上国家委的".contains(c)
        });
        for role in [Role::SetBy, Role::SetAt] {
            if let Some(word) = word_before(rest, role) {
                rest = &rest[..rest.len() - word.len()];
            }
        }
        if rest.len() == was {
            return rest;
        }
    }
}

/// 完成全年目标任务5亿元的84%: the words before the amount of the task.
fn without_task_amount(text: &str) -> &str {
    let mut tasks = words_in(text, Role::Completion);
    let amount = |end: usize| {
        let rest = &text[end..];
        matches!(&quantities(rest)[..], [only] if only.range == (0..rest.len()))
    };
    tasks
        .find_map(|(at, task)| amount(at + task.len()).then(|| &text[..at + task.len()]))
        .unwrap_or(text)
}
