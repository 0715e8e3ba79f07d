//! What the custom element is made of, as far as it is Rust: one [`Embedded`] for each element on
//! the page, all served by one WebAssembly instance. The element itself is defined by the loader
//! beside this file, `news-briefing.js`.

mod beginning;
mod detail;
mod embedded;
mod furnish;
mod json;
mod voice;

pub use embedded::Embedded;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
