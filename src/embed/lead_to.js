// The share of the screen's height up to which an element is centred, as in `view/dom.rs`.
const MOST = 0.6;

// Scrolls to an element of a briefing: centres it, or, if it takes most of the screen, aligns its start.
export function leadTo(element) {
  const { innerHeight } = element.ownerDocument.defaultView;
  const fits = element.getBoundingClientRect().height <= innerHeight * MOST;
  element.scrollIntoView({ block: fits ? "center" : "start" });
}
