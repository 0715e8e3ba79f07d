// One briefing sounds at a time, over all tabs of a site.

const CHANNEL = "news-briefing";

const attached = new WeakSet();
// Those that sound in this tab.
const sounding = new Set();
let channel;

// Has an element fall silent when a briefing in another tab begins to sound, and the other way round. What is played in
// silence disturbs nobody: `own` tells what is heard of the article that is shown.
export function soundAlone(element, own) {
  const tell = () => {
    if (!own.recording && !own.voice) return;
    // What was taken off the page says no more that it has paused.
    for (const other of sounding) if (!other.isConnected) sounding.delete(other);
    sounding.add(element);
    channel ??= open();
    channel.postMessage("play");
  };
  if (!attached.has(element)) {
    element.addEventListener("play", tell);
    element.addEventListener("pause", () => sounding.delete(element));
  }
  attached.add(element);
  if (!element.paused) tell();
}

function open() {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", () => {
    for (const element of sounding) element.pause();
    sounding.clear();
  });
  return channel;
}
