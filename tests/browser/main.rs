//! Tests that need a real browser, run inside one: `cargo xtask test --only browser`.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail by panicking"
)]

mod adapters;
mod briefing;
mod embedded;
mod intl;
mod js;
mod locale_cases;
mod mentions;
mod parent;
mod reading;
mod script;
mod styles;
mod words;

#[path = "../properties/guarantees.rs"]
mod guarantees;
#[allow(dead_code, unused_imports, reason = "the native tests use the rest")]
#[path = "../properties/strategies/mod.rs"]
mod strategies;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
