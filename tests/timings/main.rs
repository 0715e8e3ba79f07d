//! Tests of timing files: the content of each format, the result for arbitrary text, and the quality of the
//! alignment with an article.
#![cfg(all(feature = "native", not(target_arch = "wasm32")))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod alignment;
mod any_text;
mod formats;
mod malformed;
mod recording;

#[allow(dead_code, unused_imports, reason = "the property tests use the rest")]
#[path = "../properties/strategies/mod.rs"]
mod strategies;
