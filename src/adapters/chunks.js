// Fetches the chunks of the engine that convert CMS data. The chunk that all formats need extracts itself, see
// xtask/unpacker, and then extracts the others.

// In milliseconds: how long to wait for a chunk.
const TIMEOUT = 120_000;
// The size of a page of memory, in bytes.
const PAGE = 65_536;

// The promises of compiled chunks so far, by the name of the reader.
const chunks = {};
// The promise of the chunk that all readers need, and of what it extracts others with.
let core;

// Returns a promise of a compiled chunk: that of a reader, or the one that all readers need. In development, the engine
// is whole.
export function chunk(name) {
  if (!INTEGRITY) return;
  if (!name) return loadCore().then(({ module }) => module);
  return (chunks[name] ??= extracted(name).catch((error) => {
    delete chunks[name];
    throw error;
  }));
}

function loadCore() {
  return (core ??= fetched("").then(async (packed) => {
    const { exports } = new WebAssembly.Instance(packed);
    return { ...exports, module: await WebAssembly.compile(exports.packed.buffer.slice(exports.unpack())) };
  }).catch((error) => {
    core = undefined;
    throw error;
  }));
}

async function extracted(name) {
  const [module, { packed, base, unpack }] = await Promise.all([fetched(name), loadCore()]);
  const [streams] = WebAssembly.Module.customSections(module, "packed");
  // No chunk is twice as large as its streams.
  packed.grow(Math.ceil((3 * streams.byteLength) / PAGE));
  new Uint8Array(packed.buffer).set(new Uint8Array(streams), base.value);
  return WebAssembly.compile(packed.buffer.slice(unpack()));
}

async function fetched(name) {
  const integrity = INTEGRITY[name];
  const url = new URL(`wasm/adapters${name && `_${name}`}.wasm`, import.meta.url);
  url.search = integrity.slice(7, 15);
  const response = await fetch(url, { integrity, signal: AbortSignal.timeout(TIMEOUT) });
  if (!response.ok) throw new Error(`${response.status} from ${url}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
