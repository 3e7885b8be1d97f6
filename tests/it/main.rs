//! The integration tests, one binary.

#![expect(
    clippy::print_stdout,
    reason = "what was tried and what could not be is for people"
)]

mod alignment;
mod appendix;
mod architecture;
mod charts;
mod contract;
mod corpus;
mod file_format;
mod file_kinds;
mod formats;
mod golden;
mod grammar;
mod hidden_characters;
mod import;
mod manual;
mod mistyped;
mod nothing;
mod phenomena;
mod place_of_file;
mod query_answers;
mod query_asked;
mod query_beside;
mod query_cost;
mod query_counts;
mod query_each;
mod query_errors;
mod query_followed;
mod query_hostile;
mod query_meant;
mod query_natural;
mod query_open;
mod query_order;
mod query_pairs;
mod query_paraphrases;
mod query_phrases;
mod query_prices;
mod query_properties;
mod query_questions;
mod query_said_otherwise;
mod query_saying;
mod query_stated;
mod query_statements;
mod query_targets;
mod query_told;
mod query_typing;
mod query_unasked;
mod query_words;
mod query_world;
mod query_years;
mod refused;
mod remedies;
mod report;
mod report_program;
mod samples;
mod shared;
mod shell;
mod store;
mod store_accidents;
mod store_harm;
mod store_kill;
mod store_others;
mod store_questions;
mod store_rights;
mod store_share;
mod store_strangers;
mod store_versions;
mod streaming;
mod transcripts;
mod workshop;
