// Highlights the sources of the current passage: in its text, in the margin if there is one, and in the list
// of references, so that readers see where what they hear comes from. It changes a stylesheet and nothing
// else in the tree.

import { adopted } from "../stylesheet.js";

const attached = new WeakSet();

// Highlights sources in an element for as long as the element lives.
export function highlightSources(element) {
  if (attached.has(element)) return;
  attached.add(element);
  const { shadowRoot: root } = element;
  let sheet;
  let currentRules = "";
  const update = (passage) => {
    // A document without a window is never displayed.
    if (!passage || !root.ownerDocument.defaultView) return;
    const nextRules = rules(sourcesOf(passage, root));
    // Every change makes the browser recalculate the styles of the whole text.
    if (!nextRules && !currentRules) return;
    const before = sheet;
    sheet = adopted(root, before, nextRules);
    if (sheet === before && nextRules !== currentRules) sheet.replaceSync(nextRules);
    currentRules = nextRules;
  };
  // The current passage comes from mutations of `aria-current`, so that a long article is not searched for
  // each passage.
  const observer = new MutationObserver((changes) => update(changes.findLast(({ target }) => target.matches(CURRENT))?.target));
  observer.observe(root, { attributeFilter: ["aria-current"], subtree: true });
  update(root.querySelector(CURRENT));
}

const CURRENT = "[aria-current]:not(a)";

// Returns the references that a passage cites, by their links back to the citations.
function sourcesOf(passage, root) {
  const list = root.querySelector("[part=references]");
  const citations = Array.from(passage.querySelectorAll(".citation:not(.detail *)"));
  const links = citations.flatMap(({ id }) => Array.from(list?.querySelectorAll(`.back > [href="#${id}"]`) ?? []));
  return [...new Set(links.map((link) => link.closest("[part=reference]")))];
}

// Quotes the article's text for a stylesheet: every character that could have a meaning in CSS is escaped by
// its code point.
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
