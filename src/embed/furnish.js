// What stands in the shadow root of a briefing before anything is drawn.

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
  root.adoptedStyleSheets = [sheet];
  // Those of what was rendered ahead.
  for (const before of root.querySelectorAll("link, style")) before.remove();
}

// Makes the element that all is drawn in. A briefing that was rendered ahead of the page stays before
// it, in its own styles, until there is another to see; nothing else does.
export function host(root, styles) {
  const host = root.ownerDocument.createElement("div");
  if (root.querySelector(".frame > .briefing[part]")) {
    root.append(host);
  } else {
    style(root, styles);
    root.replaceChildren(host);
  }
  return host;
}
