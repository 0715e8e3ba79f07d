//! What the properties are tried on: texts, JSON and articles of every kind, good and bad. Used by
//! the native tests and by those in the browser.

mod article;
mod json;
mod runner;
mod text;

pub(crate) use article::{article, good_article, reference};
pub(crate) use json::{any_json, cut, deep_json, object, to_text, wide_json};
pub(crate) use runner::check;
pub(crate) use text::{calm_text, wild_text};
