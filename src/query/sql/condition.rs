//! Conditions over figures in SQL.
//!
//! Every expression becomes an interval, and every condition two SQL expressions: for what certainly and for what possibly
//! holds. A row without the figure gives NULL for both, so it is left out whether or not the condition is negated.

use super::interval::{Interval, Test, compare};
use super::records::{BODY, of_report};
use super::slots::Slots;
use super::{Params, forms, targets};
use crate::fact::Value;
use crate::query::day;
use crate::query::plan::{
    Aggregate, Aspect, Comparison, Condition, Expr, Extreme, Figure, Measure, Operand, Operator,
    Quantity, Wording,
};

/// Writes conditions over the rows of a layer.
pub(super) struct Writer<'a> {
    pub(super) slots: &'a Slots,
    pub(super) params: &'a mut Params,
    /// The layer whose rows an average is over.
    pub(super) layer: &'a str,
}

fn is_said_by_growth(figure: &Figure) -> bool {
    matches!(&figure.measure, Measure::Indicator(id) if targets::is_rise(id))
}

impl Writer<'_> {
    pub(super) fn expr(&self, expr: &Expr) -> Interval {
        match expr {
            Expr::Figure(figure) => self.figure(figure),
            Expr::Field(field) => Interval::exact(of_report(*field, self.params)),
            // A change against what it changed from: monotone in both, so the ends are those of the quotient.
            Expr::Combined(left, Operator::Against, right) => {
                let ratio = self.expr(&Expr::Combined(
                    left.clone(),
                    Operator::Divide,
                    right.clone(),
                ));
                let percent = |ratio: &str| format!("(100.0 * ({ratio} - 1))");
                Interval {
                    low: percent(&ratio.low),
                    high: percent(&ratio.high),
                    value: percent(&ratio.value),
                    ..ratio
                }
            }
            Expr::Combined(left, operator, right) => {
                let (a, b) = (self.figure(left), self.figure(right));
                let open = |x: &str, y: &str| match (x, y) {
                    ("0", "0") => "0".to_owned(),
                    _ => format!("({x} OR {y})"),
                };
                // Measures are not negative, so the least quotient is the least over the greatest.
                let (sign, low, high) = match operator {
                    // A rate is told from its ratio where rows are read: SQLite has no roots everywhere.
                    Operator::Divide | Operator::Against | Operator::PerYear => {
                        ("/", &b.high, &b.low)
                    }
                    Operator::Plus => ("+", &b.low, &b.high),
                    Operator::Minus => ("-", &b.high, &b.low),
                };
                let (low_open, high_open) = match operator {
                    Operator::Plus => (
                        open(&a.low_open, &b.low_open),
                        open(&a.high_open, &b.high_open),
                    ),
                    _ => (
                        open(&a.low_open, &b.high_open),
                        open(&a.high_open, &b.low_open),
                    ),
                };
                let combined = Interval {
                    low: format!("({} {sign} {low})", a.low),
                    high: format!("({} {sign} {high})", a.high),
                    low_open,
                    high_open,
                    value: format!("({} {sign} {})", a.value, b.value),
                };
                match operator {
                    Operator::Divide => self.of_one_currency(left, right, combined),
                    _ => combined,
                }
            }
        }
    }

    fn figure(&self, figure: &Figure) -> Interval {
        let n = self.slots.index(figure);
        match figure.aspect {
            Aspect::Value | Aspect::Target | Aspect::TargetOfYear => Interval {
                low: format!("low{n}"),
                low_open: format!("(bound{n} = 'gt')"),
                high: format!("high{n}"),
                high_open: format!("(bound{n} = 'lt')"),
                value: format!("comparable{n}"),
            },
            Aspect::Growth | Aspect::TargetGrowth | Aspect::TargetGrowthOfYear => {
                let [growth, bound, to] =
                    ["growth", "growth_bound", "growth_to"].map(|name| format!("{name}{n}"));
                growing(&growth, &bound, &to)
            }
            Aspect::Result => Interval::exact(format!("gap{n}")),
            Aspect::Completion => Interval::exact(format!("completion{n}")),
            Aspect::Rank => Interval::exact(format!("rank{n}")),
            Aspect::Task => Interval::exact(format!("(comparable{n} * 100.0 / completion{n})")),
            Aspect::LastYear => {
                Interval::exact(format!("(comparable{n} / (1 + growth{n} / 100.0))"))
            }
        }
    }

    pub(super) fn condition(&mut self, condition: &Condition) -> Test {
        match condition {
            Condition::All(parts) => self.joined(parts, " AND "),
            Condition::Any(parts) => self.joined(parts, " OR "),
            Condition::Not(inner) => {
                let test = self.condition(inner);
                Test {
                    certain: format!("NOT {}", test.possible),
                    possible: format!("NOT {}", test.certain),
                }
            }
            Condition::Compare(left, comparison, right) => {
                let test = self.compare(left, *comparison, right);
                self.in_unit(left, right, test)
            }
            Condition::Between(expr, low, high) => {
                let x = self.held_against(expr, low);
                let low = Interval::exact(self.params.real(beside(expr, low)));
                let high = Interval::exact(self.params.real(beside(expr, high)));
                let (a, b) = (
                    compare(&x, Comparison::Ge, &low),
                    compare(&x, Comparison::Le, &high),
                );
                Test {
                    certain: format!("({} AND {})", a.certain, b.certain),
                    possible: format!("({} AND {})", a.possible, b.possible),
                }
            }
            Condition::Extreme(expr, extreme) => {
                let x = self.ranked(expr);
                let function = match extreme {
                    Extreme::Highest => "MAX",
                    Extreme::Lowest => "MIN",
                };
                certain(format!(
                    "({x} = (SELECT {function}({x}) FROM {}))",
                    self.layer
                ))
            }
            Condition::Nth(expr, extreme, turn) => {
                let x = self.ranked(expr);
                let (direction, offset) = (extreme.order(), turn - 1);
                certain(format!(
                    "({x} = (SELECT {x} FROM {} WHERE {x} IS NOT NULL ORDER BY 1 {direction} LIMIT 1 OFFSET {offset}))",
                    self.layer
                ))
            }
            Condition::Judged(expr, judgement) => {
                let n = expr
                    .figures()
                    .first()
                    .map_or(0, |figure| self.slots.index(figure));
                let (certain, possible) = targets::test(*judgement, &n.to_string());
                Test { certain, possible }
            }
            Condition::Missing(Expr::Field(field)) => {
                certain(format!("({} IS NULL)", of_report(*field, self.params)))
            }
            Condition::Missing(expr) => {
                let nothing: Vec<String> = expr
                    .figures()
                    .into_iter()
                    .map(|figure| {
                        let n = self.slots.index(figure);
                        match figure.aspect {
                            Aspect::Growth | Aspect::TargetGrowth | Aspect::TargetGrowthOfYear => {
                                format!("growth{n} IS NULL")
                            }
                            Aspect::Result => format!("verdict{n} IS NULL"),
                            Aspect::Completion => format!("completion{n} IS NULL"),
                            Aspect::Rank => format!("rank{n} IS NULL"),
                            // A growth alone is none of the value; a target is set by it, and prices are said by it.
                            Aspect::Value if !is_said_by_growth(figure) => {
                                format!("value{n} IS NULL")
                            }
                            _ => format!("(value{n} IS NULL AND growth{n} IS NULL)"),
                        }
                    })
                    .collect();
                certain(format!("({})", nothing.join(" OR ")))
            }
            Condition::Mentions(words) => {
                let any: Vec<String> = forms(words)
                    .iter()
                    .map(|form| {
                        let form = self.params.text(form);
                        format!("instr({BODY}, replace({form}, ' ', '')) > 0")
                    })
                    .collect();
                certain(format!(
                    "EXISTS (SELECT 1 FROM sessions s JOIN documents d ON d.id = s.document_id WHERE s.id = session_id \
                     AND ({}))",
                    any.join(" OR ")
                ))
            }
            Condition::Trait(_) => certain("(stated_year IS NOT NULL)".to_owned()),
            // Only of records, and of rows that are targets; refused when the question was resolved.
            Condition::About(_) | Condition::Verdict(_) | Condition::ByAll => {
                certain("0".to_owned())
            }
            Condition::Worded(field, wording, text) => {
                let text = self.params.text(text);
                certain(words(&of_report(*field, self.params), *wording, &text))
            }
            Condition::Dated(field, comparison, date) => {
                let x = of_report(*field, self.params);
                certain(format!("({})", dated(&x, *comparison, date, self.params)))
            }
            Condition::Deadline(comparison, date) => {
                let due = dated("k.deadline_on", *comparison, date, self.params);
                certain(format!(
                    "EXISTS (SELECT 1 FROM tasks k WHERE k.session_id = {}.session_id AND {due})",
                    self.layer
                ))
            }
        }
    }

    fn joined(&mut self, parts: &[Condition], joint: &str) -> Test {
        let tests: Vec<Test> = parts.iter().map(|part| self.condition(part)).collect();
        Self::both(&tests, joint)
    }

    /// Tests joined, certain with certain and possible with possible.
    pub(super) fn both(tests: &[Test], joint: &str) -> Test {
        let side = |of: fn(&Test) -> &String| {
            let parts: Vec<&str> = tests.iter().map(|test| of(test).as_str()).collect();
            format!("({})", parts.join(joint))
        };
        Test {
            certain: side(|test| &test.certain),
            possible: side(|test| &test.possible),
        }
    }

    fn compare(&mut self, left: &Expr, comparison: Comparison, right: &Operand) -> Test {
        let x = match right {
            Operand::Quantity(quantity) => self.held_against(left, quantity),
            _ => self.expr(left),
        };
        let y = match right {
            Operand::Quantity(quantity) => {
                Interval::exact(self.params.real(beside(left, quantity)))
            }
            Operand::Expr(expr) => self.expr(expr),
            Operand::Aggregate(aggregate, expr) => {
                Interval::exact(self.over_rows(*aggregate, expr))
            }
        };
        compare(&x, comparison, &y)
    }

    fn over_rows(&self, aggregate: Aggregate, expr: &Expr) -> String {
        let x = self.expr(expr).value;
        let layer = self.layer;
        match aggregate {
            Aggregate::Total => format!("(SELECT SUM({x}) FROM {layer})"),
            Aggregate::Average => format!("(SELECT AVG({x}) FROM {layer})"),
            Aggregate::Max => format!("(SELECT MAX({x}) FROM {layer})"),
            Aggregate::Min => format!("(SELECT MIN({x}) FROM {layer})"),
            Aggregate::Median => format!(
                "(SELECT AVG(x) FROM (SELECT {x} AS x, ROW_NUMBER() OVER (ORDER BY {x}) AS turn, COUNT(*) OVER () AS n \
                 FROM {layer} WHERE {x} IS NOT NULL) WHERE turn IN ((n + 1) / 2, (n + 2) / 2))"
            ),
        }
    }

    /// A figure that the vocabulary does not have meets a quantity only in the same unit.
    fn in_unit(&mut self, left: &Expr, right: &Operand, test: Test) -> Test {
        let (Expr::Figure(figure), Operand::Quantity(quantity)) = (left, right) else {
            return test;
        };
        let labelled = matches!(figure.measure, Measure::Label(_));
        if !labelled || quantity.unit.is_empty() || figure.aspect != Aspect::Value {
            return test;
        }
        let unit = self.params.bind(Value::Text(quantity.unit.clone()));
        let n = self.slots.index(figure);
        Test {
            certain: format!("({} AND unit{n} = {unit})", test.certain),
            possible: format!("({} AND unit{n} = {unit})", test.possible),
        }
    }
}

/// A growth, what it bounds and the other end where it is a range. Most are exact; a range without another end is open.
pub(super) fn growing(growth: &str, bound: &str, to: &str) -> Interval {
    let low = format!(
        "CASE WHEN {bound} IS NULL THEN {growth} WHEN {bound} IN ('lt', 'le') THEN {growth} - 9e999 WHEN {bound} = 'range' THEN MIN({growth}, IFNULL({to}, {growth})) ELSE {growth} END"
    );
    let high = format!(
        "CASE WHEN {bound} IS NULL THEN {growth} WHEN {bound} IN ('gt', 'ge') THEN {growth} + 9e999 WHEN {bound} = 'range' THEN MAX({growth}, IFNULL({to}, 9e999)) ELSE {growth} END"
    );
    Interval {
        low,
        low_open: format!("IFNULL({bound} = 'gt', 0)"),
        high,
        high_open: format!("IFNULL({bound} = 'lt', 0)"),
        value: growth.to_owned(),
    }
}

/// What a quantity is beside what an expression gives in SQL: of a growth a year, the ratio that so many years of it make.
fn beside(expr: &Expr, quantity: &Quantity) -> f64 {
    let value = number(quantity.value);
    match expr {
        Expr::Combined(last, Operator::PerYear, first) => {
            let years = last.year.unwrap_or(0) - first.year.unwrap_or(0);
            // Nothing falls below nothing: -150 % a year is less than all there can be, as -100 % is.
            (1.0 + value / 100.0).max(0.0).powi(years)
        }
        _ => value,
    }
}

fn certain(sql: String) -> Test {
    Test::settled(sql)
}

/// Whether words are, begin, or stand in a text.
pub(super) fn words(text: &str, wording: Wording, sought: &str) -> String {
    match wording {
        Wording::Is => format!("({text} = {sought})"),
        Wording::Starts => format!("(instr({text}, {sought}) = 1)"),
        Wording::Contains => format!("(instr({text}, {sought}) > 0)"),
    }
}

/// A day compared with another: of any year by month and day alone.
pub(super) fn dated(x: &str, comparison: Comparison, date: &str, params: &mut Params) -> String {
    let sign = sign(comparison);
    match day::of_any_year(date) {
        Some(day) => format!("substr({x}, 6) {sign} {}", params.text(day)),
        None => format!("{x} {sign} {}", params.text(date)),
    }
}

pub(super) const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Gt => ">",
        Comparison::Ge => ">=",
        Comparison::Lt => "<",
        Comparison::Le => "<=",
        Comparison::Eq => "=",
    }
}

pub(super) fn number(value: rust_decimal::Decimal) -> f64 {
    // Through text, which rounds to the nearest double; Decimal's own conversion may miss it by one.
    value.to_string().parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::plan::{Figure, Measure};

    /// Two years of -300 % are nothing, and not four times as much.
    #[test]
    fn a_growth_a_year_below_nothing_leaves_nothing() {
        let of = |year| Figure {
            measure: Measure::Indicator("gdp".to_owned()),
            aspect: Aspect::Value,
            year: Some(year),
            before: false,
        };
        let expr = Expr::Combined(of(2023), Operator::PerYear, of(2021));
        for (percent, ratio) in [(-300, 0.0), (-100, 0.0), (-50, 0.25), (10, 1.21)] {
            let quantity = Quantity {
                value: percent.into(),
                unit: "%".to_owned(),
            };
            let found = beside(&expr, &quantity);
            assert!((found - ratio).abs() < 1e-9, "{percent} % a year: {found}");
        }
    }
}
