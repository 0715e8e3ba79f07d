// What stands in the shadow root of a briefing before anything is drawn: the element that all is drawn in, the
// stylesheet of briefings, and one for the ground they stand on.

// A stylesheet belongs to one document; all briefings in that share it.
const sheets = new WeakMap();

// Gives a shadow root the stylesheet of briefings. In a document without a window there is nothing to see.
export function style(root, styles) {
  const { defaultView } = root.ownerDocument;
  if (!defaultView) return;
  let sheet = sheets.get(defaultView);
  if (!sheet) {
    sheet = new defaultView.CSSStyleSheet();
    sheet.replaceSync(styles);
    sheets.set(defaultView, sheet);
  }
  // Moved in its document, a briefing keeps what came later, too; in another it has none any more.
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [sheet];
  // Those of what was rendered ahead.
  for (const before of root.querySelectorAll("link, style")) before.remove();
}

// The briefing that was rendered ahead of the page, if there is one.
export function ahead(root) {
  const frame = root.querySelector(".frame:has(> .briefing[part])");
  return frame?.parentNode === root ? frame : undefined;
}

// Makes the element that all is drawn in. A briefing that was rendered ahead of the page stays before
// it, in its own styles, until there is another to see; nothing else does.
export function host(root, styles) {
  const host = root.ownerDocument.createElement("div");
  const before = ahead(root);
  if (before) {
    before.after(host);
  } else {
    style(root, styles);
    root.replaceChildren(host);
  }
  return host;
}

// The ground. A briefing has none of its own unless it is asked for a scheme: it is light or
// dark as the page is there, and what lies over text has the page's colour.

// How light ink and accent are, of the two schemes in `view/style/briefing.css`: relative luminances.
const LIGHT = { scheme: "light", ink: 0.009, accent: 0.075 };
const DARK = { scheme: "dark", ink: 0.785, accent: 0.38 };

// How much of the ink there is in secondary text and in lines, where there is contrast to spare.
const SECOND = 0.72;
const LINE = 0.46;

// By how little text differs from a ground that no page can have meant for it.
const LEAST = 2;

// What follows the page, of each window.
const windows = new WeakMap();

// Under which a shadow root names what follows the page for it: one engine knows by it that another has come.
const FOLLOWER = Symbol.for("news-briefing follower");

// Has a briefing follow the ground it stands on, until it is off the page.
export function followGround(root) {
  const { defaultView: view } = root.ownerDocument;
  if (!view) return;
  if (!windows.has(view)) windows.set(view, new Follower(view));
  windows.get(view).add(root);
}

class Follower {
  #view;
  // The briefings in the window, by their shadow roots.
  #roots = new Set();
  // The stylesheets for what they stand on, by their rules; those on the same ground share one.
  #sheets = new Map();
  #observer;
  #preference;
  #waits = false;

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
    for (const around of ancestors(root.host)) this.#observer.observe(around, { attributes: true });
    // All that come in one task are looked at together: looking makes the browser work out all styles.
    if (this.#waits) return;
    this.#waits = true;
    queueMicrotask(() => {
      this.#waits = false;
      this.#update();
    });
  }

  // An event that may have changed the ground.
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
    for (const root of this.#roots) {
      const isHere = root.host.isConnected && root.ownerDocument.defaultView === this.#view;
      if (!isHere || root[FOLLOWER] !== this) this.#roots.delete(root);
      // What has no place in the page has no colours, until it has one.
      else if (getComputedStyle(root.host).color) this.#dress(root);
    }
    if (this.#roots.size) return;
    this.#observer.disconnect();
    this.#listen("removeEventListener");
    this.#sheets.clear();
  }

  #dress(root) {
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

// An element and what it stands in, as far as script may look: out of shadow roots and frames.
function* ancestors(element) {
  while (element) {
    yield element;
    const { assignedSlot, parentElement, ownerDocument } = element;
    element = assignedSlot ?? parentElement ?? element.getRootNode().host ?? ownerDocument.defaultView?.frameElement;
  }
}

// How light a colour is, of its parts in sRGB.
function luminanceOf(parts) {
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrastOf = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

// What the stylesheet is told of the ground; nothing where the page says itself what it is to be.
function rules(root) {
  const { host } = root;
  const own = getComputedStyle(host).getPropertyValue("--briefing-paper");
  if (own || /^(light|dark)$/.test(host.getAttribute("theme"))) return "";
  const ground = groundOf(root);
  const luminance = luminanceOf(ground);
  const contrast = (other) => contrastOf(luminance, other);
  const { scheme, ink, accent } = contrast(LIGHT.ink) < contrast(DARK.ink) ? DARK : LIGHT;
  // On a ground of neither kind no ink but the strongest will do.
  const strongest = contrast(ink) < 4.5;
  const isDark = scheme === "dark";
  const end = strongest ? (isDark ? 1 : 0) : ink;
  // How much of `to` is mixed into `from` for a contrast; the lightness that is mixed is the cube root.
  const share = (least, from, to) => {
    const limit = isDark ? (luminance + 0.05) * least - 0.05 : (luminance + 0.05) / least - 0.05;
    return (Math.cbrt(from) - Math.cbrt(Math.max(limit, 0))) / (Math.cbrt(from) - Math.cbrt(to));
  };
  const percent = (part, least) => `${Math.ceil(Math.min(Math.max(part, least), 1) * 100)}%`;
  const reaches = contrast(accent) >= 4.6;
  const bytes = ground.map((part) => Math.round(part * 255));
  // On paper all is black on white.
  return `@media screen { .frame {
    color-scheme: ${scheme};
    --ground: rgb(${bytes});
    --second: ${percent(share(4.6, luminance, end), SECOND)};
    --line: ${percent(share(3, luminance, end), LINE)};
    --toward: ${reaches ? "0%" : percent(share(4.8, accent, end), 0)};
    --strongest: ${strongest ? (isDark ? "#fff" : "#000") : "initial"};
  } }`;
}

// The colour behind an element, in sRGB from 0 to 1: all that one can see through, over the first that one
// cannot.
function groundOf(root) {
  const probe = root.appendChild(root.ownerDocument.createElement("i"));
  const channels = (color) => {
    // Whatever a colour is written in, a mixture of it with itself is told in sRGB.
    probe.style.color = `color-mix(in srgb, ${color}, ${color})`;
    return getComputedStyle(probe).color.match(/-?[\d.]+(?:e-?\d+)?/g).map(Number);
  };
  const ground = [0, 0, 0];
  let unseen = 1;
  const lay = (color) => {
    const [red, green, blue, alpha = 1] = channels(color);
    [red, green, blue].forEach((part, index) => (ground[index] += unseen * alpha * part));
    unseen *= 1 - alpha;
  };
  let outermost;
  let isPicture = false;
  for (const element of ancestors(root.host)) {
    outermost = element;
    const { backgroundClip, backgroundColor, backgroundImage, backgroundSize } = getComputedStyle(element);
    // Of a gradient, where it begins; not of lines, dots and words that are drawn by one. What a picture shows, nobody
    // knows.
    const fills = /^(auto|cover|100% 100%)/.test(backgroundSize) && !backgroundClip.startsWith("text");
    const [begins] = (fills && backgroundImage.match(/(?:rgba?|color|okl(?:ab|ch)|l(?:ab|ch))\([^()]*\)/)) || [];
    if (begins) lay(begins);
    isPicture ||= backgroundImage.includes("url(");
    // Most have none, and to ask the browser for its channels takes as long as to draw a sentence.
    if (backgroundColor !== "rgba(0, 0, 0, 0)") lay(backgroundColor);
    if (unseen < 0.01) break;
  }
  const isUncertain = isPicture || unseen >= 0.01;
  if (unseen >= 0.01) {
    probe.style.colorScheme = getComputedStyle(outermost).colorScheme;
    lay("Canvas");
  }
  if (isUncertain) {
    // Where the page's own text could not be read on that, it stands on something that is not to be found here.
    const { color } = getComputedStyle(root.host);
    const [text, found] = [channels(color), ground].map((parts) => luminanceOf(parts.slice(0, 3)));
    if (contrastOf(text, found) < LEAST) ground.fill(contrastOf(text, 0) > contrastOf(text, 1) ? 0 : 1);
  }
  probe.remove();
  return ground;
}
