// Adopts a stylesheet in a shadow root. Returns what takes it away again.
export function adopt(root, styles) {
  const sheet = new root.ownerDocument.defaultView.CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);
  return () => (root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet));
}
