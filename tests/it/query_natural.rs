//! What officials and journalists ask of years and of each: how many years, the best of each year, the latest report, how
//! many times as much; each with what it is not.

use zhenzhi::query::compile;

use crate::query_world::{World, lines, names, world};

fn same(world: &World, said: &str, written: &str) {
    assert_eq!(
        world.compile(said).plan,
        world.compile(written).plan,
        "{said}"
    );
}

/// Offers with what they are said to leave out.
fn offered(question: &str) -> Vec<(String, String)> {
    let faults = compile(question, &names()).expect_err(question);
    let fixes = faults.into_iter().flat_map(|fault| fault.fixes);
    fixes
        .map(|fix| (fix.applied(question), fix.note_zh))
        .collect()
}

#[test]
fn the_best_of_each_year_is_said_of_any_stretch() {
    let world = world();
    let best = ["石桥镇,2020", "河湾镇,2022", "河湾镇,2023"];
    for question in [
        "2020年以来每年税收最高的镇",
        "2020年到2023年每年税收最高的镇",
        "历年税收最高的镇",
        "which town had the highest tax each year since 2020",
        "which town had the highest tax in each of the years 2020, 2022 and 2023",
        "towns with the highest tax, within each year",
    ] {
        let found = lines(&world.ask(question));
        let starts = |(row, wanted): (&String, &&str)| row.starts_with(*wanted);
        let fits = found.len() == best.len() && found.iter().zip(&best).all(starts);
        assert!(fits, "{question}: {found:?}");
    }
    // Of records as of places, and however it is put.
    for question in [
        "每年最长的报告",
        "每年的报告里哪份最长",
        "the longest report of each year",
        "each year's longest report",
    ] {
        same(
            &world,
            question,
            "reports in all years, by length, top 1 within each year",
        );
    }
    same(
        &world,
        "每年提到“税收”次数最多的镇是哪个",
        "frequency of \"税收\" of all towns by year, top 1 of each year",
    );
    // Of all years, or of none, there is one.
    assert_eq!(lines(&world.ask("最长的报告")).len(), 1);
    assert_eq!(lines(&world.ask("2020年以来税收最高的镇")).len(), 1);
    for question in [
        "towns with tax over 1亿元, within each year",
        "towns with the highest tax, within each tax",
        "每年提到“税收”次数最少的镇",
    ] {
        assert!(compile(question, &world.catalog).is_err(), "{question}");
    }
}

#[test]
fn years_are_counted() {
    let world = world();
    let years = lines(&world.ask("河湾镇哪些年税收超过5亿元")).len();
    assert!(years > 1);
    for question in [
        "河湾镇有几年税收超过5亿元",
        "河湾镇税收超过5亿元的年份有几个",
        "how many years had tax over 500 million yuan in Hewan",
        "in how many years was Hewan's tax over 500 million yuan",
    ] {
        let counted = lines(&world.ask(question));
        assert_eq!(counted, [years.to_string()], "{question}");
    }
    // 近几年 are years, and none are counted.
    assert!(lines(&world.ask("河湾镇近几年的税收")).len() > 1);
}

#[test]
fn the_latest_report_is_named_in_many_ways() {
    let world = world();
    for (said, written) in [
        ("河湾镇最新报告里的税收", "河湾镇的税收，最新报告"),
        ("河湾镇最近一次报告的税收增速", "河湾镇的税收增速，最新报告"),
        ("各镇最新报告的税收", "各镇的税收，最新报告"),
        (
            "tax of Hewan in its latest report",
            "tax of Hewan on latest reports",
        ),
    ] {
        same(&world, said, written);
    }
    same(&world, "河湾镇最新报告", "河湾镇最新的报告");
    same(&world, "河湾镇最近一次报告是哪年", "河湾镇最新的报告");
    // The highest growth of all its years, and not of the highest value.
    same(
        &world,
        "河湾镇最高的税收增速是哪一年",
        "河湾镇哪一年税收增速最高",
    );
    // The last in which something stands may be an earlier one.
    let last = world.compile("最后一次提到“税收”的报告").plan;
    assert_ne!(last, world.compile("最新报告里提到“税收”的报告").plan);
}

#[test]
fn reports_without_tasks_and_tasks_of_each_place_are_counted() {
    let world = world();
    for question in [
        "reports that set no tasks at all",
        "reports without tasks",
        "没有任务的报告",
        "没有布置任务的报告",
        "哪些报告没有任务",
    ] {
        same(&world, question, "reports with number of tasks equal to 0");
    }
    // Places without any are another thing.
    let places = world.compile("没有任务的镇").plan;
    assert_ne!(places, world.compile("没有任务的报告").plan);
    for question in [
        "各镇提到“养老”的任务有几条",
        "各镇的工作安排里有几条提到“养老”",
        "how many tasks mention \"养老\" in each town",
    ] {
        same(
            &world,
            question,
            "tasks of all towns mentioning \"养老\" by town, count",
        );
    }
    same(&world, "所有镇的任务有多少", "how many tasks of all towns");
    same(&world, "各镇的任务有多少", "各镇有多少任务");
    // Of the towns in a district, and not of the district itself.
    same(&world, "临江区各镇的任务", "在临江区，所有镇的任务");
}

#[test]
fn what_reports_and_words_are_counted_by() {
    let world = world();
    for (said, written) in [
        (
            "frequency of \"养老\" by report",
            "frequency of \"养老\" in all years",
        ),
        ("每份报告提到几次“养老”", "历年“养老”出现频率"),
        (
            "how often does each town say \"养老\"",
            "各镇“养老”出现频率",
        ),
        (
            "the 5 reports since 2020 that say \"养老\" most often",
            "frequency of \"养老\" since 2020, top 5",
        ),
        (
            "2020年以来提到“养老”最多的5份报告",
            "2020年以来“养老”出现频率，前5名",
        ),
        ("2023年以前开会作的报告", "会议日期早于2023-01-01的报告"),
        ("reports given after 2022", "会议日期晚于2022-12-31的报告"),
    ] {
        same(&world, said, written);
    }
    // The years that reports are about are another thing.
    let about = world.compile("2023年以前的报告").plan;
    assert_ne!(about, world.compile("2023年以前作的报告").plan);
}

#[test]
fn figures_that_grew_most_are_no_targets() {
    let world = world();
    for question in [
        "各镇增速最高的指标",
        "每个镇增长最快的指标",
        "each town's highest growth figure",
    ] {
        same(
            &world,
            question,
            "figures of all towns already achieved, by growth, top 1 of each town",
        );
    }
    // What is written out leaves none out.
    let written = world.compile("figures of all towns, by growth, top 1 of each town");
    assert_ne!(written.plan, world.compile("各镇增速最高的指标").plan);
}

#[test]
fn a_doubling_is_no_multiple() {
    let world = world();
    same(
        &world,
        "河湾镇2022年到2023年税收是原来的几倍",
        "河湾镇2023年税收/2022年税收",
    );
    for question in [
        "杨柳青镇2020年到2023年税收翻了几番",
        "杨柳青镇的税收从2020年到2023年翻了一番吗",
        "杨柳青镇2020年到2023年税收增长了几倍",
    ] {
        let offers = offered(question);
        let ratio = |(text, _): &&(String, String)| text.contains("2023年税收/2020年税收");
        let ratio = offers.iter().find(ratio);
        assert!(ratio.is_some(), "{question}: {offers:?}");
    }
    let offers = offered("杨柳青镇2020年到2023年税收翻了几番");
    assert!(offers[0].1.contains("几番"), "{offers:?}");
}

/// An offer of one year, of several together or of another order says so.
#[test]
fn an_offer_that_loses_the_years_says_so() {
    for (question, word) in [
        ("哪些年杨柳青镇的税收高于精武镇", "哪些年"),
        ("精武镇每年的税收与哪里的相近", "每年"),
        ("精武镇2020年到期的任务里没提到“养老”的", "到期"),
    ] {
        for (text, note) in offered(question) {
            let by_year = ["按年份", "历年", "每年", "期限"];
            let keeps = by_year.iter().any(|word| text.contains(word));
            assert!(keeps || note.contains(word), "{question}: {text} {note}");
        }
    }
}
