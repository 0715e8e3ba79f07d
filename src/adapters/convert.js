// Converts CMS data to canonical JSON with chunks of the engine, which load only where JSON is not canonical. The command
// `cargo xtask dist` bundles this file as `adapters.js`.

import { adapterChunk } from "./chunks.js";
import { documentOf } from "./document.js";

// Guesses the format from top-level members that others do not have. The chunk of a format recognises JSON of that
// format; if it does not, a chunk that detects every format is fetched, and then that of the format.
const LIKELY = {
  "json-ld": "@context @graph @type",
  "arc-ans": "content_elements",
  ninjs: "versioncreated versionCreated pubstatus _items _status",
  drupal: "jsonapi",
  contentful: "sys",
  "portable-text": "_type result",
  wordpress: "code",
  strapi: "data",
  "model-answer": "choices output role annotations error",
  ghost: "posts errors",
  "json-feed": "version",
};
const FORMATS = [...Object.keys(LIKELY), "map"];
// Guesses the reader of texts, for formats that have a chunk for each kind of text.
const hasHtml = (text) => text.includes("</") && "html";
const LIKELY_READER = {
  "json-ld": hasHtml,
  map: hasHtml,
  contentful: (text) => !text.includes('"nodeType"') && "markdown",
  strapi: (text) => !/"(children|__component)"/.test(text) && (hasHtml(text) || "markdown"),
};

const first = (value) => Object([value].flat()[0]);

function likelyFormat(data) {
  const top = first(data);
  const isLikely = (name) => LIKELY[name].split(" ").some((member) => member in top);
  return "type" in first(top.data) ? "drupal" : (Object.keys(LIKELY).find(isLikely) ?? "wordpress");
}

function likelyReader(format, data) {
  try {
    return LIKELY_READER[format]?.(JSON.stringify(data));
  } catch {
    // What script has set may be anything.
  }
}

// The function of the engine that makes the reader of a format available.
const registration = (format) => `register-${format}`.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

// Converts data in an instance of the engine that no page sees. `reader` is the likely reader of its texts, `extras` are
// what some documents need besides: the detection of every format, the reasons why there is no article, and readers of
// what may be in a text or a source. The chunks of formats that always need such a reader include it. In development,
// where the engine has no chunks, it converts by itself.
async function convert(whenRunning, format, reader, extras, data, options) {
  const names = reader ? [`${format}_${reader}`, ...extras.filter((name) => name !== reader)] : [format, ...extras];
  const chunks = await Promise.all(names.map((name) => adapterChunk(name, whenRunning)));
  const work = (engine) => {
    // Of the readers of formats, the last one counts.
    const all = Object.keys(engine).filter((name) => name.startsWith("register"));
    for (const name of [...all, registration(format)]) engine[name]();
    return engine.toCanonical(data, options, documentOf, JSON.parse, (text) => text.toLowerCase());
  };
  const engine = await whenRunning();
  try {
    return engine.apart ? engine.apart(chunks, work) : work(engine);
  } catch ({ message }) {
    // Not the engine of the page has trapped, but the other one.
    throw new Error(`the article cannot be converted: ${message}`);
  }
}

// Converts an element's data to canonical JSON. `whenRunning` returns the engine. The returned `completeDetail` adds the
// rest to an event's detail: the format of the data, and the problems reported during conversion.
export async function canonical(element, data, base, whenRunning) {
  const get = (name) => element.getAttribute(name) ?? undefined;
  const map = mapOf(element);
  const options = { format: get("format"), item: get("item"), references: get("references"), map, base, now: Date.now() / 1000 };
  let format = options.format ?? (map && "map");
  if (!FORMATS.includes(format)) format = likelyFormat(data);
  let reader = likelyReader(format, data);
  let extras = [];
  for (const tried = new Set(); ; ) {
    const names = `${format} ${extras}`;
    const { needed, problems, kind, message, data: article, format: found } = await convert(whenRunning, format, reader, extras, data, options);
    if (kind) throw Object.assign(new Error(message), { kind });
    if (needed) {
      if (tried.has(names)) throw new Error(`the engine cannot read ${needed}`);
      tried.add(names);
      if (FORMATS.includes(needed[0])) {
        [format] = needed;
        reader = likelyReader(format, data);
      } else extras = [...new Set([...extras, ...needed])];
      continue;
    }
    const completeDetail = (detail) => {
      detail.problems.push(...problems);
      detail.format = found;
    };
    return { data: article, completeDetail };
  }
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
