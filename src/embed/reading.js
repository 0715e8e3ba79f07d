// Reads what a briefing shows: an article, and the words of the interface in its language. It comes
// while the engine does, so that nothing of it is to be waited for once that is there.

import { Failure } from "./loader/failure.js";
import { fetchText } from "./reading/article.js";
import { painted, turn } from "./reading/painted.js";
import { languageOf, wordsIn } from "./reading/words.js";

// The hashes that `cargo xtask dist` knows of files which only this one asks for.
const KNOWN = typeof HASHES === "undefined" ? {} : HASHES;

// In milliseconds: how long what an article can do without, such as the words of its language, may keep it back
// once it is there. What comes later is put right then.
const GRACE = 1500;

// Begins to read what an element is to show: an article, or, unless it is new, the one that is shown, to be shown
// otherwise. `own` is what script has set and what was read last; `importVerified` imports a script, `wordsAt` tells
// the address of a file of words. Returns what shows it.
export function read(element, own, isNew, { importVerified, wordsAt }, signal) {
  const importKnown = (path) => importVerified(path, "", KNOWN[path]);
  const played = () => {
    importKnown("playing.js").then(({ attach }) => attach(element, own), () => {});
    const hasWords = own.data.audio?.segments?.some?.((segment) => segment?.words);
    // Those of a file may come later, and a voice may tell.
    if (hasWords || own.data.audio?.timings_url || own.voice) importKnown("highlight.js").then(({ follow }) => follow(element, own), () => {});
    if (own.data.next) importKnown("next.js").then(({ attach }) => attach(element, own), () => {});
  };
  element.addEventListener("play", played, { once: true, signal });
  const entered = () => importKnown("keys.js").then(({ attach }) => attach(element, own), () => {});
  if (element.getAttribute("keys") !== "none") element.addEventListener("focusin", entered, { once: true, signal });
  const pressed = (event) => {
    const menu = event.composedPath()[0].closest?.("button[aria-haspopup]");
    // From then on the button opens it. Others are the page's.
    if (menu?.getRootNode() === element.shadowRoot && !menu.popoverTargetElement) importKnown("menu.js").then(({ openMenu }) => openMenu(element, own, menu), () => {});
  };
  element.addEventListener("click", pressed, { signal });
  if (element.hasAttribute("deep-links")) importKnown("deep_links.js").then(({ attach }) => attach(element, own), () => {});
  const keeping = keep(element, own, importVerified);
  const names = element.getAttribute("voice");
  // Without it, as without a voice, all is silent.
  const speech = names === null ? undefined : importKnown("speech.js").catch(() => {});
  // What relative addresses in the article count from.
  const base = resolved(element.getAttribute("src") ?? "", element.baseURI);
  const format = element.getAttribute("format");

  // Completes what events tell of it, where it was in another format.
  let tell;
  const inFormat = async (json) => {
    if (format === "briefing") return asBriefing(json);
    if (format === null && !isOther(json)) return json;
    const { canonical } = await importKnown("adapters.js");
    const converted = await canonical(element, json, base);
    tell = converted.tell;
    return converted.data;
  };
  // The times that a file has for the recording of what is shown. It is asked for without what opens the article.
  const timed = async (embedded, url, duration) => {
    if (!/^https?:/.test(url)) throw new Error("expected an http or https URL");
    const [text, { timed }] = await Promise.all([fetchText(url, {}, signal), importKnown("timings.js")]);
    const { problems, ...audio } = await timed(embedded.passages(), text, duration);
    element.problems.push(...problems);
    return audio;
  };
  // What plays a recording may ask for the article once more: its address may hold for some time only.
  const again = async () =>
    inFormat(jsonAtHand(element, own.article) ?? (await fetched(element, own.article, base, signal)));
  // What plays the recording of an article, if that has one; what has begun to play goes on.
  const recordingOf = async (data) => {
    if (!data?.audio?.sources?.length) return;
    if (!isNew && own.recording) return own.recording;
    try {
      const { Recording } = await importKnown("recording.js");
      return new Recording(() => own.again(), base);
    } catch {}
  };

  let { json, data } = own;
  let isThere = !isNew;
  const reading = (async () => {
    // What is at hand is there at once, and so is its language.
    if (isNew) json = jsonAtHand(element, own.article);
    if (json === undefined) json = await fetched(element, own.article, base, signal);
    if (isNew || format !== own.format) data = await inFormat(json);
  })();
  const arrive = () => (isThere = true);
  reading.then(arrive, arrive);
  // While nothing is known of the article.
  const first = wordsIn(languageOf(element, json), wordsAt);

  return async (embedded) => {
    const speak = ({ words, language }) =>
      embedded.setWords({ ...words, ...element.constructor.words, ...element.words }, language);
    const wait = () => {
      speak(first);
      embedded.loading();
    };
    // Where all is there already, nobody needs to see the shape of an article.
    if (isNew && !(isThere && first.isHere)) wait();
    first.coming?.then(() => isThere || signal.aborted || wait());
    try {
      await reading;
    } catch (failure) {
      await soon(first.coming);
      if (isNew && !signal.aborted) speak(first);
      throw failure;
    }
    const language = languageOf(element, data);
    const wording = wordsIn(language, wordsAt);
    const inLanguage = data?.lang || language;
    const voiceOf = `${names} ${inLanguage}`;
    // A voice that has begun to speak goes on.
    const voicing = own.voiceOf === voiceOf ? own.voice : speech?.then((speech) => speech?.speechIn(inLanguage, names));
    const playing = recordingOf(data);
    let [voice, recording] = await Promise.all([voicing, playing, wording.coming, keeping].map(soon));
    if (signal.aborted) return;
    // Words that do not come leave those that are there.
    let spoken = wording.isHere || isNew ? wording : own.spoken;
    const word = (key) => embedded.word(key);
    const leadTo = (id) => embedded.leadTo(id);
    const prepare = () => {
      Object.assign(own, { json, data, format, tell, spoken, voice, voiceOf, recording, again, signal, word, leadTo, base: base ?? element.baseURI });
      speak(spoken);
      Object.assign(embedded, { voice, recording });
    };
    const change = () => {
      if (signal.aborted) return;
      prepare();
      embedded.change(data, spoken.language, own.base);
    };
    const lay = async () => {
      const { timings_url: timings, segments, duration } = data?.audio ?? {};
      if (!timings || segments || own.untimed === data) return;
      try {
        data = { ...data, audio: { ...data.audio, ...(await timed(embedded, resolved(timings, own.base), duration)) } };
        change();
      } catch ({ message }) {
        if (signal.aborted) return;
        own.untimed = data;
        element.problems.push({ path: "audio.timings_url", severity: "warning", message });
      }
    };
    if (isNew) {
      prepare();
      // What was pressed before there was script.
      if (element.shadowRoot.querySelector(".pressed:popover-open")) element.play();
      element.addEventListener("briefing-load", lay, { once: true, signal });
      await show(element, embedded, { data, language, base: own.base }, signal);
    } else {
      change();
      // They may have been on their way when what is shown was to be shown otherwise.
      lay();
    }
    if (!wording.isHere) {
      wording.coming.then(() => {
        spoken = wording;
        if (wording.isHere) change();
      });
    }
    // What somebody has begun to read in silence goes on in silence.
    const isUntouched = () => element.paused && element.currentTime === 0;
    if (!voice && voicing) {
      voicing.then((late) => {
        voice = late;
        if (late && isUntouched()) change();
      });
    }
    if (!recording) {
      playing.then((late) => {
        recording = late;
        if (late && isUntouched()) change();
      });
    }
  };
}

// Waits for something, but not for long.
async function soon(coming) {
  let timer;
  const end = new Promise((resolve) => (timer = setTimeout(resolve, GRACE)));
  try {
    return await Promise.race([coming, end]);
  } finally {
    clearTimeout(timer);
  }
}

// Brings what keeps things for the next visit, where the page wants that. Without it nothing is kept.
export async function keep(element, own, importVerified) {
  if (!/session|local/.test(element.getAttribute("persist"))) return;
  try {
    own.kept = (await importVerified("persist.js")).keep(element);
  } catch {}
}

// The article that script has set, or that stands inside the element, if one does.
function jsonAtHand(element, article) {
  if (article != null) {
    // A copy, as plain as if it had come as text: what JSON has not, such as an object inside itself
    // or a getter that throws, fails here and goes no further.
    return parsed(() => JSON.parse(JSON.stringify(article)), "the article set by script");
  }
  const inside = element.querySelector(':scope > script[type="application/json"]');
  if (inside) return parsed(() => JSON.parse(inside.textContent), "the JSON inside the element");
}

// The article from `src`.
async function fetched(element, article, base, signal) {
  const source = element.getAttribute("src");
  if (source === null) {
    // An application that waits for its data sets another article, which takes the place of this loading.
    if (article === null) return new Promise(() => {});
    throw new Failure("source", "the element has neither src nor an article");
  }
  if (!base) throw new Failure("source", `${source} is no address, from ${element.baseURI}`);
  const { headers } = element;
  const [credentials, timeout] = ["credentials", "timeout"].map((name) => element.getAttribute(name));
  const text = await fetchText(base, { credentials, headers, timeout }, signal);
  return parsed(() => JSON.parse(text), source);
}

// An address, from that of the page; nothing where it is none, or nothing can be resolved against the page's.
function resolved(address, base) {
  try {
    return new URL(address, base).href;
  } catch {}
}

// The data as canonical JSON, where the page says that it is that.
function asBriefing(data) {
  const isObject = data && typeof data === "object" && !Array.isArray(data);
  return isObject ? { version: "1.0", ...data, format: "briefing" } : data;
}

// Whether the data may be what some CMS sends.
const isOther = (data) => data && typeof data === "object" && data.format !== "briefing";

// What comes of making JSON, or the failure to.
function parsed(make, source) {
  try {
    return make();
  } catch ({ message }) {
    throw new Failure("json", `${source} is not JSON: ${message}`);
  }
}

// In milliseconds: how long a page may be busy with a slice of an article, drawn and laid out; more the more
// there is, since some of it is done for all that stands.
const SLICE = 35;
// The elements of a slice, at first and at least; and how many times as many the next one may have.
const FEWEST = 400;
const GROWTH = 2;

// Shows an article; of a long one the first screenful first, and the rest in slices between which the page
// is responsive.
async function show(element, embedded, { data, language, base }, signal) {
  if (!embedded.firstScreen(data, language, base)) return embedded.show(data, language, base);
  await painted();
  if (signal.aborted) return;
  embedded.begin(data, language, base);
  let elements = FEWEST;
  for (let all = 0; ; ) {
    const begun = performance.now();
    const hasDrawn = embedded.advance(elements);
    if (hasDrawn === undefined) return;
    if (hasDrawn) {
      // Laid out at once: to wait for the next picture, which would be, takes up to a frame for each slice, in which
      // nothing is done.
      void element.offsetHeight;
      const busy = performance.now() - begun;
      all += elements;
      // Never so few that the number of slices grows with the article.
      elements = Math.max(elements * Math.min((SLICE + all / 1000) / busy, GROWTH), FEWEST, all / 10);
    }
    await turn();
    if (signal.aborted) return;
  }
}
