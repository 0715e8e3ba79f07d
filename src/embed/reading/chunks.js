// Fetches chunks of the engine that few readers need, which `cargo xtask dist` splits off (code splitting).

// In milliseconds: how long to wait for a chunk without which an article can be read, too.
const OPTIONAL_TIMEOUT = 30_000;

// The promises of the modules so far, by URL.
const modules = {};

// Returns a promise of a compiled chunk. Each is fetched once, unless it fails to load.
export function fetchChunk(url, integrity, timeout = OPTIONAL_TIMEOUT) {
  return (modules[url] ??= fetch(url, { integrity, signal: AbortSignal.timeout(timeout) })
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.compile(bytes))
    .catch((error) => {
      delete modules[url];
      throw error;
    }));
}
