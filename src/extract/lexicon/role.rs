//! The roles that words play, each with its name in `words.tsv`.

macro_rules! roles {
    ($($(#[$meaning:meta])* $role:ident = $name:literal,)*) => {
        /// What a word does to the number or the noun beside it; the roles of `words.tsv`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Role {
            $($(#[$meaning])* $role,)*
        }

        /// The roles in their order, and what `words.tsv` calls them.
        pub(super) const ROLES: &[(Role, &str)] = &[$((Role::$role, $name),)*];
    };
}

roles! {
    /// 增长
    Rise = "rise",
    /// 下降
    Fall = "fall",
    /// 年均
    Average = "average",
    /// Means nothing between a change word and its number.
    Filler = "filler",
    /// 超过 before a number
    More = "more",
    /// 不低于
    AtLeast = "at-least",
    /// 约
    Approx = "approx",
    /// 不足
    Less = "less",
    /// 不超过
    AtMost = "at-most",
    /// 左右 after a number
    About = "about",
    /// 以上
    Above = "above",
    /// 以内
    Below = "below",
    /// Between the thing measured and its number.
    Link = "link",
    /// Before the thing measured.
    Lead = "lead",
    /// Words before an indicator's name that leave it the place's own.
    Scope = "scope",
    /// Verbs that do not make an indicator a part of itself.
    VerbIn = "verb-in",
    /// Subjects that a duration measures.
    TimeSubject = "time-subject",
    /// 任务的 before a percentage
    Completion = "completion",
    /// Numerals in these are words, not numbers.
    Idiom = "idiom",
    /// What a Chinese numeral enumerates in speech rather than counts.
    Abstract = "abstract",
    /// Words that open like a unit and are none.
    NotUnit = "not-unit",
    /// Words that end like a link and are part of the thing measured.
    Keep = "keep",
    /// Openings that need the subject of the figure before.
    Context = "context",
    /// Endings that do.
    Measure = "measure",
    /// The money after one of these goes into what the rest of the clause names.
    Spending = "spending",
    /// Opens the purpose of money and is not part of its name.
    Doing = "doing",
    /// Names a part of the place.
    Zone = "zone",
    /// Verbs that only ask for what follows.
    Asking = "asking",
    /// A stock at a date.
    Stock = "stock",
    /// A thing as a whole, over whatever years it takes.
    Whole = "whole",
    /// Ends the name of a part of the place that a heading may open with.
    ZoneName = "zone-name",
    /// Verbs that make a flow of what they count.
    New = "new",
    /// Opens a subject that leans on the clause before.
    Leaning = "leaning",
    /// Says what came of the figure before.
    Sequel = "sequel",
    /// What has figures of its own.
    Thing = "thing",
    /// The indicators whose names such things' figures bear.
    OfThings = "of-things",
    /// Nouns that could be of anything; a label names what they were of.
    General = "general",
    /// Nouns that end what a clause is about.
    Topic = "topic",
    /// Verbs before what a clause is about.
    TopicVerb = "topic-verb",
    /// Measures that the members of a list may share.
    SharedEnd = "shared-end",
    /// Verbs that say how far the things counted before have come.
    Stage = "stage",
    /// What a clause says of its subject before the next gives the number.
    Predicate = "predicate",
    /// Says that a figure is of the whole place.
    WholePlace = "whole-place",
    /// Says that a figure is of each of several.
    OfEach = "of-each",
    /// Amounts that 过 makes more than what follows.
    Amount = "amount",
    /// What a number behind one of these is part of a project's name.
    Capacity = "capacity",
    /// Before the value that a condition is not.
    Reached = "reached",
    /// What of each head, household or unit there is.
    PerHead = "per-head",
    /// What a Chinese numeral before it never counts.
    Speech = "speech",
    /// What 几大 before it never counts.
    Great = "great",
    /// What 十大 before it counts.
    TenGreat = "ten-great",
    /// Things that an amount sets apart from others of their kind, beside those with figures of their own.
    Class = "class",
    /// Verbs by which there is less of what follows.
    Cut = "cut",
    /// What of a figure is ranked, where no other subject is named.
    Ranking = "ranking",
    /// Places below the report's own that are counted.
    Places = "places",
    /// How something is paid or done, before its verb.
    Manner = "manner",
    /// Before a stock.
    GrownTo = "grown-to",
    /// Says that a stock is meant.
    ThereIs = "there-is",
    /// Says that no stock is meant.
    CameAbout = "came-about",
    /// What follows a number and is not the noun that it counts.
    NoNoun = "no-noun",
    /// What behind several years only compares with them.
    Record = "record",
    /// What begins so behind a place's name is another's, or has a district of its own.
    NameOfAnother = "name-of-another",
    /// Measures that are told by the year, also where several years are looked back on.
    Yearly = "yearly",
    /// Measures of what came or went in a year, never of a stock.
    Flow = "flow",
    /// Endings of what is a part of what was measured before.
    PartKind = "part-kind",
    /// Qualities before the noun that they lean on.
    Kind = "kind",
    /// Verbs whose amount was brought about by something.
    Driving = "driving",
    /// Behind the old value of a change.
    Turned = "turned",
    /// Behind the old growth of what grows otherwise now.
    TurnedGrowth = "turned-growth",
    /// How fast it turned.
    Pace = "pace",
    /// Verbs by which a part of the place is made use of.
    MakingUse = "making-use",
    /// Nouns before a measure that do not say whose it is.
    Unsaid = "unsaid",
    /// Verbs of what came about in the year.
    FlowVerb = "flow-verb",
    /// Verbs that the named members of a list share with the first.
    CarriedVerb = "carried-verb",
    /// Words that end like 约 and are no bound.
    NoApprox = "no-approx",
    /// Who has set a task, before it.
    SetBy = "set-by",
    /// Under what something was done, before 下.
    Circumstance = "circumstance",
    /// When or where a task was set.
    SetAt = "set-at",
    /// Before the task of which a share was done.
    TaskVerb = "task-verb",
    /// Before the task that was surpassed.
    OverTask = "over-task",
    /// Before how many times something is what it was.
    TimesOf = "times-of",
    /// A gap to another's figure.
    Gap = "gap",
    /// Against a year, with 均 that says all and no average.
    EachAgainst = "each-against",
    /// Rates of change that can change themselves.
    RateOfChange = "rate-of-change",
    /// Between the thing measured and its change, no part of either.
    BeforeChange = "before-change",
    /// Before a number of years that have passed.
    Past = "past",
    /// Changes that lead with 为 to a level.
    ChangeInto = "change-into",
    /// Changes that lead with 达到 to a level.
    ChangeReached = "change-reached",
    /// Where so many animals are kept.
    Farm = "farm",
    /// Things that are known by their size.
    Sized = "sized",
    /// Works that are known by what they can make.
    Works = "works",
    /// Before what can be made, which is a figure.
    Output = "output",
    /// Latin letters that are a measure: GDP of 实现GDP19.92亿元.
    LatinMeasure = "latin-measure",
    /// Nouns of money, whose number goes without a unit: 财政收入5200万.
    UnsaidMoney = "unsaid-money",
    /// The same of visits.
    UnsaidVisits = "unsaid-visits",
    /// The same of people.
    UnsaidPersons = "unsaid-persons",
    /// The same of users.
    UnsaidUsers = "unsaid-users",
    /// What is harvested of a crop, whose name may be short: 花生产量.
    Yield = "yield",
    /// Says that a rank is held.
    HoldsRank = "holds-rank",
    /// Before the number of those among whom a rank is held.
    Among = "among",
    /// Money, which an amount before it does not set apart.
    Funds = "funds",
    /// Some of a kind.
    Some = "some",
    /// Says that there was none, before 一.
    NoneOf = "none-of",
    /// Counters of which there may have been none.
    NoneCounter = "none-counter",
    /// Counters that a Chinese numeral really counts with.
    CountedInChinese = "counted-in-chinese",
    /// Counters of a single thing behind its noun.
    SingleCounter = "single-counter",
    /// Opens a rank.
    RankOpener = "rank-opener",
    /// The openers of a rank that say nothing of what is ranked.
    Placed = "placed",
    /// Behind the old place of a rank.
    Moved = "moved",
    /// Ends a ranking whose numbers are places.
    Ranks = "ranks",
    /// Ends persons for whom something was done.
    Persons = "persons",
    /// Explains a term behind a report.
    Explains = "explains",
    /// Before goals that a sentence announces.
    GoalOf = "goal-of",
    /// Before goals that were those of a year past.
    GoalPast = "goal-past",
    /// Right before a level that is kept.
    HeldAt = "held-at",
    /// Says that a growth is against the year before.
    AgainstLast = "against-last",
    /// Says of a later year that something is asked for.
    Wished = "wished",
    /// Says of a number in brackets that it is no final one.
    NotFinal = "not-final",
    /// Between a growth and the value that was reached with it.
    GrowthReached = "growth-reached",
    /// All of the things counted, not the new ones.
    Total = "total",
    /// What right before a subject a reader is told as well.
    ScopeShown = "scope-shown",
    /// Ends what says by how many places a rank has changed.
    RankMoved = "rank-moved",
    /// Ends the name of a share.
    Share = "share",
    /// Begins what a share is of.
    ShareOf = "share-of",
    /// Opens what a plan says of the year before.
    LastYear = "last-year",
    /// Says in such a sentence that what follows is to come.
    ToCome = "to-come",
    /// Verbs that give money, of which what follows says what kind.
    Giving = "giving",
    /// Words that open like a joint to what was said before and are none.
    OpensName = "opens-name",
    /// Words that end like a joint and are whole.
    EndsName = "ends-name",
    /// What is done with the members of a list, behind the last.
    WorkTail = "work-tail",
    /// Verbs before things with which something is done.
    WorkVerb = "work-verb",
    /// Opens them.
    SpanLead = "span-lead",
    /// Times that reach over many years, without a number.
    Era = "era",
    /// The first half of the year.
    FirstHalf = "first-half",
    /// What leads to the month that a period reaches.
    MonthReached = "month-reached",
    /// Years that a figure covers together.
    SeveralYears = "several-years",
    /// Closes years that go together.
    SpanEnd = "span-end",
    /// Opens a look back over several years together.
    LookBack = "look-back",
    /// Opens a look back on one year.
    OneYear = "one-year",
    /// Names of five-year plans.
    PlanName = "plan-name",
    /// Opens what several years to come shall bring.
    YearsAhead = "years-ahead",
    /// The coming year, as a plan calls it.
    Coming = "coming",
    /// Announces the expected figures of a year.
    Aims = "aims",
    /// Announces goals among the work done.
    AimsAre = "aims-are",
    /// Five years together.
    FiveYears = "five-years",
    /// Several years together.
    Together = "together",
    /// The year under review, without its number.
    YearNamed = "year-named",
    /// The end of the year under review.
    YearEnd = "year-end",
    /// Says that a level was kept.
    Held = "held",
    /// Says that a figure is an estimate.
    Expected = "expected",
    /// Says before a number of the year under review that it is still to come.
    PromisedBefore = "promised-before",
    /// Says the same behind the number.
    PromisedAfter = "promised-after",
    /// Money that is planned, wherever it stands.
    Intended = "intended",
    /// Changes without a number.
    Flat = "flat",
    /// The three industries beside one another.
    Structure = "structure",
    /// What every rank has.
    Ranked = "ranked",
    /// What a broken conversion or a blank form leaves in a number's place.
    Debris = "debris",
}
