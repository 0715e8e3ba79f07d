// The formats of a language, which browsers take long to make for the first time: four times slower than a desk, a
// phone needs 170 ms for those of a briefing by the profiler, and from then on hardly any.

import { queueTask } from "./painted.js";

// Those that `src/view/locale/intl.rs` asks for.
const FORMATS = [
  (tag) => new Intl.PluralRules(tag).select(1),
  (tag) => new Intl.DateTimeFormat(tag, { dateStyle: "long", timeStyle: "short" }).format(),
  (tag) => new Intl.ListFormat(tag).format(["", ""]),
  (tag) => new Intl.DisplayNames(tag, { type: "language" }).of("en"),
];

// The languages whose formats were made.
const made = new Set();

// WebKit does not tell when it is idle.
const whenIdle = globalThis.requestIdleCallback ?? queueTask;

// Has the browser make them one by one, while nothing else is to do: the engine takes its time to come.
export function makeFormats(language) {
  if (made.has(language)) return;
  made.add(language);
  for (const make of FORMATS) {
    whenIdle(() => {
      try {
        make(`${language.replaceAll("_", "-")}-u-nu-latn`);
      } catch {
        // The engine does without, too.
      }
    });
  }
}
