//! The sentences of a report that may hold figures, each with what it stands in: section, years, what its paragraph has said.

use super::lexicon::{Role, Said, holds, word_after, words_in};
use super::nominal::opens_with_verb;
use super::outlook::Outlook;
use super::paragraph::Carried;
use super::time::{YearMention, YearRole, years};
use crate::decode::SourceText;
use crate::document::words::head;
use crate::document::{Document, Sentence};
use crate::fact::{SectionType, Session};

/// Calls `read` with each sentence that may hold figures, and what it stands in.
pub(super) fn each_sentence<'a>(
    source: &'a SourceText,
    document: &'a Document,
    mut read: impl FnMut(&Scene<'a>),
) {
    let mut carried = Carried::default();
    let mut outlook = Outlook::default();
    // Asked of a heading once, not for each of its sentences.
    let mut zone = None;
    for sentence in &document.sentences {
        let section = &document.sections[sentence.section];
        if section.kind == SectionType::Front {
            continue;
        }
        // Notes on the words of a report, under a title of their own or not.
        if section.kind == SectionType::Closing
            && (section.heading.is_some()
                || explains_a_term(&source.clean.as_str()[sentence.range.clone()]))
        {
            continue;
        }
        let text = &source.clean.as_str()[sentence.range.clone()];
        let said = Said::of(text);
        carried.enter(sentence);
        outlook.enter(source.clean.as_str(), document, sentence);
        let is_zone = match zone {
            Some((section, known)) if section == sentence.section => known,
            _ => of_a_zone(source.clean.as_str(), document, sentence.section),
        };
        zone = Some((sentence.section, is_zone));
        let scene = Scene {
            source,
            session: &document.session,
            sentence,
            text,
            kind: if section.kind == SectionType::Review || section.kind == SectionType::Problems {
                carried.announced(text, said, section.kind)
            } else {
                section.kind
            },
            said,
            years: years(text, said, document.session.review_year),
            carried: carried.target.or(outlook.horizon()),
            dated: carried.dated,
            years_together: outlook.several() && section.kind == SectionType::Review,
            zone: is_zone,
        };
        read(&scene);
        carried.leave(&scene);
    }
}

/// A sentence and what it stands in.
pub(super) struct Scene<'a> {
    pub(super) source: &'a SourceText,
    pub(super) session: &'a Session,
    pub(super) sentence: &'a Sentence,
    pub(super) text: &'a str,
    pub(super) kind: SectionType,
    /// The roles of the words in its text.
    pub(super) said: Said,
    pub(super) years: Vec<YearMention>,
    pub(super) carried: Option<i32>,
    /// Whether the sentences before it in the paragraph have named the year under review.
    pub(super) dated: bool,
    /// Whether the part of the report looks back over several years together.
    pub(super) years_together: bool,
    /// Whether the heading says that the section is about a part of the place.
    pub(super) zone: bool,
}

impl Scene<'_> {
    /// The name of the report's own place.
    pub(super) fn place(&self) -> Option<&str> {
        self.session.place.as_ref().map(|place| place.name.as_str())
    }

    /// Whether a word of `role` stands in the sentence before a byte of it.
    pub(super) fn says_before(&self, at: usize, role: Role) -> bool {
        self.said.has(role) && holds(&self.text[..at], role)
    }

    /// Whether the sentence opens with the coming year, or the clause up to a byte names it: 今年.
    pub(super) fn speaks_of_the_coming_year(&self, at: usize) -> bool {
        let clause = self.text[..at]
            .rfind(['，', '；'])
            .map_or(0, |mark| mark + '，'.len_utf8());
        self.says_before(at, Role::Coming)
            && (holds(head(self.text, 12), Role::Coming)
                || holds(&self.text[clause..at], Role::Coming))
    }

    /// Where the last year ends that is named before a number and that it is of: 2023年.
    pub(super) fn year_named_before(&self, at: usize) -> Option<usize> {
        let mut named = self.years.iter().rev();
        named
            .find(|named| named.end <= at && named.role == YearRole::About)
            .map(|named| named.end)
    }

    /// Whether the words before a number say of which year it is: 全年, 去年.
    pub(super) fn says_a_year_before(&self, at: usize) -> bool {
        self.says_before(at, Role::YearNamed) || self.says_before(at, Role::YearEnd)
    }

    pub(super) fn names_the_review_year(&self) -> bool {
        let review = self.session.review_year;
        self.years
            .iter()
            .any(|named| named.role == YearRole::About && Some(named.year) == review)
            || self.said.has(Role::YearNamed)
    }

    /// Whether a growth is said to be against the year before: 同比, 比上年.
    pub(super) fn says_year_before(&self, at: usize) -> bool {
        let clause = self.text[..at]
            .rfind(['；', '。'])
            .map_or(0, |mark| mark + '；'.len_utf8());
        holds(&self.text[clause..at], Role::AgainstLast)
    }
}

/// 〔3〕“三个一批”：是指…: a note behind the report, no statement of it.
fn explains_a_term(text: &str) -> bool {
    let explained = text.find('：').is_some_and(|at| {
        let rest = text[at + '：'.len_utf8()..].trim_start_matches(['是', '主', '要', ' ']);
        at <= 90 && word_after(rest, Role::Explains).is_some()
    });
    explained || text.contains("是指") || text.contains("名词解释")
}

/// Whether a section's own heading names a part of the place as its subject: 滨海新区开发开放成效明显.
fn of_a_zone(text: &str, document: &Document, section: usize) -> bool {
    let heading = document.sections[section]
        .heading
        .clone()
        .map_or("", |range| &text[range]);
    let heading = heading.trim_start_matches(|c: char| {
        c.is_ascii_digit() || "（）()一二三四五六七八九十、.—－- ".contains(c)
    });
    // 滨海 of 滨海新区: a name of two or three characters, and nothing that would be a verb.
    let name = |(at, _)| (6..=12).contains(&at) && !opens_with_verb(heading);
    words_in(heading, Role::ZoneName).any(name)
}
