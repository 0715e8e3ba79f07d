//! What a publisher uploads, and how it is built.

mod paths;
mod recipe;
mod wasm;

pub(crate) use recipe::Recipe;
pub(crate) use wasm::{Names, build_wasm};
