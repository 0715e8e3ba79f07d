// Fetches the WebAssembly module that reads a format, and converts CMS data to canonical JSON with it. The
// command `cargo xtask dist` bundles this file and the wasm-bindgen glue as `adapters.js`, which loads only
// where JSON is not canonical.

import * as blog from "./blog.js";
import { documentOf } from "./document.js";
import * as headless from "./headless.js";
import { instances } from "./instances.js";
import * as news from "./news.js";

// Returns a function that converts data with one module, in a fresh instance per call.
function reader(name, { initSync, letGo, toCanonical }) {
  const runInInstance = instances(`wasm/adapters_${name}_bg.wasm`, INTEGRITY[name], initSync, letGo);
  return (...data) => runInInstance(() => toCanonical(...data));
}

// One module per family of formats, as in `cms::Family`.
const FAMILIES = { blog: reader("blog", blog), headless: reader("headless", headless), news: reader("news", news) };

// Guesses the family from top-level members that other families do not have. Any module detects the format
// reliably: it names the family that reads the data, and that family's module is fetched next.
const LIKELY = {
  blog: "code",
  headless: "_type data jsonapi sys result error choices output role annotations",
  news: "@context @graph @type content_elements versioncreated versionCreated pubstatus _items _status",
};
// All other formats are headless.
const NAMED = { blog: "wordpress ghost json-feed", news: "json-ld arc-ans ninjs" };

function likely(data, format, map) {
  const which = (families, fits) => Object.keys(families).find((family) => families[family].split(" ").some(fits));
  if (map) return "headless";
  if (format) return which(NAMED, (name) => name === format) ?? "headless";
  const top = Object(Array.isArray(data) ? data[0] : data);
  return which(LIKELY, (member) => member in top) ?? "blog";
}

// Converts an element's data to canonical JSON. The returned `completeDetail` adds the rest to an event's
// detail: the format of the data, and the problems reported during conversion.
export async function canonical(element, data, base) {
  const get = (name) => element.getAttribute(name) ?? undefined;
  const [format, map] = [get("format"), mapOf(element)];
  const read = (family) =>
    FAMILIES[family](data, format, get("item"), get("references"), map, base, Date.now() / 1000, documentOf);
  let result = await read(likely(data, format, map));
  if (result.family) result = await read(result.family);
  const { problems, kind, message } = result;
  if (kind) throw Object.assign(new Error(message), { kind });
  const completeDetail = (detail) => {
    detail.problems.push(...problems);
    detail.format = result.format;
  };
  return { data: result.data, completeDetail };
}

// The field map, from the attribute or a script inside the element.
function mapOf(element) {
  const text = element.getAttribute("map") ?? element.querySelector(':scope > script[type="application/vnd.news-briefing.map+json"]')?.textContent;
  try {
    return text && JSON.parse(text);
  } catch ({ message }) {
    throw Object.assign(new Error(`the element's map is not JSON: ${message}`), { kind: "format" });
  }
}
