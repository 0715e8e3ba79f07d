// One briefing sounds at a time, over all tabs of a site.

const CHANNEL = "news-briefing";

const heard = new Set();
let channel;

// Has an element fall silent when a briefing in another tab begins to sound, and the other way round. What is played in
// silence disturbs nobody: `own` tells what is heard of the article that is shown.
export function soundAlone(element, own) {
  const tell = () => {
    if (!own.recording && !own.voice) return;
    channel ??= open();
    channel.postMessage("play");
  };
  if (!heard.has(element)) element.addEventListener("play", tell);
  heard.add(element);
  if (!element.paused) tell();
}

function open() {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", () => {
    for (const element of heard) {
      if (!element.isConnected) heard.delete(element);
      else if (!element.paused) element.pause();
    }
  });
  return channel;
}
