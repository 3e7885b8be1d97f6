//! What records have of their own: columns that a question may name, and traits that it may ask for.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::ast::Rows;

/// A column of a record, or of the report behind a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The value of a figure, in its own unit.
    Value,
    /// The stated growth of a figure, percent.
    Growth,
    /// Percent of the yearly task.
    Completion,
    /// The stated rank.
    Rank,
    /// The value of the year before, worked out from the stated growth.
    LastYear,
    /// The year's task, worked out from the value and the stated completion.
    Task,
    /// What the same report plans for the year after a figure.
    NextTarget,
    /// The base unit of a figure.
    Unit,
    /// What is measured, in the words of the report.
    Label,
    /// The indicator's name.
    Indicator,
    /// `actual`, `estimate` or `target`.
    Status,
    /// The heading that a record stands under.
    Section,
    /// What a task is about.
    Topic,
    /// The last day of a task's deadline.
    Deadline,
    /// Who gave the report.
    Speaker,
    /// The speaker's office.
    SpeakerTitle,
    /// The day on which the report was given.
    Date,
    /// Which congress it was given to (届).
    Congress,
    /// Which meeting of that congress (次).
    Meeting,
    /// The year that the report claims, where that is not the one it is about.
    StatedYear,
    /// The year that a record is about.
    Year,
    /// The report's title.
    Title,
    /// The document's name.
    Document,
    /// The report's length in characters, blanks left out.
    Length,
    /// How many figures the report has per thousand characters.
    Density,
    /// The kind of a doubt.
    Code,
    /// How many such rows a report has; of an indicator, how many places state it.
    Count(Rows),
}

/// Every field with its name in `keywords.tsv`.
const FIELDS: [(&str, Field); 25] = [
    ("value", Field::Value),
    ("growth", Field::Growth),
    ("completion", Field::Completion),
    ("rank", Field::Rank),
    ("last-year", Field::LastYear),
    ("next-target", Field::NextTarget),
    ("unit", Field::Unit),
    ("label", Field::Label),
    ("indicator", Field::Indicator),
    ("status", Field::Status),
    ("section", Field::Section),
    ("topic", Field::Topic),
    ("deadline", Field::Deadline),
    ("speaker", Field::Speaker),
    ("speaker-title", Field::SpeakerTitle),
    ("date", Field::Date),
    ("congress", Field::Congress),
    ("meeting", Field::Meeting),
    ("stated-year", Field::StatedYear),
    ("year", Field::Year),
    ("title", Field::Title),
    ("document", Field::Document),
    ("length", Field::Length),
    ("density", Field::Density),
    ("code", Field::Code),
];

impl Field {
    /// The field of a name in `keywords.tsv`.
    pub(super) fn named(name: &str) -> Option<Self> {
        FIELDS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, field)| *field)
    }

    /// Its names, English and Chinese, as readings use them.
    pub(super) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Value => ("value", "数值"),
            Self::Growth => ("growth", "增速"),
            Self::Completion => ("completion", "完成率"),
            Self::Rank => ("rank", "名次"),
            Self::LastYear => ("last year", "上年"),
            Self::Task => ("yearly task", "年度任务"),
            Self::NextTarget => ("next target", "下年目标"),
            Self::Unit => ("unit", "单位"),
            Self::Label => ("label", "标签"),
            Self::Indicator => ("indicator", "指标名称"),
            Self::Status => ("status", "性质"),
            Self::Section => ("section heading", "所在部分"),
            Self::Topic => ("topic", "主题"),
            Self::Deadline => ("deadline", "期限"),
            Self::Speaker => ("speaker", "报告人"),
            Self::SpeakerTitle => ("speaker title", "职务"),
            Self::Date => ("date", "会议日期"),
            Self::Congress => ("congress", "届次"),
            Self::Meeting => ("meeting", "会次"),
            Self::StatedYear => ("stated year", "标注年份"),
            Self::Year => ("year", "年份"),
            Self::Title => ("title", "标题"),
            Self::Document => ("document", "文件"),
            Self::Length => ("length", "字数"),
            Self::Density => ("figure density", "每千字数字数"),
            Self::Code => ("code", "代码"),
            Self::Count(Rows::Tasks) => ("number of tasks", "任务数"),
            Self::Count(Rows::Targets) => ("number of targets", "目标数"),
            Self::Count(Rows::Metrics) => ("number of figures", "指标数"),
            Self::Count(Rows::Problems) => ("number of problems", "问题数"),
            Self::Count(Rows::Sentences) => ("number of sentences", "句子数"),
            Self::Count(Rows::Doubts) => ("number of doubts", "疑点数"),
            Self::Count(Rows::Reports) => ("number of reports", "报告数"),
            Self::Count(_) => ("number of places", "地方数"),
        }
    }

    /// Whether it is of the report rather than of a record in it; places have these too, of their report.
    pub(super) const fn of_report(self) -> bool {
        matches!(
            self,
            Self::Speaker
                | Self::SpeakerTitle
                | Self::Date
                | Self::Congress
                | Self::Meeting
                | Self::StatedYear
                | Self::Title
                | Self::Document
                | Self::Length
                | Self::Density
        )
    }

    /// Whether it is of a figure.
    pub(super) const fn of_figure(self) -> bool {
        matches!(
            self,
            Self::Value
                | Self::Growth
                | Self::Completion
                | Self::Rank
                | Self::LastYear
                | Self::Task
                | Self::NextTarget
                | Self::Unit
                | Self::Label
                | Self::Indicator
                | Self::Status
        )
    }

    /// Whether it is a number.
    pub(super) const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Value
                | Self::Growth
                | Self::Completion
                | Self::LastYear
                | Self::Task
                | Self::NextTarget
                | Self::Count(_)
                | Self::Congress
                | Self::Meeting
                | Self::StatedYear
                | Self::Year
                | Self::Length
                | Self::Density
        )
    }
}

/// What a record may be, said in one phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trait {
    /// A figure stated only as a lower bound: 余, 超过, 以上.
    LowerBound,
    /// A figure stated only as an upper bound: 不足, 以内.
    UpperBound,
    /// A figure stated as a range: 7%至8%.
    Range,
    /// A figure stated roughly: 左右, 约.
    Approximate,
    /// A figure that does not cover a whole year.
    PartYear,
    /// A figure that was done, or is expected to be.
    Actual,
    /// A figure that is expected (预计).
    Estimate,
    /// A figure that the vocabulary has, of the whole place.
    Known,
    /// A task with a number in it.
    Quantified,
    /// A task with a deadline.
    Dated,
    /// A task that a report of another year has in the same words.
    Repeated,
    /// A figure with a percentage: a value in percent, or a growth on the year before.
    Percent,
    /// A report that states another year than it is about.
    DoubtfulYear,
    /// A record of the part on work done.
    InReview,
    /// A record of the part on difficulties.
    InProblems,
    /// A record of the part on work to do.
    InPlan,
    /// A report that has a part on work done.
    HasReview,
    /// A report that has a part on difficulties.
    HasProblems,
    /// A report that has a part on work to do.
    HasPlan,
}

/// Every trait with its name in `keywords.tsv`.
const TRAITS: [(&str, Trait); 19] = [
    ("lower-bound", Trait::LowerBound),
    ("upper-bound", Trait::UpperBound),
    ("range", Trait::Range),
    ("approximate", Trait::Approximate),
    ("part-year", Trait::PartYear),
    ("actual", Trait::Actual),
    ("estimate", Trait::Estimate),
    ("known", Trait::Known),
    ("quantified", Trait::Quantified),
    ("dated", Trait::Dated),
    ("repeated", Trait::Repeated),
    ("percent", Trait::Percent),
    ("doubtful-year", Trait::DoubtfulYear),
    ("in-review", Trait::InReview),
    ("in-problems", Trait::InProblems),
    ("in-plan", Trait::InPlan),
    ("has-review", Trait::HasReview),
    ("has-problems", Trait::HasProblems),
    ("has-plan", Trait::HasPlan),
];

impl Trait {
    /// The trait of a name in `keywords.tsv`.
    pub(super) fn named(name: &str) -> Option<Self> {
        TRAITS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, found)| *found)
    }

    /// Whether a report has the part of which a record is, or that it has.
    pub(super) const fn of_parts(self) -> Option<Self> {
        match self {
            Self::InReview | Self::HasReview => Some(Self::HasReview),
            Self::InProblems | Self::HasProblems => Some(Self::HasProblems),
            Self::InPlan | Self::HasPlan => Some(Self::HasPlan),
            _ => None,
        }
    }

    /// Its name in `keywords.tsv`.
    pub(super) fn name(self) -> &'static str {
        TRAITS
            .iter()
            .find(|(_, known)| *known == self)
            .map_or("", |(name, _)| *name)
    }
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Chart {
    /// A bar a row, from left to right.
    Bar,
    /// A column a row, upwards.
    Column,
    /// A line over years.
    Line,
}

impl Chart {
    /// The kind of a name in `keywords.tsv`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "bar" => Self::Bar,
            "column" => Self::Column,
            "line" => Self::Line,
            _ => return None,
        })
    }

    /// Its names, English and Chinese.
    pub(super) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Bar => ("bar", "条形图"),
            Self::Column => ("column", "柱状图"),
            Self::Line => ("line", "折线图"),
        }
    }
}

/// A unit with a multiplier that values are to be shown in: 万元.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scaled {
    /// As it was written.
    pub word: String,
    /// How many of the unit it is.
    #[serde(serialize_with = "as_text")]
    pub factor: Decimal,
    /// The unit as it is stored.
    pub unit: String,
}

fn as_text<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}
