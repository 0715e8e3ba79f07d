// Stylesheets that a shadow root adopts for a while.

// Adopts a stylesheet in a shadow root. Returns a function that removes it again.
export function adopt(root, styles) {
  const sheet = adopted(root, undefined, styles);
  return () => (root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet));
}

// Returns the stylesheet `before` if the shadow root still has it, else adopts a new one: a move to
// another document drops adopted stylesheets.
export function adopted(root, before, styles) {
  if (root.adoptedStyleSheets.includes(before)) return before;
  const sheet = new root.ownerDocument.defaultView.CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);
  return sheet;
}
