//! Typical questions beside statements written by hand, which must give the same rows.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write;
use std::time::{Duration, Instant};

use zhenzhi::ask::{Outcome, Terms, names, run_with};
use zhenzhi::fact::Value;
use zhenzhi::query::{Answer, compile};
use zhenzhi::store::{Rows, Store};

/// Behind each `-- ` that opens a block a question, and under it the statement.
const BY_HAND: &str = include_str!("../../tests/it/by_hand.sql");

/// The place of the sample reports that the questions name.
const PLACE: &str = "云塘镇";

/// What is asked again for a steadier time, unless once takes longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// A question, and how long its rows took.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) question: String,
    pub(crate) rows: usize,
    /// The statement that the question became; it brings what the notes count as well.
    pub(crate) ours: Duration,
    /// The statement written by hand.
    pub(crate) by_hand: Duration,
}

impl Beside {
    /// How many times as long as the statement by hand.
    pub(crate) fn ratio(&self) -> f64 {
        self.ours.as_secs_f64() / self.by_hand.as_secs_f64()
    }
}

/// The questions of the file, as they stand in it; the test of how SQLite answers them asks for these alone.
#[allow(dead_code, reason = "the program does not ask for them")]
pub(crate) fn questions() -> Vec<&'static str> {
    blocks().into_iter().map(|(question, _)| question).collect()
}

fn blocks() -> Vec<(&'static str, &'static str)> {
    // The first block says what the file is.
    let blocks = BY_HAND.split("\n\n-- ").skip(1);
    blocks.filter_map(|block| block.split_once('\n')).collect()
}

/// Asks each question and its statement in turn, `rounds` times, and takes the fastest of each.
///
/// # Errors
///
/// Where a question is not understood, a statement fails, or the rows are not the same.
pub(crate) fn beside(store: &Store, rounds: usize) -> Result<Vec<Beside>, Box<dyn Error>> {
    let catalog = names(store)?;
    let place = place(store)?;
    let told_apart = told_apart(store)?;
    let mut all = Vec::new();
    for (question, by_hand) in blocks() {
        let question = question.replace(PLACE, &place);
        let by_hand = by_hand.replace(PLACE, &place);
        let compiled = compile(&question, &catalog)
            .map_err(|faults| format!("{question}: {}", faults[0].code))?;
        let terms = Terms {
            row_limit: usize::MAX,
            ..Terms::default()
        };
        let Outcome::Answer(answer) = run_with(store, &catalog, &question, &terms)? else {
            return Err(format!("{question} is no question").into());
        };
        let rows = store.select(&by_hand, &[])?;
        let told = store.select(&compiled.sql.text, &compiled.sql.params)?;
        same(&answer, &rows, &told_apart)
            .and_then(|()| counted_alike(&told, &rows))
            .map_err(|why| format!("{question}: {why}"))?;
        let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
        for _ in 0..rounds.max(1) {
            let sql = &compiled.sql;
            ours = ours.min(timed(|| store.select(&sql.text, &sql.params).map(drop))?);
            theirs = theirs.min(timed(|| store.select(&by_hand, &[]).map(drop))?);
            if ours > PATIENCE {
                break;
            }
        }
        all.push(Beside {
            question,
            rows: rows.rows.len(),
            ours,
            by_hand: theirs,
        });
    }
    Ok(all)
}

/// As a table in Markdown.
pub(crate) fn table(all: &[Beside]) -> String {
    let mut text =
        "| question | rows | ours | by hand | ratio |\n| --- | --- | --- | --- | --- |\n"
            .to_owned();
    for one in all {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        let _ = writeln!(
            text,
            "| {} | {} | {:.2} ms | {:.2} ms | {:.2} |",
            one.question,
            one.rows,
            milliseconds(one.ours),
            milliseconds(one.by_hand),
            one.ratio()
        );
    }
    text
}

fn timed<E>(run: impl FnOnce() -> Result<(), E>) -> Result<Duration, E> {
    let started = Instant::now();
    run()?;
    Ok(started.elapsed())
}

/// That of the samples where the store has it, else the one with most reports whose name is its own.
fn place(store: &Store) -> Result<String, Box<dyn Error>> {
    let rows = store.select(
        "SELECT t.name FROM towns t JOIN sessions s ON s.town_id = t.id GROUP BY t.name HAVING count(DISTINCT t.id) = 1 \
         ORDER BY t.name <> ?1, count(*) DESC, t.id LIMIT 1",
        &[Value::Text(PLACE.to_owned())],
    )?;
    let name = rows.rows.first().and_then(|row| row[0].text());
    Ok(name.ok_or("the store has no place")?.to_owned())
}

/// The bare names of places that an answer names with what they lie in: the county, else the city, else the province.
fn told_apart(store: &Store) -> Result<HashMap<String, String>, Box<dyn Error>> {
    let sql = "SELECT COALESCE(county, city, province) || name, name FROM towns WHERE COALESCE(county, city, province) IS NOT NULL";
    let rows = store.select(sql, &[])?;
    let text = |value: &Value| value.text().unwrap_or_default().to_owned();
    Ok(rows
        .rows
        .iter()
        .map(|row| (text(&row[0]), text(&row[1])))
        .collect())
}

/// Whether the rows are as many and hold the same in each column that both have; in whatever order.
fn same(answer: &Answer, by_hand: &Rows, bare: &HashMap<String, String>) -> Result<(), String> {
    let names: Vec<&str> = answer.columns.iter().map(|c| c.name.as_str()).collect();
    let shared: Vec<(usize, usize)> = by_hand
        .columns
        .iter()
        .enumerate()
        .filter_map(|(n, name)| Some((names.iter().position(|other| other == name)?, n)))
        .collect();
    let absence = by_hand.columns.iter().position(|name| name == "absence");
    if shared.is_empty() {
        return Err(format!(
            "none of its columns is there: {}",
            names.join(", ")
        ));
    }
    let mut ours: Vec<Vec<String>> = answer
        .rows
        .iter()
        .map(|row| {
            let cells = shared.iter().map(|(n, _)| shown(&row.cells[*n].value));
            let why = row.cells.iter().find_map(|cell| cell.absence);
            cells
                .map(|text| bare.get(&text).cloned().unwrap_or(text))
                .chain(absence.map(|_| why.map_or_else(String::new, |why| why.as_str().to_owned())))
                .collect()
        })
        .collect();
    let mut theirs: Vec<Vec<String>> = by_hand
        .rows
        .iter()
        .map(|row| {
            let cells = shared.iter().map(|(_, n)| *n).chain(absence);
            cells.map(|n| shown(&row[n])).collect()
        })
        .collect();
    ours.sort();
    theirs.sort();
    match ours.iter().zip(&theirs).find(|(one, other)| one != other) {
        Some((one, other)) => Err(format!("{one:?} is by hand {other:?}")),
        None if ours.len() != theirs.len() => {
            Err(format!("{} rows are by hand {}", ours.len(), theirs.len()))
        }
        None => Ok(()),
    }
}

/// Whether what a hand counts beside its rows, from `looked_at` on, is what our statement counts in its last column.
fn counted_alike(told: &Rows, by_hand: &Rows) -> Result<(), String> {
    let (Some(first), Some(ours), Some(theirs)) = (
        by_hand.columns.iter().position(|name| name == "looked_at"),
        told.rows.first().and_then(|row| row.last()?.text()),
        by_hand.rows.first(),
    ) else {
        return Ok(());
    };
    let mut counts = Vec::new();
    let told = serde_json::from_str(ours).map_err(|why| why.to_string())?;
    numbers(&told, &mut counts);
    let theirs: Vec<Option<i64>> = theirs[first..].iter().map(Value::integer).collect();
    if counts.starts_with(&theirs) {
        Ok(())
    } else {
        Err(format!("{ours} is counted by hand as {theirs:?}"))
    }
}

/// The numbers of a JSON value in their order.
fn numbers(value: &serde_json::Value, found: &mut Vec<Option<i64>>) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|value| numbers(value, found)),
        serde_json::Value::Object(values) => {
            values.values().for_each(|value| numbers(value, found));
        }
        _ => found.push(value.as_i64()),
    }
}

/// Sums may be added up in another order, and an actual figure is marked in neither.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => format!("{number:.6e}"),
        Value::Real(number) => format!("{number:.6e}"),
        Value::Text(text) => text.clone(),
    }
}
