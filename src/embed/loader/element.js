// The custom element: the properties, methods and events that a briefing offers to the host page.

import { running, trap, trapHandlers, whenRunning } from "./engine.js";
import { beside, importVerified } from "./files.js";

// How near the visible part of a scroll container a briefing has to come to be loaded: a screen of a phone. For
// the viewport both margins add up, to two screens.
const NEAR = "750px";

// Properties that script may have set before the element was defined; they are assigned again through their
// setters.
const SETTABLE = ["article", "currentTime", "headers", "playbackRate", "words"];

export class NewsBriefing extends HTMLElement {
  static observedAttributes = ["src", "format", "lang", "loading", "sections", "voice", "persist"];

  static #near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      // An element without a box (`display: contents`) never intersects. A hidden element gets a box once it
      // is shown. Any may have been removed since, or have begun to load.
      if (isIntersecting || getComputedStyle(target).display === "contents") target.#request();
    }
  }, { rootMargin: NEAR, scrollMargin: NEAR });

  #embedded;
  // Set by script: `headers`, `words` and `article`, which takes precedence over JSON inside the element, and
  // that over `src`, unless `latest`, the source that last replaced another, is `src`. `baseURI` is the base of
  // relative addresses. Everything else is set by `reading.js`.
  #own = {};
  #problems = [];
  // Aborts the current loading; whatever arrives after that is dropped.
  #loading;
  // Whether that loading is still under way: requests made meanwhile wait for the article it loads.
  #busy = false;
  // Requests made before there is an article: `play`, `currentTime`, `playbackRate`, `openReference`.
  #pending = {};

  constructor() {
    super();
    for (const touch of ["pointerdown", "focusin"]) {
      this.addEventListener(touch, () => this.#request());
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
    // Another document needs a stylesheet of its own.
    this.#embedded?.style();
    this.#own.baseURI = this.baseURI;
    this.#begin();
  }

  disconnectedCallback() {
    // An element that is moved is reconnected at once.
    queueMicrotask(() => {
      if (this.isConnected) return;
      NewsBriefing.#near.unobserve(this);
      this.#loading?.abort();
      trapHandlers.delete(this.#handleTrap);
      const embedded = this.#embedded;
      this.#loading = this.#embedded = undefined;
      this.#busy = false;
      this.#own.recording?.detach();
      embedded?.destroy();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before !== after) this.#change(name, before ?? this.#own.article);
  }

  // Reacts to a changed attribute or property. `before` is the source of the article until now, if any.
  #change(name, before) {
    const isSource = /article|src/.test(name);
    const isShown = !isSource && this.#embedded?.shown && !this.#busy;
    if (isSource) {
      // Pending requests were for the previous article, which may be inside the element. An attribute that the
      // element is made with replaces nothing.
      if (before ?? (this.#own.baseURI && this.querySelector("script"))) {
        this.#pending = {};
        if (this.isConnected) {
          this.#own.latest = name;
          if (name === "src" && this.hasAttribute(name)) this.#own.article = undefined;
        }
      }
      // The host page may change its address before the article loads.
      this.#own.baseURI = this.baseURI;
    }
    if (!this.#loading) this.#begin();
    else if (name === "persist") importVerified("reading.js").then(({ keep }) => keep(this, this.#own, importVerified), () => {});
    // New headers do not fetch a shown article again.
    else if (name !== "loading" && !(isShown && name === "headers")) this.#load(!isShown);
  }

  // Loads at once if `loading` is `eager`, otherwise when the element comes near the viewport or is touched.
  #begin() {
    if (this.#loading || !this.isConnected) return;
    // While the document is being parsed, children of the element, such as its JSON, may still be missing.
    if (document.readyState === "loading") return addEventListener("DOMContentLoaded", () => this.#begin(), { once: true });
    if (this.getAttribute("loading") === "eager") return this.#load();
    // After a move to another document, WebKit no longer reports an element that it observed before.
    NewsBriefing.#near.unobserve(this);
    NewsBriefing.#near.observe(this);
  }

  // Loads an article, or redraws the shown one with the current attributes and properties.
  async #load(isNew = true) {
    NewsBriefing.#near.unobserve(this);
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    this.#busy = isNew;
    // Everything is fetched in parallel. Failures are reported below.
    const reading = importVerified("reading.js").then(({ read }) => read(this, this.#own, isNew, importVerified, beside, signal, whenRunning));
    reading.catch(() => {});
    try {
      await whenRunning();
      if (signal.aborted) return;
      const embedded = this.#open();
      await (await reading)(embedded, running.link);
    } catch (error) {
      if (signal.aborted || trap({ error })) return;
      if (isNew) {
        this.#own.data = undefined;
        this.#embedded?.failed();
        // A prerendered briefing stops reserving room for the player, which does not appear.
        this.shadowRoot?.querySelector(".frame")?.toggleAttribute("data-failed", true);
      }
      this.#fail(error);
    }
  }

  // Returns the briefing in the shadow root, created on first use.
  #open() {
    trapHandlers.add(this.#handleTrap);
    return (this.#embedded ??= new running.Embedded(
      this.shadowRoot ?? this.attachShadow({ mode: "open" }),
      (name, detail) => this.#emit(name, detail),
      () => this.#load(),
    ));
  }

  // The engine has trapped: the host page's own fallback content replaces what the engine drew.
  #handleTrap = (error) => {
    this.#loading.abort();
    this.#own.voice?.stop();
    this.#own.recording?.detach();
    this.#embedded = undefined;
    const root = this.shadowRoot;
    const frame = root.querySelector(".frame");
    if (frame?.parentNode === root) {
      // A prerendered briefing stays readable; only the parts that need the engine are removed.
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
    // A newer loading has superseded the one that this article was drawn for.
    if (isLoad && this.#own.signal.aborted) return;
    if (detail?.problems) {
      // The loading has ended, successfully or not.
      this.#busy = false;
      if (detail.format) this.#own.completeDetail?.(detail);
      // A failed reload keeps the shown article and its problems.
      if (isLoad || !this.#embedded?.shown) this.#problems = detail.problems;
      if (isLoad) this.#flush(this.#own.kept?.());
      else this.#pending = {};
    }
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  // Performs a request, if any, now or once there is an article, which begins to load.
  #request(request) {
    Object.assign(this.#pending, request);
    if (this.#busy) return;
    if (this.#embedded?.shown) this.#flush();
    else if (this.isConnected && !this.#loading) this.#load();
  }

  // Performs the pending requests, which take precedence over the settings kept from the last visit.
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
    const before = this.#own.article ?? this.getAttribute("src");
    this.#own[name] = value;
    this.#change(name, before);
  }

  get problems() { return this.#problems; }
  get paused() { return this.#embedded?.paused ?? true; }
  get ended() { return this.#embedded?.ended ?? false; }
  get duration() { return this.#embedded?.duration ?? NaN; }
  get currentTime() { return this.#pending.currentTime ?? this.#embedded?.currentTime ?? 0; }
  set currentTime(currentTime) { this.#request({ currentTime: +currentTime }); }
  get playbackRate() { return this.#pending.playbackRate ?? this.#embedded?.playbackRate ?? 1; }
  set playbackRate(playbackRate) { this.#request({ playbackRate: +playbackRate }); }

  // These methods act at once; on a disconnected element they do nothing.
  play() { if (this.isConnected) this.#request({ play: true }); }
  pause() { if (this.isConnected) this.#request({ play: false }); }
  openReference(id) { if (this.isConnected) this.#request({ openReference: `${id}` }); }
}
