//! English and Chinese questions that mean the same have one plan, and every plan reads back as itself.

use zhenzhi::query::{Lang, compile};

use crate::query_world::names;

fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("query_pairs.tsv")
        .lines()
        .map(|line| line.split_once('\t').expect("two questions a line"))
}

#[test]
fn pairs_have_one_plan() {
    let catalog = names();
    let mut wrong = Vec::new();
    for (english, chinese) in pairs() {
        match (compile(english, &catalog), compile(chinese, &catalog)) {
            (Ok(en), Ok(zh)) if en.plan == zh.plan => {
                if zh.lang != Lang::Zh {
                    wrong.push(format!("{chinese} is taken for English"));
                }
            }
            (Ok(en), Ok(zh)) => wrong.push(format!(
                "{english}\n  {}\n{chinese}\n  {}",
                en.reading.en, zh.reading.zh
            )),
            (en, zh) => {
                for (question, result) in [(english, en), (chinese, zh)] {
                    if let Err(faults) = result {
                        wrong.push(format!("{question}: {faults:?}"));
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn readings_compile_to_the_plan_they_say() {
    let catalog = names();
    let mut wrong = Vec::new();
    for (english, _) in pairs() {
        let Ok(compiled) = compile(english, &catalog) else {
            continue;
        };
        for said in [&compiled.reading.en, &compiled.reading.zh] {
            match compile(said, &catalog) {
                Ok(again) if again.plan == compiled.plan => {}
                Ok(again) => wrong.push(format!(
                    "{english}\n  said {said}\n  read {}",
                    again.reading.en
                )),
                Err(faults) => wrong.push(format!("{english}\n  said {said}\n  {faults:?}")),
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Each line of the table of turns of speech, said so and written so.
#[test]
fn turns_of_speech_are_what_is_written() {
    let catalog = names();
    let mut wrong = Vec::new();
    for line in include_str!("../../src/query/lex/turns.tsv")
        .lines()
        .skip(1)
    {
        let mut cells = line.split('\t');
        let (said, written) = (cells.next().unwrap(), cells.next().unwrap());
        match (compile(said, &catalog), compile(written, &catalog)) {
            (Ok(one), Ok(other)) if one.plan == other.plan => {}
            (Ok(one), Ok(other)) => {
                wrong.push(format!(
                    "{said}\n  {}\n{written}\n  {}",
                    one.reading.en, other.reading.en
                ));
            }
            // Nothing was asked before.
            (Err(one), Err(other)) if one[0].code == "Q0134" && other[0].code == "Q0134" => {}
            (one, other) => {
                for (question, result) in [(said, one), (written, other)] {
                    if let Err(faults) = result {
                        wrong.push(format!("{question}: {faults:?}"));
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
