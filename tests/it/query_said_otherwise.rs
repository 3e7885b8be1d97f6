//! What was asked of a day, of the last time, of two together: questions that were refused, each with near questions that
//! mean something else.

use zhenzhi::query::{Catalog, compile};

use crate::query_world::names;

/// Both are understood as one question.
fn same(catalog: &Catalog, said: &str, written: &str) {
    let reading = |question: &str| {
        let compiled = compile(question, catalog);
        let compiled = compiled.unwrap_or_else(|faults| panic!("{question}: {faults:?}"));
        compiled.reading.en
    };
    assert_eq!(reading(said), reading(written), "{said}");
}

fn refused(catalog: &Catalog, question: &str) {
    assert!(compile(question, catalog).is_err(), "{question}");
}

/// What must be done by a day is asked in many words; what was done by then is another question.
#[test]
fn what_is_to_be_done_by_a_day_has_that_deadline() {
    let catalog = names();
    for (said, written) in [
        (
            "what is Yangliuqing promising to finish before July 2024",
            "tasks of Yangliuqing with deadline before 2024-07-01",
        ),
        (
            "what will Yangliuqing finish by July 2024",
            "tasks of Yangliuqing with deadline by 2024-07-31",
        ),
        (
            "what must Yangliuqing do by the end of 2024",
            "tasks of Yangliuqing with deadline by 2024-12-31",
        ),
        (
            "杨柳青镇要在2024年6月底前完成的任务",
            "杨柳青镇期限不晚于2024-06-30的任务",
        ),
        (
            "杨柳青镇打算在2024年年底前完成哪些任务",
            "杨柳青镇期限不晚于2024-12-31的任务",
        ),
        (
            "杨柳青镇到2024年底要完成什么",
            "杨柳青镇期限不晚于2024-12-31的任务",
        ),
    ] {
        same(&catalog, said, written);
    }
    for question in [
        "what did Yangliuqing finish before July 2024",
        "杨柳青镇在2024年6月底前完成了哪些任务",
        "which towns must finish before July 2024",
    ] {
        refused(&catalog, question);
    }
}

/// The last mention is found as the first is; one of several, or one that is denied, is not taken for it.
#[test]
fn the_last_mention_is_that_of_the_latest_report() {
    let catalog = names();
    for (said, written) in [
        (
            "杨柳青镇最后一次提到“养老”是哪一年",
            "杨柳青镇最新的提到“养老”的报告",
        ),
        (
            "when did Yangliuqing last mention \"养老\"",
            "newest report of Yangliuqing mentioning \"养老\"",
        ),
        (
            "in which year did each town last mention \"养老\"",
            "towns mentioning \"养老\" by year, latest of each",
        ),
    ] {
        same(&catalog, said, written);
    }
    for question in [
        "杨柳青镇最后三次提到“养老”是哪一年",
        "杨柳青镇最后一次没有提到“养老”是哪一年",
        "when did Yangliuqing last not mention \"养老\"",
    ] {
        refused(&catalog, question);
    }
}

/// A Chinese word in brackets is what an English one means; other words in brackets are not passed over.
#[test]
fn a_word_in_brackets_says_the_one_before_it_once_more() {
    let catalog = names();
    for (said, written) in [
        (
            "what does Yangliuqing say about poverty (贫困)",
            "sentences of Yangliuqing mentioning \"贫困\"",
        ),
        (
            "what does Yangliuqing say about nests (鸟巢)",
            "sentences of Yangliuqing mentioning \"鸟巢\"",
        ),
        (
            "towns with tax (税收) over 1亿元",
            "towns with tax over 1亿元",
        ),
    ] {
        same(&catalog, said, written);
    }
    for question in [
        "tasks mentioning \"幼儿园\" (学校)",
        "towns with tax (固定资产投资) over 1亿元",
    ] {
        refused(&catalog, question);
    }
}

/// Two places that differ are put side by side; what both state is of each; 和 before a name is no part of another word.
#[test]
fn what_is_said_of_two_is_said_of_both() {
    let catalog = names();
    for (said, written) in [
        (
            "和精武镇比，杨柳青镇的税收差多少",
            "对比杨柳青镇和精武镇的税收",
        ),
        (
            "2023年杨柳青镇的税收与精武镇差多少",
            "对比杨柳青镇和精武镇2023年的税收",
        ),
        (
            "哪些镇都公布了税收和固定资产投资",
            "给出税收且给出固定资产投资的镇",
        ),
        (
            "Yangliuqing's targets for 2023 and whether they were kept",
            "targets of Yangliuqing in 2023 with result",
        ),
        ("哪些镇在存在问题里提到了“人才”", "所有镇的提到“人才”的问题"),
        ("tax of every town, with year", "tax of every town"),
        (
            "which figures of Jingwu are estimates, not final",
            "figures of Jingwu estimated",
        ),
        (
            "which report never uses the word \"困难\"",
            "reports not mentioning \"困难\"",
        ),
    ] {
        same(&catalog, said, written);
    }
    same(
        &catalog,
        "how many towns state tax by year",
        "给出税收的镇有多少，按年份",
    );
}
