//! So many of each: places counted by year and area, the best of each year, area, place and report; with what they are not.

use zhenzhi::query::compile;

use crate::query_world::{asked, lines, world};

#[test]
fn places_are_counted_in_each_year_and_area() {
    let world = world();
    let by_year = ["2020,1", "2022,2", "2023,1"];
    for question in [
        "how many towns with tax over 500 million yuan by year",
        "每年有多少镇税收超过5亿元",
    ] {
        assert_eq!(
            lines(&world.ask(question)),
            lines(&world.ask("税收超过5亿元的镇，按年份，计数")),
            "{question}"
        );
    }
    asked(
        &world,
        [
            "towns with tax over 500 million yuan by year, count",
            "税收超过5亿元的镇，按年份，计数",
        ],
        &by_year,
    );
    // A year in which none fits has none.
    asked(
        &world,
        [
            "how many towns with tax over 1 billion yuan and investment over 700 million yuan by year",
            "每年有多少镇税收超过10亿元且固定资产投资超过7亿元",
        ],
        &["2020,1", "2022,1", "2023,0"],
    );
    // A town may be in several years, so a stretch of them has no one number.
    asked(
        &world,
        [
            "how many towns with tax over 500 million yuan from 2022 to 2023",
            "2022年到2023年税收超过5亿元的镇有多少",
        ],
        &by_year[1..],
    );
    asked(
        &world,
        ["towns by county, count", "镇，按区县，计数"],
        &["临江区,3", "青禾县,2"],
    );
    // Of one year and without a key there is one number.
    asked(
        &world,
        [
            "how many towns with tax over 500 million yuan in 2022",
            "2022年税收超过5亿元的镇有多少",
        ],
        &["2"],
    );
}

#[test]
fn so_many_are_taken_of_each_year_and_area() {
    let world = world();
    asked(
        &world,
        [
            "tax of all towns by year, by tax, top 1 of each year",
            "各镇历年税收，按税收降序，每年前1名",
        ],
        &["石桥镇,2020", "河湾镇,2022", "河湾镇,2023"],
    );
    asked(
        &world,
        [
            "tax of all towns, by tax, top 1 of each county",
            "各区县税收最高的镇",
        ],
        &["石桥镇,临江区,2020", "云溪乡,青禾县,2023"],
    );
    // Of all, one.
    asked(
        &world,
        [
            "tax of all towns by year, by tax, top 1",
            "各镇历年税收，按税收降序，前1名",
        ],
        &["石桥镇,2020"],
    );
    for question in [
        "total tax by county, top 1 of each county",
        "how many towns by tax, top 1 of each county",
        "frequency of \"养老\" of all towns, top 1 of each county",
        "indicators by name, top 1 of each town",
    ] {
        assert!(compile(question, &world.catalog).is_err(), "{question}");
    }
}

#[test]
fn the_best_of_years_that_are_listed_is_that_of_each() {
    let world = world();
    let expected = ["石桥镇,2020", "河湾镇,2022", "河湾镇,2023"];
    for question in [
        "towns with the highest tax in 2020, 2022 and 2023",
        "which town had the highest tax in each year from 2020 to 2023",
    ] {
        let found = lines(&world.ask(question));
        let fits = found.len() == expected.len()
            && found
                .iter()
                .zip(expected)
                .all(|(one, wanted)| one.starts_with(wanted));
        assert!(fits, "{question}: {found:?}");
    }
    // Of a stretch of years the highest is one.
    asked(
        &world,
        [
            "towns with the highest tax from 2020 to 2023",
            "2020年到2023年税收最高的镇",
        ],
        &["石桥镇,2020"],
    );
}

/// Of years in a list, places, or groups, no one is told by two ends, a turn from an end or an end among others.
#[test]
fn what_each_has_one_of_is_told_by_one_end() {
    let world = world();
    for question in [
        "各镇数值最高且增速最高的指标",
        "各镇增速最高或数值最高的指标",
        "各镇增速第二高的指标",
        "2020年、2022年税收第二高的镇",
        "indicators, earliest of each",
        "policy phrases, latest of each",
        "how many reports, latest of each",
        "reports by county, count, latest of each",
    ] {
        let faults = compile(question, &world.catalog).expect_err(question);
        assert_eq!(faults[0].code, "Q0115", "{question}");
    }
    // A step of its own takes of all, and of what it names where it names something.
    let of_all = lines(&world.ask("figures of each town, by growth, top 1"));
    assert_eq!(of_all.len(), 1, "{of_all:?}");
    assert_eq!(
        world
            .compile("figures of each town, by growth, top 1 within each year")
            .plan,
        world
            .compile("figures of all towns, by growth, top 1 within each year")
            .plan
    );
    // The years of one place are told apart by it, and are counted.
    asked(
        &world,
        [
            "places of 河湾镇 in 2022 and 2023 with the highest tax",
            "河湾镇2022年、2023年哪一年税收最高",
        ],
        &["河湾镇,2023"],
    );
    asked(
        &world,
        [
            "how many places of 河湾镇 by year with tax over 1 billion yuan",
            "河湾镇历年税收超过10亿元的地方有多少",
        ],
        &["2"],
    );
}

#[test]
fn words_are_said_most_in_each_year_by_whom_says_them() {
    let world = world();
    asked(
        &world,
        [
            "frequency of \"税收\" of all towns by year, top 1 of each year",
            "每年提到“税收”最多的镇",
        ],
        &["石桥镇,2020,1", "松岭镇,2022,3", "河湾镇,2023,3"],
    );
}

#[test]
fn of_one_row_there_are_no_first_ones() {
    let world = world();
    let question = "total tax of all towns, top 3";
    let faults = compile(question, &world.catalog).expect_err(question);
    let offers: Vec<String> = faults[0]
        .fixes
        .iter()
        .map(|fix| fix.applied(question))
        .collect();
    assert_eq!(
        offers,
        [
            "tax revenue of all towns, top 3",
            "total tax revenue of all towns"
        ]
    );
    assert!(compile("total tax by county, top 3", &world.catalog).is_ok());
}

#[test]
fn the_best_record_of_each_place_is_its_own() {
    let world = world();
    let best = ["云溪乡", "松岭镇", "河湾镇", "石桥镇"];
    for question in [
        "figures of each town with the highest growth",
        "各镇增速最高的指标",
    ] {
        let mut towns: Vec<String> = lines(&world.ask(question))
            .iter()
            .filter_map(|line| line.split(',').next().map(str::to_owned))
            .collect();
        towns.sort();
        assert_eq!(towns, best, "{question}");
    }
    let of_all = lines(&world.ask("figures of all towns with the highest growth"));
    assert_eq!(of_all.len(), 1, "{of_all:?}");
    assert!(of_all[0].starts_with("河湾镇"), "{of_all:?}");
    // The longest has a length of its own, and not that of its report.
    asked(
        &world,
        [
            "tasks by length, top 1 of each report",
            "任务，按字数降序，每份报告前1名",
        ],
        &[
            "松岭镇,2023,民生,新建幼儿园1所。,,,8",
            "河湾镇,2024,民生,建成河湾第二幼儿园。,6月底前,2024-06-30,10",
        ],
    );
    asked(
        &world,
        ["longest task", "最长的任务"],
        &["河湾镇,2024,民生,建成河湾第二幼儿园。,6月底前,2024-06-30,10"],
    );
    asked(
        &world,
        ["latest report of each county", "各区县最新的报告"],
        &["青禾县,,2023"],
    );
    asked(
        &world,
        ["earliest report of each town", "各镇最早的报告"],
        &[
            "云溪乡,青禾县,2023",
            "松岭镇,临江区,2022",
            "柳浦镇,青禾县,2023",
            "河湾镇,临江区,2022",
            "石桥镇,临江区,2020",
        ],
    );
}

#[test]
fn what_is_due_in_a_year_has_a_deadline_from_its_first_day_to_its_last() {
    let world = world();
    for question in ["tasks due in 2024", "2024年到期的任务"] {
        asked(
            &world,
            [question, "tasks with deadline in 2024"],
            &["河湾镇,2024,民生,建成河湾第二幼儿园。,6月底前,2024-06-30"],
        );
    }
    assert!(lines(&world.ask("tasks due in 2025")).is_empty());
    // A month of no year is one of the latest reports.
    let of_june = world.compile("tasks due in June").reading.en;
    assert!(!of_june.ends_with("in all years"), "{of_june}");
    // The year of the plan is another.
    assert_eq!(lines(&world.ask("tasks in 2024")).len(), 2);
    // It was promised in any report, and not in the latest alone.
    assert!(
        world
            .compile("tasks due in 2024")
            .sql
            .text
            .contains("FROM tasks")
    );
    assert_eq!(
        world.compile("tasks due in 2024").plan,
        world
            .compile("tasks with deadline in 2024 in all years")
            .plan
    );
    assert_ne!(
        world.compile("tasks due in 2024").plan,
        world
            .compile("tasks with deadline after 2023-12-31 and deadline before 2025-01-01 on latest reports")
            .plan
    );
}
