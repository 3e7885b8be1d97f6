use std::fmt::Write;
use std::path::PathBuf;

use serde_json::json;
use zhenzhi::ask::{AskError, understand};
use zhenzhi::query::{Compiled, Lang, Understood};
use zhenzhi::store::Store;

use crate::ask::refuse;
use crate::cli::Listing;
use crate::exit::Exit;
use crate::input::{Values, question};
use crate::language::{Language, speak};
use crate::output::print;

/// Show how a question is understood: the question said back, its plan, and the SQL that answers it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    store: PathBuf,
    /// The question in English or Chinese, or - to read it from standard input
    question: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    format: Listing,
    /// The language of the reading; without it, that of the question
    #[arg(long, value_enum)]
    lang: Option<Language>,
    #[command(flatten)]
    values: Values,
}

pub(crate) fn run(args: &Args) -> Exit {
    speak(args.lang.map(Lang::from));
    let question = match question(&args.question) {
        Ok(question) => question,
        Err(exit) => return exit,
    };
    let understood = Store::open_read_only(&args.store)
        .map_err(AskError::from)
        .and_then(|store| understand(&store, &question, &args.values.parameters()));
    match understood {
        Ok(Understood::Question(compiled)) => {
            match args.format {
                Listing::Table => print(for_people(&compiled, args.lang.map(Lang::from))),
                Listing::Json => print(for_programs(&compiled)),
            }
            Exit::Done
        }
        Ok(Understood::Definition(definition)) => {
            print(match args.format {
                Listing::Table => format!("define @{} as {}", definition.name, definition.text),
                Listing::Json => format!(
                    "{:#}",
                    json!({
                        "define": definition.name,
                        "text": definition.text,
                        "parameters": definition.parameters,
                    })
                ),
            });
            Exit::Done
        }
        Ok(Understood::Sql(sql)) => {
            print(match args.format {
                Listing::Table => format!("sql\n{sql}"),
                Listing::Json => format!("{:#}", json!({"sql": sql, "params": []})),
            });
            Exit::Done
        }
        Err(error) => refuse(&error, &question, args.format.into(), args.lang),
    }
}

pub(crate) fn for_people(compiled: &Compiled, lang: Option<Lang>) -> String {
    let reading = compiled.reading.in_lang(lang.unwrap_or(compiled.lang));
    let mut out = format!(
        "{reading}\n\nplan\n{:#}\n\nsql\n{}\n\nparameters",
        json!(compiled.plan),
        compiled.sql.text.trim_end()
    );
    for (at, param) in params(compiled).iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n  ?{} = {param}", at + 1);
    }
    out
}

fn for_programs(compiled: &Compiled) -> String {
    let explained = json!({
        "reading": {"en": compiled.reading.en, "zh": compiled.reading.zh},
        "plan": compiled.plan,
        "sql": compiled.sql.text,
        "params": params(compiled),
    });
    format!("{explained:#}")
}

fn params(compiled: &Compiled) -> Vec<serde_json::Value> {
    use zhenzhi::fact::Value;
    let json = |param: &Value| match param {
        Value::Null => serde_json::Value::Null,
        Value::Integer(number) => json!(number),
        Value::Real(number) => json!(number),
        Value::Text(text) => json!(text),
    };
    compiled.sql.params.iter().map(json).collect()
}
