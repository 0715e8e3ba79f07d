// Shows briefings, one after another, and the floors they are compared with.
"use strict";

const now = performance.now.bind(performance);

// The memories of the WebAssembly modules that the page starts, because the widget does not expose its
// own. That of the module that extracts another one is not kept.
const memories = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...source) {
    super(...source);
    const { packed, ...others } = this.exports;
    memories.push(...Object.values(others).filter((value) => value instanceof WebAssembly.Memory));
  }
};

const testbed = {
  articles: new Map(),

  get main() {
    return document.querySelector("main");
  },

  // Returns an article of this number of blocks as a parsed object, from a cache.
  async article(blocks) {
    if (!this.articles.has(blocks)) {
      const response = await fetch(`/article/${blocks}.json`);
      this.articles.set(blocks, await response.json());
    }
    return this.articles.get(blocks);
  },

  // Empties the page, lets deferred work finish, and collects the garbage.
  async clear() {
    this.main.replaceChildren();
    await this.idle();
    gc();
    await this.idle();
  },

  // Resolves when the browser has drawn two frames and has idle time.
  async idle() {
    for (let frame = 0; frame < 2; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    await new Promise((resolve) => requestIdleCallback(resolve));
  },

  // Shows a briefing, from an article's object to its laid-out DOM. Returns the time of the script and
  // of the layout after it, in milliseconds.
  mount(article) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("news-briefing");
      // Without waiting for the element to come near the viewport.
      element.setAttribute("loading", "eager");
      let start;
      element.addEventListener("briefing-load", () => {
        const loaded = now();
        void element.offsetHeight;
        const laidOut = now();
        resolve({ element, script: loaded - start, layout: laidOut - loaded });
      });
      element.addEventListener("briefing-error", ({ detail }) => reject(new Error(detail.message)));
      start = now();
      element.article = article;
      this.main.append(element);
    });
  },

  // Fetches the page with a prerendered briefing of this number of blocks, for insertion into this
  // page.
  async preparePrerendered(blocks) {
    const response = await fetch(`/prerendered/${blocks}.html`);
    this.prerendered = Document.parseHTMLUnsafe(await response.text());
    await this.clear();
  },

  // Inserts that briefing, and measures its hydration and layout.
  async showPrerendered() {
    const element = this.prerendered.querySelector("news-briefing");
    const frame = element.shadowRoot.querySelector(".frame");
    element.setAttribute("loading", "eager");
    const loaded = new Promise((resolve, reject) => {
      element.addEventListener("briefing-load", () => resolve(now()));
      element.addEventListener("briefing-error", ({ detail }) => reject(new Error(detail.message)));
    });
    const start = now();
    this.main.append(element);
    const script = (await loaded) - start;
    void element.offsetHeight;
    const layout = now() - start - script;
    if (!frame.isConnected) throw new Error("the briefing was rendered again instead of hydrated");
    await this.idle();
    return { script, layout };
  },

  // Makes the browser parse the same markup in one go, and returns the time of the parsing and of the
  // layout.
  parse(markup, sheets) {
    const element = document.createElement("div");
    element.className = "floor";
    const root = element.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = sheets;
    this.main.append(element);
    const start = now();
    root.setHTMLUnsafe(markup);
    const parsed = now();
    void element.offsetHeight;
    const laidOut = now();
    return { element, script: parsed - start, layout: laidOut - parsed };
  },

  // Shows a briefing of this number of blocks alone on the page, and waits until it is drawn.
  async showBriefing(blocks) {
    await this.prepare(blocks);
    await this.showPrepared();
    this.saveMarkup();
  },

  // Loads the article and empties the page.
  async prepare(blocks) {
    this.prepared = await this.article(blocks);
    await this.clear();
  },

  // Shows the prepared briefing, and waits until it is drawn.
  async showPrepared() {
    const { script, layout } = await this.mount(this.prepared);
    await this.idle();
    return { script, layout };
  },

  // Loads a briefing of this number of blocks, from the prepared object or by its address, and waits
  // until all of it is there and drawn. No layout is forced.
  load(blocks, way) {
    return this.between(async () => {
      const element = document.createElement("news-briefing");
      element.setAttribute("loading", "eager");
      const loaded = new Promise((resolve, reject) => {
        element.addEventListener("briefing-load", resolve);
        element.addEventListener("briefing-error", ({ detail }) => reject(new Error(detail.message)));
      });
      if (way === "object") element.article = this.prepared;
      else element.setAttribute("src", `/article/${blocks}.json`);
      this.main.append(element);
      await loaded;
    });
  },

  // Makes the browser show the same markup without the widget.
  loadParsed() {
    return this.between(() => this.parse(this.markup, this.sheets));
  },

  // Runs a function between two marks, in a task of its own, and waits until its result is drawn.
  async between(act) {
    performance.mark("load-start");
    await new Promise((resolve) => setTimeout(resolve));
    await act();
    await this.idle();
    performance.mark("load-end");
  },

  // Saves the markup of the shown briefing, so that the browser can show the same without the widget.
  saveMarkup() {
    const { shadowRoot, offsetHeight } = this.briefing;
    this.markup = shadowRoot.innerHTML;
    this.sheets = [...shadowRoot.adoptedStyleSheets];
    this.height = offsetHeight;
    return { elements: shadowRoot.querySelectorAll("*").length, characters: this.markup.length };
  },

  // Returns the size of the WebAssembly memories, in bytes.
  moduleMemory() {
    return memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  },

  get briefing() {
    return this.main.querySelector("news-briefing");
  },

  // Plays for this number of milliseconds, and returns the number of ticks.
  async play(milliseconds) {
    const { briefing } = this;
    let ticks = 0;
    const tick = () => ticks++;
    briefing.addEventListener("timeupdate", tick);
    briefing.play();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    briefing.pause();
    briefing.removeEventListener("timeupdate", tick);
    return ticks;
  },

  // Runs ticks of the player without waiting between them, and returns the time of each in
  // milliseconds. The page's clock is advanced instead.
  async tickAtOnce(count, start) {
    const { setInterval, setTimeout } = window;
    let tick;
    let offset = 0;
    // The player sets a new timer for each tick; the floor uses one interval for all.
    window.setInterval = (callback) => ((tick = callback), undefined);
    window.setTimeout = (callback, delay, ...rest) =>
      delay === 250 ? ((tick = callback), undefined) : setTimeout(callback, delay, ...rest);
    performance.now = () => now() + offset;
    const stop = start();
    const times = [];
    for (let ticked = 0; ticked < count; ticked++) {
      offset += 250;
      const before = now();
      tick();
      times.push(now() - before);
    }
    stop();
    Object.assign(window, { setInterval, setTimeout });
    delete performance.now;
    return times;
  },

  ticksAtOnce(count) {
    return this.tickAtOnce(count, () => {
      this.briefing.currentTime = 0;
      this.briefing.play();
      return () => this.briefing.pause();
    });
  },

  floorTicksAtOnce(count) {
    return this.tickAtOnce(count, () => this.startFloor());
  },

  async playFloor(milliseconds) {
    const stop = this.startFloor();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    stop();
  },

  // The minimum work of a player, in plain script: a look at the clock, the same writes to the same
  // elements, the same event.
  startFloor() {
    const host = this.main.querySelector(".floor");
    const slider = host.shadowRoot.querySelector("[role=slider]");
    const elapsed = host.shadowRoot.querySelector(".elapsed");
    const segments = host.shadowRoot.querySelectorAll("[part=block]");
    const start = performance.now();
    let fraction, second, announced, current;
    const ticker = setInterval(function floorTick() {
      if (document.hidden) return;
      const time = (performance.now() - start) / 1_000;
      const nextFraction = Math.trunc((10_000 * time) / segments.length);
      if (nextFraction !== fraction) slider.style.setProperty("--progress", (fraction = nextFraction));
      const nextSecond = Math.trunc(time);
      if (nextSecond !== second) elapsed.textContent = `0:${String((second = nextSecond)).padStart(2, "0")}`;
      if (segments[nextSecond] !== current) {
        current?.removeAttribute("aria-current");
        current = segments[nextSecond];
        current?.setAttribute("aria-current", "true");
      } else if (announced !== second) {
        slider.setAttribute("aria-valuenow", (announced = second));
        slider.setAttribute("aria-valuetext", `${second} seconds of ${segments.length}, paragraph ${second}`);
      }
      host.dispatchEvent(new CustomEvent("timeupdate", { bubbles: true, composed: true }));
    }, 250);
    return () => clearInterval(ticker);
  },

  // Counts the writes to the page during playback, per tick. The writes that belong to pressing the
  // button, before the first tick and after the last, are not counted.
  async writes(milliseconds) {
    const { briefing } = this;
    const ticks = [];
    const observer = new MutationObserver((records) => ticks.push(records.length));
    const everything = { attributes: true, characterData: true, childList: true, subtree: true };
    briefing.play();
    await new Promise((resolve) => briefing.addEventListener("timeupdate", resolve, { once: true }));
    await this.idle();
    observer.observe(briefing.shadowRoot, everything);
    observer.observe(briefing, { attributes: true });
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    observer.disconnect();
    briefing.pause();
    return ticks;
  },

  // The parts of a press: the selector of the pressed element, and the event that starts the response.
  presses: {
    citation: { selector: "[part=body] [part=citation]", event: "click" },
    seek: { selector: "[role=slider], input[type=range]", event: "pointerdown" },
    fold: { selector: "[part=references] summary", event: "click" },
  },

  get root() {
    return this.main.firstElementChild.shadowRoot;
  },

  // Scrolls the element to press into view, and returns its position.
  async aim(press) {
    const slider = this.main.querySelector(".floor")?.shadowRoot.querySelector("[role=slider]");
    if (press === "seek" && slider) {
      const bare = document.createElement("input");
      bare.type = "range";
      slider.replaceWith(bare);
    }
    const element = this.root.querySelector(this.presses[press].selector);
    element.scrollIntoView({ block: "center", behavior: "instant" });
    await this.idle();
    // Never press twice at the same position of a slider.
    this.place = this.place === 0.25 ? 0.75 : 0.25;
    const { left, top, width, height } = element.getBoundingClientRect();
    const point = { x: left + width * (press === "seek" ? this.place : 0.5), y: top + height / 2 };
    this.aimed = element;
    return point;
  },

  // Waits for a press: `testbed.answered` resolves to the time from the press to the next frame, or to
  // null if the press hit something else.
  expect(press) {
    const { event } = this.presses[press];
    this.answered = new Promise((resolve) => {
      const pressed = (event) => {
        const { timeStamp } = event;
        const hit = event.composedPath().includes(this.aimed);
        performance.mark("pressed");
        requestAnimationFrame(async () => {
          await this.drawn();
          const waited = now() - timeStamp;
          performance.mark("answered");
          resolve(hit ? waited : null);
        });
      };
      addEventListener(event, pressed, { capture: true, once: true });
    });
  },

  // Closes what the press opened.
  async undo(press) {
    if (press === "citation") {
      const popover = this.root.querySelector(":popover-open");
      if (!popover) throw new Error("the citation did not open");
      popover.hidePopover();
    }
    if (press === "fold") {
      const details = this.root.querySelector("[part=references] details");
      if (!details.open) throw new Error("the references did not unfold");
      details.open = false;
    }
    if (press === "seek" && this.briefing?.currentTime === 0) throw new Error("the press did not seek");
    getSelection().empty();
    await this.idle();
  },

  // Returns the time from an article's object until a screenful of its text has been drawn.
  async firstScreen(article) {
    await this.clear();
    const start = now();
    const mounted = this.mount(article);
    const { briefing } = this;
    const isFull = () =>
      briefing.shadowRoot?.querySelector("[part~=block]") && briefing.getBoundingClientRect().bottom >= innerHeight;
    await new Promise((resolve) => {
      const look = () => (isFull() ? this.drawn().then(resolve) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });
    const seen = now() - start;
    await mounted;
    return seen;
  },

  // Resolves after the current frame is drawn, when it is called before that.
  drawn() {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  },

  // Shows this number of briefings on one page.
  async showMany(blocks, count) {
    const article = await this.article(blocks);
    await this.clear();
    for (let shown = 0; shown < count; shown++) await this.mount(article);
  },

  // Shows this number of briefings at once, and returns the milliseconds until all are laid out.
  async manyAtOnce(blocks, count) {
    const article = await this.article(blocks);
    await this.clear();
    const start = now();
    await Promise.all(Array.from({ length: count }, () => this.mount(article)));
    return now() - start;
  },

  // Makes the browser parse the same markup as often.
  async floorManyTimes(_blocks, count) {
    await this.clear();
    const start = now();
    for (let parsed = 0; parsed < count; parsed++) this.parse(this.markup, this.sheets);
    return now() - start;
  },

  // Returns the number of started modules.
  engines() {
    return memories.length;
  },

  // Shows this number of briefings, each removed before the next is shown.
  async addAndRemove(blocks, count) {
    const article = await this.article(blocks);
    for (let removed = 0; removed < count; removed++) {
      const { element } = await this.mount(article);
      element.remove();
      // A removed element may be reinserted before the task ends.
      await new Promise((resolve) => setTimeout(resolve));
    }
    await this.clear();
  },

  // Shows the floor: the same markup, without the widget.
  async showFloor() {
    await this.clear();
    return this.showParsed();
  },

  async showParsed() {
    const { element, script, layout } = this.parse(this.markup, this.sheets);
    await this.idle();
    if (Math.abs(element.offsetHeight - this.height) > 1) {
      throw new Error(`the floor is ${element.offsetHeight} px high, the briefing ${this.height} px`);
    }
    return { script, layout };
  },
};
