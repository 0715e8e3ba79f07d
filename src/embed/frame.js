// In a page that stands in a frame, as `news-briefing render --iframe` makes it: tells the page around
// it how high the briefing is, and where links within it lead. There, frames.js makes the frame as high.

const HEIGHT = "news-briefing-height";
const ARRIVAL = "news-briefing-arrival";
const page = document.documentElement;
// In pixels; nothing yet.
let told;
// Whether the frame has ever become as high as was told.
let followed = false;

function tell() {
  parent.postMessage({ type: HEIGHT, height: told }, "*");
  // The same, as AMP's <amp-iframe resizable> takes it.
  parent.postMessage({ sentinel: "amp", type: "embed-size", height: told }, "*");
}

function measure() {
  // Without the room of a scroll bar, since a frame that is high enough has none. Nor is one to flicker
  // up in it whenever the briefing is a step ahead.
  page.style.scrollbarWidth = "none";
  const height = Math.ceil(page.getBoundingClientRect().height);
  // Zoomed, pixels are no whole ones.
  followed ||= Math.abs(innerHeight - told) <= 1;
  if (!followed) page.style.scrollbarWidth = "";
  if (height === told) return;
  told = height;
  tell();
}

// Opened by itself, it has nobody to tell.
if (parent !== window) {
  new ResizeObserver(measure).observe(page);
  addEventListener("resize", measure);
  // The page around it may have begun to listen only now.
  addEventListener("message", ({ data, source }) => {
    if (source === parent && data?.type === HEIGHT) tell();
  });
  // A link moves the focus to where it leads, which the shadow root alone gets to hear.
  document.querySelector("news-briefing").shadowRoot?.addEventListener("focusin", ({ target }) => {
    if (!target.matches("[data-arrived]")) return;
    const { top, bottom } = target.getBoundingClientRect();
    parent.postMessage({ type: ARRIVAL, top, bottom }, "*");
  });
}
