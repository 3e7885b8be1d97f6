//! Made-up reports in number, and whether the store gives back what was written into them.

#[path = "../../examples/zhenzhi-corpus/corpus/mod.rs"]
mod made_up;

use made_up::{Corpus, YEARS, compare, table};
use tempfile::tempdir;
use zhenzhi::import::{Source, import};
use zhenzhi::store::Store;

const TOWNS: usize = 10;

#[test]
fn a_store_gives_back_the_facts_of_made_up_reports() {
    let corpus = Corpus::new(7);
    assert!(TOWNS < corpus.towns());
    let reports: Vec<_> = (0..TOWNS).flat_map(|town| corpus.reports(town)).collect();
    let sources: Vec<_> = reports
        .iter()
        .map(|report| Source::bytes(report.name.clone(), report.bytes.clone()))
        .collect();
    let folder = tempdir().unwrap();
    let store = Store::create(&folder.path().join("reports.db")).unwrap();
    let summary = import(&store, &sources, &mut |_, _| {}).unwrap();
    assert_eq!(summary.counts.reports, TOWNS * YEARS);
    assert_eq!(summary.failures, []);
    let comparison = compare(&store, &table(&reports)).unwrap();
    assert_eq!(comparison.different, Vec::<String>::new());
    assert!(comparison.same > TOWNS * YEARS * 20);
}

#[test]
fn a_fact_that_the_store_has_not_is_said() {
    let reports = Corpus::new(7).reports(0);
    let folder = tempdir().unwrap();
    let store = Store::create(&folder.path().join("reports.db")).unwrap();
    let source = Source::bytes(reports[0].name.clone(), reports[0].bytes.clone());
    import(&store, &[source], &mut |_, _| {}).unwrap();
    let facts = table(&reports[..1]);
    let count = facts.lines().count();
    let another = format!("{}\ttax_revenue\t2019\tactual\t1\t\n", reports[0].name);
    let facts = [facts, another].concat();
    let comparison = compare(&store, &facts).unwrap();
    assert_eq!((comparison.same, comparison.different.len()), (count, 1));
}

#[test]
fn the_same_seed_gives_the_same_reports() {
    let bytes = |seed| -> Vec<_> {
        Corpus::new(seed)
            .reports(3)
            .into_iter()
            .map(|report| report.bytes)
            .collect()
    };
    assert_eq!(bytes(7), bytes(7));
    assert_ne!(bytes(7), bytes(8));
}
