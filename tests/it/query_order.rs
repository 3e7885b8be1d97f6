//! Questions whose parts stand in any order have the meaning of those in the grammar's, or none.

use zhenzhi::query::{Catalog, compile};

use crate::query_world::names;

/// The question in the order of the manual, and its parts.
const QUESTIONS: &[(&str, &[&str])] = &[
    (
        "towns in Tianjin with tax over 10亿元 in 2023",
        &["towns", "with tax over 10亿元", "in 2023", "in Tianjin"],
    ),
    (
        "total tax of all towns outside Tianjin in 2023",
        &["total tax", "of all towns", "except Tianjin", "in 2023"],
    ),
    (
        "towns with investment between 1 and 3 billion yuan and falling tax in 2023",
        &[
            "towns",
            "with investment between 1 and 3 billion yuan and falling tax",
            "in 2023",
        ],
    ),
    (
        "tasks of Yangliuqing in 2023 mentioning \"养老\"",
        &["tasks", "of Yangliuqing", "mentioning \"养老\"", "in 2023"],
    ),
    (
        "tax, investment of all towns in 2023 except Tianjin, top 5",
        &[
            "tax and investment",
            "of all towns",
            "in 2023",
            "except Tianjin",
            "top 5",
        ],
    ),
    (
        "tax target of Yangliuqing in 2023 with result",
        &["tax target", "of Yangliuqing", "in 2023", "with result"],
    ),
    (
        "towns in Tianjin with the highest tax in 2023",
        &["towns", "in Tianjin", "with the highest tax", "in 2023"],
    ),
    (
        "towns in Tianjin that missed tax target in 2023",
        &["towns", "in Tianjin", "that missed tax target", "in 2023"],
    ),
    (
        "towns in Tianjin stating tax and stating investment in 2023",
        &[
            "towns",
            "in Tianjin",
            "stating both tax and investment",
            "in 2023",
        ],
    ),
    (
        "how many towns in Tianjin with tax growth over 5% in 2023",
        &[
            "how many towns",
            "in Tianjin",
            "with over 5% tax growth",
            "in 2023",
        ],
    ),
    (
        "2023年天津市税收最高的镇",
        &["2023年", "在天津市", "税收最高的镇"],
    ),
    (
        "2023年“养老”出现频率，各镇",
        &["2023年", "各镇", "“养老”出现频率"],
    ),
    (
        "2023年税收最高或税收最低的镇",
        &["2023年", "税收最高和最低的镇"],
    ),
    (
        "2023年天津市税收超过10亿元的镇",
        &["税收超过10亿元的镇", "2023年", "在天津市"],
    ),
    (
        "2023年，除天津市外，各镇的合计税收",
        &["各镇", "2023年", "税收合计", "除天津以外"],
    ),
    (
        "2023年杨柳青镇提到“养老”的任务",
        &["杨柳青镇", "2023年", "提到“养老”的", "任务"],
    ),
    (
        "2023年各镇的税收、固定资产投资，前5名",
        &["各镇", "2023年", "税收、固定资产投资", "前5名"],
    ),
];

fn orders(parts: &[&str]) -> Vec<Vec<String>> {
    if parts.len() <= 1 {
        return vec![parts.iter().map(|part| (*part).to_owned()).collect()];
    }
    let mut all = Vec::new();
    for at in 0..parts.len() {
        let mut rest = parts.to_vec();
        let first = rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, first.to_owned());
            all.push(order);
        }
    }
    all
}

/// How many orders have the meaning of the first question, and how many are refused; the others are `wrong`.
fn tried(
    catalog: &Catalog,
    question: &str,
    parts: &[&str],
    wrong: &mut Vec<String>,
) -> (usize, usize) {
    let meant =
        compile(question, catalog).unwrap_or_else(|faults| panic!("{question}: {faults:?}"));
    let joint = if question.is_ascii() || question.starts_with(|c: char| c.is_ascii_alphabetic()) {
        [" ", ", "]
    } else {
        ["", "，"]
    };
    let (mut same, mut refused) = (0, 0);
    for order in orders(parts) {
        for joint in joint {
            let asked = order.join(joint);
            match compile(&asked, catalog) {
                Ok(compiled) if compiled.plan == meant.plan => same += 1,
                Ok(compiled) => wrong.push(format!(
                    "{asked}\n  {}\n  {}",
                    compiled.reading.en, meant.reading.en
                )),
                Err(_) => {
                    println!("refused: {asked}");
                    refused += 1;
                }
            }
        }
    }
    (same, refused)
}

/// What belongs to what is said by the order alone.
#[test]
fn what_goes_together_in_two_ways_is_refused() {
    let catalog = names();
    for question in [
        "tax of Yangliuqing, investment of Jingwu",
        "杨柳青镇的税收，精武镇的固定资产投资",
        "tax in 2023 of Yangliuqing, in 2022 of Jingwu",
        "towns with tax and investment over 10亿元",
        "by how much did tax of towns grow on average",
        "towns, tax 10亿元, in 2023",
        "over 10亿元 towns with tax and investment",
        "tasks with tax over 10亿元 of towns",
        "which towns tax 2023",
        "targets, tasks of Yangliuqing in 2023",
        "towns counties with tax over 10亿元",
        "total average tax of towns",
        "not in 2023 tax of Yangliuqing",
    ] {
        if let Ok(compiled) = compile(question, &catalog) {
            panic!("{question} is read as {}", compiled.reading.en);
        }
    }
}

#[test]
fn parts_in_any_order_mean_the_same_or_nothing() {
    let catalog = names();
    let mut wrong = Vec::new();
    let (mut same, mut refused) = (0, 0);
    for (question, parts) in QUESTIONS {
        let (s, r) = tried(&catalog, question, parts, &mut wrong);
        println!("{s} {r} {question}");
        same += s;
        refused += r;
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        refused == 0 && same > 700,
        "{same} answered, {refused} refused"
    );
}
