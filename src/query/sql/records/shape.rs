use super::super::SourceForm;
use super::super::column::{Column, ColumnKind};
use super::super::scope::LATEST;
use super::field::{BODY, column};
use crate::query::plan::{Field, Rows};

/// What a kind of record is made of.
pub(super) struct Shape {
    /// `FROM` and joins, `r` the record, `s` its report, `d` the document and `place` the place.
    pub(super) from: String,
    /// The columns that hold its text.
    pub(super) texts: Vec<&'static str>,
    /// The year it counts for.
    pub(super) year: &'static str,
    pub(super) columns: Vec<(&'static str, Column)>,
    /// The column that says what the record is, shown whatever else is asked for.
    pub(super) main: &'static str,
    pub(super) source: &'static str,
    pub(super) order: &'static str,
}

const SOURCE: &str = "json_array(json_object('document', d.name, 'quote', substr(d.text, r.start + 1, r.\"end\" - r.start), \
    'start', r.start, 'end', r.\"end\"))";

/// With the number as the report writes it, which figures have, as they have the quote itself.
const FIGURE_SOURCE: &str = "json_array(json_object('document', d.name, 'quote', r.quote, 'start', r.start, 'end', r.\"end\", 'number', r.number, 'value', r.value))";

/// A doubt about a report as a whole has none.
const DOUBT_SOURCE: &str = "CASE WHEN r.start IS NULL THEN '[]' ELSE json_array(json_object('document', d.name, 'quote', \
    substr(d.text, r.start + 1, r.\"end\" - r.start), 'start', r.start, 'end', r.\"end\")) END";

/// As [`SOURCE`], by number: the document's, and where the stretch stands in it.
const NUMBERED: &str =
    "json_array(json_object('of', s.document_id, 'start', r.start, 'end', r.\"end\"))";

/// What stands in no one place of a report.
pub(super) const NO_SOURCE: &str = "'[]'";

const NUMBERED_DOUBT: &str = "CASE WHEN r.start IS NULL THEN '[]' ELSE json_array(json_object('of', s.document_id, 'start', r.start, 'end', r.\"end\")) END";

const SECTION: &str = "(SELECT x.heading FROM sections x WHERE x.id = r.section_id)";

/// How long a part of a report is, in characters.
pub(super) const SECTION_LENGTH: &str = "r.\"end\" - r.start";

impl Shape {
    /// The records of each place's latest report: from the places, which lead to them. There are many more in other reports,
    /// and places come in the order of their names.
    pub(super) fn of_latest(&self) -> String {
        let (table, rest) = self.from.split_once(OF_REPORT).unwrap_or((&self.from, ""));
        format!(
            "place CROSS JOIN sessions s ON s.id = {LATEST} CROSS JOIN {table} ON r.session_id = s.id{DOCUMENT}{rest}"
        )
    }

    /// The same in the order of the reports, or by what else leads to a few of them, of which each is asked whether its report
    /// is the latest: the table of all that are takes longer than most words. Figures are always found by their reports, of
    /// which there are many less.
    pub(super) fn in_latest(&self) -> String {
        match self
            .from
            .strip_prefix("metrics r JOIN sessions s ON s.id = r.session_id")
        {
            Some(rest) => format!(
                "report CROSS JOIN metrics r ON r.session_id = report.session_id JOIN sessions s ON s.id = report.session_id{rest}"
            ),
            None => format!("{} AND s.id = {LATEST}", self.from),
        }
    }

    /// The same with its sources in this form.
    pub(super) fn in_form(self, form: SourceForm) -> Self {
        let source = match (form, self.source) {
            (SourceForm::Numbered, SOURCE) => NUMBERED,
            (SourceForm::Numbered, FIGURE_SOURCE) => "json_array(r.id)",
            (SourceForm::Numbered, DOUBT_SOURCE) => NUMBERED_DOUBT,
            (SourceForm::Numbered | SourceForm::Quoted, source) => source,
        };
        Self { source, ..self }
    }
}

/// A table whose rows belong to a report.
fn from(table: &str) -> String {
    format!("{table} r{OF_REPORT}")
}

/// What leads from a record to its place.
const OF_REPORT: &str = " JOIN sessions s ON s.id = r.session_id JOIN documents d ON d.id = s.document_id JOIN place ON place.id = s.town_id";

const DOCUMENT: &str = " JOIN documents d ON d.id = s.document_id";

/// A report's document is only looked up where something is read of it: it lies far from all else.
pub(super) fn without_documents(statement: String) -> String {
    let without = statement.replace(DOCUMENT, "");
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let reads = without
        .match_indices("d.")
        .any(|(at, _)| !without[..at].ends_with(is_name));
    if reads { statement } else { without }
}

fn text(name: &str, zh: &str) -> Column {
    Column::new(name, zh, ColumnKind::Text)
}

const fn town() -> &'static str {
    "place.name"
}

fn year(sql: &'static str) -> (&'static str, Column) {
    (sql, Column::new("year", "年份", ColumnKind::Year))
}

pub(super) fn shape(rows: Rows) -> Shape {
    match rows {
        Rows::Tasks => tasks(),
        Rows::Metrics | Rows::Targets => figures(),
        Rows::Sections => sections(),
        Rows::Sentences => sentences(""),
        Rows::Problems => Shape {
            main: "problem",
            ..sentences(&problems())
        },
        Rows::Doubts => doubts(""),
        Rows::Conflicts => doubts(" AND r.code IN ('contradiction', 'year-conflict')"),
        Rows::Indicators => indicators(),
        Rows::Phrases => phrases(),
        _ => reports(),
    }
}

/// Whether a sentence is a numbered item: 一是…, （二）…, 3.…, 第四，….
fn numbered(text: &str) -> String {
    const DIGITS: &str = "[一二三四五六七八九十]";
    [
        format!("{DIGITS}是*"),
        format!("*[：:；;。，,]{DIGITS}是*"),
        format!("[（(]{DIGITS}*[）)]*"),
        format!("{DIGITS}、*"),
        "[1-9][.．、]*".to_owned(),
        format!("第{DIGITS}[，,、]*"),
    ]
    .map(|pattern| format!("{text} GLOB '{pattern}'"))
    .join(" OR ")
}

/// The sentences of the part on difficulties; where items are numbered these alone, without lead-in and close.
fn problems() -> String {
    format!(
        " AND EXISTS (SELECT 1 FROM sections x WHERE x.id = r.section_id AND x.type = 'problems') AND ({} OR NOT EXISTS \
         (SELECT 1 FROM passages o JOIN sections x ON x.id = o.section_id WHERE o.session_id = r.session_id AND x.type = 'problems' \
         AND o.kind = 'sentence' AND ({})))",
        numbered("r.text"),
        numbered("o.text")
    )
}

fn tasks() -> Shape {
    Shape {
        from: from("tasks"),
        texts: vec!["r.text"],
        year: "s.plan_year",
        columns: vec![
            (town(), text("town", "地方")),
            year("s.plan_year"),
            ("r.topic", text("topic", "主题")),
            ("r.text", text("task", "任务")),
            ("r.deadline", text("deadline", "期限")),
            ("r.deadline_on", text("deadline_on", "截止日")),
        ],
        main: "task",
        source: SOURCE,
        order: "place.name, s.plan_year, r.start",
    }
}

fn figures() -> Shape {
    Shape {
        from: from("metrics"),
        texts: vec![
            "r.label",
            "r.quote",
            // Words may be broken by a line's end.
            "CASE WHEN instr(r.quote, char(10)) + instr(r.quote, char(13)) > 0 THEN replace(replace(r.quote, char(13), ''), char(10), '') ELSE '' END",
        ],
        year: "r.year",
        columns: vec![
            (town(), text("town", "地方")),
            year("r.year"),
            ("r.label", text("figure", "指标")),
            ("r.value", Column::new("value", "数值", ColumnKind::Value)),
            ("r.unit", Column::new("unit", "单位", ColumnKind::Unit)),
            (
                "r.growth",
                Column::new("growth", "增长", ColumnKind::Growth).in_unit(Some("%")),
            ),
            (
                "r.status",
                Column::new("status", "性质", ColumnKind::Status),
            ),
        ],
        main: "figure",
        source: FIGURE_SOURCE,
        order: "place.name, s.review_year, r.start, r.id",
    }
}

fn sections() -> Shape {
    Shape {
        from: from("sections"),
        texts: vec!["substr(d.text, r.start + 1, r.\"end\" - r.start)"],
        year: "s.review_year",
        columns: vec![
            (town(), text("town", "地方")),
            year("s.review_year"),
            ("r.type", Column::new("part", "部分", ColumnKind::Code)),
            ("r.level", Column::new("level", "层级", ColumnKind::Count)),
            ("r.heading", text("heading", "标题")),
            (SECTION_LENGTH, column(Field::Length)),
        ],
        main: "heading",
        source: SOURCE,
        order: "place.name, s.review_year, s.id, r.ordinal",
    }
}

fn sentences(more: &str) -> Shape {
    let problem = !more.is_empty();
    Shape {
        from: format!("{} AND r.kind = 'sentence'{more}", from("passages")),
        texts: vec!["r.text"],
        year: "s.review_year",
        columns: vec![
            (town(), text("town", "地方")),
            year("s.review_year"),
            (SECTION, text("section_heading", "所在部分")),
            if problem {
                ("r.text", text("problem", "问题"))
            } else {
                ("r.text", text("sentence", "句子"))
            },
        ],
        main: "sentence",
        source: SOURCE,
        order: "place.name, s.review_year, s.id, r.start",
    }
}

fn doubts(more: &str) -> Shape {
    Shape {
        from: format!("{}{more}", from("doubts")),
        texts: vec!["r.message", "IFNULL(r.message_zh, '')"],
        year: "s.review_year",
        columns: vec![
            (town(), text("town", "地方")),
            year("s.review_year"),
            ("r.code", Column::new("code", "疑点", ColumnKind::Code)),
            ("r.message", text("message", "说明")),
        ],
        main: "message",
        source: DOUBT_SOURCE,
        order: "place.name, s.review_year, r.id",
    }
}

fn indicators() -> Shape {
    Shape {
        from: "indicators r".to_owned(),
        texts: vec!["r.name_zh", "r.name_en", "r.definition"],
        year: "NULL",
        columns: vec![
            ("r.id", text("id", "编号")),
            ("r.name_en", text("name_en", "英文名")),
            ("r.name_zh", text("name_zh", "中文名")),
            ("r.unit", text("unit", "单位")),
            ("r.definition", text("definition", "定义")),
        ],
        main: "id",
        source: NO_SOURCE,
        order: "r.rowid",
    }
}

fn phrases() -> Shape {
    Shape {
        from: "phrase r".to_owned(),
        texts: vec!["r.phrase"],
        year: "NULL",
        columns: vec![
            ("r.phrase", text("phrase", "用语")),
            ("r.reports", column(Field::Count(Rows::Reports))),
            ("r.places", column(Field::Count(Rows::Places))),
            ("r.names", text("where", "所在地方")),
        ],
        main: "phrase",
        source: "r.sources",
        order: "r.reports DESC, r.phrase",
    }
}

fn reports() -> Shape {
    Shape {
        from:
            "sessions s JOIN documents d ON d.id = s.document_id JOIN place ON place.id = s.town_id"
                .to_owned(),
        texts: vec![BODY],
        year: "s.review_year",
        columns: vec![
            (town(), text("town", "地方")),
            ("place.county", text("county", "区县")),
            year("s.review_year"),
            (
                "s.stated_year",
                Column::new("stated_year", "标注年份", ColumnKind::Year),
            ),
            ("s.held_on", text("held_on", "会议日期")),
            ("s.title", text("title", "标题")),
            ("s.speaker", text("speaker", "报告人")),
            ("d.name", text("document", "文件")),
        ],
        main: "document",
        source: NO_SOURCE,
        order: "place.name, s.review_year, s.id",
    }
}
