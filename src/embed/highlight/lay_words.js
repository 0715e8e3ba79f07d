// Finds the words of a recording in the text of a passage.

// What stands in a passage, and is not said.
const SILENT = ".citation, .timestamp, .hidden, .popover, .detail";
// In characters: how far behind the word before a word may begin. What lies between is not said, or not timed.
const REACH = 80;

// Of the words that are found, when each begins, and its range. Words of data are pairs of a start and a text, unless
// they are anything else.
export function layWords(words, passage) {
  const document = passage.ownerDocument;
  const isSaid = ({ parentElement }) => (parentElement.closest(SILENT) ? 2 : 1);
  // Text nodes, and where each begins.
  const walker = document.createTreeWalker(passage, 4, isSaid);
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
  const laid = [];
  let from = 0;
  for (const word of Array.isArray(words) ? words : []) {
    const wanted = folded(`${word?.[1] ?? ""}`).replace(/^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, "");
    const at = wanted ? found(text.slice(from, from + REACH + wanted.length + 1), wanted) : -1;
    if (at < 0 || !Number.isFinite(word[0])) continue;
    from += at + wanted.length;
    const range = document.createRange();
    range.setStart(...place(from - wanted.length));
    // The last character is in the node of the range's end.
    const [node, offset] = place(from - 1);
    range.setEnd(node, offset + 1);
    laid.push([word[0], range]);
  }
  return laid;
}

// Where a word begins in a text; not where that only begins with its letters, and goes on with a sign over the last.
function found(text, word) {
  let at = -1;
  do at = text.indexOf(word, at + 1);
  while (at >= 0 && /^\p{M}/u.test(text.slice(at + word.length)));
  return at;
}

// A text for comparing, as long as it was.
const folded = (text) =>
  text.replaceAll("’", "'").replace(/\p{Lu}/gu, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  });
