// Shows a long article: the first screenful first, and then the rest in slices, between which the host page can
// respond. Loaded for such an article, with the chunk of the engine that `CHUNK` names.

import { firstScreen } from "./reading/first_screen.js";
import { nextPaint, nextTask } from "./reading/painted.js";

export const CHUNK = "wasm/long_article.wasm";
// The hash that `cargo xtask dist` inserts; in development, the engine is whole.
export const INTEGRITY = typeof HASHES === "undefined" ? undefined : HASHES[CHUNK];

// In milliseconds: how long drawing and laying out a slice of an article may keep the host page busy. The
// limit grows with the article, since part of the work is done for everything that is already drawn.
const SLICE = 25;
// The number of elements in the first slice, which is also the least; and the largest growth from one slice
// to the next.
const MIN_ELEMENTS = 300;
const MAX_GROWTH = 2;

// Shows the article `data`. `begin` gives an article to the engine, and `linkMentions` links the mentions in it.
export async function show(element, embedded, { data, begin, linkMentions }, signal) {
  begin(firstScreen(data));
  linkMentions();
  embedded.firstScreen();
  await nextPaint();
  // Converting all of it, reading it, finding mentions, preparing it, and writing each part of its markup take a task
  // each.
  const advance = () => embedded.advance();
  const write = () => embedded.writePart();
  for (const step of [() => begin(data), advance, advance, linkMentions, advance, write, write, write]) {
    if (signal.aborted) return;
    step();
    await nextTask();
  }
  let elements = MIN_ELEMENTS;
  for (let all = 0; !signal.aborted; await nextTask()) {
    const begun = performance.now();
    if (!embedded.drawSlice(elements)) return advance();
    // Forces layout now: waiting for the next frame, which would lay it out, leaves up to a frame idle for each
    // slice.
    void element.offsetHeight;
    const busy = performance.now() - begun;
    all += elements;
    // A thirtieth of the elements so far at least, so that the number of slices grows only with the article's
    // logarithm.
    elements = Math.max(elements * Math.min((SLICE + all / 2000) / busy, MAX_GROWTH), MIN_ELEMENTS, all / 30);
  }
}
