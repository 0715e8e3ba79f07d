//! Values that are awkward to write in Rust, and functions that are easier in JavaScript.

use news_briefing::article::Json;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(inline_js = r#"
const article = () => ({ format: "briefing", version: "1.0", title: "T", body: ["One.", "Two."] });

// Calls a function that may throw, and returns what it threw.
export const thrown_by = (call) => {
  try {
    call();
    return undefined;
  } catch (error) {
    return String(error?.message ?? error);
  }
};

// An article with something in it that JSON has not.
export const odd_article = (kind) => {
  const odd = article();
  switch (kind) {
    case "cyclic": odd.self = odd; break;
    case "cyclic in the body": odd.body.push(odd.body, odd); break;
    case "cyclic twice": odd.a = odd; odd.b = [odd, odd]; odd.body = [odd, "One."]; break;
    case "big integer": odd.source_count = 3n; break;
    case "huge integer": odd.source_count = 2n ** 70n; break;
    case "map": return new Map(Object.entries(odd));
    case "map with odd keys": odd.extra = new Map([[1, 2], [{}, 3]]); break;
    case "set": odd.body = new Set(odd.body); break;
    case "date": odd.published = new Date(0); break;
    case "invalid date": odd.published = new Date(NaN); break;
    case "function": odd.extra = () => {}; break;
    case "symbol": odd.extra = Symbol("x"); break;
    case "symbol key": odd[Symbol("x")] = 1; break;
    case "undefined": odd.summary = undefined; break;
    case "not a number": odd.source_count = NaN; break;
    case "infinity": odd.audio = { duration: Infinity }; break;
    case "holes": odd.body = [, "One.", , "Two."]; break;
    case "bytes": odd.extra = new Uint8Array([1, 2, 3]); break;
    case "text object": odd.title = new String("T"); break;
    case "element": odd.extra = document.createElement("p"); break;
    case "window": odd.extra = window; break;
    case "proxy": return new Proxy(odd, {});
    case "null prototype": return Object.assign(Object.create(null), odd);
    case "__proto__ as a key": return JSON.parse('{"__proto__": {"title": "X"}, "format": "briefing", "version": "1.0", "title": "T", "body": ["One."]}');
    case "getter that throws": Object.defineProperty(odd, "summary", { enumerable: true, get() { throw new Error("no summary"); } }); break;
    case "proxy that throws": return new Proxy(odd, { ownKeys() { throw new Error("no keys"); } });
    default: throw new Error(`no such kind: ${kind}`);
  }
  return odd;
};

export const odd_kinds = () => [
  "cyclic", "cyclic in the body", "cyclic twice", "big integer", "huge integer", "map", "map with odd keys", "set", "date",
  "invalid date", "function", "symbol", "symbol key", "undefined", "not a number", "infinity", "holes", "bytes", "text object",
  "element", "window", "proxy", "null prototype", "__proto__ as a key",
];

// An article whose body holds lists inside lists, this many.
export const nested = (levels) => {
  const deep = JSON.parse("[".repeat(levels) + "]".repeat(levels));
  return { ...article(), body: ["One.", deep] };
};

// An article of this many million characters.
export const large = (millions) => ({ ...article(), body: Array.from({ length: millions * 10 }, () => "words ".repeat(100_000 / 6)) });

// An article of so many blocks of many kinds, with mentions, markers and times.
export const long = (blocks) => ({
  ...article(),
  lang: "en",
  category: "Harbour",
  summary: "All of it.[^r1]",
  published: "2026-03-04T14:15:00Z",
  key_points: ["A point.[^r2]", { text: "Another.", detail: ["More.[^r1]"], supports: ["b3", `b${blocks - 1}`] }],
  body: Array.from({ length: blocks }, (_, index) => [
    { id: `b${index}`, type: "heading", level: 2, text: "A *heading*" },
    `Said the Gazette, **again**.`,
    { id: `b${index}`, type: "paragraph", text: "Cited.[^r1][^r2] And [9] is none." },
    { id: `b${index}`, type: "list", items: ["One.", "Two.[1]"] },
    { id: `b${index}`, type: "quote", text: "Words.", attribution: "Somebody" },
  ][index % 5]),
  references: [{ id: "r1", title: "One", publisher: "Gazette", url: "https://a.example/" }, { id: "r2", title: "Two" }],
  audio: { segments: [{ target: "b2", start: 0, end: 4 }, { target: "b3", start: 4, end: 9 }] },
});

// A long article in which little is what it should be.
export const long_and_odd = () => {
  const odd = [null, 1, "", "Text.[^x]", [], {}, { type: "list", items: {} }, { type: 1 }, undefined, NaN];
  return {
    ...article(),
    summary: 1,
    key_points: odd,
    body: Array.from({ length: 500 }, (_, index) => odd[index % odd.length]),
    references: odd,
    audio: odd,
  };
};

// Half of a character at the end of a text, and as a key.
export const half = () => JSON.parse('{"format": "briefing", "version": "1.0", "title": "T \\ud83d", "\\udc00": 1, "body": ["\\ud83d\\ude00", "\\ude00"]}');

export const plural = (tag, number) => new Intl.PluralRules(tag).select(number);
export const long_date = (tag, iso, zone) => new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: zone }).format(new Date(iso));
// In minutes.
export const zone_offset = () => new Date().getTimezoneOffset();
export const list = (tag, items) => new Intl.ListFormat(tag).format(items);

// How many rules a browser understands of a stylesheet, and which declarations it drops.
export const sheet = (css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
};
export const rules = (sheet) => {
  const count = (rules) => [...rules].reduce((sum, rule) => sum + 1 + count(rule.cssRules ?? []), 0);
  return count(sheet.cssRules);
};
export const empty_rules = (sheet) => {
  const find = (rules) => [...rules].flatMap((rule) => [
    ...(rule instanceof CSSStyleRule && rule.style.length === 0 && rule.cssRules.length === 0 ? [rule.selectorText] : []),
    ...find(rule.cssRules ?? []),
  ]);
  return find(sheet.cssRules);
};

// The beginning of a long article, as the element gives it to the engine first.
export const first_screen = ({ body, ...article }) => ({ ...article, body: body.slice(0, 40) });

export const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
"#)]
extern "C" {
    pub(crate) fn thrown_by(call: &Closure<dyn FnMut()>) -> Option<String>;
    pub(crate) fn odd_article(kind: &str) -> JsValue;
    pub(crate) fn odd_kinds() -> Vec<String>;
    pub(crate) fn nested(levels: u32) -> JsValue;
    pub(crate) fn large(millions: u32) -> JsValue;
    pub(crate) fn long(blocks: u32) -> JsValue;
    pub(crate) fn long_and_odd() -> JsValue;
    pub(crate) fn first_screen(article: &JsValue) -> JsValue;
    pub(crate) fn half() -> JsValue;
    pub(crate) fn plural(tag: &str, number: u32) -> String;
    pub(crate) fn long_date(tag: &str, iso: &str, zone: &str) -> String;
    pub(crate) fn zone_offset() -> i32;
    pub(crate) fn list(tag: &str, items: Vec<String>) -> String;
    pub(crate) fn sheet(css: &str) -> JsValue;
    pub(crate) fn rules(sheet: &JsValue) -> u32;
    pub(crate) fn empty_rules(sheet: &JsValue) -> Vec<String>;
    fn frame() -> js_sys::Promise;
}

#[wasm_bindgen(module = "/src/embed/reading/mentions.js")]
extern "C" {
    #[wasm_bindgen(js_name = mayMention)]
    pub(crate) fn may_mention(article: &JsValue) -> bool;
}

/// Waits until pending changes are drawn.
pub(crate) async fn drawn() {
    wasm_bindgen_futures::JsFuture::from(frame()).await.expect("a frame");
}

/// Waits for up to a hundred frames until a condition holds: if drawing is slow, Yew delays the
/// notification of a rendering. Returns whether the condition holds.
pub(crate) async fn until(holds: impl Fn() -> bool) -> bool {
    for _ in 0..100 {
        drawn().await;
        if holds() {
            return true;
        }
    }
    false
}

/// Converts a JavaScript value as the custom element does.
pub(crate) fn json(value: JsValue) -> Result<Json, String> {
    Json::deserialize(serde_wasm_bindgen::Deserializer::from(value)).map_err(|error| error.to_string())
}

/// Parses text as the custom element does: with the browser's own `JSON.parse`.
pub(crate) fn parse(text: &str) -> Json {
    json(js_sys::JSON::parse(text).expect("JSON")).expect("all that JSON has can be read")
}
