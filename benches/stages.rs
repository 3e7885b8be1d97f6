//! The time of each stage between a file's bytes and the store, over the sample reports, or over the `.txt` files of the
//! folder that `REPORTS` names: `cargo bench --bench stages` measures; `cargo test --bench stages` runs everything once.
//! The rates are bytes of the files a second.
//!
//! From a question to its answer: see `question`.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use zhenzhi::decode::{SourceText, decode};
use zhenzhi::document::{Document, documents};
use zhenzhi::extract::extract;
use zhenzhi::reading::read;
use zhenzhi::store::{Fingerprint, Indexer, Passages, SourceFile, Store};

fn samples() -> Vec<Vec<u8>> {
    let samples = || Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let folder = std::env::var_os("REPORTS").map_or_else(samples, PathBuf::from);
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the samples can be listed")
        .map(|entry| entry.expect("a sample can be found").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).expect("a sample can be read"))
        .collect()
}

fn stages(criterion: &mut Criterion) {
    let files = samples();
    let bytes: usize = files.iter().map(Vec::len).sum();
    let mut group = criterion.benchmark_group("stage");
    group.throughput(Throughput::Bytes(bytes as u64));

    group.bench_function("decode", |bench| {
        bench.iter(|| {
            for file in &files {
                black_box(decode(file)).ok();
            }
        });
    });
    let texts: Vec<SourceText> = files
        .iter()
        .map(|file| decode(file).expect("a sample is text"))
        .collect();
    group.bench_function("document", |bench| {
        bench.iter(|| {
            for text in &texts {
                black_box(documents(text, ""));
            }
        });
    });
    let reports: Vec<(&SourceText, Document)> = texts
        .iter()
        .flat_map(|text| {
            documents(text, "")
                .into_iter()
                .map(move |report| (text, report))
        })
        .collect();
    group.bench_function("extract", |bench| {
        let each = || {
            reports
                .iter()
                .map(|(text, report)| black_box(extract(text, report)))
        };
        bench.iter(|| each().count());
    });

    let readings: Vec<_> = files
        .iter()
        .map(|file| read(file).expect("a sample is text"))
        .collect();
    let sources: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(at, file)| SourceFile {
            name: format!("{at}.txt"),
            fingerprint: Fingerprint::of(file),
            size_bytes: file.len() as u64,
        })
        .collect();
    let mut indexer = Indexer::default();
    let mut passages = || -> Vec<_> {
        readings
            .iter()
            .map(|reading| Passages::of(reading, &mut indexer))
            .collect()
    };
    group.bench_function("index", |bench| bench.iter(|| black_box(passages())));

    let passages = passages();
    let pairs: Vec<_> = sources.iter().zip(&readings).collect();
    group.bench_function("store", |bench| {
        let empty = || {
            let folder = tempfile::tempdir().expect("a folder can be made");
            let store = Store::create(&folder.path().join("r.db")).expect("a store can be made");
            (store, folder, passages.clone())
        };
        // The first of the pair is dropped first, and the file closed before its folder goes.
        bench.iter_batched(
            empty,
            |(store, folder, passages)| {
                let mut batch = store.batch();
                for ((source, reading), passages) in pairs.iter().zip(passages) {
                    let added = batch.add(source, reading, passages);
                    added.expect("a sample can be written");
                }
                batch.commit().expect("the samples can be kept");
                (store, folder)
            },
            BatchSize::PerIteration,
        );
    });
}

criterion_group!(benches, stages);
criterion_main!(benches);
