// Makes elements of the steps that `markup.rs` writes. All go over in one text: for each element
// and attribute by itself, the way from WebAssembly to here would take longer than the work.

export function draw(steps) {
  const page = document.createDocumentFragment();
  let at = page;
  for (const step of steps.split("\u0001")) {
    const what = step.slice(1);
    switch (step[0]) {
      case "<":
        at = at.appendChild(document.createElement(what));
        break;
      case "{":
        at = at.appendChild(document.createElementNS("http://www.w3.org/2000/svg", what));
        break;
      case "@": {
        const end = what.indexOf("=");
        at.setAttribute(what.slice(0, end), what.slice(end + 1));
        break;
      }
      case '"':
        at.append(what);
        break;
      case ">":
        at = at.parentNode;
    }
  }
  return page.firstChild;
}
