//! Questions as they come: polite, spoken, in English about Chinese texts; each with what it is not taken for.

use zhenzhi::query::{Lang, compile};

use crate::query_world::names;

/// What a question is understood as, or the code of why it is not.
pub(crate) fn read(question: &str) -> String {
    match compile(question, &names()) {
        Ok(compiled) => compiled.reading.in_lang(Lang::of(question)).to_owned(),
        Err(faults) => faults[0].code.to_owned(),
    }
}

/// Fails where one of the questions is not understood as it says.
pub(crate) fn reads(pairs: &[(&str, &str)]) {
    let wrong: Vec<String> = pairs
        .iter()
        .map(|(question, expected)| (question, expected, read(question)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(question, expected, found)| format!("{question}\n  {found}\n  and not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn courtesy_adds_nothing() {
    reads(&[
        (
            "请问杨柳青镇2023年的税收是多少呢？",
            "在2023年，杨柳青镇的税收收入",
        ),
        ("帮我查下精武镇的固投", "精武镇的固定资产投资"),
        ("把各镇的税收排一下", "各镇的税收收入，按税收收入降序"),
        (
            "please show tax of Yangliuqing",
            "tax revenue of Yangliuqing",
        ),
        // In a name these are no courtesy.
        ("「吧台」最高的镇", "「吧台」最高的镇"),
        ("提到“请示”的报告", "提到“请示”的报告"),
    ]);
}

#[test]
fn a_year_of_two_figures_is_one_that_the_store_is_about() {
    reads(&[
        ("杨柳青镇23年税收", "在2023年，杨柳青镇的税收收入"),
        (
            "22年到23年精武镇的税收",
            "在2022年到2023年，精武镇的税收收入",
        ),
        // A number of years is none.
        ("税收连续22年增长的镇", "Q0115"),
        (
            "杨柳青镇近22年的税收",
            "在2002年到2023年，杨柳青镇的税收收入",
        ),
        ("杨柳青镇50年税收", "Q0101"),
    ]);
}

#[test]
fn topics_in_english_are_looked_for_in_chinese() {
    reads(&[
        ("tasks about river chiefs", "tasks mentioning \"河长\""),
        (
            "reports mentioning housing prices but not housing",
            "reports mentioning \"房价\" and not mentioning \"住房\"",
        ),
        (
            "frequency of rural revitalization of all towns",
            "frequency of \"乡村振兴\" of all towns",
        ),
        (
            "reports never mentioning \"Environment\"",
            "reports not mentioning \"环境\"",
        ),
        (
            "in which year did Yangliuqing first talk about the digital economy",
            "reports of Yangliuqing mentioning \"数字经济\", by year ascending, top 1",
        ),
        // In 「…」 it is looked for as it is written, and so is what is in no table; unquoted that is refused.
        (
            "tasks mentioning 「environment」",
            "tasks mentioning 「environment」",
        ),
        (
            "tasks mentioning \"gardening\"",
            "tasks mentioning \"gardening\"",
        ),
        ("tasks about gardening", "Q0102"),
        // A figure stays one.
        ("figures about tax", "figures about tax revenue"),
    ]);
}

#[test]
fn a_surname_in_latin_letters_is_each_that_is_written_so() {
    reads(&[
        (
            "towns whose mayor is surnamed Wang",
            "towns with speaker starting with \"王\" or speaker starting with \"汪\"",
        ),
        (
            "mayors surnamed Gao",
            "reports with speaker starting with \"高\"",
        ),
        ("towns with mayor surnamed Smith", "Q0102"),
    ]);
}

#[test]
fn an_office_is_a_condition_where_the_rows_do_not_say_it() {
    reads(&[
        ("镇长姓于的镇", "报告人开头为“于”的镇"),
        (
            "省长姓王的地方",
            "报告人开头为“王”且（职务包含“省长”或缺少职务）的地方",
        ),
        (
            "镇长姓于的报告",
            "报告人开头为“于”且（职务包含“镇长”或缺少职务）的报告",
        ),
        ("杨柳青镇的镇长是谁", "杨柳青镇的报告人"),
    ]);
}

#[test]
fn parts_that_a_report_has_not() {
    reads(&[
        ("reports without a plan part", "reports without a plan part"),
        ("没有工作安排部分的报告", "没有工作安排部分的报告"),
        (
            "reports with a problems part",
            "reports with a problems part",
        ),
        ("sentences in the plan part", "sentences in the plan part"),
        // Of towns it is not said.
        ("towns without a plan part", "Q0115"),
    ]);
}

#[test]
fn whether_something_holds_of_a_place() {
    reads(&[
        (
            "杨柳青镇税收超过10亿元吗",
            "杨柳青镇的税收收入超过10亿元的地方",
        ),
        ("杨柳青镇有哪些任务吗", "杨柳青镇的任务"),
        ("税收超过10亿元吗", "Q0106"),
    ]);
}

#[test]
fn that_several_targets_were_met_is_not_that_one_was() {
    for question in [
        "历年税收目标都完成的镇",
        "哪些镇历年税收目标都完成了",
        "towns that always met tax target",
    ] {
        let faults = compile(question, &names()).expect_err(question);
        assert_eq!(faults[0].code, "Q0118", "{question}");
        assert!(!faults[0].fixes.is_empty(), "{question}");
    }
    assert_eq!(read("完成税收目标的镇"), "完成税收收入目标的镇");
}

#[test]
fn the_first_year_in_the_middle_of_a_question() {
    let first = "税收收入超过10亿元的镇，每个最早，按年份";
    for question in [
        "哪些镇税收首次超过10亿元",
        "税收首次突破10亿元的镇",
        "历年税收超过10亿元的镇，每个最早",
    ] {
        assert_eq!(read(question), first, "{question}");
    }
    // Without 首次 it is the latest report that answers.
    assert_eq!(read("税收超过10亿元的镇"), "税收收入超过10亿元的镇");
}

/// What is refused has an offer that answers it, and what is near to it is still read as it was.
#[test]
fn offers_of_what_the_language_does_not_reach() {
    for (question, wanted) in [
        ("目标增速最高的镇", "镇，按固定资产投资目标增速降序"),
        ("任务最多和最少的分别是哪个", "任务数最低的地方"),
        ("降幅最大的是哪个", "指标，按增速升序，前5名"),
        (
            "目标和实际完成差多少",
            "各地方的固定资产投资目标，附完成情况",
        ),
        (
            "which speakers delivered more than three reports",
            "reports by speaker, count",
        ),
        (
            "which indicator has the most missing values",
            "indicators by number of places ascending",
        ),
        (
            "towns whose tax growth turned negative in 2023",
            "places with 2022 tax growth over 0% and 2023 tax growth under 0%",
        ),
        (
            "双港镇2022年的目标都完成了吗",
            "双港镇2022年的各项目标，附完成情况",
        ),
        ("average tax by kind of place", "average tax of all cities"),
        ("哪些镇没有写存在的问题", "没有困难问题部分的报告"),
        ("towns without problems", "reports without a problems part"),
        (
            "which figures of Shuanggang are measured in mu",
            "figures of Shuanggang, show label, value, unit",
        ),
        (
            "reports mentioning \"养老\" more than five times",
            "frequency of \"养老\" in all years",
        ),
        ("面积最大的工程", "单位等于“亩”的指标，按数值降序"),
        (
            "share of cities with tax growth exceeding 6% in 2023",
            "how many met targets in 2023",
        ),
        (
            "which town has the fewest problems",
            "problems by place, count",
        ),
    ] {
        let faults = compile(question, &names()).expect_err(question);
        let offers: Vec<&str> = faults[0]
            .fixes
            .iter()
            .map(|fix| fix.text.as_str())
            .collect();
        assert!(offers.contains(&wanted), "{question}: {offers:?}");
        assert!(compile(wanted, &names()).is_ok(), "{wanted}");
    }
    reads(&[
        ("税收目标增速最高的镇", "税收收入目标增速最高的镇"),
        ("双港镇存在的问题", "双港镇的问题"),
        (
            "towns without targets",
            "towns with number of targets equal to 0 items",
        ),
    ]);
}

#[test]
fn new_words_for_old_things() {
    reads(&[
        (
            "towns without numeric targets",
            "towns with number of targets equal to 0 items",
        ),
        ("各镇任务按主题分类统计", "所有镇的任务，按镇和主题，计数"),
        (
            "sentences where Shuanggang talks about vaccination",
            "sentences of Shuanggang mentioning \"疫苗\"",
        ),
        // Of one year it is the growth that the report states.
        (
            "杨柳青镇2023年税收增长了多少",
            "在2023年，杨柳青镇的税收收入增速",
        ),
        (
            "杨柳青镇的报告里有没有提到“养老”",
            "杨柳青镇的提到“养老”的报告",
        ),
        // Of all, not of itself alone.
        ("双港镇的税收占七镇合计多少", "各镇的税收收入，占比"),
        // The places stand behind what chooses them, where nothing else could be meant.
        (
            "在2023年，各镇的税收超过3亿元的固定资产投资",
            "在2023年，税收收入超过3亿元的镇的固定资产投资",
        ),
        (
            "各镇的2022年税收超过2021年税收的固定资产投资",
            "各镇的2022年税收收入超过2021年税收收入的固定资产投资",
        ),
        // What it had is not what it aimed for.
        (
            "what tax growth did each town have in 2023",
            "tax revenue growth of all towns in 2023",
        ),
    ]);
}

#[test]
fn what_is_averaged_over_so_many_years_is_of_the_last_ones() {
    reads(&[
        (
            "杨柳青镇五年平均税收增速",
            "在2019年到2023年，杨柳青镇的平均税收收入增速",
        ),
        (
            "five-year average tax growth of Yangliuqing",
            "average tax revenue growth of Yangliuqing from 2019 to 2023",
        ),
        (
            "3-year average tax of Yangliuqing",
            "average tax revenue of Yangliuqing from 2021 to 2023",
        ),
        // Years to come are targets, and a year without an average is none.
        ("杨柳青镇今后五年平均税收增速", "Q0118"),
        ("杨柳青镇50年税收", "Q0101"),
    ]);
}

#[test]
fn people_of_a_place_in_a_year_are_its_population() {
    let population = "population of Yangliuqing in 2023";
    reads(&[
        ("how many people in Yangliuqing in 2023", population),
        ("how many people live in Yangliuqing in 2023", population),
        ("how many people did Yangliuqing have in 2023", population),
        ("people of Yangliuqing in 2023", population),
        // Without a year, or with more said of them, others may be meant.
        ("how many people in Yangliuqing", "Q0102"),
        ("how many people work in Yangliuqing in 2023", "Q0102"),
    ]);
}

#[test]
fn sorted_by_is_by() {
    let read_as = "towns with tax revenue over 300 million yuan, by tax revenue growth descending";
    for word in ["sorted by", "ordered by", "by"] {
        let question = format!("towns with tax over 300 million yuan, {word} tax growth");
        reads(&[(&question, read_as)]);
    }
}

#[test]
fn a_month_is_of_the_only_year_that_is_named() {
    reads(&[
        (
            "tasks of Yangliuqing in 2024 due before July",
            "tasks of Yangliuqing in 2024 with deadline before 2024-07-01",
        ),
        // Of two years neither is meant more than the other: July of any year.
        (
            "tasks in 2023 and 2024 due before July",
            "tasks in 2023 and 2024 with deadline before July 1",
        ),
    ]);
}

#[test]
fn a_growth_that_is_missing_may_be_that_of_a_target() {
    reads(&[
        ("缺少税收目标增速的镇", "缺少税收收入目标增速的镇"),
        (
            "税收增速高于税收目标增速的镇",
            "税收收入增速超过税收收入目标增速的镇",
        ),
        ("税收目标增长的镇", "税收收入目标上升的镇"),
    ]);
}

#[test]
fn each_place_of_a_kind_goes_on_with_what_is_asked_of_it() {
    let question = "各镇";
    let faults = compile(question, &names()).expect_err(question);
    let offers: Vec<String> = faults[0]
        .fixes
        .iter()
        .map(|fix| fix.applied(question))
        .collect();
    assert!(
        offers.iter().all(|offer| compile(offer, &names()).is_ok()),
        "{offers:?}"
    );
    assert!(
        offers.len() > 1 && !offers.iter().any(|offer| offer.ends_with('镇')),
        "{offers:?}"
    );
}
