//! Code that loads only where an article needs it.
//!
//! `convert` converts CMS data to canonical JSON. It shares the engine's module, from which `cargo xtask dist` splits
//! it off in chunks: one for what all formats need, and others for HTML, for Markdown, and for each format. `convert.js`
//! links them to an instance of the engine that no page sees, and drops that instance with all its memory after each
//! conversion.
//!
//! `timings` aligns the timings of a recording with an article. It is a module of its own: this crate built with only
//! the feature of that name. `align_timings.js` starts an instance for each piece of work.

#[cfg(all(target_arch = "wasm32", not(feature = "browser")))]
mod allocator;
#[cfg(feature = "adapters")]
mod convert;
#[cfg(feature = "adapters")]
mod document;
#[cfg(feature = "timings")]
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
#[cfg(feature = "timings")]
mod timings;

#[cfg(feature = "adapters")]
pub use convert::*;
#[cfg(feature = "timings")]
pub use timings::to_segments;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::article::{Json, Problem};

#[cfg(all(target_arch = "wasm32", not(feature = "browser")))]
#[global_allocator]
static ALLOCATOR: allocator::Arena = allocator::Arena::new();

/// Converts a problem to the shape that the element reports.
fn problem(problem: &Problem) -> JsValue {
    let object = Object::new();
    set(&object, "path", &(&*problem.path).into());
    set(&object, "severity", &problem.severity.name().into());
    set(&object, "message", &(&*problem.message).into());
    object.into()
}

/// Converts JSON to a JavaScript value.
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

/// Sets a member. An ordinary object cannot refuse it.
fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}
