// Redraws a briefing that is shown, once something about it changes. Loaded then, with the chunk of the engine that
// `CHUNK` names.

export const CHUNK = "wasm/redraw.wasm";
// The hash that `cargo xtask dist` inserts; in development, the engine is whole.
export const INTEGRITY = typeof HASHES === "undefined" ? undefined : HASHES[CHUNK];

// Morphs an element on the page into `made`, which was drawn from other steps. An element that is in both is kept, with
// everything the reader has opened, focused and selected in it, and is corrected in place.
export function morph(element, made) {
  // Any change to a recording may be audible.
  if (element.localName === "audio") return;
  for (const name of ["lang", "dir"]) {
    if (!made.hasAttribute(name)) element.removeAttribute(name);
  }
  for (const { name, value } of made.attributes) {
    // The reader's folds are kept, and so is the attribute that says what plays the recording.
    if (name !== "open" && !(name === "data-native" && element.dataset.native) && element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  // The content of a slot belongs to its component.
  if (made.dataset.slot) return;
  let next = element.firstChild;
  const removeUpTo = (end) => {
    while (next !== end) {
      const gone = next;
      next = next.nextSibling;
      gone.remove();
    }
  };
  for (const child of [...made.childNodes]) {
    let same = next;
    while (same && !isSame(same, child)) same = same.nextSibling;
    if (!same) {
      element.insertBefore(child, next);
      continue;
    }
    removeUpTo(same);
    next = same.nextSibling;
    if (child.nodeType === Node.ELEMENT_NODE) morph(same, child);
    else if (same.data !== child.data) same.data = child.data;
  }
  removeUpTo(null);
}

// Whether two nodes are the same part of a briefing.
const isSame = (one, other) =>
  one.nodeName === other.nodeName && one.id === other.id && one.getAttribute?.("class") === other.getAttribute?.("class");
