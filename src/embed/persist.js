// Keeps for the next visit where the reader stopped listening to an article, their playback rate, and the
// voice they chose for its language, in the storage that the attribute `persist` names. Loaded only if an
// element has that attribute. This script uses the element's public interface alone.

// Everything is kept in one item:
// { "rate": 1.5, "voices": { "de": "Anna" }, "places": [["2026-talks", 73.5], …] }
// The article that was listened to last is at the end.
const KEY = "news-briefing";
// The number of articles to keep; the oldest are dropped first.
const MAX_ARTICLES = 50;
// In characters: no article has a longer name, and storage is small.
const MAX_NAME_LENGTH = 1000;
// In seconds of listening: how much may be lost if the browser crashes.
const SAVE_INTERVAL = 5;

const keepers = new WeakMap();
// The keepers with unwritten changes.
const unsaved = new Set();
addEventListener("pagehide", () => unsaved.forEach((keeper) => keeper.write()));

// Starts to keep what an element's reader does. Returns a function to call when an article has loaded: it
// returns what was kept of the article, as properties to set on the element.
export function keep(briefing) {
  const keeper = keepers.get(briefing) ?? new Keeper(briefing);
  keepers.set(briefing, keeper);
  return () => keeper.recall();
}

class Keeper {
  #briefing;
  #storage;
  // Whether the article has loaded, so that events come from the reader or the host page.
  #isLoaded = false;
  // The article and its name; undefined if the article cannot be distinguished from others.
  #article;
  #name;
  // The reader's position in seconds, and the position that was last written.
  #place = 0;
  #written = 0;

  constructor(briefing) {
    this.#briefing = briefing;
    this.#storage = storageOf(briefing);
    new MutationObserver(() => this.#changeStorage()).observe(briefing, { attributeFilter: ["persist"] });
    for (const type of ["briefing-load", "pause", "ratechange", "seeked", "timeupdate", "voicechange"]) {
      briefing.addEventListener(type, this);
    }
    this.#restore();
  }

  handleEvent({ type, target }) {
    // A briefing may be part of another briefing's fallback.
    if (target !== this.#briefing) return;
    if (type === "briefing-load") this.#begin();
    else if (this.#isLoaded) this.#follow(type);
  }

  #begin() {
    this.#isLoaded = true;
    this.#place = this.#written = this.#briefing.currentTime;
  }

  #follow(type) {
    const { article, currentTime, duration, ended, playbackRate } = this.#briefing;
    if (type === "ratechange") {
      change(this.#storage, (kept) => ({ ...kept, rate: playbackRate }));
      return;
    }
    if (type === "voicechange") {
      const voice = this.#briefing.getAttribute("voice");
      change(this.#storage, (kept) => ({ ...kept, voices: { ...kept.voices, [languageOf(article)]: voice } }));
      return;
    }
    // A removed element, or one that has begun to load another article, no longer reports this article's
    // position.
    if (duration >= 0 && article === this.#article) {
      this.#place = ended || currentTime >= duration ? 0 : currentTime;
    }
    unsaved.add(this);
    if (type !== "timeupdate" || Math.abs(this.#place - this.#written) >= SAVE_INTERVAL) this.write();
  }

  // Writes the reader's position.
  write() {
    unsaved.delete(this);
    this.#written = this.#place;
    if (!this.#name) return;
    change(this.#storage, (kept) => {
      // Setting the place again moves it to the end.
      kept.places.delete(this.#name);
      if (this.#place > 0) kept.places.set(this.#name, this.#place);
      return kept;
    });
  }

  // Returns what was kept of the article that has just loaded.
  recall() {
    // The changes of the previous article.
    if (unsaved.has(this)) this.write();
    this.#isLoaded = false;
    this.#article = this.#briefing.article;
    this.#name = nameOf(this.#briefing);
    const { places, rate, voices } = read(this.#storage);
    const place = places.get(this.#name);
    const voice = voices[languageOf(this.#article)];
    // Only if the host page wants a voice. Setting the attribute redraws the article, so the article loads
    // first.
    if (voice && this.#briefing.hasAttribute("voice")) queueMicrotask(() => this.#briefing.setAttribute("voice", voice));
    const kept = {};
    // A recording may be playing already.
    const { currentTime, duration, paused } = this.#briefing;
    if (place < duration && paused && !currentTime) kept.currentTime = place;
    if (rate) kept.playbackRate = rate;
    return kept;
  }

  // Restores what was kept of an article that loaded before the attribute was set, unless the reader has
  // changed it.
  #restore() {
    if (!(this.#briefing.duration >= 0)) return;
    const { currentTime, playbackRate } = this.recall();
    if (currentTime && this.#briefing.currentTime === 0) this.#briefing.currentTime = currentTime;
    if (playbackRate && this.#briefing.playbackRate === 1) this.#briefing.playbackRate = playbackRate;
    this.#begin();
  }

  // Reacts to a changed attribute: empties the storage that it no longer names, for all articles, and moves
  // the content to the storage that it names now.
  #changeStorage() {
    const before = this.#storage;
    this.#storage = storageOf(this.#briefing);
    if (this.#storage === before) return;
    const moved = read(before);
    change(before, () => ({ places: [] }));
    change(this.#storage, ({ places, rate, voices }) => ({
      places: new Map([...places, ...moved.places]),
      rate: moved.rate ?? rate,
      voices: { ...voices, ...moved.voices },
    }));
    this.#restore();
  }
}

// Returns the storage that the attribute names. There may be none, or none that the host page may use.
function storageOf(briefing) {
  const name = briefing.getAttribute("persist");
  try {
    return /^(session|local)$/.test(name) ? globalThis[`${name}Storage`] : undefined;
  } catch {}
}

// Returns the name of an article: its id, else its URL, else the URL of its JSON.
function nameOf(briefing) {
  try {
    const { id, url } = briefing.article;
    const source = briefing.getAttribute("src");
    const names = [id, url, source && new URL(source, briefing.baseURI).href];
    return names.find((name) => name && typeof name === "string" && name.length <= MAX_NAME_LENGTH);
  } catch {
    // An object that script has set may have getters that throw.
  }
}

// Returns the primary language of an article, up to the first hyphen or underscore; empty if it has none.
function languageOf(article) {
  try {
    return article.lang.split(/[-_]/)[0].toLowerCase();
  } catch {
    return "";
  }
}

// Reads what is kept in a storage. The storage may hold anything; invalid content is ignored.
function read(storage) {
  let kept;
  try {
    kept = JSON.parse(storage.getItem(KEY));
  } catch {}
  const places = Array.isArray(kept?.places) ? kept.places : [];
  const voices = Object.entries(kept?.voices ?? {}).filter(([, voice]) => voice && typeof voice === "string");
  return {
    places: new Map(places.filter((place) => typeof place?.[0] === "string" && isAmount(place[1]))),
    rate: isAmount(kept?.rate) ? kept.rate : undefined,
    voices: Object.fromEntries(voices),
  };
}

// Changes what is kept in a storage, if there is one and it has room.
function change(storage, make) {
  try {
    const { places, rate, voices } = make(read(storage));
    const chosen = Object.keys(voices ?? {}).length > 0 ? voices : undefined;
    const kept = { rate: rate === 1 ? undefined : rate, voices: chosen, places: [...places].slice(-MAX_ARTICLES) };
    if (kept.rate || chosen || kept.places.length > 0) storage.setItem(KEY, JSON.stringify(kept));
    else storage.removeItem(KEY);
  } catch {}
}

const isAmount = (value) => Number.isFinite(value) && value > 0;
