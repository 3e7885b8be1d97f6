use std::path::Path;

use zhenzhi::fact::Value;
use zhenzhi::query::{Answer, Lang, Reading, plain_answer};
use zhenzhi::render::Sources;
use zhenzhi::store::{Limits, SCHEMA, StoreError};

use super::super::banner::summary;
use super::super::session::{Next, Session};
use crate::exit::Exit;
use crate::info::for_people;
use crate::language::in_lang;
use crate::output::complain;

pub(super) fn open(session: &mut Session, rest: &str) -> Next {
    if rest.is_empty() {
        return session.complain("which store? .open FILE", "请写文件名：.open 文件");
    }
    let opened = session.reopen(Path::new(rest));
    let summary = opened
        .and_then(|()| session.store.overview())
        .map(|overview| summary(&overview, session.lang()));
    said(session, summary)
}

pub(super) fn info(session: &mut Session, _: &str) -> Next {
    let store = &session.store;
    let info = store.info();
    let text = info.map(|info| for_people(store.path(), &info, session.lang()));
    said(session, text)
}

/// Shows what the store gave, or says why it gave nothing.
fn said(session: &Session, text: Result<String, StoreError>) -> Next {
    match text {
        Ok(text) => {
            session.say(&text);
            Next::On(Exit::Done)
        }
        Err(error) => {
            complain(error);
            Next::On(Exit::Store)
        }
    }
}

pub(super) fn towns(session: &mut Session, rest: &str) -> Next {
    list(
        session,
        &format!(".towns {rest}"),
        "SELECT name AS place地方, county AS county区县, city AS city市, province AS province省份, \
         count(sessions.id) AS reports报告数, min(review_year) AS first最早, max(review_year) AS latest最近 \
         FROM towns LEFT JOIN sessions ON town_id = towns.id \
         WHERE instr(concat_ws(' ', name, county, city, province), ?1) \
         GROUP BY towns.id ORDER BY province, city, county, name",
        rest,
    )
}

pub(super) fn reports(session: &mut Session, rest: &str) -> Next {
    list(
        session,
        &format!(".reports {rest}"),
        "SELECT towns.name AS place地方, review_year AS year年份, held_on AS given日期, title AS title标题, \
         (SELECT max(ordinal) FROM metrics WHERE session_id = sessions.id) AS figures数字, \
         documents.name AS file文件 \
         FROM sessions JOIN documents ON documents.id = document_id LEFT JOIN towns ON towns.id = town_id \
         WHERE instr(concat_ws(' ', towns.name, county, review_year, title, documents.name), ?1) \
         ORDER BY towns.name, review_year, documents.name",
        rest,
    )
}

pub(super) fn indicators(session: &mut Session, rest: &str) -> Next {
    list(
        session,
        &format!(".indicators {rest}"),
        "SELECT name_zh AS Chinese中文名, name_en AS English英文名, unit AS unit单位, \
         (SELECT count(DISTINCT town_id) FROM metrics JOIN sessions ON sessions.id = session_id \
          WHERE indicator = indicators.id AND status <> 'target') AS places地方数 \
         FROM indicators WHERE CASE WHEN ?1 = '' THEN places地方数 > 0 ELSE EXISTS \
         (SELECT 1 FROM indicator_names WHERE indicator = indicators.id AND instr(lower(name), lower(?1))) END \
         ORDER BY places地方数 DESC, indicators.rowid",
        rest,
    )
}

/// Shows rows of the store as an answer, whose columns are named in both languages, the English name first.
fn list(session: &mut Session, title: &str, sql: &str, word: &str) -> Next {
    session.stopper.clear();
    let read = session
        .store
        .select_within(sql, &[Value::Text(word.to_owned())], Limits::default());
    let read = match read {
        Ok(read) => read,
        Err(error) => {
            complain(error);
            return Next::On(Exit::Store);
        }
    };
    let lang = session.lang();
    let columns: Vec<String> = read
        .columns
        .iter()
        .map(|name| own_half(name, lang))
        .collect();
    let title = title.trim_end().to_owned();
    let answer = Answer {
        reading: Reading {
            en: title.clone(),
            zh: title,
        },
        lang,
        ..plain_answer("", &columns, read.rows, None)
    };
    if answer.rows.is_empty() {
        session.tell(
            format!("nothing has {word} in it"),
            format!("没有含“{word}”的"),
        );
        return Next::On(Exit::Done);
    }
    Next::On(session.show(&answer, session.settings.format, lang, Sources::OfFew))
}

/// `place地方` is `place` in English and 地方 in Chinese.
fn own_half(name: &str, lang: Lang) -> String {
    let at = name.find(|c: char| !c.is_ascii()).unwrap_or(name.len());
    in_lang(lang, &name[..at], &name[at..]).to_owned()
}

pub(super) fn queries(session: &mut Session, _: &str) -> Next {
    match session.store.saved_queries() {
        Ok(saved) if saved.is_empty() => {
            session.tell(
                "none is saved yet: define @name as …",
                "还没有保存的问句，写法：定义@名称为…",
            );
            Next::On(Exit::Done)
        }
        Ok(saved) => {
            let lines: Vec<String> = saved
                .iter()
                .map(|query| format!("@{}  {}", query.name, query.text))
                .collect();
            session.say(&lines.join("\n"));
            Next::On(Exit::Done)
        }
        Err(error) => {
            complain(error);
            Next::On(Exit::Store)
        }
    }
}

pub(super) fn schema(session: &mut Session, rest: &str) -> Next {
    if rest.is_empty() {
        session.say(SCHEMA);
        return Next::On(Exit::Done);
    }
    let parts: Vec<&str> = statements(SCHEMA)
        .filter(|(name, _)| name.eq_ignore_ascii_case(rest))
        .map(|(_, part)| part)
        .collect();
    if parts.is_empty() {
        let names = tables(SCHEMA).join(" ");
        return session.complain(
            format!("there is no table {rest}; there are {names}"),
            format!("没有“{rest}”这张表；有：{names}"),
        );
    }
    session.say(&parts.join("\n\n"));
    Next::On(Exit::Done)
}

/// The names of tables and views.
pub(super) fn tables(schema: &str) -> Vec<String> {
    statements(schema)
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Each table and view with the remarks above it.
fn statements(schema: &str) -> impl Iterator<Item = (&str, &str)> {
    schema.split("\n\n").filter_map(|part| {
        let made = part.lines().find_map(|line| {
            let made = line.strip_prefix("CREATE ")?;
            let rest = ["TABLE ", "VIEW ", "VIRTUAL TABLE "]
                .into_iter()
                .find_map(|kind| made.strip_prefix(kind))?;
            rest.split([' ', '(']).next()
        })?;
        Some((made, part.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_in_the_schema() {
        let names = tables(SCHEMA);
        for name in ["metrics", "towns", "passages_fts", "sentences"] {
            assert!(names.iter().any(|other| other == name), "{name}: {names:?}");
        }
        let (_, part) = statements(SCHEMA)
            .find(|(name, _)| *name == "metrics")
            .unwrap();
        assert!(
            part.starts_with("-- ") && part.ends_with("STRICT;"),
            "{part}"
        );
    }

    #[test]
    fn a_column_is_named_in_both_languages() {
        assert_eq!(own_half("place地方", Lang::En), "place");
        assert_eq!(own_half("place地方", Lang::Zh), "地方");
    }
}
