//! The tables of nothing and of bounds in the manual: each rule on both sides, over the sample reports. 杏渡镇 states no
//! budget revenue; 云塘镇 plans at least 1.35亿元 of it for 2023.

use zhenzhi::ask::ask;
use zhenzhi::import::{Source, import};
use zhenzhi::query::{Absence, Answer, Lang};
use zhenzhi::render::{Options, notes};
use zhenzhi::store::Store;

use crate::samples;

const WITHOUT: &str = "杏渡镇";

fn towns(answer: &Answer) -> Vec<String> {
    let at = answer
        .columns
        .iter()
        .position(|column| column.name == "town");
    let names = answer.rows.iter().map(|row| {
        let name = at.and_then(|at| row.cells[at].value.text());
        name.unwrap_or_default().to_owned()
    });
    names.collect()
}

fn has(store: &Store, question: &str) -> bool {
    let answer = ask(store, question).unwrap_or_else(|error| panic!("{question}: {error:?}"));
    towns(&answer).iter().any(|town| town == WITHOUT)
}

#[test]
fn comparisons_with_nothing_are_nothing() {
    let (_folder, store) = samples::store();
    for (question, kept) in [
        ("towns with budget revenue over 1元", false),
        ("towns with not budget revenue over 1元", false),
        ("towns with budget revenue over 1元 and tax over 1元", false),
        ("towns with budget revenue over 1元 or tax over 1元", true),
        ("towns with budget revenue over tax", false),
        ("towns with budget revenue under tax", false),
        ("towns missing budget revenue", true),
        ("towns missing tax", false),
        ("towns with not missing budget revenue", false),
        ("towns with the lowest budget revenue", false),
    ] {
        assert_eq!(has(&store, question), kept, "{question}");
    }
}

#[test]
fn a_figure_of_several_years_is_said_to_be_one() {
    let text = "政府工作报告\n——2024年1月8日在青溪镇第五届人民代表大会第二次会议上\n青溪镇镇长 李明\n\
                一、2023年工作回顾\n五年新增就业5200人，各项工作有序推进，群众生活持续改善。\n\
                二、2024年工作安排\n新年里，我们要抓好以下工作。\n";
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("reports.db")).unwrap();
    let sources = [Source::bytes("青溪镇-2023.txt".into(), text.into())];
    import(&store, &sources, &mut |_, _| {}).unwrap();
    let reason = |question: &str| {
        let answer = ask(&store, question).unwrap();
        answer.rows[0].cells.iter().find_map(|cell| cell.absence)
    };
    assert_eq!(
        reason("new jobs of 青溪镇 in 2023"),
        Some(Absence::SeveralYears)
    );
    assert_eq!(reason("tax of 青溪镇 in 2023"), Some(Absence::NotMentioned));
    assert_eq!(reason("tax of 青溪镇 in 2020"), Some(Absence::NoReport));
}

/// 税收 is spoken of without a number, the number of 固定资产投资 is destroyed, 新增就业 stands in no sentence.
#[test]
fn what_is_named_without_a_number_is_told_from_what_is_not_named() {
    let text = "政府工作报告\n——2024年1月8日在青溪镇第五届人民代表大会第二次会议上\n青溪镇镇长 李明\n\
                一、2023年工作回顾\n经济运行总体平稳。各村税收收入稳步增长，质量持续改善。固定资产投资完成XX亿元，项目进展顺利。\
                规模以上工业总产值达到36亿元，一般公共预算收入完成情况良好。\n\
                二、2024年工作安排\n新年里，我们要抓好以下工作。\n";
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("reports.db")).unwrap();
    let sources = [Source::bytes("青溪镇-2023.txt".into(), text.into())];
    import(&store, &sources, &mut |_, _| {}).unwrap();
    let reason = |question: &str| {
        let answer = ask(&store, question).unwrap();
        answer.rows[0].cells.iter().find_map(|cell| cell.absence)
    };
    for (question, expected) in [
        ("tax of 青溪镇", Some(Absence::WithoutNumber)),
        ("investment of 青溪镇", Some(Absence::Illegible)),
        ("new jobs of 青溪镇", Some(Absence::NotMentioned)),
        ("industrial output of 青溪镇", None),
        // Its sentence has a figure, which is another's.
        ("budget revenue of 青溪镇", Some(Absence::BesideOthers)),
        ("tax of 青溪镇 in 2019", Some(Absence::NoReport)),
    ] {
        assert_eq!(reason(question), expected, "{question}");
    }
}

#[test]
fn nothing_stands_last_in_either_order() {
    let (_folder, store) = samples::store();
    for order in ["ascending", "descending"] {
        let answer = ask(&store, &format!("towns by budget revenue {order}")).unwrap();
        assert_eq!(
            towns(&answer).last().map(String::as_str),
            Some(WITHOUT),
            "{order}"
        );
    }
}

#[test]
fn aggregates_skip_nothing_and_say_so() {
    let (_folder, store) = samples::store();
    let of = |question: &str| -> (f64, Answer) {
        let answer = ask(&store, question).unwrap();
        let numbers = answer.rows[0]
            .cells
            .iter()
            .filter_map(|cell| cell.value.number());
        (numbers.fold(0.0, f64::max), answer)
    };
    let (total, _) = of("total budget revenue of all towns");
    let (average, answer) = of("average budget revenue of all towns");
    assert!((total / average - 3.0).abs() < 1e-6, "{total} {average}");
    assert!(
        answer.notes.iter().any(|note| note.en.contains("3 of 4")),
        "{:?}",
        answer.notes
    );
    let counted = ask(&store, "towns, count").unwrap();
    assert_eq!(counted.rows[0].cells[0].value.integer(), Some(4));
}

#[test]
fn arithmetic_with_nothing_is_nothing() {
    let (_folder, store) = samples::store();
    for operator in ["/", "+", "-", "against"] {
        let question = format!("budget revenue {operator} tax of all towns");
        let answer = ask(&store, &question).unwrap();
        let at = answer
            .columns
            .iter()
            .position(|column| column.name == "value");
        for (town, row) in towns(&answer).iter().zip(&answer.rows) {
            let value = at.map_or(&row.cells[row.cells.len() - 1], |at| &row.cells[at]);
            assert_eq!(value.value.is_null(), town == WITHOUT, "{question}: {town}");
        }
    }
}

#[test]
fn bounds_answer_certainly_or_possibly() {
    let (_folder, store) = samples::store();
    for (question, certain, possible) in [
        (
            "towns in 2023 with budget revenue target over 1.3亿元",
            true,
            false,
        ),
        (
            "towns in 2023 with budget revenue target over 1.4亿元",
            false,
            true,
        ),
        (
            "towns in 2023 with budget revenue target under 1.3亿元",
            false,
            false,
        ),
        (
            "towns in 2023 with budget revenue target under 1.4亿元",
            false,
            true,
        ),
    ] {
        let answer = ask(&store, question).unwrap();
        let said = answer.notes.iter().any(|note| note.code == "possible");
        let found = towns(&answer).iter().any(|town| town == "云塘镇");
        assert_eq!(
            (found, said),
            (certain, possible),
            "{question}: {:?}",
            answer.notes
        );
    }
}

#[test]
fn an_average_of_nothing_names_no_place() {
    let (_folder, store) = samples::store();
    let notes = |question: &str| {
        let answer = ask(&store, question).unwrap_or_else(|error| panic!("{question}: {error:?}"));
        let mut cells = answer.rows.iter().flat_map(|row| &row.cells);
        assert!(
            cells.any(|cell| cell.absence == Some(Absence::NotMentioned)),
            "{question}"
        );
        notes(&answer, Lang::Zh, &Options::default())
    };
    let nothing = |notes: &[String]| notes.iter().any(|note| note.starts_with('—'));
    let average = notes("2023年各镇的旅游总收入平均值");
    assert!(!nothing(&average), "{average:?}");
    let one = notes("云塘镇2023年的旅游总收入");
    assert!(nothing(&one), "{one:?}");
}
