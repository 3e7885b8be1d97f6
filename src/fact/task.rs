use super::Span;

/// One sentence of a plan that commits to doing something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The heading or run-in heading that it stands under.
    pub topic: Option<String>,
    /// The sentence, cleaned.
    pub text: String,
    /// The deadline as written: 6月底前.
    pub deadline: Option<String>,
    /// The last day of that deadline, ISO.
    pub deadline_on: Option<String>,
    /// Where the sentence is.
    pub span: Span,
    /// Index into the report's sections.
    pub section: Option<usize>,
}
