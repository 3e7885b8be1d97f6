//! Figures that are bounds, as intervals: what is compared with them holds certainly, or possibly.
//!
//! ≥34亿 lies in [34亿, ∞): it is certainly over 30亿 and possibly over 36亿.

use crate::query::plan::Comparison;

/// SQL for the ends of an expression, and whether they are left out.
#[derive(Debug, Clone)]
pub(super) struct Interval {
    pub(super) low: String,
    pub(super) low_open: String,
    pub(super) high: String,
    pub(super) high_open: String,
    /// The stated value in the unit of its indicator, for sorting and working with.
    pub(super) value: String,
}

impl Interval {
    pub(super) fn exact(value: String) -> Self {
        Self {
            low: value.clone(),
            low_open: "0".into(),
            high: value.clone(),
            high_open: "0".into(),
            value,
        }
    }

    pub(super) fn is_exact(&self) -> bool {
        self.low == self.high && self.low_open == "0" && self.high_open == "0"
    }
}

/// SQL that is true of what certainly (or possibly) holds.
#[derive(Debug, Clone)]
pub(super) struct Test {
    pub(super) certain: String,
    pub(super) possible: String,
}

impl Test {
    /// What either holds or does not.
    pub(super) fn settled(sql: String) -> Self {
        Self {
            possible: sql.clone(),
            certain: sql,
        }
    }
}

pub(super) fn compare(x: &Interval, comparison: Comparison, y: &Interval) -> Test {
    let (certain, possible) = match comparison {
        Comparison::Gt => (above(x, y), may_exceed(x, y, false)),
        Comparison::Ge => (reaches(x, y), may_exceed(x, y, true)),
        Comparison::Lt => (above(y, x), may_exceed(y, x, false)),
        Comparison::Le => (reaches(y, x), may_exceed(y, x, true)),
        Comparison::Eq => (
            format!(
                "({} = {} AND {} = {} AND {} = {})",
                x.low, x.high, y.low, y.high, x.low, y.low
            ),
            format!(
                "({} AND {})",
                may_exceed(x, y, true),
                may_exceed(y, x, true)
            ),
        ),
    };
    Test { certain, possible }
}

/// All of `x` is above all of `y`.
fn above(x: &Interval, y: &Interval) -> String {
    let touching = either(&x.low_open, &y.high_open);
    let strict = format!("{} > {}", x.low, y.high);
    touching.map_or_else(
        || format!("({strict})"),
        |open| format!("({strict} OR ({} = {} AND {open}))", x.low, y.high),
    )
}

/// All of `x` is at or above all of `y`.
fn reaches(x: &Interval, y: &Interval) -> String {
    format!("({} >= {})", x.low, y.high)
}

/// Some of `x` may be above (or at) some of `y`.
fn may_exceed(x: &Interval, y: &Interval, or_equal: bool) -> String {
    let strict = format!("{} > {}", x.high, y.low);
    if !or_equal {
        return format!("({strict})");
    }
    either(&x.high_open, &y.low_open).map_or_else(
        || format!("({} >= {})", x.high, y.low),
        |open| format!("({strict} OR ({} = {} AND NOT {open}))", x.high, y.low),
    )
}

fn either(a: &str, b: &str) -> Option<String> {
    match (a, b) {
        ("0", "0") => None,
        (open, "0") | ("0", open) => Some(open.to_owned()),
        (a, b) => Some(format!("({a} OR {b})")),
    }
}
