//! Price indices: some reports write 103.5 of the year before as 100, others a rise of 3.5 %.

use zhenzhi::query::Answer;
use zhenzhi::render::json;
use zhenzhi::store::Store;

use crate::workshop::put;

fn ask(store: &Store, question: &str) -> Answer {
    zhenzhi::ask::ask(store, question).unwrap_or_else(|error| panic!("{question}: {error:?}"))
}

fn report(town: &str, said: &str) -> String {
    format!(
        "{town}政府工作报告\n——2024年1月9日在{town}第十八届人民代表大会第三次会议上\n\n各位代表：\n现在，我代表镇人民政府作工作报告。\n\
         一、2023年工作回顾\n2023年，完成税收收入3.1亿元，{said}。\n二、2024年工作安排\n2024年，税收收入增长8%。\n"
    )
}

fn store(folder: &tempfile::TempDir) -> Store {
    let store = Store::create(&folder.path().join("p.db")).unwrap();
    for (town, said) in [
        ("浅湾镇", "居民消费价格指数103.5%"),
        ("深溪镇", "居民消费价格涨幅控制在1.5%以内"),
        ("远坪镇", "居民消费价格指数为99%"),
    ] {
        put(&store, &format!("{town}-2023.txt"), &report(town, said));
    }
    store
}

#[test]
fn both_ways_of_writing_are_one_measure() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let towns = |question: &str| -> Vec<String> {
        let json = json(&ask(&store, question));
        let rows = json["rows"].as_array().expect("rows").iter();
        rows.map(|row| row["town"].as_str().expect("a town").to_owned())
            .collect()
    };
    assert_eq!(
        towns("towns by consumer price index descending"),
        ["浅湾镇", "深溪镇", "远坪镇"]
    );
    assert_eq!(towns("towns with consumer price index over 3%"), ["浅湾镇"]);
    assert_eq!(
        towns("towns with consumer price index under 0%"),
        ["远坪镇"]
    );
    // (3.5 + 1.5 - 1) / 3, and not (103.5 + 1.5 + 99) / 3.
    let average = json(&ask(&store, "average consumer price index of all towns"));
    let row = &average["rows"][0];
    let found = row["value"].as_f64();
    assert!(
        found.is_some_and(|found| (found - 4.0 / 3.0).abs() < 1e-9),
        "{row}"
    );
}

#[test]
fn what_is_done_with_them_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let says_so = |question: &str| {
        let notes = ask(&store, question).notes;
        notes.iter().any(|note| note.code == "year-before-100")
    };
    assert!(says_so("average consumer price index of all towns"));
    assert!(!says_so("average tax of all towns"));
    // As it was written.
    let shown = json(&ask(&store, "consumer price index of 浅湾镇"));
    assert_eq!(shown["rows"][0]["value"], 103.5);
}
