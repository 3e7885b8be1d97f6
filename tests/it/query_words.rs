//! `sentences mentioning TERM` finds what a plain search through the sentences finds: 300 terms of one to six
//! characters, taken from the texts themselves wherever they fall, across the borders of words, digits and signs.

use std::collections::BTreeSet;
use std::path::Path;

use zhenzhi::ask::ask;
use zhenzhi::fact::Value;
use zhenzhi::import::{find, import};
use zhenzhi::store::Store;

use crate::samples;

/// So many terms are tried.
const TERMS: usize = 300;

/// A few of the real reports where they lie beside the project, else the samples.
fn store() -> (tempfile::TempDir, Store) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"terms are taken from the samples: there is no folder ../shared/corpus\n",
        );
        return samples::store();
    }
    let out = tempfile::tempdir().expect("a folder");
    let store = Store::create(&out.path().join("words.db")).expect("a store");
    let (sources, failures) = find(&[corpus]);
    assert_eq!(failures, []);
    let every = if cfg!(debug_assertions) { 40 } else { 4 };
    let sources: Vec<_> = sources.into_iter().step_by(every).collect();
    import(&store, &sources, &mut |_, _| {}).expect("imported");
    (out, store)
}

/// Numbers that look drawn at random and are the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}

/// Every sentence as the store has it, blanks left out, which the search does not see. (Half-width signs between Chinese
/// characters are full-width there.)
fn sentences(store: &Store) -> Vec<String> {
    let rows = store
        .select("SELECT text FROM passages WHERE kind = 'sentence'", &[])
        .expect("sentences");
    let text = |row: Vec<Value>| row[0].text().unwrap_or_default().to_owned();
    rows.rows.into_iter().map(text).collect()
}

#[test]
fn mentions_are_those_of_a_plain_search() {
    let (_folder, store) = store();
    let sentences = sentences(&store);
    let folded: Vec<String> = sentences
        .iter()
        .map(|sentence| sentence.chars().filter(|c| !c.is_whitespace()).collect())
        .collect();
    let mut draw = Draw(20_260_101);
    let mut terms = BTreeSet::new();
    for fixed in [
        "税",
        "GDP",
        "5G",
        "“",
        "，",
        "%",
        "20",
        "2.5",
        "十四五",
        "、",
        "R&D",
    ] {
        terms.insert(fixed.to_owned());
    }
    while terms.len() < TERMS {
        let chars: Vec<char> = folded[draw.below(folded.len())].chars().collect();
        let length = 1 + draw.below(6);
        if chars.len() < length {
            continue;
        }
        let start = draw.below(chars.len() - length + 1);
        let term: String = chars[start..start + length].iter().collect();
        // These end the quotation that the term stands in.
        if !term.contains(['"', '“', '”']) {
            terms.insert(term);
        }
    }
    terms.remove("“");
    let mut wrong = Vec::new();
    for term in &terms {
        let expected = folded
            .iter()
            .filter(|sentence| sentence.contains(term.as_str()))
            .count();
        let question = format!("how many sentences mentioning \"{term}\" in all years");
        let answer = ask(&store, &question).unwrap_or_else(|error| panic!("{question}: {error:?}"));
        let found = answer.rows[0].cells[0].value.integer().unwrap_or(-1);
        if usize::try_from(found) != Ok(expected) {
            wrong.push(format!("{term}: {found}, but {expected} hold it"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} terms:\n{}",
        wrong.len(),
        terms.len(),
        wrong.join("\n")
    );
}

/// Signs typed half width between Chinese characters, which the store has full width, find what the full-width ones do.
#[test]
fn half_width_signs_find_what_full_width_ones_do() {
    let (_folder, store) = store();
    let folded: Vec<String> = sentences(&store)
        .iter()
        .map(|sentence| sentence.chars().filter(|c| !c.is_whitespace()).collect())
        .collect();
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut tried = 0;
    for sentence in folded.iter().step_by(folded.len() / 60 + 1) {
        let chars: Vec<char> = sentence.chars().collect();
        let around = chars.windows(5).find(|five| {
            matches!(five[2], '，' | '；' | '：' | '（' | '）')
                && [0, 1, 3, 4].iter().all(|at| is_han(five[*at]))
        });
        let Some(full) = around.map(|five| five.iter().collect::<String>()) else {
            continue;
        };
        let half: String = full
            .chars()
            .map(|c| match c {
                '，' => ',',
                '；' => ';',
                '：' => ':',
                '（' => '(',
                '）' => ')',
                c => c,
            })
            .collect();
        let expected = folded.iter().filter(|other| other.contains(&full)).count();
        let question = format!("how many sentences mentioning \"{half}\" in all years");
        let answer = ask(&store, &question).unwrap();
        let found = answer.rows[0].cells[0].value.integer().unwrap();
        assert_eq!(usize::try_from(found), Ok(expected), "{half}");
        assert!(expected > 0);
        tried += 1;
    }
    assert!(tried > 5, "{tried}");
}
