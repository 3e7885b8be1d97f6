use rust_decimal::Decimal;

use crate::fact::Span;
use crate::query::ast::{
    Aggregate, Chart, Comparison, Field, Property, Rows, Scaled, Trait, Verdict,
};
use crate::query::catalog::PlaceRef;

/// A token and where it stands, in characters of the question.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::query) struct Placed {
    pub(in crate::query) token: Token,
    pub(in crate::query) span: Span,
}

/// The terminals of the grammar.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::query) enum Token {
    // Names and literals.
    Figure(Vec<usize>),
    Place(Vec<PlaceRef>),
    Quoted(String),
    Text(String),
    Word(String),
    Quantity(Quantity),
    Year(i32),
    /// A year that stands right before a figure and belongs to it: 2023年税收.
    FigureYear(i32),
    Date(String),
    /// A saved query, by its name.
    Saved(String),
    /// `$name`; a value stands in its place before the question is parsed.
    Parameter(String),
    /// A unit without a number, behind `as`.
    Unit(Scaled),
    // Words with a kind.
    Trait(Trait),
    Field(Field),
    /// Who holds it gave the report: 省长.
    Office(String),
    Chart(Chart),
    Rows(Rows),
    CountOf(Rows),
    Property(Property),
    Compare(Comparison),
    Post(Comparison),
    Aggregate(Aggregate),
    /// An aggregate behind its figure: 固定资产投资合计.
    AggregateAfter(Aggregate),
    Verdict(Verdict),
    // Words.
    Deadline,
    Before,
    After,
    Between,
    Within,
    To,
    And,
    Or,
    Not,
    Open,
    Close,
    Fell,
    Rose,
    Falling,
    Rising,
    Highest,
    Lowest,
    /// `more`, `higher`, of two: a question word makes an end of it, or a place that it is compared with.
    More,
    Less,
    /// 第二 in 第二高, `second`: counted from the end that follows.
    Nth(u32),
    /// `stated by all`, 都有 of all places of a kind.
    ByAll,
    /// An average that the store does not have: not that of its places.
    National,
    /// What stands beside a verdict and a movement anyway.
    ByHowMuch,
    /// `number of`, before rows.
    NumberOf,
    /// 占多少: what share.
    AskShare,
    Which,
    HowMany,
    AskCount,
    /// 一共有多少: of rows their number, of a figure its total; the lexer tells which.
    AskInAll,
    AskValue,
    What,
    Have,
    With,
    Of,
    In,
    From,
    By,
    On,
    Each,
    /// 谁: which place.
    Who,
    /// 哪一年.
    WhichYear,
    /// 比, before what something is compared with.
    Than,
    /// 计划, before the figure that is planned.
    Planned,
    /// 挂钩: a target without a number of its own.
    Tied,
    /// `which towns are in …`: dropped there, and out of place elsewhere.
    Are,
    All,
    The,
    De,
    Possessive,
    YearWord,
    Ascending,
    Descending,
    Top,
    Bottom,
    Show,
    Count,
    Source,
    Latest,
    /// `with result`.
    Result,
    Mention,
    Missing,
    Frequency,
    ComparePlaces,
    Explain,
    Define,
    As,
    Limit,
    Others,
    Share,
    Draw,
    About,
    Except,
    Outside,
    Starts,
    Surnamed,
    Contains,
    Against,
    /// A column that is ordered by: 排名.
    Ranked,
    /// `top`, `bottom` behind what it orders by: 税收前5名的镇.
    TopOf,
    BottomOf,
    /// Before a number of years: 近.
    Recent,
    /// `before`, `after` and `since` of a year: always in front of it.
    BeforeYear,
    AfterYear,
    Since,
    EveryYear,
    /// 近几年: the last five.
    FewYears,
    /// 每年: every year of which something is shown, or in each of which a condition must hold.
    EachYear,
    /// How many years there are of which something holds.
    CountYears,
    /// 报告中: dropped.
    InReport,
    HowOften,
    /// A figure is stated at all.
    Stating,
    /// Years in a row, before or behind a number of them.
    InARow,
    /// A condition holds in so many years, one after another.
    Streak(u32),
    Longest,
    Shortest,
    Earliest,
    Newest,
    /// In time, of each place.
    FirstOfEach,
    /// So many of each place, area or year: `top 3 within each year`.
    WithinEach,
    LastOfEach,
    Ratio,
    /// For each of which something is counted: `tasks per town`.
    Per,
    /// What doubts and tasks are told apart by: 各类疑点.
    Kind,
    /// What lies between two figures.
    Difference,
    /// No value, only its growth.
    GrowthOnly,
    /// 从哪年开始.
    SinceWhen,
    /// How many have a phrase: 共有, `shared by`.
    SharedBy,
    /// 为负: a growth below nothing.
    Negative,
    /// 倍: so many times another figure.
    Times,
    /// 有哪些
    AskList,
    /// 谁作的, of a report.
    WhoGave,
    /// `what does X plan for elderly care`
    PlanFor,
    /// 几倍
    AskTimes,
    /// `how fast did tax grow`.
    HowFast,
    /// `annual growth`.
    Annual,
    /// 为正.
    Positive,
    /// 放缓: a growth below that of the year before.
    Slowed,
    /// 加快.
    Quickened,
    /// 其他, beside what is left out.
    Other,
    /// 都完成: more than a row says; see `beyond`.
    Always,
    /// 吗: a question that has a condition and no head.
    AskWhether,
    /// 只在一份报告里.
    OnlyInOne,
    /// Before words in which a figure is put: 用“左右”.
    Worded,
    /// Behind such words: 这样的.
    Such,
    /// In the order of deadlines, of days, or of years.
    ByTime,
    /// 没有提出: missing in a report that there is.
    Unsaid,
    /// 代理镇长.
    Acting,
    /// What joins the figures of a list of each of which the same is said.
    Both,
    /// 由, before who gave a report.
    GivenBy,
    /// 提得, before 最多.
    SaidHow,
    /// To have something done by a day: `finish`, 完成什么.
    Finish,
    /// Behind what is not there: 日期不明.
    Unknown,
    Undated,
    /// 哪一部分
    AskSection,
    /// 只给出, behind what is not given.
    OnlyStating,
    /// 开会: the day of a report.
    Held,
    /// 定得, of a target: left out.
    SetAt,
    /// 上调: beside the year before.
    Raised,
    Lowered,
    /// A month, of a year where one is known: 1月.
    Month(Option<i16>, i16),
    /// 的比重 behind A占B.
    OfTotal,
    Divide,
    Plus,
    Minus,
    /// A separator of steps.
    Sep,
    /// A separator of a list, wherever it stands: 、 and a comma between two of a kind.
    Enum,
    /// A comma that is neither.
    Comma,
    End,
}

/// A number with its unit as written.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::query) struct Quantity {
    /// The number with its multiplier, in `unit`.
    pub(in crate::query) value: Decimal,
    /// The stored name of the unit; `None` for a bare number.
    pub(in crate::query) unit: Option<&'static str>,
    /// As it stands in the question.
    pub(in crate::query) text: String,
}

impl Token {
    /// Whether a step starts with it, so that a comma before it parts two steps.
    pub(super) const fn starts_step(&self) -> bool {
        matches!(
            self,
            Self::With
                | Self::Have
                | Self::Of
                | Self::In
                | Self::From
                | Self::By
                | Self::Top
                | Self::Bottom
                | Self::Show
                | Self::Count
                | Self::Source
                | Self::Latest
                | Self::Result
                | Self::Mention
                | Self::Missing
                | Self::Unsaid
                | Self::As
                | Self::Limit
                | Self::Share
                | Self::Draw
                | Self::About
                | Self::Except
                | Self::ByAll
                | Self::Ranked
                | Self::Recent
                | Self::Since
                | Self::BeforeYear
                | Self::AfterYear
                | Self::EveryYear
                | Self::FewYears
                | Self::EachYear
                | Self::CountYears
                | Self::Stating
                | Self::Earliest
                | Self::Newest
                | Self::FirstOfEach
                | Self::LastOfEach
                | Self::WithinEach
                | Self::Chart(_)
                | Self::Trait(_)
        )
    }

    /// Whether an expression may end in it.
    pub(super) const fn ends_expr(&self) -> bool {
        self.is_figure() || matches!(self, Self::Property(_) | Self::Field(_) | Self::Deadline)
    }

    /// Whether a condition may end in it.
    pub(in crate::query) const fn ends_condition(&self) -> bool {
        matches!(
            self,
            Self::Quantity(_)
                | Self::Post(_)
                | Self::Fell
                | Self::Rose
                | Self::Highest
                | Self::Lowest
                | Self::Close
                | Self::Within
        )
    }

    /// Whether a question without it may still ask the same.
    pub(in crate::query) const fn may_be_left_out(&self) -> bool {
        !matches!(
            self,
            Self::Not
                | Self::Missing
                | Self::Unsaid
                | Self::Acting
                | Self::Fell
                | Self::Rose
                | Self::Falling
                | Self::Rising
                | Self::Slowed
                | Self::Quickened
                | Self::Negative
                | Self::Positive
                | Self::Highest
                | Self::Lowest
                | Self::More
                | Self::Less
                | Self::Verdict(_)
                | Self::Compare(_)
                | Self::Except
                | Self::Outside
                | Self::InARow
                | Self::EachYear
                | Self::CountYears
                | Self::GrowthOnly
                | Self::OnlyStating
                | Self::Raised
                | Self::Lowered
                | Self::Finish
                | Self::Unknown
                | Self::Undated
                | Self::Worded
                | Self::Month(..)
                | Self::Always
                | Self::Figure(_)
                | Self::Quoted(_)
                | Self::Place(_)
                | Self::Text(_)
                | Self::Quantity(_)
                | Self::Year(_)
                | Self::FigureYear(_)
                | Self::Date(_)
        )
    }

    /// Whether it names something that is measured.
    pub(in crate::query) const fn is_figure(&self) -> bool {
        matches!(self, Self::Figure(_) | Self::Quoted(_) | Self::CountOf(_))
    }
}
