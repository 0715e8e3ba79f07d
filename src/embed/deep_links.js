// Leads to the place in a briefing that the page's address names: a time, by the W3C's Media Fragments (`#t=83`,
// `#t=1:23`, `#t=10,20`), or the id of a key point or a block. It comes where an element has the attribute
// `deep-links`.

import { leadTo } from "./lead_to.js";
import { timesIn } from "./deep_links/times.js";
import { playUntil } from "./play_until.js";

// For each element, what leads to the place that is named now.
const leads = new WeakMap();

// Leads to the place that is named now, and to those that are named later. `own` can `leadTo` the ids of an article.
export function attach(element, own) {
  if (leads.has(element)) return;
  const { defaultView: view } = element.ownerDocument;
  // Of the articles that an element shows one after the other, the address names a place in the first.
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
  // It may be there already; where its reader has begun, they stay.
  if (element.paused && !element.currentTime) lead();
}

// Off the page an element leads nowhere, but it may come back. The window does not keep it from being collected.
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

// What is read at a time: a block, or a key point, which has no time beside it but is where the player is.
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
