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
            // Nothing was asked before; what is refused either way is refused with the same offer.
            (Err(one), Err(other)) if one[0].code == "Q0134" && other[0].code == "Q0134" => {}
            (Err(one), Err(other))
                if one[0].code == "Q0115"
                    && !one[0].fixes.is_empty()
                    && one[0].fixes[0].text == other[0].fixes[0].text => {}
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

/// A city is asked for by its name, whatever kind of place the store has most of.
#[test]
fn what_is_added_up_of_named_places_is_those_places() {
    let catalog = names();
    for (question, rows, said) in [
        (
            "average tax growth of 海口市 from 2015 to 2020",
            "places",
            "average tax revenue growth of Haikou from 2015 to 2020",
        ),
        (
            "average tax by county",
            "towns",
            "average tax revenue of all towns by county",
        ),
    ] {
        let compiled = compile(question, &catalog).unwrap();
        let plan = serde_json::to_value(&compiled.plan).unwrap();
        assert_eq!(plan["rows"], rows, "{question}");
        assert_eq!(compiled.reading.en, said);
    }
}

/// Where a number comes from is asked of all reports, and said so.
#[test]
fn the_origin_of_a_number_is_looked_for_in_all_years() {
    let compiled = compile("where does 36.3% come from", &names()).unwrap();
    assert!(
        compiled.reading.en.contains("in all years"),
        "{}",
        compiled.reading.en
    );
    assert!(
        compiled.reading.zh.starts_with("历年"),
        "{}",
        compiled.reading.zh
    );
}

/// What is not understood is offered as a whole question of what was recognised in it.
#[test]
fn whole_questions_are_offered_where_no_word_mends_one() {
    for (question, offer) in [
        (
            "met, missed and unclear tax of Yangliuqing in 2023",
            "tax revenue target of Yangliuqing in 2023 with result",
        ),
        (
            "杨柳青镇2023年的税收究竟几何哉",
            "在2023年，杨柳青镇的税收收入",
        ),
        (
            "ratio of Yangliuqing's tax to Jingwu's",
            "compare Yangliuqing and Jingwu on tax revenue",
        ),
    ] {
        let faults = compile(question, &names()).expect_err(question);
        let offers: Vec<String> = faults[0]
            .fixes
            .iter()
            .map(|fix| fix.applied(question))
            .collect();
        assert!(
            offers.iter().any(|held| held == offer),
            "{question}: {offers:?}"
        );
        assert!(compile(offer, &names()).is_ok(), "{offer}");
    }
}
