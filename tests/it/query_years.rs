//! Figures of several years beside each other, places in what they lie in, and questions that go on from another; each
//! with what it is not.

use zhenzhi::query::compile;

use crate::query_world::{World, asked, lines, names, world};

fn refused(world: &World, question: &str) -> (&'static str, Vec<String>) {
    let faults = compile(question, &world.catalog).expect_err(question);
    let fixes = faults[0].fixes.iter().map(|fix| fix.applied(question));
    (faults[0].code, fixes.collect())
}

#[test]
fn growth_a_year_is_worked_out_of_the_first_value_and_the_last() {
    let world = world();
    let question = "河湾镇2022年到2023年税收年均增长多少";
    let answer = world.ask(question);
    let cell = answer.rows[0].cells.last().unwrap();
    let rate = answer
        .columns
        .iter()
        .position(|column| column.derived)
        .map(|at| answer.rows[0].cells[at].value.number().unwrap());
    // 14 of 10.48 after one year.
    assert!((rate.unwrap() - 33.5877).abs() < 1e-3, "{cell:?}");
    assert!(answer.notes.iter().any(|note| note.code == "annual-growth"));
    let both = [
        "towns with tax average annual growth over 30% from 2022 to 2023",
        "2022年到2023年税收年均增速超过30%的镇",
    ];
    asked(&world, both, &["河湾镇"]);
    let none = [
        "towns with tax CAGR over 34% from 2022 to 2023",
        "2022年到2023年税收年均增速超过34%的镇",
    ];
    asked(&world, none, &[]);
    for question in [
        "河湾镇税收年均增速",
        "各镇2022年到2023年燃气改造完成率年均增速",
        "各镇2022年到2023年税收年均增速平均值",
    ] {
        assert_eq!(refused(&world, question).0, "Q0115", "{question}");
    }
}

#[test]
fn a_share_is_of_what_the_place_lies_in() {
    let world = world();
    asked(
        &world,
        [
            "compare 云溪乡 and 青禾县 on tax in 2023, share",
            "2023年云溪乡税收占青禾县的比重",
        ],
        &["tax revenue,元,90000000,9900000000,0.91", "growth,%,30,50,"],
    );
    let answer = world.ask("云溪乡税收占青禾县的比重");
    let last = answer.rows[0].cells.last().unwrap();
    assert_eq!(last.value.number(), Some(0.91));
    // Growths have no share, and where all years are asked for, only those that have one are shown.
    assert_eq!(answer.rows.len(), 1);
    assert_eq!(refused(&world, "云溪乡税收占河湾镇的比重").0, "Q0115");
}

#[test]
fn a_growth_that_slows_is_below_that_of_the_year_before() {
    let world = world();
    let faster = [
        "towns with accelerating 2023 tax growth",
        "2023年税收增速加快的镇",
    ];
    asked(&world, faster, &["河湾镇"]);
    let slower = [
        "towns with slowing 2023 tax growth",
        "2023年税收增速放缓的镇",
    ];
    asked(&world, slower, &[]);
    // 33.5 after 4.
    let by = |points: u32| format!("2023年税收增速上升超过{points}个百分点的镇");
    assert_eq!(lines(&world.ask(&by(29))).len(), 1);
    assert_eq!(lines(&world.ask(&by(30))).len(), 0);
    let (code, offers) = refused(&world, "税收增速放缓的镇");
    assert_eq!(
        (code, offers[0].as_str()),
        ("Q0115", "2023年税收增速放缓的镇")
    );
    // What is below nothing fell, in whatever year.
    let fell = [
        "towns with negative investment growth",
        "固定资产投资增速为负的镇",
    ];
    asked(&world, fell, &["松岭镇"]);
    let plan = |question: &str| world.compile(question).plan;
    assert_eq!(plan(fell[1]), plan("固定资产投资下降的镇"));
    // In a row each year is compared with its own before.
    let streak = world.compile("税收增速连续两年放缓的镇").reading.zh;
    assert_eq!(
        streak,
        "2022年税收收入增速低于2021年税收收入增速且2023年税收收入增速低于2022年税收收入增速的镇"
    );
    let named = world.compile("2022年税收连续两年增长的镇").reading.zh;
    assert_eq!(
        named,
        "2021年税收收入上升且2022年税收收入上升的镇，在2022年"
    );
}

#[test]
fn multiples_are_ratios() {
    let world = world();
    asked(
        &world,
        [
            "towns with 2023 tax / 2022 tax over 1.3",
            "2023年税收超过2022年的1.3倍的镇",
        ],
        &["河湾镇"],
    );
    let double = world.compile("2023年税收超过2022年两倍的镇");
    assert_eq!(
        double.plan,
        world.compile("towns with 2023 tax / 2022 tax over 2").plan
    );
}

#[test]
fn numbers_in_words_are_numbers() {
    let catalog = names();
    let plan = |question: &str| {
        compile(question, &catalog)
            .map(|compiled| compiled.plan)
            .ok()
    };
    for (said, written) in [
        ("税收增速超过百分之五点五的镇", "税收增速超过5.5%的镇"),
        ("税收增速超过百分之十二的镇", "税收增速超过12%的镇"),
        (
            "2023年税收增速下降超过2个点的镇",
            "2023年税收增速下降超过2个百分点的镇",
        ),
        // In percent a target can only be of the growth; an amount is still of the value.
        ("税收目标超过6%的镇", "税收目标增速超过6%的镇"),
        ("税收目标超过6亿元的镇", "税收目标大于6亿元的镇"),
        // The year that each is compared with stays.
        (
            "2021年税收连续两年高于2019年税收的镇",
            "2021年2020年税收超过2019年税收且2021年税收超过2019年税收的镇",
        ),
        ("提到加快的任务", "提到“加快”的任务"),
        ("提到加快建设的任务", "提到“加快建设”的任务"),
        ("2023年2月以前的报告", "会议日期早于2023-02-01的报告"),
        ("2023年6月底前完成的任务", "期限不晚于2023-06-30的任务"),
        (
            "Yangliuqing tax in 100 million yuan",
            "Yangliuqing tax as 亿元",
        ),
    ] {
        let (said, written) = (plan(said), plan(written));
        assert!(said.is_some());
        let scaled = |plan: Option<zhenzhi::query::plan::Plan>| {
            let mut plan = plan?;
            // Written as it was asked for.
            if let Some(scaled) = &mut plan.view.scaled {
                scaled.word.clear();
            }
            Some(plan)
        };
        assert_eq!(scaled(said), scaled(written));
    }
}

/// `with a deadline` is said back as it can be asked.
#[test]
fn a_count_of_tasks_with_a_deadline_reads_back() {
    let catalog = names();
    let asked = compile("number of tasks with a deadline", &catalog).unwrap();
    for reading in [&asked.reading.en, &asked.reading.zh] {
        assert_eq!(compile(reading, &catalog).unwrap().plan, asked.plan);
    }
    let towns = compile("how many towns with tax over 3亿元", &catalog).unwrap();
    assert!(towns.reading.en.starts_with("how many towns have tax"));
}

/// 有哪些 asks for things where the figure is their number, and for the figure where it is an amount.
#[test]
fn what_there_is_of_a_thing_is_said_in_sentences() {
    let catalog = names();
    let reads = |question: &str| compile(question, &catalog).unwrap().reading.zh;
    assert_eq!(
        reads("杨柳青镇新增就业有哪些"),
        "杨柳青镇的提到“新增就业”的句子"
    );
    assert_eq!(reads("杨柳青镇新增就业多少"), "杨柳青镇的新增就业");
    assert_eq!(reads("杨柳青镇税收有哪些"), "杨柳青镇的税收收入");
    assert_eq!(reads("跟养老有关的任务"), reads("提到“养老”的任务"));
}

#[test]
fn a_question_goes_on_from_the_last() {
    let mut catalog = names();
    let faults = compile("那2019年呢", &catalog).expect_err("nothing was asked");
    assert_eq!(faults[0].code, "Q0134");
    let mut last = |question: &str| {
        let compiled = compile(question, &catalog).expect(question);
        let reading = compiled.reading.in_lang(compiled.lang).to_owned();
        catalog.remember(reading.clone());
        reading
    };
    for (question, reading) in [
        ("杨柳青镇2023年税收", "在2023年，杨柳青镇的税收收入"),
        ("那2022年呢", "在2022年，杨柳青镇的税收收入"),
        ("精武镇呢", "在2022年，精武镇的税收收入"),
        ("那它的增速呢？", "在2022年，精武镇的税收收入增速"),
        ("固投呢", "在2022年，精武镇的固定资产投资增速"),
        (
            "2019到2020年呢",
            "在2019年到2020年，精武镇的固定资产投资增速",
        ),
        ("2023年税收最高的镇", "在2023年，税收收入最高的镇"),
        ("那最低的呢", "在2023年，税收收入最低的镇"),
        (
            "tax of Yangliuqing in 2023",
            "tax revenue of Yangliuqing in 2023",
        ),
        ("what about Jingwu?", "tax revenue of Jingwu in 2023"),
        ("and in 2019?", "tax revenue of Jingwu in 2019"),
        (
            "and from 2019 to 2023?",
            "tax revenue of Jingwu from 2019 to 2023",
        ),
        // A whole question is asked as it is.
        ("精武镇2022年的税收呢", "在2022年，精武镇的税收收入"),
    ] {
        assert_eq!(last(question), reading, "{question}");
    }
}

/// What goes on from the last question, each as the last reading and what it comes to or its code.
#[test]
fn a_part_takes_one_place_or_is_refused() {
    let said = |last: &str, part: &str| {
        let mut catalog = names();
        let compiled = compile(last, &catalog).expect(last);
        let reading = compiled.reading.in_lang(compiled.lang).to_owned();
        catalog.remember(reading);
        match compile(part, &catalog) {
            Ok(compiled) => compiled.reading.in_lang(compiled.lang).to_owned(),
            Err(faults) => faults[0].code.to_owned(),
        }
    };
    for (last, part, expected) in [
        // A place stands for all of its kind, and for where they lie.
        (
            "海南省各市2023年税收",
            "那海口呢",
            "在2023年，海口市的税收收入",
        ),
        ("各省2023年税收", "海口呢", "在2023年，海口市的税收收入"),
        (
            "各镇2023年税收",
            "西青区呢",
            "在西青区，在2023年，各镇的税收收入",
        ),
        (
            "tax of all cities in Hainan in 2023",
            "what about Haikou?",
            "tax revenue of Haikou in 2023",
        ),
        (
            "tax of all provinces in 2023",
            "what about Haikou?",
            "tax revenue of Haikou in 2023",
        ),
        // No city is another with the most of it.
        ("2023年税收最高的市", "海口呢", "Q0134"),
        (
            "city with highest tax in 2023",
            "what about Haikou?",
            "Q0134",
        ),
        ("海南省2023年税收超过1亿元的市", "海口呢", "Q0134"),
        // The year before that of the last question, and nothing worked out.
        (
            "杨柳青镇2023年税收",
            "那上年呢",
            "在2022年，杨柳青镇的税收收入",
        ),
        ("杨柳青镇税收", "那上年呢", "Q0134"),
        ("杨柳青镇2022年到2023年税收", "那上年呢", "Q0134"),
        // Beside what a place is then set is not said.
        (
            "compare 杨柳青镇 and 精武镇 on tax in 2023",
            "and 双港镇?",
            "Q0134",
        ),
        // The lowest, and not the second lowest.
        (
            "towns with the second highest tax in 2023",
            "and the lowest?",
            "towns in 2023 with the lowest tax revenue",
        ),
        // No end of an order stands in it.
        ("杨柳青镇2023年税收", "最低的呢", "Q0134"),
    ] {
        assert_eq!(said(last, part), expected, "{last}, {part}");
    }
    // Two of a kind would take one place: they are refused, and nothing is dropped.
    for (last, part) in [
        ("杨柳青镇2023年税收", "那固投新增就业呢"),
        ("杨柳青镇2023年税收", "那税收固投呢"),
        ("tax of Yangliuqing in 2023", "what about investment tax?"),
    ] {
        assert!(
            said(last, part).starts_with('Q'),
            "{last}, {part}: {}",
            said(last, part)
        );
    }
}

/// What is a rate is no part of another.
#[test]
fn a_rate_has_no_share_of_that_of_the_whole() {
    let world = world();
    let amount = world.compile("2023年云溪乡税收占青禾县的比重");
    assert!(amount.plan.view.share);
    for question in [
        "2023年云溪乡燃气改造完成率占青禾县的比重",
        "2023年云溪乡税收增速占青禾县的比重",
    ] {
        let (code, offers) = refused(&world, question);
        assert_eq!(code, "Q0115", "{question}");
        assert!(!world.compile(&offers[0]).plan.view.share, "{offers:?}");
    }
}

#[test]
fn numbers_in_words_are_whole_and_fractions_are_of_figures() {
    let catalog = names();
    let plan = |question: &str| compile(question, &catalog).unwrap().plan;
    for (words, figures) in [
        ("百分之五点二五", "5.25%"),
        ("百分之五点零五", "5.05%"),
        ("百分之十二点五", "12.5%"),
        ("百分之五", "5%"),
    ] {
        let of = |amount: &str| plan(&format!("税收增长超过{amount}的镇"));
        assert_eq!(of(words), of(figures), "{words}");
    }
    for question in ["half of towns", "half the towns", "double-digit tax growth"] {
        let faults = compile(question, &catalog).expect_err(question);
        let offers = faults.iter().flat_map(|fault| &fault.fixes);
        let mut offers = offers.map(|fix| fix.applied(question));
        assert!(
            !offers.any(|offer| offer.contains("0.5") || offer.contains("times")),
            "{question}: {faults:?}"
        );
    }
    assert_eq!(
        plan("towns with tax more than half of investment"),
        plan("towns with tax / investment over 0.5"),
    );
}

/// 和 joins two names, and opens what tasks are about where it does not.
#[test]
fn what_tasks_are_about_is_opened_once() {
    let catalog = names();
    let reads = |question: &str| compile(question, &catalog).map(|compiled| compiled.reading.zh);
    assert_eq!(
        reads("杨柳青镇和精武镇与养老有关的任务"),
        reads("杨柳青镇和精武镇的关于养老的任务"),
    );
    assert!(reads("杨柳青镇和精武镇与养老有关的任务").is_ok());
    assert_eq!(reads("和养老有关的任务"), reads("关于养老的任务"));
    assert_eq!(
        reads("养老和医疗有关的任务"),
        reads("提到“养老”或提到“医疗”的任务")
    );
}

#[test]
fn a_decade_is_ten_years() {
    let world = world();
    for (said, written) in [
        (
            "tax of 河湾镇 in the 2010s",
            "tax of 河湾镇 from 2010 to 2019",
        ),
        ("河湾镇2010年代的税收", "2010年到2019年河湾镇的税收"),
    ] {
        let plan = world.compile(written).plan;
        assert_eq!(world.compile(said).plan, plan, "{said}");
    }
    assert!(compile("tax of 河湾镇 in the 2015s", &world.catalog).is_err());
}
