//! The integration tests, one binary.

mod query_answers;
mod query_errors;
mod query_hostile;
mod query_pairs;
mod query_world;
