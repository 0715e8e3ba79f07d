// Makes elements of the steps that `step.rs` encodes. All go over in one text: for each element
// and attribute by itself, the way from WebAssembly to here would take longer than the work.

// The grammar, as in `step.rs`; a test holds the two together.
const MARK = "\u0001";
const OPEN = "<";
const OPEN_SVG = "{";
const ATTRIBUTE = "@";
const TEXT = '"';
const CLOSE = ">";

// How many elements a block may have for it to come as a whole.
const BLOCK = 200;

export function draw(steps) {
  return drawing(steps).next(Infinity).value;
}

// `frame` is what stands there already of the same briefing, if anything does. It is completed where
// it stands: what is as the steps say is left alone, so that nobody loses their place in it. Each `next`
// draws about so many elements more, and the last one returns the whole.
export function drawing(steps, frame) {
  const rest = slices(steps, frame);
  // Up to where it waits to be told how much to draw.
  rest.next();
  return rest;
}

function* slices(steps, frame) {
  // What is new is put together here, and put in its place as late as can be.
  const page = document.createDocumentFragment();
  let at = page;
  // Around what is new: the element that stood there already, and what comes next in it.
  let around;
  let next = frame;
  const put = () => page.firstChild && around?.insertBefore(page, next);
  // How many elements to draw before the page gets its turn.
  let left = yield;
  for (const { kind, what, value } of read(steps)) {
    const isNew = at !== page;
    switch (kind) {
      case OPEN:
      case OPEN_SVG:
        if (!isNew && next?.localName === what) {
          put();
          around = next;
          next = next.firstChild;
        } else if (kind === OPEN) {
          at = at.appendChild(document.createElement(what));
        } else {
          at = at.appendChild(document.createElementNS("http://www.w3.org/2000/svg", what));
        }
        break;
      case ATTRIBUTE:
        if (isNew) at.setAttribute(what, value);
        else if (around.getAttribute(what) !== value) around.setAttribute(what, value);
        break;
      case TEXT:
        if (isNew || next?.nodeType !== Node.TEXT_NODE) {
          at.appendChild(document.createTextNode(what));
        } else {
          put();
          if (next.data !== what) next.data = what;
          next = next.nextSibling;
        }
        break;
      case CLOSE:
        if (isNew) {
          at = at.parentNode;
          left -= 1;
          // Between two blocks, rather than inside of one; but a list may be as long as an article.
          if (around && left <= (at === page ? 0 : -BLOCK)) {
            put();
            if (at !== page) {
              around = at;
              at = page;
              next = null;
            }
            left = yield;
          }
        } else {
          put();
          // What stands in a slot is a component's.
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

// The steps, one after another: what each does, the name or text it has, and the value of an attribute. It is one
// object that changes.
function* read(steps) {
  const step = {};
  for (let at = 1, end; at < steps.length; at = end + 1) {
    end = steps.indexOf(MARK, at);
    if (end < 0) end = steps.length;
    step.kind = steps[at];
    if (step.kind === ATTRIBUTE) {
      const equals = steps.indexOf("=", at);
      step.what = steps.slice(at + 1, equals);
      step.value = steps.slice(equals + 1, end);
    } else {
      step.what = steps.slice(at + 1, end);
    }
    yield step;
  }
}

// Takes over elements that the same steps were written out as, ahead of the page (hydration). They stay what they
// are; attributes and texts that have since come to differ, such as a time in the zone of the reader,
// are put right in place. Where the elements themselves are others, or have attributes of others, it
// answers no.
export function hydrate(steps, frame) {
  let at;
  let next = frame;
  let text = "";
  let attributes = 0;
  for (const { kind, what, value } of read(steps)) {
    if (kind === TEXT) {
      // A parser makes one text of what was written in several.
      text += what;
      continue;
    }
    if (text) {
      if (next?.nodeType !== Node.TEXT_NODE) return false;
      if (next.data !== text) next.data = text;
      next = next.nextSibling;
      text = "";
    }
    if (kind !== ATTRIBUTE && at && attributes >= 0) {
      // To a recording the browser's own menu may give some, such as `loop`.
      if (at.attributes.length - at.hasAttribute("open") !== attributes && at.localName !== "audio") return false;
      attributes = -1;
    }
    switch (kind) {
      case OPEN:
      case OPEN_SVG:
        if (next?.localName !== what) return false;
        at = next;
        next = at.firstChild;
        attributes = 0;
        break;
      case ATTRIBUTE: {
        // What the reader has opened or folded stays so; an address is what it leads to.
        if (what === "open") break;
        attributes += 1;
        if (at.getAttribute(what) !== value && at[what] !== value) at.setAttribute(what, value);
        break;
      }
      case CLOSE:
        // What stands in a slot is a component's.
        if (next && !at.dataset.slot) return false;
        next = at.nextSibling;
        at = at.parentNode;
    }
  }
  return true;
}

// Makes of `frame`, which was drawn by other steps, what these would draw. An element that is in both stays, with
// what the reader has opened, focused and selected in it, and is put right in place.
export function redraw(steps, frame) {
  morph(frame, draw(steps));
}

function morph(element, made) {
  // Whatever is done to a recording may be heard.
  if (element.localName === "audio") return;
  for (const name of ["lang", "dir"]) {
    if (!made.hasAttribute(name)) element.removeAttribute(name);
  }
  for (const { name, value } of made.attributes) {
    // What the reader has opened or folded stays so, and what plays the recording.
    if (name !== "open" && !(name === "data-native" && element.dataset.native) && element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  // What stands in a slot is a component's.
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
