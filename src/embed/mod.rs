//! What the custom element is made of, as far as it is Rust: one [`Embedded`] for each element on
//! the page, all served by one WebAssembly instance. The element itself is defined by the loader
//! beside this file, `news-briefing.js`.

mod beginning;
mod detail;
mod embedded;
mod furnish;
mod json;

pub use embedded::Embedded;

use wasm_bindgen::prelude::*;

use crate::view::Words;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The tag that names the file with the words of a language; nothing where English serves.
#[wasm_bindgen]
#[must_use]
pub fn words_file(language: &str) -> Option<String> {
    Words::file_for(language).map(str::to_owned)
}
