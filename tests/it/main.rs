//! The integration tests, one binary.

mod architecture;
mod contract;
mod corpus;
mod golden;
mod grammar;
mod import;
mod manual;
mod mistyped;
mod nothing;
mod phenomena;
mod query_answers;
mod query_cost;
mod query_errors;
mod query_hostile;
mod query_pairs;
mod query_properties;
mod query_questions;
mod query_statements;
mod query_targets;
mod query_world;
mod remedies;
mod samples;
mod shared;
mod store;
mod store_questions;
mod transcripts;
