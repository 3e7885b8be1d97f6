//! Tasks beside what the next report says.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use serde_json::Value;
use zhenzhi::query::Answer;
use zhenzhi::render::json;
use zhenzhi::store::Store;

use crate::workshop::{put, raw, samples};

/// A report that plans for 2023, and one that looks back on it.
const PLANS: &str = "浅湾镇政府工作报告\n——2023年1月9日在浅湾镇第十八届人民代表大会第二次会议上\n\n\
各位代表：\n现在，我代表镇人民政府作工作报告。\n一、2022年工作回顾\n2022年，完成税收收入3.1亿元。\n\
二、2023年工作安排\n建成东堤湿地公园，铺设环湖步道8公里。推进镇域经济高质量发展。改造石桥头老菜场。\n";
const LOOKS_BACK: &str = "浅湾镇政府工作报告\n——2024年1月9日在浅湾镇第十八届人民代表大会第三次会议上\n\n\
各位代表：\n现在，我代表镇人民政府作工作报告。\n一、2023年工作回顾\n2023年，完成税收收入3.4亿元。东堤湿地公园开园，环湖步道已铺5公里。\
加大招商力度，引进企业12家。石桥头老菜场因产权纠纷尚未动工。\n二、2024年工作安排\n续建环湖步道。\n";

fn ask(store: &Store, question: &str) -> Answer {
    zhenzhi::ask::ask(store, question).unwrap_or_else(|error| panic!("{question}: {error:?}"))
}

fn rows(answer: &Answer) -> Vec<Value> {
    json(answer)["rows"].as_array().expect("rows").clone()
}

fn told(rows: &[Value]) -> Vec<(&str, Option<&str>, Option<&str>)> {
    rows.iter()
        .map(|row| {
            (
                row["task"].as_str().expect("a task"),
                row["next_report"].as_str(),
                row["reason"].as_str(),
            )
        })
        .collect()
}

#[test]
fn a_task_stands_beside_the_sentence_that_is_about_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("m.db")).unwrap();
    put(&store, "浅湾镇-2022.txt", PLANS);
    let before = rows(&ask(&store, "浅湾镇2023年的任务，附完成情况"));
    assert_eq!(before.len(), 3);
    for row in &before {
        assert_eq!(row["reason"], "no-later-report", "{row}");
        assert_eq!(row["sources"].as_array().unwrap().len(), 1, "{row}");
    }
    let answer = ask(&store, "浅湾镇的任务，附完成情况");
    assert!(answer.rows.is_empty(), "nothing was planned for 2022");
    assert!(answer.notes.iter().any(|note| note.code == "empty"));

    put(&store, "浅湾镇-2023.txt", LOOKS_BACK);
    let answer = ask(&store, "tasks of 浅湾镇 in 2023 with result");
    assert!(answer.notes.iter().any(|note| note.code == "alike"));
    let found = rows(&answer);
    assert_eq!(
        told(&found),
        [
            (
                "建成东堤湿地公园，铺设环湖步道8公里。",
                Some("东堤湿地公园开园，环湖步道已铺5公里。"),
                None
            ),
            // What every report says is about nothing.
            ("推进镇域经济高质量发展。", None, Some("nothing-alike")),
            (
                "改造石桥头老菜场。",
                Some("石桥头老菜场因产权纠纷尚未动工。"),
                None
            ),
        ]
    );
    // Without a year it is the one that the latest report looks back on.
    assert_eq!(rows(&ask(&store, "浅湾镇的任务完成了吗")), found);
    let park = rows(&ask(&store, "浅湾镇2023年的提到“公园”的任务，附完成情况"));
    assert_eq!(park, found[..1]);
}

#[test]
fn every_source_is_where_it_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.db");
    let store = samples(&path);
    let found = rows(&ask(&store, "云塘镇2023年的任务，附完成情况"));
    let conn = raw(&path);
    let text = |document: &str| -> Vec<char> {
        let text: String = conn
            .query_row(
                "SELECT text FROM documents WHERE name = ?1",
                [document],
                |row| row.get(0),
            )
            .unwrap();
        text.chars().collect()
    };
    assert!(found.len() > 10);
    for row in &found {
        let sources = row["sources"].as_array().unwrap();
        assert_eq!(
            sources.len(),
            1 + usize::from(row["next_report"].is_string())
        );
        let documents = ["云塘镇-2022.txt", "云塘镇-2023.txt"];
        for (source, document) in sources.iter().zip(documents) {
            assert_eq!(source["document"], document);
            let at = |name: &str| source[name].as_u64().unwrap() as usize;
            let quote: String = text(document)[at("start")..at("end")].iter().collect();
            assert_eq!(source["quote"], quote);
        }
    }
}

/// The same rule in other words: each pair of characters of a task counts 1/n where n sentences, at most thirty, have it.
fn likest(task: &str, sentences: &[String]) -> Option<String> {
    let pairs = |text: &str| -> BTreeSet<(char, char)> {
        let is_word = |c: char| ('一'..='龥').contains(&c) || c.is_ascii_alphabetic();
        let chars: Vec<char> = text.chars().collect();
        let pairs = chars.windows(2).map(|pair| (pair[0], pair[1]));
        pairs.filter(|(a, b)| is_word(*a) && is_word(*b)).collect()
    };
    let mut having: BTreeMap<(char, char), u32> = BTreeMap::new();
    for sentence in sentences {
        for pair in pairs(sentence) {
            *having.entry(pair).or_default() += 1;
        }
    }
    let wanted = pairs(task);
    let weight = |sentence: &String| -> f64 {
        let shared = pairs(sentence);
        let counts = shared.intersection(&wanted).map(|pair| having[pair]);
        counts
            .filter(|n| *n <= 30)
            .map(|n| 1.0 / f64::from(n))
            .sum()
    };
    let mut best: Option<(f64, &String)> = None;
    for sentence in sentences {
        let weight = weight(sentence);
        if weight >= 3.0 - 1e-9 && best.is_none_or(|(most, _)| weight > most + 1e-9) {
            best = Some((weight, sentence));
        }
    }
    best.map(|(_, sentence)| sentence.clone())
}

fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement.query_map((), |row| row.get(0)).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn the_sentence_is_the_one_that_the_rule_gives() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.db");
    let store = samples(&path);
    let sentences = texts(
        &raw(&path),
        "SELECT text FROM sentences WHERE document = '云塘镇-2023.txt' AND kind = 'sentence' AND section_type = 'review' ORDER BY id",
    );
    assert!(sentences.len() > 20);
    let found = rows(&ask(&store, "云塘镇2023年的任务，附完成情况"));
    let by_rule: Vec<_> = found
        .iter()
        .map(|row| likest(row["task"].as_str().unwrap(), &sentences))
        .collect();
    let by_store: Vec<_> = found
        .iter()
        .map(|row| row["next_report"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(by_store, by_rule);
    assert!(by_rule.iter().flatten().count() > 8);
}

#[test]
fn of_many_places_some_are_to_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.db");
    let store = samples(&path);
    assert!(!rows(&ask(&store, "各镇的任务，附完成情况")).is_empty());
    raw(&path)
        .execute_batch(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) \
             INSERT INTO towns (name, kind) SELECT '第' || i || '镇', 'town' FROM n",
        )
        .unwrap();
    assert!(zhenzhi::ask::ask(&store, "各镇的任务，附完成情况").is_err());
    assert!(!rows(&ask(&store, "云塘镇的任务，附完成情况")).is_empty());
}

#[test]
fn tasks_are_not_judged() {
    let folder = tempfile::tempdir().unwrap();
    let store = samples(&folder.path().join("m.db"));
    for question in ["missed tasks of 云塘镇", "云塘镇2023年未完成的任务"] {
        let refused = zhenzhi::ask::ask(&store, question);
        assert!(refused.is_err(), "{question}");
    }
}
