// Fetches chunks of the engine that few readers need, which `cargo xtask dist` splits off (code splitting).

// In milliseconds: how long to wait for a chunk.
const CHUNK_TIMEOUT = 30_000;

// The promises of the modules so far, by URL.
const modules = {};

// Returns a promise of a compiled chunk. Each is fetched once, unless it fails to load.
export function fetchChunk(url, integrity) {
  return (modules[url] ??= fetch(url, { integrity, signal: AbortSignal.timeout(CHUNK_TIMEOUT) })
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.compile(bytes))
    .catch((error) => {
      delete modules[url];
      throw error;
    }));
}
