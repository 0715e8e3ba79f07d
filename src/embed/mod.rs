//! What the custom element is made of, as far as it is Rust: one [`Embedded`] for each element on
//! the page, all served by one WebAssembly instance. The element itself is defined by the loader
//! beside this file, `news-briefing.js`. What a page sees of it is in `docs/embedding.md`.

mod clock_state;
mod detail;
mod embedded;
mod first_screen;
mod json;
mod normalize;
mod recording;
mod shadow_root;
mod voice;

pub use embedded::Embedded;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
