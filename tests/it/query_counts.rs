//! What is counted, ranked and left out: records per report, verdicts, turns from an end, places outside others, the
//! first year of each; each with what it is not.

use zhenzhi::query::compile;

use crate::query_world::{asked, lines, world};

#[test]
fn records_are_counted_by_report_with_those_that_have_none() {
    let world = world();
    // Three tasks in seven reports.
    let average = world.ask("average number of tasks per report");
    assert!(
        lines(&average)[0].starts_with("0.428571"),
        "{:?}",
        lines(&average)
    );
    for question in [
        "平均每份报告有多少项任务",
        "how many tasks per report on average",
        "每份报告平均有多少项任务",
    ] {
        let written = world.compile("reports, average number of tasks");
        assert_eq!(world.compile(question).plan, written.plan, "{question}");
    }
    asked(
        &world,
        ["which report has the most tasks", "哪份报告的任务最多"],
        &["河湾镇,临江区,2023,,,河湾镇政府工作报告,,河湾镇-2023.txt,2"],
    );
    asked(
        &world,
        [
            "reports with number of tasks at least 1, count",
            "任务数不低于1的报告有多少",
        ],
        &["2"],
    );
}

#[test]
fn verdicts_are_counted_and_targets_without_a_result_are_told_apart() {
    let world = world();
    let tax = "INSERT INTO indicators VALUES ('tax_revenue', '税收收入', 'tax revenue', '元', '')";
    world.db.execute_batch(tax).expect("an indicator");
    asked(
        &world,
        [
            "number of met and missed targets by year",
            "各年完成和未完成的目标数",
        ],
        &["2023,1,0,0,0,100", "2024,0,0,0,1,"],
    );
    asked(
        &world,
        ["met targets by year, count", "完成的各项目标，按年份，计数"],
        &["2023,1"],
    );
}

#[test]
fn the_second_from_an_end_is_no_end_and_none_where_there_is_one_only() {
    let world = world();
    asked(
        &world,
        ["towns with the second highest tax", "税收第二高的镇"],
        &["河湾镇,2023,1400000000"],
    );
    asked(
        &world,
        ["towns with the second lowest tax", "税收排名倒数第二的镇"],
        &["松岭镇,2022,700000000"],
    );
    asked(
        &world,
        ["towns with the first highest tax", "税收排名第一的镇"],
        &["石桥镇,2020,3400000000"],
    );
    asked(
        &world,
        [
            "towns with the second highest grain area",
            "粮食播种面积第二高的镇",
        ],
        &[],
    );
}

#[test]
fn places_outside_others_are_all_the_rest() {
    let world = world();
    asked(
        &world,
        [
            "towns outside 临江区 with tax over 1万元",
            "除临江区外税收超过1万元的镇",
        ],
        &["云溪乡,2023,90000000"],
    );
    asked(
        &world,
        [
            "places except 青禾县 with tax over 30亿元",
            "青禾县以外税收超过30亿元的地方",
        ],
        &["石桥镇,2020,3400000000"],
    );
    let all = world.compile("towns with tax over 1万元");
    assert!(all.plan.scope.outside.is_empty());
}

#[test]
fn two_places_are_put_side_by_side_and_not_what_lies_in_them() {
    let world = world();
    asked(
        &world,
        [
            "which of 河湾镇 and 松岭镇 has more tax",
            "河湾镇和松岭镇哪个税收多",
        ],
        &["河湾镇,2023,1400000000", "松岭镇,2022,700000000"],
    );
    asked(
        &world,
        [
            "does 河湾镇 or 松岭镇 have less tax",
            "河湾镇和松岭镇的税收哪个少",
        ],
        &["松岭镇,2022,700000000", "河湾镇,2023,1400000000"],
    );
    // Of a district without a report of its own nothing is said.
    let faults = compile("临江区和青禾县哪个税收多", &world.catalog).expect_err("no report");
    assert_eq!(faults[0].code, "Q0108");
}

#[test]
fn the_first_year_is_that_of_each_place_or_of_all() {
    let world = world();
    asked(
        &world,
        [
            "first year that each town's tax exceeded 5亿元",
            "各镇税收首次突破5亿元的年份",
        ],
        &[
            "松岭镇,2022,700000000",
            "河湾镇,2022,1048000000",
            "石桥镇,2020,3400000000",
        ],
    );
    asked(
        &world,
        [
            "earliest towns with tax over 5亿元",
            "最早的税收超过5亿元的镇",
        ],
        &["石桥镇,2020,3400000000"],
    );
    asked(
        &world,
        [
            "first year that 河湾镇's tax fell below 11亿元",
            "河湾镇税收哪一年首次低于11亿元",
        ],
        &["河湾镇,2022,1048000000"],
    );
}

#[test]
fn indicators_stated_by_all_are_those_that_no_place_lacks() {
    let world = world();
    world
        .db
        .execute_batch(
            "INSERT INTO indicators VALUES ('tax_revenue', '税收收入', 'tax revenue', '元', ''),
             ('grain_area', '粮食播种面积', 'grain area', '亩', '')",
        )
        .expect("indicators");
    // 柳浦镇 states no tax; the county does.
    asked(
        &world,
        ["indicators stated by all towns", "各镇都有的指标"],
        &[],
    );
    asked(
        &world,
        ["indicators stated by all counties", "哪些指标各区县都有"],
        &["tax_revenue"],
    );
    asked(
        &world,
        [
            "indicators stated by all towns in 2022",
            "2022年各镇都有的指标名",
        ],
        &["tax_revenue"],
    );
    asked(
        &world,
        ["indicators by number of places", "指标名，按地方数"],
        &["tax_revenue", "grain_area"],
    );
}

#[test]
fn a_change_of_growths_is_in_points_and_a_year_is_of_both_sides_of_a_ratio() {
    let world = world();
    let answer = world.ask("河湾镇2022年到2023年的税收增速变化");
    let change = answer
        .columns
        .iter()
        .find(|column| column.name == "change")
        .expect("a change");
    assert_eq!(change.unit.as_deref(), Some("百分点"));
    asked(
        &world,
        [
            "2022 tax / investment of 河湾镇",
            "河湾镇2022年税收占固定资产投资的比重",
        ],
        &["河湾镇,2022,1048000000"],
    );
}

#[test]
fn signs_are_found_in_either_width_in_whole_reports_too() {
    let world = world();
    asked(
        &world,
        [
            "reports mentioning \"税收增长7%,达15亿元\", count",
            "提到“税收增长7%,达15亿元”的报告有多少",
        ],
        &["1"],
    );
    asked(
        &world,
        [
            "frequency of \"税收增长7%,达15亿元\" of 河湾镇 in 2023",
            "河湾镇2023年“税收增长7%,达15亿元”出现频率",
        ],
        &["河湾镇,2023,1"],
    );
    asked(
        &world,
        [
            "reports mentioning \"税收增长7%；达15亿元\", count",
            "提到“税收增长7%；达15亿元”的报告有多少",
        ],
        &["0"],
    );
}

#[test]
fn what_is_planned_stands_beside_this_years_task() {
    let world = world();
    world
        .db
        .execute_batch("UPDATE metrics SET completion = 80 WHERE indicator = 'tax_revenue' AND value = 1400000000")
        .expect("a completion");
    // 14亿 at 80 % is a task of 17.5亿, and 15亿 are planned.
    asked(
        &world,
        [
            "figures with next target under yearly task",
            "下年目标低于年度任务的指标",
        ],
        &["河湾镇,2023"],
    );
    asked(
        &world,
        [
            "figures with next target over yearly task",
            "下年目标高于年度任务的指标",
        ],
        &[],
    );
}

#[test]
fn the_first_and_the_last_of_groups_are_those_with_the_most_and_the_fewest() {
    let world = world();
    let all = lines(&world.ask("reports by year, count")).len();
    assert!(all > 2);
    asked(
        &world,
        ["reports by year, count, top 1", "报告，按年份，计数，前1名"],
        &["2023,4"],
    );
    asked(
        &world,
        [
            "reports by year, count, bottom 1",
            "报告，按年份，计数，后1名",
        ],
        &["2020,1"],
    );
    asked(
        &world,
        [
            "figures of all towns by town, count, bottom 1",
            "所有镇的指标，按镇，计数，后1名",
        ],
        &["柳浦镇,1"],
    );
}

#[test]
fn a_share_of_the_total_is_that_of_each_place() {
    let world = world();
    for (question, written) in [
        ("each town's share of total tax", "tax of all towns, share"),
        ("total tax of all towns, share", "tax of all towns, share"),
        (
            "total tax, total investment of all towns, share",
            "tax, investment of all towns, share",
        ),
    ] {
        let plan = world.compile(written).plan;
        assert_eq!(world.compile(question).plan, plan, "{question}");
    }
    let by_county = world.compile("total tax by county, share").plan;
    assert_ne!(by_county, world.compile("tax of all towns, share").plan);
}
