//! What an answer says beside its numbers: which place, of what part of the year, against what, out of how many.

use zhenzhi::query::{Answer, Lang};
use zhenzhi::render::{Options, json, table};

use crate::query_world::{World, world};

fn note<'a>(answer: &'a Answer, code: &str) -> Option<&'a str> {
    let found = answer.notes.iter().find(|note| note.code == code);
    found.map(|note| note.in_lang(answer.lang))
}

/// A world with changes.
fn changed(statements: &str) -> World {
    let world = world();
    world.db.execute_batch(statements).expect(statements);
    world
}

fn shown(answer: &Answer) -> String {
    table(answer, answer.lang, &Options::default())
}

#[test]
fn places_of_one_name_are_told_apart_by_the_narrowest_area_that_is_known() {
    let world = changed(
        "UPDATE towns SET name = '河湾镇', county = NULL, city = '别州市' WHERE name = '松岭镇'",
    );
    let answer = world.ask("各镇的税收");
    let names: Vec<_> = answer
        .rows
        .iter()
        .map(|row| row.cells[0].value.text())
        .collect();
    assert!(names.contains(&Some("临江区河湾镇")), "{names:?}");
    assert!(names.contains(&Some("别州市河湾镇")), "{names:?}");
    for question in [
        "合计税收，按镇",
        "total tax by town",
        "figures by town, count",
    ] {
        let rows = world.ask(question).rows;
        let names: Vec<_> = rows.iter().map(|row| row.cells[0].value.text()).collect();
        assert!(
            names.contains(&Some("别州市河湾镇")),
            "{question}: {names:?}"
        );
    }
    let compared = world.ask("compare 河湾镇 and 松岭镇 on tax in 2022");
    let titles: Vec<_> = compared
        .columns
        .iter()
        .map(|column| column.title_zh.as_str())
        .collect();
    assert_eq!(
        titles[2..],
        ["临江区河湾镇 2022", "别州市河湾镇 2022", "相差"]
    );
    assert_eq!(
        compared.rows[0].cells[4].value.number(),
        Some(348_000_000.0)
    );
    assert_eq!(
        compared.rows[0].cells[2].value.number(),
        Some(1_048_000_000.0)
    );
    assert_eq!(
        compared.rows[0].cells[3].value.number(),
        Some(700_000_000.0)
    );
}

#[test]
fn what_states_only_a_growth_is_said_where_rows_are_chosen_by_the_value() {
    let world = world();
    let highest = world.ask("在临江区，固定资产投资最高的镇");
    let coverage = note(&highest, "coverage");
    assert_eq!(coverage, Some("3个中有2个给出固定资产投资，1个只给出增速"));
    // Shown beside the others it says so itself.
    assert_eq!(
        note(&world.ask("临江区各镇的固定资产投资"), "coverage"),
        None
    );
    let none = world.ask("在临江区，固定资产投资超过100亿元的镇");
    let empty = note(&none, "empty").expect("a reason");
    assert!(empty.contains("2个有固定资产投资，1个只有增速"), "{empty}");
    // The years of those that were not chosen.
    assert!(note(&highest, "mixed-years").is_some_and(|said| said.contains("2020年至2022年")));
}

#[test]
fn a_growth_says_its_unit_and_what_it_is_against() {
    let world = changed(
        "UPDATE metrics SET growth_kind = 'avg' WHERE indicator = 'fixed_asset_investment' AND growth = -40;
         UPDATE metrics SET growth_kind = 'cum' WHERE indicator = 'fixed_asset_investment' AND growth = -3",
    );
    let points = world.ask("关于燃气改造完成率的数字");
    assert_eq!(json(&points)["rows"][0]["units"]["growth"], "百分点");
    assert!(
        shown(&points).contains("+2.9个百分点"),
        "{}",
        shown(&points)
    );
    let answer = world.ask("关于固定资产投资的数字，在2022年");
    let text = shown(&answer);
    assert!(
        text.contains("-40%（年均）") && text.contains("-3%（比以前年份）"),
        "{text}"
    );
    let csv = zhenzhi::render::separated(
        &answer,
        Lang::Zh,
        &Options::default(),
        zhenzhi::render::Separator::Comma,
    );
    assert!(csv.contains("增长: 年均"), "{csv}");
}

#[test]
fn a_growth_that_is_a_bound_holds_certainly_or_possibly() {
    let world = changed(
        "UPDATE metrics SET growth_bound = 'ge' WHERE indicator = 'tax_revenue' AND growth = 30;
         UPDATE metrics SET growth_bound = 'range', growth_to = 15 WHERE indicator = 'fixed_asset_investment' AND growth = 12;
         UPDATE metrics SET growth_bound = 'le' WHERE indicator = 'fixed_asset_investment' AND growth = -3",
    );
    let (tax, investment) = ("云溪乡", "河湾镇");
    for (question, place, certain, possible) in [
        ("税收增速不低于30%的镇", tax, true, false),
        ("税收增速超过35%的镇", tax, false, true),
        ("税收增速低于35%的镇", tax, false, true),
        ("税收增速低于30%的镇", tax, false, false),
        ("2023年固定资产投资增速超过11%的镇", investment, true, false),
        ("2023年固定资产投资增速超过13%的镇", investment, false, true),
        (
            "2023年固定资产投资增速超过15%的镇",
            investment,
            false,
            false,
        ),
        ("2023年固定资产投资增速低于14%的镇", investment, false, true),
        ("2023年固定资产投资增速低于16%的镇", investment, true, false),
        ("2022年固定资产投资增速低于-2%的镇", investment, true, false),
        ("2022年固定资产投资增速低于-4%的镇", investment, false, true),
    ] {
        let answer = world.ask(question);
        let mut cells = answer.rows.iter().flat_map(|row| &row.cells);
        let found = cells.any(|cell| cell.value.text() == Some(place));
        let said = note(&answer, "possible").is_some_and(|said| said.contains(place));
        assert_eq!(
            (found, said),
            (certain, possible),
            "{question}: {:?}",
            answer.notes
        );
    }
    let figures = world.ask("2023年增速超过13%的数字");
    assert!(!shown(&figures).contains("fixed_asset_investment"));
    assert!(note(&figures, "possible").is_some_and(|said| said.contains(investment)));
    assert!(shown(&world.ask("2023年增速超过11%的数字")).contains("fixed_asset_investment"));
    let shown = |question: &str| shown(&world.ask(question));
    assert!(shown("云溪乡的税收").contains("≥+30%"));
    assert!(shown("河湾镇2023年的固定资产投资").contains("+12%–+15%"));
    assert!(shown("在2023年，河湾镇的关于固定资产投资的数字").contains("+12%–+15%"));
    let json = json(&world.ask("河湾镇2023年的固定资产投资"));
    let row = &json["rows"][0];
    assert_eq!(row["bounds"]["growth"], "range", "{row}");
    assert_eq!(row["high"]["growth"], 15.0, "{row}");
}

#[test]
fn a_change_in_points_against_another_year_is_none_of_this_year() {
    let since = changed("UPDATE metrics SET points_against = 'cum' WHERE growth_kind = 'pp'");
    let text = shown(&since.ask("关于燃气改造完成率的数字"));
    assert!(text.contains("+2.9个百分点（比以前年份）"), "{text}");
    let question = "燃气改造完成率增长超过2个百分点的镇";
    assert!(shown(&world().ask(question)).contains("云溪乡"));
    assert!(!shown(&since.ask(question)).contains("云溪乡"));
}

#[test]
fn a_growth_alone_carries_the_part_of_the_year_and_the_status() {
    let world = changed(
        "UPDATE metrics SET period = 'to-month-9', status = 'estimate' WHERE indicator = 'fixed_asset_investment' AND value IS NULL",
    );
    let answer = world.ask("固定资产投资 of 河湾镇 in 2023");
    let answer_json = json(&answer);
    assert_eq!(answer_json["rows"][0]["periods"]["growth"], "to-month-9");
    assert!(note(&answer, "part-year").is_some());
    let several = world.ask("河湾镇2023年的税收、固定资产投资");
    let text = shown(&several);
    assert!(text.contains("+12%（截至9月，预计）"), "{text}");
    assert_eq!(note(&several, "estimate"), Some("均为预计数"));
}

#[test]
fn estimates_are_figures_and_not_rows() {
    let world = changed(
        "UPDATE metrics SET status = 'estimate' WHERE indicator = 'tax_revenue' AND session_id = 3",
    );
    let answer = world.ask("河湾镇、松岭镇的税收、固定资产投资");
    assert_eq!(note(&answer, "estimate"), Some("2个为预计数"));
}

#[test]
fn others_are_added_up_in_one_unit_alone() {
    let one = world().ask("各镇的税收，前1名其余合并");
    let others = one.rows.last().expect("others");
    assert!(others.cells[2].worked_out && shown(&one).contains('*'));
    let world = changed("UPDATE metrics SET unit = '美元' WHERE session_id = 3");
    let mixed = world.ask("各镇的税收，前1名其余合并");
    let others = mixed.rows.last().expect("others");
    assert!(others.cells[2].value.is_null(), "{others:?}");
    assert!(note(&mixed, "not-added").is_some());
}

#[test]
fn a_sentence_stands_under_the_figure_that_it_was_read_for() {
    // Both figures of one place are the same number.
    let world = changed(
        "UPDATE metrics SET value = 1048000000 WHERE session_id = 2 AND indicator = 'fixed_asset_investment'",
    );
    let answer = world.ask("compare 河湾镇 and 松岭镇 on tax, investment in 2022");
    let of = |figure: &str| {
        let row = answer
            .rows
            .iter()
            .find(|row| row.cells[0].value.text() == Some(figure));
        let quotes = row
            .expect(figure)
            .sources
            .iter()
            .map(|source| source.quote.as_str());
        quotes.collect::<Vec<_>>().join(" ")
    };
    assert!(of("tax revenue").contains("税收10.48亿元") && !of("tax revenue").contains("投资"));
    assert!(of("fixed-asset investment").contains("固定资产投资8亿元"));
}

#[test]
fn an_empty_answer_says_whether_there_are_reports() {
    let world = world();
    let none = world.ask("doubts of 河湾镇 in 2022");
    let empty = note(&none, "empty").expect("a reason");
    assert!(empty.contains("1 report"), "{empty}");
    let far = world.ask("tasks of 河湾镇 in 2036");
    let empty = note(&far, "empty").expect("a reason");
    assert!(empty.contains("no report of such places"), "{empty}");
}

#[test]
fn named_places_without_a_report_are_named() {
    let world = world();
    let list = world.ask("tax of 河湾镇 and 松岭镇 from 2023 to 2024");
    assert_eq!(
        note(&list, "no-report"),
        Some("no report of these years: 松岭镇")
    );
    let compared = world.ask("compare 河湾镇 and 柳浦镇 on tax from 2022 to 2023");
    let absent = &json(&compared)["rows"][0]["absent"];
    assert_eq!(absent["柳浦镇"], "no-report");
    let nothing = world.ask("compare 柳浦镇 and 云溪乡 on grain area in 2023");
    assert_eq!(nothing.rows.len(), 1, "{:?}", nothing.rows);
}

#[test]
fn what_was_asked_for_and_is_not_there_is_said() {
    let world = world();
    for question in [
        "tax rank of 河湾镇 in 2022",
        "tax completion of 河湾镇 in 2022",
    ] {
        assert!(
            note(&world.ask(question), "not-stated").is_some(),
            "{question}"
        );
    }
    assert!(note(&world.ask("tax growth of 河湾镇 in 2022"), "not-stated").is_none());
}

#[test]
fn a_share_is_a_bound_where_its_parts_are() {
    let world = changed("UPDATE metrics SET bound = 'gt' WHERE value = 9900000000");
    let answer = world.ask("2023年云溪乡税收占青禾县的比重");
    let cell = answer.rows[0].cells.last().expect("a share");
    assert_eq!(cell.bound.as_deref(), Some("le"));
    // What is not shown is not noted.
    let all = world.ask("云溪乡税收占青禾县的比重");
    assert_eq!(note(&all, "coverage"), None);
}

#[test]
fn rates_have_no_total() {
    let world = world();
    for question in ["合计燃气改造完成率", "total tax growth of all towns"] {
        let faults = zhenzhi::query::compile(question, &world.catalog).expect_err(question);
        assert_eq!(faults[0].code, "Q0115", "{question}");
    }
    assert!(shown(&world.ask("合计税收")).contains("合计税收收入*"));
}
