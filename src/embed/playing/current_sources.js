// Lights the sources of the passage that is current, in its text, in the margin where there is one, and in the list:
// what one hears is tied to its source. Nothing of the tree changes but a stylesheet.

import { adopted } from "../stylesheet.js";

const lit = new WeakSet();

// Follows an element, as long as there is one.
export function lightSources(element) {
  if (lit.has(element)) return;
  lit.add(element);
  const { shadowRoot: root } = element;
  let sheet;
  let now = "";
  const light = (passage) => {
    // In a document without a window there is nothing to see.
    if (!passage || !root.ownerDocument.defaultView) return;
    const next = rules(sourcesOf(passage, root));
    // Every change has the browser look at the styles of the whole text.
    if (!next && !now) return;
    const before = sheet;
    sheet = adopted(root, before, next);
    if (sheet === before && next !== now) sheet.replaceSync(next);
    now = next;
  };
  // As the page is told of it, so that it need not be looked for in a long article with each passage.
  const observer = new MutationObserver((changes) => light(changes.findLast(({ target }) => target.matches(CURRENT))?.target));
  observer.observe(root, { attributeFilter: ["aria-current"], subtree: true });
  light(root.querySelector(CURRENT));
}

const CURRENT = "[aria-current]:not(a)";

// The entries of the list that a passage cites, by the links that lead back from them.
function sourcesOf(passage, root) {
  const list = root.querySelector("[part=references]");
  const citations = Array.from(passage.querySelectorAll(".citation:not(.detail *)"));
  const links = citations.flatMap(({ id }) => Array.from(list?.querySelectorAll(`.back > [href="#${id}"]`) ?? []));
  return [...new Set(links.map((link) => link.closest("[part=reference]")))];
}

// The article's words in them are text of a stylesheet: all that could be more is written by its number.
const quoted = (text) => text.replace(/[^\p{L}\p{N} ]/gu, (mark) => `\\${mark.codePointAt(0).toString(16)} `);

function rules(sources) {
  if (!sources.length) return "";
  const names = sources.map((source) => {
    const name = (source.querySelector("bdi") ?? source.querySelector("[dir]"))?.textContent ?? "";
    return `${source.firstElementChild.textContent} ${name}`;
  });
  return `@media screen {
    ${CURRENT} .citation:not(.detail *, [data-open]) { background: color-mix(in oklab, var(--accent) 18%, transparent); }
    ${sources.map(({ id }) => `#${id}`)} { background: var(--tint); box-shadow: -0.75em 0 var(--tint), 0.5em 0 var(--tint), -0.9375em 0 var(--accent); }
    :dir(rtl):is(${sources.map(({ id }) => `#${id}`)}) { box-shadow: 0.75em 0 var(--tint), -0.5em 0 var(--tint), 0.9375em 0 var(--accent); }
    @container briefing (min-width: 56em) {
      .block[aria-current]::after {
        content: "${names.map(quoted).join("\\a ")}" / "";
        position: absolute;
        inset-block-start: 0.5em;
        inset-inline: calc(5em + var(--measure)) 0;
        white-space: pre-line;
        color: var(--ink-2);
        font: 1em/1.4 sans-serif;
        font-family: var(--sans);
        scale: 0.8125;
        transform-origin: 0 0;
      }
      :dir(rtl).block[aria-current]::after { transform-origin: 100% 0; }
    }
  }`;
}
