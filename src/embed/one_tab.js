// One briefing sounds at a time, over all tabs of a site. It comes once something sounds.

const CHANNEL = "news-briefing";

const heard = new Set();
let channel;

// Falls silent when a briefing in another tab begins to sound, and the other way round.
export function attach(element) {
  if (!channel) {
    channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener("message", () => {
      for (const element of heard) {
        if (!element.isConnected) heard.delete(element);
        else if (!element.paused) element.pause();
      }
    });
  }
  const tell = () => channel.postMessage("play");
  if (!heard.has(element)) element.addEventListener("play", tell);
  heard.add(element);
  if (!element.paused) tell();
}
