// The WebAssembly behind the briefings: one instance for all of them, brought when the first needs it.

import { KNOWN, beside, bring } from "./files.js";
import { Failure } from "./failure.js";

const GLUE = "wasm/news-briefing.js";
const WASM = "wasm/news-briefing_bg.wasm";

// The promise of it.
let engine;
// How many were there before it.
let generation = 0;
let compiled;
// What is called when it traps, for each briefing.
export const users = new Set();

// The engine, started if there is none.
export function start() {
  return (engine ??= bringEngine().catch(({ message }) => {
    abandon();
    compiled = undefined;
    throw new Failure("engine", `the engine does not start: ${message}`);
  }));
}

async function bringEngine() {
  if (!globalThis.WebAssembly) throw new Error("this browser has no WebAssembly");
  compiled ??= compile();
  // Both are on their way at once. A module knows one instance only: the next has another beside it.
  const [glue, module] = await Promise.all([bring(GLUE, generation ? `?${generation}` : ""), compiled]);
  glue.initSync({ module });
  return glue;
}

async function compile() {
  const response = await fetch(beside(WASM), { integrity: KNOWN[WASM] });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  // While it arrives; a browser does that with the right type only.
  return response.headers.get("content-type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

// Lets go of the engine; the next briefing starts a fresh one.
function abandon() {
  engine = undefined;
  generation += 1;
}

// After a trap nothing in an engine can be relied on: it is let go of, with all that it shows.
// Tells whether the error was one.
export function trap({ error, reason = error }) {
  if (reason?.name !== "RuntimeError" || !reason.stack.includes(beside("wasm/"))) return false;
  const broken = [...users];
  users.clear();
  abandon();
  for (const end of broken) end(reason);
  return true;
}
addEventListener("error", trap);
addEventListener("unhandledrejection", trap);
