// Fetches the WebAssembly module that aligns the timings of a recording with an article. `cargo xtask dist`
// bundles this file and the wasm-bindgen glue as `timings.js`, which loads only where an article has its
// timings in a file.

import { instances } from "./instances.js";
import { initSync, letGo, toSegments } from "./timings.js";

const runInInstance = instances("wasm/timings_bg.wasm", INTEGRITY, initSync, letGo);

// Aligns a timings file (`text`) with the passages reported by the engine, for a recording of `duration`
// seconds. Returns `segments` as in canonical JSON, unless there are none, the `duration`, and `problems`.
export const timed = (passages, text, duration) => runInInstance(() => toSegments(passages, text, duration));
