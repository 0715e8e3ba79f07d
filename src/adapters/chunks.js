// Fetches and extracts the chunks of the engine that convert CMS data.

import { FILE_TIMEOUT } from "news-briefing/loader/files.js";
import { fetchChunk } from "news-briefing/reading/chunks.js";

// The promises of extracted chunks so far, by name.
const chunks = {};

// Returns a promise of a chunk for the engine that `whenRunning` returns. In development, the engine is whole.
export function adapterChunk(name, whenRunning) {
  const integrity = INTEGRITY?.[name];
  if (!integrity) return;
  const url = new URL(`wasm/adapters_${name}.wasm`, import.meta.url);
  url.search = integrity.slice(7, 15);
  return (chunks[name] ??= Promise.all([whenRunning(), fetchChunk(url, integrity, FILE_TIMEOUT)]).then(extract).catch((error) => {
    delete chunks[name];
    throw error;
  }));
}

// Extracts a chunk with the unpacker of the engine: see xtask/unpacker.
function extract([{ wasmModule }, chunk]) {
  const { packed, base, unpack } = new WebAssembly.Instance(wasmModule.unpacker).exports;
  const streams = new Uint8Array(WebAssembly.Module.customSections(chunk, "packed")[0]);
  new Uint8Array(packed.buffer).set(streams, base.value);
  return WebAssembly.compile(packed.buffer.slice(unpack()));
}
