// Fetches the chunks of the engine that convert CMS data.

import { fetchModule } from "news-briefing/wasm_module.js";

// The promises of compiled chunks so far, by name.
const chunks = {};

// Returns a promise of a compiled chunk. In development, the engine is whole.
export function fetchChunk(name) {
  const integrity = INTEGRITY?.[name];
  if (!integrity) return;
  const url = new URL(`wasm/adapters_${name}.wasm`, import.meta.url);
  url.search = integrity.slice(7, 15);
  return (chunks[name] ??= fetchModule(url, integrity).catch((error) => {
    delete chunks[name];
    throw error;
  }));
}
