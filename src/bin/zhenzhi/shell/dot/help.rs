use zhenzhi::query::{Lang, remedies};
use zhenzhi::render;

use super::super::session::{Next, Session};
use super::table::{COMMANDS, Command};
use super::{find, is_mark, manual};
use crate::exit::Exit;
use crate::language::in_lang;

pub(super) fn quit(_: &mut Session, _: &str) -> Next {
    Next::Leave
}

pub(super) fn help(session: &mut Session, rest: &str) -> Next {
    let lang = session.lang();
    if rest.is_empty() {
        session.say(&all(lang));
        return Next::On(Exit::Done);
    }
    let topic = rest.trim_start_matches(is_mark);
    let mut found = Vec::new();
    // With a dot only a command is meant: .help .reports
    found.extend(find(topic).map(|command| one(command, lang)));
    if topic == rest {
        found.extend(manual::word(topic, Lang::of(topic)));
        if let Ok(catalog) = session.vocabulary.borrow_mut().counted() {
            found.extend(manual::indicator(topic, catalog, Lang::of(topic)));
        }
        let code = topic.to_ascii_uppercase();
        let remedy = remedies().iter().find(|remedy| remedy.code == code);
        found.extend(remedy.map(|remedy| render::remedy(remedy, lang).trim_end().to_owned()));
    }
    if found.is_empty() {
        return session.complain(
            format!("nothing is known of {rest}; .help lists the commands, .indicators {rest} the indicators"),
            format!("没有关于“{rest}”的说明；.help列出命令，.indicators {rest}查找指标"),
        );
    }
    session.say(&found.join("\n\n"));
    Next::On(Exit::Done)
}

fn one(command: &Command, lang: Lang) -> String {
    let at = usize::from(lang == Lang::Zh);
    let mut text = format!(".{} {}", command.name, command.takes)
        .trim_end()
        .to_owned();
    text += in_lang(lang, "", &format!("  （.{}）", command.zh));
    for line in [command.does[at], command.more[at]] {
        if !line.is_empty() {
            text += "\n  ";
            text += line;
        }
    }
    format!(
        "{text}\n{}{}",
        in_lang(lang, "  example: ", "  例："),
        command.example[at]
    )
}

fn all(lang: Lang) -> String {
    let at = usize::from(lang == Lang::Zh);
    let heads: Vec<String> = COMMANDS
        .iter()
        .map(|command| {
            let zh = in_lang(lang, "", command.zh);
            let blank = if zh.is_empty() { "" } else { " ." };
            format!(".{}{blank}{zh} {}", command.name, command.takes)
                .trim_end()
                .to_owned()
        })
        .collect();
    let widest = heads
        .iter()
        .map(|head| render::width(head))
        .max()
        .unwrap_or(0);
    let lines: Vec<String> = COMMANDS
        .iter()
        .zip(&heads)
        .map(|(command, head)| {
            let gap = " ".repeat(widest - render::width(head) + 2);
            format!("  {head}{gap}{}", command.does[at])
        })
        .collect();
    let (first, last) = match lang {
        Lang::En => (
            "Type a question and press Enter; Tab shows what may follow. For example:\n\
             \x20 towns with the highest tax      tax of all towns, top 5      sentences mentioning \"养老\"\n\
             A question may go on from the last answer: it, top 3\n",
            "Keys: Tab completes, Ctrl-R searches what was entered before, Ctrl-C stops a question, Ctrl-D leaves.\n\
             .help NAME says more: of a command (.help why), a word (.help growth), an indicator (.help tax).",
        ),
        Lang::Zh => (
            "输入问句后按回车；按Tab键显示后面可以写什么。例如：\n\
             \x20 税收最高的镇      各镇的税收，前5名      提到“养老”的句子\n\
             可以接着上次的答案问：上表，前3名\n",
            "按键：Tab补全，Ctrl-R查找以前的输入，Ctrl-C停止查询，Ctrl-D离开。\n\
             “.help 名称”查看详细说明：命令（.help why）、词语（.help 增长）、指标（.help 税收）。",
        ),
    };
    format!("{first}\n{}\n\n{last}", lines.join("\n"))
}
