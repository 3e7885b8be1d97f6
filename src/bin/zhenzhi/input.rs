use std::io::{self, Read};

use crate::exit::Exit;
use crate::output::complain;

/// The question as it was given, or from standard input where it is `-`.
pub(crate) fn question(given: &str) -> Result<String, Exit> {
    if given != "-" {
        return Ok(given.to_owned());
    }
    let mut bytes = Vec::new();
    if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
        complain(format_args!("standard input cannot be read: {error}"));
        return Err(Exit::Input);
    }
    let Ok(text) = String::from_utf8(bytes) else {
        complain("the question on standard input is not UTF-8");
        return Err(Exit::Usage);
    };
    Ok(text.trim_start_matches('\u{feff}').trim().to_owned())
}
