//! The questions that people ask, in both languages: one plan each, and their right answers over real reports where a
//! folder of them lies beside the project.

use zhenzhi::query::compile;

use crate::query_world::names;

/// Number, English, Chinese.
fn questions() -> impl Iterator<Item = (u32, &'static str, &'static str)> {
    include_str!("questions.tsv").lines().map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 4, "{line}");
        (cells[0].parse().expect("a number"), cells[1], cells[2])
    })
}

#[test]
fn each_has_one_plan_in_both_languages() {
    let catalog = names();
    let mut wrong = Vec::new();
    for (number, english, chinese) in questions() {
        match (compile(english, &catalog), compile(chinese, &catalog)) {
            (Ok(en), Ok(zh)) if en.plan == zh.plan => {}
            (Ok(en), Ok(zh)) => wrong.push(format!(
                "{number}: {english} is {:?}\n  {chinese} is {:?}",
                en.plan, zh.plan
            )),
            (en, zh) => {
                for (question, result) in [(english, en), (chinese, zh)] {
                    for fault in result.err().into_iter().flatten() {
                        wrong.push(format!(
                            "{number}: {question}: {} {}",
                            fault.code, fault.message_en
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn readings_of_them_mean_the_same() {
    let catalog = names();
    let mut wrong = Vec::new();
    for (number, english, _) in questions() {
        let Ok(compiled) = compile(english, &catalog) else {
            continue;
        };
        for said in [&compiled.reading.en, &compiled.reading.zh] {
            match compile(said, &catalog) {
                Ok(again) if again.plan == compiled.plan => {}
                Ok(again) => wrong.push(format!(
                    "{number}: {said}\n  {:?}\n  {:?}",
                    compiled.plan, again.plan
                )),
                Err(faults) => wrong.push(format!(
                    "{number}: {said}: {} {}",
                    faults[0].code, faults[0].message_en
                )),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
