//! A PDF with a text layer → its text, line by line as on the pages.
//!
//! `weigh` refuses a file that unpacks to too much; `page` goes through what a page draws, with `font` for what the codes
//! mean and `budget` for how much may be read; `lines` makes lines of the signs;
//! `paragraphs` joins those that only the edge of the page parts, and leaves out what stands on each page.

mod budget;
mod font;
mod lines;
mod matrix;
mod page;
mod paragraphs;
mod signs;
mod weigh;

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use hayro_syntax::{LoadPdfError, Pdf};

use super::DecodeError;

/// No report has more pages.
const MOST_PAGES: usize = 5000;
/// Pictures bring some signs with them: their captions, a stamp, the number of the page.
const LEAST_SIGNS: usize = 20;

/// The text of the PDF.
pub(super) fn text(bytes: &[u8]) -> Result<String, DecodeError> {
    weigh::weigh(bytes)?;
    // The file is a stranger's, and so is the reader of its objects: what breaks there is a broken file.
    quietly(|| catch_unwind(AssertUnwindSafe(|| read(bytes))))
        .unwrap_or(Err(DecodeError::Damaged { kind: "PDF" }))
}

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `run` so that what breaks in it is not told on the terminal; other threads are not touched.
fn quietly<T>(run: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_QUIET.get() {
                told(info);
            }
        }));
    });
    IS_QUIET.set(true);
    let given = run();
    IS_QUIET.set(false);
    given
}

fn read(bytes: &[u8]) -> Result<String, DecodeError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => DecodeError::Encrypted,
        LoadPdfError::Invalid => DecodeError::Damaged { kind: "PDF" },
    })?;
    let (mut fonts, mut budget) = (page::Fonts::new(), budget::Budget::new());
    let (mut all, mut unknown, mut pages) = (0, 0, Vec::new());
    let count = pdf.pages().len();
    if count > MOST_PAGES {
        return Err(DecodeError::TooLarge);
    }
    for page in pdf.pages().iter() {
        let glyphs = page::glyphs(page, &mut fonts, &mut budget);
        if budget.is_spent {
            return Err(DecodeError::TooLarge);
        }
        all += glyphs.len();
        unknown += glyphs.iter().filter(|glyph| glyph.text.is_none()).count();
        // Where there is both, columns of a page are no notes to its lines.
        let (upright, flat): (Vec<_>, Vec<_>) =
            glyphs.into_iter().partition(|glyph| glyph.is_vertical);
        pages.push(lines::lines(flat));
        pages.push(lines::lines(upright));
    }
    pages.retain(|lines| !lines.is_empty());
    // One of the hundred tells nothing; one of twenty may be in each figure.
    if all >= LEAST_SIGNS && unknown * 20 > all {
        return Err(DecodeError::UnknownCharacters { unknown, all });
    }
    let signs: usize = pages
        .iter()
        .flatten()
        .map(|line| line.text.chars().count())
        .sum();
    if signs < LEAST_SIGNS {
        return Err(DecodeError::NoTextLayer { pages: count });
    }
    Ok(paragraphs::text(&pages))
}
