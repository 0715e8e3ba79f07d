//! Converts CMS data to canonical JSON, which the main module then reads like any other.

use std::cell::Cell;

use js_sys::{Array, Function, Object};
use wasm_bindgen::prelude::*;

use super::{document, problem, set, value};
use crate::article::{Json, Url};
use crate::cms::html::Tree;
use crate::cms::{
    BlocksReader, Detector, Explainer, FieldMap, Format, HtmlReader, Loaded, MarkdownReader, NotAnArticle,
    Options, Parsers, Reader, SourceReader, convert_with, is_canonical_with,
};
use crate::embed::json::json;

thread_local! {
    /// The readers that are loaded. Of those of formats, the last one counts.
    static READER: Cell<Option<Reader>> = const { Cell::new(None) };
    static DETECTOR: Cell<Option<Detector>> = const { Cell::new(None) };
    static EXPLAINER: Cell<Option<Explainer>> = const { Cell::new(None) };
    static HTML: Cell<Option<HtmlReader>> = const { Cell::new(None) };
    static MARKDOWN: Cell<Option<MarkdownReader>> = const { Cell::new(None) };
    static CSL_JSON: Cell<Option<SourceReader>> = const { Cell::new(None) };
    static CONTENTFUL_BLOCKS: Cell<Option<BlocksReader>> = const { Cell::new(None) };
    static PORTABLE_TEXT_BLOCKS: Cell<Option<BlocksReader>> = const { Cell::new(None) };
    static STRAPI_BLOCKS: Cell<Option<BlocksReader>> = const { Cell::new(None) };
}

/// Defines the functions that make a reader available. Each is in a chunk of its own, with all that it needs.
macro_rules! registrations {
    ($($function:ident $name:literal $cell:ident $reader:expr;)+) => {$(
        #[doc = concat!("Makes `", stringify!($reader), "` available.")]
        #[wasm_bindgen(js_name = $name)]
        pub fn $function() {
            $cell.set(Some($reader));
        }
    )+};
}

registrations! {
    register_detection "registerDetection" DETECTOR Detector::ALL;
    register_failures "registerFailures" EXPLAINER Explainer::ALL;
    register_html "registerHtml" HTML HtmlReader::WALKER;
    register_markdown "registerMarkdown" MARKDOWN MarkdownReader::COMMON_MARK;
    register_csl_json "registerCslJson" CSL_JSON SourceReader::CSL_JSON;
    register_contentful_blocks "registerContentfulBlocks" CONTENTFUL_BLOCKS BlocksReader::CONTENTFUL;
    register_portable_text_blocks "registerPortableTextBlocks" PORTABLE_TEXT_BLOCKS BlocksReader::PORTABLE_TEXT;
    register_strapi_blocks "registerStrapiBlocks" STRAPI_BLOCKS BlocksReader::STRAPI;
    register_json_feed "registerJsonFeed" READER Reader::JsonFeed;
    register_json_ld "registerJsonLd" READER Reader::JsonLd;
    register_wordpress "registerWordpress" READER Reader::WordPress;
    register_ghost "registerGhost" READER Reader::Ghost;
    register_drupal "registerDrupal" READER Reader::Drupal;
    register_arc_ans "registerArcAns" READER Reader::ArcAns;
    register_ninjs "registerNinjs" READER Reader::Ninjs;
    register_contentful "registerContentful" READER Reader::Contentful;
    register_portable_text "registerPortableText" READER Reader::PortableText;
    register_strapi "registerStrapi" READER Reader::Strapi;
    register_model_answer "registerModelAnswer" READER Reader::ModelAnswer;
    register_map "registerMap" READER Reader::Map;
}

/// The browser's parsers, as functions of a text: with imports of their own, the glue would have them for every reader.
struct BrowserParsers<'a> {
    /// Parses HTML and returns the serialized document, see [`document::tree`].
    html: &'a Function,
    /// `JSON.parse`.
    json: &'a Function,
    /// Returns the text in lower case.
    lowercase: &'a Function,
}

fn call(function: &Function, text: &str) -> Option<JsValue> {
    function.call1(&JsValue::UNDEFINED, &text.into()).ok()
}

impl Parsers for BrowserParsers<'_> {
    fn html(&self, html: &str) -> Tree {
        document::tree(
            &call(self.html, html).and_then(|serialized| serialized.as_string()).unwrap_or_default(),
        )
    }

    fn json(&self, text: &str) -> Option<Json> {
        json(&call(self.json, text)?).ok()
    }

    fn lowercase(&self, text: &str) -> String {
        call(self.lowercase, text).and_then(|lower| lower.as_string()).unwrap_or_else(|| text.to_owned())
    }
}

/// Converts CMS data to canonical JSON.
///
/// Returns an object with `data`, the `format` of the input and the `problems` found on the way. If there is
/// no article, the object has the `kind` of failure and its `message` instead; if readers are needed that are not
/// loaded, it has their names as `needed`.
///
/// `options` has `format`, `item` and `references` as the element's attributes have them, `map` as parsed JSON, the
/// address `base`, and `now`, in seconds since the beginning of 1970. The functions are those of the browser's
/// parsers: `html` is in `document.js`, `parse` is `JSON.parse`, and `lowercase` returns a text in lower case.
#[wasm_bindgen(js_name = toCanonical)]
#[must_use]
pub fn to_canonical(
    data: &JsValue,
    options: &JsValue,
    html: &Function,
    parse: &Function,
    lowercase: &Function,
) -> Object {
    let result = Object::new();
    let loaded = Loaded {
        reader_of: |format| READER.get().filter(|reader| reader.format == format),
        likely: READER.get(),
        detector: DETECTOR.get(),
        explainer: EXPLAINER.get(),
        html: HTML.get(),
        markdown: MARKDOWN.get(),
        csl_json: CSL_JSON.get(),
        contentful_blocks: CONTENTFUL_BLOCKS.get(),
        portable_text_blocks: PORTABLE_TEXT_BLOCKS.get(),
        strapi_blocks: STRAPI_BLOCKS.get(),
    };
    let parsers = BrowserParsers { html, json: parse, lowercase };
    if let Err(why) = convert_into(&result, data, options, &parsers, &loaded) {
        match loaded.explain(why) {
            Ok((kind, message)) => {
                set(&result, "kind", &kind.into());
                set(&result, "message", &["the article ", &message].concat().into());
            }
            Err(needed) => {
                set(&result, "needed", &needed.into_iter().map(JsValue::from_str).collect::<Array>());
            }
        }
    }
    result
}

/// Converts data and sets the members of `result`.
fn convert_into(
    result: &Object,
    data: &JsValue,
    options: &JsValue,
    parsers: &BrowserParsers<'_>,
    loaded: &Loaded,
) -> Result<(), NotAnArticle> {
    let given = json(options).unwrap_or(Json::Null);
    let option = |name: &str| match given.get(name) {
        Json::Text(text) => Some(text.as_str()),
        _ => None,
    };
    let unknown = |name: &str| NotAnArticle::UnknownFormat(name.to_owned());
    let format = option("format").map(|name| Format::from_name(name).ok_or_else(|| unknown(name)));
    let map = match given.get("map") {
        Json::Null => None,
        map => Some(FieldMap::unchecked(map.clone())),
    };
    let options = Options {
        format: format.transpose()?,
        item: option("item").map(str::to_owned),
        references_from_links: option("references") == Some("links"),
        base: option("base").and_then(|base| Url::parse(base).ok()),
        map,
        now: match given.get("now") {
            Json::Number(seconds) if *seconds > 0.0 => Some(*seconds as u64),
            _ => None,
        },
    };
    let read = json(data).unwrap_or(Json::Null);
    if options.format.is_none() && options.map.is_none() && is_canonical_with(&read, loaded) {
        set(result, "format", &"briefing".into());
        set(result, "problems", &Array::new());
        set(result, "data", data);
        return Ok(());
    }
    let conversion = convert_with(&read, &options, parsers, loaded)?;
    set(result, "format", &conversion.format.name().into());
    set(result, "problems", &conversion.problems.iter().map(problem).collect::<Array>());
    set(result, "data", &value(&conversion.content.into_canonical()));
    Ok(())
}
