#![no_main]

use libfuzzer_sys::fuzz_target;

mod catalog;

fuzz_target!(|question: &str| {
    let _ = zhenzhi::query::has_shape(question, &catalog::CATALOG);
});
