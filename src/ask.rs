//! A question and a store → its answer.
