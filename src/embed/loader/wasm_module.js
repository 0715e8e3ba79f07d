// Fetches and compiles a WebAssembly module. `cargo xtask dist` packs a module into one that extracts it and imports
// nothing: see xtask/unpacker. It stays with the module as `unpacker`, since chunks are extracted by it, too.

import { FILE_TIMEOUT } from "./files.js";

export async function fetchModule(url, integrity) {
  // Throws in a browser without WebAssembly, before the file is fetched.
  const { compile, Instance } = WebAssembly;
  const response = await fetch(url, { integrity, signal: AbortSignal.timeout(FILE_TIMEOUT) });
  if (!response.ok) throw new Error(`${response.status} from ${url}`);
  const module = await compile(await response.arrayBuffer());
  // In development, modules have no hash and are not packed.
  if (!integrity) return module;
  const { packed, unpack } = new Instance(module).exports;
  return Object.assign(await compile(packed.buffer.slice(unpack())), { unpacker: module });
}
