// The words of the interface, and the language they are in.

import { makeFormats } from "./formats.js";
import { wordsFile } from "./language.js";

// In milliseconds: how long to wait for the words of a language.
const PATIENCE = 30_000;

// The words that were asked for, by their addresses.
const asked = {};

// The language that an element wants the interface in, by what is known of its article.
export function languageOf(element, data) {
  const around = element.closest("[lang]") ?? document.documentElement;
  return String(element.lang || data?.lang || around.lang || "en");
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
    .then((answer) => answer.json())
    .catch(() => {
      delete asked[address];
    });
  return asked[address];
}
