// The custom element: what a page can ask of a briefing, and what it is told.

import { running, start, trap, users } from "./engine.js";
import { importVerified, wordsAt } from "./files.js";

// How near the viewport a briefing has to come to be loaded: some screens of a phone.
const NEAR = "1500px";

// Set before the element was defined, these are still to be had by their setters.
const SETTABLE = ["article", "currentTime", "headers", "playbackRate", "words"];

export class NewsBriefing extends HTMLElement {
  static observedAttributes = ["src", "format", "lang", "loading", "sections", "voice", "persist"];

  static #near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      // What has no box of its own comes near nothing. What is hidden has one once it is shown.
      if (isIntersecting || getComputedStyle(target).display === "contents") target.#load();
    }
  }, { rootMargin: NEAR });

  #embedded;
  // What script has set: `article`, which comes before what stands inside, and that before `src`; `headers`; `words`.
  // And what `reading.js` has made of it: `data` is what is shown, `kept` tells what was kept of it for this visit,
  // `voice` reads it aloud, `recording` plays its recording, `tell` completes what events tell of it; `signal` is of the
  // loading that it is shown for.
  #own = {};
  #problems = [];
  // Ends the loading under way; what arrives later is dropped.
  #loading;
  // Whether that is still under way: what is asked for then is for what it brings.
  #busy = false;
  // What was asked for before there was an article: `play`, `currentTime`, `playbackRate`, `openReference`.
  #pending = {};

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
      users.delete(this.#break);
      const embedded = this.#embedded;
      this.#loading = this.#embedded = undefined;
      this.#busy = false;
      this.#own.recording?.leave();
      embedded?.destroy();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before !== after) this.#change(name);
  }

  // An attribute or a property is another.
  #change(name) {
    const isShown = this.#embedded?.shown && !this.#busy && !/src|article/.test(name);
    if (!this.#loading) this.isConnected && this.#begin();
    else if (name === "persist") importVerified("reading.js").then(({ keep }) => keep(this, this.#own, importVerified), () => {});
    // What is shown is not fetched again.
    else if (name !== "loading" && !(isShown && name === "headers")) this.#load(!isShown);
  }

  // Loads at once, or once it comes near the viewport or is touched.
  #begin() {
    // What is still on its way may have more of it to bring.
    if (document.readyState === "loading") return addEventListener("DOMContentLoaded", () => this.isConnected && this.#begin(), { once: true });
    if (this.getAttribute("loading") === "eager") return this.#load();
    // In another document WebKit no longer sees what it observed in the one before.
    NewsBriefing.#near.unobserve(this);
    NewsBriefing.#near.observe(this);
  }

  // Loads an article, or shows the one that is there as it is asked for now.
  async #load(isNew = true) {
    NewsBriefing.#near.unobserve(this);
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    this.#busy = isNew;
    // All is on its way at once. Whichever fails is told below.
    const reading = importVerified("reading.js").then(({ read }) => read(this, this.#own, isNew, { importVerified, wordsAt }, signal));
    reading.catch(() => {});
    try {
      do await start(); while (!running);
      if (signal.aborted) return;
      const embedded = this.#open();
      await (await reading)(embedded);
    } catch (error) {
      if (signal.aborted || trap({ error })) return;
      if (isNew) {
        this.#own.data = undefined;
        this.#embedded?.failed();
        // What was rendered ahead keeps no room for what does not come.
        this.shadowRoot?.querySelector(".frame")?.toggleAttribute("data-failed", true);
      }
      this.#fail(error);
    }
  }

  // The briefing in the shadow root, made when it is first needed.
  #open() {
    users.add(this.#break);
    return (this.#embedded ??= new running.Embedded(
      this.shadowRoot ?? this.attachShadow({ mode: "open" }),
      (name, detail) => this.#emit(name, detail),
      () => this.#load(),
    ));
  }

  // The engine has broken: what the page itself has put here takes the place of what it drew.
  #break = (error) => {
    this.#loading.abort();
    this.#own.voice?.stop();
    this.#own.recording?.leave();
    this.#embedded = undefined;
    const root = this.shadowRoot;
    const frame = root.querySelector(".frame");
    if (frame?.parentNode === root) {
      // What was rendered ahead can still be read; what in it takes the engine goes.
      frame.nextSibling?.remove();
      for (const dead of frame.querySelectorAll(".slot, .timestamp, .fold-all")) dead.remove();
    } else {
      root.replaceChildren(document.createElement("slot"));
    }
    this.#fail(error);
  };

  #fail({ kind = "engine", message, status }) {
    this.#emit("briefing-error", { kind, message, status, problems: [] });
  }

  #emit(name, detail) {
    const isLoad = name === "briefing-load";
    // Drawn for a loading that another has since taken the place of, it is of no interest any more.
    if (isLoad && this.#own.signal.aborted) return;
    if (detail?.problems) {
      // The loading has ended, well or not.
      this.#busy = false;
      if (detail.format) this.#own.tell?.(detail);
      // What failed leaves what is shown.
      if (isLoad || !this.#embedded?.shown) this.#problems = detail.problems;
      if (isLoad) this.#flush(this.#own.kept?.());
      else this.#pending = {};
    }
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  // Does what was asked for, now or once there is an article.
  #request(request) {
    Object.assign(this.#pending, request);
    if (this.#busy) return;
    if (this.#embedded?.shown) this.#flush();
    else if (this.isConnected && !this.#loading) this.#load();
  }

  // What was kept counts for less than what the page asks for.
  #flush(kept) {
    const { play, openReference, ...settings } = { ...kept, ...this.#pending };
    this.#pending = {};
    Object.assign(this.#embedded, settings);
    if (openReference !== undefined) this.#embedded.openReference(openReference);
    if (play) this.#embedded.play();
    if (play === false) this.#embedded.pause();
  }

  get article() { return this.#own.article ?? this.#own.data; }
  set article(article) { this.#set("article", article ?? null); }
  get headers() { return this.#own.headers; }
  set headers(headers) { this.#set("headers", headers); }
  get words() { return this.#own.words; }
  set words(words) { this.#set("words", words); }

  #set(name, value) {
    this.#own[name] = value;
    this.#change(name);
  }

  get problems() { return this.#problems; }
  get paused() { return this.#embedded?.paused ?? true; }
  get ended() { return this.#embedded?.ended ?? false; }
  get duration() { return this.#embedded?.duration ?? NaN; }
  get currentTime() { return this.#pending.currentTime ?? this.#embedded?.currentTime ?? 0; }
  set currentTime(currentTime) { this.#request({ currentTime: +currentTime }); }
  get playbackRate() { return this.#pending.playbackRate ?? this.#embedded?.playbackRate ?? 1; }
  set playbackRate(playbackRate) { this.#request({ playbackRate: +playbackRate }); }

  // These ask for something now: away from any page they do nothing.
  play() { if (this.isConnected) this.#request({ play: true }); }
  pause() { if (this.isConnected) this.#request({ play: false }); }
  openReference(id) { if (this.isConnected) this.#request({ openReference: `${id}` }); }
}
