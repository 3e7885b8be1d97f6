use std::sync::LazyLock;

use super::rows;

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
}

const ROLES: [(Role, &str); 42] = [
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
];

/// The words of each role, longest first.
static WORDS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: Vec<Vec<&'static str>> = vec![Vec::new(); ROLES.len()];
    for row in rows(include_str!("words.tsv")) {
        let [role, list] = row[..] else {
            panic!("words.tsv: two cells a line: {row:?}")
        };
        let at = ROLES
            .iter()
            .position(|(_, name)| *name == role)
            .unwrap_or_else(|| panic!("words.tsv: unknown role {role}"));
        words[at].extend(list.split(' ').filter(|word| !word.is_empty()));
    }
    for list in &mut words {
        list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        list.dedup();
    }
    words
});

/// The words of a role, longest first.
#[must_use]
pub fn words(role: Role) -> &'static [&'static str] {
    &WORDS[role as usize]
}

/// The longest word of `role` that `text` ends with.
#[must_use]
pub fn word_before(text: &str, role: Role) -> Option<&'static str> {
    words(role)
        .iter()
        .find(|word| text.ends_with(**word))
        .copied()
}

/// The longest word of `role` that `text` begins with.
#[must_use]
pub fn word_after(text: &str, role: Role) -> Option<&'static str> {
    words(role)
        .iter()
        .find(|word| text.starts_with(**word))
        .copied()
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
