//! What only a real browser can answer, run inside one: `cargo xtask test --only browser`.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn runs_in_a_page() {
    let page = js_sys::global();
    assert!(js_sys::Reflect::has(&page, &"document".into()).is_ok_and(|there| there));
}
