// Finds, imports and verifies the files beside the loader. Only the loader knows the URL that they
// are relative to.

import { Failure } from "./failure.js";

// Inserted by `cargo xtask dist`: the `integrity` of each file by its name. Empty in development.
export const KNOWN = typeof HASHES === "undefined" ? {} : HASHES;

let loaderUrl;
let policy;

// Sets the URL of the loader; all other files are fetched from beside it.
export function startFrom(url) {
  loaderUrl = url;
}

// Returns the URL of a file. The file may be cached for ever: other content has another query string.
export function beside(path, integrity = KNOWN[path]) {
  const url = new URL(path, loaderUrl);
  url.search = integrity?.slice(7, 15) ?? "";
  return url.href;
}

// In milliseconds: how long to wait for a file that everything else depends on.
export const FILE_TIMEOUT = 120_000;

// The promises of the imports so far, by URL.
const imported = {};

// Imports a script, once. A `mark` imports another copy of a script that was imported before.
export function importVerified(path, mark = "", integrity = KNOWN[path]) {
  const url = beside(path, integrity) + mark;
  return (imported[url] ??= new Promise((resolve, reject) => {
    setTimeout(() => reject(new Failure("engine", `${url} did not load`)), FILE_TIMEOUT);
    check(url, integrity).then(() => import(url)).then(resolve, reject);
  }).catch((failure) => {
    delete imported[url];
    throw failure;
  }));
}

// Makes the browser load a script and verify it. `import` takes no integrity; a script element
// does, and `import` then reuses the very module that was verified. A preload would not need a
// Trusted Types policy, but WebKit does not verify preloads.
async function check(url, integrity) {
  if (!integrity) return;
  policy ??= globalThis.trustedTypes?.createPolicy("news-briefing", { createScriptURL: (url) => url });
  const script = document.createElement("script");
  await new Promise((onload, fail) => {
    const onerror = () => fail(new Failure("engine", `${url} is missing or altered`));
    const src = policy?.createScriptURL(url) ?? url;
    Object.assign(script, { type: "module", integrity, src, onload, onerror });
    document.head.append(script);
  }).finally(() => script.remove());
}
