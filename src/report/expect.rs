//! Expectations: `tax of 杨柳青镇 in 2023 = 14.5亿元`, which the store must bear out.

use std::sync::Arc;

use super::asker::Asked;
use super::cite::Citer;
use super::fault::Fault;
use super::object::{AnswerObject, NumberObject, unit};
use super::sheet::Shared;
use crate::query::{Lang, quantity};

/// Comparing signs, longer ones before those that they begin with.
const SIGNS: [(&str, Sign); 9] = [
    (">=", Sign::AtLeast),
    ("<=", Sign::AtMost),
    ("!=", Sign::Other),
    ("≥", Sign::AtLeast),
    ("≤", Sign::AtMost),
    ("≠", Sign::Other),
    ("=", Sign::Equal),
    (">", Sign::Over),
    ("<", Sign::Under),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Equal,
    Other,
    Over,
    Under,
    AtLeast,
    AtMost,
}

impl Sign {
    fn holds(self, found: f64, wanted: f64) -> bool {
        // Doubles of one stated number may differ in their last digits.
        let equal = (found - wanted).abs() <= wanted.abs().max(found.abs()) * 1e-9;
        match self {
            Self::Equal => equal,
            Self::Other => !equal,
            Self::Over => found > wanted && !equal,
            Self::Under => found < wanted && !equal,
            Self::AtLeast => found >= wanted || equal,
            Self::AtMost => found <= wanted || equal,
        }
    }
}

/// A line of an expectation, cut at its last comparing sign: the question, the sign, what it should be.
fn cut(line: &str) -> Option<(&str, Sign, &str)> {
    let (at, sign, length) = SIGNS
        .iter()
        .filter_map(|(word, sign)| Some((line.rfind(word)?, *sign, word.len())))
        // Of `>=` and `=` at one place the one that begins first.
        .max_by_key(|(at, _, length)| (at + length, *length))?;
    Some((line[..at].trim(), sign, line[at + length..].trim()))
}

/// Whether what a line says is so.
///
/// # Errors
/// The fault, without its place, where it is not, or cannot be told.
pub(super) fn check(
    shared: &Arc<Shared>,
    line: &str,
    ask: &dyn Fn(&str) -> Result<Arc<Asked>, Fault>,
) -> Result<(), Fault> {
    // A fault stands where its line does.
    let of_line = |mut fault: Fault| {
        fault.question = Some(Box::new((line.to_owned(), Vec::new())));
        fault
    };
    let unreadable = |en: String, zh: String| of_line(Fault::new("R0402", en, zh));
    let Some((question, sign, wanted)) = cut(line) else {
        return Err(unreadable(
            format!(
                "“{line}” compares nothing; write a question, a sign (= ≠ > < ≥ ≤) and a quantity: tax of 云塘镇 in 2023 = 3.22亿元"
            ),
            format!(
                "“{line}”没有比较；请写问题、符号（= ≠ > < ≥ ≤）和数量：云塘镇2023年税收 = 3.22亿元"
            ),
        ));
    };
    let asked = ask(question)?;
    let number = AnswerObject {
        shared: Arc::clone(shared),
        asked,
    }
    .single()?;
    let NumberObject { cited, .. } = &number;
    let at = cited.column.unwrap_or_default();
    let cell = &cited.asked.answer.rows[cited.row].cells[at];
    let own_unit = unit(&cited.asked, cited.row, at);
    let holds = if let Some((wanted, unit)) = quantity(wanted) {
        let is_plain = own_unit.is_none_or(|unit| {
            matches!(unit, "个" | "家" | "项" | "件" | "户" | "人" | "次" | "处")
        });
        if unit != own_unit && !(unit.is_none() && is_plain) {
            let own = own_unit.unwrap_or("—");
            return Err(unreadable(
                format!("“{line}”: the figure is in {own}"),
                format!("“{line}”：该数字的单位为{own}"),
            ));
        }
        cell.value
            .number()
            .is_some_and(|found| sign.holds(found, wanted))
    } else {
        let wanted = wanted.trim_matches(['"', '“', '”']);
        let said = cited.said(shared.lang);
        match sign {
            Sign::Equal => said == wanted || cell.value.text() == Some(wanted),
            Sign::Other => said != wanted && cell.value.text() != Some(wanted),
            _ => {
                return Err(unreadable(
                    format!("“{wanted}” is no quantity"),
                    format!("“{wanted}”不是数量"),
                ));
            }
        }
    };
    if holds {
        return Ok(());
    }
    let source = {
        let held = shared.asker();
        Citer::default()
            .sources(&held.store, &cited.asked, cited.row, Some(at))
            .map(|(sources, _)| sources)
            .unwrap_or_default()
    };
    let from = source.first().map_or_else(String::new, |source| {
        format!(" (“{}”, {})", source.quote.trim(), source.document)
    });
    Err(of_line(Fault::new(
        "R0401",
        format!("expected {line}; found {}{from}", cited.said(Lang::En)),
        format!("预期{line}；实为{}{from}", cited.said(Lang::Zh)),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_at_its_last_sign() {
        assert_eq!(
            cut("tax of a >= 3亿元"),
            Some(("tax of a", Sign::AtLeast, "3亿元"))
        );
        assert_eq!(
            cut("how many towns have tax > 3亿元 = 3"),
            Some(("how many towns have tax > 3亿元", Sign::Equal, "3"))
        );
        assert_eq!(cut("tax ≠ 3"), Some(("tax", Sign::Other, "3")));
        assert_eq!(cut("tax"), None);
    }

    #[test]
    fn equal_is_equal_but_for_the_last_digits_of_a_double() {
        assert!(Sign::Equal.holds(0.1 + 0.2, 0.3));
        assert!(!Sign::Over.holds(0.1 + 0.2, 0.3));
        assert!(Sign::AtMost.holds(0.1 + 0.2, 0.3));
        assert!(!Sign::Equal.holds(3.0, 3.1));
    }
}
