// Converts CMS data to canonical JSON with chunks of the engine, which load only where JSON is not canonical. The command
// `cargo xtask dist` bundles this file as `adapters.js`.

import { chunk } from "./chunks.js";
import { documentOf } from "./document.js";

// Guesses the format from top-level members that others do not have, so that its chunk is fetched early. The engine
// detects the format reliably: what it needs besides is fetched next.
const LIKELY = {
  "json-ld": "@context @graph @type",
  "arc-ans": "content_elements",
  ninjs: "versioncreated versionCreated pubstatus _items _status",
  drupal: "jsonapi",
  contentful: "sys",
  "portable-text": "_type result",
  "model-answer": "choices output role annotations",
  wordpress: "code content",
  ghost: "posts",
  "json-feed": "feed_url home_page_url",
  strapi: "data",
};
const FORMATS = [...Object.keys(LIKELY), "map"];
// The formats whose text is in HTML or in Markdown, or may be.
const IN_HTML = "arc-ans drupal ghost json-feed json-ld map ninjs wordpress".split(" ");
const IN_MARKDOWN = ["model-answer"];

const first = (value) => Object(Array.isArray(value) ? value[0] : value);

// Returns the names of the readers that data is likely to need.
function likelyReaders(data, format, map) {
  const top = first(data);
  const isLikely = (name) => LIKELY[name].split(" ").some((member) => member in top);
  const guess = () => ("type" in first(top.data) ? "drupal" : Object.keys(LIKELY).find(isLikely));
  const name = map ? "map" : (format ?? guess());
  const names = FORMATS.includes(name) ? [name] : [];
  if (IN_HTML.includes(name) && hasTags(data)) names.push("html");
  if (IN_MARKDOWN.includes(name)) names.push("markdown");
  return names;
}

function hasTags(data) {
  try {
    return JSON.stringify(data).includes("</");
  } catch {
    // What script has set may be anything.
    return false;
  }
}

// The function of the engine that makes a reader available.
const registration = (name) => `register-${name}`.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

// Converts data in an instance of the engine that no page sees. In development, where the engine has no chunks, it does
// so by itself.
async function convert(whenRunning, names, data, options) {
  const chunks = await Promise.all([chunk(), ...names.map(chunk)]);
  const work = (engine) => {
    for (const name of names) engine[registration(name)]?.();
    return engine.toCanonical(data, options, documentOf, JSON.parse, (text) => text.toLowerCase());
  };
  const { apart } = await whenRunning();
  try {
    return apart ? apart(chunks, work) : work(await whenRunning());
  } catch (error) {
    // The engine of the page has not trapped.
    throw new Error(`the article cannot be converted: ${error.message}`);
  }
}

// Converts an element's data to canonical JSON. `whenRunning` returns the engine. The returned `completeDetail` adds the
// rest to an event's detail: the format of the data, and the problems reported during conversion.
export async function canonical(element, data, base, whenRunning) {
  const get = (name) => element.getAttribute(name) ?? undefined;
  const map = mapOf(element);
  const options = { format: get("format"), item: get("item"), references: get("references"), map, base, now: Date.now() / 1000 };
  const names = likelyReaders(data, options.format, map);
  let result = await convert(whenRunning, names, data, options);
  while (result.needed?.some((name) => !names.includes(name))) {
    names.push(...result.needed);
    result = await convert(whenRunning, names, data, options);
  }
  const { needed, problems, kind, message } = result;
  if (needed) throw new Error(`the engine has no reader of ${needed}`);
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
