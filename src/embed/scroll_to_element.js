// The share of the screen's height up to which an element is centred, as in `view/dom.rs`.
const MAX_CENTRED_SHARE = 0.6;

// Scrolls to an element of a briefing: centres it, or, if it takes most of the screen, aligns its start.
export function scrollToElement(element) {
  const { innerHeight } = element.ownerDocument.defaultView;
  const fits = element.getBoundingClientRect().height <= innerHeight * MAX_CENTRED_SHARE;
  element.scrollIntoView({ block: fits ? "center" : "start" });
}
