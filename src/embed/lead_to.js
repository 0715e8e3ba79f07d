// How much of the screen something may take to be seen in its middle, as in `view/dom.rs`.
const MOST = 0.6;

// Scrolls to something of a briefing: to the middle of the screen, or, where it takes most of that, to its beginning.
export function leadTo(element) {
  const { innerHeight } = element.ownerDocument.defaultView;
  const fits = element.getBoundingClientRect().height <= innerHeight * MOST;
  element.scrollIntoView({ block: fits ? "center" : "start" });
}
