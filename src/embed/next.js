// Offers the next article once an article has been played to its end, or continues with it if the element has
// the attribute `continuous`. Loaded when an article that names a next one is played.

import { announceStatus } from "./playing/status.js";

const attached = new WeakSet();

// Offers whichever article the shown article names as next. `own` has its `data`, the interface strings by
// `word`, and the `base` of its addresses.
export function attach(element, own) {
  if (attached.has(element)) return;
  attached.add(element);
  let offer;
  const dismiss = () => {
    offer?.remove();
    offer = undefined;
  };
  element.addEventListener("ended", ({ target }) => {
    if (target !== element) return;
    dismiss();
    const next = nextOf(own);
    if (!next) return;
    if (element.hasAttribute("continuous")) return playNext(element, own, next);
    offer = renderOffer(element, own, next, () => {
      scrollWhenLoaded(element);
      playNext(element, own, next);
    });
    element.shadowRoot.querySelector("[part=player]")?.append(offer);
    announceStatus(element, offer.textContent);
  });
  // A reader who returns to the article is not done with it.
  for (const type of ["play", "seeking", "briefing-load"]) element.addEventListener(type, dismiss);
}

// Returns the next article, if the data name one that can be fetched.
function nextOf({ data, base }) {
  try {
    const { title, url } = data.next;
    const { protocol, href } = new URL(url, base);
    return typeof url === "string" && /^https?:$/.test(protocol) ? { url: href, title: typeof title === "string" ? title : undefined } : undefined;
  } catch {}
}

function renderOffer({ ownerDocument: document, shadowRoot: root }, { word, data }, { title }, onPress) {
  const offer = document.createElement("div");
  offer.className = "interrupted";
  const button = document.createElement("button");
  button.type = "button";
  button.append(title ?? word("next_article"));
  if (title) {
    offer.append(word("next_article"));
    button.dir = getComputedStyle(root.querySelector("[part=title]")).direction;
    if (typeof data.lang === "string") button.lang = data.lang;
  }
  offer.append(button);
  button.addEventListener("click", onPress);
  return offer;
}

// Scrolls to the beginning of the next article once it has loaded, and focuses its play button.
function scrollWhenLoaded(element) {
  element.addEventListener("briefing-load", () => {
    element.scrollIntoView();
    element.shadowRoot.querySelector("[part=play-button]")?.focus({ preventScroll: true });
  }, { once: true });
}

// Loads the next article and plays it with the same settings, unless the host page cancels `briefing-next`.
function playNext(element, own, detail) {
  const { CustomEvent } = element.ownerDocument.defaultView;
  if (!element.dispatchEvent(new CustomEvent("briefing-next", { detail, bubbles: true, composed: true, cancelable: true }))) return;
  // JSON inside the element, or an article set by script, would take precedence.
  element.querySelector(':scope > script[type="application/json"]')?.remove();
  if (own.article) element.article = null;
  const { playbackRate } = element;
  const audioOf = () => element.shadowRoot.querySelector("audio");
  const { muted, volume } = audioOf() ?? {};
  element.addEventListener("briefing-load", () => muted !== undefined && Object.assign(audioOf() ?? {}, { muted, volume }), { once: true });
  element.setAttribute("src", detail.url);
  element.playbackRate = playbackRate;
  element.play();
}
