// Keeps the player in view where `position: sticky` does not. Inside an element that clips its content
// (`overflow: hidden`), such as the wrapper that many pages have around everything, the player floats at the
// bottom of the screen. If a playing briefing is scrolled out of view, the player becomes a mini player,
// unless the element says `mini-player="none"`. In a frame as high as its briefing, the player floats at the
// lower edge of the frame's visible part, if the surrounding page reports it: `frames.js`.

import { scrollToElement } from "../scroll_to_element.js";
import { adopted } from "../stylesheet.js";

const STYLES = `.briefing[data-state] [part=player][data-floating] {
  position: fixed;
  inset: auto;
  inset-block-end: calc(var(--end) + var(--below, 0px));
  left: var(--left);
  inline-size: var(--width);
  block-size: auto;
  margin: 0;
  overflow: visible;
  color: inherit;
}
.slot:has(> [data-floating]) { display: block; block-size: var(--room); }
.briefing[data-state] [part=player][data-floating="mini"] {
  grid-template-columns: auto auto minmax(4em, 1fr) auto;
  left: auto;
  inset-inline-end: 1em;
  inset-block-end: calc(1em + var(--end));
  inline-size: min(26em, 100vw - 2em);
  padding: 0.5em 0.875em;
  border-width: 1px;
  border-radius: 0.5em;
  box-shadow: 0 0.25em 1.5em rgb(0 0 0 / 0.16);
}
[part=player][data-floating="mini"] > :is(.more, .sound), [part=player][data-floating="mini"]::after, [part=player]:not([data-floating="mini"]) > .mini { display: none; }
.mini { border: 0; border-radius: 0.25em; background: none; color: inherit; font: inherit; cursor: pointer; }
.mini:hover { color: var(--accent); background: var(--tint); }
.mini.title { grid-area: 1 / 1 / auto / -2; min-block-size: max(2.4615em, 24px); margin: 0; padding: 0 0.25em; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; text-align: start; font-weight: 600; font-size: 0.8125em; letter-spacing: 0; }
.mini.dismiss { grid-area: 1 / -2; justify-self: end; inline-size: max(2.4615em, 24px); block-size: max(2.4615em, 24px); padding: 0; font-size: 0.8125em; }
.mini.dismiss::before { content: "✕" / ""; }`;

// The type of the message that asks the surrounding page how much of the frame is on the screen, and of its
// answers.
const VIEW = "news-briefing-view";

const attached = new WeakSet();

// Keeps the player of an element in view once it is in use, until the element is disconnected.
export function keepInView(element, own) {
  const { defaultView: view } = element.ownerDocument;
  if (!view || attached.has(element)) return;
  attached.add(element);
  let isScheduled = false;

  const place = () => {
    isScheduled = false;
    if (!element.isConnected || element.ownerDocument.defaultView !== view) return end();
    const briefing = element.shadowRoot.querySelector(".briefing[data-state]");
    const player = briefing?.querySelector("[part=player]");
    if (!player) return;
    // While another briefing plays, the edge of the screen belongs to that one's player.
    if (player.style.position) return;
    if (briefing !== observed) {
      observer.disconnect();
      observer.observe((observed = briefing));
    }
    const { top, bottom, left, width, zoom } = boxOf(briefing);
    const floats = player.dataset.floating;
    // An element that is moved drops out of the top layer.
    if (floats && !player.matches(":popover-open")) player.showPopover();
    const box = boxOf(player);
    const lastVisible = Math.min(visibleBottom ?? Infinity, view.innerHeight);
    const below = view.innerHeight - lastVisible;
    // The space that the host page reserves on the screen is below the player.
    const inset = (parseFloat(view.getComputedStyle(player).insetBlockEnd) || 0) - (parseFloat(player.style.getPropertyValue("--below")) || 0);
    const edge = lastVisible - inset;
    const isBelow = bottom > edge + 1 && top + box.height < edge;
    if (visibleBottom === undefined && !isVisible && (floats === "mini" || !element.paused) && element.getAttribute("mini-player") !== "none") {
      if (floats !== "mini") float("mini", player, box);
    } else if (isBelow && (floats === "wide" || (!floats && box.bottom > edge + 1))) {
      player.style.setProperty("--left", `${left / zoom}px`);
      player.style.setProperty("--width", `${width / zoom}px`);
      player.style.setProperty("--below", `${below}px`);
      if (!floats) float("wide", player, box);
    } else if (floats) {
      dock(player);
      // Back in its place, the player may be out of view.
      schedule();
    }
  };

  const float = (how, player, { height, zoom }) => {
    const { shadowRoot: root } = element;
    const { dataset, parentElement: slot } = player;
    if (!dataset.floating) slot.style.setProperty("--room", `${height / zoom + parseFloat(view.getComputedStyle(player).marginBlockStart)}px`);
    sheet = adopted(root, sheet, STYLES);
    if (how === "mini") {
      // In the current interface strings.
      for (const part of miniParts) part.remove();
      player.append(...(miniParts = makeMiniParts(player)));
    }
    dataset.floating = how;
    // In the top layer nothing clips the player, and no transformed or contained ancestor moves it.
    player.popover ??= "manual";
    player.showPopover();
  };

  const dock = (player) => {
    delete player.dataset.floating;
    player.style.removeProperty("--below");
    player.popover = null;
  };

  // Creates the additional parts of a mini player: the title, which scrolls back to the text, and the close
  // button.
  const makeMiniParts = (player) => {
    const makeButton = (name, action, words, label) => {
      const button = Object.assign(view.document.createElement("button"), { type: "button", className: `mini ${name}` });
      button.append(words);
      if (label) button.ariaLabel = label;
      button.addEventListener("click", action);
      return button;
    };
    const { shadowRoot: root } = element;
    const scrollToText = () => scrollToElement(root.querySelector("[aria-current]:not(a)") ?? element);
    const title = makeButton("title", scrollToText, `${own.data.title}`);
    // In the language of the article, which may state none.
    const { lang, dir } = root.querySelector(".frame");
    title.lang = lang;
    title.dir = dir || "auto";
    const dismiss = () => {
      element.pause();
      dock(player);
      player.querySelector("[part=play-button]").focus({ preventScroll: true });
    };
    return [title, makeButton("dismiss", dismiss, "", own.word("close"))];
  };

  // Returns where an element is on the screen, and by how much the host page zooms it (`zoom: 1.25`). A
  // browser without `currentCSSZoom` measures before zooming, but after scrolling.
  const boxOf = (measured) => {
    const { x, y, width, height } = measured.getBoundingClientRect();
    const { scrollX, scrollY } = view;
    const ownZoom = measured.currentCSSZoom;
    let zoom = ownZoom ?? 1;
    for (let each = ownZoom ? null : measured; each; each = each.assignedSlot ?? each.parentElement ?? each.getRootNode().host) zoom *= view.getComputedStyle(each).zoom;
    const scale = ownZoom ? 1 : zoom;
    return Object.assign(new DOMRect((x + scrollX) * scale - scrollX, (y + scrollY) * scale - scrollY, width * scale, height * scale), { zoom });
  };

  let sheet;
  let miniParts = [];
  // After the next frame, when layout is up to date, so that measuring does not force another.
  const schedule = () => {
    if (!isScheduled) view.requestAnimationFrame(() => view.setTimeout(place));
    isScheduled = true;
  };

  // The lower edge of the screen in pixels from the top of the frame; undefined if no surrounding page
  // reports it.
  let visibleBottom;
  const onViewMessage = ({ data, source }) => {
    if (source !== view.parent || data?.type !== VIEW || !Number.isFinite(data.bottom)) return;
    visibleBottom = data.bottom;
    place();
  };
  if (view.parent !== view) {
    view.addEventListener("message", onViewMessage);
    view.parent.postMessage({ type: VIEW }, "*");
  }

  const changes = ["play", "briefing-load"];
  view.addEventListener("scroll", schedule, { capture: true, passive: true });
  view.addEventListener("resize", schedule);
  for (const type of changes) element.addEventListener(type, schedule);
  // Clipping, both directions and hidden ancestors count, however the briefing gets out of view.
  let isVisible = true;
  let observed;
  const observer = new view.IntersectionObserver((entries) => {
    isVisible = entries.at(-1).isIntersecting;
    schedule();
  });
  // Only the player of the briefing that plays floats or sticks.
  const yieldToOther = ({ target }) => {
    if (!element.isConnected) return end();
    const player = target.localName === element.localName && element.shadowRoot.querySelector("[part=player]");
    if (!player) return;
    const isOther = target !== element;
    if (isOther && player.dataset.floating) dock(player);
    player.style.position = isOther ? "static" : "";
  };
  view.document.addEventListener("play", yieldToOther);
  schedule();
  const end = () => {
    attached.delete(element);
    observer.disconnect();
    view.removeEventListener("scroll", schedule, { capture: true });
    view.removeEventListener("resize", schedule);
    view.document.removeEventListener("play", yieldToOther);
    view.removeEventListener("message", onViewMessage);
    for (const type of changes) element.removeEventListener(type, schedule);
  };
}
