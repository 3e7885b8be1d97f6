//! Questions asked of a store of fictional towns.

use std::fmt::Write as _;
use zhenzhi::query::Answer;
use zhenzhi::render::{Options, json, table};

use crate::query_world::world;

/// The rows of an answer, `town year value growth status` in a line each.
fn rows(answer: &Answer) -> Vec<String> {
    let json = json(answer);
    json["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            ["town", "year", "value", "growth", "status"]
                .iter()
                .filter_map(|name| row.get(*name))
                .filter(|value| !value.is_null())
                .map(|value| {
                    value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned)
                })
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

fn notes(answer: &Answer) -> Vec<&str> {
    answer.notes.iter().map(|note| note.code).collect()
}

#[test]
fn the_first_year_over_a_bound_stands_first_though_a_later_one_has_more() {
    let world = world();
    for question in [
        "河湾镇税收首次突破5亿元是哪一年",
        "in which year did Hewan's tax first exceed 500 million yuan",
    ] {
        let rows = rows(&world.ask(question));
        assert_eq!(rows, ["河湾镇 2022 1048000000 4 actual"], "{question}");
    }
}

#[test]
fn growth_over_a_bound_with_estimates_and_merged_sentences() {
    let world = world();
    for question in ["towns with tax growth over 30%", "税收增长超过30%的镇"] {
        let answer = world.ask(question);
        assert_eq!(
            rows(&answer),
            [
                "河湾镇 2023 1400000000 33.5 estimate",
                "松岭镇 2022 700000000 31 actual"
            ]
        );
        assert_eq!(notes(&answer), ["coverage", "estimate", "mixed-years"]);
        assert_eq!(
            answer.rows[1].sources.len(),
            2,
            "value and growth stand in two sentences"
        );
    }
}

#[test]
fn golden_tables() {
    let world = world();
    let mut said = String::new();
    for question in [
        "税收增长超过30%的镇",
        "towns with tax growth over 30%",
        "税收超过30亿元的镇",
        "税收超过36亿元的镇",
        "固定资产投资下降的镇",
        "tax, investment of Hewan in 2022",
        "河湾镇的税收，按年份",
        "合计固定资产投资，按区县",
        "average tax growth of all towns",
        "towns with tax growth above average",
        "towns with tax below target in 2023",
        "河湾镇2022年到2023年的税收变化",
        "compare 河湾镇 and 松岭镇 on tax, investment",
        "towns with 「招聘会」 over 10",
        "tasks mentioning \"幼儿园\"",
        "期限早于2024-07-01的任务",
        "任务数超过1的镇",
        "在2022年，缺少税收的镇",
        "各镇“税收”出现频率",
        "towns in Qinghe",
        "how many towns have tax over 1亿元",
        "燃气改造完成率高于90%的镇",
        "investment of Hewan",
        "reports in 2020",
        "各镇的固定资产投资，前2名",
        "粮食播种面积超过1000公顷的镇",
        "targets of Hewan",
        "税收上年 of 河湾镇",
        "towns with tax growth over 90%",
        "figures with growth over 300%",
        "figures with value over 36亿元",
        "只给出下限的数字",
        "指标，按增速降序，前2名",
        "tasks by town, count",
        "列入指标库的指标，最高数值，按指标名称",
        "合计税收，按区县，占比，折合万元",
        "各镇的税收，前1名其余合并，占比",
        "关于税收的数字，显示数值、上年",
        "towns by tax, limit 2",
        "frequency of \"税收\" by town, top 2",
        "各镇的税收目标较税收",
    ] {
        let answer = world.ask(question);
        let _ = writeln!(
            said,
            "? {question}\n{}",
            table(&answer, answer.lang, &Options::default())
        );
    }
    insta::assert_snapshot!(said);
}

#[test]
fn json_is_a_contract() {
    let world = world();
    let answer = world.ask("税收增长超过33%的镇");
    insta::assert_snapshot!(serde_json::to_string_pretty(&json(&answer)).expect("JSON"));
}

#[test]
fn quotes_are_the_text_at_their_place() {
    let world = world();
    let answer = world.ask("各镇的税收");
    let mut checked = 0;
    for source in answer.rows.iter().flat_map(|row| &row.sources) {
        let quote: String = world
            .db
            .query_row(
                "SELECT substr(text, ?2 + 1, ?3 - ?2) FROM documents WHERE name = ?1",
                (&source.document, source.start, source.end),
                |row| row.get(0),
            )
            .expect("the document");
        assert_eq!(quote, source.quote);
        checked += 1;
    }
    assert!(checked >= 4);
}

#[test]
fn bounds_answer_certainly_or_possibly() {
    let world = world();
    assert_eq!(
        rows(&world.ask("税收超过30亿元的镇")),
        ["石桥镇 2020 3400000000 5 actual"]
    );
    let answer = world.ask("税收超过36亿元的镇");
    assert!(rows(&answer).is_empty());
    assert!(notes(&answer).contains(&"possible"));
    // Its negation is no more certain.
    let answer = world.ask("非税收超过36亿元的镇");
    assert!(!rows(&answer).iter().any(|row| row.contains("石桥镇")));
    assert!(notes(&answer).contains(&"possible"));
}

#[test]
fn a_county_is_not_among_the_towns() {
    let world = world();
    let answer = world.ask("counties with tax growth over 30%");
    assert_eq!(rows(&answer), ["青禾县 2023 9900000000 50 actual"]);
    let answer = world.ask("places with tax growth over 30%");
    assert_eq!(rows(&answer).len(), 3);
}

#[test]
fn golden_sql() {
    let (_folder, store) = crate::samples::store();
    let mut said = String::new();
    for question in [
        "towns with tax growth over 30%",
        "云塘镇的税收，按年份",
        "total investment by county",
    ] {
        let compiled = zhenzhi::ask::compile(&store, question).unwrap();
        let _ = writeln!(
            said,
            "-- {question}\n{}\n-- {:?}\n",
            compiled.sql.text, compiled.sql.params
        );
    }
    insta::assert_snapshot!(said);
}

/// Over the sample reports, which have sentences and parts: hits are those of a plain search.
#[test]
fn sentences_parts_and_problems_of_the_samples() {
    let (_folder, store) = crate::samples::store();
    let rows = |question: &str| {
        let answer = zhenzhi::ask::ask(&store, question).expect(question);
        answer.rows
    };
    let texts = |question: &str, at: usize| -> Vec<String> {
        rows(question)
            .iter()
            .map(|row| row.cells[at].value.text().unwrap_or_default().to_owned())
            .collect()
    };
    let all = texts("sentences", 3);
    assert!(all.len() > 100);
    for word in ["税", "养老", "老旧小区", "增长", "幼儿园"] {
        let wanted: Vec<&String> = all.iter().filter(|text| text.contains(word)).collect();
        let found = texts(&format!("sentences mentioning \"{word}\""), 3);
        assert_eq!(found.iter().collect::<Vec<_>>(), wanted, "{word}");
        let counted = rows(&format!("提到“{word}”的句子，计数"));
        let counted = counted[0].cells[0].value.integer();
        assert_eq!(counted, Some(wanted.len() as i64));
    }
    let problems = texts("problems", 3);
    assert!(!problems.is_empty());
    let in_part = texts("sentences in the problems part", 3);
    assert!(problems.iter().all(|problem| in_part.contains(problem)));
    let parts = texts("sections in the plan part", 2);
    assert!(!parts.is_empty());
    assert!(
        parts
            .iter()
            .all(|part| ["plan", "targets", "guideline"].contains(&part.as_str()))
    );
    assert!(
        texts("conflicts", 2)
            .iter()
            .all(|code| ["contradiction", "year-conflict"].contains(&code.as_str()))
    );
}

#[test]
fn what_was_asked_for_and_no_row_states_is_said() {
    let world = world();
    for question in ["河湾镇的报告人", "reports, show speaker"] {
        let answer = world.ask(question);
        assert!(!answer.rows.is_empty(), "{question}");
        assert!(notes(&answer).contains(&"not-stated"), "{question}");
    }
    let answer = world.ask("reports, show document");
    assert!(!notes(&answer).contains(&"not-stated"));
}

#[test]
fn tasks_asked_of_the_year_of_their_report() {
    let world = world();
    // Its only report is of 2022, and plans for 2023.
    let answer = world.ask("松岭镇2022年的任务");
    assert!(answer.rows.is_empty());
    assert!(answer.notes[0].zh.contains("2023年"), "{:?}", answer.notes);
    assert_eq!(world.ask("松岭镇2023年的任务").rows.len(), 1);
}
