// Applies the print rules of a page's stylesheets to the screen.
const roots = [...document.querySelectorAll("*")].map(({ shadowRoot }) => shadowRoot).filter((root) => root !== null);
for (const { styleSheets, adoptedStyleSheets } of [document, ...roots]) {
  for (const sheet of [...styleSheets, ...adoptedStyleSheets]) {
    // Writing to a rule's own media list can hang WebKitGTK 2.50.
    [...sheet.cssRules].forEach((rule, index) => {
      if (!(rule instanceof CSSMediaRule) || rule.media.mediaText !== "print") return;
      sheet.deleteRule(index);
      sheet.insertRule(rule.cssText.replace("print", "screen"), index);
    });
  }
}
