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
}

// The same, and makes the element that all is drawn in.
export function host(root, styles) {
  style(root, styles);
  const host = root.ownerDocument.createElement("div");
  root.replaceChildren(host);
  return host;
}
