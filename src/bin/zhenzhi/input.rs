use std::fs;
use std::io::{self, Read};
use std::path::Path;

use zhenzhi::query::Parameters;

use crate::exit::Exit;
use crate::language::{Message, told};
use crate::output::{cannot_read, complain};

/// The values of a question's parameters.
#[derive(Debug, clap::Args)]
pub(crate) struct Values {
    /// The value of a parameter of the question or the script, as a question would have it: min=3亿元 for $min
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
    let (name, value) = text.split_once(['=', '＝']).ok_or_else(unpaired)?;
    let name = name.trim().trim_start_matches('$');
    if name.is_empty() || value.trim().is_empty() {
        return Err(unpaired());
    }
    Ok((name.to_owned(), value.trim().to_owned()))
}

fn unpaired() -> String {
    told(
        "write it as name=value: min=3亿元",
        "请写成“名称=值”，例如min=3亿元",
    )
    .to_string()
}

/// The question as it was given, or from standard input where it is `-`.
pub(crate) fn question(given: &str) -> Result<String, Exit> {
    if given != "-" {
        return Ok(given.to_owned());
    }
    Ok(standard_input()?.trim().to_owned())
}

/// The questions of a file; of standard input where it is `-`.
pub(crate) fn questions(path: &Path) -> Result<Vec<String>, Exit> {
    let text = if path == Path::new("-") {
        standard_input()?
    } else {
        let bytes = fs::read(path).map_err(|error| {
            cannot_read(&path.into(), &error);
            Exit::Input
        })?;
        text(bytes, &path.into())?
    };
    let questions = split(&text);
    if questions.is_empty() {
        complain(told(
            format!("{} has no question; write one a line", path.display()),
            format!("{}中没有问句；请每行写一个", path.display()),
        ));
        return Err(Exit::Usage);
    }
    Ok(questions)
}

fn standard_input() -> Result<String, Exit> {
    let bytes = standard_input_bytes()?;
    text(bytes, &told("standard input", "标准输入"))
}

/// Standard input to its end, as it is.
pub(crate) fn standard_input_bytes() -> Result<Vec<u8>, Exit> {
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => {
            cannot_read(&told("standard input", "标准输入"), &error);
            Err(Exit::Input)
        }
    }
}

fn text(bytes: Vec<u8>, name: &Message) -> Result<String, Exit> {
    let Ok(text) = String::from_utf8(bytes) else {
        complain(told(
            format!("the question in {} is not UTF-8; save it as UTF-8", name.en),
            format!("{}中的问句不是UTF-8编码；请另存为UTF-8", name.zh),
        ));
        return Err(Exit::Usage);
    };
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// One question a line. A line goes on with the one before where it is indented, or where a quotation mark is still
/// open; one that starts with # says nothing.
fn split(text: &str) -> Vec<String> {
    let mut questions: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let goes_on = is_open || line.starts_with([' ', '\t', '\u{3000}']);
        if line.trim().is_empty() || (line.starts_with('#') && !is_open) {
            continue;
        }
        match questions.last_mut().filter(|_| goes_on) {
            Some(question) => {
                question.push('\n');
                question.push_str(line.trim_end());
            }
            None => questions.push(line.trim().to_owned()),
        }
        is_open = questions.last().is_some_and(|question| {
            let quotes = question.matches('"').count();
            let (open, close) = (question.matches('“').count(), question.matches('”').count());
            quotes % 2 == 1 || open > close
        });
    }
    questions
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_line_is_a_question_and_an_indented_one_goes_on() {
        let text = "# 税收\n各镇的税收\n  按税收降序\n\ntowns\nsql \"SELECT 1\nAS one\"\ntasks\n";
        assert_eq!(
            split(text),
            [
                "各镇的税收\n  按税收降序",
                "towns",
                "sql \"SELECT 1\nAS one\"",
                "tasks"
            ]
        );
    }
}
