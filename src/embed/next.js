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
    if (element.hasAttribute("continuous")) return playNext(element, next);
    offer = renderOffer(element, own, next, () => playNext(element, next) && scrollWhenLoaded(element, next));
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

function renderOffer({ ownerDocument: document, shadowRoot: root }, { word }, { title }, onPress) {
  const offer = document.createElement("div");
  offer.className = "interrupted";
  const button = document.createElement("button");
  button.type = "button";
  button.append(title ?? word("next_article"));
  if (title) {
    offer.append(word("next_article"), " ");
    // In the language of the article, which may state none.
    const { lang, dir } = root.querySelector(".frame");
    button.lang = lang;
    button.dir = dir || "auto";
  }
  offer.append(button);
  button.addEventListener("click", onPress);
  return offer;
}

// Scrolls to the beginning of the next article once it has loaded, and focuses its play button; or to the
// failure, unless the focus has moved out of the briefing meanwhile, and focuses its button to try again.
function scrollWhenLoaded(element, next) {
  // The failure is drawn a moment after its event.
  onceLoaded(element, next, (hasFailed) => setTimeout(() => {
    const { activeElement, body } = element.ownerDocument;
    if (hasFailed && activeElement !== body && !element.matches(":focus-within")) return;
    element.scrollIntoView();
    element.shadowRoot.querySelector("[part=play-button], .failure button")?.focus({ preventScroll: true });
  }));
}

// Calls `act` once an article has loaded or failed to, unless the host page has replaced it by another.
function onceLoaded(element, { url }, act) {
  const abortController = new AbortController();
  for (const type of ["briefing-load", "briefing-error"]) {
    element.addEventListener(type, () => {
      abortController.abort();
      if (element.getAttribute("src") === url) act(type === "briefing-error");
    }, { signal: abortController.signal });
  }
}

// Loads the next article and plays it with the same settings, unless the host page cancels `briefing-next`.
// Returns whether it does.
function playNext(element, detail) {
  const { CustomEvent } = element.ownerDocument.defaultView;
  if (!element.dispatchEvent(new CustomEvent("briefing-next", { detail, bubbles: true, composed: true, cancelable: true }))) return false;
  const { playbackRate } = element;
  const audioOf = () => element.shadowRoot.querySelector("audio");
  const { muted, volume } = audioOf() ?? {};
  onceLoaded(element, detail, () => muted !== undefined && Object.assign(audioOf() ?? {}, { muted, volume }));
  element.setAttribute("src", detail.url);
  element.playbackRate = playbackRate;
  element.play();
  return true;
}
