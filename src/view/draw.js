// Makes elements of the steps that `markup.rs` writes. All go over in one text: for each element
// and attribute by itself, the way from WebAssembly to here would take longer than the work.

// `frame` is what stands there already of the same briefing, if anything does. It is completed where
// it stands: what is as the steps say is left alone, so that nobody loses their place in it.
export function draw(steps, frame) {
  // What is new is put together here, and put in its place as late as can be.
  const page = document.createDocumentFragment();
  let at = page;
  // Around what is new: the element that stood there already, and what comes next in it.
  let around;
  let next = frame;
  const put = () => page.firstChild && around?.insertBefore(page, next);
  for (const step of steps.split("\u0001")) {
    const what = step.slice(1);
    const isNew = at !== page;
    switch (step[0]) {
      case "<":
      case "{":
        if (!isNew && next?.localName === what) {
          put();
          around = next;
          next = next.firstChild;
        } else if (step[0] === "<") {
          at = at.appendChild(document.createElement(what));
        } else {
          at = at.appendChild(document.createElementNS("http://www.w3.org/2000/svg", what));
        }
        break;
      case "@": {
        const end = what.indexOf("=");
        const name = what.slice(0, end);
        const value = what.slice(end + 1);
        if (isNew) at.setAttribute(name, value);
        else if (around.getAttribute(name) !== value) around.setAttribute(name, value);
        break;
      }
      case '"':
        if (isNew || next?.nodeType !== Node.TEXT_NODE) {
          at.append(what);
        } else {
          put();
          if (next.data !== what) next.data = what;
          next = next.nextSibling;
        }
        break;
      case ">":
        if (isNew) {
          at = at.parentNode;
        } else {
          put();
          while (next) {
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

// Takes over elements that the same steps were written out as, ahead of the page. They stay what they
// are; attributes and texts that have since come to differ, such as a time in the zone of the reader,
// are put right in place. Where the elements themselves are others, or have attributes of others, it
// answers no.
export function adopt(steps, frame) {
  let at;
  let next = frame;
  let text = "";
  let attributes = 0;
  for (const step of steps.split("\u0001")) {
    const what = step.slice(1);
    if (step[0] === '"') {
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
    if (step[0] !== "@" && at && attributes >= 0) {
      if (at.attributes.length - at.hasAttribute("open") !== attributes) return false;
      attributes = -1;
    }
    switch (step[0]) {
      case "<":
      case "{":
        if (next?.localName !== what) return false;
        at = next;
        next = at.firstChild;
        attributes = 0;
        break;
      case "@": {
        const end = what.indexOf("=");
        const name = what.slice(0, end);
        const value = what.slice(end + 1);
        // What the reader has opened or folded stays so; an address is what it leads to.
        if (name === "open") break;
        attributes += 1;
        if (at.getAttribute(name) !== value && at[name] !== value) at.setAttribute(name, value);
        break;
      }
      case ">":
        if (next) return false;
        next = at.nextSibling;
        at = at.parentNode;
    }
  }
  return true;
}
