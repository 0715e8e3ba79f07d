// Reads an article aloud, with a voice of the reader's device. Loaded only if an element has the attribute
// `voice`.
//
// Browsers keep their promises about speech badly. Known defects are worked around here: each sentence is an
// utterance of its own, since long utterances break off; pausing cancels the utterance, and resuming starts
// the sentence again, since a paused voice may never resume; and silence that lasts too long is reported as a
// failure.

import { ENDED, INTERRUPTED, NOT_ALLOWED, NOT_SUPPORTED, PAUSED, RUNNING, STALLED } from "./clock_state.js";
import { queueTask } from "./reading/painted.js";
import { localeOf } from "./speech/locale.js";

// In milliseconds: how long to wait for the voices of a browser that lists them late.
const VOICES_TIMEOUT = 1000;
// In milliseconds, at rate 1: the silence between two passages, as newsreaders leave one.
const PASSAGE_PAUSE = 500;
// In milliseconds: how long to wait for further seeks. Firefox may lose an utterance that replaces one that
// has not begun.
const SEEK_DEBOUNCE = 150;
// In seconds: times within this distance belong to the same character.
const NEAR = 0.001;
// In seconds: how long a voice may take to begin, and how late it may be with an utterance.
const UTTERANCE_TIMEOUT = 8;

// Names of voices that are better than others on the same device. Samantha is on every Mac; a Mac translates
// the names of its novelty voices into the system's language.
const GOOD_VOICES = /natural|neural|premium|enhanced|siri|google|samantha/i;
// Names of voices that nobody listens to for minutes: novelty voices and the oldest voices of macOS, and
// synthesizers that are made to be small and fast.
const POOR_VOICES =
  /\b(albert|bad ?news|bahh|bells|boing|bubbles|cellos|deranged|good ?news|hysterical|jester|organ|princess|superstar|trinoids|whisper|wobble|zarvox|fred|junior|kathy|ralph|eddy|flo|grandma|grandpa|jacques|reed|rocko|sandy|shelley)\b|eloquence|espeak/i;

const synthesis = globalThis.speechSynthesis;

// Returns the browser's voices; none if it cannot speak.
const voices = () => synthesis?.getVoices() ?? [];
// Resolves when the browser lists voices, which may first be an empty list, or after `VOICES_TIMEOUT`.
const voicesListed = new Promise((resolve) => {
  const check = () => voices().length > 0 && resolve();
  check();
  synthesis?.addEventListener?.("voiceschanged", check);
  setTimeout(resolve, synthesis ? VOICES_TIMEOUT : 0);
});

// What is speaking. It must stop when the reader leaves the host page.
let speaking;
addEventListener("pagehide", () => speaking?.stop());

// Returns a reader for a language; undefined if no voice speaks it. Prefers the first available voice that
// `names` lists, separated by commas; else the best of the voices that send nothing of the article to any
// server.
export async function speechIn(language, names) {
  await voicesListed;
  const locale = localeOf(language);
  const voice = locale && choose(locale, names);
  return voice && new Speech(voice, locale);
}

function choose(locale, names) {
  const able = voices().filter(({ lang }) => localeOf(lang)?.language === locale.language);
  // A name may contain a comma.
  for (const wanted of [names, ...names.split(",")].map((name) => name.trim())) {
    const named = able.find(({ name, voiceURI }) => wanted && [name, voiceURI].includes(wanted));
    if (named) return named;
  }
  const own = able.filter(isOwn);
  const rank = ({ name, voiceURI, lang }) => {
    const description = `${name} ${voiceURI}`;
    return 4 * !POOR_VOICES.test(description) + 2 * (localeOf(lang).region === locale.region) + GOOD_VOICES.test(description);
  };
  const defaults = own.filter((voice) => voice.default);
  // Some browsers mark every voice as the default.
  return defaults.length === 1 ? defaults[0] : own.sort((one, other) => rank(other) - rank(one))[0];
}

// Whether a voice is the device's own. Firefox and WebKitGTK have only local voices, but may mark none of
// them as `localService`; their `voiceURI` identifies them.
const isOwn = ({ localService, voiceURI }) => localService || /^(urn:moz-tts:.*)?$/.test(voiceURI);

class Speech {
  #voice;
  #segmenter;
  // The text of each segment, and the start of each in seconds, followed by the end of the last.
  #texts;
  #times;
  #rate = 1;

  #state = PAUSED;
  // The current utterance: from a character to the end of its sentence, in a segment.
  #utterance;
  #segment;
  #from;
  #to;
  // A generation: a scheduled utterance of an earlier one is dropped.
  #generation = 0;
  // In milliseconds: when the utterance began to be audible, if it has.
  #audibleSince;
  // The last character that the voice is known to have reached, and in milliseconds since when that is known.
  #reached;
  #reachedAt;
  // Whether the voice reports words by `boundary` events: many voices do not.
  #reportsWords = false;
  // The segment and the character that the reader has pointed at, and when it is spoken.
  #clicked;
  // The position, in seconds of the article.
  #time = 0;
  // How many seconds of the article this voice speaks in one second, at rate 1.
  #pace = 1;
  // Whether the voice was ever audible.
  #wasAudible = false;

  constructor(voice, locale) {
    this.#voice = voice;
    this.#segmenter = Intl.Segmenter && new Intl.Segmenter(locale, { granularity: "sentence" });
  }

  prepare(texts, times) {
    this.#texts = texts;
    this.#times = times;
  }

  // Speaks synchronously, since browsers require a user gesture.
  start(at, rate) {
    this.#cancel();
    this.#rate = rate;
    // Other speech on the host page would have to end first.
    if (synthesis.speaking) synthesis.cancel();
    this.#speak(...this.#seekTo(at));
  }

  seek(to) {
    this.#cancel();
    this.#speakLater(SEEK_DEBOUNCE, ...this.#seekTo(to));
  }

  set rate(rate) {
    this.#rate = rate;
    // Between two segments nothing is audible.
    if (!this.#utterance) return;
    this.#cancel();
    this.#speakLater(SEEK_DEBOUNCE, this.#segment, this.#reached);
  }

  stop() {
    this.#cancel();
    this.#state = PAUSED;
  }

  get time() {
    if (this.#audibleSince) {
      const passed = this.#secondsSince(this.#reachedAt) * this.#rate * this.#pace;
      const time = Math.min(this.#timeOf(this.#segment, this.#reached) + passed, this.#timeOf(this.#segment, this.#to));
      // A step back by a word would look like a jump.
      this.#time = Math.max(this.#time, time);
    }
    return this.#time;
  }

  // The text that is being spoken and the current character in it, if the voice reports words.
  get spoken() {
    return this.#utterance && this.#reportsWords ? { text: this.#texts[this.#segment], at: this.#reached } : undefined;
  }

  // Returns when a character of the current text is spoken. A seek to that time begins with this character,
  // not with its sentence.
  timeAt(character) {
    const time = this.#timeOf(this.#segment, character);
    this.#clicked = { time, place: [this.#segment, character] };
    return time;
  }

  // Returns the state of the voice, after failing an utterance that takes too long.
  poll() {
    if (this.#utterance) {
      const left = this.#timeOf(this.#segment, this.#to) - this.#timeOf(this.#segment, this.#reached);
      const longest = UTTERANCE_TIMEOUT + (3 * left) / this.#rate / this.#pace;
      if (this.#secondsSince(this.#reachedAt) > (this.#audibleSince ? longest : UTTERANCE_TIMEOUT)) this.#fail();
    }
    return this.#state;
  }

  // Seeks to a time. Returns the segment and the character to begin with: the start of the sentence spoken
  // then, or the character that the reader pointed at.
  #seekTo(to) {
    // The last of the times is the end of the article.
    const starts = this.#times.slice(0, -1);
    const segment = Math.max(starts.findLastIndex((time) => time <= to), 0);
    this.#time = to;
    this.#state = STALLED;
    const { time, place } = this.#clicked ?? {};
    this.#clicked = undefined;
    if (Math.abs(time - to) < NEAR) return place;
    // Rounding may put the time of a character just before it, or just after.
    const hasBegun = (character) => this.#timeOf(segment, character) < to + NEAR;
    return [segment, this.#sentences(segment).findLast(hasBegun) ?? 0];
  }

  // Calls `#speak` later, unless something else is said first.
  #speakLater(milliseconds, ...place) {
    const generation = (this.#generation += 1);
    const speak = () => generation === this.#generation && this.#speak(...place);
    // In a hidden page browsers throttle timers, but not messages.
    if (milliseconds) setTimeout(speak, milliseconds);
    else queueTask(speak);
  }

  // Speaks a segment from a character to the end of the sentence, then what follows.
  #speak(segment, from) {
    const text = this.#texts[segment];
    if (text === undefined) {
      this.#time = this.#times.at(-1);
      this.#state = ENDED;
      return;
    }
    this.#segment = segment;
    this.#from = this.#reached = from;
    this.#to = this.#sentences(segment).find((start) => start > from) ?? text.length;
    const words = text.slice(from, this.#to);
    // For text without anything to pronounce, some voices never fire `end`.
    if (!/[\p{L}\p{N}]/u.test(words)) return this.#continue();
    const utterance = new SpeechSynthesisUtterance(words);
    Object.assign(utterance, { voice: this.#voice, lang: this.#voice.lang, rate: this.#rate });
    for (const type of ["start", "boundary", "end", "error"]) {
      // A cancelled utterance still ends, later.
      utterance.addEventListener(type, (event) => utterance === this.#utterance && this.#handleEvent(event));
    }
    this.#utterance = utterance;
    this.#reportsWords = false;
    this.#reachedAt = performance.now();
    speaking = this;
    synthesis.resume();
    synthesis.speak(utterance);
  }

  #handleEvent({ type, charIndex, error }) {
    if (type === "error") {
      this.#utterance = this.#audibleSince = undefined;
      // Cancelled by the host page, or by the reader's device.
      if (/^(canceled|interrupted)$/.test(error)) this.#state = PAUSED;
      else if (error === "not-allowed") this.#state = NOT_ALLOWED;
      else this.#fail();
    } else if (type === "end") {
      this.#measure();
      this.#continue();
    } else {
      this.#wasAudible = true;
      this.#state = RUNNING;
      this.#reachedAt = performance.now();
      this.#audibleSince ??= this.#reachedAt;
      if (type !== "boundary") return;
      this.#reportsWords = true;
      this.#reached = Math.min(this.#from + charIndex, this.#to);
    }
  }

  // Measures the pace of the voice on the utterance that has just ended.
  #measure() {
    const seconds = this.#secondsSince(this.#audibleSince);
    const expected = this.#timeOf(this.#segment, this.#to) - this.#timeOf(this.#segment, this.#from);
    const pace = expected / seconds / this.#rate;
    if (seconds > 0.5) this.#pace = (this.#pace + Math.min(Math.max(pace, 0.25), 4)) / 2;
  }

  // Continues after the utterance, but in a later task: in WebKitGTK an utterance that starts within an `end`
  // event never ends.
  #continue() {
    this.#utterance = this.#audibleSince = undefined;
    this.#time = this.#timeOf(this.#segment, this.#to);
    if (this.#to < this.#texts[this.#segment].length) this.#speakLater(0, this.#segment, this.#to);
    else this.#speakLater(PASSAGE_PAUSE / this.#rate, this.#segment + 1, 0);
  }

  #cancel() {
    this.#generation += 1;
    if (!this.#utterance) return;
    this.#utterance = this.#audibleSince = undefined;
    synthesis.cancel();
  }

  #fail() {
    this.#cancel();
    this.#state = this.#wasAudible ? INTERRUPTED : NOT_SUPPORTED;
  }

  // Returns the characters that the sentences of a segment begin with.
  #sentences(segment) {
    const text = this.#texts[segment];
    return Array.from(this.#segmenter?.segment(text) ?? [text], ({ index = 0 }) => index);
  }

  // Returns when a character of a segment is spoken, in seconds of the article.
  #timeOf(segment, character) {
    const [start, end] = this.#times.slice(segment, segment + 2);
    return start + ((end - start) * character) / this.#texts[segment].length;
  }

  #secondsSince(moment) {
    return (performance.now() - moment) / 1000;
  }
}
