// Fetches a WebAssembly module once, and has each piece of work done by an instance of its own. None frees memory: all
// of it goes with the instance.

// What does work within an instance of the module at a path from here, which the browser checks against its hash.
// `initSync` and `letGo` are those of its glue.
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

async function compile(path, integrity) {
  const url = new URL(path, import.meta.url);
  url.search = integrity.slice(7, 15);
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
