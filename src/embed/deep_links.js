// Navigates to the place in a briefing that the host page's URL names: a time, as a W3C Media Fragment
// (`#t=83`, `#t=1:23`, `#t=10,20`), or the id of a key point or a block. Loaded only if an element has the
// attribute `deep-links`.

import { leadTo } from "./lead_to.js";
import { timesIn } from "./deep_links/times.js";
import { playUntil } from "./play_until.js";

// For each element, the function that navigates to the place that the URL names now.
const leads = new WeakMap();

// Navigates to the place that the URL names now, and again at each hash change. `own.leadTo` scrolls to the
// ids of an article.
export function attach(element, own) {
  if (leads.has(element)) return;
  const { defaultView: view } = element.ownerDocument;
  // If an element shows several articles one after the other, the URL names a place in the first.
  let isNamed = true;
  const lead = () => {
    if (!isNamed || !(element.duration >= 0) || !element.hasAttribute("deep-links")) return;
    isNamed = false;
    go(element, own, view);
  };
  leads.set(element, () => {
    isNamed = true;
    lead();
  });
  listen(view, new WeakRef(element));
  element.addEventListener("briefing-load", ({ target }) => target === element && lead());
  // The article may already be loaded; if the reader has started listening, keep their position.
  if (element.paused && !element.currentTime) lead();
}

// A disconnected element ignores hash changes but may be reconnected. The window's listener holds it weakly
// so that it can be garbage-collected.
function listen(view, held) {
  const changed = () => {
    const element = held.deref();
    if (!element) view.removeEventListener("hashchange", changed);
    else if (element.isConnected) leads.get(element)();
  };
  view.addEventListener("hashchange", changed);
}

function go(element, own, { document, location }) {
  const fragment = decoded(location.hash.slice(1));
  const times = timesIn(fragment);
  if (times) {
    const [start, end] = times;
    element.currentTime = start;
    playUntil(element, end, "link");
    const passage = passageAt(element, start);
    if (passage) leadTo(passage);
    else element.scrollIntoView();
  } else if (fragment && !document.getElementById(fragment)) {
    const start = own.leadTo(fragment);
    if (start !== undefined) element.currentTime = start;
  }
}

// Returns the passage that is spoken at a time: a block or, as key points have no time beside them, the
// current key point.
function passageAt({ shadowRoot: root }, time) {
  const blocks = [...root.querySelectorAll("[part=body] [data-seek]")];
  return blocks.findLast(({ dataset }) => dataset.seek / 1000 <= time)?.parentElement ?? root.querySelector("[part=key-point][aria-current]");
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
