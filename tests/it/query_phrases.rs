//! Policy phrases, and how many reports have them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use zhenzhi::query::Answer;
use zhenzhi::render::json;
use zhenzhi::store::Store;

use crate::workshop::{put, raw, samples};

fn ask(store: &Store, question: &str) -> Answer {
    zhenzhi::ask::ask(store, question).unwrap_or_else(|error| panic!("{question}: {error:?}"))
}

fn counted(answer: &Answer) -> BTreeMap<String, u64> {
    let json = json(answer);
    let rows = json["rows"].as_array().expect("rows").iter();
    rows.map(|row| {
        let phrase = row["phrase"].as_str().expect("a phrase").to_owned();
        (phrase, row["number_of_reports"].as_u64().expect("a count"))
    })
    .collect()
}

fn report(town: &str, year: u32, said: &str) -> String {
    format!(
        "{town}政府工作报告\n——{next}年1月9日在{town}第十八届人民代表大会第三次会议上\n\n各位代表：\n现在，我代表镇人民政府作工作报告。\n\
         一、{year}年工作回顾\n{year}年，完成税收收入3.1亿元。{said}\n二、{next}年工作安排\n{next}年，税收收入增长8%。\n",
        next = year + 1
    )
}

#[test]
fn each_report_counts_once_wherever_a_phrase_stands() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("m.db")).unwrap();
    for (name, text) in [
        (
            "浅湾镇-2023.txt",
            report(
                "浅湾镇",
                2023,
                "推行“一窗通取”，落实河长制。河长制考核获优。",
            ),
        ),
        (
            "浅湾镇-2022.txt",
            report("浅湾镇", 2022, "“四季村晚”开演。"),
        ),
        (
            "深溪镇-2023.txt",
            report(
                "深溪镇",
                2023,
                "“一窗通取”与“河长制”并进；读《“四季村晚”笔记》。",
            ),
        ),
        (
            "远坪镇-2023.txt",
            report(
                "远坪镇",
                2023,
                "“干部多跑腿，群众少跑路，事情一次办”写进村规。",
            ),
        ),
    ] {
        put(&store, name, &text);
    }
    let all = counted(&ask(&store, "政策用语"));
    let wanted = [("一窗通取", 2), ("河长制", 2), ("四季村晚", 1)];
    let wanted: BTreeMap<String, u64> = wanted.map(|(phrase, n)| (phrase.to_owned(), n)).into();
    // A saying is no phrase, and the report of the year before does not answer.
    assert_eq!(all, wanted);
    let shared = ask(&store, "policy phrases with number of reports at least 2");
    assert_eq!(counted(&shared).len(), 2);
    let before = counted(&ask(&store, "在2022年，政策用语"));
    assert_eq!(before.into_keys().collect::<Vec<_>>(), ["四季村晚"]);
    let own = counted(&ask(&store, "深溪镇的提到“河”的政策用语"));
    assert_eq!(own.into_keys().collect::<Vec<_>>(), ["河长制"]);
    for question in [
        "policy phrases by year",
        "policy phrases by county, count",
        "政策用语，按省，计数",
        "policy phrases by section, count",
        "indicators by province, count",
    ] {
        let refused = zhenzhi::ask::ask(&store, question);
        let is_not_understood = matches!(refused, Err(zhenzhi::ask::AskError::Question { .. }));
        assert!(is_not_understood, "{question}");
    }
}

#[test]
fn counts_are_those_of_the_texts_and_sources_have_the_phrase() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.db");
    let store = samples(&path);
    let answer = ask(&store, "policy phrases with source");
    let found = counted(&answer);
    assert!(found.len() > 3, "{found:?}");
    let conn = raw(&path);
    let mut latest = conn
        .prepare(
            "SELECT d.name, s.id FROM sessions s JOIN documents d ON d.id = s.document_id \
             WHERE s.review_year = (SELECT MAX(o.review_year) FROM sessions o WHERE o.town_id = s.town_id)",
        )
        .unwrap();
    let latest: Vec<(String, i64)> = latest
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    let sentences = |session: i64| -> Vec<String> {
        let mut statement = conn
            .prepare("SELECT text FROM passages WHERE session_id = ?1")
            .unwrap();
        let rows = statement.query_map([session], |row| row.get(0)).unwrap();
        rows.collect::<rusqlite::Result<_>>().unwrap()
    };
    let json = json(&answer);
    for row in json["rows"].as_array().unwrap() {
        let phrase = row["phrase"].as_str().unwrap();
        let having: BTreeSet<&str> = latest
            .iter()
            .filter(|(_, session)| sentences(*session).iter().any(|text| text.contains(phrase)))
            .map(|(name, _)| name.as_str())
            .collect();
        let sources = row["sources"].as_array().unwrap();
        assert_eq!(sources.len() as u64, found[phrase]);
        for source in sources {
            let quote = source["quote"].as_str().unwrap();
            let bare: String = quote.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(bare.contains(phrase), "{phrase}: {quote}");
            assert!(having.contains(source["document"].as_str().unwrap()));
        }
    }
    let known: Vec<&str> = include_str!("../../src/fact/phrases.tsv")
        .lines()
        .skip(1)
        .collect();
    for phrase in &known {
        let times = latest
            .iter()
            .filter(|(_, session)| sentences(*session).iter().any(|text| text.contains(phrase)))
            .count() as u64;
        assert_eq!(found.get(*phrase).copied().unwrap_or(0), times, "{phrase}");
    }
    let sorted: Vec<&Value> = json["rows"].as_array().unwrap().iter().collect();
    assert!(
        sorted
            .is_sorted_by_key(|row| std::cmp::Reverse(row["number_of_reports"].as_u64().unwrap()))
    );
    assert!(known.is_sorted() && known.windows(2).all(|pair| pair[0] != pair[1]));
}
