//! Questions that were refused or mistaken once, a class of them a test; and what is offered where one is refused.

use zhenzhi::query::compile;
use zhenzhi::render::json;
use zhenzhi::store::Store;

use crate::query_asked::{read, reads};
use crate::query_world::names;
use crate::workshop::put;

#[test]
fn a_few_years_are_the_last_five() {
    reads(&[
        (
            "杨柳青镇近几年的税收",
            "在2019年到2023年，杨柳青镇的税收收入",
        ),
        (
            "tax of Yangliuqing in recent years",
            "tax revenue of Yangliuqing from 2019 to 2023",
        ),
        // All years are said otherwise.
        ("杨柳青镇历年的税收", "杨柳青镇的税收收入，按年份"),
    ]);
}

#[test]
fn a_month_or_a_day_of_no_year_is_one_of_any() {
    reads(&[
        ("7月前完成的任务有哪些", "期限不晚于6月30日的任务"),
        ("6月底前要完成的任务", "期限不晚于6月30日的任务"),
        ("期限早于7月1日的任务", "期限早于7月1日的任务"),
        ("tasks due before July", "tasks with deadline before July 1"),
        (
            "tasks due by the end of June 2024",
            "tasks with deadline by 2024-06-30",
        ),
        ("期限早于13月1日的任务", "Q0102"),
        ("期限早于2月30日的任务", "Q0102"),
    ]);
}

#[test]
fn topics_stand_before_what_speaks_of_them() {
    reads(&[
        ("养老和医疗有关的任务", "提到“养老”或提到“医疗”的任务"),
        ("与养老和医疗有关的任务", "提到“养老”或提到“医疗”的任务"),
        ("杨柳青镇养老方面的任务", "杨柳青镇的提到“养老”的任务"),
        ("养老相关任务", "提到“养老”的任务"),
        // A figure's name is a topic of tasks, and a place is none.
        ("就业领域的任务", "提到“就业”的任务"),
        ("杨柳青镇有关的任务", "Q0101"),
    ]);
}

#[test]
fn who_plans_something_has_tasks_of_it() {
    reads(&[
        ("哪些镇计划建幼儿园", "所有镇的提到“幼儿园”的任务"),
        ("计划新建幼儿园的镇", "所有镇的提到“幼儿园”的任务"),
        (
            "which towns promised to build kindergartens",
            "tasks of all towns mentioning \"幼儿园\"",
        ),
        (
            "tasks about kindergartens in Jingwu",
            "tasks of Jingwu mentioning \"幼儿园\"",
        ),
    ]);
}

#[test]
fn every_year_that_is_named_is_a_year_in_a_row() {
    let in_a_row = compile(
        "towns with tax growth over 5% for 3 consecutive years in 2023",
        &names(),
    );
    let each = compile(
        "towns with tax growth over 5% every year from 2021 to 2023",
        &names(),
    );
    assert_eq!(
        each.expect("years that are named").plan,
        in_a_row.expect("years in a row").plan
    );
    reads(&[
        // Of all years that there may be it is refused, where it would be taken for any of them.
        ("towns with tax growth over 5% every year", "Q0118"),
        ("哪些镇每年税收增速都超过5%", "Q0118"),
        (
            "tax of Yangliuqing every year",
            "tax revenue of Yangliuqing by year",
        ),
    ]);
}

#[test]
fn what_is_missing_for_years_is_missing_in_each() {
    let missing = "（2022年报告数不低于1个且缺少2022年税收收入）且（2023年报告数不低于1个且缺少2023年税收收入）的镇";
    reads(&[
        ("哪些镇连续两年没说税收", missing),
        ("连续两年没有公布税收的镇", missing),
        (
            "towns that did not state tax for two consecutive years",
            "towns with (2022 number of reports at least 1 items and missing 2022 tax revenue) and (2023 number of reports at least 1 items and missing 2023 tax revenue)",
        ),
    ]);
}

/// The year before is that of each row, not of the last year that is named.
#[test]
fn a_growth_slows_in_each_of_several_years() {
    reads(&[
        (
            "哪些年份杨柳青镇税收增速放缓",
            "杨柳青镇的税收收入增速低于上年的地方，按年份",
        ),
        (
            "in which years did Yangliuqing's tax growth slow",
            "places of Yangliuqing with tax revenue growth under last year by year",
        ),
        (
            "towns whose tax growth slowed from 2020 to 2023",
            "towns from 2020 to 2023 with tax revenue growth under last year",
        ),
        ("税收增速放缓的镇", "Q0115"),
    ]);
}

#[test]
fn each_row_has_the_growth_of_its_own_year_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("m.db")).unwrap();
    for (year, growth) in [(2019, 8), (2020, 5), (2021, 9), (2022, 6)] {
        put(
            &store,
            &format!("浅湾镇-{year}.txt"),
            &format!(
                "浅湾镇政府工作报告\n——{next}年1月9日在浅湾镇第十八届人民代表大会第三次会议上\n\n各位代表：\n现在，我代表镇人民政府作工作报告。\n\
                 一、{year}年工作回顾\n{year}年，完成税收收入3.1亿元，同比增长{growth}%。\n二、{next}年工作安排\n改造老菜场。\n",
                next = year + 1
            ),
        );
    }
    let years = |question: &str| -> Vec<i64> {
        let answer = zhenzhi::ask::ask(&store, question)
            .unwrap_or_else(|error| panic!("{question}: {error:?}"));
        let json = json(&answer);
        let rows = json["rows"].as_array().expect("rows").iter();
        rows.map(|row| row["year"].as_i64().expect("a year"))
            .collect()
    };
    assert_eq!(years("哪些年份浅湾镇税收增速放缓"), [2020, 2022]);
    assert_eq!(years("哪些年份浅湾镇税收增速加快"), [2021]);
    // The first year of those asked about has a year before it too.
    assert_eq!(years("浅湾镇2022年到2023年税收增速放缓的年份"), [2022]);
}

#[test]
fn last_year_is_the_asker_s_before_a_figure() {
    reads(&[
        ("杨柳青镇去年税收是多少", "Q0118"),
        ("what was last year's tax of Yangliuqing", "Q0118"),
        // That of the report, and what something is compared with.
        ("杨柳青镇的上年税收", "杨柳青镇的税收收入上年"),
    ]);
}

#[test]
fn what_was_first_is_not_seen_in_one_year() {
    reads(&[
        ("哪些镇2023年首次提到“养老”", "Q0115"),
        (
            "最早提到“养老”的报告",
            "提到“养老”的报告，按年份升序，前1名",
        ),
    ]);
}

/// A word that says something is not left out to make a question of the rest.
#[test]
fn no_offer_leaves_out_a_fall_or_a_negation() {
    let catalog = names();
    for (question, word) in [
        ("杨柳青镇2022到2023年税收增速逐年放缓了吗", "放缓"),
        ("双港镇报告里没有哪些指标", "没有"),
    ] {
        let faults = compile(question, &catalog).expect_err(question);
        let fixes = faults.iter().flat_map(|fault| &fault.fixes);
        let lost: Vec<String> = fixes
            .map(|fix| fix.applied(question))
            .filter(|offer| *offer == question.replace(word, ""))
            .collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}

#[test]
fn a_target_that_was_raised_is_above_the_one_before() {
    let plan = |question: &str| compile(question, &names()).expect(question).plan;
    assert_eq!(
        plan("towns whose tax target was raised from 2020 to 2022"),
        plan(
            "towns with 2022 tax target growth over 2020 tax target growth or 2022 tax target over 2020 tax target"
        )
    );
}

/// What is offered for a question can be asked, and keeps what the question named.
#[test]
fn offers_keep_what_was_named() {
    let catalog = names();
    let offered = |question: &str| -> Vec<String> {
        let faults = compile(question, &catalog).expect_err(question);
        let fixes = faults.iter().flat_map(|fault| &fault.fixes);
        fixes.map(|fix| fix.applied(question)).collect()
    };
    let expected = [
        // A negation, a list of places, years as they are named, no place that nobody named.
        ("哪些镇的报告压根没有提到“养老”这件事", "未提到“养老”的报告"),
        (
            "杨柳青镇、精武镇和双港镇税收谁高谁低",
            "对比杨柳青镇和精武镇和双港镇的税收收入",
        ),
        (
            "杨柳青镇近三年税收究竟怎么个情形",
            "在2021年到2023年，杨柳青镇的税收收入",
        ),
        (
            "which towns kept their promise about \"养老\" somehow",
            "tasks of all towns mentioning \"养老\"",
        ),
        ("各镇报告里出现“养老”的次数从高到低", "各镇的“养老”出现频率"),
        (
            "杨柳青镇2019年以来税收翻了几番",
            "杨柳青镇的2023年税收/2019年税收",
        ),
        (
            "哪些镇每年税收增速都超过5%",
            "哪些镇连续3年税收增速都超过5%",
        ),
        ("杨柳青镇去年税收是多少", "杨柳青镇2023年税收是多少"),
        (
            "哪些镇2023年首次提到“养老”",
            "提到“养老”的镇，每个最早，按年份",
        ),
    ];
    for (question, offer) in expected {
        let offers = offered(question);
        assert!(
            offers.iter().any(|text| text == offer),
            "{question}: {offers:?}"
        );
        assert!(compile(offer, &catalog).is_ok(), "{offer}");
    }
}

#[test]
fn what_goes_on_is_a_part_or_is_told_so() {
    let question = "那2020年2月呢";
    let faults = compile(question, &names()).expect_err(question);
    assert_eq!(faults[0].code, "Q0134");
    assert_eq!(faults[0].fixes[0].applied(question), "那2020年呢");
}

#[test]
fn the_first_mention_of_each_kind_of_place_stays_of_each() {
    reads(&[
        (
            "各镇首次提到“养老”是哪一年",
            "提到“养老”的镇，每个最早，按年份",
        ),
        (
            "first year in which each town mentions \"养老\"",
            "towns mentioning \"养老\" by year, earliest of each",
        ),
    ]);
    assert_eq!(
        read("各镇提到“养老”的报告，每个最早"),
        "所有镇的提到“养老”的报告，按年份升序，每镇前1名"
    );
}

#[test]
fn a_year_before_a_number_of_reports_is_that_of_the_question() {
    reads(&[
        (
            "2023年报告数等于1的政策用语",
            "在2023年，报告数等于1的政策用语",
        ),
        (
            "policy phrases with 2023 number of reports over 2",
            "policy phrases in 2023 with number of reports over 2",
        ),
    ]);
    assert_eq!(
        read("policy phrases in 2022 with 2023 number of reports over 2"),
        "Q0115"
    );
}

#[test]
fn a_topic_is_no_part_of_a_word_and_no_negation() {
    for refused in [
        "不涉及养老方面的任务",
        "各镇不涉及养老方面的任务",
        "和谐社区方面的任务",
        "重点养老和医疗方面的任务",
    ] {
        assert!(
            read(refused).starts_with('Q'),
            "{refused}: {}",
            read(refused)
        );
    }
    reads(&[("养老以及医疗方面的任务", "提到“养老”或提到“医疗”的任务")]);
}

#[test]
fn each_year_is_not_lost_where_something_is_said_or_is_the_highest() {
    reads(&[
        (
            "每年税收最高的镇",
            "各镇的税收收入，按税收收入降序，每年前1名，按年份",
        ),
        (
            "2020年到2023年每年税收增速最高的镇",
            "在2020年到2023年，各镇的税收收入增速，按税收收入增速降序，每年前1名",
        ),
    ]);
    let refused = "2020年到2022年每年提到“养老”次数最多的镇";
    assert!(read(refused).starts_with('Q'), "{}", read(refused));
}

/// Each year's report would have to say it, which a row of years of a figure does not ask.
#[test]
fn what_is_mentioned_is_followed_by_its_frequency() {
    assert_eq!(read("连续3年提到“养老”的镇"), "Q0115");
    assert_eq!(read("2020年到2023年每年都提到“养老”的镇"), "Q0118");
}
