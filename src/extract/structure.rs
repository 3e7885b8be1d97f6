//! The structure of the three industries: 三次产业结构比为22.7：30.3：47 states three shares without a unit.

use super::figure::{Figure, Reader};
use super::indicator::indicator;
use super::label::label;
use super::lexicon::unit_at;
use super::numeral::{Numeral, numeral};
use super::quantity::{Mark, Quantity};
use super::subject::{strip_lead, strip_link};

/// The industries, and the indicator that the share of each is.
const INDUSTRIES: [(&str, &str); 3] = [
    ("第一产业", "第一产业占比"),
    ("第二产业", "第二产业占比"),
    ("第三产业", "第三产业占比"),
];

impl Reader<'_> {
    /// Adds the shares of the three industries; of a change (由…调整为…) the new ones.
    pub(super) fn industry_structure(&mut self) {
        let mut at = 0;
        while let Some(found) = self.text[at..]
            .find("产业结构")
            .or_else(|| self.text[at..].find("三次产业"))
        {
            let from = at + found;
            let clause_end = from
                + self.text[from..]
                    .find(['，', '。', '；'])
                    .unwrap_or(self.text.len() - from);
            if let Some(shares) = last_triple(self.text, from, clause_end) {
                self.push_shares(from, &shares);
            }
            at = clause_end;
        }
    }

    fn push_shares(&mut self, from: usize, shares: &[(usize, Numeral); 3]) {
        let start = self.text[..from]
            .rfind(['，', '。', '；'])
            .map_or(0, |at| at + '，'.len_utf8());
        let lead = strip_lead(&self.text[start..shares[0].0]);
        let cut = ["由", "从"]
            .iter()
            .filter_map(|word| lead.rfind(word))
            .min()
            .unwrap_or(lead.len());
        let subject = strip_link(&lead[..cut]);
        let Some(unit) = unit_at("%") else { return };
        for ((industry, known), (at, share)) in INDUSTRIES.iter().zip(shares) {
            let range = *at..at + share.len;
            self.found.push(Figure {
                label: label(&format!("{subject}（{industry}）"), ""),
                indicator: indicator(known, Some("%")).map(|known| known.id.as_str()),
                quantity: Some(Quantity {
                    range: range.clone(),
                    number: range.clone(),
                    value: share.value,
                    high: None,
                    unit,
                    per: None,
                    mark: Mark::Exact,
                }),
                growth: None,
                completion: None,
                rank: None,
                range: start..range.end,
                rule: "industry structure",
                shared: String::new(),
            });
        }
    }
}

/// The last three numbers joined by colons between two bytes of the text, where they add up to about 100.
fn last_triple(text: &str, from: usize, to: usize) -> Option<[(usize, Numeral); 3]> {
    let mut last = None;
    let mut at = from;
    while at < to {
        let Some(digit) = text[at..to].find(|c: char| c.is_ascii_digit()) else {
            break;
        };
        let first = (at + digit, numeral(&text[at + digit..])?);
        at = first.0 + first.1.len;
        let Some(second) = next_share(text, at) else {
            continue;
        };
        let Some(third) = next_share(text, second.0 + second.1.len) else {
            continue;
        };
        at = third.0 + third.1.len;
        let sum = first.1.value + second.1.value + third.1.value;
        if (sum - rust_decimal::Decimal::ONE_HUNDRED).abs() <= rust_decimal::Decimal::TWO {
            last = Some([first, second, third]);
        }
    }
    last
}

fn next_share(text: &str, at: usize) -> Option<(usize, Numeral)> {
    let colon = text[at..]
        .chars()
        .next()
        .filter(|c| "：:∶﹕".contains(*c))?;
    let at = at + colon.len_utf8();
    Some((at, numeral(&text[at..])?))
}
