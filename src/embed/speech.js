// Reads an article aloud, with a voice of the reader's device. It comes only where an element has the
// attribute `voice`.
//
// Browsers keep their promises about speech badly. What is known of that is met here: each sentence is an
// utterance of its own, since long ones break off; to pause is to cancel, and to go on is to begin with
// the sentence again, since a paused voice may never come back; and silence that lasts too long is told.

import { ENDED, INTERRUPTED, NOT_ALLOWED, NOT_SUPPORTED, PAUSED, RUNNING, STALLED } from "./clock_state.js";
import { queueTask } from "./reading/painted.js";
import { localeOf } from "./speech/locale.js";

// In milliseconds: how long to wait for the voices of a browser that brings them late.
const VOICES = 1000;
// In milliseconds, at the usual rate: the silence between two passages, as newsreaders leave one.
const PAUSE = 500;
// In milliseconds: how long to wait whether a reader who has gone elsewhere goes on. Firefox may lose what is said
// in the place of what has not begun.
const REST = 150;
// In seconds: times as near to one another are of the same character.
const NEAR = 0.001;
// In seconds: how long a voice may take to begin, and to be late with what it says.
const PATIENCE = 8;

// Voices that are better than others of the same device, as their names tell. Samantha is on every Mac, which names
// its jokes in its own language.
const GOOD = /natural|neural|premium|enhanced|siri|google|samantha/i;
// Those that nobody listens to for minutes: the jokes and the oldest voices of macOS, and synthesizers that are made
// to be small and fast.
const HARD_TO_HEAR =
  /\b(albert|bad ?news|bahh|bells|boing|bubbles|cellos|deranged|good ?news|hysterical|jester|organ|princess|superstar|trinoids|whisper|wobble|zarvox|fred|junior|kathy|ralph|eddy|flo|grandma|grandpa|jacques|reed|rocko|sandy|shelley)\b|eloquence|espeak/i;

const synthesis = globalThis.speechSynthesis;

// The voices there are; none where the browser cannot speak.
const voices = () => synthesis?.getVoices() ?? [];
// Resolves when the browser lists some, which may be after it has listed none, or has had time enough to.
const told = new Promise((resolve) => {
  const look = () => voices().length > 0 && resolve();
  look();
  synthesis?.addEventListener?.("voiceschanged", look);
  setTimeout(resolve, synthesis ? VOICES : 0);
});

// What speaks. On another page it must not go on.
let speaking;
addEventListener("pagehide", () => speaking?.stop());

// What reads aloud in a language; nothing where no voice does. Of the voices that `names` lists, separated by
// commas, it has the first there is; else the best of those that send nothing of the article to any server.
export async function speechIn(language, names) {
  await told;
  const locale = localeOf(language);
  const voice = locale && choose(locale, names);
  return voice && new Speech(voice, locale);
}

function choose(locale, names) {
  const able = voices().filter(({ lang }) => localeOf(lang)?.language === locale.language);
  // A name may have a comma in it.
  for (const wanted of [names, ...names.split(",")].map((name) => name.trim())) {
    const named = able.find(({ name, voiceURI }) => wanted && [name, voiceURI].includes(wanted));
    if (named) return named;
  }
  const own = able.filter(isOwn);
  const rank = ({ name, voiceURI, lang }) => {
    const told = `${name} ${voiceURI}`;
    return 4 * !HARD_TO_HEAR.test(told) + 2 * (localeOf(lang).region === locale.region) + GOOD.test(told);
  };
  const defaults = own.filter((voice) => voice.default);
  // Some browsers call every voice the default.
  return defaults.length === 1 ? defaults[0] : own.sort((one, other) => rank(other) - rank(one))[0];
}

// Whether a voice is the device's own. Firefox and WebKitGTK have no other, but may call none of them local;
// what they have as `voiceURI` tells them apart.
const isOwn = ({ localService, voiceURI }) => localService || /^(urn:moz-tts:.*)?$/.test(voiceURI);

class Speech {
  #voice;
  #segmenter;
  // The words of each segment, and when each begins, in seconds; last, when all ends.
  #texts;
  #times;
  #rate = 1;

  #state = PAUSED;
  // What is being said: from a character on to the end of its sentence, in a segment.
  #utterance;
  #segment;
  #from;
  #to;
  // Which time it speaks: what was to follow another time does not.
  #turn = 0;
  // In milliseconds: when it began to be heard, if it has.
  #begun;
  // The character the voice is known to have come to, and in milliseconds since when that is known.
  #known;
  #since;
  // Whether it tells of what is being said word by word: many voices do not.
  #tells = false;
  // The segment and the character that somebody has pointed at, and when that is said.
  #pointed;
  // In seconds of the article: where it is.
  #time = 0;
  // How many seconds of the article this voice says in one, at the usual rate.
  #pace = 1;
  // Whether it has ever been heard.
  #isHeard = false;

  constructor(voice, locale) {
    this.#voice = voice;
    this.#segmenter = Intl.Segmenter && new Intl.Segmenter(locale, { granularity: "sentence" });
  }

  prepare(texts, times) {
    this.#texts = texts;
    this.#times = times;
  }

  // At once, since browsers want a reader's own doing for it.
  start(at, rate) {
    this.#cancel();
    this.#rate = rate;
    // Whatever else speaks on this page would have to end first.
    if (synthesis.speaking) synthesis.cancel();
    this.#say(...this.#go(at));
  }

  seek(to) {
    this.#cancel();
    this.#sayLater(REST, ...this.#go(to));
  }

  set rate(rate) {
    this.#rate = rate;
    // Between two segments there is nothing to hear of it.
    if (!this.#utterance) return;
    this.#cancel();
    this.#sayLater(REST, this.#segment, this.#known);
  }

  stop() {
    this.#cancel();
    this.#state = PAUSED;
  }

  get time() {
    if (this.#begun) {
      const passed = this.#secondsSince(this.#since) * this.#rate * this.#pace;
      const time = Math.min(this.#timeOf(this.#segment, this.#known) + passed, this.#timeOf(this.#segment, this.#to));
      // Going back by a word would be a jump.
      this.#time = Math.max(this.#time, time);
    }
    return this.#time;
  }

  // Which words it says, and at which character of them it is, where it tells that.
  get heard() {
    return this.#utterance && this.#tells ? { text: this.#texts[this.#segment], at: this.#known } : undefined;
  }

  // When a character of what it says is said. Who goes there then hears that one first, not the sentence it is in.
  timeAt(character) {
    const time = this.#timeOf(this.#segment, character);
    this.#pointed = { time, place: [this.#segment, character] };
    return time;
  }

  // What it is doing, once it has been made sure that it does it.
  look() {
    if (this.#utterance) {
      const left = this.#timeOf(this.#segment, this.#to) - this.#timeOf(this.#segment, this.#known);
      const longest = PATIENCE + (3 * left) / this.#rate / this.#pace;
      if (this.#secondsSince(this.#since) > (this.#begun ? longest : PATIENCE)) this.#fail();
    }
    return this.#state;
  }

  // Goes to a time, and returns the segment and the character that the sentence said there begins with, or where
  // somebody has pointed at.
  #go(to) {
    // The last of the times is the end.
    const starts = this.#times.slice(0, -1);
    const segment = Math.max(starts.findLastIndex((time) => time <= to), 0);
    this.#time = to;
    this.#state = STALLED;
    const { time, place } = this.#pointed ?? {};
    this.#pointed = undefined;
    if (Math.abs(time - to) < NEAR) return place;
    // A time that was made of a character falls just before it, or just behind.
    const hasBegun = (character) => this.#timeOf(segment, character) < to + NEAR;
    return [segment, this.#sentences(segment).findLast(hasBegun) ?? 0];
  }

  // The same as `#say`, unless something else is said before.
  #sayLater(milliseconds, ...place) {
    const turn = (this.#turn += 1);
    const say = () => turn === this.#turn && this.#say(...place);
    // In the background browsers hold timers back, but not this.
    if (milliseconds) setTimeout(say, milliseconds);
    else queueTask(say);
  }

  // Says what stands in a segment from a character on to the end of its sentence, then what follows.
  #say(segment, from) {
    const text = this.#texts[segment];
    if (text === undefined) {
      this.#time = this.#times.at(-1);
      this.#state = ENDED;
      return;
    }
    this.#segment = segment;
    this.#from = this.#known = from;
    this.#to = this.#sentences(segment).find((start) => start > from) ?? text.length;
    const words = text.slice(from, this.#to);
    // Of what cannot be said, some voices never tell that they have said it.
    if (!/[\p{L}\p{N}]/u.test(words)) return this.#goOn();
    const utterance = new SpeechSynthesisUtterance(words);
    Object.assign(utterance, { voice: this.#voice, lang: this.#voice.lang, rate: this.#rate });
    for (const type of ["start", "boundary", "end", "error"]) {
      // One that was cancelled still ends, later.
      utterance.addEventListener(type, (event) => utterance === this.#utterance && this.#hear(event));
    }
    this.#utterance = utterance;
    this.#tells = false;
    this.#since = performance.now();
    speaking = this;
    synthesis.resume();
    synthesis.speak(utterance);
  }

  #hear({ type, charIndex, error }) {
    if (type === "error") {
      this.#utterance = this.#begun = undefined;
      // By the page, or by the reader's device.
      if (/^(canceled|interrupted)$/.test(error)) this.#state = PAUSED;
      else if (error === "not-allowed") this.#state = NOT_ALLOWED;
      else this.#fail();
    } else if (type === "end") {
      this.#measure();
      this.#goOn();
    } else {
      this.#isHeard = true;
      this.#state = RUNNING;
      this.#since = performance.now();
      this.#begun ??= this.#since;
      if (type !== "boundary") return;
      this.#tells = true;
      this.#known = Math.min(this.#from + charIndex, this.#to);
    }
  }

  // Learns how fast the voice is from what it has just said.
  #measure() {
    const seconds = this.#secondsSince(this.#begun);
    const told = this.#timeOf(this.#segment, this.#to) - this.#timeOf(this.#segment, this.#from);
    const pace = told / seconds / this.#rate;
    if (seconds > 0.5) this.#pace = (this.#pace + Math.min(Math.max(pace, 0.25), 4)) / 2;
  }

  // Goes on behind what has been said, but not at once: WebKitGTK never ends what is begun while it tells of an
  // end.
  #goOn() {
    this.#utterance = this.#begun = undefined;
    this.#time = this.#timeOf(this.#segment, this.#to);
    if (this.#to < this.#texts[this.#segment].length) this.#sayLater(0, this.#segment, this.#to);
    else this.#sayLater(PAUSE / this.#rate, this.#segment + 1, 0);
  }

  #cancel() {
    this.#turn += 1;
    if (!this.#utterance) return;
    this.#utterance = this.#begun = undefined;
    synthesis.cancel();
  }

  #fail() {
    this.#cancel();
    this.#state = this.#isHeard ? INTERRUPTED : NOT_SUPPORTED;
  }

  // Where the sentences of a segment begin.
  #sentences(segment) {
    const text = this.#texts[segment];
    return Array.from(this.#segmenter?.segment(text) ?? [text], ({ index = 0 }) => index);
  }

  // When a character of a segment is said, in seconds of the article.
  #timeOf(segment, character) {
    const [start, end] = this.#times.slice(segment, segment + 2);
    return start + ((end - start) * character) / this.#texts[segment].length;
  }

  #secondsSince(moment) {
    return (performance.now() - moment) / 1000;
  }
}
