use zhenzhi::fact::Value;
use zhenzhi::store::{Store, StoreError};

/// How a store agrees with the facts of its reports.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Comparison {
    /// Facts that the store gives back.
    pub(crate) same: usize,
    /// Facts that it has with another number, or not at all: the line, and what the store has.
    pub(crate) different: Vec<String>,
}

/// Looks each fact up in the store. `facts` are the lines of the table, without its heading.
pub(crate) fn compare(store: &Store, facts: &str) -> Result<Comparison, StoreError> {
    let mut comparison = Comparison::default();
    let mut document = ("", Vec::new());
    for line in facts.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, indicator, year, status, value, growth] = cells[..] else {
            comparison.different.push(format!("no fact: {line}"));
            continue;
        };
        if document.0 != name {
            document = (name, figures(store, name)?);
        }
        let known: Vec<_> = document
            .1
            .iter()
            .filter(|found| found[..3] == [indicator, year, status])
            .collect();
        // A value and its growth stand in one figure.
        if known
            .iter()
            .any(|found| same(&found[3], value) && same(&found[4], growth))
        {
            comparison.same += 1;
        } else {
            comparison.different.push(format!("{line}: {known:?}"));
        }
    }
    Ok(comparison)
}

/// The figures of a document that have an indicator: indicator, year, status, value, growth.
fn figures(store: &Store, document: &str) -> Result<Vec<Vec<String>>, StoreError> {
    let rows = store.select(
        "SELECT indicator, metrics.year, status, value, growth FROM documents \
         JOIN sessions ON sessions.document_id = documents.id JOIN metrics ON metrics.session_id = sessions.id \
         WHERE documents.name = ?1 AND indicator IS NOT NULL",
        &[Value::Text(document.to_owned())],
    )?;
    let cell = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Null => String::new(),
    };
    let line = |row: &Vec<Value>| row.iter().map(cell).collect();
    Ok(rows.rows.iter().map(line).collect())
}

/// A number that a fact leaves open agrees with every other.
fn same(found: &str, expected: &str) -> bool {
    match (found.parse::<f64>(), expected.parse::<f64>()) {
        (Ok(found), Ok(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        (_, Err(_)) => true,
        (Err(_), Ok(_)) => false,
    }
}
