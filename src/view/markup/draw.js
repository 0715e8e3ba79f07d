// Turns the steps that `step.rs` encodes into elements. All steps arrive in one string: crossing from
// WebAssembly to JavaScript for each element and attribute would take longer than the work itself.

// The grammar, as in `step.rs`; a test keeps the two in sync.
const MARK = "\u0001";
const OPEN = "<";
const OPEN_SVG = "{";
const ATTRIBUTE = "@";
const TEXT = '"';
const CLOSE = ">";

// By how many elements a slice may exceed its budget in order to finish a block.
const BLOCK = 50;

export function draw(steps) {
  const rest = slices([steps]);
  rest.next();
  return rest.next(Infinity).value;
}

// Completes `frame`, the part of a briefing that is already on the page, in place: what matches the steps is left
// alone, so that nobody loses their place in it.
export class Drawing {
  #parts = [];
  #rest;

  constructor(frame) {
    this.#rest = slices(this.#parts, frame);
    this.#rest.next();
  }

  // Adds the next part of the steps.
  add(steps) {
    this.#parts.push(steps);
  }

  // Draws about this many elements; returns whether there are more.
  draw(elements) {
    return !this.#rest.next(elements).done;
  }
}

// The first `next` prepares; each other one draws about as many elements as its argument says, and the last one
// returns the whole.
function* slices(parts, frame) {
  // New nodes are assembled here, and inserted as late as possible.
  const page = document.createDocumentFragment();
  let at = page;
  // Where the new nodes go: the existing element around them, and its existing child after them.
  let around;
  let next = frame;
  const insert = () => page.firstChild && around?.insertBefore(page, next);
  // How many elements to draw before the next `yield`.
  let left = yield;
  for (const { kind, content, value } of read(parts)) {
    const isNew = at !== page;
    switch (kind) {
      case OPEN:
      case OPEN_SVG:
        if (!isNew && next?.localName === content) {
          insert();
          around = next;
          next = next.firstChild;
        } else if (kind === OPEN) {
          at = at.appendChild(document.createElement(content));
        } else {
          at = at.appendChild(document.createElementNS("http://www.w3.org/2000/svg", content));
        }
        break;
      case ATTRIBUTE:
        if (isNew) at.setAttribute(content, value);
        else if (around.getAttribute(content) !== value) around.setAttribute(content, value);
        break;
      case TEXT:
        if (isNew || next?.nodeType !== Node.TEXT_NODE) {
          at.appendChild(document.createTextNode(content));
        } else {
          insert();
          if (next.data !== content) next.data = content;
          next = next.nextSibling;
        }
        break;
      case CLOSE:
        if (isNew) {
          at = at.parentNode;
          left -= 1;
          // Yields between blocks rather than inside one; but a list may be as long as an article.
          if (around && left <= (at === page ? 0 : -BLOCK)) {
            insert();
            if (at !== page) {
              around = at;
              at = page;
              next = null;
            }
            left = yield;
          }
        } else {
          insert();
          // The content of a slot belongs to its component.
          while (next && !around.dataset.slot) {
            const gone = next;
            next = next.nextSibling;
            gone.remove();
          }
          next = around.nextSibling;
          around = around.parentNode;
        }
    }
  }
  return page.firstChild ?? frame;
}

// Yields the steps of all parts in order: the kind of each, its name or text, and the value of an attribute. Every
// step is the same object, updated.
function* read(parts) {
  const step = {};
  for (const steps of parts) {
    for (let at = 1, end; at < steps.length; at = end + 1) {
      end = steps.indexOf(MARK, at);
      if (end < 0) end = steps.length;
      step.kind = steps[at];
      if (step.kind === ATTRIBUTE) {
        const equals = steps.indexOf("=", at);
        step.content = steps.slice(at + 1, equals);
        step.value = steps.slice(equals + 1, end);
      } else {
        step.content = steps.slice(at + 1, end);
      }
      yield step;
    }
  }
}

// Hydrates elements that were prerendered from the same steps. The elements are kept; attributes and texts
// that have come to differ since, such as a time in the reader's time zone, are corrected in place. Returns
// false if the elements themselves differ, or have further attributes.
export function hydrate(steps, frame) {
  let at;
  let next = frame;
  let text = "";
  let attributes = 0;
  for (const { kind, content, value } of read([steps])) {
    if (kind === TEXT) {
      // A parser merges adjacent texts.
      text += content;
      continue;
    }
    if (text) {
      if (next?.nodeType !== Node.TEXT_NODE) return false;
      if (next.data !== text) next.data = text;
      next = next.nextSibling;
      text = "";
    }
    if (kind !== ATTRIBUTE && at && attributes >= 0) {
      // The browser's own menu may add attributes to a recording, such as `loop`.
      if (at.attributes.length - at.hasAttribute("open") !== attributes && at.localName !== "audio") return false;
      attributes = -1;
    }
    switch (kind) {
      case OPEN:
      case OPEN_SVG:
        if (next?.localName !== content) return false;
        at = next;
        next = at.firstChild;
        attributes = 0;
        break;
      case ATTRIBUTE: {
        // The reader's folds are kept; a URL is compared as resolved, too.
        if (content === "open") break;
        attributes += 1;
        if (at.getAttribute(content) !== value && at[content] !== value) at.setAttribute(content, value);
        break;
      }
      case CLOSE:
        // The content of a slot belongs to its component.
        if (next && !at.dataset.slot) return false;
        next = at.nextSibling;
        at = at.parentNode;
    }
  }
  return true;
}
