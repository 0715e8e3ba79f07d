// The files beside the loader, which know nothing of where they are.

import { Failure } from "./failure.js";

// What `cargo xtask dist` knows of them: the `integrity` of each, by its name, and a short hash of
// all `words`. In the workshop nothing is known.
export const KNOWN = typeof HASHES === "undefined" ? {} : HASHES;

let here;
let policy;

// Tells where the loader itself is; everything else is fetched from beside it.
export function startFrom(url) {
  here = url;
}

// The address of a file. It may be kept for ever: with other content it has another `version`.
export function beside(path, version = KNOWN[path]?.slice(7, 15)) {
  const url = new URL(path, here);
  url.search = version ?? "";
  return url.href;
}

// The address of the words of a language.
export const wordsAt = (file) => beside(`words/${file}.json`, KNOWN.words);

// In milliseconds: how long to wait for a file that everything else waits for.
export const PATIENCE = 120_000;

// The imports so far, by address.
const imported = {};

// Imports a script, once. The `mark` makes another copy of what was imported before.
export function importVerified(path, mark = "", integrity = KNOWN[path]) {
  const url = beside(path, integrity?.slice(7, 15)) + mark;
  return (imported[url] ??= new Promise((resolve, reject) => {
    setTimeout(() => reject(new Failure("engine", `${url} does not come`)), PATIENCE);
    check(url, integrity).then(() => import(url)).then(resolve, reject);
  }).catch((failure) => {
    delete imported[url];
    throw failure;
  }));
}

// Has the browser load a script and check it. `import` knows no integrity; an element does, and
// `import` then takes the very module that was checked. A preload would need no leave from Trusted
// Types, but WebKit checks none.
async function check(url, integrity) {
  if (!integrity) return;
  policy ??= globalThis.trustedTypes?.createPolicy("news-briefing", { createScriptURL: (url) => url });
  const script = document.createElement("script");
  await new Promise((onload, fail) => {
    const onerror = () => fail(new Failure("engine", `${url} is missing, or not the right file`));
    const src = policy?.createScriptURL(url) ?? url;
    Object.assign(script, { type: "module", integrity, src, onload, onerror });
    document.head.append(script);
  }).finally(() => script.remove());
}
