// The WebAssembly behind the briefings: one instance for all of them, brought when the first needs it.

import { KNOWN, PATIENCE, beside, importVerified } from "./files.js";
import { Failure } from "./failure.js";

const GLUE = "wasm/news-briefing.js";
const WASM = "wasm/news-briefing_bg.wasm";

// The promise of it, and it itself once it has started.
let engine;
export let running;
// How many were there before it.
let generation = 0;
let compiled;
// What is called when it traps, for each briefing.
export const users = new Set();

// Starts the engine if there is none. Callers check `running` again after awaiting it.
export function start() {
  return (engine ??= startEngine().catch(({ message }) => {
    abandon();
    compiled = undefined;
    throw new Failure("engine", `the engine does not start: ${message}`);
  }));
}

async function startEngine() {
  if (!globalThis.WebAssembly) throw new Error("this browser has no WebAssembly");
  compiled ??= compile();
  // Both are on their way at once. A module knows one instance only: the next has another beside it.
  const [glue, module] = await Promise.all([importVerified(GLUE, mark()), compiled]);
  glue.initSync({ module });
  running = glue;
}

// What tells the address of an engine's script from those of engines before it.
const mark = () => (generation ? `?${generation}` : "");

async function compile() {
  const response = await fetch(beside(WASM), { integrity: KNOWN[WASM], signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  // While it arrives; a browser does that with the right type only.
  return response.headers.get("content-type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

// Lets go of the engine; the next briefing starts a fresh one.
function abandon() {
  engine = running = undefined;
  generation += 1;
}

// After a trap nothing in an engine can be relied on: it is let go of, with all that it shows, and what it
// has hung on the page does nothing any more. Tells whether the error was one. What was under way in an engine
// when it broke may be told later, and says nothing of the next.
export function trap({ error, reason = error }) {
  if (reason?.name !== "RuntimeError" || !reason.stack.includes(beside("wasm/"))) return false;
  const isOfAnother = reason.stack.includes(beside(GLUE)) && !reason.stack.includes(`${beside(GLUE)}${mark()}:`);
  if (running && !isOfAnother) {
    const broken = [...users];
    users.clear();
    running.retire?.();
    abandon();
    for (const end of broken) end(reason);
  }
  return true;
}
addEventListener("error", trap);
addEventListener("unhandledrejection", trap);
