use std::ops::Range;
use std::sync::LazyLock;

use super::rows;
use crate::document::word_table::{Classes, WordTable};

/// What a word does to the number or the noun beside it; the roles of `words.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// 增长
    Rise,
    /// 下降
    Fall,
    /// 年均
    Average,
    /// Means nothing between a change word and its number.
    Filler,
    /// 超过 before a number
    More,
    /// 不低于
    AtLeast,
    /// 约
    Approx,
    /// 不足
    Less,
    /// 不超过
    AtMost,
    /// 左右 after a number
    About,
    /// 以上
    Above,
    /// 以内
    Below,
    /// Between the thing measured and its number.
    Link,
    /// Before the thing measured.
    Lead,
    /// Words before an indicator's name that leave it the place's own.
    Scope,
    /// Verbs that do not make an indicator a part of itself.
    VerbIn,
    /// Subjects that a duration measures.
    TimeSubject,
    /// 任务的 before a percentage
    Completion,
    /// Numerals in these are words, not numbers.
    Idiom,
    /// What a Chinese numeral enumerates in speech rather than counts.
    Abstract,
    /// Words that open like a unit and are none.
    NotUnit,
    /// Words that end like a link and are part of the thing measured.
    Keep,
    /// Openings that need the subject of the figure before.
    Context,
    /// Endings that do.
    Measure,
    /// The money after one of these goes into what the rest of the clause names.
    Spending,
    /// Opens the purpose of money and is not part of its name.
    Doing,
    /// Names a part of the place.
    Zone,
    /// Verbs that only ask for what follows.
    Asking,
    /// A stock at a date.
    Stock,
    /// A thing as a whole, over whatever years it takes.
    Whole,
    /// Ends the name of a part of the place that a heading may open with.
    ZoneName,
    /// Verbs that make a flow of what they count.
    New,
    /// Opens a subject that leans on the clause before.
    Leaning,
    /// Says what came of the figure before.
    Sequel,
    /// What has figures of its own.
    Thing,
    /// The indicators whose names such things' figures bear.
    OfThings,
    /// Nouns that could be of anything; a label names what they were of.
    General,
    /// Nouns that end what a clause is about.
    Topic,
    /// Verbs before what a clause is about.
    TopicVerb,
    /// Measures that the members of a list may share.
    SharedEnd,
    /// Verbs that say how far the things counted before have come.
    Stage,
    /// What a clause says of its subject before the next gives the number.
    Predicate,
    /// Says that a figure is of the whole place.
    WholePlace,
    /// Says that a figure is of each of several.
    OfEach,
    /// Amounts that 过 makes more than what follows.
    Amount,
    /// What a number behind one of these is part of a project's name.
    Capacity,
    /// Before the value that a condition is not.
    Reached,
    /// What of each head, household or unit there is.
    PerHead,
    /// What a Chinese numeral before it never counts.
    Speech,
    /// What 几大 before it never counts.
    Great,
    /// What 十大 before it counts.
    TenGreat,
    /// Things that an amount sets apart from others of their kind, beside those with figures of their own.
    Class,
    /// Verbs by which there is less of what follows.
    Cut,
    /// What of a figure is ranked, where no other subject is named.
    Ranking,
    /// Places below the report's own that are counted.
    Places,
    /// How something is paid or done, before its verb.
    Manner,
    /// Before a stock.
    GrownTo,
    /// Says that a stock is meant.
    ThereIs,
    /// Says that no stock is meant.
    CameAbout,
    /// What follows a number and is not the noun that it counts.
    NoNoun,
    /// What behind several years only compares with them.
    Record,
    /// Measures of what came or went in a year, never of a stock.
    Flow,
    /// Endings of what is a part of what was measured before.
    PartKind,
    /// Qualities before the noun that they lean on.
    Kind,
    /// Verbs whose amount was brought about by something.
    Driving,
    /// Behind the old value of a change.
    Turned,
    /// How fast it turned.
    Pace,
    /// Verbs by which a part of the place is made use of.
    MakingUse,
    /// Nouns before a measure that do not say whose it is.
    Unsaid,
    /// The first half of the year.
    FirstHalf,
    /// What leads to the month that a period reaches.
    MonthReached,
    /// Years that a figure covers together.
    SeveralYears,
    /// Opens a look back over several years together.
    LookBack,
    /// Opens a look back on one year.
    OneYear,
    /// Names of five-year plans.
    PlanName,
    /// Opens what several years to come shall bring.
    YearsAhead,
    /// The coming year, as a plan calls it.
    Coming,
    /// Announces the expected figures of a year.
    Aims,
    /// Announces goals among the work done.
    AimsAre,
    /// Five years together.
    FiveYears,
    /// Several years together.
    Together,
    /// The year under review, without its number.
    YearNamed,
    /// The end of the year under review.
    YearEnd,
    /// Says that a level was kept.
    Held,
    /// Says that a figure is an estimate.
    Expected,
    /// Says of the year under review what is still to come.
    Promised,
    /// Money that is planned, wherever it stands.
    Intended,
    /// Changes without a number.
    Flat,
    /// The three industries beside one another.
    Structure,
    /// What every rank has.
    Ranked,
    /// What a broken conversion or a blank form leaves in a number's place.
    Debris,
}

const ROLES: [(Role, &str); 91] = [
    (Role::Rise, "rise"),
    (Role::Fall, "fall"),
    (Role::Average, "average"),
    (Role::Filler, "filler"),
    (Role::More, "more"),
    (Role::AtLeast, "at-least"),
    (Role::Approx, "approx"),
    (Role::Less, "less"),
    (Role::AtMost, "at-most"),
    (Role::About, "about"),
    (Role::Above, "above"),
    (Role::Below, "below"),
    (Role::Link, "link"),
    (Role::Lead, "lead"),
    (Role::Scope, "scope"),
    (Role::VerbIn, "verb-in"),
    (Role::TimeSubject, "time-subject"),
    (Role::Completion, "completion"),
    (Role::Idiom, "idiom"),
    (Role::Abstract, "abstract"),
    (Role::NotUnit, "not-unit"),
    (Role::Keep, "keep"),
    (Role::Context, "context"),
    (Role::Measure, "measure"),
    (Role::Spending, "spending"),
    (Role::Doing, "doing"),
    (Role::Zone, "zone"),
    (Role::Asking, "asking"),
    (Role::Stock, "stock"),
    (Role::Whole, "whole"),
    (Role::ZoneName, "zone-name"),
    (Role::New, "new"),
    (Role::Leaning, "leaning"),
    (Role::Sequel, "sequel"),
    (Role::Thing, "thing"),
    (Role::OfThings, "of-things"),
    (Role::General, "general"),
    (Role::Topic, "topic"),
    (Role::TopicVerb, "topic-verb"),
    (Role::SharedEnd, "shared-end"),
    (Role::Stage, "stage"),
    (Role::Predicate, "predicate"),
    (Role::WholePlace, "whole-place"),
    (Role::OfEach, "of-each"),
    (Role::Amount, "amount"),
    (Role::Capacity, "capacity"),
    (Role::Reached, "reached"),
    (Role::PerHead, "per-head"),
    (Role::Speech, "speech"),
    (Role::Great, "great"),
    (Role::TenGreat, "ten-great"),
    (Role::Class, "class"),
    (Role::Cut, "cut"),
    (Role::Ranking, "ranking"),
    (Role::Places, "places"),
    (Role::Manner, "manner"),
    (Role::GrownTo, "grown-to"),
    (Role::ThereIs, "there-is"),
    (Role::CameAbout, "came-about"),
    (Role::NoNoun, "no-noun"),
    (Role::Record, "record"),
    (Role::Flow, "flow"),
    (Role::PartKind, "part-kind"),
    (Role::Kind, "kind"),
    (Role::Driving, "driving"),
    (Role::Turned, "turned"),
    (Role::Pace, "pace"),
    (Role::MakingUse, "making-use"),
    (Role::Unsaid, "unsaid"),
    (Role::FirstHalf, "first-half"),
    (Role::MonthReached, "month-reached"),
    (Role::SeveralYears, "several-years"),
    (Role::LookBack, "look-back"),
    (Role::OneYear, "one-year"),
    (Role::PlanName, "plan-name"),
    (Role::YearsAhead, "years-ahead"),
    (Role::Coming, "coming"),
    (Role::Aims, "aims"),
    (Role::AimsAre, "aims-are"),
    (Role::FiveYears, "five-years"),
    (Role::Together, "together"),
    (Role::YearNamed, "year-named"),
    (Role::YearEnd, "year-end"),
    (Role::Held, "held"),
    (Role::Expected, "expected"),
    (Role::Promised, "promised"),
    (Role::Intended, "intended"),
    (Role::Flat, "flat"),
    (Role::Structure, "structure"),
    (Role::Ranked, "ranked"),
    (Role::Debris, "debris"),
];

/// The words of `words.tsv`.
struct Lexicon {
    /// By role, longest first.
    lists: Vec<Vec<&'static str>>,
    table: WordTable,
    /// Those of the roles that are looked for once a sentence, so that no others are passed by there.
    spoken: WordTable,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lists: Vec<Vec<&'static str>> = vec![Vec::new(); ROLES.len()];
    for row in rows(include_str!("words.tsv")) {
        let [role, list] = row[..] else {
            panic!("words.tsv: two cells a line: {row:?}")
        };
        let at = ROLES
            .iter()
            .position(|(_, name)| *name == role)
            .unwrap_or_else(|| panic!("words.tsv: unknown role {role}"));
        lists[at].extend(list.split(' ').filter(|word| !word.is_empty()));
    }
    for list in &mut lists {
        list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        list.dedup();
    }
    let table = |roles: Range<usize>| {
        let words = |role: usize| lists[role].iter().map(move |word| (*word, role));
        WordTable::new(roles.flat_map(words))
    };
    Lexicon {
        table: table(0..ROLES.len()),
        spoken: table(Role::FirstHalf as usize..ROLES.len()),
        lists,
    }
});

/// The words of a role, longest first.
#[must_use]
pub fn words(role: Role) -> &'static [&'static str] {
    &LEXICON.lists[role as usize]
}

/// The longest word of `role` that `text` ends with.
#[must_use]
pub fn word_before(text: &str, role: Role) -> Option<&'static str> {
    LEXICON.table.closing(text, Classes::one(role as usize))
}

/// The longest word of `role` that `text` begins with.
#[must_use]
pub fn word_after(text: &str, role: Role) -> Option<&'static str> {
    LEXICON.table.opening(text, Classes::one(role as usize))
}

/// The words of `role` in `text` with the bytes where they begin; of those at one place the longest first.
pub fn words_in(text: &str, role: Role) -> impl Iterator<Item = (usize, &'static str)> {
    LEXICON.table.within(text, Classes::one(role as usize))
}

/// Whether a word of `role` stands in `text`.
#[must_use]
pub fn holds(text: &str, role: Role) -> bool {
    LEXICON.table.holds(text, Classes::one(role as usize))
}

/// Which roles from [`Role::FirstHalf`] on have a word in a sentence. Asked once, it spares looking for each of them
/// again for each figure.
#[derive(Debug, Clone, Copy)]
pub struct Said(Classes);

impl Said {
    /// Looks through a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let spoken = Classes::from(Role::FirstHalf as usize);
        Self(LEXICON.spoken.classes_in(text, spoken))
    }

    /// Whether a word of `role` stands in the text.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        self.0.meets(Classes::one(role as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_stand_in_the_order_of_their_table_and_all_have_words() {
        for (at, (role, name)) in ROLES.iter().enumerate() {
            assert_eq!(*role as usize, at, "{name}");
            assert!(!words(*role).is_empty(), "{name}");
        }
    }
}
