//! Converts a JavaScript value to JSON.
//!
//! The value is walked by hand: `serde_wasm_bindgen` would do, but its errors format numbers, and
//! number formatting adds 8 KB to what every reader downloads.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::article::Json;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Object, js_name = entries, catch)]
    fn entries(object: &JsValue) -> Result<Array, JsValue>;
}

/// Converts a JavaScript value to JSON; values that JSON does not have become `null`.
///
/// # Errors
///
/// Returns whatever the value throws when it is inspected, as a getter or a proxy may.
pub(crate) fn json(value: &JsValue) -> Result<Json, JsValue> {
    read(value, 0, &mut Json::MAX_VALUES.clone())
}

fn read(value: &JsValue, depth: usize, left: &mut usize) -> Result<Json, JsValue> {
    *left = left.saturating_sub(1);
    // Ordered by how often the types occur in an article.
    if let Some(text) = value.as_string() {
        return Ok(Json::Text(text));
    }
    if let Some(number) = value.as_f64() {
        return Ok(Json::Number(number));
    }
    if let Some(flag) = value.as_bool() {
        return Ok(Json::Bool(flag));
    }
    if !value.is_object() {
        return Ok(Json::Null);
    }
    if depth == Json::MAX_DEPTH || *left == 0 {
        return Ok(Json::TooMuch);
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return items(list, |item| read(&item, depth + 1, left)).map(Json::List);
    }
    let entry = |entry: JsValue| {
        let entry = Array::from(&entry);
        let key = entry.get(0).as_string().unwrap_or_default();
        Ok((key, read(&entry.get(1), depth + 1, left)?))
    };
    items(&entries(value)?, entry).map(Json::Object)
}

fn items<T>(list: &Array, read: impl FnMut(JsValue) -> Result<T, JsValue>) -> Result<Vec<T>, JsValue> {
    (0..list.length()).map(|index| list.get(index)).map(read).collect()
}
