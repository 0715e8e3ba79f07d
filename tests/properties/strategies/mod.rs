//! Generators for the property tests: texts, JSON and articles of every kind, valid and invalid.
//! The native tests and the browser tests use them.

mod article;
mod json;
mod runner;
mod text;

pub(crate) use article::{article, reference, valid_article};
pub(crate) use json::{any_json, cut, deep_json, object, to_text, wide_json};
pub(crate) use runner::check;
pub(crate) use text::{fuzzed_text, valid_text};
