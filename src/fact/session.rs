use super::Place;

/// One report, as given at one session of a people's congress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The place whose report it is; `None` where no name was found.
    pub place: Option<Place>,
    /// The report's title as its masthead has it.
    pub title: Option<String>,
    /// 届: which congress.
    pub congress: Option<u32>,
    /// 次: which meeting of that congress.
    pub meeting: Option<u32>,
    /// ISO date on which it was given.
    pub held_on: Option<String>,
    /// Who gave it.
    pub speaker: Option<String>,
    /// The speaker's office: 北仓镇人民政府镇长.
    pub speaker_title: Option<String>,
    /// The year that it looks back on.
    pub review_year: Option<i32>,
    /// The year that it plans; `None` where there is no plan part.
    pub plan_year: Option<i32>,
    /// What title or headings claim, where that differs from `review_year`.
    pub stated_year: Option<i32>,
    /// The quote that settled the year.
    pub year_ground: Option<String>,
}

/// What a section of a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SectionType {
    /// Title, notice, salutation.
    Front,
    /// Work done.
    Review,
    /// Difficulties.
    Problems,
    /// Work to do.
    Plan,
    /// The paragraph that lists the expected main figures.
    Targets,
    /// General requirement or guiding thought of the plan.
    Guideline,
    /// The closing appeal.
    Closing,
}

impl SectionType {
    /// The stored name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Review => "review",
            Self::Problems => "problems",
            Self::Plan => "plan",
            Self::Targets => "targets",
            Self::Guideline => "guideline",
            Self::Closing => "closing",
        }
    }
}
