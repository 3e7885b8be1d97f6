//! Properties of every question, whatever is typed: words lie in it and do not overlap, a fault has a place in it and
//! is said in both languages, and what is understood is understood again from its reading.

use std::sync::LazyLock;

use proptest::prelude::*;
use zhenzhi::query::{Catalog, Lang, codes, compile, has_shape, keywords, words};
use zhenzhi::render::diagnostic;

use crate::query_world::names;

static CATALOG: LazyLock<Catalog> = LazyLock::new(names);

/// Words of the language, names, quantities, and now and then anything.
fn pieces() -> impl Strategy<Value = String> {
    let words: Vec<String> = keywords()
        .iter()
        .map(|keyword| keyword.word.to_owned())
        .collect();
    let names = [
        "税收",
        "tax",
        "固投",
        "杨柳青镇",
        "Yangliuqing",
        "西青区",
        "「招聘会」",
        "“养老”",
        "\"养老\"",
        "3亿元",
        "30%",
        "5个百分点",
        "2023年",
        "2023",
        "2024-07-01",
        "２０名",
        "10",
        "300 million yuan",
        "，",
        "；",
        "|",
        "\n",
        "@strong",
        "$min",
        "sql \"SELECT 1\"",
    ];
    prop_oneof![
        6 => proptest::sample::select(words),
        6 => proptest::sample::select(names.map(str::to_owned).to_vec()),
        1 => any::<String>(),
    ]
}

fn questions() -> impl Strategy<Value = String> {
    let joints = prop_oneof![Just(""), Just(" ")];
    proptest::collection::vec((pieces(), joints), 0..14).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(a, b)| [a, b.to_owned()])
            .collect()
    })
}

fn check_words(question: &str) -> Result<(), TestCaseError> {
    let length = question.chars().count();
    let mut end = 0;
    for span in words(question, &CATALOG) {
        prop_assert!(span.start >= end, "overlap in {question:?}");
        prop_assert!(
            span.start <= span.end && span.end <= length,
            "outside {question:?}"
        );
        end = span.end;
    }
    Ok(())
}

fn check_compile(question: &str) -> Result<(), TestCaseError> {
    match compile(question, &CATALOG) {
        Ok(compiled) => {
            prop_assert!(has_shape(question, &CATALOG), "{question:?}");
            for reading in [&compiled.reading.en, &compiled.reading.zh] {
                let again = compile(reading, &CATALOG);
                let again = again.map_err(|faults| {
                    TestCaseError::fail(format!(
                        "{question:?} reads {reading:?}: {}",
                        faults[0].message_en
                    ))
                })?;
                prop_assert_eq!(
                    serde_json::to_value(&again.plan).unwrap(),
                    serde_json::to_value(&compiled.plan).unwrap(),
                    "{:?} reads {:?}",
                    question,
                    reading
                );
            }
        }
        Err(faults) => {
            prop_assert!(!faults.is_empty());
            for fault in &faults {
                prop_assert!(codes().iter().any(|code| code.code == fault.code));
                prop_assert!(fault.span.end <= question.chars().count(), "{question:?}");
                for lang in [Lang::En, Lang::Zh] {
                    prop_assert!(!fault.message(lang).is_empty());
                    prop_assert!(diagnostic(fault, question, lang).contains(fault.code));
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_lie_side_by_side(question in any::<String>()) {
        check_words(&question)?;
    }

    #[test]
    fn words_of_the_language_lie_side_by_side(question in questions()) {
        check_words(&question)?;
    }

    #[test]
    fn anything_is_answered_or_refused(question in any::<String>()) {
        check_compile(&question)?;
    }

    #[test]
    fn words_of_the_language_are_answered_or_refused(question in questions()) {
        check_compile(&question)?;
    }
}

/// One of every Unicode plane's blocks, alone and within a question.
#[test]
fn every_kind_of_character() {
    for block in 0..0x1100_u32 {
        for within in [0, 0x41, 0xfe] {
            let Some(c) = char::from_u32(block * 0x100 + within) else {
                continue;
            };
            for question in [
                c.to_string(),
                format!("税收{c}超过3亿元的镇"),
                format!("towns {c}with tax"),
            ] {
                check_words(&question).unwrap();
                assert!(
                    compile(&question, &CATALOG).map_or_else(|faults| !faults.is_empty(), |_| true)
                );
            }
        }
    }
}

/// What was found by chance once, each time.
#[test]
fn questions_that_were_found() {
    // Two words of the grammar come of one that was said.
    for question in ["value共有多少", "number of tasks共有多少"] {
        check_words(question).unwrap();
        check_compile(question).unwrap();
    }
    for question in ["worded with“养老”", "用“以上”“约”表述的目标"] {
        check_words(question).unwrap();
        check_compile(question).unwrap();
    }
    for question in ["speaker计数", "税收计数", "各镇的税收，按税收降序，计数"]
    {
        assert!(compile(question, &CATALOG).is_ok(), "{question}");
        check_compile(question).unwrap();
    }
}
