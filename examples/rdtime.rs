use std::{
    env, fs,
    hash::{Hash, Hasher},
    io::Write,
};
use zhenzhi::decode::decode;
use zhenzhi::document::documents;
use zhenzhi::extract::extract;
fn cpu() -> f64 {
    let s = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    s.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}
#[inline(never)]
fn measured(files: &[(String, Vec<u8>)]) {
    for (_, b) in files {
        std::hint::black_box(zhenzhi::reading::read(b).is_ok());
    }
}
fn main() {
    let mut args: Vec<String> = env::args().skip(1).collect();
    let mode = args.remove(0);
    let mut files = vec![];
    for a in &args {
        for e in walkdir::WalkDir::new(a).sort_by_file_name() {
            let e = e.unwrap();
            if e.file_type().is_file() {
                files.push((e.path().display().to_string(), fs::read(e.path()).unwrap()))
            }
        }
    }
    let mb: f64 = files.iter().map(|f| f.1.len()).sum::<usize>() as f64 / 1e6;
    if mode == "dump" || mode == "hash" {
        let out = std::io::stdout();
        let mut out = std::io::BufWriter::new(out.lock());
        let mut h = std::hash::DefaultHasher::new();
        for (n, b) in &files {
            match zhenzhi::reading::read(b) {
                Ok(r) => {
                    let s = format!("{:?} {:?}\n", r.source.clean, r.reports);
                    s.hash(&mut h);
                    if mode == "dump" {
                        writeln!(out, "== {n}").unwrap();
                        writeln!(out, "{:?}", r.source.clean).unwrap();
                        for r in &r.reports {
                            writeln!(out, "{:#?}", r).unwrap();
                        }
                    }
                }
                Err(e) => {
                    format!("{e:?}").hash(&mut h);
                    if mode == "dump" {
                        writeln!(out, "== {n} {e:?}").unwrap();
                    }
                }
            }
        }
        if mode == "hash" {
            writeln!(out, "{:x}", h.finish()).unwrap();
        }
        return;
    }
    if mode == "cg" {
        let _ = files
            .iter()
            .map(|f| zhenzhi::reading::read(&f.1).is_ok())
            .count();
        measured(&files);
        return;
    }
    if mode == "init" {
        let t = cpu();
        let _ = zhenzhi::reading::read(&files[0].1).is_ok();
        let u = cpu();
        let _ = zhenzhi::reading::read(&files[0].1).is_ok();
        let v = cpu();
        println!(
            "init {:.0} ms, again {:.1} ms",
            (u - t) * 1e3,
            (v - u) * 1e3
        );
        return;
    }
    let rounds: usize = mode.parse().unwrap();
    // warm
    let _ = files
        .iter()
        .take(2)
        .map(|f| zhenzhi::reading::read(&f.1).is_ok())
        .count();
    let mut best = [f64::MAX; 3];
    for _ in 0..rounds {
        let mut t = [0f64; 3];
        for (_, b) in &files {
            let s = cpu();
            let Ok(src) = decode(b) else { continue };
            t[0] += cpu() - s;
            let s = cpu();
            let d = documents(&src);
            t[1] += cpu() - s;
            let s = cpu();
            for d in &d {
                std::hint::black_box(extract(&src, d));
            }
            t[2] += cpu() - s;
        }
        for i in 0..3 {
            best[i] = best[i].min(t[i]);
        }
    }
    println!(
        "{mb:.1} MB decode {:.1} document {:.1} extract {:.1} ms/MB total {:.1}",
        best[0] * 1e3 / mb,
        best[1] * 1e3 / mb,
        best[2] * 1e3 / mb,
        (best[0] + best[1] + best[2]) * 1e3 / mb
    );
}
