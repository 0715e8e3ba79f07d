// Fetches the second module, and has it make canonical JSON of what a CMS sends. `cargo xtask dist` puts this and what
// wasm-bindgen writes into one file, `adapters.js`, which comes only where JSON is not canonical.

import { initSync, letGo, toCanonical } from "./adapters.js";
import { documentOf } from "./document.js";
import { instances } from "./instances.js";

const within = instances("wasm/adapters_bg.wasm", INTEGRITY, initSync, letGo);

// The data of an element as canonical JSON, and what tells the rest with the detail of an event: the format it was in, and
// what was left out or mended on the way.
export async function canonical(element, data, base) {
  const get = (name) => element.getAttribute(name) ?? undefined;
  const map = mapOf(element);
  const { format, problems, kind, message, data: made } = await within(() =>
    toCanonical(data, get("format"), get("item"), get("references"), map, base, Date.now() / 1000, documentOf),
  );
  if (kind) throw Object.assign(new Error(message), { kind });
  const tell = (detail) => {
    detail.problems.push(...problems);
    detail.format = format;
  };
  return { data: made, tell };
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
