use rust_decimal::Decimal;

use super::Resolver;
use super::figure::Dimension;
use crate::fact::Span;
use crate::query::diagnostic::{Diagnostic, Fix};
use crate::query::lex;
use crate::query::plan::{Expr, Figure, Measure, Quantity};
use crate::query::{Lang, unit};

impl Resolver<'_> {
    /// A literal in the unit of what it is compared with.
    pub(super) fn quantity(
        &mut self,
        literal: &lex::Quantity,
        dimension: &Dimension,
        span: Span,
    ) -> Option<Quantity> {
        let read = |value: Decimal, unit: &str| {
            Some(Quantity {
                value: value.normalize(),
                unit: unit.to_owned(),
            })
        };
        if literal.is_open() && *dimension != Dimension::Text {
            return read(literal.value, literal.unit.unwrap_or_default());
        }
        match (dimension, literal.unit) {
            (Dimension::Any, given) => read(literal.value, given.unwrap_or_default()),
            // What grows by five points grows by five per cent.
            (Dimension::Percent, Some("%" | "百分点")) => read(literal.value, "%"),
            (Dimension::Points, Some("%" | "百分点")) => read(literal.value, "百分点"),
            (Dimension::Ratio, Some("%")) => read(literal.value / Decimal::ONE_HUNDRED, ""),
            (Dimension::Ratio | Dimension::Number, None) => read(literal.value, ""),
            (Dimension::Number, Some(given)) if unit::is_counter(given) => read(literal.value, ""),
            (Dimension::Number, Some(_)) => self.mismatch(literal, "个", span),
            (Dimension::Points, None) if literal.value.is_zero() => read(Decimal::ZERO, "百分点"),
            (Dimension::Percent | Dimension::Points, None) => self.unitless(literal, "%", span),
            (Dimension::Unit(expected), given) => match (unit::stored(expected), given) {
                _ if unit::is_counter(expected) && given.is_none_or(unit::is_counter) => {
                    read(literal.value, expected)
                }
                (Some(to), Some(given)) => {
                    let converted = unit::stored(given)
                        .filter(|from| from.dimension == to.dimension)
                        .and_then(|from| unit::convert(literal.value, from, to));
                    match converted {
                        Some(value) => read(value, expected),
                        None => self.mismatch(literal, expected, span),
                    }
                }
                (Some(_), None) => self.unitless(literal, expected, span),
                (None, _) => self.mismatch(literal, expected, span),
            },
            (Dimension::Percent | Dimension::Ratio, Some(_)) => self.mismatch(literal, "%", span),
            (Dimension::Points, Some(_)) => self.mismatch(literal, "百分点", span),
            (Dimension::Text, _) => {
                self.refuse(span, "this figure is not a number", "这个指标不是数字");
                None
            }
        }
    }

    /// As [`Self::quantity`], beside an expression: exports over 500亿美元 are those that are given in dollars.
    pub(super) fn quantity_beside(
        &mut self,
        left: &Expr,
        literal: &lex::Quantity,
        span: Span,
    ) -> Option<Quantity> {
        let is_in_dollars = literal.unit == Some(unit::FOREIGN_MONEY)
            && matches!(left, Expr::Figure(Figure { measure: Measure::Indicator(id), aspect, .. })
                if aspect.is_value() && unit::may_be_in_dollars(id));
        if is_in_dollars && !literal.is_open() {
            return Some(Quantity {
                value: literal.value.normalize(),
                unit: unit::FOREIGN_MONEY.to_owned(),
            });
        }
        let dimension = self.dimension(left);
        self.quantity(literal, &dimension, span)
    }

    /// A number without its unit; nothing is nothing in every unit: 增速低于0.
    fn unitless(
        &mut self,
        literal: &lex::Quantity,
        expected: &str,
        span: Span,
    ) -> Option<Quantity> {
        if literal.value.is_zero() {
            return Some(Quantity {
                value: Decimal::ZERO,
                unit: expected.to_owned(),
            });
        }
        let (en, zh) = (
            unit::word(expected, Lang::En).to_owned(),
            unit::word(expected, Lang::Zh).to_owned(),
        );
        let fixes = offers(&literal.text, expected, self.lang);
        self.fault(
            Diagnostic::new(
                "Q0111",
                span,
                format!("{} of what? the figure is in {en}", literal.text),
                format!("“{}”缺少单位，该指标以{zh}计", literal.text),
            )
            .with_fixes(fixes.into_iter().map(|text| Fix::new(text, span))),
        );
        None
    }

    fn mismatch<T>(&mut self, literal: &lex::Quantity, expected: &str, span: Span) -> Option<T> {
        let (en, zh) = (
            unit::word(expected, Lang::En).to_owned(),
            unit::word(expected, Lang::Zh).to_owned(),
        );
        let bare: String = literal
            .text
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
            .collect();
        let fixes = offers(&bare, expected, self.lang);
        self.fault(
            Diagnostic::new(
                "Q0104",
                span,
                format!(
                    "the figure is in {en}, so it cannot be compared with {}",
                    literal.text
                ),
                format!("该指标以{zh}计，不能与{}比较", literal.text),
            )
            .with_fixes(fixes.into_iter().map(|text| Fix::new(text, span))),
        );
        None
    }
}

/// The number as quantities of a unit that a person may have meant.
fn offers(number: &str, expected: &str, lang: Lang) -> Vec<String> {
    // 3亿 goes on with 元, whatever the rest of the question is written in.
    let lang = if number.chars().any(crate::query::lang::is_han) {
        Lang::Zh
    } else {
        lang
    };
    let word = unit::word(expected, lang);
    let scaled = number.ends_with(|c: char| !c.is_ascii_digit());
    match (expected, lang) {
        ("%", _) => vec![format!("{number}%")],
        ("元" | "美元", Lang::Zh) if !scaled => {
            vec![format!("{number}亿{word}"), format!("{number}万{word}")]
        }
        ("元" | "美元", Lang::En) if !scaled => {
            vec![
                format!("{number} million {word}"),
                format!("{number} billion {word}"),
            ]
        }
        (_, Lang::Zh) => vec![format!("{number}{word}")],
        (_, Lang::En) => vec![format!("{number} {word}")],
    }
}
