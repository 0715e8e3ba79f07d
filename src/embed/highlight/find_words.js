// Finds the words of a recording in the text of a passage.

// Elements of a passage that are not spoken.
const SILENT = ".citation, .timestamp, .hidden, .popover, .detail";
// In characters: how far behind the previous word a word may begin. The text between is not spoken, or not
// timed.
const REACH = 80;

// Constants of `NodeFilter`.
const FILTER_ACCEPT = 1;
const FILTER_REJECT = 2;
const SHOW_TEXT = 4;

// Returns the start and the range of each word that is found. Valid words are pairs of a start and a text;
// others are ignored.
export function findWords(words, passage) {
  const document = passage.ownerDocument;
  const accept = ({ parentElement }) => (parentElement.closest(SILENT) ? FILTER_REJECT : FILTER_ACCEPT);
  // The text nodes, each with the character at which it begins.
  const walker = document.createTreeWalker(passage, SHOW_TEXT, accept);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) {
    nodes.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  text = folded(text);
  const place = (at) => {
    const [begins, node] = nodes.findLast(([begins]) => begins <= at);
    return [node, at - begins];
  };
  const found = [];
  let from = 0;
  for (const word of Array.isArray(words) ? words : []) {
    const wanted = folded(`${word?.[1] ?? ""}`).replace(/^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, "");
    const at = wanted ? indexOfWord(text.slice(from, from + REACH + wanted.length + 1), wanted) : -1;
    if (at < 0 || !Number.isFinite(word[0])) continue;
    from += at + wanted.length;
    const range = document.createRange();
    range.setStart(...place(from - wanted.length));
    // The range ends in the node of the last character.
    const [node, offset] = place(from - 1);
    range.setEnd(node, offset + 1);
    found.push([word[0], range]);
  }
  return found;
}

// Returns where a word begins in a text, or -1. A match that is followed by a combining mark is another word.
function indexOfWord(text, word) {
  let at = -1;
  do at = text.indexOf(word, at + 1);
  while (at >= 0 && /^\p{M}/u.test(text.slice(at + word.length)));
  return at;
}

// Returns a text for comparisons, of the same length.
const folded = (text) =>
  text.replaceAll("’", "'").replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });
