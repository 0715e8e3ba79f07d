// Fetches parts of the engine that few readers need, which `cargo xtask dist` splits off (code splitting).

// In milliseconds: how long to wait for a part.
const PART_TIMEOUT = 30_000;

// The promises of the modules so far, by URL.
const modules = {};

// Returns a promise of a compiled part. Each is fetched once, unless it fails to load.
export function fetchPart(url, integrity) {
  return (modules[url] ??= fetch(url, { integrity, signal: AbortSignal.timeout(PART_TIMEOUT) })
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.compile(bytes))
    .catch((error) => {
      delete modules[url];
      throw error;
    }));
}
