// Keeps for the next visit where its reader has stopped listening to an article, how fast they like it, and which
// voice they have chosen for its language, in the storage that the attribute `persist` names. It comes only where an element has that
// attribute, and it knows of the element no more than every page does.

// All that is kept stands in one item:
// { "rate": 1.5, "voices": { "de": "Anna" }, "places": [["2026-talks", 73.5], …] }, the article listened to last at
// the end.
const KEY = "news-briefing";
// Of so many articles; the oldest go first.
const MOST = 50;
// In characters: nobody calls an article by a longer name, and storage is small.
const LONGEST = 1000;
// In seconds of listening: how much may be lost when the browser comes to a sudden end.
const LOSS = 5;

const keepers = new WeakMap();
// Those that have not written all they know.
const behind = new Set();
addEventListener("pagehide", () => behind.forEach((keeper) => keeper.write()));

// Keeps from now on what an element's reader does. Returns what tells, when an article has come, what
// was kept of it: the properties that the element then is to have.
export function keep(briefing) {
  const keeper = keepers.get(briefing) ?? new Keeper(briefing);
  keepers.set(briefing, keeper);
  return () => keeper.recall();
}

class Keeper {
  #briefing;
  #storage;
  // Whether the article is there, and what happens is the reader's doing, or the page's.
  #there = false;
  // The article, and what it is known by; nothing if it cannot be told from others.
  #article;
  #name;
  // Where its reader is, in seconds, and where they were when that was last written.
  #place = 0;
  #written = 0;

  constructor(briefing) {
    this.#briefing = briefing;
    this.#storage = storageOf(briefing);
    new MutationObserver(() => this.#move()).observe(briefing, { attributeFilter: ["persist"] });
    for (const type of ["briefing-load", "pause", "ratechange", "seeked", "timeupdate", "voicechange"]) {
      briefing.addEventListener(type, this);
    }
    this.#restore();
  }

  handleEvent({ type, target }) {
    // A briefing may stand in the fallback of another.
    if (target !== this.#briefing) return;
    if (type === "briefing-load") this.#begin();
    else if (this.#there) this.#follow(type);
  }

  #begin() {
    this.#there = true;
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
    // One that was taken away, or has begun to load another article, tells nothing of this one's place.
    if (duration >= 0 && article === this.#article) {
      this.#place = ended || currentTime >= duration ? 0 : currentTime;
    }
    behind.add(this);
    if (type !== "timeupdate" || Math.abs(this.#place - this.#written) >= LOSS) this.write();
  }

  // Writes where the reader is.
  write() {
    behind.delete(this);
    this.#written = this.#place;
    if (!this.#name) return;
    change(this.#storage, (kept) => {
      // What is set anew stands at the end.
      kept.places.delete(this.#name);
      if (this.#place > 0) kept.places.set(this.#name, this.#place);
      return kept;
    });
  }

  // What was kept of the article that has just come.
  recall() {
    // Of the one before.
    if (behind.has(this)) this.write();
    this.#there = false;
    this.#article = this.#briefing.article;
    this.#name = nameOf(this.#briefing);
    const { places, rate, voices } = read(this.#storage);
    const place = places.get(this.#name);
    const voice = voices[languageOf(this.#article)];
    // Only where the page wants any. It is not another article, so what is there now is there first.
    if (voice && this.#briefing.hasAttribute("voice")) queueMicrotask(() => this.#briefing.setAttribute("voice", voice));
    const kept = {};
    // A recording may play by now.
    const { currentTime, duration, paused } = this.#briefing;
    if (place < duration && paused && !currentTime) kept.currentTime = place;
    if (rate) kept.playbackRate = rate;
    return kept;
  }

  // Gives an article that was there before the attribute what was kept of it, as far as nobody has
  // touched that.
  #restore() {
    if (!(this.#briefing.duration >= 0)) return;
    const { currentTime, playbackRate } = this.recall();
    if (currentTime && this.#briefing.currentTime === 0) this.#briefing.currentTime = currentTime;
    if (playbackRate && this.#briefing.playbackRate === 1) this.#briefing.playbackRate = playbackRate;
    this.#begin();
  }

  // The attribute is another. In a storage that it no longer names nothing stays, of no article; in one
  // that it names instead all goes on.
  #move() {
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

// The storage that the attribute names. There may be none, or none that this page may use.
function storageOf(briefing) {
  const name = briefing.getAttribute("persist");
  try {
    return /^(session|local)$/.test(name) ? globalThis[`${name}Storage`] : undefined;
  } catch {}
}

// What an article is known by: the name it was given, else its address, else that of its JSON.
function nameOf(briefing) {
  try {
    const { id, url } = briefing.article;
    const source = briefing.getAttribute("src");
    const names = [id, url, source && new URL(source, briefing.baseURI).href];
    return names.find((name) => name && typeof name === "string" && name.length <= LONGEST);
  } catch {
    // An object that script has set can have getters that throw.
  }
}

// The language of an article, without what follows the first hyphen; empty where it has none.
function languageOf(article) {
  try {
    return article.lang.split("-")[0].toLowerCase();
  } catch {
    return "";
  }
}

// What is kept in a storage. It may hold anything: what is nothing of ours counts as nothing.
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

// Changes what is kept in a storage, where there is one and it has room.
function change(storage, make) {
  try {
    const { places, rate, voices } = make(read(storage));
    const chosen = Object.keys(voices ?? {}).length > 0 ? voices : undefined;
    const kept = { rate: rate === 1 ? undefined : rate, voices: chosen, places: [...places].slice(-MOST) };
    if (kept.rate || chosen || kept.places.length > 0) storage.setItem(KEY, JSON.stringify(kept));
    else storage.removeItem(KEY);
  } catch {}
}

const isAmount = (value) => Number.isFinite(value) && value > 0;
