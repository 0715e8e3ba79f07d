// Fetches a WebAssembly module once, and runs each piece of work in an instance of its own. No instance frees
// memory: its memory is released as a whole.

import { fetchModule } from "news-briefing/loader/wasm_module.js";

// Returns a function that runs work within a fresh instance of a module. `path` is relative to this file, the
// browser checks the module against `integrity`, and `initSync` and `letGo` belong to the module's glue.
export function instances(path, integrity, initSync, letGo) {
  const url = new URL(path, import.meta.url);
  url.search = integrity.slice(7, 15);
  let compiled;
  return async (work) => {
    compiled ??= fetchModule(url, integrity);
    const module = await compiled.catch((error) => {
      compiled = undefined;
      throw error;
    });
    initSync({ module });
    try {
      return work();
    } finally {
      letGo();
    }
  };
}
