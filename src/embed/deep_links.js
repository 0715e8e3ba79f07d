// Navigates to the place in a briefing that the host page's URL names: a time, as a W3C Media Fragment
// (`#t=83`, `#t=1:23`, `#t=10,20`), or the id of a key point or a block. Loaded only if an element has the
// attribute `deep-links`.

import { scrollToElement } from "./scroll_to_element.js";
import { timesIn } from "./deep_links/times.js";
import { playUntil } from "./play_until.js";

// For each element, the function that navigates to the place that the URL names now.
const navigators = new WeakMap();

// Navigates to the place that the URL names now, and again at each hash change. `own.scrollToPassage` scrolls
// to the ids of an article.
export function attach(element, own) {
  if (navigators.has(element)) return;
  const { defaultView: view } = element.ownerDocument;
  // If an element shows several articles one after the other, the URL names a place in the first.
  let isPending = true;
  const navigate = () => {
    if (!isPending || !(element.duration >= 0) || !element.hasAttribute("deep-links")) return;
    isPending = false;
    goTo(element, own, view);
  };
  navigators.set(element, () => {
    isPending = true;
    navigate();
  });
  listen(view, new WeakRef(element));
  element.addEventListener("briefing-load", ({ target }) => target === element && navigate());
  // The article may already be loaded; if the reader has started listening, keep their position.
  if (element.paused && !element.currentTime) navigate();
}

// A disconnected element ignores hash changes but may be reconnected. The window's listener holds it weakly
// so that it can be garbage-collected.
function listen(view, weakElement) {
  const onHashChange = () => {
    const element = weakElement.deref();
    if (!element) view.removeEventListener("hashchange", onHashChange);
    else if (element.isConnected) navigators.get(element)();
  };
  view.addEventListener("hashchange", onHashChange);
}

function goTo(element, own, { document, location }) {
  const fragment = decoded(location.hash.slice(1));
  const times = timesIn(fragment);
  if (times) {
    const [start, end] = times;
    element.currentTime = start;
    playUntil(element, () => end, "link");
    const passage = passageAt(element, start);
    if (passage) scrollToElement(passage);
    else element.scrollIntoView();
  } else if (fragment && !document.getElementById(fragment)) {
    const start = own.scrollToPassage(fragment);
    if (start === undefined) return;
    element.currentTime = start;
    const { timings_url: timings, segments } = own.data.audio ?? {};
    if (timings && !segments) correctOnceTimed(element, own, fragment, start);
  }
}

// Seeks from the estimated start of a passage to its real start once the file of timings has loaded, unless
// the reader has begun to play or has gone elsewhere. The times beside the text then change.
function correctOnceTimed(element, own, id, estimate) {
  const observer = new MutationObserver(() => {
    const passage = own.data.audio?.segments?.find(({ target }) => target === id);
    const isUntouched = element.paused && element.currentTime === estimate;
    if (passage && isUntouched) element.currentTime = passage.start;
    if (passage || !isUntouched) observer.disconnect();
  });
  observer.observe(element.shadowRoot, { subtree: true, attributeFilter: ["data-seek"] });
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
