//! What events carry, as JavaScript objects.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::article::{Problem, Text};

/// An object of these members.
pub(super) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// A text, or `null`.
pub(super) fn text(text: Option<&Text>) -> JsValue {
    text.map_or(JsValue::NULL, |text| JsValue::from_str(text))
}

/// Problems as `{ path, severity, message }`.
pub(super) fn problems(problems: &[Problem]) -> Array {
    let problem = |problem: &Problem| {
        object(&[
            ("path", JsValue::from_str(&problem.path)),
            ("severity", JsValue::from_str(problem.severity.name())),
            ("message", JsValue::from_str(&problem.message)),
        ])
    };
    problems.iter().map(problem).collect()
}
