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

/// What is told of an article that cannot be shown: all of it in one text, and one by one.
pub(super) fn refusal(problems: &[Problem], listed: &Array) -> JsValue {
    let mut message = String::new();
    for problem in problems {
        for part in [&*problem.path, if problem.path.is_empty() { "" } else { ": " }, &problem.message, "\n"]
        {
            message.push_str(part);
        }
    }
    object(&[
        ("kind", JsValue::from_str("article")),
        ("message", JsValue::from_str(message.trim_end())),
        ("problems", listed.into()),
    ])
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
