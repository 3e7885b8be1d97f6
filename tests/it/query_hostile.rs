//! Whatever is typed is answered or refused: no panic, and no more time than its length deserves.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use zhenzhi::query::{Catalog, Lang, compile};
use zhenzhi::render::diagnostic;

use crate::query_world::names;

fn survive(question: &str) -> Duration {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(names);
    let catalog = &*CATALOG;
    let started = Instant::now();
    if let Err(faults) = compile(question, catalog) {
        assert!(!faults.is_empty());
        for fault in faults.iter().take(3) {
            let _ = diagnostic(fault, question, Lang::En);
            let _ = diagnostic(fault, question, Lang::Zh);
        }
    }
    started.elapsed()
}

#[test]
fn every_prefix_of_the_pairs() {
    for line in include_str!("query_pairs.tsv").lines() {
        for question in line.split('\t') {
            let chars: Vec<char> = question.chars().collect();
            for at in 0..=chars.len() {
                survive(&chars[..at].iter().collect::<String>());
            }
        }
    }
}

/// Every third prefix of the questions that people ask: they are many.
#[test]
fn prefixes_of_the_questions() {
    for line in include_str!("questions.tsv").lines() {
        for question in line.split('\t').skip(1).take(2) {
            let chars: Vec<char> = question.chars().collect();
            for at in (0..=chars.len()).step_by(3) {
                survive(&chars[..at].iter().collect::<String>());
            }
        }
    }
}

#[test]
fn ten_thousand_brackets() {
    for bracket in ["(", "（", ")", "「", "“"] {
        survive(&bracket.repeat(10_000));
        survive(&format!(
            "towns with {}tax over 3亿元",
            bracket.repeat(10_000)
        ));
    }
    let deep = format!(
        "towns with {}tax over 3亿元{}",
        "(".repeat(40),
        ")".repeat(40)
    );
    let faults = compile(&deep, &names()).expect_err("too deep");
    assert_eq!(faults[0].code, "Q0110");
}

#[test]
fn noise() {
    // A small generator of its own, so that a failure comes back.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let pieces = [
        "税收",
        "的",
        "镇",
        "超过",
        "30%",
        "3亿元",
        " ",
        "，",
        "towns",
        "with",
        "tax",
        "over",
        "2023年",
        "2023",
        "(",
        ")",
        "and",
        "按",
        "前5名",
        "增长",
        "目标",
        "杨柳青镇",
        "in",
        "of",
        "“养老”",
        "最高",
        "-",
        "/",
        "各",
        "有多少",
        "指标",
        "增速",
        "@strong",
        "$min",
        "as",
        "万元",
        "只给出下限",
        "姓",
        "除",
        "外",
        "关于",
        "显示",
        "sql",
        "define",
    ];
    for _ in 0..3_000 {
        let length = next() % 12;
        let question: String = (0..length)
            .map(|_| pieces[(next() % pieces.len() as u64) as usize])
            .collect();
        survive(&question);
    }
    for _ in 0..2_000 {
        let length = next() % 40;
        let bytes: Vec<u8> = (0..length).map(|_| (next() % 256) as u8).collect();
        survive(&String::from_utf8_lossy(&bytes));
        let chars: String = (0..length)
            .filter_map(|_| char::from_u32((next() % 0x30_000) as u32))
            .collect();
        survive(&chars);
    }
}

#[test]
fn time_grows_with_length_and_no_faster() {
    let of = |times: usize| {
        let condition = "tax over 3亿元 and ".repeat(times);
        let unknown = "未知词语".repeat(times);
        let digits = "9".repeat(times * 10);
        let dashes = "-".repeat(times * 10);
        [
            format!("towns with {condition}tax over 3亿元"),
            unknown,
            digits,
            dashes,
            "税收，".repeat(times),
            "a".repeat(times * 10),
            "tax ".repeat(times * 3),
        ]
        .map(|question| survive(&question).min(survive(&question)))
    };
    let (short, long) = (of(250), of(2_000));
    for (at, (short, long)) in short.iter().zip(&long).enumerate() {
        // Eight times the length; twenty-four allows for a noisy machine, and squares would give sixty-four.
        let allowed = *short * 24 + Duration::from_millis(60);
        assert!(*long < allowed, "{at}: {short:?} grew to {long:?}");
    }
}
