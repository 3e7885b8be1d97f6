//! Whose report it is: the name from masthead and text, the place by what else the text names.

mod counts;
mod file_name;
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

/// Settles the place of a report with the masthead `front` and the cleaned `text`, which begins at the byte `start`, in a
/// file of this name.
pub(super) fn settle(
    front: &[Paragraph],
    text: &str,
    start: usize,
    clean: &CleanText,
    file: &str,
) -> Settled {
    let Some(named) = name::named(front, text) else {
        return by_file(file, text);
    };
    let span = text
        .find(&named.name)
        .map(|at| clean.span(start + at..start + at + named.name.len()));
    let (place, rivals) = resolve::resolve(&named, text);
    let doubt = |settled: &str, settled_zh: &str| Doubt {
        code: DoubtCode::PlaceAmbiguous,
        message: format!(
            "several places are called {}, and the text does not settle which is meant: {}{settled}",
            named.name,
            rivals.join(", ")
        ),
        message_zh: format!(
            "有几个地方都叫{}，正文没有写明是哪一个：{}{settled_zh}",
            named.name,
            rivals.join("、")
        ),
        span,
    };
    if rivals.is_empty() {
        return Settled {
            place: Some(place),
            doubt: None,
        };
    }
    let prefix = name::divisions_in(file);
    let wider = name::Named {
        name: named.name.clone(),
        prefix: [&named.prefix[..], &prefix].concat(),
    };
    let (by_file, left) = resolve::resolve(&wider, text);
    if !prefix.is_empty() && left.is_empty() && by_file.code.is_some() {
        return Settled {
            place: Some(by_file),
            doubt: Some(doubt("; the name of the file does", "；按文件名确定")),
        };
    }
    Settled {
        place: Some(place),
        doubt: Some(doubt("", "")),
    }
}

/// The place that the name of the file tells, where the text tells none.
fn by_file(file: &str, text: &str) -> Settled {
    let found = file_name::named(file).map(|named| resolve::resolve(&named, text));
    let (told, told_zh) = match &found {
        None => (String::new(), String::new()),
        Some((_, rivals)) if rivals.is_empty() => (
            "; it is taken from the name of the file".to_owned(),
            "；取自文件名".to_owned(),
        ),
        Some((_, rivals)) => (
            format!(
                "; its name is taken from that of the file, which several places have: {}",
                rivals.join(", ")
            ),
            format!(
                "；地名取自文件名，有几个地方都叫这个名字：{}",
                rivals.join("、")
            ),
        ),
    };
    Settled {
        place: found.map(|(place, _)| place),
        doubt: Some(Doubt {
            code: DoubtCode::PlaceUnknown,
            message: format!(
                "neither masthead nor text names the place whose report this is{told}"
            ),
            message_zh: format!("标题和正文都没有写明是哪里的报告{told_zh}"),
            span: None,
        }),
    }
}
