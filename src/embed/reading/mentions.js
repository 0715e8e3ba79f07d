// Guesses whether an article mentions a publisher, since few do: only then is the chunk of the engine loaded that
// links mentions.

// The scripts in which one letter may be written in several ways.
const VARIABLE = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

// Returns every text and number in a value.
function texts(value) {
  const all = [];
  JSON.stringify(value, (_, one) => {
    if (typeof one !== "object") all.push(`${one}`);
    return one;
  });
  return all;
}

// Returns only the letters and digits of a text, in a form that is the same however they are encoded.
const fold = (text) => text.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");

// How much is searched at most: longer bodies, and names times characters, would take long, and the chunk is small
// beside such an article.
const MAX_BLOCKS = 400;
const MAX_COMPARISONS = 1e7;

// Whether the name of a publisher is somewhere in the body of an article. It may still be part of other words: the
// engine decides that.
export function mayMention(article) {
  const { body, references, link_mentions: links } = article ?? {};
  if (links === false || !Array.isArray(references) || !Array.isArray(body)) return false;
  const names = [...new Set(texts(references.map((reference) => [reference?.publisher, reference?.aliases])))];
  if (!names.length) return false;
  if (body.length > MAX_BLOCKS) return true;
  const text = texts(body).join(" ");
  if (text.length * names.length > MAX_COMPARISONS) return true;
  // Most names are written as they are; folding takes longer than searching.
  if (names.some((name) => VARIABLE.test(name) || text.includes(name))) return true;
  const letters = fold(text);
  return names.some((name) => letters.includes(fold(name)));
}
