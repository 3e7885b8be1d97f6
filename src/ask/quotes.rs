//! The words of an answer's sources. A statement gives them by number, and only for the rows that show them the file is
//! read for the rest: quotes lie far apart in it, and a document's text is longer than all else that is read of it.

use serde::{Deserialize, Serialize};

use crate::fact::Value;
use crate::query::{Compiled, Source};
use crate::store::{Quote, Quotes, Store, StoreError};

/// The rows whose sources an answer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cited {
    /// All.
    #[default]
    All,
    /// Those of an answer of so many rows at most, of each row the first [`SHOWN`] and how many more there are; of a longer one
    /// those of the first row that has any, so that it is known that there are some. All where the question asks for them.
    OfFew(usize),
}

/// So many sources of a row are read at least where only some are shown. Those behind them are counted as they are: two
/// figures of one sentence are two, which of so many is no matter.
const SHOWN: usize = 500;

/// One source by number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Numbered {
    /// A figure, which a place need not have.
    Figure(Option<i64>),
    /// The first sentences of a report, or of a stretch of it, that say these words, each in any of its forms.
    Saying {
        session: i64,
        start: Option<i64>,
        end: Option<i64>,
        words: Vec<Vec<String>>,
    },
    /// A stretch of a document.
    Stretch { of: i64, start: i64, end: i64 },
    /// A sentence or heading.
    Passage { passage: i64 },
    /// A document as a whole.
    Document { of: i64 },
    /// In words already.
    Whole(Source),
    /// Those of one of the places that a row is about.
    Several(Vec<Self>),
}

/// One source in words, as [`Compiled::sql`] gives it.
#[derive(Serialize)]
struct Worded {
    document: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    start: i64,
    end: i64,
    number: Option<String>,
    value: Option<f64>,
    figure: Option<i64>,
}

/// What [`Compiled::sql`] gives of sources, and how many were left out behind them.
#[derive(Serialize)]
#[serde(untagged)]
enum Said {
    Source(Worded),
    Unread { unread: usize },
}

impl Numbered {
    /// How many sources these are.
    fn count(&self) -> usize {
        match self {
            Self::Figure(None) => 0,
            Self::Saying { words, .. } => words.len(),
            Self::Several(several) => several.iter().map(Self::count).sum(),
            _ => 1,
        }
    }
}

/// How many of these are read, so that there are so many sources among them.
fn shown(numbered: &[Numbered], most: usize) -> usize {
    let counts = numbered.iter().scan(0, |count, one| {
        *count += one.count();
        Some(*count)
    });
    counts
        .take_while(|count| *count <= most)
        .count()
        .max(1)
        .min(numbered.len())
}

/// Puts words to the sources of the rows of [`Compiled::numbered`].
pub(super) fn put(
    store: &Store,
    compiled: &Compiled,
    cited: Cited,
    rows: &mut [Vec<Value>],
) -> Result<(), StoreError> {
    let Some(at) = compiled.sources_at() else {
        return Ok(());
    };
    let (only_first, most) = match cited {
        Cited::OfFew(few) if !compiled.needs_sources() => (rows.len() > few, SHOWN),
        Cited::OfFew(_) | Cited::All => (false, usize::MAX),
    };
    let mut quotes = store.quotes();
    let mut cells = rows.iter_mut().filter_map(|row| row.get_mut(at));
    for cell in &mut cells {
        let has_quote = words(&mut quotes, cell, most)?;
        if has_quote && only_first {
            break;
        }
    }
    for cell in cells {
        *cell = Value::Null;
    }
    Ok(())
}

/// Puts words to so many sources at most; says whether there is a quote among them.
fn words(quotes: &mut Quotes<'_>, cell: &mut Value, most: usize) -> Result<bool, StoreError> {
    let mut numbered: Vec<Numbered> = match cell.text() {
        None | Some("[]") => return Ok(false),
        Some(json) => serde_json::from_str(json).unwrap_or_default(),
    };
    let read = shown(&numbered, most);
    let unread = numbered.drain(read..).map(|one| one.count()).sum();
    let mut found = Vec::new();
    collect(quotes, &numbered, &mut found)?;
    let has_quote = found
        .iter()
        .any(|source| source.quote.as_ref().is_some_and(|quote| !quote.is_empty()));
    let mut said: Vec<Said> = found.into_iter().map(Said::Source).collect();
    if unread > 0 {
        said.push(Said::Unread { unread });
    }
    *cell = serde_json::to_string(&said).map_or(Value::Null, Value::Text);
    Ok(has_quote)
}

fn collect(
    quotes: &mut Quotes<'_>,
    numbered: &[Numbered],
    found: &mut Vec<Worded>,
) -> Result<(), StoreError> {
    let mut figures = Vec::new();
    for one in numbered {
        match one {
            Numbered::Figure(id) => figures.extend(*id),
            Numbered::Stretch { of, start, end } => {
                found.extend(quotes.stretch(*of, *start, *end)?.map(worded));
            }
            Numbered::Saying {
                session,
                start,
                end,
                words,
            } => {
                let within = start.zip(*end);
                for passage in quotes.saying(*session, within, words)? {
                    found.extend(quotes.passage(passage)?.map(worded));
                }
            }
            Numbered::Passage { passage } => {
                found.extend(quotes.passage(*passage)?.map(worded));
            }
            Numbered::Document { of } => {
                found.extend(quotes.document(*of)?.map(|document| Worded {
                    document,
                    quote: None,
                    start: 0,
                    end: 0,
                    number: None,
                    value: None,
                    figure: None,
                }));
            }
            Numbered::Whole(source) => found.push(worded(Quote {
                document: source.document.clone(),
                quote: source.quote.clone(),
                start: source.start,
                end: source.end,
                number: source.number.clone(),
                value: source.value,
                figure: source.figure,
            })),
            Numbered::Several(several) => collect(quotes, several, found)?,
        }
    }
    if !figures.is_empty() {
        found.extend(quotes.figures(&figures)?.into_iter().map(worded));
    }
    Ok(())
}

fn worded(quote: Quote) -> Worded {
    Worded {
        document: quote.document,
        quote: Some(quote.quote),
        start: quote.start,
        end: quote.end,
        number: quote.number,
        value: quote.value,
        figure: quote.figure,
    }
}
