// The interface strings, and the language they are in.

import { makeFormats } from "./formats.js";
import { wordsFile } from "./language.js";

// In milliseconds: how long to wait for the interface strings of a language.
const WORDS_TIMEOUT = 30_000;

// The requests for interface strings so far, by URL.
const requests = {};

// Returns the language for an element's interface, by what is known of its article.
export function languageOf(element, data) {
  return String(element.lang || data?.lang || surroundingLanguage(element) || "en");
}

// Returns the language of the surroundings, across shadow roots.
function surroundingLanguage(element) {
  for (let node = element; node; node = node.getRootNode().host) {
    const { lang } = node.closest("[lang]") ?? {};
    if (lang) return lang;
  }
}

// Returns a language with its interface strings: `words` once they have loaded, and `loading`, a promise that
// resolves once they have loaded or failed to. `isReady` is also true for a language without a file, where
// English is used.
export function wordsIn(language, wordsAt) {
  const file = wordsFile(language);
  const wording = { language, isReady: !file };
  const complete = (words) => Object.assign(wording, { words, isReady: Boolean(words) });
  if (file) wording.loading = fetchWords(wordsAt(file)).then(complete);
  makeFormats(language);
  return wording;
}

// Resolves to undefined if the interface strings do not load. Requests each file once.
function fetchWords(address) {
  requests[address] ??= fetch(address, { signal: AbortSignal.timeout(WORDS_TIMEOUT) })
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .catch(() => {
      delete requests[address];
    });
  return requests[address];
}
