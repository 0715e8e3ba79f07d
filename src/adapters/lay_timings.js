// Fetches the module that lays the times of a recording over an article. `cargo xtask dist` puts this and what wasm-bindgen
// writes into one file, `timings.js`, which comes only where an article has its times in a file.

import { instances } from "./instances.js";
import { initSync, letGo, toSegments } from "./timings.js";

const within = instances("wasm/timings_bg.wasm", INTEGRITY, initSync, letGo);

// The times of passages, as the engine tells them, that the text of a file of timings has for a recording of so many
// seconds: `segments` as in canonical JSON, unless there are none, the `duration`, and `problems`.
export const timed = (passages, text, duration) => within(() => toSegments(passages, text, duration));
