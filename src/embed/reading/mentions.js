// Guesses whether an article mentions a publisher, since few do: only then is the part of the engine loaded that
// links mentions.

// The scripts in which one letter may be written in several ways.
const VARIABLE = /[\u0590-\u08ff]/;

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

// The number of blocks from which on a body is not searched: that would take long, and it is long itself.
const MAX_BLOCKS = 400;

// Whether the name of a publisher is somewhere in the body of an article. It may still be part of other words: the
// engine decides that.
export function mayMention(article) {
  const { body, references, link_mentions: links } = article ?? {};
  if (links === false || !Array.isArray(references) || !Array.isArray(body)) return false;
  const names = texts(references.map((reference) => [reference?.publisher, reference?.aliases]));
  if (names.some((name) => body.length > MAX_BLOCKS || VARIABLE.test(name))) return true;
  const folded = names.map(fold);
  return texts(body).some((text) => {
    const letters = fold(text);
    return folded.some((name) => letters.includes(name));
  });
}
