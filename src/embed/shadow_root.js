// The contents of a briefing's shadow root before anything is drawn: the element that everything is rendered
// into, the stylesheet of briefings, and a stylesheet for the background behind them.

// A constructed stylesheet belongs to one document; all briefings in the document share it.
const sheets = new WeakMap();

// Adopts the stylesheet of briefings in a shadow root. A document without a window is never displayed.
export function style(root, styles) {
  const { defaultView } = root.ownerDocument;
  if (!defaultView) return;
  let sheet = sheets.get(defaultView);
  if (!sheet) {
    sheet = new defaultView.CSSStyleSheet();
    sheet.replaceSync(styles);
    sheets.set(defaultView, sheet);
  }
  // Moved within its document, a briefing keeps the stylesheets adopted later; in another document it has
  // none any more. A prerendered briefing has adopted the one for the background already.
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.unshift(sheet);
  // The stylesheets of the prerendered briefing.
  for (const before of root.querySelectorAll("link, style")) before.remove();
}

// Returns the prerendered briefing, if there is one.
export function prerendered(root) {
  const frame = root.querySelector(".frame:has(> .briefing[part])");
  return frame?.parentNode === root ? frame : undefined;
}

// Creates the element that everything is rendered into. A prerendered briefing stays before it, with its own
// styles, until it is replaced or hydrated; everything else is removed.
export function host(root, styles) {
  const host = root.ownerDocument.createElement("div");
  const before = prerendered(root);
  if (before) {
    before.after(host);
  } else {
    style(root, styles);
    root.replaceChildren(host);
  }
  return host;
}

// The background. A briefing has none of its own unless the host page sets `theme` or `--briefing-paper`: it
// is light or dark as the host page is there, and popovers have the host page's background colour.

// The relative luminances of ink and accent in the two schemes of `view/style/briefing.css`.
const LIGHT = { scheme: "light", ink: 0.009, accent: 0.075 };
const DARK = { scheme: "dark", ink: 0.785, accent: 0.38 };

// The share of ink in secondary text and in lines, if there is contrast to spare.
const SECONDARY_SHARE = 0.72;
const LINE_SHARE = 0.46;

// The contrast of text below which no host page can have meant the background for it.
const MIN_CONTRAST = 2;

// The follower of each window.
const windows = new WeakMap();

// The property in which a shadow root keeps its follower. A symbol of the global registry, so that one engine
// recognises that another has replaced its follower.
const FOLLOWER = Symbol.for("news-briefing follower");

// Makes a briefing follow the background behind it, until it is disconnected.
export function followBackground(root) {
  const { defaultView: view } = root.ownerDocument;
  if (!view) return;
  if (!windows.has(view)) windows.set(view, new Follower(view));
  windows.get(view).add(root);
}

class Follower {
  #view;
  // The shadow roots of the briefings in the window.
  #roots = new Set();
  // The stylesheets for backgrounds, by their rules; briefings on the same background share one.
  #sheets = new Map();
  #observer;
  #preference;
  #isScheduled = false;

  constructor(view) {
    this.#view = view;
    this.#observer = new view.MutationObserver(() => this.#update());
    this.#preference = view.matchMedia("(prefers-color-scheme: dark)");
  }

  add(root) {
    const { head } = this.#view.document;
    if (!this.#roots.size) {
      this.#listen("addEventListener");
      const stylesheets = { attributes: true, childList: true, characterData: true, subtree: true };
      if (head) this.#observer.observe(head, stylesheets);
    }
    this.#roots.add(root);
    root[FOLLOWER] = this;
    root.addEventListener("transitionend", this.#changed);
    for (const around of ancestors(root.host)) this.#observer.observe(around, { attributes: true });
    // All briefings added in one task are updated together: reading computed styles forces the browser to
    // recalculate them. A prerendered briefing that has its own styles is often hydrated before the next
    // frame, and updated then.
    this.#isScheduled = true;
    const update = () => this.#isScheduled && this.#update();
    if (root.querySelector("link, style")) this.#view.requestAnimationFrame(update);
    else queueMicrotask(update);
  }

  // Handles an event that may have changed the background.
  #changed = ({ propertyName }) => {
    if (!propertyName || /^(background|color$)/.test(propertyName)) this.#update();
  };

  #listen(method) {
    const { document } = this.#view;
    this.#preference[method]("change", this.#changed);
    document[method]("transitionend", this.#changed);
    document.head?.[method]("load", this.#changed, true);
  }

  #update() {
    this.#isScheduled = false;
    for (const root of this.#roots) {
      const isAttached = root.host.isConnected && root.ownerDocument.defaultView === this.#view;
      if (!isAttached || root[FOLLOWER] !== this) this.#roots.delete(root);
      // An element that is not rendered has no computed colours yet.
      else if (getComputedStyle(root.host).color) this.#applyColors(root);
    }
    if (this.#roots.size) return;
    this.#observer.disconnect();
    this.#listen("removeEventListener");
    this.#sheets.clear();
  }

  #applyColors(root) {
    const text = rules(root);
    if (!this.#sheets.has(text)) {
      const sheet = new this.#view.CSSStyleSheet();
      sheet.replaceSync(text);
      this.#sheets.set(text, sheet);
    }
    const sheet = this.#sheets.get(text);
    if (root.adoptedStyleSheets.includes(sheet)) return;
    const own = new Set(this.#sheets.values());
    root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((other) => !own.has(other)), sheet];
  }
}

// Yields an element and its ancestors as far as script may see them: out of shadow roots and frames.
function* ancestors(element) {
  while (element) {
    yield element;
    const { assignedSlot, parentElement, ownerDocument } = element;
    element = assignedSlot ?? parentElement ?? element.getRootNode().host ?? ownerDocument.defaultView?.frameElement;
  }
}

// Returns the relative luminance of a colour, from its sRGB channels.
function luminanceOf(parts) {
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrastOf = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

// Returns the rules for the background; empty if the host page sets the colours itself.
function rules(root) {
  const { host } = root;
  const own = getComputedStyle(host).getPropertyValue("--briefing-paper");
  if (own || /^(light|dark)$/.test(host.getAttribute("theme"))) return "";
  const background = backgroundOf(root);
  const luminance = luminanceOf(background);
  const contrast = (other) => contrastOf(luminance, other);
  const { scheme, ink, accent } = contrast(LIGHT.ink) < contrast(DARK.ink) ? DARK : LIGHT;
  // On a background of medium lightness only black or white has enough contrast.
  const strongest = contrast(ink) < 4.5;
  const isDark = scheme === "dark";
  const end = strongest ? (isDark ? 1 : 0) : ink;
  // Returns the share of `to` to mix into `from` for a contrast; the lightness that is mixed is the cube root
  // of luminance.
  const share = (least, from, to) => {
    const limit = isDark ? (luminance + 0.05) * least - 0.05 : (luminance + 0.05) / least - 0.05;
    return (Math.cbrt(from) - Math.cbrt(Math.max(limit, 0))) / (Math.cbrt(from) - Math.cbrt(to));
  };
  const percent = (part, least) => `${Math.ceil(Math.min(Math.max(part, least), 1) * 100)}%`;
  const hasContrast = contrast(accent) >= 4.6;
  const bytes = background.map((part) => Math.round(part * 255));
  // In print everything is black on white.
  return `@media screen { .frame {
    color-scheme: ${scheme};
    --ground: rgb(${bytes});
    --second: ${percent(share(4.6, luminance, end), SECONDARY_SHARE)};
    --line: ${percent(share(3, luminance, end), LINE_SHARE)};
    --toward: ${hasContrast ? "0%" : percent(share(4.8, accent, end), 0)};
    --strongest: ${strongest ? (isDark ? "#fff" : "#000") : "initial"};
  } }`;
}

// Returns the colour behind an element, in sRGB channels from 0 to 1: all translucent backgrounds, over the
// first opaque one.
function backgroundOf(root) {
  const probe = root.appendChild(root.ownerDocument.createElement("i"));
  const channels = (color) => {
    // Whatever notation a colour has, its mixture with itself serializes in sRGB.
    probe.style.color = `color-mix(in srgb, ${color}, ${color})`;
    return getComputedStyle(probe).color.match(/-?[\d.]+(?:e-?\d+)?/g).map(Number);
  };
  const background = [0, 0, 0];
  let transparency = 1;
  const blend = (color) => {
    const [red, green, blue, alpha = 1] = channels(color);
    [red, green, blue].forEach((part, index) => (background[index] += transparency * alpha * part));
    transparency *= 1 - alpha;
  };
  let outermost;
  let isPicture = false;
  for (const element of ancestors(root.host)) {
    outermost = element;
    const { backgroundClip, backgroundColor, backgroundImage, backgroundSize } = getComputedStyle(element);
    // Of a gradient, the first colour counts; except in gradients that draw lines, dots or text. The colours
    // of an image are unknown.
    const fills = /^(auto|cover|100% 100%)/.test(backgroundSize) && !backgroundClip.startsWith("text");
    const [begins] = (fills && backgroundImage.match(/(?:rgba?|color|okl(?:ab|ch)|l(?:ab|ch))\([^()]*\)/)) || [];
    if (begins) blend(begins);
    isPicture ||= backgroundImage.includes("url(");
    // Most elements have no background, and reading the channels of one takes as long as drawing a sentence.
    if (backgroundColor !== "rgba(0, 0, 0, 0)") blend(backgroundColor);
    if (transparency < 0.01) break;
  }
  const isUncertain = isPicture || transparency >= 0.01;
  if (transparency >= 0.01) {
    probe.style.colorScheme = getComputedStyle(outermost).colorScheme;
    blend("Canvas");
  }
  if (isUncertain) {
    // If the host page's own text could not be read on this colour, its real background was not found here.
    const { color } = getComputedStyle(root.host);
    const [text, found] = [channels(color), background].map((parts) => luminanceOf(parts.slice(0, 3)));
    if (contrastOf(text, found) < MIN_CONTRAST) background.fill(contrastOf(text, 0) > contrastOf(text, 1) ? 0 : 1);
  }
  probe.remove();
  return background;
}
