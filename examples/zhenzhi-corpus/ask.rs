use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use zhenzhi::ask::{Terms, names, run_with};
use zhenzhi::store::Store;

/// The questions of the tests, of which the second language stands in the third column.
const QUESTIONS: &str = include_str!("../../tests/it/questions.tsv");

/// A question and how long its answer took.
struct Timed {
    question: String,
    took: Duration,
}

/// Asks each of the test's questions, about places of this store, and prints how long the answers took.
pub(crate) fn ask(store: &Path, runs: usize) -> Result<(), Box<dyn Error>> {
    let opening = Instant::now();
    let store = Store::open_read_only(store)?;
    let catalog = names(&store)?;
    let opened = opening.elapsed();
    let terms = Terms::default();
    let mut timed = Vec::new();
    for line in QUESTIONS.lines() {
        let form = line.split('\t').nth(2).ok_or("a line has no question")?;
        let question = placed(&store, form)?;
        let mut took = Vec::with_capacity(runs);
        for _ in 0..runs.max(1) {
            let start = Instant::now();
            run_with(&store, &catalog, &question, &terms)
                .map_err(|error| format!("{question}: {error}"))?;
            took.push(start.elapsed());
        }
        took.sort_unstable();
        let took = took[took.len() / 2];
        timed.push(Timed { question, took });
    }
    timed.sort_by_key(|timed| timed.took);
    for Timed { question, took } in timed.iter().rev() {
        println!("{:9.2} ms  {question}", milliseconds(*took));
    }
    let at = |percent: usize| milliseconds(timed[(timed.len() - 1) * percent / 100].took);
    println!(
        "{} questions: median {:.2} ms, 95th percentile {:.2} ms; store and names opened in {:.2} ms",
        timed.len(),
        at(50),
        at(95),
        milliseconds(opened)
    );
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The question with the sample reports' places replaced by places of this store whose names are theirs alone.
fn placed(store: &Store, form: &str) -> Result<String, Box<dyn Error>> {
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
