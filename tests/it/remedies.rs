//! The examples of `zhenzhi help CODE` are what they claim to be.

use zhenzhi::query::{Lang, Parameters, compile, compile_with, remedies};

use crate::query_world::names;

#[test]
fn the_wrong_have_their_fault_and_the_right_have_none() {
    let catalog = names();
    let mut faults = Vec::new();
    for remedy in remedies() {
        for lang in [Lang::En, Lang::Zh] {
            match compile(remedy.wrong(lang), &catalog) {
                Ok(compiled) => faults.push(format!(
                    "{}: {} means {}",
                    remedy.code,
                    remedy.wrong(lang),
                    compiled.reading.en
                )),
                Err(found) if found[0].code != remedy.code => faults.push(format!(
                    "{}: {} has {}",
                    remedy.code,
                    remedy.wrong(lang),
                    found[0].code
                )),
                Err(_) => {}
            }
            if let Err(found) = compile_with(remedy.right(lang), &catalog, &Parameters::new()) {
                faults.push(format!(
                    "{}: {}: {}",
                    remedy.code,
                    remedy.right(lang),
                    found[0].message_en
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
