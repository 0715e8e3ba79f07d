//! Properties that must hold for every article, tested with many generated ones.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod guarantees;
mod strategies;
mod timeline;

#[cfg(feature = "native")]
mod conversion;
#[cfg(feature = "native")]
mod inline;
#[cfg(feature = "native")]
mod reading;
#[cfg(feature = "native")]
mod writing;
#[cfg(feature = "native")]
mod written;
