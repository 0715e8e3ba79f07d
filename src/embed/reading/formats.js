// Creates the `Intl` formats of a language in advance, since a browser takes long to create its first: by the
// profiler, a phone four times slower than a desktop needs 170 ms for those of a briefing, and hardly any
// time from then on.

import { queueTask } from "./painted.js";

// The formats that `src/view/locale/intl.rs` uses.
const FORMATS = [
  (tag) => new Intl.PluralRules(tag).select(1),
  (tag) => new Intl.DateTimeFormat(tag, { dateStyle: "long", timeStyle: "short" }).format(),
  (tag) => new Intl.ListFormat(tag).format(["", ""]),
  (tag) => new Intl.DisplayNames(tag, { type: "language" }).of("en"),
];

// The languages whose formats have been created.
const created = new Set();

// WebKit has no `requestIdleCallback`.
const whenIdle = globalThis.requestIdleCallback ?? queueTask;

// Makes the browser create the formats one by one while it is idle, as it is while the engine loads.
export function makeFormats(language) {
  if (created.has(language)) return;
  created.add(language);
  for (const make of FORMATS) {
    whenIdle(() => {
      try {
        make(`${language.replaceAll("_", "-")}-u-nu-latn`);
      } catch {
        // The engine does without that format, too.
      }
    });
  }
}
