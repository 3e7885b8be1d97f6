//! Runs two commands in turn, so many times each, and says how many times as long as the first the second takes: two
//! programs on the same work, on a machine that is not always equally fast.
//!
//! ```text
//! cargo run --release --example in-turn -- --rounds 5 \
//!     'rm -f a.db; zhenzhi import a.db FOLDER --jobs 2' 'rm -f b.db; OTHER-PROGRAM b.db FOLDER'
//! ```
//!
//! Each command is given to `sh`; what it prints is dropped, and one that fails ends everything.

#![allow(clippy::print_stdout, reason = "it is a program")]

use std::error::Error;
use std::process::{Command, Stdio};
use std::time::Instant;

use clap::Parser;

#[derive(Parser)]
struct Arguments {
    /// What is measured
    first: String,
    /// What it is held against
    second: String,
    /// How often each is run
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let Arguments {
        first,
        second,
        rounds,
    } = Arguments::parse();
    println!("round   first  second   second / first");
    let mut ratios = Vec::new();
    for round in 1..=rounds {
        let (one, other) = (seconds(&first)?, seconds(&second)?);
        println!("{round:>5} {one:>6.2}s {other:>6.2}s {:>16.2}", other / one);
        ratios.push(other / one);
    }
    ratios.sort_by(f64::total_cmp);
    if let (Some(least), Some(most)) = (ratios.first(), ratios.last()) {
        let median = ratios[ratios.len() / 2];
        println!("median {median:.2}, from {least:.2} to {most:.2}");
    }
    Ok(())
}

/// How long a command takes.
fn seconds(command: &str) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    let status = Command::new("sh")
        .args(["-c", command])
        .stdout(Stdio::null())
        .status()?;
    if status.success() {
        Ok(start.elapsed().as_secs_f64())
    } else {
        Err(format!("{status}: {command}").into())
    }
}
