#![no_main]

use libfuzzer_sys::fuzz_target;
use zhenzhi::query::{Lang, compile};
use zhenzhi::render::diagnostic;

mod catalog;

// A question is understood, and its reading too, or refused with a place in it.
fuzz_target!(|question: &str| {
    match compile(question, &catalog::CATALOG) {
        Ok(compiled) => {
            for reading in [&compiled.reading.en, &compiled.reading.zh] {
                assert!(compile(reading, &catalog::CATALOG).is_ok(), "{reading}");
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(fault.span.end <= question.chars().count());
                let _ = diagnostic(&fault, question, Lang::En);
            }
        }
    }
});
