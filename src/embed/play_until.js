// Pauses a briefing at a time, once, and remembers the reason; the bar shows where that is.

import { adopt } from "./stylesheet.js";

// The part that will not be played is faint, and the time at which playback ends is shown.
const STYLES = `[part=progress][data-until] > :first-child::after {
  content: "";
  position: absolute;
  inset: 0;
  inset-inline-start: var(--until);
  background: var(--paper);
  opacity: 0.75;
}
[part=progress][data-until]::after {
  content: attr(data-until) / "";
  position: absolute;
  inset-block-start: calc(50% + 0.5em);
  inset-inline-start: clamp(0%, var(--until) - 1.5em, 100% - 3em);
  inline-size: 3em;
  text-align: center;
  font-size: 0.8462em;
  pointer-events: none;
}
@media (forced-colors: active) { [part=progress][data-until] > :first-child::after { background: Canvas; opacity: 1; } }`;

// In seconds before the end: from there on the position is checked more often than `timeupdate` fires.
const NEAR = 0.5;
// In seconds: the shortest interval of these checks.
const STEP = 0.02;

// For each element, why it plays until a time, and what cancels that.
const ends = new WeakMap();

// Makes a briefing pause at the time that `getEnd` returns, in seconds; the time may change later. Cancels
// this if `getEnd` is undefined or its time is not before the end of the article. A later call replaces an
// earlier one. The pause is also cancelled by another article, and by a seek beyond it.
export function playUntil(element, getEnd, reason) {
  ends.get(element)?.abortController.abort();
  ends.delete(element);
  if (!(getEnd?.() > element.currentTime && getEnd() < element.duration)) return;
  const { article } = element;
  const abortController = new AbortController();
  const { signal } = abortController;
  ends.set(element, { reason, abortController });
  const removeStyles = adopt(element.shadowRoot, STYLES);
  // A redrawn article has another bar, or other times; a tick alone changes neither, and writes nothing.
  const mark = (end) => {
    const bar = element.shadowRoot.querySelector("[part=progress]");
    if (!bar) return;
    if (end === undefined) return delete bar.dataset.until;
    const share = `${(end / element.duration) * 100}%`;
    if ("until" in bar.dataset && bar.style.getPropertyValue("--until") === share) return;
    bar.dataset.until = clock(end);
    bar.style.setProperty("--until", share);
  };
  mark(getEnd());
  signal.addEventListener("abort", () => {
    mark();
    removeStyles();
  });
  const cancel = () => {
    clearTimeout(timer);
    abortController.abort();
    if (ends.get(element)?.abortController === abortController) ends.delete(element);
  };
  let timer;
  const check = () => {
    clearTimeout(timer);
    if (signal.aborted) return;
    const end = getEnd();
    mark(end);
    if (element.paused) return;
    const left = (end - element.currentTime) / element.playbackRate;
    if (left > NEAR) return;
    if (left > 0) {
      timer = setTimeout(check, Math.max(left, STEP) * 1000);
      return;
    }
    cancel();
    element.pause();
    element.currentTime = end;
  };
  for (const type of ["timeupdate", "play", "durationchange"]) element.addEventListener(type, check, { signal });
  element.addEventListener("seeking", () => element.currentTime > getEnd() && cancel(), { signal });
  // The article may have been shown a moment before `briefing-load` is dispatched.
  element.addEventListener("briefing-load", () => element.article !== article && cancel(), { signal });
}

// Formats a time in seconds as the player does.
const clock = (seconds) => new Date(seconds * 1000).toISOString().slice(seconds < 3600 ? 14 : 11, 19).replace(/^0/, "");

// Returns the reason why a briefing pauses at a time, if it does.
export const pauseReason = (element) => ends.get(element)?.reason;
