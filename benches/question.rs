//! The time from a question's text to its SQL, over the sample reports' catalog, and the time of its answer beside a
//! statement written by hand.
//!
//! `cargo bench --bench question` measures; `cargo test --bench question` runs everything once.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use zhenzhi::ask::{ask, catalog};
use zhenzhi::import::{find, import};
use zhenzhi::query::compile;
use zhenzhi::store::Store;

const QUESTIONS: [(&str, &str); 4] = [
    ("short", "towns with tax growth over 30%"),
    ("short zh", "税收增长超过30%的镇"),
    (
        "long",
        "towns in Zhejiang with (tax over 3亿元 or budget revenue over 3亿元) and not falling investment, show investment, \
         tax growth, by tax growth descending, top 5, with source",
    ),
    (
        "long zh",
        "（税收超过3亿元或一般公共预算收入超过3亿元）且非固定资产投资下降的镇，显示固定资产投资、税收增速，按税收增速降序，前5名，附来源",
    ),
];

const BY_HAND: &str = "SELECT towns.name, m.year, m.value, m.growth, m.status, m.quote FROM metrics AS m \
    JOIN sessions AS s ON s.id = m.session_id JOIN towns ON towns.id = s.town_id \
    WHERE m.indicator = 'tax_revenue' AND m.status <> 'target' AND m.growth > 30 AND m.year = s.review_year";

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let store = Store::create(&folder.path().join("reports.db")).expect("a store can be made");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let (sources, _) = find(&[samples]);
    import(&store, &sources, &mut |_, _| {}).expect("the samples can be imported");
    (folder, store)
}

fn questions(criterion: &mut Criterion) {
    let (_folder, store) = store();
    let catalog = catalog(&store).expect("the store can be read");
    for (name, question) in QUESTIONS {
        assert!(compile(question, &catalog).is_ok(), "{question}");
        criterion.bench_function(&format!("compile {name}"), |bench| {
            bench.iter(|| compile(black_box(question), &catalog));
        });
    }
    let compiled = compile(QUESTIONS[0].1, &catalog).expect("it compiles");
    criterion.bench_function("rows", |bench| {
        bench.iter(|| store.select(&compiled.sql.text, &compiled.sql.params));
    });
    criterion.bench_function("rows by hand", |bench| {
        bench.iter(|| store.select(BY_HAND, &[]));
    });
    criterion.bench_function("answer", |bench| {
        bench.iter(|| ask(&store, QUESTIONS[0].1));
    });
}

criterion_group!(benches, questions);
criterion_main!(benches);
