//! What is offered for a word that no name has, looked up in the store where the question is refused.

use zhenzhi::ask::{AskError, ask};
use zhenzhi::query::{Diagnostic, Lang};
use zhenzhi::store::Store;

use crate::workshop::put;

fn store(folder: &std::path::Path) -> Store {
    let store = Store::create(&folder.join("r.db")).expect("a store");
    put(
        &store,
        "柳湾镇-2023.txt",
        "2023年柳湾镇政府工作报告\n一、2023年工作回顾\n全年税收收入3.2亿元，增长8%。拆装凉亭12座。走访驿站40个，群众满意。\n\
         二、2024年工作安排\n新建走访驿站3个，办好凉亭夜话。\n",
    );
    put(
        &store,
        "桑陌镇-2023.txt",
        "2023年桑陌镇政府工作报告\n一、2023年工作回顾\n全年税收收入2.1亿元，增长5%。\n二、2024年工作安排\n修缮水闸2座。\n",
    );
    store
}

fn refused(store: &Store, question: &str) -> Diagnostic {
    match ask(store, question) {
        Err(AskError::Question { mut diagnostics }) => diagnostics.remove(0),
        other => panic!("{question}: {other:?}"),
    }
}

#[test]
fn a_word_that_reports_have_is_offered_with_what_was_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path());
    for (question, text, note) in [
        ("柳湾镇的走访驿站", "「走访驿站」", "个指标"),
        (
            "柳湾镇的凉亭夜话搞得怎么个样",
            "柳湾镇的提到“凉亭夜话”的任务",
            "1条任务",
        ),
    ] {
        let fault = refused(&store, question);
        let offered: Vec<String> = fault
            .fixes
            .iter()
            .map(|fix| format!("{} {}", fix.text, fix.note_zh))
            .collect();
        assert!(
            offered
                .iter()
                .any(|offer| offer.starts_with(text) && offer.contains(note)),
            "{question}: {offered:?}"
        );
        for fix in &fault.fixes {
            let offer = fix.applied(question);
            let answer = ask(&store, &offer).unwrap_or_else(|error| panic!("{offer}: {error}"));
            assert!(!answer.rows.is_empty(), "{question} → {offer}");
        }
    }
}

/// Where only reports of other places have it, these are asked, and the offer says that it leaves out the place.
#[test]
fn what_only_others_have_is_offered_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path());
    let fault = refused(&store, "桑陌镇的凉亭夜话搞得怎么个样");
    let first = fault.fixes.first().expect("an offer");
    assert_eq!(first.text, "提到“凉亭夜话”的任务");
    assert!(first.note_zh.contains("未含“桑陌镇"), "{}", first.note_zh);
}

#[test]
fn a_word_that_no_report_has_is_said_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path());
    let fault = refused(&store, "柳湾镇的飞艇码头");
    assert!(
        fault.message(Lang::Zh).contains("库中的报告里也没有"),
        "{fault:?}"
    );
    let offers: Vec<String> = fault
        .fixes
        .iter()
        .map(|fix| fix.applied("柳湾镇的飞艇码头"))
        .collect();
    for offer in offers {
        assert!(ask(&store, &offer).is_ok(), "{offer}");
    }
}

/// An offer that keeps the place stays beside those of others, and says that nothing was found; what is counted beside an
/// offer is what it answers.
#[test]
fn an_offer_of_the_place_that_was_asked_about_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path());
    put(
        &store,
        "柳湾镇-2024.txt",
        "2024年柳湾镇政府工作报告\n一、2024年工作回顾\n全年税收收入3.4亿元，增长6%。\n二、2025年工作安排\n2025年6月底前建成游步道2公里。\n",
    );
    let notes = |question: &str| -> Vec<(String, String)> {
        let fixes = refused(&store, question).fixes.into_iter();
        fixes.map(|fix| (fix.text, fix.note_zh)).collect()
    };
    let offers = notes("桑陌镇在2025年6月底前完成了哪些事");
    let place = offers
        .iter()
        .find(|(text, _)| text == "桑陌镇期限不晚于2025-06-30的任务");
    let note = place.map(|(_, note)| note.as_str());
    assert!(
        note.is_some_and(|note| note.contains("查无结果")),
        "{offers:?}"
    );
    let others = offers
        .iter()
        .find(|(text, _)| text == "期限不晚于2025-06-30的任务");
    let note = others.map(|(_, note)| note.as_str());
    assert!(
        note.is_some_and(|note| note.contains("未含“桑陌镇")),
        "{offers:?}"
    );
    // Figures of part of a year are asked of the place, without the month that the language cannot say.
    let offers = notes("桑陌镇截至10月的指标");
    assert_eq!(offers[0].0, "桑陌镇的不是全年的指标", "{offers:?}");
    assert!(offers[0].1.contains("未含“10月”"), "{offers:?}");
    assert!(
        !offers.iter().any(|(text, _)| text.contains("任务")),
        "{offers:?}"
    );
}

/// 和实际 is a word of the language, and no part of 和实际利用外资.
#[test]
fn a_joint_before_a_name_is_no_part_of_another_word() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path());
    let read = |question: &str| ask(&store, question).expect(question).reading.zh;
    assert_eq!(
        read("柳湾镇的税收和实际利用外资，没有的留空"),
        read("柳湾镇的税收、实际利用外资")
    );
    assert_eq!(
        read("柳湾镇的税收目标和实际"),
        read("柳湾镇的税收目标，附完成情况")
    );
}
