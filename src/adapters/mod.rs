//! WebAssembly modules that a page loads only where an article needs them, without Yew: `adapters` makes canonical JSON
//! of what a CMS sends, `timings` lays the times of a recording over an article. Each is this crate with the feature of its
//! name alone, and the first, once for each, with that of a family of formats; `convert.js` and `lay_timings.js` start an
//! instance for each piece of work.

#[cfg(all(target_arch = "wasm32", not(feature = "browser")))]
mod allocator;
#[cfg(feature = "adapters")]
mod convert;
#[allow(
    clippy::duplicate_mod,
    reason = "the custom element's too: either module is published without the other"
)]
#[path = "../embed/json.rs"]
mod json;
#[cfg(feature = "timings")]
#[allow(clippy::duplicate_mod, reason = "the same")]
#[path = "../embed/normalize.rs"]
mod normalize;
#[cfg(feature = "adapters")]
mod page;
#[cfg(feature = "timings")]
mod timings;

#[cfg(feature = "adapters")]
pub use convert::to_canonical;
#[cfg(feature = "timings")]
pub use timings::to_segments;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::article::{Json, Problem};

#[cfg(all(target_arch = "wasm32", not(feature = "browser")))]
#[global_allocator]
static ALLOCATOR: allocator::Arena = allocator::Arena::new();

/// A problem as the element has them.
fn problem(problem: &Problem) -> JsValue {
    let object = Object::new();
    set(&object, "path", &(&*problem.path).into());
    set(&object, "severity", &problem.severity.name().into());
    set(&object, "message", &(&*problem.message).into());
    object.into()
}

/// JSON as a JavaScript value.
fn value(json: &Json) -> JsValue {
    match json {
        Json::Null | Json::TooMuch => JsValue::NULL,
        Json::Bool(flag) => (*flag).into(),
        Json::Number(number) => (*number).into(),
        Json::Text(text) => (&**text).into(),
        Json::List(items) => items.iter().map(value).collect::<Array>().into(),
        Json::Object(members) => {
            let object = Object::new();
            members.iter().for_each(|(name, member)| set(&object, name, &value(member)));
            object.into()
        }
    }
}

/// Sets a member. What is an ordinary object cannot refuse that.
fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}
