// Only one briefing is audible at a time, over all tabs of a site.

const CHANNEL = "news-briefing";

const attached = new WeakSet();
// The audible briefings of this tab.
const sounding = new Set();
let channel;

// Pauses an element when a briefing in another tab becomes audible, and the other way round. A briefing that
// plays in silence disturbs nobody: `own` has the `recording` or the `voice` of the article that is shown.
export function soundAlone(element, own) {
  const tell = () => {
    if (!own.recording && !own.voice) return;
    // A removed element no longer fires `pause`.
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
