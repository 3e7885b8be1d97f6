use zhenzhi::query::{Lang, remedies};
use zhenzhi::render;
use zhenzhi::report::fault_codes;

use crate::cli::command;
use crate::exit::Exit;
use crate::language::{Language, speak, told};
use crate::output::{complain, print};

/// Explain a command, or the code of an error: `zhenzhi help Q0103`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A command, or a code as errors show it; `codes` lists all codes
    topic: Option<String>,
    /// The language of the explanation; without it, both
    #[arg(long, value_enum)]
    lang: Option<Language>,
}

pub(crate) fn run(args: &Args) -> Exit {
    speak(args.lang.map(Lang::from));
    let langs = args
        .lang
        .map_or(vec![Lang::En, Lang::Zh], |lang| vec![lang.into()]);
    let Some(topic) = &args.topic else {
        print(command().render_help());
        return Exit::Done;
    };
    if topic == "codes" {
        print(list(&langs));
        return Exit::Done;
    }
    let code = topic.to_ascii_uppercase();
    if let Some(found) = remedies().iter().find(|remedy| remedy.code == code) {
        let texts: Vec<String> = langs
            .iter()
            .map(|lang| render::remedy(found, *lang))
            .collect();
        print(texts.join("\n").trim_end());
        return Exit::Done;
    }
    if let Some(found) = fault_codes().iter().find(|known| known.code == code) {
        let texts: Vec<String> = langs.iter().map(|lang| found.explained(*lang)).collect();
        print(texts.join("\n").trim_end());
        return Exit::Done;
    }
    // Building fills in what help prints: the usage with the program's name.
    let mut program = command();
    program.build();
    if let Some(named) = program.find_subcommand_mut(topic) {
        print(named.render_long_help());
        return Exit::Done;
    }
    complain(told(
        format!(
            "there is no command and no code {topic}; `zhenzhi help` lists the commands, `zhenzhi help codes` the codes"
        ),
        format!("没有名为{topic}的命令或代码；zhenzhi help列出命令，zhenzhi help codes列出代码"),
    ));
    Exit::Usage
}

/// A line a code.
fn list(langs: &[Lang]) -> String {
    let questions = zhenzhi::query::codes().iter();
    let questions = questions.map(|code| (code.code, code.en, code.zh));
    let scripts = fault_codes().iter();
    let scripts = scripts.map(|code| (code.code, code.en, code.zh));
    let lines: Vec<String> = questions
        .chain(scripts)
        .map(|(code, en, zh)| {
            let titles: Vec<&str> = langs
                .iter()
                .map(|lang| match lang {
                    Lang::En => en,
                    Lang::Zh => zh,
                })
                .collect();
            format!("{code}  {}", titles.join(" "))
        })
        .collect();
    lines.join("\n")
}
