// Runs in a document inside a frame, as `news-briefing render --iframe` makes it: reports to the surrounding
// page how high the briefing is, and where links within it scroll to. There, frames.js makes the frame as
// high.

const HEIGHT = "news-briefing-height";
const ARRIVAL = "news-briefing-arrival";
const page = document.documentElement;
// The height reported last, in pixels; undefined before the first report.
let reportedHeight;
// Whether the frame has ever become as high as reported.
let wasFollowed = false;

function report() {
  parent.postMessage({ type: HEIGHT, height: reportedHeight }, "*");
  // The same height, as AMP's <amp-iframe resizable> expects it.
  parent.postMessage({ sentinel: "amp", type: "embed-size", height: reportedHeight }, "*");
}

function measure() {
  // Measured without a scroll bar, since a frame that is high enough has none. Hiding the scroll bar also
  // keeps it from flickering whenever the briefing grows before the frame does.
  page.style.scrollbarWidth = "none";
  const height = Math.ceil(page.getBoundingClientRect().height);
  // On a zoomed page, pixel values are fractional.
  wasFollowed ||= Math.abs(innerHeight - reportedHeight) <= 1;
  if (!wasFollowed) page.style.scrollbarWidth = "";
  if (height === reportedHeight) return;
  reportedHeight = height;
  report();
}

// Opened on its own, the document has no surrounding page to notify.
if (parent !== window) {
  new ResizeObserver(measure).observe(page);
  addEventListener("resize", measure);
  // The surrounding page asks for the height if frames.js was loaded after the first report.
  addEventListener("message", ({ data, source }) => {
    if (source === parent && data?.type === HEIGHT) report();
  });
  // Following a link moves the focus to its target; only listeners inside the shadow root receive that event.
  document.querySelector("news-briefing").shadowRoot?.addEventListener("focusin", ({ target }) => {
    if (!target.matches("[data-arrived]")) return;
    const { top, bottom } = target.getBoundingClientRect();
    parent.postMessage({ type: ARRIVAL, top, bottom }, "*");
  });
}
