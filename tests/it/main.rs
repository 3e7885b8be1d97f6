//! The integration tests, one binary.

mod architecture;
mod contract;
mod import;
mod shared;
mod store;
//mod transcripts;
