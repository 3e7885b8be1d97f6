//! What an answer says of values that are there and of those that are not: why they are absent, in which unit they are shown,
//! against which year they grew, and with which of the others they are compared.

use zhenzhi::query::{Absence, Answer, Lang};
use zhenzhi::render::{Options, table};
use zhenzhi::store::Store;

use crate::workshop::put;

fn ask(store: &Store, question: &str) -> Answer {
    zhenzhi::ask::ask(store, question).unwrap_or_else(|error| panic!("{question}: {error:?}"))
}

fn shown(store: &Store, question: &str) -> String {
    let answer = ask(store, question);
    table(&answer, answer.lang, &Options::default())
}

/// Why the first row has no value.
fn absence(store: &Store, question: &str) -> Option<Absence> {
    let answer = ask(store, question);
    answer.rows[0].cells.iter().find_map(|cell| cell.absence)
}

/// A report about a year and its plan.
fn report(place: &str, year: i32, said: &str, planned: &str) -> String {
    let next = year + 1;
    format!(
        "{place}政府工作报告\n——{next}年1月9日在{place}第十八届人民代表大会第三次会议上\n\n各位代表：\n现在，我代表人民政府作工作报告。\n\
         一、{year}年工作回顾\n{year}年，{said}。\n二、{next}年工作安排\n{next}年，{planned}。\n"
    )
}

fn store(folder: &tempfile::TempDir, reports: &[(&str, i32, &str, &str)]) -> Store {
    let store = Store::create(&folder.path().join("s.db")).unwrap();
    for (place, year, said, planned) in reports {
        let name = format!("{place}-{year}.txt");
        put(&store, &name, &report(place, *year, said, planned));
    }
    store
}

#[test]
fn a_target_is_absent_from_the_report_that_plans_its_year() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[("浅湾镇", 2022, "税收收入2亿元，增长4%", "税收收入增长8%")],
    );
    let why = |question| absence(&store, question);
    assert_eq!(
        why("浅湾镇2023年的新增就业目标"),
        Some(Absence::NotMentioned)
    );
    assert_eq!(why("浅湾镇2022年的新增就业目标"), Some(Absence::NoReport));
    assert_eq!(why("浅湾镇的新增就业目标"), Some(Absence::NotMentioned));
    // Where there is no target no result was looked for.
    let answer = ask(&store, "浅湾镇2022年的税收目标，附完成情况");
    let reasons: Vec<Absence> = answer.rows[0]
        .cells
        .iter()
        .filter_map(|cell| cell.absence)
        .collect();
    assert_eq!(reasons, [Absence::NoReport]);
}

#[test]
fn what_a_report_names_is_not_said_to_be_unmentioned() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[(
            "浅湾镇",
            2023,
            "建成滨河路、东环路2处城市口袋公园。粮食产量稳定在较高水平，服务业企业达到12家。垃圾分类示范村增至6个",
            "新增就业300人",
        )],
    );
    let why = |question| absence(&store, question);
    assert_eq!(why("浅湾镇的口袋公园"), Some(Absence::OfAPart));
    assert_eq!(why("浅湾镇的粮食产量"), Some(Absence::BesideOthers));
    assert_eq!(why("浅湾镇的新增就业"), Some(Absence::TargetOnly));
    assert_eq!(why("浅湾镇的税收"), Some(Absence::NotMentioned));
    // The note says how to see the figures, and what it says can be asked.
    for (question, asked) in [
        ("浅湾镇的口袋公园", "浅湾镇提到“口袋公园”的指标"),
        (
            "pocket parks of 浅湾镇",
            "figures of 浅湾镇 mentioning \"口袋公园\"",
        ),
    ] {
        let answer = ask(&store, question);
        let note = answer.notes.iter().find(|note| note.code == "named");
        let said = note.unwrap().in_lang(answer.lang);
        assert!(said.contains(asked), "{said}");
        assert_eq!(ask(&store, asked).rows.len(), 1, "{asked}");
    }
    let answer = ask(&store, "浅湾镇的税收");
    assert!(answer.notes.iter().all(|note| note.code != "named"));
}

#[test]
fn a_growth_alone_does_not_state_a_value() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2023, "税收收入2亿元，增长4%", "税收收入增长8%"),
            ("深溪镇", 2023, "税收收入增长6%", "税收收入增长5%"),
            ("远坪镇", 2023, "完成植树造林300亩", "植树造林200亩"),
        ],
    );
    let places = |question| {
        let answer = ask(&store, question);
        let names = answer.rows.iter().map(|row| row.cells[0].value.text());
        let mut names: Vec<String> = names.flatten().map(str::to_owned).collect();
        names.sort();
        names
    };
    assert_eq!(places("给出税收的镇"), ["浅湾镇"]);
    assert_eq!(places("缺少税收的镇"), ["深溪镇", "远坪镇"]);
    assert_eq!(places("给出税收增速的镇"), ["浅湾镇", "深溪镇"]);
    // A growth is a target.
    assert_eq!(places("给出税收目标的镇"), ["浅湾镇", "深溪镇"]);
    let said = shown(&store, "给出税收的镇");
    assert!(
        said.contains("3个中有1个给出税收收入，1个只给出增速"),
        "{said}"
    );
    let said = shown(&store, "缺少税收的镇");
    assert!(said.contains("只有增速：深溪镇"), "{said}");
}

#[test]
fn dollars_are_put_in_order_where_all_are_dollars() {
    let folder = tempfile::tempdir().unwrap();
    let mut reports = vec![
        ("浅湾市", 2010, "出口总额35亿美元", "出口总额增长8%"),
        ("深溪市", 2010, "出口总额52亿美元", "出口总额增长8%"),
        ("远坪市", 2010, "出口总额增长7%", "出口总额增长8%"),
    ];
    let dollars = store(&folder, &reports);
    for question in ["出口最多的1个市", "出口总额最高的市"] {
        let answer = ask(&dollars, question);
        assert_eq!(answer.rows.len(), 1, "{question}");
        assert_eq!(answer.rows[0].cells[0].value.text(), Some("深溪市"));
        let note = answer.notes.iter().find(|note| note.code == "unit");
        assert!(note.unwrap().zh.contains("都以美元给出"), "{question}");
    }
    // Of one place nothing is compared.
    let answer = ask(&dollars, "浅湾市的出口总额");
    assert!(answer.notes.iter().all(|note| note.code != "unit"));
    reports[2].2 = "出口总额90亿元";
    let folder = tempfile::tempdir().unwrap();
    let mixed = store(&folder, &reports);
    let answer = ask(&mixed, "出口总额最高的市");
    assert_eq!(answer.rows[0].cells[0].value.text(), Some("远坪市"));
    let note = answer.notes.iter().find(|note| note.code == "unit");
    assert!(note.unwrap().zh.contains("2个出口总额以其他单位"));
}

#[test]
fn lengths_are_shown_in_kilometres() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2023, "新建农村公路28.2公里", "新建农村公路30公里"),
            ("深溪镇", 2023, "新建农村公路850米", "新建农村公路3公里"),
        ],
    );
    assert!(shown(&store, "浅湾镇的农村公路").contains("28.2公里"));
    assert!(shown(&store, "rural roads of 浅湾镇").contains("28.2 km"));
    assert!(shown(&store, "深溪镇的农村公路").contains("850米"));
    // As it is said, so it is read.
    let answer = ask(&store, "农村公路超过10公里的镇");
    assert_eq!(answer.reading.zh, "农村公路超过10公里的镇");
    assert_eq!(ask(&store, &answer.reading.en).rows.len(), 1);
}

#[test]
fn growths_against_other_years_stand_at_no_year() {
    let folder = tempfile::tempdir().unwrap();
    let said = "城镇化率达到52%，比2015年提高4.4个百分点";
    let store = store(
        &folder,
        &[
            ("浅湾市", 2019, "地区生产总值100亿元，增长9%", "税收增长8%"),
            ("浅湾市", 2020, said, "税收增长8%"),
            ("浅湾市", 2021, "地区生产总值120亿元", "税收增长8%"),
        ],
    );
    assert!(!shown(&store, "浅湾市2020年的城镇化率").contains("+4.4"));
    let all = shown(&store, "浅湾市2020年提到“城镇化率”的指标");
    assert!(all.contains("+4.4个百分点（比以前年份）"), "{all}");
    // Beside the change over years stands no growth of the first of them.
    let change = shown(&store, "浅湾市2019年到2021年的地区生产总值变化");
    assert!(
        change.contains("20亿元") && !change.contains("+9%"),
        "{change}"
    );
    // Of a change of growths both are shown.
    let answer = ask(&store, "浅湾市2019年到2021年的地区生产总值增速变化");
    let rows = table(&answer, Lang::Zh, &Options::default());
    assert!(rows.contains("+9%"), "{rows}");
}

#[test]
fn the_few_years_that_say_nothing_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut reports: Vec<(&str, i32, &str, &str)> = (2018..=2023)
        .map(|year| ("浅湾市", year, "税收收入2亿元，增长4%", "植树造林200亩"))
        .collect();
    reports[2].2 = "完成植树造林300亩";
    let store = store(&folder, &reports);
    let said = shown(&store, "浅湾市2018年到2023年税收高于1亿元的年份");
    assert!(
        said.contains("6个中有5个给出税收收入（2020年没有）"),
        "{said}"
    );
}

#[test]
fn of_what_is_counted_there_is_most_and_least() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2023, "税收收入2亿元，新增就业300人", "税收增长8%"),
            ("深溪镇", 2023, "税收收入3亿元，新增就业200人", "税收增长8%"),
        ],
    );
    for (question, reading) in [
        ("字数最低的报告", "字数最少的报告"),
        ("任务数最高的镇", "任务数最多的镇"),
        ("新增就业最高的镇", "新增就业最多的镇"),
        ("新增就业第2高的镇", "新增就业第2多的镇"),
        ("税收最多的镇", "税收收入最高的镇"),
    ] {
        assert_eq!(ask(&store, question).reading.zh, reading, "{question}");
        assert_eq!(ask(&store, reading).reading.zh, reading);
    }
}

#[test]
fn how_many_rows_a_long_table_has_is_said_below_it() {
    let folder = tempfile::tempdir().unwrap();
    let many: Vec<String> = (0..25)
        .map(|at| format!("{at}乙丙丁村修路{}公里", at + 1))
        .collect();
    let many = many.join("。");
    let store = store(&folder, &[("浅湾镇", 2023, &many, "税收增长8%")]);
    let answer = ask(&store, "浅湾镇的指标");
    let said = table(&answer, Lang::Zh, &Options::default());
    assert!(answer.rows.len() > 20, "{said}");
    assert!(
        said.contains(&format!("注：共{}行", answer.rows.len())),
        "{said}"
    );
    assert!(!shown(&store, "浅湾镇的任务").contains("行\n"));
}

#[test]
fn dollars_beside_each_other_are_dollars() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾市", 2010, "出口总额35亿美元", "出口总额增长8%"),
            ("深溪市", 2010, "出口总额52亿美元", "出口总额增长8%"),
            ("远坪市", 2010, "出口总额90亿元", "出口总额增长8%"),
        ],
    );
    let said = shown(&store, "对比浅湾市和深溪市的出口总额");
    assert!(
        said.contains("35亿美元") && said.contains("52亿美元"),
        "{said}"
    );
    assert!(said.contains("-17亿美元"), "{said}");
    // Between dollars and yuan there is no difference.
    let said = shown(&store, "对比浅湾市和远坪市的出口总额");
    assert!(
        said.contains("35亿美元") && said.contains("90亿元"),
        "{said}"
    );
    assert!(!said.contains("相差*"), "{said}");
}
