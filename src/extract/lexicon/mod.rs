//! The words of the genre, as data files beside this one: indicators, units, counters, verbs.

mod indicators;

pub use indicators::indicators;
