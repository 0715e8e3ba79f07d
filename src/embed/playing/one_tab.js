// Only one briefing is audible at a time, over all tabs of a site.

const CHANNEL = "news-briefing";

const attached = new WeakSet();
// The audible briefings of this tab.
const audible = new Set();
let channel;

// Pauses an element when a briefing in another tab becomes audible, and the other way round. A briefing that
// plays in silence, as one does whose recording cannot be played, disturbs nobody.
export function pauseOtherTabs(element) {
  const announce = () => {
    if (element.shadowRoot.querySelector("[part=player]")?.dataset.sound === "silence") return;
    // A removed element no longer fires `pause`.
    for (const other of audible) if (!other.isConnected) audible.delete(other);
    audible.add(element);
    channel ??= open();
    channel.postMessage("play");
  };
  if (!attached.has(element)) {
    element.addEventListener("play", announce);
    element.addEventListener("pause", () => audible.delete(element));
  }
  attached.add(element);
  if (!element.paused) announce();
}

function open() {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", () => {
    for (const element of audible) element.pause();
    audible.clear();
  });
  return channel;
}
