// Stylesheets that a shadow root has for a while.

// Adopts a stylesheet in a shadow root. Returns what takes it away again.
export function adopt(root, styles) {
  const sheet = adopted(root, undefined, styles);
  return () => (root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet));
}

// The stylesheet that a shadow root has still, or one that it adopts now: moved, it has begun anew.
export function adopted(root, before, styles) {
  if (root.adoptedStyleSheets.includes(before)) return before;
  const sheet = new root.ownerDocument.defaultView.CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);
  return sheet;
}
