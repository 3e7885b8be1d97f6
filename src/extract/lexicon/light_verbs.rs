use std::sync::LazyLock;

use super::rows;

/// Verbs that say nothing beside a noun phrase of at least so many characters; the first that a label begins with counts.
pub fn light_verbs() -> &'static [(&'static str, usize)] {
    static VERBS: LazyLock<Vec<(&'static str, usize)>> = LazyLock::new(|| {
        let rows = rows(include_str!("light_verbs.tsv"));
        rows.map(|row| {
            let [verb, least] = row[..] else {
                panic!("light_verbs.tsv: two cells a line: {row:?}")
            };
            let least = least.parse();
            (
                verb,
                least.unwrap_or_else(|_| panic!("light_verbs.tsv: no number: {row:?}")),
            )
        })
        .collect()
    });
    &VERBS
}
