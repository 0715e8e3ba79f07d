// Highlights the word that is spoken, if the times of a recording or the voice that reads aloud report it,
// and seeks to a word of the current passage that is clicked. Loaded once an article that may have these
// times is played.
//
// Words are highlighted by the Custom Highlight API, so the tree does not change. The words come from the
// data and are found in the text on the page; the page also marks the current passage.

import { findWords } from "./highlight/find_words.js";
import { SAME_RECORDING } from "./recording/same_recording.js";
import { adopted } from "./stylesheet.js";

// The name of the highlight in stylesheets.
const NAME = "news-briefing-word";

const STYLES = `::highlight(${NAME}) {
  background-color: color-mix(in srgb, var(--accent) 20%, transparent);
  text-decoration: underline 2px;
}
@media (forced-colors: active) { ::highlight(${NAME}) { background-color: Highlight; color: HighlightText; } }`;

// Elements whose press does something else: opens a source, or unfolds a key point.
const PRESSED = "a, button, summary, .mention, .point:has(+ details)";

const attached = new WeakSet();

// Highlights words in an element for as long as the element lives. `own` has the `data` that it shows.
export function attach(element, own) {
  if (attached.has(element) || !globalThis.CSS?.highlights) return;
  attached.add(element);
  const words = new Words(element, own);
  for (const type of ["play", "pause", "seeked", "ended", "briefing-load", "briefing-progress"]) {
    element.addEventListener(type, words.update);
  }
  element.addEventListener("click", (event) => words.press(event));
  words.update();
}

class Words {
  #element;
  #own;
  #data;
  // In seconds: the interval within which the passage does not change.
  #from = 0;
  #to = 0;
  // The element of the current passage, its segment, and its words, each with its start and its range.
  #passage;
  #segment;
  #words = [];
  // The text that a voice is speaking, its passage, and its words, each with its first character and its
  // range.
  #spoken;
  #highlighted;
  #frame;
  #highlight = new Highlight();
  #sheet;

  constructor(element, own) {
    this.#element = element;
    this.#own = own;
  }

  // Highlights the current word and, while the briefing plays, the words that follow.
  update = () => {
    const { paused, shadowRoot } = this.#element;
    cancelAnimationFrame(this.#frame);
    if (!paused) this.#frame = requestAnimationFrame(this.update);
    const spoken = paused ? undefined : this.#own.voice?.spoken;
    if (spoken) return this.#show(this.#spokenWord(spoken));
    // Silent playback has other times than the recording.
    const isAudible = paused || shadowRoot.querySelector("audio")?.paused === false;
    const time = isAudible ? this.#element.currentTime / this.#scale : NaN;
    if (this.#data !== this.#own.data || !(this.#from <= time && time < this.#to)) this.#enter(time);
    this.#show(this.#words.findLast(([start]) => start <= time)?.[1]);
  };

  // Returns the range of the word that a voice is speaking.
  #spokenWord({ text, at }) {
    const passage = this.#element.shadowRoot.querySelector("[aria-current]:not(a)");
    if (this.#spoken?.text !== text || this.#spoken.passage !== passage) {
      const words = passage ? findWords(wordsOf(text, this.#own.data.lang), passage) : [];
      this.#spoken = { text, passage, words };
      // The words of a recording have to be looked up again.
      this.#data = undefined;
    }
    return this.#spoken.words.findLast(([start]) => start <= at)?.[1];
  }

  // Seeks to the word of the current passage that an event points at.
  press(event) {
    const { clientX: x, clientY: y } = event;
    const [target] = event.composedPath();
    const { voice } = this.#own;
    const usesVoice = !this.#element.paused && voice?.spoken;
    const [passage, words] = usesVoice ? [this.#spoken?.passage, this.#spoken?.words] : [this.#passage, this.#words];
    if (event.defaultPrevented || !passage?.contains(target) || target.closest(PRESSED)) return;
    const root = this.#element.shadowRoot;
    if (!(root.getSelection?.() ?? getSelection()).isCollapsed) return;
    const contains = ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom;
    const [start] = words.find(([, range]) => Array.from(range.getClientRects()).some(contains)) ?? [];
    if (start !== undefined) this.#element.currentTime = usesVoice ? voice.timeAt(start) : start * this.#scale;
  }

  // The recording's duration relative to the stated duration; NaN if they differ so much that the times of
  // words are unreliable.
  get #scale() {
    const scale = this.#element.duration / this.#own.data?.audio?.duration;
    if (Number.isNaN(scale)) return 1;
    return Math.abs(scale - 1) <= SAME_RECORDING ? scale : NaN;
  }

  // Looks up the words of the passage at a time.
  #enter(time) {
    this.#data = this.#own.data;
    this.#from = this.#to = 0;
    this.#words = [];
    const segments = this.#data?.audio?.segments ?? [];
    const before = segments.filter((segment) => segment?.start <= time);
    const segment = before.reduce((last, other) => (last?.start > other.start ? last : other), undefined);
    const passage = this.#element.shadowRoot.querySelector("[aria-current]:not(a)");
    // The passage may be marked a moment later.
    if (!segment || !passage || (passage === this.#passage && segment !== this.#segment)) return;
    this.#passage = passage;
    this.#segment = segment;
    this.#from = segment.start;
    this.#to = Math.min(...segments.map((other) => other?.start).filter((start) => start > segment.start), Infinity);
    this.#words = findWords(segment.words, passage);
  }

  #show(range) {
    if (range === this.#highlighted) return;
    this.#highlighted = range;
    this.#highlight.clear();
    if (!range) return;
    const { shadowRoot: root, ownerDocument } = this.#element;
    this.#highlight.add(range);
    ownerDocument.defaultView.CSS.highlights.set(NAME, this.#highlight);
    this.#sheet = adopted(root, this.#sheet, STYLES);
  }
}

// Returns the words of a text, each with its first character.
function wordsOf(text, lang) {
  try {
    const segments = new Intl.Segmenter(lang, { granularity: "word" }).segment(text);
    return Array.from(segments, ({ index, segment }) => [index, segment]);
  } catch {
    return Array.from(text.matchAll(/\S+/g), (word) => [word.index, word[0]]);
  }
}
