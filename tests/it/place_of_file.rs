//! Whose report it is where the text does not say.

use std::process::Command;

use zhenzhi::fact::{DoubtCode, Place};
use zhenzhi::reading::read_named;

const NAMELESS: &str = "各位代表：\n现在，我代表镇人民政府，向大会报告工作，请予审议。\n\
    一、2022年工作回顾\n全镇税收收入完成1.5亿元，增长6%，道路、学校、公园建设有序推进。\n\
    二、2023年工作安排\n新建幼儿园2所，推动产业做大做强。\n";

fn settled(text: &str, file: &str) -> (Option<Place>, Vec<(DoubtCode, String)>) {
    let mut reading = read_named(text.as_bytes(), file).expect("a text");
    let document = reading.reports.remove(0).document;
    let doubts = document.doubts.into_iter();
    let doubts = doubts.map(|doubt| (doubt.code, doubt.message));
    (document.session.place, doubts.collect())
}

#[test]
fn a_report_that_names_no_place_is_that_of_its_file() {
    let (place, doubts) = settled(NAMELESS, "云塘镇2022年政府工作报告.txt");
    assert_eq!(place.expect("a place").name, "云塘镇");
    let [(DoubtCode::PlaceUnknown, message)] = &doubts[..] else {
        panic!("{doubts:?}");
    };
    assert!(message.ends_with("the name of the file"), "{message}");
    let (place, doubts) = settled(NAMELESS, "2022年政府工作报告.txt");
    assert_eq!((place, doubts.len()), (None, 1));
    let (place, doubts) = settled(NAMELESS, "城关镇2022年政府工作报告.txt");
    assert_eq!(place.expect("a place").code, None);
    assert!(doubts[0].1.contains("several places have"), "{doubts:?}");
    // What the text says is believed.
    let named = NAMELESS.replace("代表镇", "代表杏渡镇");
    let (place, doubts) = settled(&named, "云塘镇2022年政府工作报告.txt");
    assert_eq!(
        (place.expect("a place").name.as_str(), doubts.len()),
        ("杏渡镇", 0)
    );
    // Of several reports the name of the file says nothing.
    let running = "全镇道路、学校、公园建设有序推进，群众生活持续改善。".repeat(30);
    let several = ["2022", "2023"].map(|year| {
        let title = format!("政府工作报告\n——{year}年1月8日在镇第五届人民代表大会第二次会议上\n");
        title + &NAMELESS.replace("二、", &format!("{running}\n二、"))
    });
    let reading = read_named(several.concat().as_bytes(), "云塘镇.txt").expect("a text");
    let reports = reading.reports.iter();
    let places = reports.map(|report| &report.document.session.place);
    assert_eq!(places.collect::<Vec<_>>(), [&None, &None]);
}

#[test]
fn the_name_of_the_file_settles_which_place_of_a_name_it_is() {
    let text = NAMELESS.replace("代表镇", "代表城关镇");
    let (place, doubts) = settled(&text, "城关镇2022年政府工作报告.txt");
    assert_eq!(place.expect("a place").code, None);
    assert_eq!(doubts[0].0, DoubtCode::PlaceAmbiguous);
    for file in [
        "榆中县城关镇2022年政府工作报告.txt",
        "甘肃省/榆中县/2022.txt",
    ] {
        let (place, doubts) = settled(&text, file);
        assert_eq!(
            place.expect("a place").county.as_deref(),
            Some("榆中县"),
            "{file}"
        );
        let (code, message) = &doubts[0];
        assert_eq!(*code, DoubtCode::PlaceAmbiguous);
        assert!(message.ends_with("the name of the file does"), "{message}");
    }
    // A county that has no such town settles nothing.
    let (place, _) = settled(&text, "昆山市城关镇2022年政府工作报告.txt");
    assert_eq!(place.expect("a place").code, None);
}

#[test]
fn an_import_says_which_reports_no_question_finds() {
    let folder = tempfile::tempdir().unwrap();
    let import = |name: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, NAMELESS).unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_zhenzhi"))
            .args(["import", "--lang", "en"])
            .arg(folder.path().join(format!("{name}.db")))
            .arg(file)
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(0));
        String::from_utf8(done.stderr).unwrap()
    };
    let said = import("2022.txt");
    assert!(
        said.contains("1 report without a place") && said.contains("(2022.txt)"),
        "{said}"
    );
    assert_eq!(import("云塘镇2022.txt"), "");
}
