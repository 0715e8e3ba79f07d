//! The Rust half of the custom element: one [`Embedded`] for each element on the host page, all
//! served by one WebAssembly instance. The loader beside this file, `news-briefing.js`, defines the
//! element itself. `docs/embedding.md` documents the interface for host pages.

mod clock_state;
mod detail;
mod embedded;
pub(crate) mod json;
mod normalize;
mod recording;
mod shadow_root;
mod voice;

pub use embedded::Embedded;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
