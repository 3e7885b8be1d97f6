//! What is said of questions that cannot be answered, in both languages, and that the offers help.

use zhenzhi::query::{Lang, codes, compile};
use zhenzhi::render::{diagnostic, diagnostics_json};

use crate::query_world::names;

/// Questions with something wrong, and the code that says so.
const WRONG: &[(&str, &str)] = &[
    ("Q0101", "tax of Yangliuqing, investment of Jingwu"),
    ("Q0101", "税收超过30亿元）的镇"),
    ("Q0101", "towns tax and investment over 3亿元"),
    ("Q0101", "which towns are in Xiqing with tax)"),
    ("Q0101", "tax over 3亿元 towns, counties in Xiqing"),
    ("Q0102", "固投资超过30亿元的镇"),
    ("Q0102", "gdzctz超过30亿元的镇"),
    ("Q0102", "towns with invesment over 30亿元"),
    ("Q0102", "tax of Yangliuching"),
    ("Q0102", "柳青镇的税收"),
    ("Q0102", "市场主体超过100户的镇"),
    ("Q0102", "税收超过30亿元的镇，摆一摆"),
    ("Q0102", "无名镇的税收"),
    ("Q0102", "tax of Nowhere"),
    ("Q0102", "双港镇2023年的民生任务"),
    ("Q0118", "双港镇的税收排第几"),
    ("Q0118", "tax rank of Shuanggang among all towns"),
    ("Q0118", "keywords of all reports"),
    ("Q0118", "双港镇的冲突"),
    ("Q0118", "双港镇明年的目标"),
    ("Q0109", "双港镇"),
    (
        "Q0102",
        "towns with taxx over 3亿元 and invesment over 5亿元",
    ),
    ("Q0103", "税收增长30%的镇"),
    ("Q0103", "towns with tax growth 30%"),
    ("Q0104", "税收增长超过3亿元的镇"),
    ("Q0104", "towns with tax over 30%"),
    ("Q0104", "粮食播种面积超过3公里的镇"),
    ("Q0104", "towns with tax over grain area"),
    ("Q0105", "城关镇的税收"),
    ("Q0105", "tax of Chengguan"),
    ("Q0106", "税收增长超过30%"),
    ("Q0106", "tax growth over 30%"),
    ("Q0107", "增速超过30%的镇"),
    ("Q0107", "towns with growth over 30%"),
    ("Q0108", "tax of Xiqing"),
    ("Q0108", "西青区的税收"),
    ("Q0109", "towns with"),
    ("Q0109", "税收超过"),
    ("Q0109", "towns with tax over"),
    ("Q0111", "税收超过30的镇"),
    ("Q0111", "towns with tax over 3亿"),
    ("Q0111", "税收增长超过30的镇"),
    ("Q0112", "提到“养老的任务"),
    ("Q0113", "towns with tax over 3亿元 €"),
    (
        "Q0114",
        "towns with tax over 99999999999999999999999999999999999999999999元",
    ),
    ("Q0114", "1440年的固定资产投资"),
    ("Q0114", "tax of Shuanggang in 2150"),
    ("Q0115", "tasks with tax over 3亿元"),
    ("Q0115", "双港镇的固定资产投资变化"),
    ("Q0115", "towns in 2022 in 2023"),
    ("Q0116", ""),
    ("Q0117", "towns, top 5"),
    ("Q0130", "@stron"),
    ("Q0130", "@弱"),
    ("Q0134", "it, top 5"),
    ("Q0134", "上表，前5名"),
    ("Q0131", "towns with tax over $min"),
    ("Q0131", "@strong"),
    ("Q0132", "@loop, top 5"),
    ("Q0133", "sql \"SELECT 1\""),
    ("Q0115", "figures with speaker over 3"),
    ("Q0115", "towns with unit equal to \"亩\""),
    ("Q0115", "镇，只给出下限"),
    ("Q0115", "任务，按镇"),
    ("Q0115", "双港镇2022年税收占比"),
    ("Q0115", "share of tax of Shuanggang"),
    ("Q0115", "连续五年没有完成税收目标的镇"),
    (
        "Q0115",
        "towns that missed tax target for 5 consecutive years",
    ),
    ("Q0104", "增速超过3亿元的指标"),
    ("Q0104", "各镇的税收，折合亩"),
];

#[test]
fn golden_messages() {
    let catalog = names();
    let mut said = String::new();
    for (code, question) in WRONG {
        let faults = match compile(question, &catalog) {
            Ok(compiled) => panic!("{question} means {}", compiled.reading.en),
            Err(faults) => faults,
        };
        assert_eq!(faults[0].code, *code, "{question}: {faults:#?}");
        let lang = Lang::of(question);
        for fault in &faults {
            said.push_str(&diagnostic(fault, question, lang));
        }
        said.push('\n');
    }
    insta::assert_snapshot!(said);
}

#[test]
fn messages_in_the_other_language_and_as_json() {
    let catalog = names();
    let faults = compile("税收增长30%的镇", &catalog).expect_err("no comparator");
    insta::assert_snapshot!(format!(
        "{}\n{:#}",
        diagnostic(&faults[0], "税收增长30%的镇", Lang::En),
        diagnostics_json(&faults)
    ));
}

/// An offer is of use only where the question with it is better: it compiles, or has another fault further on.
#[test]
fn offers_help() {
    let catalog = names();
    let mut useless = Vec::new();
    for (_, question) in WRONG {
        let Err(faults) = compile(question, &catalog) else {
            continue;
        };
        let fault = &faults[0];
        for fix in &fault.fixes {
            let mended = fix.applied(question);
            if let Err(again) = compile(&mended, &catalog)
                && again.len() >= faults.len()
                && again[0].code == fault.code
                && again[0].span == fault.span
            {
                useless.push(format!("{question} → {mended}: {}", again[0].message_en));
            }
        }
    }
    assert!(useless.is_empty(), "{}", useless.join("\n"));
}

#[test]
fn offers_are_few_and_the_codes_registered() {
    let catalog = names();
    for (code, question) in WRONG {
        assert!(codes().iter().any(|known| known.code == *code));
        for fault in compile(question, &catalog).expect_err("wrong") {
            assert!(fault.fixes.len() <= 5, "{question}");
            assert!(!fault.message_en.is_empty() && !fault.message_zh.is_empty());
            assert!(fault.span.end <= question.chars().count(), "{question}");
        }
    }
    let tried: std::collections::BTreeSet<&str> = WRONG.iter().map(|(code, _)| *code).collect();
    let untried: Vec<&str> = codes()
        .iter()
        .map(|code| code.code)
        .filter(|code| !tried.contains(code))
        .collect();
    assert_eq!(
        untried,
        ["Q0110"],
        "each code has a question that triggers it; Q0110 has its own test"
    );
}

#[test]
fn independent_faults_are_all_reported() {
    let catalog = names();
    let faults = compile("税收超过30的镇，显示固投资", &catalog).expect_err("two faults");
    assert_eq!(
        faults.len(),
        1,
        "an unknown name stops before units are looked at"
    );
    let faults = compile("税收超过30且固定资产投资超过5%的镇", &catalog).expect_err("two faults");
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["Q0111", "Q0104"]);
}

/// Questions that are refused, and what is offered first: what keeps most of them, with what it leaves out.
const REFUSED: &[(&str, &str)] = &[
    (
        "杨柳青镇的税收一共有多少张",
        "杨柳青镇的税收收入（未含“张”）",
    ),
    ("双港镇的税收占全国税收多少", "双港镇的税收"),
    (
        "孙岗镇10月底以前的税收",
        "孙岗镇的关于税收的不是全年的指标（未含“以前”、“10月底”）",
    ),
    (
        "精武镇税收不是18亿元吗",
        "精武镇的税收收入（未含“不是18亿元”）",
    ),
    (
        "各镇税收，但不要精武镇",
        "各镇的税收收入（未含“不要精武镇”）",
    ),
    (
        "双港镇2022年的税收和固定资产投资，增速分别是多少，为什么下降",
        "在2022年，双港镇的税收收入、固定资产投资（未含“增速分别是多少，为什么下降”）",
    ),
    (
        "杨柳青镇的税收比北仓镇多多少亿，多百分之几",
        "对比杨柳青镇和北仓镇的税收收入（未含“多多少亿，多”）",
    ),
    (
        "精武镇明年能不能完成税收目标",
        "精武镇的税收收入目标，附完成情况（未含“明年能不能”）",
    ),
    ("双港镇去年收了多少税收", "双港镇2023年收了多少税收"),
    (
        "Yangliuqing's tax and why it grew",
        "tax revenue of Yangliuqing (leaves out “why it grew”)",
    ),
    (
        "tax of Jingwu excluding building tax",
        "tax revenue of Jingwu (leaves out “excluding building tax”)",
    ),
    (
        "Why did investment fall in Shuanggang?",
        "sentences of Shuanggang mentioning \"投资\" (leaves out “fall”)",
    ),
    (
        "What will Jingwu's tax be in 2025?",
        "tax target of Jingwu in 2025",
    ),
    (
        "share of Jingwu's tax in national tax",
        "tax revenue of Jingwu (leaves out “national tax”)",
    ),
    (
        "households relocated in Yangliuqing",
        "figures of Yangliuqing (leaves out “households relocated”)",
    ),
    (
        "tax of Jingwu and Beicang, which grew faster?",
        "tax revenue of Jingwu and Beicang (leaves out “grew faster”)",
    ),
];

#[test]
fn what_keeps_most_of_a_question_is_offered_first() {
    let catalog = names();
    let offered = |question: &str| {
        let faults = compile(question, &catalog).expect_err(question);
        let fix = faults[0].fixes.first().cloned();
        fix.map_or(String::new(), |fix| match Lang::of(question) {
            Lang::Zh if !fix.note_zh.is_empty() => {
                format!("{}（{}）", fix.applied(question), fix.note_zh)
            }
            Lang::En if !fix.note_en.is_empty() => {
                format!("{} ({})", fix.applied(question), fix.note_en)
            }
            _ => fix.applied(question),
        })
    };
    let wrong: Vec<String> = REFUSED
        .iter()
        .map(|(question, expected)| (question, expected, offered(question)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(question, expected, found)| {
            format!("{question}\n  wanted {expected}\n  found  {found}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What stands for a whole question is one; and where the question denies a name, no offer asserts it.
#[test]
fn offers_are_questions_and_deny_what_is_denied() {
    let catalog = names();
    let denied = [
        ("各镇税收，但不要精武镇", "精武镇"),
        (
            "towns whose tax was exceeded a lot but not Jingwu",
            "Jingwu",
        ),
        ("哪些镇的目标用“左右”而不是“以上”", "以上"),
        ("towns that neither mention job fairs nor state tax", "tax"),
        ("没有写“养老”也没有写“消防”的镇啊啊", "消防"),
        (
            "Which towns did not set a tax target for the umpteenth year?",
            "tax",
        ),
        ("各报告没写日期的镇啊啊", "日期"),
    ];
    let refused = REFUSED.iter().map(|(question, _)| *question);
    let denying = denied.iter().map(|(question, _)| *question);
    for question in refused.chain(denying) {
        let faults = compile(question, &catalog).expect_err(question);
        for fix in faults.iter().flat_map(|fault| &fault.fixes) {
            let whole = fix.span.start == 0 && fix.span.end == question.chars().count();
            let offer = fix.applied(question);
            assert!(
                !whole || compile(&offer, &catalog).is_ok(),
                "{question} → {offer}"
            );
            let name = denied.iter().find(|(denying, _)| *denying == question);
            if let Some((_, name)) = name.filter(|_| whole) {
                let keeps = offer.contains(name);
                let says_so = [
                    "除", "未", "没有", "缺少", "not", "without", "missing", "except",
                ]
                .iter()
                .any(|word| offer.contains(word));
                assert!(!keeps || says_so, "{question} → {offer}");
            }
        }
    }
}
