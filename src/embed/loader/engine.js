// The WebAssembly engine: one instance for all briefings, loaded when the first briefing needs it.

import { KNOWN, beside, importVerified } from "./files.js";
import { Failure } from "./failure.js";
import { fetchModule } from "./wasm_module.js";

// Stack traces contain it, too: in the URL of the glue, and as the name of the module.
const ENGINE = "wasm/news-briefing";
const GLUE = `${ENGINE}.js`;
const WASM = `${ENGINE}_bg.wasm`;

// The promise of the engine, and the engine itself once it has started.
let engine;
export let running;
// The number of engines before this one.
let generation = 0;
// The compiled module, for engines after the first.
let compiled;
// The callbacks to call when the engine traps, one for each briefing.
export const trapHandlers = new Set();

// Returns the engine, which is started if there is none. It may have ended by the time that the caller goes on.
export async function whenRunning() {
  do await start(); while (!running);
  return running;
}

function start() {
  return (engine ??= startEngine().catch(({ message }) => {
    releaseEngine();
    throw new Failure("engine", message);
  }));
}

async function startEngine() {
  // Both are fetched in parallel. A glue module holds one instance only, so each later engine imports another
  // copy of it.
  const [module, glue] = await Promise.all([compiled ?? fetchModule(beside(WASM), KNOWN[WASM]), importVerified(GLUE, generationQuery())]);
  compiled = module;
  glue.initSync({ module });
  running = glue;
}

// The query string that distinguishes the URL of an engine's glue from that of earlier engines.
const generationQuery = () => (generation ? `?${generation}` : "");

// Releases the engine; the next briefing starts a fresh one.
function releaseEngine() {
  engine = running = undefined;
  generation += 1;
}

// Handles an uncaught error; returns whether it was a trap. After a trap nothing in an engine can be relied
// on: the engine is released with everything that it shows, and its listeners on the host page become inert.
// An error from an earlier engine may be reported late, and says nothing about the current one.
export function trap({ error, reason = error }) {
  if (reason?.name !== "RuntimeError" || !reason.stack.includes(ENGINE)) return false;
  const isFromEarlierEngine = reason.stack.includes(beside(GLUE)) && !reason.stack.includes(`${beside(GLUE)}${generationQuery()}:`);
  if (running && !isFromEarlierEngine) {
    const broken = [...trapHandlers];
    trapHandlers.clear();
    running.retire?.();
    releaseEngine();
    for (const handleTrap of broken) handleTrap(reason);
  }
  return true;
}
addEventListener("error", trap);
addEventListener("unhandledrejection", trap);
