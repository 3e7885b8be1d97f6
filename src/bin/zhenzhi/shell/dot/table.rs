use super::super::session::{Next, Session};
use super::argument::Argument;
use super::{answer, help, setting, store};

/// A dot command. `.help`, completion and dispatch all come from this.
pub(super) struct Command {
    /// Its name, without the dot.
    pub(super) name: &'static str,
    /// Its name in Chinese.
    pub(super) zh: &'static str,
    /// What stands behind it.
    pub(super) takes: &'static str,
    /// What that is, for completion.
    pub(super) argument: Argument,
    /// What it does, in a line: English, Chinese.
    pub(super) does: [&'static str; 2],
    /// What else one may want to know; may be empty.
    pub(super) more: [&'static str; 2],
    /// How it is used.
    pub(super) example: [&'static str; 2],
    pub(super) run: fn(&mut Session, &str) -> Next,
}

pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "help",
        zh: "帮助",
        takes: "[NAME]",
        argument: Argument::Topic,
        does: [
            "what there is, or about one thing",
            "有哪些命令，或某一项的说明",
        ],
        more: [
            "NAME is a dot command, a word of the language (growth), an indicator (tax), or the code of a message \
             (Q0103).",
            "可以是命令名、查询语言的词（增长）、指标（税收）或消息代码（Q0103）。",
        ],
        example: [".help growth", ".help 增长"],
        run: help::help,
    },
    Command {
        name: "open",
        zh: "打开",
        takes: "FILE",
        argument: Argument::Path,
        does: ["go on with another store", "打开另一个库"],
        more: ["Settings stay as they are.", "各项设置保持不变。"],
        example: [".open reports.db", ".open 报告.db"],
        run: store::open,
    },
    Command {
        name: "info",
        zh: "概况",
        takes: "",
        argument: Argument::Nothing,
        does: ["what the file is", "本库概况"],
        more: ["", ""],
        example: [".info", ".info"],
        run: store::info,
    },
    Command {
        name: "towns",
        zh: "地方",
        takes: "[WORD]",
        argument: Argument::Place,
        does: [
            "the places, with the years of their reports",
            "有哪些地方、哪些年份的报告",
        ],
        more: [
            "With a word only those that have it in their name or in that of what they lie in.",
            "给出词语时，只列名称或所属区县、市、省含该词的。",
        ],
        example: [".towns Zhejiang", ".towns 浙江"],
        run: store::towns,
    },
    Command {
        name: "reports",
        zh: "报告",
        takes: "[WORD]",
        argument: Argument::Place,
        does: [
            "the reports, with place, year, title and file",
            "有哪些报告",
        ],
        more: [
            "With a word only those that have it in place, title or file name.",
            "给出词语时，只列地方、标题或文件名含该词的。",
        ],
        example: [".reports 2023", ".reports 2023"],
        run: store::reports,
    },
    Command {
        name: "indicators",
        zh: "指标",
        takes: "[WORD]",
        argument: Argument::Indicator,
        does: [
            "the indicators that reports give, and how many places give them",
            "报告给出的指标及地方数",
        ],
        more: [
            "With a word all that have it in one of their names, reported or not.",
            "给出词语时，列出名称含该词的全部指标，无论报告是否给出。",
        ],
        example: [".indicators tax", ".indicators 税"],
        run: store::indicators,
    },
    Command {
        name: "queries",
        zh: "问句",
        takes: "",
        argument: Argument::Nothing,
        does: ["the questions saved in this store", "本库保存的问句"],
        more: [
            "`define @name as …` saves one, `@name` asks it.",
            "“定义@名称为…”保存问句，“@名称”使用它。",
        ],
        example: [".queries", ".queries"],
        run: store::queries,
    },
    Command {
        name: "schema",
        zh: "表结构",
        takes: "[TABLE]",
        argument: Argument::Table,
        does: [
            "the tables of the file, for SQL",
            "库中各表的结构，供写SQL用",
        ],
        more: ["", ""],
        example: [".schema metrics", ".schema metrics"],
        run: store::schema,
    },
    Command {
        name: "mode",
        zh: "格式",
        takes: "[FORMAT]",
        argument: Argument::Format,
        does: ["how answers are printed", "答案的显示格式"],
        more: [
            "Without a format it says which is set.",
            "不给出格式时显示当前格式。",
        ],
        example: [".mode json", ".mode json"],
        run: setting::mode,
    },
    Command {
        name: "output",
        zh: "输出",
        takes: "[FILE]",
        argument: Argument::Path,
        does: [
            "write answers to a file; without one, to the screen again",
            "把答案写入文件；不给文件名则恢复到屏幕",
        ],
        more: [
            "The next answers go into the file, one behind the other, in the place of what stood in it. Its ending \
             chooses the format.",
            "此后的答案依次写入该文件，文件原有内容被替换，格式由扩展名决定。",
        ],
        example: [".output answers.json", ".output 答案.json"],
        run: setting::output,
    },
    Command {
        name: "read",
        zh: "读入",
        takes: "FILE",
        argument: Argument::Path,
        does: ["ask the questions of a file", "执行文件中的问句"],
        more: [
            "A question a line; one goes on in the next line where that is indented, or where it is not finished. Dot \
             commands work, and lines that begin with # say nothing.",
            "每行一个问句；下一行缩进或问句未完时续行。可含点命令，以#开头的行是注释。",
        ],
        example: [".read questions.txt", ".read 问题.txt"],
        run: setting::read,
    },
    Command {
        name: "set",
        zh: "参数",
        takes: "[NAME=VALUE]",
        argument: Argument::Nothing,
        does: [
            "give a parameter of questions a value; without one, list them",
            "给问句参数赋值；不给则列出",
        ],
        more: ["`.set min=` takes the value away.", "“.set min=”取消该值。"],
        example: [".set min=30%", ".set min=3亿元"],
        run: setting::set,
    },
    Command {
        name: "timer",
        zh: "计时",
        takes: "on|off",
        argument: Argument::OnOff,
        does: ["say how long each answer took", "显示每次查询的用时"],
        more: ["", ""],
        example: [".timer on", ".timer on"],
        run: setting::timer,
    },
    Command {
        name: "last",
        zh: "上次",
        takes: "[FORMAT] [en|zh] [all]",
        argument: Argument::Look,
        does: [
            "the last answer again, in another form or language",
            "再次显示上次的答案，可换格式或语言",
        ],
        more: [
            "`all` shows every sentence also where there are many rows.",
            "all：行数多时也显示每行的出处。",
        ],
        example: [".last json", ".last zh json"],
        run: answer::last,
    },
    Command {
        name: "why",
        zh: "出处",
        takes: "ROW[.COLUMN]",
        argument: Argument::Nothing,
        does: [
            "where a row or a cell of the last answer comes from",
            "上次答案中某行或某格的出处",
        ],
        more: [
            "Rows and columns count from 1; they may also be named: .why 云塘镇.growth",
            "行、列从1数起，也可写名称：.why 云塘镇.增长",
        ],
        example: [".why 1.3", ".why 1.3"],
        run: answer::why,
    },
    Command {
        name: "say",
        zh: "换说",
        takes: "[en|zh]",
        argument: Argument::Lang,
        does: [
            "the last question in the other language",
            "用另一种语言说出上次的问句",
        ],
        more: ["", ""],
        example: [".say zh", ".say en"],
        run: answer::say,
    },
    Command {
        name: "explain",
        zh: "解释",
        takes: "[QUESTION]",
        argument: Argument::Question,
        does: [
            "how a question is understood, and its SQL",
            "问句如何被理解，以及对应的SQL",
        ],
        more: [
            "Without a question, the last one.",
            "不给问句时解释上次的。",
        ],
        example: [
            ".explain towns with tax over 3亿元",
            ".explain 税收超过3亿元的镇",
        ],
        run: answer::explain,
    },
    Command {
        name: "lang",
        zh: "语言",
        takes: "en|zh|auto",
        argument: Argument::Lang,
        does: ["the language of answers and messages", "答案和消息的语言"],
        more: [
            "auto: answers in the language of the question, messages in that of the system.",
            "auto：答案随问句的语言，消息随系统的语言。",
        ],
        example: [".lang zh", ".lang en"],
        run: setting::lang,
    },
    Command {
        name: "quit",
        zh: "离开",
        takes: "",
        argument: Argument::Nothing,
        does: ["leave; Ctrl-D does too", "离开（也可按Ctrl-D）"],
        more: ["", ""],
        example: [".quit", ".quit"],
        run: help::quit,
    },
];
