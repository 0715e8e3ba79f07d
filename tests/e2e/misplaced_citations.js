const [briefing] = arguments;
const misplaced = new Set();

// Returns the nearest visible text before or after a citation in its block, and the extent of its
// adjacent character.
function beside(citation, direction) {
  const block = citation.closest("p, li, td, caption, figcaption, blockquote");
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  texts.currentNode = citation;
  const isVisible = ({ data }) => /[^\u2060]/.test(data);
  let node = texts[direction]();
  while (node && (citation.contains(node) || !isVisible(node))) node = texts[direction]();
  if (!node) return;
  const at = node.data.search(direction === "previousNode" ? /[^\u2060]\u2060*$/ : /[^\u2060]/);
  const range = document.createRange();
  range.setStart(node, at);
  range.setEnd(node, at + 1);
  const { top, bottom } = range.getBoundingClientRect();
  return { text: node.data, character: node.data[at], top, bottom };
}

for (let width = 240; width < 480; width += 4) {
  briefing.style.width = `${width}px`;
  for (const citation of briefing.shadowRoot.querySelectorAll("[part~='citation']")) {
    const { top, bottom, height } = citation.getBoundingClientRect();
    if (height === 0) continue;
    const before = beside(citation, "previousNode");
    const behind = beside(citation, "nextNode");
    const words = `${before?.text.slice(-12)}[${citation.textContent}]${behind?.text.slice(0, 12)}`;
    if (before && top > before.bottom) misplaced.add(`begins a line: ${words}`);
    if (/[\p{Pe}\p{Pf}\p{Po}]/u.test(behind?.character) && behind.top > bottom) misplaced.add(`is parted: ${words}`);
  }
}
return [...misplaced];
