//! Converts CMS data to canonical JSON, which the main module then reads like any other.

use js_sys::{Array, Function, JSON, JsString, Object};
use wasm_bindgen::prelude::*;

use super::{document, json, problem, set, value};
use crate::article::{Json, Url};
use crate::cms::html::Tree;
use crate::cms::{FieldMap, Format, NotAnArticle, Options, Parsers, convert, is_canonical};

/// The browser's parsers.
struct BrowserParsers<'a> {
    /// Parses HTML and returns the serialized document, see [`document::tree`].
    html: &'a Function,
}

impl Parsers for BrowserParsers<'_> {
    fn html(&self, html: &str) -> Tree {
        let serialized = self
            .html
            .call1(&JsValue::UNDEFINED, &html.into())
            .ok()
            .and_then(|serialized| serialized.as_string());
        document::tree(&serialized.unwrap_or_default())
    }

    fn json(&self, text: &str) -> Option<Json> {
        json::json(&JSON::parse(text).ok()?).ok()
    }

    fn lowercase(&self, text: &str) -> String {
        JsString::from(text).to_lower_case().into()
    }
}

/// Converts CMS data to canonical JSON.
///
/// Returns an object with `data`, the `format` of the input and the `problems` found on the way. If there is
/// no article, the object has the `kind` of failure and its `message` instead; if the module of another
/// family reads the format, it has that `family`.
///
/// The options arrive as the element's attributes have them, `map` as parsed JSON. `now` is the time in
/// seconds since the beginning of 1970. `html` parses HTML, see `document.js`.
#[wasm_bindgen(js_name = toCanonical)]
#[allow(clippy::too_many_arguments, reason = "each is an attribute of the element")]
pub fn to_canonical(
    data: &JsValue,
    format: Option<String>,
    item: Option<String>,
    references: Option<String>,
    map: &JsValue,
    base: &str,
    now: f64,
    html: &Function,
) -> Object {
    let result = Object::new();
    let failed = |kind: &str, message: &str| {
        set(&result, "kind", &kind.into());
        set(&result, "message", &message.into());
    };
    let known = match format.as_deref().map(|name| Format::from_name(name).ok_or(name)).transpose() {
        Ok(known) => known,
        Err(name) => {
            let mut message =
                ["the element's format \"", name, "\" is unknown; known are \"briefing\""].concat();
            for format in Format::ALL {
                message.extend([", \"", format.name(), "\""]);
            }
            failed("format", &message);
            return result;
        }
    };
    let map = match json::json(map).unwrap_or(Json::Null) {
        Json::Null => None,
        map => match FieldMap::read(&map) {
            Ok(map) => Some(map),
            Err(message) => {
                failed("format", &message);
                return result;
            }
        },
    };
    let options = Options {
        format: known,
        item,
        references_from_links: references.as_deref() == Some("links"),
        base: Url::parse(base).ok(),
        map,
        now: (now > 0.0).then_some(now as u64),
    };
    let read = json::json(data).unwrap_or(Json::Null);
    if options.format.is_none() && options.map.is_none() && is_canonical(&read) {
        set(&result, "format", &"briefing".into());
        set(&result, "problems", &Array::new());
        set(&result, "data", data);
        return result;
    }
    match convert(&read, &options, &BrowserParsers { html }) {
        Ok(conversion) => {
            set(&result, "format", &conversion.format.name().into());
            set(&result, "problems", &conversion.problems.iter().map(problem).collect::<Array>());
            set(&result, "data", &value(&conversion.content.into_canonical()));
        }
        Err(NotAnArticle::NotBuilt(format)) => set(&result, "family", &format.family().name().into()),
        Err(why) => failed(why.kind(), &["the article ", &why.message()].concat()),
    }
    result
}
