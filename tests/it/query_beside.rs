//! What stands beside what was asked for: what was added beside all there is, a completion beside its value, a target for
//! several things together, an earlier report beside the latest.

use zhenzhi::query::{Absence, Answer};
use zhenzhi::render::{Options, json, table};
use zhenzhi::store::Store;

use crate::workshop::put;

fn ask(store: &Store, question: &str) -> Answer {
    zhenzhi::ask::ask(store, question).unwrap_or_else(|error| panic!("{question}: {error:?}"))
}

fn shown(store: &Store, question: &str) -> String {
    let answer = ask(store, question);
    table(&answer, answer.lang, &Options::default())
}

fn note(store: &Store, question: &str, code: &str) -> Option<(String, String)> {
    let notes = ask(store, question).notes;
    let note = notes.into_iter().find(|note| note.code == code);
    note.map(|note| (note.en, note.zh))
}

/// Reports of places about a year, with what they say of it and plan for the next.
fn store(folder: &tempfile::TempDir, reports: &[(&str, i32, &str, &str)]) -> Store {
    let store = Store::create(&folder.path().join("s.db")).unwrap();
    for (place, year, said, planned) in reports {
        let next = year + 1;
        let text = format!(
            "{place}政府工作报告\n——{next}年1月9日在{place}第十八届人民代表大会第三次会议上\n\n各位代表：\n现在，我代表人民政府，向大会报告工作。\n\
             一、{year}年工作回顾\n{year}年，{said}。\n二、{next}年工作安排\n{next}年，{planned}。\n"
        );
        put(&store, &format!("{place}-{year}.txt"), &text);
    }
    store
}

fn values(answer: &Answer) -> Vec<Option<f64>> {
    let at = answer
        .columns
        .iter()
        .position(|column| column.name == "value");
    let rows = answer.rows.iter();
    rows.map(|row| row.cells[at.unwrap()].value.number())
        .collect()
}

#[test]
fn what_was_added_is_marked_where_all_there_is_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            (
                "浅湾镇",
                2020,
                "新增养老床位120张，新增就业300人",
                "新增养老床位50张",
            ),
            (
                "浅湾镇",
                2021,
                "养老床位达到560张，新增就业310人",
                "推进养老服务",
            ),
            (
                "浅湾镇",
                2022,
                "全年新增养老床位70张，养老床位总数达到630张",
                "推进养老服务",
            ),
        ],
    );
    let question = "浅湾镇的养老床位，按年份";
    assert_eq!(
        values(&ask(&store, question)),
        [Some(120.0), Some(560.0), Some(630.0)]
    );
    let whole = shown(&store, question);
    assert!(whole.contains("120张（新增）"), "{whole}");
    assert!(
        whole.contains("560张 ") && !whole.contains("630张（"),
        "{whole}"
    );
    assert!(whole.contains("注：1个是新增的数，未必是总数"), "{whole}");
    let english = shown(&store, "elderly care beds of 浅湾镇 by year");
    assert!(english.contains("120 张 (added)"), "{english}");
    assert!(
        english.contains("note: 1 figure is of what was added, which need not be all there is"),
        "{english}"
    );
    let answer = ask(&store, question);
    assert!(json(&answer).to_string().contains("\"added\":{"));
    // What is itself of what is new is all there is.
    let jobs = shown(&store, "浅湾镇的新增就业，按年份");
    assert!(!jobs.contains('（') || !jobs.contains("（新增）"), "{jobs}");
}

#[test]
fn new_things_are_asked_for_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2020, "新增养老床位120张", "新增养老床位50张"),
            (
                "浅湾镇",
                2021,
                "新建养老床位55张，养老床位达到560张",
                "推进养老服务",
            ),
            ("浅湾镇", 2022, "养老床位总数达到630张", "推进养老服务"),
        ],
    );
    for question in [
        "浅湾镇的新增养老床位，按年份",
        "new elderly care beds of 浅湾镇 by year",
    ] {
        let answer = ask(&store, question);
        assert_eq!(values(&answer), [Some(120.0), Some(55.0)], "{question}");
        assert!(answer.reading.zh.contains("新增养老床位"));
        assert!(answer.reading.en.contains("new elderly care beds"));
        // The reading is read as the same.
        let again = ask(&store, &answer.reading.zh);
        assert_eq!(again.reading.en, answer.reading.en);
        assert!(answer.notes.iter().all(|note| note.code != "added"));
    }
    let total = ask(&store, "浅湾镇的新增养老床位合计，2020年到2022年");
    assert_eq!(total.rows[0].cells[0].value.number(), Some(175.0));
    // A target for what is new meets what is new, and not all there is.
    let result = shown(&store, "浅湾镇2021年的新增养老床位目标，附完成情况");
    assert!(
        result.contains("55张") && !result.contains("560张 "),
        "{result}"
    );
}

#[test]
fn how_many_state_a_completion_is_not_how_many_state_the_value() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            (
                "浅湾镇",
                2021,
                "固定资产投资2亿元，完成年度任务的70%",
                "抓好项目",
            ),
            ("深溪镇", 2021, "固定资产投资3亿元", "抓好项目"),
            ("清河镇", 2021, "固定资产投资4亿元，增长5%", "抓好项目"),
        ],
    );
    let (en, zh) = note(&store, "固定资产投资完成率低于80%的镇", "coverage").unwrap();
    assert_eq!(zh, "3个中有1个给出固定资产投资完成率");
    assert_eq!(en, "1 of 3 state fixed-asset investment completion");
    let none = note(&store, "towns with investment completion over 90%", "empty").unwrap();
    assert!(
        none.0
            .contains("1 states fixed-asset investment completion"),
        "{none:?}"
    );
    // All three state the value.
    assert_eq!(note(&store, "固定资产投资超过1亿元的镇", "coverage"), None);
}

#[test]
fn dollars_among_themselves_are_left_out_of_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[(
            "浅湾市",
            2021,
            "地区生产总值50亿元，外贸进出口总额4亿美元，其中出口3亿美元",
            "抓好项目",
        )],
    );
    for question in ["浅湾市的出口/进出口", "exports / foreign trade of 浅湾市"] {
        assert_eq!(note(&store, question, "unit"), None, "{question}");
    }
    assert!(note(&store, "浅湾市的出口/地区生产总值", "unit").is_some());
}

#[test]
fn a_target_for_several_things_together_is_no_silence() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[(
            "浅湾镇",
            2021,
            "税收收入2亿元，固定资产投资3亿元",
            "税收收入、固定资产投资均增长6%，社会消费品零售总额增长5%",
        )],
    );
    for question in [
        "浅湾镇2022年的固定资产投资目标",
        "investment target of 浅湾镇 in 2022",
        "浅湾镇的固定资产投资目标",
    ] {
        let answer = ask(&store, question);
        let absent = answer.rows[0].cells.iter().find_map(|cell| cell.absence);
        assert_eq!(absent, Some(Absence::OfAPart), "{question}");
        let (_, offer) = note(&store, question, "named").unwrap();
        let offered = offer.split(['“', '”']).collect::<Vec<_>>();
        let offered = format!("{}“{}”{}", offered[1], offered[2], offered[3]);
        assert!(!ask(&store, &offered).rows.is_empty(), "{offered}");
    }
    let silent = ask(&store, "浅湾镇2022年的工业投资目标");
    let absent = silent.rows[0].cells.iter().find_map(|cell| cell.absence);
    assert_eq!(absent, Some(Absence::NotMentioned));
}

#[test]
fn what_only_an_earlier_report_says_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[
            ("浅湾镇", 2020, "推进柑橘码头改造", "抓好项目"),
            ("浅湾镇", 2021, "推进茶市改造", "抓好项目"),
            ("深溪镇", 2021, "推进茶市改造", "抓好项目"),
        ],
    );
    let (en, zh) = note(&store, "提到“柑橘码头”的镇", "elsewhere").unwrap();
    assert_eq!(
        zh,
        "只查了各地最新的报告；以前的报告中2020年有，可问“提到“柑橘码头”的镇，按年份”"
    );
    assert!(
        en.ends_with("say it for 2020: `towns mentioning \"柑橘码头\" by year`"),
        "{en}"
    );
    assert!(note(&store, "how many towns mention \"柑橘码头\"", "elsewhere").is_some());
    // Said by a latest report, or by none.
    assert_eq!(note(&store, "提到“茶市”的镇", "elsewhere"), None);
    assert_eq!(note(&store, "提到“盐场”的镇", "elsewhere"), None);
}

#[test]
fn how_much_in_any_unit_that_measures() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(
        &folder,
        &[(
            "浅湾镇",
            2021,
            "粮食产量2.4亿斤，税收收入3亿元",
            "税收收入2亿元",
        )],
    );
    for question in [
        "浅湾镇2021年粮食产量多少亿斤",
        "浅湾镇2021年粮食产量是多少公斤",
    ] {
        assert_eq!(
            ask(&store, question).reading.zh,
            "在2021年，浅湾镇的粮食产量"
        );
    }
    for (question, reading) in [
        (
            "浅湾镇税收目标比实际少多少",
            "浅湾镇的税收收入目标 - 税收收入",
        ),
        (
            "how much lower is the tax target of 浅湾镇 than its tax",
            "浅湾镇的税收收入目标 - 税收收入",
        ),
    ] {
        let answer = ask(&store, question);
        assert_eq!(answer.reading.zh, reading, "{question}");
        let change = answer.rows[0].cells.last().unwrap().value.number();
        assert_eq!(change, Some(-100_000_000.0), "{question}");
    }
}
