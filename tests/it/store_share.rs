//! One file to hand on: copies, parts, stores put together, compared, checked, read again.

use std::path::Path;

use zhenzhi::ask::{ask, documents};
use zhenzhi::store::{RereadMode, ShareTerms, Store, StoreError, Texts};

use crate::workshop::{SMALL, assert_same, content, faults, files, put, raw, samples};

fn share(store: &Store, out: &Path, only: Option<&str>, texts: Texts) {
    let part = only.map(|question| (documents(store, question).unwrap(), question.to_owned()));
    store.share(out, &ShareTerms { part, texts }).unwrap();
}

/// How many passages hold a string, by the index and by looking.
fn counts(store: &Store, words: &str) -> (i64, i64) {
    let phrase: Vec<String> = words.chars().map(String::from).collect();
    let number = |sql: &str, value: String| {
        let rows = store
            .select(sql, &[zhenzhi::fact::Value::Text(value)])
            .unwrap();
        rows.rows[0][0].integer().unwrap()
    };
    (
        number(
            "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?1",
            format!("\"{}\"", phrase.join(" ")),
        ),
        number(
            "SELECT count(*) FROM passages WHERE instr(text, ?1) > 0",
            words.to_owned(),
        ),
    )
}

#[test]
fn a_whole_copy_is_the_same_in_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let (one, out) = (folder.path().join("a.db"), folder.path().join("b.db"));
    let store = samples(&one);
    share(&store, &out, None, Texts::Kept);
    drop(store);
    let names: Vec<_> = files(folder.path()).into_keys().collect();
    assert_eq!(names, [one.clone(), out.clone()]);
    assert_eq!(std::fs::read(&out).unwrap()[18], 1, "no log is needed");
    assert_eq!(faults(&out), [""; 0]);
    let (mut before, mut after) = (content(&one), content(&out));
    after
        .get_mut("meta")
        .unwrap()
        .retain(|line| !line.contains("\"shared\""));
    assert_eq!(before.remove("meta"), after.remove("meta"));
    assert_same(&after, &before, "the copy");
    let taken = Store::open_read_only(&one)
        .unwrap()
        .share(&out, &ShareTerms::default());
    assert!(matches!(taken, Err(StoreError::Exists { .. })));
}

#[test]
fn a_part_keeps_every_promise_of_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (one, out) = (folder.path().join("a.db"), folder.path().join("b.db"));
    let store = samples(&one);
    share(&store, &out, Some("towns in Zhejiang"), Texts::Kept);
    let part = Store::open_read_only(&out).unwrap();
    assert_eq!(
        part.document_names().unwrap(),
        ["云塘镇-2022.txt", "云塘镇-2023.txt"]
    );
    assert_eq!(part.places().unwrap().len(), 1);
    for words in ["养", "养老", "税收", "云塘镇", "增长8", "德清县"] {
        let (found, there) = counts(&part, words);
        assert_eq!(found, there, "{words}");
    }
    assert!(counts(&part, "税收").0 > 0);
    let checked = part.verify(&mut |_| {}).unwrap();
    assert_eq!(
        (checked.faults, checked.differences, checked.documents),
        (vec![], vec![], 2)
    );
    assert_eq!(
        part.vocabulary().unwrap().len(),
        store.vocabulary().unwrap().len()
    );
    let answer = ask(&part, "towns with tax growth over 30%").unwrap();
    assert_eq!(
        answer.rows,
        ask(&store, "towns in Zhejiang with tax growth over 30%")
            .unwrap()
            .rows
    );
    // Nothing of the others is left in the bytes.
    let bytes = std::fs::read(&out).unwrap();
    let holds = |words: &str| {
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    };
    assert!(holds("云塘镇") && !holds("槐渡镇"));
}

#[test]
fn texts_may_stay_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (one, out) = (folder.path().join("a.db"), folder.path().join("b.db"));
    let store = samples(&one);
    share(&store, &out, None, Texts::LeftOut);
    let part = Store::open_read_only(&out).unwrap();
    let question = "towns with tax growth over 30%";
    assert_eq!(
        ask(&part, question).unwrap().rows,
        ask(&store, question).unwrap().rows
    );
    // What would have to be looked for in them is not said to be missing.
    let says_so = |question: &str| {
        let notes = ask(&part, question).unwrap().notes;
        let codes: Vec<&str> = notes.iter().map(|note| note.code).collect();
        (codes.contains(&"no-texts"), codes.contains(&"empty"))
    };
    for of_texts in [
        "sentences mentioning \"养老\"",
        "reports mentioning \"养老\"",
        "towns mentioning \"养老\"",
        "frequency of \"养老\" of all towns",
        "policy phrases",
        "tasks of 云塘镇 in 2023 with result",
        "problems of 云塘镇",
    ] {
        assert_eq!(says_so(of_texts), (true, false), "{of_texts}");
        let whole = ask(&store, of_texts).unwrap().notes;
        assert!(
            whole.iter().all(|note| note.code != "no-texts"),
            "{of_texts}"
        );
    }
    for of_tables in [
        question,
        "tasks mentioning \"养老\"",
        "reports by year, count",
    ] {
        assert!(!says_so(of_tables).0, "{of_tables}");
    }
    let checked = part.verify(&mut |_| {}).unwrap();
    assert_eq!((checked.faults, checked.without_text), (vec![], 6));
    let text = part
        .select("SELECT total(length(text)) FROM documents", &[])
        .unwrap();
    assert_eq!(text.rows[0][0].number(), Some(0.0));
    assert!(
        part.metadata()
            .unwrap()
            .contains(&("texts".into(), "left out".into()))
    );
}

#[test]
fn a_store_with_some_texts_says_so_where_texts_are_searched() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (whole, bare, mixed) = (path("a.db"), path("b.db"), path("c.db"));
    share(&samples(&whole), &bare, None, Texts::LeftOut);
    let store = Store::create(&mixed).unwrap();
    put(&store, "浅湾镇-2023.txt", SMALL);
    let said = |store: &Store, question: &str| {
        let notes = ask(store, question).unwrap().notes;
        let note = notes.into_iter().find(|note| note.code == "no-texts");
        note.map(|note| note.en)
    };
    let question = "sentences mentioning \"养老\"";
    assert_eq!(said(&store, question), None);
    store.merge(&Store::open_read_only(&bare).unwrap()).unwrap();
    let note = said(&store, question).unwrap();
    assert!(note.starts_with("6 of the 7 files of this store"), "{note}");
    assert_eq!(ask(&store, question).unwrap().rows.len(), 1);
    assert_eq!(said(&store, "tasks mentioning \"养老\""), None);
    // What comes with its texts makes the copy a mixed one too.
    let copy = Store::open(&bare).unwrap();
    put(&copy, "浅湾镇-2023.txt", SMALL);
    assert!(
        said(&copy, question)
            .unwrap()
            .starts_with("6 of the 7 files")
    );
}

#[test]
fn what_others_put_into_the_file_stays_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (one, out) = (folder.path().join("a.db"), folder.path().join("b.db"));
    drop(samples(&one));
    raw(&one)
        .execute_batch(
            "CREATE TABLE secrets (text); INSERT INTO secrets VALUES ('a private word'); \
             CREATE TRIGGER t AFTER UPDATE ON meta BEGIN INSERT INTO secrets VALUES (1); END",
        )
        .unwrap();
    let store = Store::open_read_only(&one).unwrap();
    let shared = store.share(&out, &ShareTerms::default()).unwrap();
    assert_eq!(shared.left_behind, ["t", "secrets"]);
    assert!(!String::from_utf8_lossy(&std::fs::read(&out).unwrap()).contains("a private word"));
}

#[test]
fn stores_are_put_together() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let all = samples(&at("all.db"));
    share(&all, &at("one.db"), Some("towns in Zhejiang"), Texts::Kept);
    share(&all, &at("two.db"), Some("counties"), Texts::Kept);
    share(&all, &at("three.db"), Some("towns"), Texts::Kept);
    let open = |name: &str| Store::open_read_only(&at(name)).unwrap();
    let into = Store::open_or_create(&at("into.db")).unwrap();
    for (name, added, known) in [("one.db", 2, 0), ("two.db", 1, 0), ("three.db", 3, 2)] {
        let merged = into.merge(&open(name)).unwrap();
        assert_eq!(
            (merged.added.len(), merged.known.len()),
            (added, known),
            "{name}"
        );
        assert_eq!((merged.failed, merged.renamed), (vec![], vec![]));
    }
    let again = into.merge(&open("all.db")).unwrap();
    assert_eq!((again.added.len(), again.known.len()), (0, 6));
    assert!(all.diff(&into).unwrap().is_nothing());
    let checked = into.verify(&mut |_| {}).unwrap();
    assert_eq!((checked.faults, checked.differences), (vec![], vec![]));
}

#[test]
fn figures_that_conflict_are_both_kept_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let one = Store::create(&at("one.db")).unwrap();
    put(&one, "浅湾镇-2023.txt", SMALL);
    let two = Store::create(&at("two.db")).unwrap();
    put(
        &two,
        "浅湾镇-2023.txt",
        &SMALL.replace("3.1亿元", "3.4亿元"),
    );
    // The same text in another charset is the same report.
    let wide: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let source =
        zhenzhi::import::Source::bytes("utf16.txt".into(), [&[0xff, 0xfe], &wide[..]].concat());
    zhenzhi::import::import(&two, &[source], &mut |_, _| {}).unwrap();
    let merged = one.merge(&two).unwrap();
    assert_eq!(merged.added, ["two/浅湾镇-2023.txt"]);
    assert_eq!(merged.renamed[0].1, "two/浅湾镇-2023.txt");
    assert_eq!(merged.known[0].0, "utf16.txt");
    let [conflict] = &merged.conflicts[..] else {
        panic!("{:?}", merged.conflicts)
    };
    assert_eq!(
        (conflict.indicator.as_str(), conflict.year),
        ("tax_revenue", 2023)
    );
    let values: Vec<f64> = conflict
        .figures
        .iter()
        .map(|(_, value, _)| *value)
        .collect();
    assert_eq!(values, [310_000_000.0, 340_000_000.0]);
    assert!(one.merge(&two).unwrap().conflicts.is_empty());
}

#[test]
fn saved_questions_come_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let saved = |name: &str, text: &str| zhenzhi::store::SavedQuery {
        name: name.into(),
        text: text.into(),
        canonical: text.into(),
        lang: "en".into(),
        language_version: 1,
        created_at: "2024-01-02T03:04:05Z".into(),
        note: None,
    };
    let one = Store::create(&at("one.db")).unwrap();
    one.save_query(&saved("a", "towns")).unwrap();
    let two = Store::create(&at("two.db")).unwrap();
    for (name, text) in [("a", "counties"), ("b", "reports")] {
        two.save_query(&saved(name, text)).unwrap();
    }
    let merged = one.merge(&two).unwrap();
    assert_eq!(
        (merged.queries, merged.other_queries),
        (vec!["b".to_owned()], vec!["a".to_owned()])
    );
    let kept = one.saved_queries().unwrap();
    assert_eq!(kept[1], saved("b", "reports"));
    let difference = one.diff(&two).unwrap();
    assert_eq!(difference.queries_changed, ["a"]);
}

#[test]
fn a_difference_names_reports_and_figures() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let one = Store::create(&at("one.db")).unwrap();
    put(&one, "a.txt", SMALL);
    put(&one, "b.txt", &SMALL.replace("浅湾镇", "深湾镇"));
    let two = Store::create(&at("two.db")).unwrap();
    let altered = SMALL
        .replace("3.1亿元，同比增长32%", "3.2亿元")
        .replace("。新建养老服务站4个", "");
    put(&two, "c.txt", &altered);
    let difference = one.diff(&two).unwrap();
    let [changed] = &difference.changed[..] else {
        panic!("{difference:?}")
    };
    assert_eq!(changed.document, "c.txt");
    assert_eq!(
        changed.changed[0].columns,
        ["number", "value", "growth", "growth_kind"]
    );
    assert_eq!(changed.gone.len(), 1, "{changed:?}");
    assert_eq!(difference.gone[0].place.as_deref(), Some("深湾镇"));
    assert!(difference.added.is_empty());
}

#[test]
fn what_is_broken_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    for (harm, promise) in [
        (
            "UPDATE documents SET text = replace(text, '3.1亿元', '3.9亿元')",
            "hash",
        ),
        (
            "UPDATE metrics SET start = start + 1, \"end\" = \"end\" + 1",
            "quote",
        ),
        ("UPDATE metrics SET \"end\" = 100000", "place"),
        ("UPDATE sections SET parent_id = id", "section"),
        ("UPDATE metrics SET section_id = 99", "reference"),
        ("DELETE FROM passages WHERE id = 3", "index"),
        (
            "UPDATE passages SET text = '另一句话。' WHERE id = 3",
            "index",
        ),
    ] {
        let _ = std::fs::remove_file(&path);
        let store = Store::create(&path).unwrap();
        put(&store, "a.txt", SMALL);
        assert_eq!(store.verify(&mut |_| {}).unwrap().faults, []);
        drop(store);
        raw(&path).execute_batch(harm).unwrap();
        let store = Store::open_read_only(&path).unwrap();
        let found = store.verify(&mut |_| {}).unwrap().faults;
        assert!(
            found.iter().any(|fault| fault.promise == promise),
            "{harm}: {found:?}"
        );
    }
}

#[test]
fn todays_reader_reads_the_stored_texts_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let store = samples(&path);
    let before = content(&path);
    raw(&path)
        .execute_batch(
            "UPDATE metrics SET value = 1.0 WHERE indicator = 'tax_revenue'; DELETE FROM tasks WHERE ordinal = 2; \
             UPDATE sessions SET review_year = 1999 WHERE id = 1",
        )
        .unwrap();
    let (mut changed, mut values) = (0, 0);
    for name in store.document_names().unwrap() {
        let looked = store.reread(&name, RereadMode::Look).unwrap().unwrap();
        let done = store.reread(&name, RereadMode::Replace).unwrap().unwrap();
        assert_eq!(looked, done);
        changed += usize::from(!done.is_same());
        let figures = done.changes.iter().flat_map(|changes| &changes.changed);
        values += figures.filter(|figure| figure.columns == ["value"]).count();
        assert!(
            store
                .reread(&name, RereadMode::Look)
                .unwrap()
                .unwrap()
                .is_same()
        );
    }
    assert_eq!(changed, 6);
    assert!(values >= 6);
    drop(store);
    // Ids are new; what the rows say is as it was.
    let after = content(&path);
    for table in ["documents", "towns", "meta", "indicators"] {
        assert_eq!(before[table].len(), after[table].len(), "{table}");
    }
    assert_eq!(before["metrics"].len(), after["metrics"].len());
    assert_eq!(before["tasks"].len(), after["tasks"].len());
    assert_eq!(faults(&path), [""; 0]);
}

#[test]
fn documents_are_taken_out_all_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let store = samples(&path);
    let names = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let unknown = store
        .remove(&names(&["云塘镇-2022.txt", "nowhere.txt"]))
        .unwrap();
    assert_eq!(unknown, ["nowhere.txt"]);
    assert_eq!(store.document_names().unwrap().len(), 6);
    let known = names(&["云塘镇-2022.txt", "云塘镇-2023.txt"]);
    assert_eq!(store.remove(&known).unwrap(), [""; 0]);
    assert_eq!(store.places().unwrap().len(), 4);
    let checked = store.verify(&mut |_| {}).unwrap();
    assert_eq!(checked.faults, []);
}

#[test]
fn the_file_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("towns.db");
    let store = samples(&path);
    let set = [
        ("licence".to_owned(), "CC BY 4.0".to_owned()),
        ("title".to_owned(), "Six towns".to_owned()),
        ("reader".to_owned(), "no".to_owned()),
    ];
    store.set_metadata(&set).unwrap();
    let info = store.info().unwrap();
    let said = |key: &str| {
        let found = info.metadata.iter().find(|(found, _)| found == key);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(
        (said("title"), said("licence")),
        (Some("Six towns"), Some("CC BY 4.0"))
    );
    assert_eq!(said("reader"), Some(env!("CARGO_PKG_VERSION")));
    assert_eq!(info.years, Some((2018, 2023)));
    assert!(info.counts.contains(&("reports", 6)));
    store
        .set_metadata(&[("licence".to_owned(), String::new())])
        .unwrap();
    assert!(
        store
            .metadata()
            .unwrap()
            .iter()
            .all(|(key, _)| key != "licence")
    );
}
