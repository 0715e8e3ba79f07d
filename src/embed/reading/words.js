// The words of the interface, and the language they are in.

import { makeFormats } from "./formats.js";
import { wordsFile } from "./language.js";

// In milliseconds: how long to wait for the words of a language.
const PATIENCE = 30_000;

// The words that were asked for, by their addresses.
const asked = {};

// The language that an element wants the interface in, by what is known of its article.
export function languageOf(element, data) {
  return String(element.lang || data?.lang || around(element) || "en");
}

// The language of what is around, out of shadow roots too.
function around(element) {
  for (let node = element; node; node = node.getRootNode().host) {
    const { lang } = node.closest("[lang]") ?? {};
    if (lang) return lang;
  }
}

// A language with its words: `coming` resolves once it is known whether they come, and `words` are those that came.
// They have come as well, as `isHere` tells, where the language has none and English serves.
export function wordsIn(language, wordsAt) {
  const file = wordsFile(language);
  const wording = { language, isHere: !file };
  const take = (words) => Object.assign(wording, { words, isHere: Boolean(words) });
  if (file) wording.coming = fetchWords(wordsAt(file)).then(take);
  makeFormats(language);
  return wording;
}

// Nothing where they do not come. They are asked for once.
function fetchWords(address) {
  asked[address] ??= fetch(address, { signal: AbortSignal.timeout(PATIENCE) })
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .catch(() => {
      delete asked[address];
    });
  return asked[address];
}
