// Fetches the module that reads a format, and has it make canonical JSON of what a CMS sends. `cargo xtask dist` puts this
// and what wasm-bindgen writes into one file, `adapters.js`, which comes only where JSON is not canonical.

import * as blog from "./blog.js";
import { documentOf } from "./document.js";
import * as headless from "./headless.js";
import { instances } from "./instances.js";
import * as news from "./news.js";

// What a module makes of data, each time in an instance of its own.
function reader(name, { initSync, letGo, toCanonical }) {
  const within = instances(`wasm/adapters_${name}_bg.wasm`, INTEGRITY[name], initSync, letGo);
  return (...data) => within(() => toCanonical(...data));
}

// A module for each family of formats, as `cms::Family` has them.
const FAMILIES = { blog: reader("blog", blog), headless: reader("headless", headless), news: reader("news", news) };

// The family that most likely reads it, by what others do not have at the top. Any module knows better, and tells: then
// another is fetched.
const LIKELY = {
  blog: "code",
  headless: "_type data jsonapi sys result error choices output role annotations",
  news: "@context @graph @type content_elements versioncreated versionCreated pubstatus _items _status",
};
// The others are headless.
const NAMED = { blog: "wordpress ghost json-feed", news: "json-ld arc-ans ninjs" };

function likely(data, format, map) {
  const which = (families, fits) => Object.keys(families).find((family) => families[family].split(" ").some(fits));
  if (map) return "headless";
  if (format) return which(NAMED, (name) => name === format) ?? "headless";
  const top = Object(Array.isArray(data) ? data[0] : data);
  return which(LIKELY, (member) => member in top) ?? "blog";
}

// The data of an element as canonical JSON, and what tells the rest with the detail of an event: the format it was in, and
// what was left out or mended on the way.
export async function canonical(element, data, base) {
  const get = (name) => element.getAttribute(name) ?? undefined;
  const [format, map] = [get("format"), mapOf(element)];
  const read = (family) =>
    FAMILIES[family](data, format, get("item"), get("references"), map, base, Date.now() / 1000, documentOf);
  let made = await read(likely(data, format, map));
  if (made.family) made = await read(made.family);
  const { problems, kind, message } = made;
  if (kind) throw Object.assign(new Error(message), { kind });
  const tell = (detail) => {
    detail.problems.push(...problems);
    detail.format = made.format;
  };
  return { data: made.data, tell };
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
