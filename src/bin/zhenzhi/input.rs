use std::io::{self, Read};

use zhenzhi::query::Parameters;

use crate::exit::Exit;
use crate::output::complain;

/// The values of a question's parameters.
#[derive(Debug, clap::Args)]
pub(crate) struct Values {
    /// The value of a parameter of the question, as it would be written there: min=3亿元 for $min
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
}

impl Values {
    pub(crate) fn parameters(&self) -> Parameters {
        self.set.iter().cloned().collect()
    }

    /// The names of the parameters that have a value.
    pub(crate) fn names(&self) -> Vec<String> {
        self.set.iter().map(|(name, _)| name.clone()).collect()
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once(['=', '＝'])
        .ok_or("write it as name=value: min=3亿元")?;
    let name = name.trim().trim_start_matches('$');
    if name.is_empty() || value.trim().is_empty() {
        return Err("write it as name=value: min=3亿元".to_owned());
    }
    Ok((name.to_owned(), value.trim().to_owned()))
}

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
