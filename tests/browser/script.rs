//! Calls scripts of the product in isolation.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

/// Returns the function of this name that a script exports.
#[expect(
    clippy::disallowed_methods,
    reason = "the page of these tests has no policy, and its server no room for one script more"
)]
pub(crate) fn function_of(script: &str, name: &str) -> Function {
    let script = script.replace("export function", "function");
    let made = Function::new_no_args(&[&script, "\nreturn ", name, ";"].concat());
    made.call0(&JsValue::UNDEFINED).expect("the script runs").dyn_into().expect("a function")
}
