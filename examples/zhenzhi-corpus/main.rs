//! Writes made-up government work reports and the facts that stand in them, compares a store with those facts, and
//! measures how long questions to such a store take.
//!
//! ```text
//! cargo run --release --example zhenzhi-corpus -- make FOLDER --reports 40000 --seed 7
//! zhenzhi import reports.db FOLDER
//! cargo run --release --example zhenzhi-corpus -- check reports.db FOLDER/facts.tsv
//! cargo run --release --example zhenzhi-corpus -- ask reports.db
//! cargo run --release --example zhenzhi-corpus -- by-hand reports.db
//! ```

#![allow(clippy::print_stdout, reason = "it is a program")]

mod ask;
mod by_hand;
mod corpus;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use corpus::{Corpus, YEARS, compare, table};
use rayon::prelude::*;
use zhenzhi::store::Store;

/// The first line of the table of facts.
const HEADING: &str = "document\tindicator\tyear\tstatus\tvalue\tgrowth\n";

/// Made-up reports and their facts.
#[derive(Debug, Parser)]
enum Args {
    /// Write reports into a folder, and their facts into facts.tsv there
    Make {
        folder: PathBuf,
        /// How many; a town has five
        #[arg(long, default_value_t = 1000)]
        reports: usize,
        /// The same seed gives the same reports
        #[arg(long, default_value_t = 7)]
        seed: u64,
    },
    /// Look each fact up in a store of these reports
    Check {
        store: PathBuf,
        facts: PathBuf,
        /// How many facts that differ are shown
        #[arg(long, default_value_t = 20)]
        show: usize,
    },
    /// Ask a store of these reports the questions of the tests, and say how long the answers took
    Ask {
        store: PathBuf,
        /// How often each is asked; the median counts
        #[arg(long, default_value_t = 5)]
        runs: usize,
        /// Ask this program too, in a process of its own each time
        #[arg(long)]
        program: Option<PathBuf>,
        /// Ask only questions with these words
        #[arg(long, default_value = "")]
        only: String,
    },
    /// Ask a store ten typical questions beside SQL written by hand, and say how long each took
    ByHand {
        store: PathBuf,
        /// How often each is asked, in turn; the fastest counts
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
}

fn main() -> Result<(), Box<dyn Error>> {
    match Args::parse() {
        Args::Make {
            folder,
            reports,
            seed,
        } => make(&folder, reports, seed),
        Args::Check { store, facts, show } => check(&store, &facts, show),
        Args::Ask {
            store,
            runs,
            program,
            only,
        } => ask::ask(&store, runs, program.as_deref(), &only),
        Args::ByHand { store, rounds } => {
            let store = Store::open_read_only(&store)?;
            print!("{}", by_hand::table(&by_hand::beside(&store, rounds)?));
            Ok(())
        }
    }
}

fn make(folder: &Path, reports: usize, seed: u64) -> Result<(), Box<dyn Error>> {
    let corpus = Corpus::new(seed);
    let towns = reports.div_ceil(YEARS);
    if towns > corpus.towns() {
        let most = corpus.towns() * YEARS;
        return Err(format!("there are towns for {most} reports").into());
    }
    let write = |town: usize| -> Result<(usize, String), std::io::Error> {
        let mut written = corpus.reports(town);
        written.truncate(reports - town * YEARS);
        for report in &written {
            let path = folder.join(&report.name);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(path, &report.bytes)?;
        }
        let bytes = written.iter().map(|report| report.bytes.len()).sum();
        Ok((bytes, table(&written)))
    };
    let written: Vec<(usize, String)> = (0..towns)
        .into_par_iter()
        .map(write)
        .collect::<Result<_, _>>()?;
    let facts: String = written.iter().map(|(_, lines)| lines.as_str()).collect();
    fs::write(folder.join("facts.tsv"), [HEADING, &facts].concat())?;
    let bytes: usize = written.iter().map(|(bytes, _)| bytes).sum();
    println!(
        "{reports} reports, {:.1} MB, {} facts",
        bytes as f64 / 1e6,
        facts.lines().count()
    );
    Ok(())
}

fn check(store: &Path, facts: &Path, show: usize) -> Result<(), Box<dyn Error>> {
    let store = Store::open_read_only(store)?;
    let facts = fs::read_to_string(facts)?;
    let lines = facts.strip_prefix(HEADING).unwrap_or(&facts);
    let comparison = compare(&store, lines)?;
    for different in comparison.different.iter().take(show) {
        println!("{different}");
    }
    println!(
        "{} facts as written, {} that differ",
        comparison.same,
        comparison.different.len()
    );
    Ok(())
}
