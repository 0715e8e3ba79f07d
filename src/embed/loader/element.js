// The custom element: what a page can ask of a briefing, and what it is told.

import { start, trap, users } from "./engine.js";
import { bring, wordsAt } from "./files.js";

// How near the viewport a briefing has to come to be loaded: some screens of a phone.
const NEAR = "1500px";

// Set before the element was defined, these are still to be had by their setters.
const SETTABLE = ["article", "currentTime", "headers", "playbackRate", "words"];

export class NewsBriefing extends HTMLElement {
  static observedAttributes = ["src", "format", "lang", "loading", "sections", "voice", "persist"];

  static #near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) entry.target.#load();
  }, { rootMargin: NEAR });

  #embedded;
  // Set by script; it comes before what stands inside, and that before `src`.
  #article;
  #headers;
  #words;
  #retrying = false;
  // What is shown.
  #data;
  #problems = [];
  // Ends the loading under way; what arrives later is dropped.
  #loading;
  // What was asked for before there was an article: `play`, `currentTime`, `playbackRate`, `openReference`.
  #wishes = {};
  // Tells what was kept of the article for this visit.
  #kept;

  constructor() {
    super();
    for (const touch of ["pointerdown", "focusin"]) {
      this.addEventListener(touch, () => this.#loading ?? this.#load());
    }
  }

  connectedCallback() {
    for (const name of SETTABLE) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    // In another document it needs another stylesheet.
    this.#embedded?.style();
    if (!this.#loading) this.#begin();
  }

  disconnectedCallback() {
    // An element that is moved comes back at once.
    queueMicrotask(() => {
      if (this.isConnected) return;
      NewsBriefing.#near.unobserve(this);
      this.#loading?.abort();
      this.#loading = undefined;
      users.delete(this.#break);
      this.#embedded?.destroy();
      this.#embedded = undefined;
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (!this.#loading) this.#begin();
    else if (name === "persist") this.#keep();
    else if (name !== "loading") this.#load();
  }

  // Loads at once, or once it comes near the viewport or is touched.
  #begin() {
    if (this.getAttribute("loading") === "eager") this.#load();
    else NewsBriefing.#near.observe(this);
  }

  // Brings what keeps things for the next visit, where the page wants that. Without it nothing is kept.
  async #keep() {
    if (/session|local/.test(this.getAttribute("persist"))) {
      try {
        const { keep } = await bring("persist.js");
        this.#kept = keep(this);
      } catch {}
    }
  }

  #reload() {
    if (this.#loading) this.#load();
  }

  async #load() {
    NewsBriefing.#near.unobserve(this);
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    // All is on its way at once. Whichever fails is told below, but for what is kept.
    const starting = start();
    const reading = bring("reading.js").then(({ read }) => read(this, this.#article, { bring, wordsAt }, signal));
    const keeping = this.#keep();
    let isRead = false;
    reading.then(() => (isRead = true), () => {});
    try {
      const engine = await starting;
      if (signal.aborted) return;
      const embedded = this.#open(engine);
      // Where the article is there already, nobody needs to see the shape of one.
      if (!isRead) embedded.loading();
      const { data, base, language, words, voice } = await reading;
      await keeping;
      if (signal.aborted) return;
      embedded.speak({ ...words, ...(this.words ?? NewsBriefing.words) });
      embedded.voice = voice;
      // Of a long article its beginning comes first.
      await embedded.glance(data, language, base);
      if (signal.aborted) return;
      this.#data = data;
      embedded.show(data, language, base);
    } catch (error) {
      if (signal.aborted || trap({ error })) return;
      this.#data = undefined;
      this.#embedded?.failed();
      this.#fail(error);
    }
  }

  // The reader asked once more, with a button that is about to go.
  #retry() {
    this.#retrying = true;
    this.#load();
  }

  // Brings the focus of a reader who had asked once more to what came of it.
  #receive() {
    if (!this.#retrying) return;
    this.#retrying = false;
    const destination =
      this.shadowRoot?.querySelector("[part=title], .failure button, .failure:not(:has(button))");
    if (destination?.tabIndex < 0) destination.tabIndex = -1;
    destination?.focus({ preventScroll: true });
  }

  // The briefing in the shadow root, made when it is first needed.
  #open(engine) {
    users.add(this.#break);
    return (this.#embedded ??= new engine.Embedded(
      this.shadowRoot ?? this.attachShadow({ mode: "open" }),
      (name, detail) => this.#emit(name, detail),
      () => this.#retry(),
    ));
  }

  // The engine has broken: what the page itself has put here takes the place of what it drew.
  #break = (error) => {
    this.#loading.abort();
    try {
      // As far as it still can, it lets go of its timers.
      this.#embedded.pause();
    } catch {}
    this.#embedded = undefined;
    const root = this.shadowRoot;
    const frame = root.querySelector(".frame");
    if (frame?.parentNode === root) {
      // What was rendered ahead can still be read; what in it takes the engine goes.
      frame.nextSibling?.remove();
      for (const dead of frame.querySelectorAll(".player, .play-link, .timestamp, .fold-all")) dead.remove();
    } else {
      root.replaceChildren(document.createElement("slot"));
    }
    this.#fail(error);
  };

  #fail({ kind = "engine", message, status }) {
    this.#emit("briefing-error", { kind, message, status, problems: [] });
  }

  #emit(name, detail) {
    if (detail?.problems) {
      // The loading has ended, well or not.
      this.#problems = detail.problems;
      // Some of what is told of is drawn only once this task is done.
      setTimeout(() => this.#receive());
      if (name === "briefing-load") this.#grant(this.#kept?.());
    }
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  // Does what was asked for, now or once there is an article.
  #wish(wish) {
    Object.assign(this.#wishes, wish);
    if (this.#embedded?.shown) this.#grant();
    else if (this.isConnected && !this.#loading) this.#load();
  }

  // What was kept counts for less than what the page asks for.
  #grant(kept) {
    const { play, openReference, ...settings } = { ...kept, ...this.#wishes };
    this.#wishes = {};
    Object.assign(this.#embedded, settings);
    if (openReference !== undefined) this.#embedded.openReference(openReference);
    if (play) this.#embedded.play();
    if (play === false) this.#embedded.pause();
  }

  get article() { return this.#article ?? this.#data; }
  set article(article) {
    this.#article = article;
    this.#reload();
  }

  get headers() { return this.#headers; }
  set headers(headers) {
    this.#headers = headers;
    this.#reload();
  }

  get words() { return this.#words; }
  set words(words) {
    this.#words = words;
    this.#reload();
  }

  get problems() { return this.#problems; }
  get paused() { return this.#embedded?.paused ?? true; }
  get ended() { return this.#embedded?.ended ?? false; }
  get duration() { return this.#embedded?.duration ?? NaN; }
  get currentTime() { return this.#wishes.currentTime ?? this.#embedded?.currentTime ?? 0; }
  set currentTime(currentTime) { this.#wish({ currentTime }); }
  get playbackRate() { return this.#wishes.playbackRate ?? this.#embedded?.playbackRate ?? 1; }
  set playbackRate(playbackRate) { this.#wish({ playbackRate }); }

  // These ask for something now: away from any page they do nothing.
  play() { if (this.isConnected) this.#wish({ play: true }); }
  pause() { if (this.isConnected) this.#wish({ play: false }); }
  openReference(id) { if (this.isConnected) this.#wish({ openReference: id }); }
}
