// A random walk that changes one element at a time and compares it with a small model of the expected state;
// used by `operation_order.rs`. The walk connects, moves, removes and adopts the element, also into a document
// without a window, sets its content and options, calls its methods, retries, breaks the engine, and acts while
// the page is still being parsed. Now and then it checks that the element shows one briefing, live or fallback,
// with the right article and the right time, and that it dispatched exactly one event.

// A seeded pseudo-random number generator (mulberry32).
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const article = (title) => ({
  format: "briefing",
  version: "1.0",
  lang: "en",
  title,
  key_points: ["A point.", { text: "Another.", detail: ["Its detail."] }],
  body: ["A first sentence of the text, with some words.[^a]", "A second one, with as many words as that."],
  references: [{ id: "a", title: "A source", publisher: "Gazette" }],
});

// The shadow root content of a prerendered briefing, and its JSON, which the page saves before the loader
// runs.
const prerendered = window.prerendered;

class Walk {
  steps = 0;
  checks = 0;
  traps = 0;
  // The latest steps, to help diagnose a failure.
  trail = [];

  constructor(seed) {
    this.next = random(seed);
    this.frame = document.querySelector("iframe");
    this.inner = document.createElement("div");
    document.querySelector("main").append(this.inner);
    this.inner.attachShadow({ mode: "open" }).append(document.createElement("section"));
    this.elsewhere = document.implementation.createHTMLDocument("Without a window");
    this.createElement();
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  // Replaces the element with a new one; the previous element is discarded.
  createElement() {
    this.element?.remove();
    const element = document.createElement("news-briefing");
    this.element = element;
    // The model: the element's place, its expected content, and the events received for that content.
    Object.assign(this, { place: "nowhere", isTornDown: true, startsOnInsertion: false, set: undefined, src: null, latest: undefined, events: 0, last: undefined });
    Object.assign(this, { time: undefined, pending: undefined, isEager: this.next() < 0.7, inside: undefined, wasAsked: false });
    if (this.next() < 0.3) {
      this.inside = "Ahead";
      element.attachShadow({ mode: "open" }).append(prerendered.frame.cloneNode(true));
      element.append(prerendered.data.cloneNode(true));
    }
    if (this.isEager) element.setAttribute("loading", "eager");
    const countEvent = (last) => () => {
      this.events += 1;
      this.last = last;
      // Without a player, sections have no time.
      const isWithin = (time) => (time === 0 || element.duration > time ? time : undefined);
      this.time = last === "load" ? isWithin(this.pending ?? 0) : undefined;
      this.pending = undefined;
    };
    element.addEventListener("briefing-load", countEvent("load"));
    element.addEventListener("briefing-error", countEvent("error"));
  }

  // Resets the model for a load that has dispatched no event yet.
  begin() {
    // If the content changes between a removal and an immediate reinsertion, the load starts on reinsertion.
    this.startsOnInsertion = this.place === "nowhere";
    if (this.startsOnInsertion) return;
    this.events = 0;
    this.isBroken = false;
    this.last = this.time = undefined;
  }

  // The element's expected content: a title, a failure, or nothing yet.
  get expected() {
    if (this.set) return { title: this.set.title };
    if (this.inside && !(this.latest === "src" && this.src !== null)) return { title: this.inside };
    if (this.src === null) return this.set === null ? { isWaiting: true } : { fails: "source" };
    return /missing/.test(this.src) ? { fails: "http" } : { title: this.src };
  }

  places = {
    one: () => document.querySelector("#one"),
    two: () => document.querySelector("#two"),
    shadow: () => this.inner.shadowRoot.firstChild,
    frame: () => this.frame.contentDocument.body,
    windowless: () => this.elsewhere.body,
  };

  actions = {
    put: (to = this.pick(Object.keys(this.places))) => {
      const wasTornDown = this.place === "nowhere" && this.isTornDown;
      this.wasAsked = true;
      this.place = to;
      if (wasTornDown || this.startsOnInsertion) this.begin();
      this.places[to]().append(this.element);
      this.isTornDown = false;
    },
    remove: () => {
      this.element.remove();
      if (this.place !== "nowhere") this.isTornDown = false;
      this.place = "nowhere";
    },
    move: () => {
      if (this.place !== "nowhere") this.actions.put();
    },
    src: () => {
      const src = this.pick(["/a.json", "/b.json", "/missing.json", null]);
      if (src === this.src) return;
      const before = this.src ?? this.set ?? this.insideBefore;
      this.replace(before, "src");
      this.wasAsked = true;
      this.src = src;
      if (before && src !== null && this.place !== "nowhere") this.set = undefined;
      this.begin();
      if (src === null) this.element.removeAttribute("src");
      else this.element.setAttribute("src", src);
    },
    article: () => {
      this.replace(this.set ?? this.src ?? this.insideBefore, "article");
      this.wasAsked = true;
      this.set = this.pick([null, undefined, article("Set"), article("Set otherwise")]);
      // Assigning `undefined` is the same as assigning `null`: no article.
      this.set ??= null;
      this.begin();
      this.element.article = this.set;
    },
    words: () => {
      this.changes();
      this.element.words = this.pick([undefined, { play: "Listen" }, { references: "Further reading" }]);
    },
    lang: () => {
      const lang = this.pick(["de", "ar", "en", "nb", ""]);
      if (lang === (this.element.getAttribute("lang") ?? "")) return;
      this.changes();
      if (lang) this.element.setAttribute("lang", lang);
      else this.element.removeAttribute("lang");
    },
    headers: () => {
      if (this.last === "error") this.begin();
      this.element.headers = {};
    },
    sections: () => {
      const sections = this.pick(["key-points", "body player", "header key-points body references player"]);
      if (sections === this.element.getAttribute("sections")) return;
      this.changes();
      // Once the new sections are shown, their passages have other times.
      this.time = undefined;
      this.hasOtherPassages = true;
      this.element.setAttribute("sections", sections);
    },
    seek: () => {
      if (this.place === "nowhere") return;
      const time = Math.floor(this.next() * 4) + 0.5;
      // If the passages are about to be replaced, seeking moves to the next of the new passages.
      const isLasting = !this.hasOtherPassages && this.element.duration > time;
      if (this.last === "load") this.time = isLasting ? time : undefined;
      else this.pending = time;
      this.element.currentTime = time;
      if (this.last === "load" && this.time === undefined) return;
    },
    call: () => {
      if (this.place === "nowhere") return;
      // Playing moves the time on.
      this.time = undefined;
      this.element.play();
      this.element.openReference("a");
      this.element.pause();
    },
    fold: () => {
      this.element.shadowRoot?.querySelector("[part~=key-point] summary")?.click();
      this.element.shadowRoot?.querySelector(".fold-all")?.click();
    },
    retry: () => {
      const button = this.element.shadowRoot?.querySelector(".failure button");
      if (!button || this.place === "nowhere") return;
      this.begin();
      button.click();
    },
    trap: () => {
      if (this.next() > 0.15) return;
      const wasThere = this.last && this.place !== "nowhere" && this.element.shadowRoot?.querySelector(".briefing [data-slot] > *, .failure");
      const file = performance.getEntriesByType("resource").find(({ name }) => /\/wasm\/.*\.wasm/.test(name))?.name;
      const error = Object.assign(new Error("unreachable"), { name: "RuntimeError" });
      error.stack = `RuntimeError: unreachable\n    at ${file}:wasm-function[1]:0x1`;
      const before = this.events;
      this.traps += 1;
      dispatchEvent(new ErrorEvent("error", { error, message: "unreachable" }));
      this.isBroken = this.events > before;
      if (this.isBroken) this.events = 1;
      else if (wasThere) this.fail("an engine broke without an event");
    },
    // The page is being parsed, until the walk settles.
    parse: () => {
      if (this.next() < 0.5) this.endParsing();
      else Object.defineProperty(document, "readyState", { get: () => "loading", configurable: true });
    },
    recreate: () => {
      if (this.next() < 0.3) this.createElement();
    },
  };

  endParsing() {
    if (document.readyState !== "loading") return;
    delete document.readyState;
    dispatchEvent(new Event("DOMContentLoaded"));
  }

  // The article inside the element, if it was there to be shown: what a new element is given replaces nothing.
  get insideBefore() {
    return this.wasAsked ? this.inside : undefined;
  }

  // Models another source: seeks that wait for the previous article are dropped with it, and the source that is set
  // last counts.
  replace(before, latest) {
    if (before === null || before === undefined) return;
    this.pending = undefined;
    if (this.place !== "nowhere") this.latest = latest;
  }

  // Models a change of display options: a shown article is not loaded again for it, a failed one is.
  changes() {
    if (this.last === "error") this.begin();
  }

  fail(message) {
    const { shadowRoot } = this.element;
    const { place, set, src, inside, events, last, time, pending } = this;
    const model = JSON.stringify({ place, set: set?.title ?? set, src, inside, events, last, time, pending });
    throw new Error(`${message}\nthe model: ${model}\nthe last steps: ${this.trail.slice(-40).join(", ")}\n${
      [...(shadowRoot?.childNodes ?? [])].map(({ outerHTML }) => outerHTML?.slice(0, 600)).join("\n")}`);
  }

  // An invariant that holds at any moment.
  checkInvariant() {
    const briefings = this.element.shadowRoot?.querySelectorAll(".briefing").length ?? 0;
    if (briefings > 1) this.fail(`there are ${briefings} briefings`);
  }

  // Returns what is wrong, once nothing is pending.
  mismatch() {
    const { element, expected, place } = this;
    const root = element.shadowRoot;
    const count = (selector) => root?.querySelectorAll(selector).length ?? 0;
    if (place === "windowless") return;
    if (place === "nowhere") {
      if (!element.paused) return "it plays while disconnected";
      const isOther = (child) => child.localName === "div" && !child.matches(".frame");
      if ([...(root?.children ?? [])].some(isOther) || count(".failure, .waiting")) return "something is left behind";
      return;
    }
    if (expected.isWaiting) return this.events && !this.isBroken ? `dispatched ${this.last} without an article` : undefined;
    if (this.events !== 1) return `it dispatched ${this.events} events`;
    if (expected.title && this.last === "load") {
      const titles = [...root.querySelectorAll("[part~=title]")].map(({ textContent }) => textContent);
      if (titles.join() !== expected.title) return `it shows ${titles} instead of ${expected.title}`;
      if (count(".failure, .waiting, slot")) return "a state is shown beside it";
      if (element.article?.title !== expected.title) return `its article is ${element.article?.title}`;
      if (this.time !== undefined && element.currentTime !== this.time) return `it is at ${element.currentTime}`;
      return;
    }
    // A broken engine may make any article fail.
    if (this.last !== "error") return `it dispatched ${this.last} instead of ${JSON.stringify(expected)}`;
    if (count(".failure") + count("slot") === 0 && !(this.inside && count(".briefing"))) return "there is no fallback";
    if (count(".failure") > 1) return "it fails twice";
  }

  async settle() {
    this.endParsing();
    const end = performance.now() + 10_000;
    let mismatch;
    do {
      await new Promise((resolve) => setTimeout(resolve, 4));
      this.isTornDown ||= this.place === "nowhere";
      this.checkInvariant();
      mismatch = this.mismatch();
    } while (mismatch && performance.now() < end);
    if (mismatch) this.fail(mismatch);
    this.hasOtherPassages = false;
    this.checks += 1;
  }

  pauses = {
    none: () => {},
    turn: () => Promise.resolve(),
    turns: async () => {
      for (let turns = Math.floor(this.next() * 12); turns; turns -= 1) await null;
    },
    task: () => new Promise((resolve) => setTimeout(resolve)),
    while: () => new Promise((resolve) => setTimeout(resolve, this.next() * 30)),
    settle: () => this.settle(),
  };

  async run(steps, milliseconds) {
    const end = performance.now() + milliseconds;
    const actions = [..."put put put remove move move src src article words lang headers sections seek call fold retry"
      .split(" "), "parse", "trap", "recreate"];
    const pauses = "none none turn turns task while settle".split(" ");
    for (; this.steps < steps && performance.now() < end; this.steps += 1) {
      const action = this.pick(actions);
      this.actions[action]();
      this.checkInvariant();
      const pause = this.pick(pauses);
      this.trail.push(`${action}(${this.place})`, pause);
      if (pause !== "none") {
        await this.pauses[pause]();
        this.isTornDown ||= this.place === "nowhere";
      }
      this.checkInvariant();
    }
    await this.settle();
    const { checks, traps } = this;
    return { steps: this.steps, checks, traps };
  }
}

window.walk = (seed, steps, milliseconds) => {
  window.walked = null;
  new Walk(seed).run(steps, milliseconds).then((result) => (window.walked = result), ({ stack, message }) => {
    window.walked = { wrong: `${message}\n${stack}` };
  });
};
