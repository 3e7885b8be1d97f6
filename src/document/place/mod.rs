//! Whose report it is: the name from masthead and text, the place by what else the text names.

mod counts;
mod gazetteer;
mod name;
mod phrase;
mod resolve;

pub(crate) use gazetteer::short;

use crate::decode::CleanText;
use crate::fact::{Doubt, DoubtCode, Place};

use super::paragraph::Paragraph;

/// What was settled about the place.
pub(super) struct Settled {
    pub(super) place: Option<Place>,
    pub(super) doubt: Option<Doubt>,
}

/// Settles the place of a report with the masthead `front` and the cleaned `text`, which begins at the byte `start`.
pub(super) fn settle(front: &[Paragraph], text: &str, start: usize, clean: &CleanText) -> Settled {
    let Some(named) = name::named(front, text) else {
        return Settled {
            place: None,
            doubt: Some(Doubt {
                code: DoubtCode::PlaceUnknown,
                message: "neither masthead nor text names the place whose report this is"
                    .to_owned(),
                span: None,
            }),
        };
    };
    let span = text
        .find(&named.name)
        .map(|at| clean.span(start + at..start + at + named.name.len()));
    let (place, rivals) = resolve::resolve(&named, text);
    let doubt = (!rivals.is_empty()).then(|| Doubt {
        code: DoubtCode::PlaceAmbiguous,
        message: format!(
            "several places are called {}, and the text does not settle which is meant: {}",
            named.name,
            rivals.join(", ")
        ),
        span,
    });
    Settled {
        place: Some(place),
        doubt,
    }
}
