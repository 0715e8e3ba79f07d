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

// Imports a script. The `mark` makes another copy of what was imported before.
export async function bring(path, mark = "") {
  const url = beside(path) + mark;
  const integrity = KNOWN[path];
  if (integrity) {
    // `import` knows no integrity. An element does, and `import` then takes the very module that was
    // checked. A preload would need no leave from Trusted Types, but WebKit checks none.
    policy ??= globalThis.trustedTypes?.createPolicy("news-briefing", { createScriptURL: (url) => url });
    const script = document.createElement("script");
    await new Promise((onload, fail) => {
      const onerror = () => fail(new Failure("engine", `${url} is missing or changed`));
      Object.assign(script, { type: "module", integrity, onload, onerror, src: policy?.createScriptURL(url) ?? url });
      document.head.append(script);
    }).finally(() => script.remove());
  }
  return import(url);
}
