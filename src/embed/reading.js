// Reads what a briefing shows: an article, and the interface strings in its language. This runs while the
// engine loads, so that nothing of it delays the article once the engine is there.

import { Failure } from "./loader/failure.js";
import { fetchText } from "./reading/article.js";
import { fetchChunk } from "./reading/chunks.js";
import { mayMention } from "./reading/mentions.js";
import { languageOf, wordsIn } from "./reading/words.js";

// The hashes that `cargo xtask dist` inserts for files that only this script requests, and that of all `words`
// together.
const KNOWN = typeof HASHES === "undefined" ? {} : HASHES;

const PERSIST = "persist.js";
// The chunk of the engine that turns mentions into citations.
const MENTIONS = "wasm/mentions.wasm";
// The number of blocks from which on an article is shown step by step.
const MIN_LONG_BLOCKS = 400;

// In milliseconds: how long optional parts, such as the interface strings of its language, may delay a loaded
// article. Parts that arrive later are applied when they do.
const GRACE = 1500;

// Begins to read what an element is to show: an article, or, unless `isNew`, the shown article to be redrawn.
// `own` holds what script has set and what was read last; `importVerified` imports a script, `beside` returns the
// URL of a file, and `whenRunning` the engine. Returns a function that shows the result.
export function read(element, own, isNew, importVerified, beside, signal, whenRunning) {
  // Several attributes that are set in one task begin several loads.
  signal.throwIfAborted();
  // A `src` that was set later takes precedence over JSON inside the element.
  const isBySrc = own.latest === "src" && element.hasAttribute("src");
  const importKnown = (path) => importVerified(path, "", KNOWN[path]);
  const wordsAt = (file) => beside(`words/${file}.json`, KNOWN.words);
  // Resolves to a chunk of the engine, or, in development, where the engine is whole, to true.
  const loadChunk = async (path, integrity) => !integrity || fetchChunk(beside(path, integrity), integrity);
  // Imports a script and, as `chunk`, the chunk of the engine that it needs.
  const importWithChunk = async (path) => {
    const script = await importKnown(path);
    return { ...script, chunk: await loadChunk(script.CHUNK, script.INTEGRITY) };
  };
  // Loads scripts with the first event of a type, or with a later one if they fail to load.
  const loadOn = (type, load) => {
    const onEvent = () => void load().catch(() => loadOn(type, load));
    element.addEventListener(type, onEvent, { once: true, signal });
  };
  const attach = (path) => importKnown(path).then(({ attach }) => attach(element, own, importVerified));
  loadOn("play", () => attach("playing.js"));
  const loadKeys = () => attach("keys.js");
  if (element.getAttribute("keys") !== "none") loadOn("focusin", loadKeys);
  const onClick = (event) => {
    const menu = event.composedPath()[0].closest?.("button[aria-haspopup]");
    // After that the button opens the menu by itself. Buttons outside the shadow root belong to the host
    // page.
    if (menu?.getRootNode() === element.shadowRoot && !menu.popoverTargetElement) importKnown("menu.js").then(({ openMenu }) => openMenu(element, own, menu), () => {});
  };
  element.addEventListener("click", onClick, { signal });
  if (element.hasAttribute("deep-links")) attach("deep_links.js").catch(() => {});
  const keepPromise = keep(element, own, importVerified);
  const names = element.getAttribute("voice");
  // Without this script, as without a voice, nothing is read aloud.
  const speech = names === null ? undefined : importKnown("speech.js").catch(() => {});
  // The base of relative addresses in the article.
  const base = isNew ? resolved(element.getAttribute("src") ?? "", own.baseURI) : own.base;
  const format = element.getAttribute("format");

  // Completes event details if the article was in another format.
  let completeDetail;
  const inFormat = async (json) => {
    if (format === "briefing") return asBriefing(json);
    if (format === null && !isOther(json)) return json;
    const { canonical } = await importKnown("adapters.js");
    const converted = await canonical(element, json, base, whenRunning);
    completeDetail = converted.completeDetail;
    return converted.data;
  };
  // Fetches a file of timings for the recording of the shown article. The request carries none of the
  // credentials or headers that the article needs.
  const timed = async (embedded, url, duration) => {
    if (!/^https?:/.test(url)) throw new Error("expected an http or https URL");
    const [text, { timed }] = await Promise.all([fetchText(url, {}, signal), importKnown("timings.js")]);
    const { problems, ...audio } = await timed(embedded.passages(), text, duration);
    element.problems.push(...problems);
    return audio;
  };
  // A recording may fetch the article once more: its URL may be valid for some time only.
  const refetch = async () =>
    inFormat(localJson(element, own.article, isBySrc) ?? (await fetchJson(element, own.article, base, signal)));
  // Returns the player of an article's recording, if it has one; a player that is in use is kept.
  const recordingOf = async (data) => {
    if (!data?.audio?.sources?.length) return;
    if (!isNew && own.recording) return own.recording;
    try {
      const { Recording } = await importKnown("recording.js");
      return new Recording(() => own.refetch(), base);
    } catch {}
  };

  let { json, data } = own;
  let isLoaded = !isNew;
  const reading = (async () => {
    // An article set by script or inside the element is available at once, and so is its language.
    if (isNew) json = localJson(element, own.article, isBySrc);
    if (json === undefined) json = await fetchJson(element, own.article, base, signal);
    if (isNew || format !== own.format) data = await inFormat(json);
  })();
  const markLoaded = () => (isLoaded = true);
  reading.then(markLoaded, markLoaded);
  // Without this chunk, as without mentions, there are only the citations by markers.
  const mentionsPromise = reading.then(() => mayMention(data) && loadChunk(MENTIONS, KNOWN[MENTIONS])).catch(() => {});
  // Without this script, a long article is shown in one go.
  const longPromise = reading.then(() => isNew && Array.isArray(data?.body) && data.body.length >= MIN_LONG_BLOCKS && importWithChunk("long_article.js")).catch(() => {});
  // The interface strings to use while nothing is known of the article.
  const initialWording = wordsIn(languageOf(element, json), wordsAt);

  // `link` adds a chunk to the engine.
  return async (embedded, link) => {
    const setWords = ({ words, language }) =>
      embedded.setWords({ ...words, ...element.constructor.words, ...element.words }, language);
    const showLoading = () => {
      setWords(initialWording);
      embedded.loading();
    };
    // If everything is available already, there is no need for a loading state.
    if (isNew && !(isLoaded && initialWording.isReady)) showLoading();
    initialWording.loading?.then(() => isLoaded || signal.aborted || showLoading());
    try {
      await reading;
    } catch (failure) {
      await withinGrace(initialWording.loading);
      if (isNew && !signal.aborted) setWords(initialWording);
      throw failure;
    }
    const language = languageOf(element, data);
    const wording = wordsIn(language, wordsAt);
    const articleLanguage = data?.lang || language;
    const voiceKey = `${names} ${articleLanguage}`;
    // A voice for the same language and names is kept, as it may be speaking.
    const voicePromise = own.voiceKey === voiceKey ? own.voice : speech?.then((speech) => speech?.speechIn(articleLanguage, names));
    const recordingPromise = recordingOf(data);
    // A prerendered briefing shows its interface strings and mentions already, and is hydrated with the same.
    const isPrerendered = !own.data && element.shadowRoot.querySelector("[part=title]");
    const asLongAsItTakes = (promise) => promise;
    let [long, voice, recording, , mentions] = await Promise.all([
      ...[longPromise, voicePromise, recordingPromise, keepPromise].map(withinGrace),
      ...[mentionsPromise, wording.loading].map(isPrerendered ? asLongAsItTakes : withinGrace),
    ]);
    if (signal.aborted) return;
    // If the interface strings do not load, the current ones are kept.
    let spoken = wording.isReady || isNew ? wording : own.spoken;
    const word = (key) => embedded.word(key);
    const scrollToPassage = (id) => embedded.scrollToPassage(id);
    // Tells the other scripts what is shown: the article as `json` was and as canonical `data`, `spoken` interface
    // strings, the `voice` that reads it aloud and what that was chosen for, the `recording`, and the `signal` that
    // aborts with the loading that the article is shown for.
    const prepare = () => {
      Object.assign(own, { json, data, format, completeDetail, spoken, voice, voiceKey, recording, refetch, signal, word, scrollToPassage, loadKeys, base: base ?? own.baseURI });
      setWords(spoken);
      Object.assign(embedded, { voice, recording });
    };
    const linkMentions = () => {
      if (!mentions) return;
      link?.(mentions);
      embedded.linkMentions();
    };
    const begin = (article, language) => embedded.begin(article, language, own.base);
    const importRedraw = async () => {
      const { morph, chunk } = await importWithChunk("redraw.js");
      // Otherwise the engine may be another one by now.
      if (!signal.aborted) link?.(chunk);
      return morph;
    };
    const change = (morph) => {
      if (signal.aborted) return;
      prepare();
      begin(data, spoken.language);
      linkMentions();
      embedded.change(morph);
    };
    // Without the script, what is late is left out.
    const changeLate = () => importRedraw().then(change, () => {});
    const applyTimings = async () => {
      const { timings_url: timings, segments, duration } = data?.audio ?? {};
      if (!timings || segments || own.untimed === data) return;
      try {
        const morph = await importRedraw();
        data = { ...data, audio: { ...data.audio, ...(await timed(embedded, resolved(timings, own.base), duration)) } };
        change(morph);
      } catch ({ message }) {
        if (signal.aborted) return;
        own.untimed = data;
        element.problems.push({ path: "audio.timings_url", severity: "warning", message });
      }
    };
    if (isNew) {
      prepare();
      // A play button of the prerendered briefing that was pressed before any script ran.
      if (element.shadowRoot.querySelector(".pressed:popover-open")) element.play();
      element.addEventListener("briefing-load", applyTimings, { once: true, signal });
      // A prerendered briefing shows all of it already.
      if (long && !isPrerendered) {
        link?.(long.chunk);
        await long.show(element, embedded, { data, begin: (article) => begin(article, language), linkMentions }, signal);
      } else {
        begin(data, language);
        linkMentions();
        while (embedded.advance());
      }
    } else {
      change(await importRedraw());
      // The timings may still have been loading when this redraw was requested.
      applyTimings();
    }
    if (!wording.isReady) {
      wording.loading.then(() => {
        spoken = wording;
        if (wording.isReady) changeLate();
      });
    }
    // A reader who has begun to play without sound continues without sound.
    const isUntouched = () => element.paused && element.currentTime === 0;
    if (!voice && voicePromise) {
      voicePromise.then((late) => {
        voice = late;
        if (late && isUntouched()) changeLate();
      });
    }
    if (!recording) {
      recordingPromise.then((late) => {
        recording = late;
        if (late && isUntouched()) changeLate();
      });
    }
    if (!mentions) {
      mentionsPromise.then((late) => {
        mentions = late;
        if (late) changeLate();
      });
    }
  };
}

// Waits for a promise, but for no longer than `GRACE`.
async function withinGrace(promise) {
  let timer;
  const end = new Promise((resolve) => (timer = setTimeout(resolve, GRACE)));
  try {
    return await Promise.race([promise, end]);
  } finally {
    clearTimeout(timer);
  }
}

// Loads the script that keeps things for the next visit, if the host page wants that. If it fails to load,
// nothing is kept.
export async function keep(element, own, importVerified) {
  if (!/session|local/.test(element.getAttribute("persist"))) return;
  try {
    own.kept = (await importVerified(PERSIST, "", KNOWN[PERSIST])).keep(element);
  } catch {}
}

// Returns the article that script has set, or else that the element contains, if any, unless `isBySrc`.
function localJson(element, article, isBySrc) {
  if (article != null) {
    // A plain copy, as if it had been parsed from text: an object that JSON cannot represent, such as one
    // that contains itself or has a getter that throws, fails here.
    return parsed(() => JSON.parse(JSON.stringify(article)), "the article set by script");
  }
  const inside = !isBySrc && element.querySelector(':scope > script[type="application/json"]');
  if (inside) return parsed(() => JSON.parse(inside.textContent), "the JSON inside the element");
}

// Fetches the article from `src`.
async function fetchJson(element, article, base, signal) {
  const source = element.getAttribute("src");
  if (source === null) {
    // An application that set `null` is still waiting for its data: setting an article supersedes this
    // loading.
    if (article === null) return new Promise(() => {});
    throw new Failure("source", "the element has neither src nor an article");
  }
  if (!base) throw new Failure("source", `${source} is not a valid address, relative to ${element.baseURI}`);
  const { headers } = element;
  const [credentials, timeout] = ["credentials", "timeout"].map((name) => element.getAttribute(name));
  const text = await fetchText(base, { credentials, headers, timeout }, signal);
  return parsed(() => JSON.parse(text), source);
}

// Resolves an address against a base; returns undefined if it is invalid or cannot be resolved.
function resolved(address, base) {
  try {
    return new URL(address, base).href;
  } catch {}
}

// Returns the data as canonical JSON, if the host page declares it as such.
function asBriefing(data) {
  const isObject = data && typeof data === "object" && !Array.isArray(data);
  return isObject ? { version: "1.0", ...data, format: "briefing" } : data;
}

// Returns whether the data may be a CMS's format.
const isOther = (data) => data && typeof data === "object" && data.format !== "briefing";

// Returns the result of `make`, or throws a `Failure` that names the source.
function parsed(make, source) {
  try {
    return make();
  } catch ({ message }) {
    throw new Failure("json", `${source} is not JSON: ${message}`);
  }
}
