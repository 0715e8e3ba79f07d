// Pauses a briefing at a time, once, and knows for whom.

// In seconds before the end, from where on the time is looked at more closely than ticks come.
const NEAR = 0.5;
// In seconds: as often, at most.
const STEP = 0.02;

// What a briefing plays until, by element: why, and what ends the waiting for it.
const ends = new WeakMap();

// Has a briefing pause at a time in seconds, or no longer where that is none. Another one takes its place; so it ends
// with another article, and once its reader has gone beyond.
export function playUntil(element, end, reason) {
  ends.get(element)?.waiting.abort();
  ends.delete(element);
  if (!(end > element.currentTime)) return;
  const { article } = element;
  const waiting = new AbortController();
  const { signal } = waiting;
  ends.set(element, { reason, waiting });
  const leave = () => {
    clearTimeout(timer);
    waiting.abort();
    if (ends.get(element)?.waiting === waiting) ends.delete(element);
  };
  let timer;
  const look = () => {
    clearTimeout(timer);
    if (signal.aborted || element.paused) return;
    const left = (end - element.currentTime) / element.playbackRate;
    if (left > NEAR) return;
    if (left > 0) {
      timer = setTimeout(look, Math.max(left, STEP) * 1000);
      return;
    }
    leave();
    element.pause();
    element.currentTime = end;
  };
  element.addEventListener("timeupdate", look, { signal });
  element.addEventListener("play", look, { signal });
  element.addEventListener("seeking", () => element.currentTime > end && leave(), { signal });
  // It may have been there a moment before that is told.
  element.addEventListener("briefing-load", () => element.article !== article && leave(), { signal });
}

// Why a briefing plays no further than somewhere, if it does.
export const untilWhat = (element) => ends.get(element)?.reason;
