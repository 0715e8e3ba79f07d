// Reads what a briefing shows: an article, and the words of the interface in its language. It comes
// while the engine does, so that nothing of it is to be waited for once that is there.

import { Failure } from "./loader/failure.js";
import { fetchArticle } from "./reading/article.js";
import { wordsFile } from "./reading/language.js";

// What an element is to show, and what reads it aloud, if something shall and can. `article` is what script
// has set, if it has; `bring` imports a script, `wordsAt` tells the address of a file of words.
export async function read(element, article, { bring, wordsAt }, signal) {
  const names = element.getAttribute("voice");
  // Without it, as without a voice, all is silent.
  const speaking = names === null ? undefined : bring("speech.js").catch(() => {});
  // What relative addresses in the article count from.
  const base = new URL(element.getAttribute("src") ?? "", element.baseURI).href;
  const data = inFormat(element.getAttribute("format"), await dataOf(element, article, base, signal));
  const language = String(element.lang || data?.lang || document.documentElement.lang || "en");
  const file = wordsFile(language);
  const words = file && (await fetchWords(wordsAt(file)));
  const voice = await (await speaking)?.speechIn(data?.lang || language, names);
  return { data, base, language, words, voice };
}

// The article: set by script, standing inside the element, or from `src`.
async function dataOf(element, article, base, signal) {
  if (article !== undefined) {
    // A copy, as plain as if it had come as text: what JSON has not, such as an object inside itself
    // or a getter that throws, is told of here and goes no further.
    return json(() => JSON.parse(JSON.stringify(article)), "the article set by script");
  }
  const inside = element.querySelector(':scope > script[type="application/json"]');
  if (inside) return json(() => JSON.parse(inside.textContent), "the JSON inside the element");
  const source = element.getAttribute("src");
  if (source === null) throw new Failure("source", "the element has neither src nor an article");
  const text = await fetchArticle(element, base, signal);
  return json(() => JSON.parse(text), source);
}

// The data as an article of the format that the page says it is in. Only where the page says nothing does
// the data itself have to.
function inFormat(format, data) {
  if (format === null) return data;
  if (format !== "briefing") {
    throw new Failure("format", `the element's format is "${format}"; known is "briefing"`);
  }
  const isObject = data && typeof data === "object" && !Array.isArray(data);
  return isObject ? { version: "1.0", ...data, format } : data;
}

// What comes of making JSON, or the failure to.
function json(make, source) {
  try {
    return make();
  } catch ({ message }) {
    throw new Failure("json", `${source} is not JSON: ${message}`);
  }
}

// Without its file, English serves.
async function fetchWords(address) {
  try {
    return await (await fetch(address)).json();
  } catch {}
}
