//! The grammar as people read it, derived from its source: the productions of `grammar/query.lalrpop` without their
//! actions, and the words of each terminal from the table of keywords.

use std::collections::BTreeMap;
use std::fmt::Write;

use zhenzhi::query::{Lang, keywords};

const SOURCE: &str = include_str!("../../grammar/query.lalrpop");

/// Terminals that are no words of the language: what the lexer makes of names, numbers and texts.
const LEXICAL: [(&str, &str); 16] = [
    ("nth", "second, 2nd, 第二, 排名第三"),
    (
        "figure",
        "a name of an indicator, in either language, or its initials in pinyin",
    ),
    (
        "place",
        "a name of a place or of what it lies in: 云塘镇, Deqing",
    ),
    ("quoted", "「…」, words of a figure's label"),
    ("text", "“…” or \"…\", words of the text"),
    (
        "quantity",
        "a number with its unit: 3亿元, 300 million yuan, 30%, 5",
    ),
    ("year", "2023 or 2023年"),
    ("figure_year", "a year right before a figure"),
    ("date", "2024-07-01"),
    ("unit", "a unit: 万元, million yuan"),
    ("saved", "@ and a name: 强镇, strong-towns; or it"),
    ("aggregate_after", "an aggregate behind its figure: 平均值"),
    ("comparator", "see compare"),
    ("rows", "see rows"),
    ("property", "see property"),
    ("field", "see field"),
];

/// A production: its name and its alternatives.
type Production = (String, Vec<String>);

/// The productions in the order of the source, starting with `Statement`.
fn productions() -> Vec<Production> {
    let source: String = SOURCE
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let start = regex::Regex::new(r"(?m)^(?:pub\([^)]*\) )?([A-Z]\w+): [^={]*= \{").unwrap();
    let mut found = Vec::new();
    for head in start.captures_iter(&source) {
        let body = &source[head.get(0).unwrap().end()..];
        found.push((head[1].to_owned(), alternatives(body)));
    }
    found
}

/// The alternatives up to the brace that closes the production.
fn alternatives(body: &str) -> Vec<String> {
    let (mut depth, mut part, mut parts) = (0_i32, String::new(), Vec::new());
    for c in body.chars() {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' if depth == 0 => break,
            ')' | '}' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts.push(part);
    parts
        .iter()
        .filter(|part| !part.trim().is_empty())
        .map(|part| symbols(part.split("=>").next().unwrap_or_default()))
        .collect()
}

/// An alternative without the names and places that its action wants.
fn symbols(alternative: &str) -> String {
    let plain = regex::Regex::new(r"<?(\w+:)?@[LR]>?|<(\w+:)?|>").unwrap();
    let words = plain.replace_all(alternative, " ").into_owned();
    let words = words.replace(" )", ")").replace("( ", "(");
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" )", ")")
        .replace(" *", "*")
        .replace(" ?", "?")
}

/// The token that each terminal stands for, as its family in the table of keywords is called.
fn families() -> BTreeMap<String, String> {
    let terminal = regex::Regex::new(r#"(?m)^        (\w+|"."|"[^"]+") => Token::(\w+)"#).unwrap();
    let upper = regex::Regex::new("([a-z])([A-Z])").unwrap();
    terminal
        .captures_iter(SOURCE)
        .map(|found| {
            let kebab = upper.replace_all(&found[2], "$1-$2").to_lowercase();
            let family = match kebab.as_str() {
                "year-word" => "year".to_owned(),
                "count-of" => "countof".to_owned(),
                "before-year" => "before".to_owned(),
                "after-year" => "after".to_owned(),
                "top-of" => "top".to_owned(),
                "bottom-of" => "bottom".to_owned(),
                _ => kebab,
            };
            (found[1].to_owned(), family)
        })
        .collect()
}

/// The whole grammar in EBNF: productions, then terminals with their words.
pub(crate) fn ebnf() -> String {
    let mut text = String::new();
    for (name, alternatives) in productions() {
        let lead = " ".repeat(name.len() + 1);
        let joined = alternatives.join(&format!("\n{lead}  | "));
        let _ = writeln!(text, "{name} ::= {joined}");
    }
    let _ = writeln!(text);
    for (terminal, family) in families() {
        let words = words_of(&family);
        let meaning = LEXICAL.iter().find(|(name, _)| *name == terminal);
        match meaning {
            // Signs stand for themselves.
            _ if terminal.starts_with('"') => {}
            Some((_, meaning)) if words.is_empty() => {
                let _ = writeln!(text, "{terminal} ::= ? {meaning} ?");
            }
            _ => {
                assert!(
                    !words.is_empty(),
                    "nothing says what {terminal} ({family}) is"
                );
                let _ = writeln!(text, "{terminal} ::= {}", words.join(" | "));
            }
        }
    }
    text
}

/// All words of a family, each in quotation marks.
fn words_of(family: &str) -> Vec<String> {
    keywords()
        .iter()
        .filter(|keyword| keyword.token.split(':').next() == Some(family))
        .map(|keyword| format!("\"{}\"", keyword.word))
        .collect()
}

/// The words of the language by token: `with: with, whose, where / 有`.
pub(crate) fn word_list() -> String {
    let mut tokens: Vec<&str> = Vec::new();
    for keyword in keywords() {
        if !tokens.contains(&keyword.token) {
            tokens.push(keyword.token);
        }
    }
    let mut text = String::new();
    for token in tokens {
        let of = |lang: Lang| -> Vec<&str> {
            keywords()
                .iter()
                .filter(|keyword| keyword.token == token && keyword.lang == lang)
                .map(|keyword| keyword.word)
                .collect()
        };
        let sides: Vec<String> = [(Lang::En, "  "), (Lang::Zh, " ")]
            .iter()
            .map(|(lang, joint)| of(*lang).join(joint))
            .filter(|words| !words.is_empty())
            .collect();
        let _ = writeln!(text, "{token:<22} {}", sides.join("  /  "));
    }
    text
}

#[test]
fn the_productions_are_all_found() {
    let found = productions();
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.first(), Some(&"Statement"));
    for (name, alternatives) in &found {
        for alternative in alternatives {
            assert!(
                !alternative.contains(['<', '>', '@', ':']),
                "{name}: {alternative}"
            );
            for word in alternative.split(|c: char| !c.is_alphanumeric() && c != '_') {
                let is_production = word.starts_with(|c: char| c.is_ascii_uppercase());
                assert!(
                    !is_production || names.contains(&word),
                    "{name} names {word}"
                );
            }
        }
    }
    assert!(found.iter().any(|(name, alternatives)| name == "Places"
        && alternatives == &["PlaceName (ListJoint PlaceName)*"]));
}
