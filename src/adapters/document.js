// Parses HTML with the browser's own parser, into a document that is inert: it runs nothing and asks for nothing.

// All of it is the body of a document of today's kind, whatever it begins with; `cms::html::DOCUMENT_START` says the
// same natively.
const START = "<!DOCTYPE html><body>";

// The one place where text becomes HTML.
let policy;

// A form lets what is in it go by the names of its own members, so those of the prototypes are asked.
const getter = (prototype, name) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name);
  return (node) => get.call(node);
};
const type = getter(Node.prototype, "nodeType");
const first = getter(Node.prototype, "firstChild");
const next = getter(Node.prototype, "nextSibling");
const parent = getter(Node.prototype, "parentNode");
const name = getter(Element.prototype, "localName");
const attributes = getter(Element.prototype, "attributes");

// All that is in the document that HTML is, as `page.rs` reads it. Nothing here is recursive.
export function documentOf(html) {
  policy ??= globalThis.trustedTypes?.createPolicy("news-briefing-html", { createHTML: (html) => html });
  html = START + html;
  const root = new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html").documentElement;
  const told = [];
  for (let node = root; node; ) {
    if (type(node) === Node.ELEMENT_NODE) {
      told.push(`<${name(node)}`);
      for (const { name, value } of attributes(node)) told.push(`=${name}`, value);
    } else if (type(node) === Node.TEXT_NODE) {
      told.push(`#${node.data}`);
    }
    if (first(node)) {
      node = first(node);
      continue;
    }
    while (node) {
      if (type(node) === Node.ELEMENT_NODE) told.push(">");
      if (node !== root && next(node)) {
        node = next(node);
        break;
      }
      node = node === root ? null : parent(node);
    }
  }
  return told.join("\0");
}
