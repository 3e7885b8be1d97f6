use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use zhenzhi::ask::{Cited, Outcome, Terms, names, run_with};
use zhenzhi::query::{Catalog, compile};
use zhenzhi::store::Store;

/// The questions of the tests, of which the second language stands in the third column.
const QUESTIONS: &str = include_str!("../../tests/it/questions.tsv");

/// No question is given up: the table is to show what is slow.
const PATIENCE: Duration = Duration::from_mins(10);

/// So many of the slowest are named again at the end.
const SLOWEST: usize = 10;

/// A question and how long its parts took.
struct Timed {
    question: String,
    /// From its text to SQL.
    understood: Duration,
    /// Its statement.
    rows: Duration,
    /// All of it, once more and in one: text, SQL, rows with their sources, the reason where there is none, answer.
    whole: Duration,
    /// The same with the sources of few rows only, as a screen or separated values show them.
    screen: Duration,
    /// The program, from its start to its end, where it was asked too.
    process: Option<Duration>,
    count: usize,
}

/// Asks each of the test's questions that has the words `only`, about places of this store, and prints how long the answers took; the program is
/// asked in a process of its own each time.
pub(crate) fn ask(
    path: &Path,
    runs: usize,
    program: Option<&Path>,
    only: &str,
) -> Result<(), Box<dyn Error>> {
    let opening = Instant::now();
    let store = Store::open_read_only(path)?;
    let catalog = names(&store)?;
    let opened = opening.elapsed();
    println!("  text        SQL     whole    screen   process      rows  question (milliseconds)");
    let mut timed = Vec::new();
    for line in QUESTIONS.lines() {
        let form = line.split('\t').nth(2).ok_or("a line has no question")?;
        if !form.contains(only) {
            continue;
        }
        let one = one(&store, &catalog, placed(&store, form)?, runs.max(1))?;
        let process = program.map(|program| process(program, path, &one.question, runs.max(1)));
        let one = Timed {
            process: process.transpose()?,
            ..one
        };
        println!(
            "{:6.2} {:10.2} {:9.2} {:9.2} {:>9} {:9}  {}",
            milliseconds(one.understood),
            milliseconds(one.rows),
            milliseconds(one.whole),
            milliseconds(one.screen),
            one.process
                .map_or_else(String::new, |took| format!("{:.2}", milliseconds(took))),
            one.count,
            one.question
        );
        timed.push(one);
    }
    summary(
        "library",
        timed.iter().map(|one| (one.whole, &*one.question)),
    );
    summary(
        "screen",
        timed.iter().map(|one| (one.screen, &*one.question)),
    );
    let processes = timed
        .iter()
        .filter_map(|one| Some((one.process?, &*one.question)));
    summary("program", processes);
    println!(
        "store and all names opened in {:.2} ms",
        milliseconds(opened)
    );
    Ok(())
}

/// Median, 95th percentile, and the slowest.
fn summary<'a>(what: &str, times: impl Iterator<Item = (Duration, &'a str)>) {
    let mut times: Vec<(Duration, &str)> = times.collect();
    times.sort_unstable();
    let Some(last) = times.len().checked_sub(1) else {
        return;
    };
    let at = |percent: usize| milliseconds(times[(last * percent).div_ceil(100)].0);
    println!(
        "\n{what}: {} questions, median {:.2} ms, 95th percentile {:.2} ms; the slowest:",
        times.len(),
        at(50),
        at(95),
    );
    for (took, question) in times.iter().rev().take(SLOWEST) {
        println!("{:9.2} ms  {question}", milliseconds(*took));
    }
}

fn one(
    store: &Store,
    catalog: &Catalog,
    question: String,
    runs: usize,
) -> Result<Timed, Box<dyn Error>> {
    let failed = |error: &dyn std::fmt::Display| format!("{question}: {error}");
    let compiled = compile(&question, catalog).map_err(|_| failed(&"it was not understood"))?;
    let understood = median(runs, || compile(&question, catalog).map(drop))
        .map_err(|_| failed(&"it was not understood"))?;
    let sql = &compiled.numbered;
    let rows = median(runs, || store.select(&sql.text, &sql.params).map(drop))?;
    let mut count = 0;
    let mut asked = |cited| {
        let terms = Terms {
            time_limit: PATIENCE,
            cited,
            ..Terms::default()
        };
        median(runs, || {
            run_with(store, catalog, &question, &terms).map(|outcome| {
                if let Outcome::Answer(answer) = outcome {
                    count = answer.rows.len();
                }
            })
        })
        .map_err(|error| failed(&error))
    };
    let screen = asked(Cited::OfFew(20))?;
    let whole = asked(Cited::All)?;
    Ok(Timed {
        question,
        understood,
        rows,
        whole,
        screen,
        process: None,
        count,
    })
}

/// The program with the rows as lines of JSON, which nobody reads.
fn process(
    program: &Path,
    store: &Path,
    question: &str,
    runs: usize,
) -> Result<Duration, Box<dyn Error>> {
    median(runs, || {
        let done = Command::new(program)
            .arg("ask")
            .arg(store)
            .args([
                question,
                "--format",
                "jsonl",
                "--quiet",
                "--time-limit",
                "600",
            ])
            .stdout(Stdio::null())
            .status()?;
        if done.success() {
            Ok(())
        } else {
            Err(format!("{question}: {done}").into())
        }
    })
}

fn median<E>(runs: usize, mut run: impl FnMut() -> Result<(), E>) -> Result<Duration, E> {
    let mut took = Vec::with_capacity(runs);
    for _ in 0..runs {
        let start = processor().map_or_else(|| Err(Instant::now()), Ok);
        run()?;
        took.push(match start {
            Ok(start) => processor().unwrap_or_default().saturating_sub(start),
            Err(start) => start.elapsed(),
        });
        // What takes seconds is not asked again for a steadier figure.
        if took[0] > Duration::from_secs(5) {
            break;
        }
    }
    took.sort_unstable();
    Ok(took[took.len() / 2])
}

/// What this thread has had of the processor, where `BUSY` is set and the system tells it: other programs do not lengthen
/// that.
fn processor() -> Option<Duration> {
    std::env::var_os("BUSY")?;
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The question with the sample reports' places replaced by places of this store whose names are theirs alone.
pub(crate) fn placed(store: &Store, form: &str) -> Result<String, Box<dyn Error>> {
    const TOWNS: [&str; 4] = ["杨柳青镇", "双港镇", "精武镇", "孙岗镇"];
    let rows = store.select(
        "SELECT name, county, province FROM towns WHERE kind = 'town' AND county LIKE '%县' AND name NOT IN \
         (SELECT name FROM towns GROUP BY name HAVING count(*) > 1) ORDER BY id LIMIT 4",
        &[],
    )?;
    let cell = |row: usize, column: usize| -> Result<&str, String> {
        let row = rows.rows.get(row).ok_or("the store has too few towns")?;
        row[column]
            .text()
            .ok_or_else(|| "a town lies nowhere".to_owned())
    };
    let mut question = form.to_owned();
    for (at, town) in TOWNS.into_iter().enumerate() {
        question = question.replace(town, cell(at, 0)?);
    }
    Ok(question
        .replace("西青区", cell(0, 1)?)
        .replace("天津市", cell(0, 2)?))
}
