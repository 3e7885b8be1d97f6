//! The questions that people ask, in both languages: one plan each, and their right answers over real reports where a
//! folder of them lies beside the project.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use zhenzhi::ask::ask;
use zhenzhi::import::{find, import};
use zhenzhi::query::compile;
use zhenzhi::render::json;
use zhenzhi::store::Store;

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

/// The reports of seven towns that the answers were worked out from by hand.
const SEVEN: [&str; 5] = [
    "beicang-2022.txt",
    "jingwu-2019.txt",
    "shuanggang-2022.txt",
    "three-in-one-file.txt",
    "yangliuqing-2023.txt",
];

/// A cell as the table of answers has it: whole where it is money, else to two decimals.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            let digits = if number.abs() < 1e6 { 100.0 } else { 1.0 };
            format!("{}", (number * digits).round() / digits)
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What is wrong with the rows of an answer; `how` is `exact` (these rows in this order), `holds` (these among
/// others), `count` or `atleast`.
fn fault(rows: &[Value], how: &str, columns: &str, expected: &str) -> Option<String> {
    if let "count" | "atleast" = how {
        let wanted: usize = expected.parse().expect("a number");
        let fits = rows.len() == wanted || (how == "atleast" && rows.len() > wanted);
        return (!fits).then(|| format!("{} rows, not {expected}", rows.len()));
    }
    let found: Vec<String> = rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = columns.split('|').map(|name| cell(&row[name])).collect();
            cells.join("|")
        })
        .collect();
    let wanted: Vec<&str> = expected.split(';').collect();
    let fits = match how {
        "exact" => found == wanted,
        _ => wanted
            .iter()
            .all(|row| found.iter().any(|other| other == row)),
    };
    (!fits).then(|| {
        let some: Vec<String> = found.into_iter().take(12).collect();
        format!("{wanted:?}\n  but {some:?}")
    })
}

#[test]
fn answers_over_seven_real_towns() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports");
    if !folder.is_dir() {
        // Not by eprintln, which the test runner keeps to itself where a test passes.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"not checked: there is no folder ../shared/reports\n",
        );
        return;
    }
    let out = tempfile::tempdir().expect("a folder");
    let store = Store::create(&out.path().join("seven.db")).expect("a store");
    let paths: Vec<_> = SEVEN.iter().map(|name| folder.join(name)).collect();
    let (sources, failures) = find(&paths);
    assert_eq!(failures, []);
    import(&store, &sources, &mut |_, _| {}).expect("imported");
    let mut wrong = String::new();
    for line in include_str!("questions_answers.tsv").lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [number, how, columns, expected] = cells[..] else {
            panic!("{line}");
        };
        let (_, english, chinese) = questions()
            .find(|(known, ..)| known.to_string() == number)
            .expect("a question of that number");
        for question in [english, chinese] {
            let answer =
                ask(&store, question).unwrap_or_else(|error| panic!("{question}: {error:?}"));
            // Columns are compared under their English names, which `compare` gives only in English.
            if number == "38" && question == chinese {
                continue;
            }
            let answer = json(&answer);
            let rows = answer["rows"].as_array().expect("rows");
            if let Some(fault) = fault(rows, how, columns, expected) {
                let _ = writeln!(wrong, "{number} {question}: {fault}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
