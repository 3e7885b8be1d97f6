//! What the reader finds: plain values, with no dependency on another room.
//!
//! A [`Metric`] is a figure, a [`Task`] a promise, a [`Doubt`] something the reader was unsure of. Each carries a
//! [`Span`] of the stored text, so that the sentence that says it can always be shown.
//! Nothing here reads, computes or prints.

mod added;
mod doubt;
mod indicator;
mod measure;
mod metric;
mod phrases;
mod place;
mod session;
mod span;
mod task;
mod value;

pub use added::{Added, added};
pub(crate) use added::{WORD as ADDED_WORD, added_words, is_added, is_added_to};
pub use doubt::{Doubt, DoubtCode};
pub use indicator::Indicator;
pub use measure::dimension;
pub use metric::{Against, Bound, Growth, Metric, Period, Status};
pub use phrases::{PHRASES_TABLE, known_phrases};
pub use place::{Place, PlaceKind};
pub use session::{SectionType, Session};
pub use span::Span;
pub use task::Task;
pub use value::Value;
