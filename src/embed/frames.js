// Runs in the page around framed briefings: gives each frame with the attribute `data-news-briefing` the
// height of its content. Without this script frames keep their height, and scroll. Once the briefing in a
// frame plays, this script reports to the frame how much of it is on the screen, so that the player stays in
// view.

const HEIGHT = "news-briefing-height";
const ARRIVAL = "news-briefing-arrival";
const VIEW = "news-briefing-view";
const FRAMES = "iframe[data-news-briefing]";
// The largest height that is accepted, in pixels. No briefing is that high.
const HIGHEST = 1e6;

// The frame of each window that has sent a message. A frame may be in a shadow root, where no selector finds
// it.
const frameOf = new WeakMap();

addEventListener("message", ({ data, source }) => {
  const type = data?.type;
  if (type !== HEIGHT && type !== ARRIVAL && type !== VIEW) return;
  let frame = frameOf.get(source);
  if (frame?.contentWindow !== source) frame = frames().find(({ contentWindow }) => contentWindow === source);
  if (!frame?.matches(FRAMES)) return;
  frameOf.set(source, frame);
  if (type === HEIGHT) setHeight(frame, data);
  else if (type === ARRIVAL) scrollToTarget(frame, data);
  else follow(frame);
});

// The frames whose briefing plays or has played.
const followed = new Set();
let isScheduled = false;

function follow(frame) {
  if (!followed.size) {
    addEventListener("scroll", schedule, { capture: true, passive: true });
    addEventListener("resize", schedule);
  }
  followed.add(frame);
  schedule();
}

function schedule() {
  if (!isScheduled) requestAnimationFrame(reportViews);
  isScheduled = true;
}

function reportViews() {
  isScheduled = false;
  for (const frame of followed) {
    const top = frame.getBoundingClientRect().top + frame.clientTop;
    if (frame.isConnected) frame.contentWindow.postMessage({ type: VIEW, bottom: innerHeight - top }, "*");
    else followed.delete(frame);
  }
}

// Messages sent before this script loaded were lost, so this asks for the heights again.
for (const { contentWindow } of frames()) contentWindow.postMessage({ type: HEIGHT }, "*");

// Returns all frames, including those in open shadow roots.
function frames(root = document) {
  return [...root.querySelectorAll("*")].flatMap((element) =>
    element.shadowRoot ? frames(element.shadowRoot) : element.matches(FRAMES) ? element : []);
}

function setHeight(frame, { height }) {
  if (!Number.isFinite(height) || height <= 0 || height > HIGHEST) return;
  // With `box-sizing: border-box`, which many pages set everywhere, the height includes the borders.
  const border = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
  frame.style.height = `${height + border}px`;
}

// Scrolls to the target of a link within the briefing, if the browser has kept the frame from scrolling the
// surrounding page.
function scrollToTarget(frame, { top, bottom }) {
  if (!Number.isFinite(top) || !Number.isFinite(bottom)) return;
  const { top: start } = frame.getBoundingClientRect();
  if (start + bottom < 0 || start + top > innerHeight) scrollBy(0, start + (top + bottom - innerHeight) / 2);
}
