//! Targets beside their results: every bound, both measures, both directions, and what is not compared.

use std::fmt::Write as _;

use rusqlite::{Connection, params};
use zhenzhi::fact::{Indicator, Place, PlaceKind};
use zhenzhi::import::{find, import};
use zhenzhi::query::{Answer, Catalog, CatalogPlace};
use zhenzhi::render::{Options, json, table};
use zhenzhi::store::Store;

use crate::query_world::{BOUND_OF_GROWTH, World};

/// One figure: `indicator|value|high|bound|growth|kind|unit|quote`, `period:` in front where it is not the year.
type Told = &'static str;

const VOCABULARY: &[(&str, &str, &str, &str)] = &[
    ("tax_revenue", "税收收入", "tax revenue", "元"),
    ("gdp", "地区生产总值", "GDP", "元"),
    (
        "unemployment_rate",
        "城镇登记失业率",
        "registered unemployment rate",
        "%",
    ),
    ("cpi", "居民消费价格指数", "consumer price index", "%"),
    (
        "energy_intensity",
        "单位地区生产总值能耗",
        "energy use per unit of GDP",
        "吨标准煤",
    ),
    ("forest_coverage", "森林覆盖率", "forest coverage", "%"),
    ("new_jobs", "新增就业", "new jobs", "人"),
];

/// A store of one town: its report about 2022 with these targets for 2023, and its reports about 2022 and 2023 with
/// these results.
fn world(targets: &[Told], results: &[Told], before: &[Told]) -> World {
    let db = Connection::open_in_memory().expect("an in-memory store");
    db.execute_batch(include_str!("../../schema.sql"))
        .expect("the schema");
    for (id, zh, en, unit) in VOCABULARY {
        db.execute(
            "INSERT INTO indicators VALUES (?1, ?2, ?3, ?4, '')",
            params![id, zh, en, unit],
        )
        .expect("an indicator");
    }
    db.execute(
        "INSERT INTO towns (id, name, kind) VALUES (1, '柳湾镇', 'town')",
        [],
    )
    .expect("a town");
    for (id, review) in [(1, 2022), (2, 2023)] {
        db.execute(
            "INSERT INTO documents (id, name, sha256, format, encoding, size_bytes, text, imported_at) \
             VALUES (?1, ?2, ?2, 'text', 'UTF-8', 0, '', '2026-01-01T00:00:00Z')",
            params![id, format!("柳湾镇-{review}.txt")],
        )
        .expect("a document");
        db.execute(
            "INSERT INTO sessions (id, document_id, ordinal, town_id, start, \"end\", review_year, plan_year) VALUES (?1, ?1, 1, 1, 0, 0, ?2, ?2 + 1)",
            params![id, review],
        )
        .expect("a session");
    }
    tell(&db, 1, "target", 2023, targets);
    tell(&db, 1, "actual", 2022, before);
    tell(&db, 2, "actual", 2023, results);
    let names = |name: &str| vec![name.to_owned()];
    let vocabulary = VOCABULARY
        .iter()
        .map(|(id, zh, en, unit)| Indicator {
            id: (*id).into(),
            name_zh: (*zh).into(),
            name_en: (*en).into(),
            unit: (*unit).into(),
            definition: String::new(),
            names_zh: names(zh),
            names_en: names(en),
        })
        .collect();
    let place = CatalogPlace {
        id: 1,
        place: Place {
            name: "柳湾镇".into(),
            kind: PlaceKind::Town,
            code: None,
            county: None,
            city: None,
            province: None,
        },
        reports: 2,
    };
    let catalog = Catalog::new(vocabulary, vec![place], vec![2022, 2023], [].into());
    World { db, catalog }
}

fn tell(db: &Connection, session: i64, status: &str, year: i64, told: &[Told]) {
    for (at, line) in told.iter().enumerate() {
        let (period, line) = line.split_once(':').unwrap_or(("year", line));
        let cells: Vec<&str> = line.split('|').collect();
        let text = |at: usize| (!cells[at].is_empty()).then_some(cells[at]);
        let number = |at: usize| cells[at].parse::<f64>().ok();
        db.execute(
            "INSERT INTO metrics (session_id, ordinal, indicator, label, value, value_high, bound, growth, growth_kind, unit, status, year, period, quote, start, \"end\", rule) \
             VALUES (?1, (SELECT COUNT(*) + 1 FROM metrics WHERE session_id = ?1), ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, 'test')",
            params![
                session,
                cells[0],
                number(1),
                number(2),
                text(3).unwrap_or("eq"),
                number(4),
                text(5),
                text(6),
                status,
                year,
                period,
                cells[7],
                at as i64
            ],
        )
        .expect("a figure");
    }
    db.execute(BOUND_OF_GROWTH, ())
        .expect("bounds of growths that stand alone");
}

/// Verdict and reason of the one target.
fn verdict(target: Told, results: &[Told]) -> String {
    judged(target, results, &[])
}

fn judged(target: Told, results: &[Told], before: &[Told]) -> String {
    let answer = world(&[target], results, before).ask("targets of 柳湾镇 in 2023 with result");
    let rows = json(&answer)["rows"].clone();
    let row = &rows[0];
    assert_eq!(rows.as_array().map(Vec::len), Some(1));
    let word = |name: &str| row[name].as_str().unwrap_or("none").to_owned();
    format!("{} {}", word("verdict"), word("reason"))
}

#[test]
fn every_bound_of_a_value() {
    for (target, result, said) in [
        ("100||eq", "100||eq", "met value"),
        ("100||eq", "99||eq", "missed value"),
        // Rounding is no shortfall that counts.
        ("100||eq", "99.96||eq", "unclear near"),
        ("100||ge", "100||eq", "met value"),
        ("100||ge", "98||eq", "missed value"),
        ("100||gt", "101||eq", "met value"),
        ("100||approx", "98.5||eq", "unclear near"),
        ("100||approx", "97||eq", "missed value"),
        ("100||approx", "100||eq", "met value"),
        ("100|120|range", "100||eq", "met value"),
        ("100|120|range", "130||eq", "met value"),
        ("100|120|range", "95||eq", "missed value"),
        // An upper bound is kept by what stays below it.
        ("100||le", "99||eq", "met value"),
        ("100||le", "101||eq", "missed value"),
        ("100||lt", "90||eq", "met value"),
        // A result may be a bound itself.
        ("100||eq", "100||gt", "met value"),
        ("100||eq", "97||ge", "unclear result-bound"),
        ("100||eq", "80||ge", "missed value"),
        ("100||eq", "101||lt", "unclear result-bound"),
        ("100||eq", "98.5||approx", "unclear near"),
        // Hardly of one thing.
        ("100||eq", "20||eq", "unclear far-apart"),
        ("100||eq", "900||eq", "unclear far-apart"),
    ] {
        let full = |told: &str| format!("tax_revenue|{told}|||元|税收").leak() as Told;
        assert_eq!(
            verdict(full(target), &[full(result)]),
            said,
            "{target} {result}"
        );
    }
}

#[test]
fn every_bound_of_a_growth() {
    for (target, result, said) in [
        ("eq|8", "eq|8", "met growth"),
        ("eq|8", "eq|7.9", "missed growth"),
        ("ge|8", "eq|8.1", "met growth"),
        ("gt|8", "eq|7", "missed growth"),
        ("approx|8", "eq|7.6", "unclear near"),
        ("approx|8", "eq|7.4", "missed growth"),
        ("range|8", "eq|8.2", "met growth"),
        ("le|8", "eq|7", "met growth"),
        ("le|8", "eq|9", "missed growth"),
        ("eq|8", "gt|7.5", "unclear result-bound"),
        ("eq|8", "ge|5", "missed growth"),
        ("eq|8", "ge|8", "met growth"),
        ("eq|8", "eq|-3", "missed growth"),
    ] {
        let full = |told: &str| {
            let (bound, growth) = told.split_once('|').expect("two cells");
            format!("tax_revenue|||{bound}|{growth}|yoy||税收").leak() as Told
        };
        assert_eq!(
            verdict(full(target), &[full(result)]),
            said,
            "{target} {result}"
        );
    }
}

#[test]
fn less_is_better_for_some() {
    let rate = |told: &str| format!("unemployment_rate|{told}|||%|失业率").leak() as Told;
    assert_eq!(verdict(rate("4.5||le"), &[rate("4.2||eq")]), "met value");
    assert_eq!(verdict(rate("4.5||eq"), &[rate("4.2||eq")]), "met value");
    assert_eq!(verdict(rate("4.5||le"), &[rate("4.8||eq")]), "missed value");
    assert_eq!(
        verdict(rate("4.5||approx"), &[rate("4.8||eq")]),
        "unclear near"
    );
    assert_eq!(
        verdict(rate("4|4.5|range"), &[rate("4.5||eq")]),
        "met value"
    );

    let energy = |told: &str| format!("energy_intensity|||{told}|yoy||能耗").leak() as Told;
    assert_eq!(verdict(energy("eq|-3"), &[energy("eq|-3.5")]), "met growth");
    assert_eq!(
        verdict(energy("ge|-3"), &[energy("eq|-2")]),
        "missed growth"
    );
    // 下降3%以上 is a growth of -3 % or less.
    assert_eq!(verdict(energy("eq|-3"), &[energy("ge|-3")]), "met growth");
}

#[test]
fn prices_rise_in_value_or_in_growth() {
    let aim = "cpi|3||le|||%|居民消费价格涨幅控制在3%以内";
    assert_eq!(
        verdict(aim, &["cpi|||eq|2.1|yoy||居民消费价格上涨2.1%"]),
        "met growth"
    );
    assert_eq!(
        verdict(aim, &["cpi|103.4||eq|||%|居民消费价格指数为103.4"]),
        "missed growth"
    );
}

#[test]
fn a_goal_for_years_ahead_is_no_shortfall() {
    let aim = "tax_revenue|160||eq|||元|税收160元";
    let of = |value: &str| format!("tax_revenue|{value}||eq|12|yoy|元|税收").leak() as Told;
    assert_eq!(verdict(aim, &[of("100")]), "unclear far-apart");
    assert_eq!(verdict(aim, &[of("150")]), "missed value");
    assert_eq!(verdict(aim, &[of("180")]), "met value");
}

#[test]
fn value_and_growth_together() {
    let aim = "tax_revenue|100||eq|8|yoy|元|税收100元，增长8%";
    let both = |value: &str, growth: &str| {
        format!("tax_revenue|{value}||eq|{growth}|yoy|元|税收").leak() as Told
    };
    assert_eq!(verdict(aim, &[both("102", "9")]), "met value");
    assert_eq!(verdict(aim, &[both("95", "6")]), "missed value");
    assert_eq!(verdict(aim, &[both("101", "6")]), "unclear contradicts");
    assert_eq!(
        verdict(aim, &["tax_revenue|||eq|9|yoy||税收增长9%"]),
        "met growth"
    );
}

#[test]
fn growth_is_worked_out_from_two_values() {
    let aim = "tax_revenue|||eq|8|yoy||税收增长8%";
    let before: &[Told] = &["tax_revenue|100||eq|||元|税收100元"];
    let of = |value: &str| format!("tax_revenue|{value}||eq|||元|税收").leak() as Told;
    assert_eq!(judged(aim, &[of("112")], before), "met derived-growth");
    assert_eq!(judged(aim, &[of("104")], before), "missed derived-growth");
    // Both values are rounded, so that half a point says nothing.
    assert_eq!(judged(aim, &[of("108.2")], before), "unclear near");
    assert_eq!(judged(aim, &[of("112")], &[]), "none other-measure");
    // Growth of the gross product is at constant prices, its values are not.
    let gdp: Told = "gdp|||eq|8|yoy||生产总值增长8%";
    let (now, then): (Told, Told) = ("gdp|112||eq|||元|生产总值", "gdp|100||eq|||元|生产总值");
    assert_eq!(judged(gdp, &[now], &[then]), "none other-measure");
    // A value of five years beside that of one.
    assert_eq!(judged(aim, &[of("20")], before), "none other-measure");
    let answer = world(&[aim], &[of("112")], before).ask("targets of 柳湾镇 in 2023 with result");
    assert_eq!(answer.rows[0].sources.len(), 3, "target and both values");
}

#[test]
fn part_of_a_year_and_several_years_do_not_answer() {
    let aim = "new_jobs|100||ge|||人|新增就业100人以上";
    assert_eq!(
        verdict(aim, &["to-month-10:new_jobs|120||eq|||人|新增就业120人"]),
        "none part-year"
    );
    assert_eq!(
        verdict(aim, &["cumulative:new_jobs|520||eq|||人|五年新增就业520人"]),
        "none part-year"
    );
    assert_eq!(verdict(aim, &[]), "none not-stated");
    assert_eq!(
        verdict(
            "new_jobs|100||ge|||人|新增就业100人以上",
            &["new_jobs|1||eq|||户|就业1户"]
        ),
        "none other-measure"
    );
    // An average over years is not the goal of the next.
    let answer = world(&["new_jobs|100||eq|5|avg|人|年均增长5%"], &[], &[])
        .ask("targets of 柳湾镇 in 2023 with result");
    assert!(answer.rows.is_empty());
    assert!(answer.notes.iter().any(|note| note.code == "not-compared"));
}

#[test]
fn what_is_added_is_not_the_total() {
    let aim = "new_jobs|100||eq|||人|新增就业100人";
    assert_eq!(
        verdict(aim, &["new_jobs|250||eq|||人|就业人数达到250人"]),
        "none other-measure"
    );
    assert_eq!(
        verdict(aim, &["new_jobs|250||eq|||人|新增就业250人"]),
        "met value"
    );
}

#[test]
fn no_later_report() {
    let world = world(&[], &["tax_revenue|100||eq|||元|税收"], &[]);
    tell(
        &world.db,
        2,
        "target",
        2024,
        &["tax_revenue|110||eq|||元|税收110元"],
    );
    let answer = world.ask("targets of 柳湾镇 in 2024 with result");
    let json = json(&answer);
    assert_eq!(json["rows"][0]["reason"], "no-later-report");
    assert_eq!(json["rows"][0]["absent"]["result"], "no-report");
    // Without a year, targets of the latest year that a report looks back on.
    assert!(world.ask("targets of 柳湾镇 with result").rows.is_empty());
}

#[test]
fn below_the_target_is_said_of_numbers_and_missed_of_what_was_wanted() {
    let world = world(
        &[
            "unemployment_rate|4.5||le|||%|失业率控制在4.5%以内",
            "tax_revenue|||ge|8|yoy||税收增长8%以上",
        ],
        &[
            "unemployment_rate|4||eq|||%|失业率4%",
            "tax_revenue|||eq|5|yoy||税收增长5%",
        ],
        &[],
    );
    let count = |question: &str| world.ask(question).rows.len();
    assert_eq!(
        count("towns with registered unemployment rate below target in 2023"),
        1
    );
    assert_eq!(
        count("towns that missed registered unemployment rate target in 2023"),
        0
    );
    assert_eq!(
        count("towns that met registered unemployment rate target in 2023"),
        1
    );
    // The target is a growth, and so is the result.
    assert_eq!(count("在2023年，税收收入低于目标的镇"), 1);
    assert_eq!(count("在2023年，税收收入不低于目标的镇"), 0);
    assert_eq!(count("在2023年，未完成税收收入目标的镇"), 1);
    assert_eq!(
        count("在2023年，未完成税收收入目标且完成城镇登记失业率目标的镇"),
        1
    );
    assert_eq!(
        count("towns with not (missed tax revenue target) in 2023"),
        0
    );
}

/// The sample reports of one town and the next year's.
/// SQLite refuses a statement of too many tables; as many years as the language takes are not too many.
#[test]
fn years_in_a_row_that_were_judged() {
    let (_folder, store) = samples();
    for (question, rows) in [
        ("places that missed investment target in 2023", 1),
        ("连续两年没完成固定资产投资目标的地方", 0),
        (
            "places that missed investment target for 4 consecutive years",
            0,
        ),
    ] {
        assert_eq!(ask(&store, question).rows.len(), rows, "{question}");
    }
}

/// A count has no sentences; the question that has them is told, and its rows are what was counted.
#[test]
fn what_is_behind_a_count_of_verdicts() {
    let (_folder, store) = samples();
    let counted = ask(&store, "how many met targets of 云塘镇 in 2023");
    let note = counted.notes.iter().find(|note| note.code == "counted");
    let behind = note.and_then(|note| note.en.split(": ").nth(1));
    let rows = ask(&store, behind.expect("a question")).rows;
    let count = json(&counted)["rows"][0]["count"].as_u64();
    assert_eq!(count, u64::try_from(rows.len()).ok());
    assert!(rows.iter().all(|row| !row.sources.is_empty()));
    let listed = ask(&store, "met targets of 云塘镇 in 2023");
    assert!(listed.notes.iter().all(|note| note.code != "counted"));
}

fn samples() -> (tempfile::TempDir, Store) {
    let out = tempfile::tempdir().expect("a folder");
    let store = Store::create(&out.path().join("reports.db")).expect("a store");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let (sources, _) = find(&[folder]);
    import(&store, &sources, &mut |_, _| {}).expect("an import");
    (out, store)
}

fn ask(store: &Store, question: &str) -> Answer {
    zhenzhi::ask::ask(store, question).unwrap_or_else(|error| panic!("{question}: {error:?}"))
}

#[test]
fn results_of_the_sample_targets() {
    let (_folder, store) = samples();
    let mut said = String::new();
    for question in [
        "targets of 云塘镇 in 2023 with result",
        "云塘镇2023年的目标及完成情况",
        "云塘镇2023年未完成的目标",
        "towns that missed investment target in 2023",
        "在2023年，完成税收目标的镇",
        "towns with industrial output below target in 2023",
        "tax target, investment target of 云塘镇 in 2023 with result",
        "how many met targets of 云塘镇 in 2023",
        "towns that missed tax target in 2024",
    ] {
        let answer = ask(&store, question);
        let _ = writeln!(
            said,
            "? {question}\n{}",
            table(&answer, answer.lang, &Options::default())
        );
    }
    insta::assert_snapshot!(said);
}

#[test]
fn json_of_a_pair() {
    let (_folder, store) = samples();
    let answer = ask(&store, "towns that missed investment target in 2023");
    insta::assert_snapshot!(serde_json::to_string_pretty(&json(&answer)).expect("JSON"));
}

#[test]
fn what_has_no_result_is_refused() {
    let (_folder, store) = samples();
    for question in [
        "tax of 云塘镇 with result",
        "towns that missed tax",
        "towns that missed 「税收」 target",
        "average tax target with result",
        "missed tasks of 云塘镇",
    ] {
        assert!(zhenzhi::ask::ask(&store, question).is_err(), "{question}");
    }
}

/// Each indicator that is judged in a way of its own is one of the vocabulary.
#[test]
fn judged_indicators_exist() {
    let (_folder, store) = samples();
    let known: Vec<String> = store
        .indicators(std::time::Duration::from_mins(1))
        .expect("the vocabulary")
        .into_iter()
        .map(|known| known.indicator.id)
        .collect();
    for line in include_str!("../../src/query/sql/targets/kinds.tsv")
        .lines()
        .skip(1)
    {
        let id = line.split('\t').nth(1).expect("an id");
        assert!(known.iter().any(|known| known == id), "{id}");
    }
}
