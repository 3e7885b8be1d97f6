use std::path::Path;

use clap::ValueEnum;
use zhenzhi::query::Lang;
use zhenzhi::render::Options;

use super::super::script;
use super::super::session::{Next, Session};
use super::argument::formats;
use crate::answers::Answers;
use crate::cli::Format;
use crate::exit::Exit;
use crate::language::in_lang;
use crate::output::print;

const DONE: Next = Next::On(Exit::Done);

/// Files may read files, up to so many deep.
const DEEPEST: usize = 8;

pub(super) fn mode(session: &mut Session, rest: &str) -> Next {
    let names = formats().join(" ");
    if rest.is_empty() {
        let current = session.settings.format.to_possible_value();
        let current = current.as_ref().map_or("", |value| value.get_name());
        session.tell(
            format!("answers are printed as {current}; there are {names}"),
            format!("当前格式为{current}，可选：{names}"),
        );
        return DONE;
    }
    match Format::from_str(rest, true) {
        Ok(Format::Xlsx) => no_workbook(session),
        Ok(format) => {
            session.settings.format = format;
            DONE
        }
        Err(_) => session.complain(
            format!("there is no format {rest}; there are {names}"),
            format!("没有“{rest}”这种格式，可选：{names}"),
        ),
    }
}

pub(super) fn timer(session: &mut Session, rest: &str) -> Next {
    match rest {
        "on" | "开" => session.settings.timer = true,
        "off" | "关" => session.settings.timer = false,
        "" => session.settings.timer = !session.settings.timer,
        _ => {
            return session.complain("write .timer on or .timer off", "请写.timer on或.timer off");
        }
    }
    if session.settings.timer {
        session.tell("the time of each answer is shown", "将显示每次查询的用时");
    } else {
        session.tell("times are not shown", "不再显示用时");
    }
    DONE
}

pub(super) fn lang(session: &mut Session, rest: &str) -> Next {
    let lang = match rest {
        "" => {
            let now = session
                .settings
                .lang
                .map_or("auto", |lang| in_lang(lang, "en", "zh"));
            session.tell(
                format!("the language is {now}; there are en, zh and auto"),
                format!("当前语言为{now}，可选：en、zh、auto"),
            );
            return DONE;
        }
        "en" => Some(Lang::En),
        "zh" | "cn" | "中文" => Some(Lang::Zh),
        "auto" => None,
        _ => {
            return session.complain(
                format!(
                    "{rest} is not a language of this program: .lang en, .lang zh, or .lang auto"
                ),
                format!("没有“{rest}”这种语言，请写.lang en、.lang zh或.lang auto"),
            );
        }
    };
    session.speak(lang);
    DONE
}

pub(super) fn set(session: &mut Session, rest: &str) -> Next {
    if rest.is_empty() {
        let parameters = &session.settings.parameters;
        if parameters.is_empty() {
            session.tell(
                "no parameter is set: .set min=30%",
                "还没有设参数，写法：.set min=30%",
            );
        }
        for (name, value) in parameters {
            print(format_args!("${name} = {value}"));
        }
        return DONE;
    }
    let pair = rest.split_once(['=', '＝']).map(|(name, value)| {
        (
            name.trim().trim_start_matches('$').to_owned(),
            value.trim().to_owned(),
        )
    });
    match pair {
        Some((name, _))
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') =>
        {
            session.complain(
                "the name of a parameter has Latin letters, digits and _: .set min=30%",
                "参数名由英文字母、数字和下划线组成：.set min=30%",
            )
        }
        Some((name, value)) if value.is_empty() => {
            session.settings.parameters.remove(&name);
            DONE
        }
        Some((name, value)) => {
            session.settings.parameters.insert(name, value);
            DONE
        }
        None => session.complain(
            "write it as .set name=value: .set min=30%",
            "请写成.set 名称=值，例如.set min=30%",
        ),
    }
}

/// A workbook is not for the screen.
pub(super) fn no_workbook(session: &Session) -> Next {
    session.complain(
        "a workbook is not for the screen; write it to a file: .output answers.xlsx",
        "工作簿不能显示在屏幕上；请写入文件：.output 答案.xlsx",
    )
}

pub(super) fn output(session: &mut Session, rest: &str) -> Next {
    if rest.is_empty() {
        if session.settings.output.take().is_some() {
            session.tell("answers go to the screen again", "答案恢复输出到屏幕");
        } else {
            session.tell(
                "answers go to the screen: .output FILE",
                "答案输出到屏幕；写入文件：.output 文件名",
            );
        }
        return DONE;
    }
    let path = Path::new(rest);
    let Some(format) = Format::of(path) else {
        return session.complain(
            format!(
                "the ending of {rest} names no format; end it in .txt, .md, .csv, .tsv, .json, .jsonl, .html or .xlsx"
            ),
            format!(
                "{rest}的扩展名不对应任何格式，可用：.txt、.md、.csv、.tsv、.json、.jsonl、.html、.xlsx"
            ),
        );
    };
    // Said now, not when the answer is there.
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    if path.is_dir() || folder.is_some_and(|folder| !folder.is_dir()) {
        session.complain(
            format!("{rest} cannot be written: it is a folder, or its folder is not there"),
            format!("无法写入{rest}：它是文件夹，或所在文件夹不存在"),
        );
        return Next::On(Exit::Store);
    }
    let answers = Answers::new(format, Options::default(), false);
    session.settings.output = Some((path.to_owned(), answers));
    session.tell(
        format!("answers go to {rest}, until .output"),
        format!("答案将写入{rest}，输入.output恢复到屏幕"),
    );
    DONE
}

pub(super) fn read(session: &mut Session, rest: &str) -> Next {
    if rest.is_empty() {
        return session.complain(
            "which file? .read questions.txt",
            "请写文件名：.read 问题.txt",
        );
    }
    let path = Path::new(rest);
    if session.reading.len() >= DEEPEST {
        return session.complain(
            format!("{rest} is read by files that are read, too deeply"),
            format!("{rest}嵌套过深，未读入"),
        );
    }
    session.reading.push(path.to_owned());
    let next = script::run_file(session, path);
    session.reading.pop();
    next
}
