// Only one briefing is audible at a time, over all tabs of a site.

const CHANNEL = "news-briefing";

const attached = new WeakSet();
// The audible briefings of this tab.
const audible = new Set();
let channel;

// A briefing that plays in silence disturbs nobody, and nobody disturbs it. One whose recording breaks off goes on in
// silence.
const isSilent = (element) => element.shadowRoot.querySelector("[data-sound=silence]");

// Pauses an element when a briefing in another tab becomes audible, and the other way round.
export function pauseOtherTabs(element) {
  const announce = () => {
    if (isSilent(element)) return;
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
    for (const element of audible) if (!isSilent(element)) element.pause();
    audible.clear();
  });
  return channel;
}
