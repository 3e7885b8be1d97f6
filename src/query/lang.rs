use serde::Serialize;

/// The languages that questions and answers are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl Lang {
    /// The language whose script dominates in a question; a Chinese character weighs as much as a Latin word, and
    /// names in the other script within an otherwise one-script question do not turn it. Words in quotation marks are
    /// the reports' own and are in no language of the question.
    #[must_use]
    pub fn of(question: &str) -> Self {
        let quoted = |c: char| matches!(c, '"' | '“' | '”' | '「' | '」' | '『' | '』');
        let outside: String = question.split(quoted).step_by(2).collect();
        if outside.chars().any(char::is_alphabetic) && outside.len() < question.len() {
            return Self::of(&outside);
        }
        let chinese = question.chars().filter(|c| is_han(*c)).count();
        let latin = question
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| word.len() > 1)
            .count();
        // A Chinese word has about two characters.
        if chinese > 2 * latin || (chinese > 0 && latin == 0) {
            Self::Zh
        } else {
            Self::En
        }
    }
}

/// Whether a character is a Chinese one.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}' | '〇')
}
