//! Reports, their parts and places that say some words lead to the sentences that say them.

use zhenzhi::query::{Answer, compile};
use zhenzhi::render::json;

use crate::samples;

/// The quotes of each row, by what the row's place is called.
fn quotes(answer: &Answer) -> Vec<(String, Vec<String>)> {
    let quoted = |row: &zhenzhi::query::Row| {
        let place = row.cells[0].value.text().unwrap_or_default().to_owned();
        let quotes = row.sources.iter().map(|source| source.quote.clone());
        (place, quotes.collect())
    };
    answer.rows.iter().map(quoted).collect()
}

#[test]
fn each_word_leads_to_its_first_sentence() {
    let (_folder, store) = samples::store();
    let ask = |question: &str| zhenzhi::ask::ask(&store, question).expect(question);
    for question in [
        "reports mentioning \"民生投入\" and \"新增就业\"",
        "提到“民生投入”且提到“新增就业”的报告",
        "提到“民生投入”且提到“新增就业”的镇",
    ] {
        let found = quotes(&ask(question));
        assert!(!found.is_empty(), "{question}");
        for (place, quotes) in found {
            for word in ["民生投入", "新增就业"] {
                let saying = quotes.iter().filter(|quote| quote.contains(word));
                assert!(saying.count() > 0, "{question}: {place} {quotes:?}");
            }
            assert!(quotes.len() <= 2, "{question}: {place} {quotes:?}");
        }
    }
    // What is not said leads nowhere, and what either says to what is there.
    for (_, quotes) in quotes(&ask("未提到“民生投入”的报告")) {
        assert_eq!(quotes, [""; 0]);
    }
    for (place, quotes) in quotes(&ask("提到“民生投入”或提到“古代兵马俑”的报告"))
    {
        assert_eq!(quotes.len(), 1, "{place}: {quotes:?}");
    }
}

#[test]
fn a_part_leads_to_a_sentence_of_its_own() {
    let (_folder, store) = samples::store();
    let answer = zhenzhi::ask::ask(&store, "云塘镇的提到“民生”的章节").unwrap();
    let json = json(&answer);
    let rows = json["rows"].as_array().unwrap();
    assert!(rows.len() > 1, "{json}");
    let starts = |row: &serde_json::Value| row["sources"][0]["start"].as_i64();
    let first: std::collections::BTreeSet<_> = rows.iter().map(starts).collect();
    assert!(first.len() > 1 && !first.contains(&None), "{first:?}");
    for (_, quotes) in quotes(&answer) {
        assert!(
            quotes.len() == 1 && quotes[0].contains("民生"),
            "{quotes:?}"
        );
    }
}

/// A statement that is run elsewhere gives the sentences itself, the same.
#[test]
fn the_statement_alone_gives_the_same_sentences() {
    let (_folder, store) = samples::store();
    let catalog = zhenzhi::ask::names(&store).unwrap();
    for question in [
        "提到“民生投入”且提到“新增就业”的报告",
        "提到“民生投入”的镇",
        "云塘镇的提到“民生”的章节",
    ] {
        let compiled = compile(question, &catalog).expect(question);
        let rows = store
            .select(&compiled.sql.text, &compiled.sql.params)
            .unwrap()
            .rows;
        let given = |row: &Vec<zhenzhi::fact::Value>| {
            let sources = row.iter().filter_map(|cell| cell.text());
            let sources = sources
                .filter(|text| text.starts_with("[{"))
                .map(str::to_owned);
            sources.collect::<String>()
        };
        let answered = zhenzhi::ask::ask(&store, question).unwrap();
        for (given, (place, quotes)) in rows.iter().map(given).zip(self::quotes(&answered)) {
            for quote in &quotes {
                let quote = serde_json::to_string(quote).unwrap();
                assert!(given.contains(&quote), "{place}: {quote} in {given}");
            }
            assert_eq!(
                given.matches("\"quote\"").count(),
                quotes.len(),
                "{question}"
            );
        }
    }
}
