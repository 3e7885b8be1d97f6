//! What is wrong with the arguments, in the language of messages.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use zhenzhi::query::Lang;

use crate::exit::Exit;
use crate::language::{messages, speak, told};
use crate::output::complain;

/// Ends the program as clap does: with the help where that was asked for, else with what is wrong and exit code 2.
pub(crate) fn refuse(error: &clap::Error) -> ! {
    speak(chosen(std::env::args()));
    if let Some(word) = no_command(error) {
        complain(told(
            format!("there is no command {word}; `zhenzhi help` lists the commands"),
            format!("没有名为{word}的命令；zhenzhi help列出命令"),
        ));
        std::process::exit(Exit::Usage as i32)
    }
    let zh = (messages() == Lang::Zh)
        .then(|| in_chinese(error))
        .flatten();
    match zh {
        Some(text) => {
            complain(told("", text));
            std::process::exit(Exit::Usage as i32)
        }
        None => error.exit(),
    }
}

/// The first word, where it is neither a command nor a file and something stands behind it that no store has.
fn no_command(error: &clap::Error) -> Option<String> {
    let word = std::env::args().nth(1)?;
    let is_a_guess = matches!(
        error.kind(),
        ErrorKind::ArgumentConflict | ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand
    );
    let is_known = word.starts_with('-')
        || crate::cli::command().find_subcommand(&word).is_some()
        || std::path::Path::new(&word).exists();
    (is_a_guess && !is_known).then_some(word)
}

/// The language that the arguments name, though they could not be read.
fn chosen(arguments: impl Iterator<Item = String>) -> Option<Lang> {
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.peek().map(String::as_str),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        match value {
            Some("zh") => return Some(Lang::Zh),
            Some("en") => return Some(Lang::En),
            _ => {}
        }
    }
    None
}

/// The message in Chinese; none for the help and for what clap says too seldom to be worth words of our own.
fn in_chinese(error: &clap::Error) -> Option<String> {
    let get = |kind| error.get(kind).map(text).unwrap_or_default();
    let (argument, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", get(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少{argument}"),
        ErrorKind::ArgumentConflict => {
            let other = get(ContextKind::PriorArg);
            if other == argument || other.is_empty() {
                format!("{argument}只能给出一次")
            } else {
                format!("{argument}不能与{other}同用")
            }
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument}缺少值"),
        ErrorKind::InvalidValue => format!("{argument}不能是“{value}”"),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string);
            format!(
                "{argument}的值“{value}”不对：{}",
                reason.unwrap_or_default()
            )
        }
        ErrorKind::TooManyValues => format!("{argument}的值太多：“{value}”"),
        ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("{argument}的值不够")
        }
        _ => return None,
    };
    let offered: Vec<String> = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(get)
    .filter(|offer| !offer.is_empty())
    .collect();
    let valid = get(ContextKind::ValidValue);
    let remedy = match (offered.is_empty(), valid.is_empty()) {
        (false, _) => format!("；是不是{}？", offered.join("、")),
        (true, false) => format!("；可用{valid}"),
        (true, true) => String::new(),
    };
    Some(format!("{what}{remedy}\n{}", usage(error)))
}

/// `用法：zhenzhi ask [OPTIONS] <STORE> [QUESTION]`, and where more is to be read.
fn usage(error: &clap::Error) -> String {
    let usage = error.get(ContextKind::Usage).map(text).unwrap_or_default();
    let usage = usage.trim_start_matches("Usage:").trim().to_owned();
    if usage.is_empty() {
        "详见zhenzhi --help".to_owned()
    } else {
        format!("用法：{usage}\n详见--help")
    }
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(arguments: &[&str]) -> String {
        let arguments = std::iter::once("zhenzhi").chain(arguments.iter().copied());
        let error = crate::cli::command()
            .try_get_matches_from(arguments)
            .unwrap_err();
        let text = in_chinese(&error).unwrap_or_default();
        text.lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_is_wrong_is_said_in_chinese() {
        assert_eq!(
            refused(&["ask", "a.db", "镇", "--fromat", "csv"]),
            "没有“--fromat”这个参数；是不是--format？"
        );
        assert_eq!(
            refused(&["ask", "a.db", "镇", "--lang", "fr"]),
            "--lang <LANG>不能是“fr”；可用en、zh"
        );
        assert_eq!(refused(&["info"]), "缺少<STORE>");
        assert_eq!(
            refused(&["ask", "a.db", "镇", "--source", "--no-source"]),
            "--source不能与--no-source同用"
        );
        assert_eq!(
            refused(&["help", "--lang"]),
            "--lang <LANG>缺少值；可用en、zh"
        );
        assert_eq!(
            refused(&["ask", "a.db", "镇", "--limit-rows", "many"]),
            "--limit-rows <ROWS>的值“many”不对：invalid digit found in string"
        );
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        let chosen = |words: &[&str]| chosen(words.iter().map(|word| (*word).to_owned()));
        assert_eq!(chosen(&["ask", "--lang", "zh"]), Some(Lang::Zh));
        assert_eq!(chosen(&["ask", "--lang=en", "--lag"]), Some(Lang::En));
        assert_eq!(chosen(&["ask"]), None);
    }
}
