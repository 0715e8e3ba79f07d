// Lights the word that is heard, where the times of a recording tell, or the voice that reads aloud, and goes to a word of
// the current passage that is pressed. It comes once what may tell is played.
//
// Words are lit by the Custom Highlight API: nothing of the tree changes. They are those of the data, found in what
// stands on the page; which passage is current is told by the page as well.

import { layWords } from "./highlight/lay_words.js";
import { SAME_RECORDING } from "./recording/same_recording.js";
import { adopted } from "./stylesheet.js";

// What stylesheets call the word.
const NAME = "news-briefing-word";

const STYLES = `::highlight(${NAME}) {
  background-color: color-mix(in srgb, var(--accent) 20%, transparent);
  text-decoration: underline 2px;
}
@media (forced-colors: active) { ::highlight(${NAME}) { background-color: Highlight; color: HighlightText; } }`;

const followed = new WeakSet();

// Follows an element, as long as there is one. `own` has the `data` that it shows.
export function follow(element, own) {
  if (followed.has(element) || !globalThis.CSS?.highlights) return;
  followed.add(element);
  const words = new Words(element, own);
  for (const type of ["play", "pause", "seeked", "ended", "briefing-load", "briefing-progress"]) {
    element.addEventListener(type, words.light);
  }
  element.addEventListener("click", (event) => words.press(event));
  words.light();
}

class Words {
  #element;
  #own;
  #data;
  // In seconds: between which times nothing but the word changes.
  #from = 0;
  #to = 0;
  // The element of the passage that is current, and of its words when each begins, and its range.
  #passage;
  #segment;
  #words = [];
  // What a voice says: its text, the passage, and where each word of it begins, with its range.
  #said;
  #lit;
  #frame;
  #highlight = new Highlight();
  #sheet;

  constructor(element, own) {
    this.#element = element;
    this.#own = own;
  }

  // Lights the word that is heard now, and while it plays the next ones.
  light = () => {
    const { paused, shadowRoot } = this.#element;
    cancelAnimationFrame(this.#frame);
    if (!paused) this.#frame = requestAnimationFrame(this.light);
    const said = paused ? undefined : this.#own.voice?.heard;
    if (said) return this.#show(this.#wordSaid(said));
    // Silence has other times.
    const isHeard = paused || shadowRoot.querySelector("audio")?.paused === false;
    const time = isHeard ? this.#element.currentTime / this.#scale : NaN;
    if (this.#data !== this.#own.data || !(this.#from <= time && time < this.#to)) this.#enter(time);
    this.#show(this.#words.findLast(([start]) => start <= time)?.[1]);
  };

  // The word of the current passage that a voice says.
  #wordSaid({ text, at }) {
    const passage = this.#element.shadowRoot.querySelector("[aria-current]:not(a)");
    if (this.#said?.text !== text || this.#said.passage !== passage) {
      const words = passage ? layWords(wordsOf(text, this.#own.data.lang), passage) : [];
      this.#said = { text, passage, words };
      // Those of a recording are looked for anew.
      this.#data = undefined;
    }
    return this.#said.words.findLast(([start]) => start <= at)?.[1];
  }

  // Goes to the word of the current passage that an event points at.
  press(event) {
    const { clientX: x, clientY: y } = event;
    const [target] = event.composedPath();
    const { voice } = this.#own;
    const isSaid = !this.#element.paused && voice?.heard;
    const [passage, words] = isSaid ? [this.#said?.passage, this.#said?.words] : [this.#passage, this.#words];
    if (event.defaultPrevented || !passage?.contains(target) || target.closest("a, button, summary")) return;
    const root = this.#element.shadowRoot;
    if (!(root.getSelection?.() ?? getSelection()).isCollapsed) return;
    const holds = ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom;
    const [start] = words.find(([, range]) => Array.from(range.getClientRects()).some(holds)) ?? [];
    if (start !== undefined) this.#element.currentTime = isSaid ? voice.timeAt(start) : start * this.#scale;
  }

  // How many seconds the recording takes for one of the article; not a number where nobody knows what is said when.
  get #scale() {
    const scale = this.#element.duration / this.#own.data?.audio?.duration;
    if (Number.isNaN(scale)) return 1;
    return Math.abs(scale - 1) <= SAME_RECORDING ? scale : NaN;
  }

  // Finds the words of the passage at a time.
  #enter(time) {
    this.#data = this.#own.data;
    this.#from = this.#to = 0;
    this.#words = [];
    const segments = this.#data?.audio?.segments ?? [];
    const before = segments.filter((segment) => segment?.start <= time);
    const segment = before.reduce((last, other) => (last?.start > other.start ? last : other), undefined);
    const passage = this.#element.shadowRoot.querySelector("[aria-current]:not(a)");
    // It may be marked a moment later.
    if (!segment || !passage || (passage === this.#passage && segment !== this.#segment)) return;
    this.#passage = passage;
    this.#segment = segment;
    this.#from = segment.start;
    this.#to = Math.min(...segments.map((other) => other?.start).filter((start) => start > segment.start), Infinity);
    this.#words = layWords(segment.words, passage);
  }

  #show(range) {
    if (range === this.#lit) return;
    this.#lit = range;
    this.#highlight.clear();
    if (!range) return;
    const { shadowRoot: root, ownerDocument } = this.#element;
    this.#highlight.add(range);
    ownerDocument.defaultView.CSS.highlights.set(NAME, this.#highlight);
    this.#sheet = adopted(root, this.#sheet, STYLES);
  }
}

// The words of a text, each after the character that it begins with.
function wordsOf(text, lang) {
  try {
    const segments = new Intl.Segmenter(lang, { granularity: "word" }).segment(text);
    return Array.from(segments, ({ index, segment }) => [index, segment]);
  } catch {
    return Array.from(text.matchAll(/\S+/g), (word) => [word.index, word[0]]);
  }
}
