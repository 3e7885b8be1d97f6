#![no_main]

use libfuzzer_sys::fuzz_target;

mod catalog;

// Words lie side by side within the question.
fuzz_target!(|question: &str| {
    let mut end = 0;
    for span in zhenzhi::query::words(question, &catalog::CATALOG) {
        assert!(end <= span.start && span.start <= span.end);
        end = span.end;
    }
    assert!(end <= question.chars().count());
});
