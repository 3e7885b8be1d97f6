//! What people ask of reports that are not there, of months, of words in which a number is put, of tasks that come
//! again; each with near questions that mean something else.

use zhenzhi::query::compile;

use crate::query_world::{World, asked, lines, world};

/// Both are one plan.
fn same(world: &World, said: &str, written: &str) {
    assert_eq!(
        world.compile(said).plan,
        world.compile(written).plan,
        "{said}"
    );
}

fn refused(world: &World, question: &str) {
    assert!(compile(question, &world.catalog).is_err(), "{question}");
}

#[test]
fn reports_that_are_not_there_are_missed_in_each_of_several_years() {
    let world = world();
    asked(
        &world,
        [
            "towns without reports in the last two years",
            "近两年没有报告的镇",
        ],
        &["石桥镇,2020"],
    );
    same(
        &world,
        "towns without reports from 2022 to 2023",
        "towns with 2022 number of reports equal to 0 and 2023 number of reports equal to 0",
    );
    // Of one year every place is looked at.
    asked(
        &world,
        ["towns without reports in 2022", "2022年没有报告的镇"],
        &["云溪乡,2022", "柳浦镇,2022", "石桥镇,2022"],
    );
    refused(&world, "近两年没有报告且税收超过1亿元的镇");
}

#[test]
fn what_is_left_unsaid_is_left_unsaid_in_a_report() {
    let world = world();
    // 河湾镇 alone has reports of both years.
    asked(
        &world,
        [
            "towns missing livelihood spending for 2 consecutive years",
            "连续两年没说民生支出的镇",
        ],
        &["河湾镇,2023"],
    );
    // The target of 2023 is one of a report about 2022.
    asked(
        &world,
        [
            "towns that set no tax target in 2023",
            "2023年没有提出税收目标的镇",
        ],
        &["松岭镇,2023"],
    );
    asked(
        &world,
        [
            "towns that did not state tax in 2023",
            "2023年没有公布税收的镇",
        ],
        &["柳浦镇,2023"],
    );
    // 缺少 is said of a place without a report too.
    asked(
        &world,
        ["towns missing tax in 2023", "2023年缺少税收的镇"],
        &["松岭镇,2023", "柳浦镇,2023", "石桥镇,2023"],
    );
    // Where no year is named each place has its latest report.
    same(&world, "没有公布税收的镇", "缺少税收的镇");
}

#[test]
fn reports_are_counted_as_people_say() {
    let world = world();
    asked(
        &world,
        ["towns with more than one report", "哪些镇有一份以上的报告"],
        &["河湾镇,2023,2"],
    );
    asked(
        &world,
        [
            "how many towns have reports for 2022",
            "2022年有报告的镇有多少",
        ],
        &["2"],
    );
    same(&world, "有多少镇有疑点", "疑点数不低于1的镇有多少");
    // The report of a year that is not there has no number of tasks, not even none.
    let counted = lines(&world.ask("number of tasks of all towns in 2024"));
    assert!(
        counted.iter().all(|line| !line.starts_with("石桥镇")),
        "{counted:?}"
    );
    same(
        &world,
        "2024年各镇任务数比上年",
        "2024年各镇任务数、2023年任务数",
    );
}

#[test]
fn a_month_is_from_its_first_day_to_its_last() {
    let world = world();
    asked(
        &world,
        ["tasks due in June", "6月完成的任务"],
        &["河湾镇,2024,民生,建成河湾第二幼儿园"],
    );
    asked(&world, ["tasks due in July", "7月完成的任务"], &[]);
    asked(
        &world,
        ["tasks with deadline by May 31", "6月份前要完成的任务"],
        &[],
    );
    same(&world, "哪些镇1月开会", "会议日期早于2月1日的镇");
    same(
        &world,
        "reports given in January 2024",
        "会议日期晚于2023-12-31且会议日期早于2024-02-01的报告",
    );
    for question in [
        "1月前完成的任务",
        "12月后完成的任务",
        "1月以外开会的镇",
        "10月的税收",
        "1月至6月完成的任务",
    ] {
        refused(&world, question);
    }
}

#[test]
fn quoted_words_are_the_bound_that_they_give() {
    let world = world();
    asked(
        &world,
        [
            "targets worded with \"以上\" in 2023",
            "2023年用“以上”表述的目标",
        ],
        &["河湾镇,2023,tax_revenue,1300000000"],
    );
    same(&world, "用“左右”表述的目标", "约数的各项目标");
    same(&world, "用“力争”表述的目标", "提到“力争”的各项目标");
    same(&world, "提到“以上”的目标", "targets mentioning \"以上\"");
    same(
        &world,
        "2024年把税收目标定为7%左右的镇",
        "2024年所有镇的关于税收的约数的增速等于7%的各项目标",
    );
    refused(&world, "用“左右”以外的词表述的目标");
}

#[test]
fn targets_that_were_raised_stand_above_those_of_the_year_before() {
    let world = world();
    let written = "2024年税收目标增速高于2023年税收目标增速或2024年税收目标高于2023年税收目标的镇";
    for said in [
        "2024年上调税收目标的镇",
        "哪些镇2024年上调了税收目标",
        "2024年税收目标比2023年上调的镇",
        "towns that raised their tax target in 2024",
        "towns whose tax target was raised from 2023 to 2024",
    ] {
        same(&world, said, written);
    }
    for question in [
        "2024年没有上调税收目标的镇",
        "上调税收的镇",
        "没有下调税收目标的镇",
    ] {
        refused(&world, question);
    }
}

#[test]
fn tasks_that_come_again_are_those_of_another_year_word_for_word() {
    let world = world();
    let again = "INSERT INTO tasks (session_id, topic, text, start, \"end\") VALUES (2, '民生', '改造老旧小区4个；', 0, 4)";
    world.db.execute_batch(again).expect("a task");
    asked(
        &world,
        ["tasks repeated from year to year", "历年都在重复的任务"],
        &[
            "河湾镇,2023,民生,改造老旧小区4个；",
            "河湾镇,2024,民生,改造老旧小区4个。",
        ],
    );
    // 石桥镇 has a task that 松岭镇 has: another place's.
    let other = "INSERT INTO tasks (session_id, topic, text, start, \"end\") VALUES (4, '民生', '新建幼儿园1所。', 0, 4)";
    world.db.execute_batch(other).expect("a task");
    assert_eq!(lines(&world.ask("历年都在重复的任务")).len(), 2);
}

#[test]
fn what_stands_beside_a_figure_is_not_lost() {
    let world = world();
    same(
        &world,
        "税收超过1亿元的镇2023年有哪些",
        "2023年税收超过1亿元的镇",
    );
    same(
        &world,
        "税收超过1亿元的镇2023年有几个",
        "2023年税收超过1亿元的镇有几个",
    );
    same(
        &world,
        "各镇的平均税收和增速",
        "各镇的平均税收和平均税收增速",
    );
    same(&world, "税收超过各区县平均水平的区县", "税收超过平均的区县");
    // Growths are not added up, and towns are not held against the average of counties.
    refused(&world, "total tax and growth");
    refused(&world, "税收超过各区县平均水平的镇");
}

#[test]
fn what_fell_by_less_than_so_much_fell() {
    let world = world();
    same(
        &world,
        "towns whose tax fell by less than 10% in 2022",
        "towns with falling tax and tax growth over -10% in 2022",
    );
    same(
        &world,
        "2022年税收跌幅在5%以内的镇",
        "2022年税收下降且税收增速不低于-5%的镇",
    );
    same(
        &world,
        "towns whose tax rose by less than 5% in 2022",
        "towns with rising tax and tax growth under 5% in 2022",
    );
    // Beyond a bound it fell anyway.
    same(
        &world,
        "towns whose tax fell by over 10% in 2022",
        "towns with tax growth under -10% in 2022",
    );
}

#[test]
fn what_there_is_in_all_is_a_number_of_rows_and_a_sum_of_a_figure() {
    let world = world();
    for all in ["一共有多少", "共有多少", "总共多少", "总共有多少"] {
        same(&world, &format!("各镇税收{all}"), "各镇的合计税收");
    }
    // Of one place in one year it is the figure.
    same(&world, "河湾镇2023年税收一共有多少", "河湾镇2023年税收");
    same(
        &world,
        "河湾镇2022年到2023年税收一共有多少",
        "河湾镇2022年到2023年合计税收",
    );
    same(&world, "镇一共有多少", "镇有多少");
    same(
        &world,
        "税收超过1亿元的镇共有多少",
        "税收超过1亿元的镇有多少",
    );
}

#[test]
fn a_date_that_is_asked_for_is_asked_for_again_by_its_reading() {
    let world = world();
    same(&world, "date河湾镇", "河湾镇的会议日期");
    same(
        &world,
        "date of 河湾镇 in 2023",
        "在2023年，河湾镇的会议日期",
    );
}

/// The years that are named are those in a row, so that none of them is a row of its own.
#[test]
fn years_in_a_row_that_are_all_named_are_asked_of_places() {
    let world = world();
    same(
        &world,
        "2022年到2023年税收连续2年上升的镇",
        "2023年税收连续2年上升的镇",
    );
    same(
        &world,
        "2022年和2023年税收连续2年上升的镇",
        "2023年税收连续2年上升的镇",
    );
    // In Chinese the year of the rows would run into that of the condition.
    let compiled = world.compile("2023年税收连续2年上升的镇");
    for reading in [&compiled.reading.en, &compiled.reading.zh] {
        assert_eq!(world.compile(reading).plan, compiled.plan, "{reading}");
    }
    for question in [
        "2020年到2023年税收连续2年上升的镇",
        "2020年和2023年税收连续2年上升的镇",
        "towns with tax rising for 2 consecutive years from 2020 to 2023",
    ] {
        assert!(compile(question, &world.catalog).is_err(), "{question}");
    }
}
