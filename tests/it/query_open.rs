//! What an answer says where a question leaves something open, or asks for what reports state in another range.

use zhenzhi::query::Answer;
use zhenzhi::store::Store;

use crate::workshop::put;

fn ask(store: &Store, question: &str) -> Answer {
    zhenzhi::ask::ask(store, question).unwrap_or_else(|error| panic!("{question}: {error:?}"))
}

fn note<'a>(answer: &'a Answer, code: &str) -> Option<&'a str> {
    let found = answer.notes.iter().find(|note| note.code == code);
    found.map(|note| note.in_lang(answer.lang))
}

/// A report about a year and its plan; a county's where the name says so.
fn report(place: &str, year: i32, said: &str) -> String {
    format!(
        "{place}政府工作报告\n——{}年1月9日在{place}第十八届人民代表大会第三次会议上\n\n各位代表：\n现在，我代表人民政府作工作报告。\n\
         一、{year}年工作回顾\n{year}年，{said}。\n二、{}年工作安排\n{}年，税收收入增长8%。\n",
        year + 1,
        year + 1,
        year + 1
    )
}

fn store(folder: &tempfile::TempDir, reports: &[(&str, i32, &str)]) -> Store {
    let store = Store::create(&folder.path().join("o.db")).unwrap();
    for (place, year, said) in reports {
        let name = format!("{place}-{year}.txt");
        put(&store, &name, &report(place, *year, said));
    }
    store
}

#[test]
fn what_is_stated_in_another_range_is_told_where_little_is_stated() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2023, "规模以上工业总产值12亿元，增长5%"),
            ("深溪镇", 2023, "规上工业总产值8亿元，增长3%"),
            ("远坪镇", 2023, "税收收入2亿元"),
        ],
    );
    let answer = ask(&store, "工业总产值最高的镇");
    assert!(answer.rows.is_empty());
    let said = note(&answer, "kindred").unwrap();
    assert!(
        said.contains("2个给出了范围不同的规模以上工业总产值"),
        "{said}"
    );
    let english = ask(&store, "growth of gross industrial output of all towns");
    let said = note(&english, "kindred").unwrap();
    assert!(
        said.contains("2 state industrial output above scale growth"),
        "{said}"
    );
    // Who asks for what is stated is told nothing, nor who asks for what has nothing beside it.
    for question in ["规上工业总产值最高的镇", "税收最高的镇", "各镇的粮食产量"]
    {
        assert_eq!(note(&ask(&store, question), "kindred"), None, "{question}");
    }
    // Where most state it, the few others are no matter.
    put(
        &store,
        "浅湾镇-2024.txt",
        &report("浅湾镇", 2024, "工业总产值15亿元，规模以上工业总产值13亿元"),
    );
    put(
        &store,
        "深溪镇-2024.txt",
        &report("深溪镇", 2024, "工业总产值9亿元，规模以上工业总产值8亿元"),
    );
    assert_eq!(note(&ask(&store, "工业总产值最高的镇"), "kindred"), None);
}

#[test]
fn which_places_are_put_together_is_said_where_the_question_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let towns = [
        ("浅湾镇", 2023, "税收收入2亿元"),
        ("深溪镇", 2023, "税收收入4亿元"),
    ];
    let alone = store(&folder, &towns);
    // Where there are only towns, nothing is left out.
    assert_eq!(note(&ask(&alone, "average tax"), "assumed"), None);
    put(
        &alone,
        "青禾县-2023.txt",
        &report("青禾县", 2023, "税收收入99亿元"),
    );
    let average = ask(&alone, "average tax");
    assert!(
        average.reading.en.contains("all towns"),
        "{}",
        average.reading.en
    );
    let said = note(&average, "assumed").unwrap();
    assert!(said.contains("towns are meant"), "{said}");
    let chinese = ask(&alone, "税收的平均值");
    assert!(
        chinese.reading.zh.contains("各镇"),
        "{}",
        chinese.reading.zh
    );
    assert!(
        note(&chinese, "assumed")
            .unwrap()
            .contains("这里指库中的镇")
    );
    for question in [
        "average tax of all towns",
        "各区县税收的平均值",
        "税收最高的地方",
    ] {
        assert_eq!(note(&ask(&alone, question), "assumed"), None, "{question}");
    }
}

#[test]
fn years_in_a_row_are_named_where_the_question_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2022, "税收收入2亿元，增长5%"),
            ("浅湾镇", 2023, "税收收入2.2亿元，增长10%"),
            // Its reports end a year before those of the store.
            ("深溪镇", 2021, "税收收入4亿元，增长3%"),
            ("深溪镇", 2022, "税收收入4.4亿元，增长10%"),
        ],
    );
    let names = |answer: &Answer| -> Vec<String> {
        let rows = answer.rows.iter();
        rows.filter_map(|row| row.cells[0].value.text().map(str::to_owned))
            .collect()
    };
    for question in [
        "税收连续两年增长的镇",
        "towns with tax rising for two consecutive years",
    ] {
        let answer = ask(&store, question);
        assert_eq!(names(&answer), ["浅湾镇"], "{question}");
        let said = note(&answer, "assumed").unwrap();
        assert!(said.contains("2022") && said.contains("2023"), "{said}");
    }
    let growing = ask(&store, "2022年税收连续两年增长的镇");
    assert_eq!(names(&growing), ["深溪镇"]);
    assert_eq!(note(&growing, "assumed"), None);
}

#[test]
fn what_is_said_only_of_a_part_or_of_several_together_is_no_silence() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2023, "浅湾深溪港货物吞吐量2400万吨"),
            (
                "深溪镇",
                2023,
                "城镇居民人均可支配收入和农民人均纯收入均增长9%",
            ),
            ("远坪镇", 2023, "税收收入2亿元"),
        ],
    );
    let reason = |question: &str| {
        let answer = ask(&store, question);
        let absence = answer.rows[0].cells.iter().find_map(|cell| cell.absence);
        absence.map(zhenzhi::query::Absence::as_str)
    };
    assert_eq!(reason("浅湾镇的港口货物吞吐量"), Some("of-a-part"));
    assert_eq!(reason("深溪镇的城镇居民人均可支配收入"), Some("of-a-part"));
    assert_eq!(reason("远坪镇的港口货物吞吐量"), Some("not-mentioned"));
}

#[test]
fn what_a_list_leaves_out_for_it_is_of_several_years_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2023, "五年累计实现税收收入9亿元"),
            ("深溪镇", 2023, "农业生产稳定"),
            ("远坪镇", 2023, "税收收入2亿元"),
        ],
    );
    let answer = ask(&store, "税收最高的镇");
    assert_eq!(answer.rows.len(), 1);
    let said = note(&answer, "together").unwrap();
    assert!(said.contains("另有1个只给出几年合计"), "{said}");
    assert_eq!(note(&ask(&store, "固定资产投资最高的镇"), "together"), None);
}

#[test]
fn a_year_without_a_report_says_nothing_of_what_its_report_said() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2021, "农业生产稳定"),
            ("浅湾镇", 2023, "税收收入2亿元"),
        ],
    );
    let reasons = |question: &str| -> Vec<&'static str> {
        let answer = ask(&store, question);
        let cells = answer.rows[0].cells.iter();
        cells
            .filter_map(|cell| cell.absence)
            .map(zhenzhi::query::Absence::as_str)
            .collect()
    };
    // What is worked out of them has no reason of its own.
    assert_eq!(reasons("浅湾镇2020年到2023年的税收变化"), ["no-report"]);
    assert_eq!(reasons("浅湾镇2021年到2023年的税收变化"), ["not-mentioned"]);
}

#[test]
fn how_many_there_are_in_each_year_is_counted_over_all_places() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2022, "税收收入2亿元"),
            ("浅湾镇", 2023, "税收收入2亿元"),
            ("青禾县", 2023, "税收收入99亿元"),
        ],
    );
    for question in [
        "各年份报告数",
        "报告数，按年份",
        "number of reports by year",
    ] {
        let answer = ask(&store, question);
        let rows: Vec<(i64, f64)> = answer
            .rows
            .iter()
            .map(|row| {
                let [year, count] = [0, 1].map(|at| &row.cells[at].value);
                (year.integer().unwrap(), count.number().unwrap())
            })
            .collect();
        assert!(
            rows.contains(&(2022, 1.0)) && rows.contains(&(2023, 2.0)) && rows.len() == 2,
            "{question}: {rows:?}"
        );
        assert_eq!(note(&answer, "assumed"), None, "{question}");
        assert_eq!(note(&answer, "levels"), None, "{question}");
    }
    // Of a place that is named it is the place's.
    assert_eq!(ask(&store, "浅湾镇的报告数，按年份").rows.len(), 2);
    // In a row is asked of places, not of each of their years.
    let refused = zhenzhi::ask::ask(&store, "税收连续两年增长的镇，按年份");
    assert!(refused.is_err());
}

#[test]
fn what_contradicts_itself_is_looked_for_in_all_reports() {
    let folder = tempfile::tempdir().unwrap();
    let twice = "税收收入3亿元，增长5%。全年实现税收收入2.1亿元，增长8%";
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2022, twice),
            ("浅湾镇", 2023, "税收收入3.2亿元，增长6%"),
        ],
    );
    for question in ["浅湾镇的矛盾", "conflicts of 浅湾镇", "doubts of 浅湾镇"] {
        let answer = ask(&store, question);
        assert_eq!(answer.rows.len(), 1, "{question}");
        assert_eq!(answer.rows[0].cells[1].value.number(), Some(2022.0));
    }
    assert!(ask(&store, "浅湾镇2023年的矛盾").rows.is_empty());
}

#[test]
fn a_growth_has_its_own_bound_and_unit() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2022, "税收收入超过3亿元，增长5%"),
            (
                "浅湾镇",
                2023,
                "税收收入增长7%以上，居民消费价格同比上涨2.7%",
            ),
        ],
    );
    let bounds = |question: &str| note(&ask(&store, question), "bounds").map(str::to_owned);
    let growth = bounds("2022年浅湾镇平均税收增速");
    assert_eq!(growth, None);
    assert!(bounds("2022年浅湾镇平均税收").is_some());
    assert!(bounds("2023年浅湾镇平均税收增速").is_some());
    // Prices rise by per cent.
    let answer = ask(&store, "浅湾镇2023年居民消费价格指数增速");
    let units = answer.columns.iter().map(|column| column.unit.as_deref());
    assert!(
        units.clone().all(|unit| unit != Some("百分点")),
        "{units:?}"
    );
}

#[test]
fn what_one_place_states_for_other_years_is_said_where_it_states_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2021, "税收收入2亿元"),
            ("浅湾镇", 2022, "税收收入3亿元"),
            ("浅湾镇", 2023, "农业生产稳定"),
            ("深溪镇", 2023, "税收收入4亿元"),
        ],
    );
    let said = |question: &str| {
        let answer = ask(&store, question);
        note(&answer, "elsewhere").map(str::to_owned)
    };
    let other = said("浅湾镇的税收").unwrap();
    assert!(
        other.contains("2021年和2022年有") && other.contains("浅湾镇的税收收入，按年份"),
        "{other}"
    );
    assert_eq!(said("浅湾镇2023年的税收"), Some(other.clone()));
    // So it is where rows are handed over as they are read.
    let mut take = |_: &Answer| std::ops::ControlFlow::Continue(());
    let outcome = zhenzhi::ask::run_in_parts(
        &store,
        "浅湾镇的税收",
        &zhenzhi::ask::Terms::default(),
        &mut take,
    );
    let Ok(zhenzhi::ask::Outcome::Answer(answer)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(note(&answer, "elsewhere"), Some(other.as_str()));
    for question in [
        "浅湾镇2022年的税收",
        "浅湾镇历年的税收",
        "浅湾镇的固定资产投资",
        "各镇的税收",
        "深溪镇的税收",
        "浅湾镇2022年和2023年的税收",
    ] {
        assert_eq!(said(question), None, "{question}");
    }
}

#[test]
fn places_that_have_a_report_of_each_year_have_one_of_every_year_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2021, "税收收入2亿元"),
            ("浅湾镇", 2022, "税收收入3亿元"),
            ("深溪镇", 2022, "税收收入4亿元"),
            ("远坪镇", 2020, "税收收入1亿元"),
            ("远坪镇", 2022, "税收收入1亿元"),
        ],
    );
    let names = |question: &str| -> Vec<String> {
        let rows = ask(&store, question).rows;
        let name = |row: &zhenzhi::query::Row| row.cells[0].value.text().unwrap().to_owned();
        rows.iter().map(name).collect()
    };
    for question in [
        "2021年到2022年每年都有报告的镇",
        "哪些镇2021年和2022年都有报告",
        "towns with reports for every year from 2021 to 2022",
    ] {
        assert_eq!(names(question), ["浅湾镇"], "{question}");
    }
    let mut one = names("towns with reports in 2022");
    one.sort();
    assert_eq!(one, ["浅湾镇", "深溪镇", "远坪镇"]);
}

/// The total is the next year's, though more were added in it than are told of the year before.
#[test]
fn all_there_is_answers_before_what_was_added() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2022, "高新技术企业达到40家"),
            ("浅湾镇", 2023, "新增高新技术企业12家，总数达到52家"),
            ("深溪镇", 2023, "新增高新技术企业3家"),
        ],
    );
    let value = |question: &str| ask(&store, question).rows[0].cells[2].value.clone();
    for question in ["浅湾镇的高新技术企业", "浅湾镇2023年的高新技术企业"] {
        assert_eq!(value(question).number(), Some(52.0), "{question}");
    }
    assert_eq!(value("深溪镇的高新技术企业").number(), Some(3.0));
    let change = ask(&store, "浅湾镇2022年到2023年的高新技术企业变化");
    let cells = &change.rows[0].cells;
    assert_eq!(
        cells.last().unwrap().value.number(),
        Some(12.0),
        "{cells:?}"
    );
}

#[test]
fn a_growth_that_is_a_range_is_no_exact_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder, &[("浅湾镇", 2023, "税收收入增长7%—8%")]);
    let answer = ask(&store, "浅湾镇的税收增速");
    let shown = zhenzhi::render::table(
        &answer,
        zhenzhi::query::Lang::Zh,
        &zhenzhi::render::Options::default(),
    );
    assert!(shown.contains("+7%–+8%"), "{shown}");
}

#[test]
fn dollars_are_held_against_dollars() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2023, "进出口总额5亿美元，其中出口3亿美元"),
            ("深溪镇", 2023, "出口4亿元"),
            ("远坪镇", 2023, "出口超过2亿美元"),
        ],
    );
    let names = |question: &str| -> Vec<String> {
        let rows = ask(&store, question).rows;
        let name = |row: &zhenzhi::query::Row| row.cells[0].value.text().unwrap().to_owned();
        rows.iter().map(name).collect()
    };
    assert_eq!(names("出口超过2.5亿美元的镇"), ["浅湾镇"]);
    assert_eq!(
        names("towns with exports between 100 million USD and 350 million USD"),
        ["浅湾镇"]
    );
    assert_eq!(names("出口超过2.5亿元的镇"), ["深溪镇"]);
    let answer = ask(&store, "出口超过2.5亿美元的镇");
    assert!(
        note(&answer, "unit")
            .unwrap()
            .contains("1个出口总额以人民币给出")
    );
    // What is in dollars is nearest to dollars, and the tax is no figure that reports give in them.
    let none = ask(&store, "出口超过9亿美元的镇");
    assert!(
        note(&none, "nearest")
            .unwrap()
            .contains("浅湾镇 2023 3亿美元")
    );
    assert!(!note(&none, "nearest").unwrap().contains("深溪镇"));
    let both = ask(&store, "出口超过2.5亿美元且税收超过1亿元的镇");
    let units = both.notes.iter().filter(|note| note.code == "unit");
    assert!(units.map(|note| &note.zh).all(|said| said.contains("出口")));
    for refused in [
        "税收超过2.5亿美元的镇",
        "出口减进口超过1亿美元的镇",
        "出口-税收超过1亿美元的镇",
        "出口上年超过1亿美元的镇",
    ] {
        assert!(zhenzhi::ask::ask(&store, refused).is_err(), "{refused}");
    }
    // More than 2 may be more than 2.5.
    assert!(note(&answer, "possible").unwrap().contains("远坪镇"));
    let share = ask(&store, "浅湾镇的出口/进出口总额");
    let share = share.rows[0].cells.last().unwrap();
    assert_eq!(share.value.number(), Some(0.6));
    assert!(names("各镇的出口，折合亿美元").len() == 3);
}
