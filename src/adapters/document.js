// Parses HTML with the browser's own parser, into an inert document: it runs no scripts and loads nothing.

// Makes the input the body of a standards-mode document, whatever the input begins with. The native
// counterpart is `cms::html::DOCUMENT_START`.
const START = "<!DOCTYPE html><body>";

// The Trusted Types policy: the only place where text becomes HTML.
let policy;

// Forms shadow properties of the document, and inputs those of their form (DOM clobbering), so the getters of the
// prototypes are called instead.
const getter = (prototype, name) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name);
  return (node) => get.call(node);
};
const rootOf = getter(Document.prototype, "documentElement");
const type = getter(Node.prototype, "nodeType");
const first = getter(Node.prototype, "firstChild");
const next = getter(Node.prototype, "nextSibling");
const parent = getter(Node.prototype, "parentNode");
const name = getter(Element.prototype, "localName");
const attributes = getter(Element.prototype, "attributes");

// Serializes the document that the HTML is, in the format that `document.rs` reads. No step is recursive.
export function documentOf(html) {
  policy ??= globalThis.trustedTypes?.createPolicy("news-briefing-html", { createHTML: (html) => html });
  html = START + html;
  const root = rootOf(new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html"));
  const parts = [];
  for (let node = root; node; ) {
    if (type(node) === Node.ELEMENT_NODE) {
      parts.push(`<${name(node)}`);
      for (const { name, value } of attributes(node)) parts.push(`=${name}`, value);
    } else if (type(node) === Node.TEXT_NODE) {
      parts.push(`#${node.data}`);
    }
    if (first(node)) {
      node = first(node);
      continue;
    }
    while (node) {
      if (type(node) === Node.ELEMENT_NODE) parts.push(">");
      if (node !== root && next(node)) {
        node = next(node);
        break;
      }
      node = node === root ? null : parent(node);
    }
  }
  return parts.join("\0");
}
