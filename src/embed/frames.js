// In the page around framed briefings: each frame that asks for it, by the attribute `data-news-briefing`,
// becomes as high as what is in it. Without this script frames stay as they are, and scroll. A frame that plays is told
// how far down it is on the screen: its player stays there.

const HEIGHT = "news-briefing-height";
const ARRIVAL = "news-briefing-arrival";
const VIEW = "news-briefing-view";
const FRAMES = "iframe[data-news-briefing]";
// In pixels. No briefing is as high.
const HIGHEST = 1e6;

// The frame of each window that has sent a message. It may stand in a shadow root, where no selector finds it.
const known = new WeakMap();

addEventListener("message", ({ data, source }) => {
  const type = data?.type;
  if (type !== HEIGHT && type !== ARRIVAL && type !== VIEW) return;
  let frame = known.get(source);
  if (frame?.contentWindow !== source) frame = frames().find(({ contentWindow }) => contentWindow === source);
  if (!frame?.matches(FRAMES)) return;
  known.set(source, frame);
  if (type === HEIGHT) grow(frame, data);
  else if (type === ARRIVAL) show(frame, data);
  else follow(frame);
});

// Those that play, or have played.
const followed = new Set();
let waits = false;

function follow(frame) {
  if (!followed.size) {
    addEventListener("scroll", schedule, { capture: true, passive: true });
    addEventListener("resize", schedule);
  }
  followed.add(frame);
  schedule();
}

function schedule() {
  if (!waits) requestAnimationFrame(tellViews);
  waits = true;
}

function tellViews() {
  waits = false;
  for (const frame of followed) {
    const top = frame.getBoundingClientRect().top + frame.clientTop;
    if (frame.isConnected) frame.contentWindow.postMessage({ type: VIEW, bottom: innerHeight - top }, "*");
    else followed.delete(frame);
  }
}

// What was told before this script came was told to nobody.
for (const { contentWindow } of frames()) contentWindow.postMessage({ type: HEIGHT }, "*");

// The frames there are, those in open shadow roots among them.
function frames(root = document) {
  return [...root.querySelectorAll("*")].flatMap((element) =>
    element.shadowRoot ? frames(element.shadowRoot) : element.matches(FRAMES) ? element : []);
}

function grow(frame, { height }) {
  if (!Number.isFinite(height) || height <= 0 || height > HIGHEST) return;
  // Where the page counts borders to the height, as many do everywhere.
  const border = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
  frame.style.height = `${height + border}px`;
}

// Brings the reader to where a link within the briefing leads, if the browser has kept the frame from
// scrolling the page around it.
function show(frame, { top, bottom }) {
  if (!Number.isFinite(top) || !Number.isFinite(bottom)) return;
  const { top: start } = frame.getBoundingClientRect();
  if (start + bottom < 0 || start + top > innerHeight) scrollBy(0, start + (top + bottom - innerHeight) / 2);
}
