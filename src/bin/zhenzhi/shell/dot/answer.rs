use clap::ValueEnum;
use zhenzhi::query::{Answer, Lang, Row, Source, Understood, compile_with};
use zhenzhi::render::{self, Sources};
use zhenzhi::store::{Evidence, StoreError};

use super::super::session::{Next, Session};
use super::setting::no_workbook;
use crate::cli::Format;
use crate::exit::Exit;
use crate::explain::for_people;
use crate::language::in_lang;
use crate::output::complain;

const DONE: Next = Next::On(Exit::Done);
/// Sentences before and behind one that is shown.
const AROUND: u32 = 1;
/// So many sources of a row that is of many are shown.
const MOST: usize = 5;

fn nothing_asked(session: &Session) -> Next {
    session.complain("nothing was asked yet", "还没有提过问题")
}

pub(super) fn last(session: &mut Session, rest: &str) -> Next {
    let Some(asked) = &session.last else {
        return nothing_asked(session);
    };
    let mut format = session.settings.format;
    let mut lang = session.settings.lang.unwrap_or(asked.answer.lang);
    let mut sources = Sources::OfFew;
    for word in rest.split_whitespace() {
        match (word, Format::from_str(word, true)) {
            ("en", _) => lang = Lang::En,
            ("zh" | "中文", _) => lang = Lang::Zh,
            ("all" | "全部", _) => sources = Sources::Shown,
            (_, Ok(Format::Xlsx)) => return no_workbook(session),
            (_, Ok(chosen)) => format = chosen,
            _ => {
                return session.complain(
                    format!("{word} is no format and no language: .last json, .last zh, .last all"),
                    format!("“{word}”既不是格式也不是语言：.last json、.last zh、.last all"),
                );
            }
        }
    }
    let answer = asked.answer.clone();
    Next::On(session.show(&answer, format, lang, sources))
}

pub(super) fn say(session: &mut Session, rest: &str) -> Next {
    let Some(asked) = &session.last else {
        return nothing_asked(session);
    };
    let other = match asked.answer.lang {
        Lang::En => Lang::Zh,
        Lang::Zh => Lang::En,
    };
    let lang = match rest {
        "" | "auto" => other,
        "en" => Lang::En,
        "zh" | "中文" => Lang::Zh,
        _ => return session.complain("write .say en or .say zh", "请写.say en或.say zh"),
    };
    session.say(asked.answer.reading.in_lang(lang));
    DONE
}

pub(super) fn explain(session: &mut Session, rest: &str) -> Next {
    let question = match (&session.last, rest) {
        (Some(asked), "") => asked.question.clone(),
        (None, "") => return nothing_asked(session),
        (_, question) => question.to_owned(),
    };
    let understood = match session.vocabulary.borrow_mut().names() {
        Ok(catalog) => compile_with(&question, catalog, &session.terms().parameters),
        Err(error) => {
            complain(error);
            return Next::On(Exit::Store);
        }
    };
    match understood {
        Ok(Understood::Question(compiled)) => {
            session.say(&for_people(&compiled, session.settings.lang));
            DONE
        }
        Ok(Understood::Sql(sql)) => {
            session.say(&sql);
            DONE
        }
        // What is wrong with it is said as if it were asked; a definition is explained by what it defines.
        Ok(Understood::Definition(definition)) => explain(session, &definition.text),
        Err(_) => session.enter(&question),
    }
}

pub(super) fn why(session: &mut Session, rest: &str) -> Next {
    let Some(asked) = &session.last else {
        return nothing_asked(session);
    };
    let answer = &asked.answer;
    let lang = session.settings.lang.unwrap_or(answer.lang);
    if answer.rows.is_empty() {
        return session.complain("the last answer has no row", "上次的答案没有行");
    }
    let (row_name, column_name) = parts(rest);
    let Some(row) = row_of(answer, row_name) else {
        let rows = answer.rows.len();
        return session.complain(
            format!("the last answer has no row “{row_name}”; it has rows 1 to {rows}: .why 1.3"),
            format!("上次的答案没有“{row_name}”这一行，共有{rows}行：.why 1.3"),
        );
    };
    let column = match column_name {
        "" => None,
        name => {
            let Some(column) = column_of(answer, name) else {
                let titles: Vec<&str> = answer
                    .columns
                    .iter()
                    .map(|column| in_lang(lang, &column.title_en, &column.title_zh))
                    .collect();
                let titles = titles.join(", ");
                return session.complain(
                    format!("the last answer has no column “{name}”; it has {titles}"),
                    format!("上次的答案没有“{name}”这一列，有：{titles}"),
                );
            };
            Some(column)
        }
    };
    match told(session, answer, row, column, lang) {
        Ok(text) => {
            session.say(&text);
            DONE
        }
        Err(error) => {
            complain(error);
            Next::On(Exit::Store)
        }
    }
}

/// `3.2`, `云塘镇.增长`, `3`.
fn parts(rest: &str) -> (&str, &str) {
    let rest = rest.trim();
    rest.split_once(['.', '。', '．'])
        .or_else(|| rest.split_once(char::is_whitespace))
        .map_or((rest, ""), |(row, column)| (row.trim(), column.trim()))
}

/// The row of a number, or that begins with a name. The only row needs neither.
fn row_of<'a>(answer: &'a Answer, name: &str) -> Option<&'a Row> {
    if name.is_empty() {
        return answer.rows.first();
    }
    if let Ok(number) = name.parse::<usize>() {
        return answer.rows.get(number.checked_sub(1)?);
    }
    answer.rows.iter().find(|row| {
        let first = row.cells.first().and_then(|cell| cell.value.text());
        first.is_some_and(|text| text.contains(name))
    })
}

/// The index of a column by number or name.
fn column_of(answer: &Answer, name: &str) -> Option<usize> {
    if let Ok(number) = name.parse::<usize>() {
        return number
            .checked_sub(1)
            .filter(|at| *at < answer.columns.len());
    }
    let asked = name.to_lowercase();
    let fits = |title: &str| title.to_lowercase().contains(&asked);
    let mut columns = answer.columns.iter();
    columns
        .position(|column| fits(&column.title_en) || fits(&column.title_zh) || fits(&column.name))
}

/// Each source of a cell, or of the row, with what stands around it.
fn told(
    session: &Session,
    answer: &Answer,
    row: &Row,
    column: Option<usize>,
    lang: Lang,
) -> Result<String, StoreError> {
    if row.sources.is_empty() {
        return Ok(in_lang(
            lang,
            "this row comes from no sentence: it counts, or was made by SQL of your own",
            "这一行没有对应的原句：它是计数，或由自写的SQL得出",
        )
        .to_owned());
    }
    let mut found = Vec::new();
    for source in &row.sources {
        let evidence =
            session
                .store
                .evidence(&source.document, (source.start, source.end), AROUND)?;
        found.extend(evidence.map(|evidence| (source, evidence)));
    }
    let room = session.screen.map(|screen| screen.columns);
    let number = column.and_then(|at| row.cells[at].value.number());
    let own: Vec<_> = found
        .iter()
        .filter(|(_, evidence)| number.is_some_and(|number| says(evidence, number)))
        .collect();
    let chosen: Vec<_> = if own.is_empty() {
        found.iter().collect()
    } else {
        own
    };
    let mut texts: Vec<String> = chosen
        .iter()
        .take(MOST)
        .map(|(source, evidence)| one(source, evidence, lang, room))
        .collect();
    if let Some(at) = column {
        let title = in_lang(
            lang,
            &answer.columns[at].title_en,
            &answer.columns[at].title_zh,
        );
        // A number that no sentence says was worked out from those that are shown.
        if number.is_some()
            && !found
                .iter()
                .any(|(_, evidence)| number.is_some_and(|number| says(evidence, number)))
        {
            texts.insert(
                0,
                match lang {
                    Lang::En => {
                        format!("{title} is worked out from, or stands beside, what is said here:")
                    }
                    Lang::Zh => format!("“{title}”由下列原句得出："),
                },
            );
        }
    }
    if chosen.len() > MOST {
        let more = chosen.len() - MOST;
        texts.push(match lang {
            Lang::En => format!("and {more} more; .last json has them all"),
            Lang::Zh => format!("另有{more}处，“.last json”可列出全部"),
        });
    }
    Ok(texts.join("\n\n"))
}

/// Whether a figure of the stretch is this number: as value, growth or completion.
fn says(evidence: &Evidence, number: f64) -> bool {
    let is_it = |held: Option<f64>| {
        held.is_some_and(|held| (held - number).abs() <= 1e-9 * number.abs().max(1.0))
    };
    evidence
        .figures
        .iter()
        .any(|figure| is_it(figure.value) || is_it(figure.growth) || is_it(figure.completion))
}

/// A sentence in its place: the report, the headings above it, and its neighbours; in lines of at most `room` columns.
fn one(source: &Source, evidence: &Evidence, lang: Lang, room: Option<usize>) -> String {
    let town = evidence.town.as_deref().unwrap_or_default();
    let year = evidence
        .review_year
        .map_or_else(String::new, |year| year.to_string());
    // People count from 1, and name the last one.
    let (first, last) = (source.start + 1, source.end);
    let report = match lang {
        Lang::En => format!(
            "{town}, report on {year} ({}, characters {first}–{last})",
            evidence.document
        ),
        Lang::Zh => format!(
            "{town}{year}年报告（{}，第{first}至{last}字）",
            evidence.document
        ),
    };
    let mut lines = vec![report];
    let mut put = |before: &str, text: &str| {
        // A paragraph stands below its own beginning.
        let own = render::width(before);
        let room = room.map_or(usize::MAX, |room| room.saturating_sub(own).max(20));
        for (at, line) in render::wrap(text, room).iter().enumerate() {
            let blank = " ".repeat(own);
            lines.push(format!(
                "{}{line}",
                if at == 0 { before } else { blank.as_str() }
            ));
        }
    };
    for (depth, heading) in evidence.headings.iter().enumerate() {
        put(&"  ".repeat(depth + 1), heading);
    }
    let indent = "  ".repeat(evidence.headings.len() + 1);
    for (sentences, mark) in [
        (&evidence.before, "  "),
        (&evidence.sentences, "▶ "),
        (&evidence.after, "  "),
    ] {
        for text in sentences {
            put(&format!("{indent}{mark}"), text);
        }
    }
    lines.join("\n")
}
