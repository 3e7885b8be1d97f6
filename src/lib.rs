#![doc = include_str!("../ARCHITECTURE.md")]

pub mod ask;
pub mod decode;
pub mod document;
pub mod extract;
pub mod fact;
pub mod import;
pub mod query;
pub mod reading;
pub mod render;
pub mod report;
pub mod store;
