// Defines <news-briefing>. The page names this file and nothing else: the module with its glue and
// the words of other languages are fetched from beside it.

const here = import.meta.url;

// One instance of the module and one stylesheet serve every briefing of the page.
let engine;
const start = () => (engine ??= (async () => {
  const module = await import("./wasm/news-briefing.js");
  await module.default();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(module.stylesheet());
  return { module, sheet };
})());

class LoadError extends Error {
  constructor(kind, message, status) {
    super(message);
    Object.assign(this, { kind, status });
  }
}

async function fetchText(url, signal) {
  try {
    const response = await fetch(url, { signal });
    if (response.ok) return await response.text();
    throw new LoadError("http", `${url} answered ${response.status}`, response.status);
  } catch (cause) {
    if (cause instanceof LoadError || signal.aborted) throw cause;
    throw new LoadError("network", `${url} could not be reached, or not to its end: ${cause.message}`);
  }
}

function parse(text, source) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LoadError("json", `${source} is not JSON: ${cause.message}`);
  }
}

// A copy of an article that a script made, as plain as if it had come as text: what JSON has not,
// such as an object inside itself or a getter that throws, is told of here and goes no further.
function plain(article) {
  try {
    return JSON.parse(JSON.stringify(article));
  } catch (cause) {
    throw new LoadError("json", `the article set by script is not JSON: ${cause.message}`);
  }
}

// The file with the words of a language; without it, English serves.
async function fetchWords(module, language) {
  const file = module.words_file(language);
  if (!file) return undefined;
  try {
    const response = await fetch(new URL(`words/${file}.json`, here));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

class NewsBriefing extends HTMLElement {
  static observedAttributes = ["src", "lang"];

  #embedded;
  // Set by script; it comes before what stands inside, and that before `src`.
  #article;
  #retrying = false;
  // What is shown.
  #data;
  #problems = [];
  // Ends the loading under way; what arrives later is dropped.
  #loading;

  connectedCallback() {
    for (const name of ["article", "currentTime", "playbackRate"]) {
      // Set before the element was defined: let the setter have it.
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    if (!this.#loading && !this.#embedded) this.#load();
  }

  disconnectedCallback() {
    // An element that is moved comes back at once.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#loading?.abort();
      this.#loading = undefined;
      this.#embedded?.destroy();
      this.#embedded = undefined;
    });
  }

  attributeChangedCallback(_name, before, after) {
    if (before !== after && this.isConnected && this.#loading) this.#load();
  }

  async #load() {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    // Both are on their way at once; whichever fails is told below.
    const starting = start();
    const reading = this.#read(signal);
    reading.catch(() => {});
    try {
      const { module, sheet } = await starting;
      if (signal.aborted) return;
      const embedded = this.#open(module, sheet);
      embedded.loading();
      const data = await reading;
      const language = String(this.lang || data?.lang || document.documentElement.lang || "en");
      const words = await fetchWords(module, language);
      if (signal.aborted) return;
      embedded.speak(words);
      await embedded.glance(data, language, this.#base());
      if (signal.aborted) return;
      this.#data = data;
      this.#problems = embedded.show(data, language, this.#base());
      if (!embedded.shown) {
        const message = this.#problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("\n");
        this.#receiveSoon(".failure");
        this.#emit("briefing-error", { kind: "article", message, problems: this.#problems });
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#data = undefined;
      this.#problems = [];
      this.#embedded?.failed();
      this.#receiveSoon(".failure button");
      const { kind = "engine", message, status } = error;
      this.#emit("briefing-error", { kind, message, status, problems: [] });
    }
  }

  // What relative addresses in the article count from.
  #base() {
    return new URL(this.getAttribute("src") ?? "", document.baseURI).href;
  }

  // The reader asked once more, with a button that is about to go.
  #retry() {
    this.#retrying = true;
    this.#load();
  }

  // Brings the focus of a reader who had asked once more to what came of it.
  #receive(selector) {
    if (!this.#retrying) return;
    this.#retrying = false;
    const destination = this.shadowRoot?.querySelector(selector);
    if (destination && destination.tabIndex < 0) destination.tabIndex = -1;
    destination?.focus({ preventScroll: true });
  }

  // The same where that is drawn only once this task is done.
  #receiveSoon(selector) {
    setTimeout(() => this.#receive(selector));
  }

  // The article: set by script, standing inside the element, or from `src`.
  async #read(signal) {
    if (this.#article !== undefined) return plain(this.#article);
    const inside = this.querySelector(':scope > script[type="application/json"]');
    if (inside) return parse(inside.textContent, "the JSON inside the element");
    const source = this.getAttribute("src");
    if (source === null) throw new LoadError("source", "the element has neither src nor an article");
    return parse(await fetchText(new URL(source, document.baseURI).href, signal), source);
  }

  // The briefing in the shadow root, made when it is first needed.
  #open(module, sheet) {
    if (!this.#embedded) {
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      const host = document.createElement("div");
      root.replaceChildren(host);
      root.adoptedStyleSheets = [sheet];
      this.#embedded = new module.Embedded(host, (name, detail) => this.#emit(name, detail), () => this.#retry());
    }
    return this.#embedded;
  }

  #emit(name, detail) {
    if (name === "briefing-load") this.#receive("[part=title]");
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  get article() { return this.#article ?? this.#data; }
  set article(article) {
    this.#article = article;
    if (this.isConnected) this.#load();
  }

  get problems() { return this.#problems; }
  get paused() { return this.#embedded?.paused ?? true; }
  get ended() { return this.#embedded?.ended ?? false; }
  get duration() { return this.#embedded?.duration ?? NaN; }
  get currentTime() { return this.#embedded?.currentTime ?? 0; }
  set currentTime(seconds) { if (this.#embedded) this.#embedded.currentTime = seconds; }
  get playbackRate() { return this.#embedded?.playbackRate ?? 1; }
  set playbackRate(rate) { if (this.#embedded) this.#embedded.playbackRate = rate; }

  play() { this.#embedded?.play(); }
  pause() { this.#embedded?.pause(); }
  openReference(id) { this.#embedded?.openReference(id); }
}

customElements.define("news-briefing", NewsBriefing);
