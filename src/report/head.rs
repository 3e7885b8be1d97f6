//! The head of a script: what stands between its first two lines of `---`.
//!
//! ```text
//! ---
//! title: 一镇一页：{{ town }}
//! language: zh
//! about: 一个镇一年的数字、目标与任务
//! parameters:
//!   town: place                     # which town
//!   year: year = latest of town
//! ---
//! ```
//!
//! Each line is a key and a value; the keys and the types have a Chinese name too.

use super::fault::Fault;
use super::parameter::{Kind, Parameter};
use crate::fact::Span;
use crate::query::Lang;

/// What a script says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Its title, a template that may use the parameters.
    pub title: String,
    /// The language that its values, tables and notes are written in.
    pub lang: Lang,
    /// A line for lists of scripts.
    pub about: String,
    /// What is to be given when it is run.
    pub parameters: Vec<Parameter>,
    /// Where the title stands, to say what is wrong with it.
    pub(super) title_span: Span,
}

/// The keys and their Chinese names.
const KEYS: [(&str, &str); 4] = [
    ("title", "标题"),
    ("language", "语言"),
    ("about", "说明"),
    ("parameters", "参数"),
];

/// The head of a script, and the byte at which its body begins.
pub(super) fn head(file: &str, text: &str) -> Result<(Head, usize), Fault> {
    let fault = |from: usize, to: usize, en: &str, zh: &str| {
        Fault::new("R0101", en, zh).at_bytes(file, text, from..to)
    };
    let first = text.lines().next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Err(fault(
            0,
            first.len(),
            "a script begins with a head between two lines of ---",
            "脚本以两行---之间的头部开始",
        )
        .or_write("---\ntitle: …\nlanguage: en\n---"));
    }
    let mut head = Head {
        title: String::new(),
        lang: Lang::of(text),
        about: String::new(),
        parameters: Vec::new(),
        title_span: Span::new(0, 0),
    };
    let mut at = 0;
    let mut in_parameters = false;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let end = start + line.trim_end().len();
        let said = without_remark(line);
        if number == 0 || said.trim().is_empty() {
            continue;
        }
        if line.trim_end() == "---" {
            if head.title.is_empty() {
                return Err(fault(start, end, "the head has no title", "头部没有标题")
                    .or_write("title: …\n---"));
            }
            return Ok((head, at));
        }
        let Some((key, value)) = said.split_once([':', '：']) else {
            return Err(fault(
                start,
                end,
                "a line of the head is a key, a colon and a value",
                "头部每行为一个键、冒号和值",
            ));
        };
        if said.starts_with([' ', '\t']) {
            if !in_parameters {
                return Err(fault(
                    start,
                    end,
                    "an indented line belongs below “parameters:”",
                    "缩进的行应写在“参数：”之下",
                ));
            }
            let indent = said.len() - said.trim_start().len();
            let parameter = Parameter::declared(key.trim(), value.trim(), remark(line))
                .map_err(|fault| fault.at_bytes(file, text, start + indent..end))?;
            if head
                .parameters
                .iter()
                .any(|other| other.name == parameter.name)
            {
                return Err(Fault::new(
                    "R0102",
                    format!("“{}” is declared twice", parameter.name),
                    format!("“{}”声明了两次", parameter.name),
                )
                .at_bytes(file, text, start + indent..end));
            }
            head.parameters.push(parameter);
            continue;
        }
        let (key, value) = (key.trim(), value.trim());
        let known = KEYS.iter().find(|(en, zh)| key == *en || key == *zh);
        in_parameters = false;
        match known.map(|(en, _)| *en) {
            Some("title") => {
                let from = start + line.find(value).unwrap_or(0);
                let chars = |end: usize| text[..end].chars().count();
                head.title_span = Span::new(chars(from), chars(from + value.len()));
                value.clone_into(&mut head.title);
            }
            Some("about") => value.clone_into(&mut head.about),
            Some("language") => {
                head.lang = match value {
                    "en" | "English" => Lang::En,
                    "zh" | "中文" => Lang::Zh,
                    _ => {
                        return Err(fault(
                            start,
                            end,
                            "the language is en or zh",
                            "语言为en或zh",
                        ));
                    }
                };
            }
            Some("parameters") if value.is_empty() => in_parameters = true,
            Some(_) => {
                return Err(fault(
                    start,
                    end,
                    "each parameter has a line of its own below “parameters:”, indented",
                    "每个参数在“参数：”之下各占一行，行首缩进",
                ));
            }
            None => {
                let keys = |lang: fn(&(&'static str, &'static str)) -> &'static str,
                            joint: &str| {
                    KEYS.iter().map(lang).collect::<Vec<_>>().join(joint)
                };
                return Err(fault(
                    start,
                    end,
                    &format!(
                        "“{key}” is no key of a head; there are {}",
                        keys(|key| key.0, ", ")
                    ),
                    &format!("头部没有“{key}”这个键；有{}", keys(|key| key.1, "、")),
                ));
            }
        }
    }
    Err(fault(
        0,
        first.len(),
        "the head has no end: a second line of --- closes it",
        "头部没有结束：需要第二行---",
    ))
}

/// What stands before ` #`, or nothing where the line is a remark.
fn without_remark(line: &str) -> &str {
    if line.trim_start().starts_with('#') {
        return "";
    }
    line.split_once(" #").map_or(line, |(before, _)| before)
}

fn remark(line: &str) -> &str {
    line.split_once(" #").map_or("", |(_, after)| after.trim())
}

/// What is said of the types in lists and messages.
pub(super) fn kinds(lang: Lang) -> String {
    let names: Vec<&str> = Kind::ALL
        .iter()
        .map(|(_, en, zh)| match lang {
            Lang::En => *en,
            Lang::Zh => *zh,
        })
        .collect();
    names.join(match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        let fault = head("a.md", text).unwrap_err();
        let (line, column) = fault.place();
        format!(
            "{} {line}:{column} {}",
            fault.code(),
            fault.diagnostic.message_en
        )
    }

    #[test]
    fn a_head_is_read() {
        let text = "---\ntitle: 一镇一页：{{ town }}\nlanguage: zh\n参数：\n  town: place # which\n  min: quantity = 30%\n---\nbody";
        let (head, at) = head("a.md", text).unwrap();
        assert_eq!(&text[at..], "body");
        assert_eq!(
            (head.title.as_str(), head.lang),
            ("一镇一页：{{ town }}", Lang::Zh)
        );
        assert_eq!(head.parameters.len(), 2);
        assert_eq!(head.parameters[0].about, "which");
        assert_eq!(head.parameters[1].default.as_deref(), Some("30%"));
    }

    #[test]
    fn what_is_no_head_is_said_where_it_stands() {
        assert!(refused("# x").starts_with("R0101 1:1 a script begins"));
        assert!(refused("---\ntitle: x\n").starts_with("R0101 1:1 the head has no end"));
        assert!(refused("---\nlanguage: zh\n---\n").starts_with("R0101 3:1 the head has no title"));
        assert!(
            refused("---\ntitle: x\nlangauge: zh\n---\n")
                .starts_with("R0101 3:1 “langauge” is no key")
        );
        assert!(
            refused("---\ntitle: x\nlanguage: fr\n---\n").starts_with("R0101 3:1 the language is")
        );
        assert!(
            refused("---\ntitle: x\n  town: place\n---\n").starts_with("R0101 3:1 an indented")
        );
        assert!(
            refused("---\ntitle: x\nparameters:\n  town: twon\n---\n").starts_with("R0102 4:3 ")
        );
        assert!(
            refused("---\ntitle: x\nparameters:\n  a: text\n  a: text\n---\n")
                .starts_with("R0102 5:3 “a” is declared twice")
        );
    }
}
