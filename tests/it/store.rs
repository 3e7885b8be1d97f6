//! The store by itself: what is written can be read, once, and never breaks what was there.

use std::path::PathBuf;

use tempfile::TempDir;
use zhenzhi::decode::decode;
use zhenzhi::document::{Document, Section, Sentence};
use zhenzhi::extract::Extraction;
use zhenzhi::fact::{
    Against, Bound, Doubt, DoubtCode, Growth, Metric, Period, Place, PlaceKind, SectionType,
    Session, Span, Status, Task, Value,
};
use zhenzhi::reading::{Reading, Report};
use zhenzhi::store::{
    APPLICATION_ID, Fingerprint, Imported, SCHEMA_VERSION, SourceFile, Store, StoreError,
};

/// A new store in a folder of its own.
fn new_store() -> (TempDir, PathBuf, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reports.db");
    let store = Store::create(&path).unwrap();
    (folder, path, store)
}

fn file(name: &str, content: &str) -> SourceFile {
    SourceFile {
        name: name.into(),
        fingerprint: Fingerprint::of(content.as_bytes()),
        size_bytes: content.len() as u64,
    }
}

fn town(name: &str, kind: PlaceKind) -> Place {
    Place {
        name: name.into(),
        kind,
        code: None,
        county: Some("安平县".into()),
        city: None,
        province: None,
    }
}

/// A reading of `content` made by hand: a section a line, a sentence a line, one figure for each line.
fn reading(content: &str, place: &Place) -> Reading {
    let source = decode(content.as_bytes()).unwrap();
    let clean = source.clean.as_str().to_owned();
    let whole = 0..clean.len();
    let span = source.clean.span(whole.clone());
    let (mut sections, mut sentences, mut metrics) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    for (index, line) in clean.lines().enumerate() {
        let range = at..at + line.len();
        at = range.end + 1;
        let line_span = source.clean.span(range.clone());
        sections.push(Section {
            parent: index.checked_sub(1),
            level: 1,
            kind: SectionType::Review,
            heading: None,
            title: None,
            range: range.clone(),
            span: line_span,
        });
        sentences.push(Sentence {
            section: index,
            paragraph: index,
            range,
        });
        metrics.push(metric(&source.text, line_span, index));
    }
    let facts = Extraction {
        metrics,
        tasks: vec![Task {
            topic: None,
            text: "建成一所学校。".into(),
            deadline: Some("6月底前".into()),
            deadline_on: Some("2024-06-30".into()),
            span,
            section: Some(0),
        }],
        doubts: vec![Doubt {
            code: DoubtCode::BrokenNumber,
            message: "A number is illegible.".into(),
            message_zh: "有一个数字无法辨认。".into(),
            span: None,
        }],
    };
    let document = Document {
        ordinal: 1,
        range: whole,
        span,
        session: Session {
            place: Some(place.clone()),
            title: None,
            congress: Some(18),
            meeting: Some(3),
            held_on: Some("2024-01-12".into()),
            speaker: None,
            speaker_title: None,
            review_year: Some(2023),
            plan_year: Some(2024),
            stated_year: None,
            year_ground: None,
        },
        sections,
        sentences,
        doubts: Vec::new(),
    };
    Reading {
        source,
        reports: vec![Report { document, facts }],
    }
}

fn metric(text: &str, span: Span, section: usize) -> Metric {
    Metric {
        indicator: None,
        label: "税收".into(),
        number: Some("3.22亿元".into()),
        value: Some(322_000_000.0),
        value_high: None,
        unit: Some("元".into()),
        bound: Bound::Eq,
        growth: Some(Growth {
            amount: 5.0,
            to: None,
            points: false,
            against: Against::YearBefore,
            bound: Bound::Eq,
        }),
        status: Status::Actual,
        year: Some(2023),
        period: Period::Year,
        completion: None,
        rank: None,
        quote: text.chars().skip(span.start).take(span.len()).collect(),
        span,
        section: Some(section),
        rule: "test",
    }
}

fn import(store: &Store, name: &str, content: &str) -> Imported {
    let reading = reading(content, &town("云溪镇", PlaceKind::Town));
    store.import(&file(name, content), &reading).unwrap()
}

/// One number that a statement gives.
fn number(store: &Store, sql: &str) -> i64 {
    store.select(sql, &[]).unwrap().rows[0][0]
        .integer()
        .unwrap()
}

const TABLES: [&str; 9] = [
    "documents",
    "towns",
    "sessions",
    "sections",
    "metrics",
    "tasks",
    "doubts",
    "passages",
    "passages_fts",
];

fn sizes(store: &Store) -> Vec<i64> {
    TABLES
        .iter()
        .map(|table| number(store, &format!("SELECT count(*) FROM {table}")))
        .collect()
}

/// How many passages hold a string, by the index.
fn found(store: &Store, string: &str) -> i64 {
    let spaced: Vec<String> = string.chars().map(String::from).collect();
    let phrase = format!("\"{}\"", spaced.join(" ").replace('"', "\"\""));
    let rows = store
        .select(
            "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?1",
            &[Value::Text(phrase)],
        )
        .unwrap();
    rows.rows[0][0].integer().unwrap()
}

#[test]
fn the_same_content_is_imported_once() {
    let (_folder, _, store) = new_store();
    assert_eq!(import(&store, "a.txt", "税收3.22亿元。"), Imported::Added);
    let before = sizes(&store);
    assert_eq!(before, [1; 9]);
    for name in ["a.txt", "b.txt"] {
        let known = Imported::Known {
            name: "a.txt".into(),
        };
        assert_eq!(import(&store, name, "税收3.22亿元。"), known);
    }
    assert_eq!(sizes(&store), before);
}

#[test]
fn new_content_of_a_name_replaces_the_old() {
    let (_folder, _, store) = new_store();
    import(&store, "a.txt", "养老服务。\n税收增长。");
    import(&store, "b.txt", "医养结合。");
    let id = number(&store, "SELECT id FROM documents WHERE name = 'a.txt'");
    assert_eq!(found(&store, "养老"), 1);
    assert_eq!(import(&store, "a.txt", "教育优先。"), Imported::Replaced);
    assert_eq!(sizes(&store), [2, 1, 2, 2, 2, 2, 2, 2, 2]);
    assert_eq!(
        number(&store, "SELECT id FROM documents WHERE name = 'a.txt'"),
        id
    );
    assert_eq!(found(&store, "养老"), 0);
    assert_eq!(found(&store, "教育"), 1);
    assert_eq!(found(&store, "医养"), 1);
    let check = store
        .select(
            "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH '养 OR 税'",
            &[],
        )
        .unwrap();
    assert_eq!(check.rows[0][0], Value::Integer(1));
}

#[test]
fn a_place_goes_with_its_last_report() {
    let (_folder, _, store) = new_store();
    let put = |name: &str, content: &str, place: &str| {
        let reading = reading(content, &town(place, PlaceKind::Town));
        store.import(&file(name, content), &reading).unwrap();
    };
    put("a.txt", "一。", "云溪镇");
    put("b.txt", "二。", "云溪镇");
    put("b.txt", "三。", "石桥镇");
    put("a.txt", "四。", "石桥镇");
    let places = store.places().unwrap();
    let names: Vec<_> = places
        .iter()
        .map(|p| (p.place.name.as_str(), p.reports))
        .collect();
    assert_eq!(names, [("石桥镇", 2)]);
}

#[test]
fn the_schema_takes_every_kind_that_the_reader_knows() {
    let (_folder, _, store) = new_store();
    let kinds = [
        PlaceKind::Town,
        PlaceKind::Township,
        PlaceKind::Subdistrict,
        PlaceKind::County,
        PlaceKind::District,
        PlaceKind::CountyCity,
        PlaceKind::City,
        PlaceKind::Prefecture,
        PlaceKind::Province,
        PlaceKind::Municipality,
        PlaceKind::Other,
    ];
    for (at, kind) in kinds.into_iter().enumerate() {
        let content = format!("{at}。");
        let reading = reading(&content, &town(&format!("地方{at}"), kind));
        store.import(&file(&content, &content), &reading).unwrap();
    }
    let stored: Vec<_> = store
        .places()
        .unwrap()
        .into_iter()
        .map(|p| p.place.kind)
        .collect();
    assert_eq!(stored, kinds);

    let mut reading = reading("全部。", &town("云溪镇", PlaceKind::Town));
    let report = &mut reading.reports[0];
    let figure = report.facts.metrics[0].clone();
    let bounds = [
        Bound::Eq,
        Bound::Approx,
        Bound::Gt,
        Bound::Ge,
        Bound::Lt,
        Bound::Le,
        Bound::Range,
    ];
    let growth = figure.growth.expect("a growth");
    let against = [Against::YearBefore, Against::Average, Against::Earlier];
    let mut growths = against.map(|against| Growth { against, ..growth }).to_vec();
    growths.extend(against.map(|against| Growth {
        against,
        points: true,
        ..growth
    }));
    growths.extend(bounds.map(|bound| Growth { bound, ..growth }));
    let with_bounds = bounds.map(|bound| Metric {
        bound,
        ..figure.clone()
    });
    let with_growths: Vec<Metric> = growths
        .into_iter()
        .map(|growth| Metric {
            growth: Some(growth),
            ..figure.clone()
        })
        .collect();
    let with_status = [Status::Actual, Status::Estimate, Status::Target].map(|status| Metric {
        status,
        ..figure.clone()
    });
    report.facts.metrics = [&with_bounds[..], &with_growths, &with_status].concat();
    let section = report.document.sections[0].clone();
    let types = [
        SectionType::Front,
        SectionType::Review,
        SectionType::Problems,
        SectionType::Plan,
        SectionType::Targets,
        SectionType::Guideline,
        SectionType::Closing,
    ];
    report.document.sections = types
        .map(|kind| Section {
            kind,
            ..section.clone()
        })
        .to_vec();
    let added = store.import(&file("all.txt", "全部。"), &reading).unwrap();
    assert_eq!(added, Imported::Added);
}

#[test]
fn a_report_that_breaks_the_schema_leaves_nothing_behind() {
    let (_folder, _, store) = new_store();
    import(&store, "a.txt", "旧的内容。");
    let before = sizes(&store);
    let content = "新的内容。";
    let mut broken = reading(content, &town("云溪镇", PlaceKind::Town));
    broken.reports[0].facts.metrics[0].indicator = Some("no_such_indicator".into());
    let error = store.import(&file("a.txt", content), &broken).unwrap_err();
    assert!(matches!(error, StoreError::Defect { .. }), "{error}");
    assert!(!error.is_fatal());
    assert_eq!(sizes(&store), before);
    assert_eq!(found(&store, "旧的"), 1);
}

#[test]
fn a_string_of_any_length_is_found_wherever_it_stands() {
    let (_folder, _, store) = new_store();
    let text = "推进医养结合，养老服务中心12个，PM2.5下降3.1%。\n“一老一小”得到照顾。";
    import(&store, "a.txt", text);
    let hits = [
        "养",
        "养老",
        "医养结合",
        "合，养",
        "2个",
        "M2.5",
        "pm2.5",
        "3.1%",
        "“一老",
    ];
    for string in hits {
        assert_eq!(found(&store, string), 1, "{string}");
    }
    for string in ["合养", "31", "老小", "老服务站"] {
        assert_eq!(found(&store, string), 0, "{string}");
    }
}

#[test]
fn a_store_is_written_in_large_pages() {
    let (_folder, path, store) = new_store();
    drop(store);
    // SQLite has the size of a page behind the sixteen bytes that say what the file is.
    assert_eq!(std::fs::read(path).unwrap()[16..18], 8192_u16.to_be_bytes());
}

#[test]
fn one_file_is_left_when_the_store_is_closed() {
    let (folder, path, store) = new_store();
    import(&store, "a.txt", "税收。");
    drop(store);
    let names = || -> Vec<_> {
        std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect()
    };
    assert_eq!(names(), ["reports.db"]);
    let reader = Store::open_read_only(&path).unwrap();
    assert_eq!(number(&reader, "SELECT count(*) FROM documents"), 1);
    drop(reader);
    assert_eq!(names(), ["reports.db"]);
}

#[test]
fn questions_only_read() {
    let (folder, path, store) = new_store();
    import(&store, "a.txt", "税收。");
    let reader = Store::open_read_only(&path).unwrap();
    let beside = folder.path().join("other.db");
    let statements = [
        "DELETE FROM documents".to_owned(),
        "INSERT INTO meta VALUES ('a', 'b')".into(),
        "DROP TABLE metrics".into(),
        format!("ATTACH '{}' AS other", beside.display()),
        "PRAGMA journal_mode = off".into(),
        "PRAGMA user_version".into(),
        "BEGIN".into(),
        "VACUUM".into(),
        "SELECT 1; SELECT 2".into(),
        String::new(),
    ];
    for store in [&store, &reader] {
        for sql in &statements {
            let error = store.select(sql, &[]).unwrap_err();
            assert!(
                matches!(error, StoreError::NotAQuestion { .. }),
                "{sql}: {error}"
            );
        }
        assert!(store.select("SELECT load_extension('x')", &[]).is_err());
        assert_eq!(number(store, "SELECT count(*) FROM documents"), 1);
    }
    assert!(!beside.exists());
    let error = reader
        .select("SELECT nothing FROM documents", &[])
        .unwrap_err();
    assert!(matches!(error, StoreError::Sql { .. }), "{error}");
}

#[test]
fn parameters_and_rows_keep_their_kinds() {
    let (_folder, _, store) = new_store();
    let params = [
        Value::Integer(7),
        Value::Real(0.5),
        Value::Text("镇'; DROP TABLE towns".into()),
        Value::Null,
    ];
    let rows = store
        .select("SELECT ?1 AS a, ?2 AS b, ?3 AS c, ?4 AS d", &params)
        .unwrap();
    assert_eq!(rows.columns, ["a", "b", "c", "d"]);
    assert_eq!(rows.rows, [params.to_vec()]);
}

#[test]
fn what_is_no_store_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let opened = |name: &str| {
        let read = Store::open_read_only(&path(name)).unwrap_err().to_string();
        let write = Store::open(&path(name)).unwrap_err().to_string();
        assert_eq!(read, write);
        read
    };
    assert!(opened("missing.db").starts_with("there is no store at "));
    assert!(!path("missing.db").exists());

    let text = "这不是数据库，只是一段文字。".repeat(100);
    std::fs::write(path("text.db"), &text).unwrap();
    assert!(opened("text.db").ends_with("is not a store; name a file that zhenzhi made"));
    assert_eq!(std::fs::read_to_string(path("text.db")).unwrap(), text);
    assert!(matches!(
        Store::create(&path("text.db")),
        Err(StoreError::Exists { .. })
    ));

    std::fs::write(path("empty.db"), "").unwrap();
    assert!(opened("empty.db").starts_with("there is no store at "));

    std::fs::create_dir(path("folder.db")).unwrap();
    assert!(opened("folder.db").contains("is a folder, and a store is one file"));
}

#[test]
fn a_store_of_a_newer_program_is_refused() {
    let (_folder, path, store) = new_store();
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    // The header of a SQLite file: user_version at byte 60, application_id at 68, both big-endian.
    assert_eq!(bytes[60..64], SCHEMA_VERSION.to_be_bytes());
    assert_eq!(bytes[68..72], APPLICATION_ID.to_be_bytes());
    bytes[60..64].copy_from_slice(&7_i32.to_be_bytes());
    std::fs::write(&path, bytes).unwrap();
    let error = Store::open_read_only(&path).unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Newer {
                found: 7,
                known: SCHEMA_VERSION,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn two_writers_do_not_mix() {
    let (_folder, path, first) = new_store();
    import(&first, "a.txt", "一。");
    let second = Store::open(&path).unwrap();
    import(&second, "b.txt", "二。");
    import(&first, "c.txt", "三。");
    assert_eq!(number(&second, "SELECT count(*) FROM documents"), 3);
}

#[test]
fn the_vocabulary_travels_in_the_file() {
    let (_folder, _, store) = new_store();
    let mut stored: Vec<_> = store.indicators(std::time::Duration::from_mins(1)).unwrap();
    assert!(stored.iter().all(|known| known.places == 0));
    let mut ours = zhenzhi::extract::lexicon::indicators().to_vec();
    for indicator in stored
        .iter_mut()
        .map(|known| &mut known.indicator)
        .chain(&mut ours)
    {
        // The usual name comes first; the order of the others says nothing.
        indicator.names_zh[1..].sort();
        indicator.names_en[1..].sort();
    }
    let stored: Vec<_> = stored.into_iter().map(|known| known.indicator).collect();
    assert_eq!(stored, ours);
}

#[test]
fn the_catalog_counts_places_with_results() {
    let (_folder, _, store) = new_store();
    let put = |content: &str, place: &str, status: Status| {
        let mut reading = reading(content, &town(place, PlaceKind::Town));
        reading.reports[0].facts.metrics[0].indicator = Some("tax_revenue".into());
        reading.reports[0].facts.metrics[0].status = status;
        store.import(&file(content, content), &reading).unwrap();
    };
    put("一。", "云溪镇", Status::Actual);
    put("二。", "云溪镇", Status::Actual);
    put("三。", "石桥镇", Status::Estimate);
    put("四。", "柳湾镇", Status::Target);
    let indicators = store.indicators(std::time::Duration::from_mins(1)).unwrap();
    let tax = indicators
        .iter()
        .find(|known| known.indicator.id == "tax_revenue")
        .unwrap();
    assert_eq!(tax.places, 2);
    assert_eq!(store.years().unwrap(), [2023]);
}
