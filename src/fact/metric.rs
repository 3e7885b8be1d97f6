use std::borrow::Cow;

use super::Span;

/// One figure: how much of something there was, is or shall be.
///
/// Either `value` or `growth` is present: a growth that belongs to a value is part of the value's metric and stands
/// alone only where the text gives no value.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Id of the indicator where the figure is that indicator for the whole place; `None` otherwise.
    pub indicator: Option<String>,
    /// What the figure measures, 2 to 24 characters, words of the sentence in their order.
    pub label: String,
    /// The number and its unit as written, `None` where only a growth is given.
    pub number: Option<String>,
    /// The value in `unit`; the low end of a range.
    pub value: Option<f64>,
    /// The high end of a range.
    pub value_high: Option<f64>,
    /// The base unit (元, 美元, 平方米, 亩, 人, 家, %, 百分点 …) with 万 and 亿 multiplied out; `None` where only a growth is given.
    pub unit: Option<String>,
    /// How the value bounds the truth; how the growth does, in the words' own direction, where only that is given.
    pub bound: Bound,
    /// How much it changed.
    pub growth: Option<Growth>,
    /// Done, expected, or planned.
    pub status: Status,
    /// The year that the figure is about, `None` where no year of the report is known.
    pub year: Option<i32>,
    /// The part of the year, or of the years, that it covers.
    pub period: Period,
    /// Percent of the yearly task that was completed, where the sentence says so.
    pub completion: Option<f64>,
    /// A rank that belongs to the figure, as written.
    pub rank: Option<String>,
    /// The stretch of the stored text with subject, number and growth.
    pub quote: String,
    /// Where that stretch is.
    pub span: Span,
    /// Index into the report's sections.
    pub section: Option<usize>,
    /// The rule that made the figure, for the trace.
    pub rule: &'static str,
}

/// How a stated value bounds the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Stated exactly.
    Eq,
    /// 约, 近, 左右, 上下.
    Approx,
    /// More than: 余, 多, 超过, 突破, 以上 after a figure that is exceeded.
    Gt,
    /// At least: 不少于, 达到…以上 as a target.
    Ge,
    /// Less than: 不足, 低于.
    Lt,
    /// At most: 不超过, 以内.
    Le,
    /// From `value` to `value_high`.
    Range,
}

impl Bound {
    /// The same of what is turned round: at least 4 % less is at most -4 %.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            Self::Eq | Self::Approx | Self::Range => self,
        }
    }

    /// The stored name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Approx => "approx",
            Self::Gt => "gt",
            Self::Ge => "ge",
            Self::Lt => "lt",
            Self::Le => "le",
            Self::Range => "range",
        }
    }
}

/// How much a figure changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Percent or points, signed; the first end of a range.
    pub amount: f64,
    /// The other end of a range (增长7%至8%), signed.
    pub to: Option<f64>,
    /// Whether it is in percentage points.
    pub points: bool,
    /// What it is measured against.
    pub against: Against,
    /// How the amount bounds the truth: a fall of at least 4 % is a growth of at most -4 %.
    pub bound: Bound,
}

impl Growth {
    /// The stored name of its kind: `yoy`, `avg`, `cum`, or `pp` where it is in points, whatever it is against.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        if self.points {
            "pp"
        } else {
            self.against.as_str()
        }
    }

    /// The stored name of its bound, none for an exact growth.
    #[must_use]
    pub fn stored_bound(&self) -> Option<&'static str> {
        (self.bound != Bound::Eq).then_some(self.bound.as_str())
    }

    /// What its kind does not say: what a change in points is against, where that is not the year before.
    #[must_use]
    pub fn points_against(&self) -> Option<&'static str> {
        (self.points && self.against != Against::YearBefore).then_some(self.against.as_str())
    }
}

/// What a growth is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Against {
    /// The year before.
    YearBefore,
    /// Each year of several, on average (年均).
    Average,
    /// Some earlier year.
    Earlier,
}

impl Against {
    /// The stored name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::YearBefore => "yoy",
            Self::Average => "avg",
            Self::Earlier => "cum",
        }
    }
}

/// Whether a figure is done, expected or planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Reported as done.
    Actual,
    /// Reported as expected for the year under review (预计).
    Estimate,
    /// Planned for later.
    Target,
}

impl Status {
    /// The stored name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Estimate => "estimate",
            Self::Target => "target",
        }
    }
}

/// The time that a figure covers, relative to its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// The whole year.
    Year,
    /// The first half.
    FirstHalf,
    /// January to the end of this month (1 to 12).
    ToMonth(u8),
    /// Several years together.
    Cumulative,
    /// A stock at a date.
    AsOf,
    /// One month.
    Month,
    /// Some other stretch.
    Other,
}

impl Period {
    /// The stored name: `year`, `h1`, `to-month-10`, `cumulative`, `as-of`, `month`, `other`.
    #[must_use]
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Year => "year",
            Self::FirstHalf => "h1",
            Self::ToMonth(month) => return Cow::Owned(format!("to-month-{month}")),
            Self::Cumulative => "cumulative",
            Self::AsOf => "as-of",
            Self::Month => "month",
            Self::Other => "other",
        })
    }
}
