// Fetches a WebAssembly module once, and runs each piece of work in an instance of its own. No instance frees
// memory: its memory is released as a whole.

// Returns a function that runs work within a fresh instance of a module. `path` is relative to this file, the
// browser checks the module against `integrity`, and `initSync` and `letGo` belong to the module's glue.
export function instances(path, integrity, initSync, letGo) {
  let compiled;
  return async (work) => {
    compiled ??= compile(path, integrity);
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

// In milliseconds.
const TIMEOUT = 120_000;

async function compile(path, integrity) {
  const url = new URL(path, import.meta.url);
  url.search = integrity.slice(7, 15);
  const response = await fetch(url, { integrity, signal: AbortSignal.timeout(TIMEOUT) });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
