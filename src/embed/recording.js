// Plays the recording of an article, in the audio element that stands in its text. It comes only where an article
// has one.
//
// That element is the only one there ever is: readers may have started it before any script was there, and
// whatever moves a playing element, or takes its place, makes it fall silent. What is heard is told by looking at
// it, since its events may be missed, come late or not at all.
//
// Browsers and servers keep their promises about media badly. What is known of that is met here. What cannot be
// helped is added to the problems of the briefing, for whoever runs the site.

import { DECODE, ENDED, NETWORK, NOT_ALLOWED, NOT_SUPPORTED, PAUSED, RUNNING, STALLED } from "./clock_state.js";
import { announce, position, release } from "./recording/media_session.js";
import { SAME_RECORDING } from "./recording/same_recording.js";
import { showMuted } from "./recording/show_muted.js";

// In seconds: how long what plays may stand still before it is said to, and before it is loaded anew.
const STILL = 1;
const PATIENCE = 8;
// In seconds: how long to wait before each attempt at that.
const PAUSES = [1, 4];
// In seconds: how far from where it was to go it may land.
const STRAY = 2;
// In seconds: how near a place is the same place, by how much a length has to differ to be another, and how near
// its end something may stand still for ever.
const NEAR = 0.05;
const OTHER_LENGTH = 0.1;
const LAST = 0.5;
// `networkState` where no source can be played. The events that said so may be long gone.
const NO_SOURCE = 3;
const HAVE_METADATA = 1;
const HAVE_FUTURE_DATA = 3;

// The events of the element that tell something new. Those of its sources come on their way down.
const NEWS = "play pause playing waiting ended seeked ratechange loadedmetadata canplay durationchange volumechange progress error".split(" ");

export class Recording {
  onnews;
  #audio;
  // The element of the briefing.
  #host;
  // Fetches the article once more, whose addresses count from a base.
  #again;
  #base;
  // In seconds: how long it lasts by the article, and as far as is known.
  #stated;
  #duration;
  // Whether it shall play.
  #wanted = false;
  // Whether others have used it, and nobody has been told.
  #isFound = false;
  // A generation: callbacks of an earlier play are ignored.
  #turn = 0;
  // Why it cannot, and whether it could not when it was played last.
  #fault;
  #hasFailed = false;
  // In seconds: where it is to go, until it is there; where it was sent last; and where it was heard last.
  #target;
  #sent;
  #time = 0;
  // In milliseconds: since when it has been standing still, and when it is loaded anew, if it shall be.
  #since;
  #retryAt;
  #attempts = 0;
  // Whether new addresses were asked for, and whether they are on their way.
  #isRenewed = false;
  #isRenewing = false;
  // Whether it was ever heard, and whether it lands elsewhere than it is sent.
  #isHeard = false;
  #strays = false;
  // Whether it was muted as it was to play.
  #isMuted;
  // What the policy of the page forbids.
  #forbidden;
  // Ends what is listened for on the page.
  #listening;

  constructor(again, base) {
    this.#again = again;
    this.#base = base;
  }

  take(audio, stated) {
    this.#audio = audio;
    this.#stated = this.#duration = stated;
    this.#time = audio.currentTime;
    this.#isFound = !audio.paused || audio.currentTime > 0;
    for (const type of NEWS) audio.addEventListener(type, this, true);
    if (audio.paused) return;
    this.#begin();
    this.#isHeard = audio.currentTime > 0;
    if (audio.error) this.#break(audio.error.code);
    else if (audio.networkState === NO_SOURCE) this.#stumble(NOT_SUPPORTED);
  }

  // Whether others have used it. From here on our controls are those to be seen, and to be on.
  found() {
    const audio = this.#audio;
    if (audio.controls) {
      const root = audio.getRootNode();
      const hasFocus = root.activeElement === audio;
      useControls(audio, false);
      if (hasFocus) root.querySelector("[part=play-button]")?.focus({ preventScroll: true });
    }
    const isFound = this.#isFound;
    this.#isFound = false;
    return isFound;
  }

  // Nothing of ours plays it any more.
  leave() {
    this.onnews = undefined;
    this.#end();
    if (!this.#audio) return;
    release(this.#host);
    for (const type of NEWS) this.#audio.removeEventListener(type, this, true);
    useControls(this.#audio, true);
  }

  get wanted() { return this.#wanted; }
  get rate() { return this.#audio.playbackRate; }
  // Whatever is loaded begins with the default.
  set rate(rate) { this.#audio.defaultPlaybackRate = this.#audio.playbackRate = rate; }

  start(at, rate) {
    const audio = this.#audio;
    this.#begin();
    this.rate = rate;
    // What has failed is tried once more. Not every engine tells that it has.
    if (this.#hasFailed || audio.error || audio.networkState === NO_SOURCE) audio.load();
    this.#hasFailed = false;
    this.#go(at);
    this.#play();
  }

  seek(to) {
    this.#go(to);
  }

  stop() {
    this.#end();
    this.#audio.pause();
  }

  get time() { return this.#target ?? this.#time; }

  get duration() {
    const { duration } = this.#audio;
    if (duration < Infinity && !(Math.abs(duration - this.#duration) < OTHER_LENGTH)) {
      this.#duration = duration;
      if (Math.abs(duration / this.#stated - 1) > SAME_RECORDING) {
        this.#report("audio.duration", `the recording lasts ${duration.toFixed(1)} s, not ${this.#stated}: its times may be wrong`);
      }
    }
    return this.#duration;
  }

  canSeek(to) {
    const audio = this.#audio;
    // Asked for ranges before that, at another rate than 1, WebKitGTK breaks.
    if (audio.readyState < HAVE_METADATA) return true;
    const ranges = this.#strays ? audio.buffered : audio.seekable;
    return pairs(ranges).some(([start, end]) => start - LAST <= to && to <= end + LAST && end > start);
  }

  get loaded() {
    const audio = this.#audio;
    return audio.readyState < HAVE_METADATA ? [] : pairs(audio.buffered).flat();
  }

  // Whether more of it is there to be heard from where it is. Firefox says that it has ended once there is not.
  get #hasMore() {
    const audio = this.#audio;
    if (this.#target !== undefined || audio.readyState < HAVE_METADATA || audio.ended || audio.paused) return false;
    const { currentTime } = audio;
    return pairs(audio.buffered).some(([start, end]) => start <= currentTime && end > currentTime + NEAR);
  }

  // Whether it waits to be loaded anew, or stands still though nobody has said why.
  get #isStuck() {
    if (this.#retryAt) return true;
    return !this.#isRenewing && performance.now() - this.#since > STILL * 1000 && this.look() === STALLED;
  }

  // What it is doing, once it has been made sure that it does it.
  look() {
    const audio = this.#audio;
    if (this.#fault) return this.#fault;
    const now = performance.now();
    if (this.#isRenewing) return STALLED;
    if (this.#retryAt) {
      if (now >= this.#retryAt) this.#reload();
      return STALLED;
    }
    // The event that says so may be on its way; in WebKitGTK it may never come, and it goes on from there all the same.
    const beyond = audio.currentTime - this.#target;
    const hasArrived = Math.abs(beyond) < NEAR || (this.#sent === this.#target && beyond > 0 && beyond < STRAY);
    if (hasArrived && !audio.seeking) this.#arrive();
    const isThere = this.#target === undefined && !audio.seeking;
    if (audio.error && isThere && !this.#hasMore) {
      this.#break(audio.error.code);
      return this.#fault ?? STALLED;
    }
    if (isThere && audio.ended) {
      this.#time = audio.currentTime;
      return ENDED;
    }
    const moved = audio.currentTime - this.#time;
    if (isThere && (moved > 0 || moved < -NEAR)) {
      this.#time = audio.currentTime;
      this.#isHeard = true;
      this.#since = now;
      this.#attempts = 0;
    }
    if (audio.paused && !audio.ended) return PAUSED;
    const still = (now - this.#since) / 1000;
    // Some never come to their end.
    if (isThere && still > STILL && audio.duration - this.#time < LAST) return ENDED;
    if (still > PATIENCE) this.#retry(NETWORK);
    // WebKitGTK may say that it has no data, and go on.
    const isFed = audio.readyState >= HAVE_FUTURE_DATA || moved > 0;
    return isThere && isFed && still < STILL ? RUNNING : STALLED;
  }

  handleEvent({ type, target }) {
    const audio = this.#audio;
    if (type === "play" && !this.#wanted && !audio.paused) {
      // By a headset, the screen of a phone that is locked, another's script.
      this.#begin();
      this.#time = audio.currentTime;
      this.#isFound = true;
    } else if (type === "error") {
      // What has come is heard first.
      if (target === audio) this.#hasMore || this.#break(audio.error?.code);
      else if (target === audio.lastElementChild) this.#stumble(NOT_SUPPORTED);
    } else if (type === "seeked") {
      this.#land();
    } else if (/^(loadedmetadata|canplay|playing)$/.test(type)) {
      // Some engines do not go anywhere before they play.
      this.#place();
    }
    const { host } = audio.getRootNode();
    // WebKitGTK forgets what is muted before it plays, and says nothing.
    if (/^(play|volumechange)$/.test(type)) this.#isMuted = audio.muted;
    if (type === "playing" && this.#isMuted) {
      audio.muted = true;
      this.#isMuted = false;
    }
    if (/^(volumechange|play|playing)$/.test(type)) showMuted(audio);
    if (host && type === "playing") announce((this.#host = host), this.#base);
    if (/^(play|pause|playing|seeked|ratechange|durationchange)$/.test(type)) {
      position(host, !audio.paused, this.time, this.duration, this.rate);
    }
    this.onnews?.();
  }

  // It shall play from now on.
  #begin() {
    this.#end();
    this.#wanted = true;
    this.#since = performance.now();
    this.#attempts = 0;
    this.#isRenewed = false;
    const { signal } = (this.#listening = new AbortController());
    addEventListener("online", () => this.#isStuck && this.#reload(), { signal });
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      if (effectiveDirective === "media-src") this.#forbidden = blockedURI;
    }, { signal });
  }

  #end() {
    this.#listening?.abort();
    this.#turn += 1;
    // It goes there all the same.
    this.#time = this.time;
    this.#wanted = this.#isRenewing = false;
    this.#fault = this.#target = this.#sent = this.#retryAt = undefined;
  }

  // At once, since browsers want a reader's own doing for it.
  #play() {
    const turn = this.#turn;
    this.#audio.play()?.catch(({ name }) => {
      // What is paused or loaded before it plays is no failure, and those of sources have events of their own.
      if (turn !== this.#turn || name !== "NotAllowedError") return;
      this.#fault = NOT_ALLOWED;
      this.onnews?.();
    });
  }

  #go(to) {
    this.#target = to;
    this.#since = performance.now();
    this.#place();
  }

  // Goes to where it shall, as soon as it can.
  #place() {
    const audio = this.#audio;
    if (this.#target === undefined || audio.readyState < HAVE_METADATA || audio.seeking) return;
    if (Math.abs(audio.currentTime - this.#target) < NEAR) this.#arrive();
    else if (this.canSeek(this.#target)) audio.currentTime = this.#sent = this.#target;
    // With its length alone it may not know yet where it can go.
    else if (audio.readyState >= HAVE_FUTURE_DATA) this.#stray();
  }

  #land() {
    // Firefox is at the beginning again, once it has failed.
    if (this.#target === undefined || this.#audio.seeking || this.#audio.error) return;
    // On its way it was told to go elsewhere.
    if (this.#sent !== this.#target) this.#place();
    else if (Math.abs(this.#audio.currentTime - this.#target) > STRAY) this.#stray();
    else this.#arrive();
  }

  // Is where it was to go. Engines round that, and a millionth of a second before a passage is in the one before.
  #arrive() {
    const { currentTime } = this.#audio;
    this.#time = Math.abs(currentTime - this.#target) < NEAR ? this.#target : currentTime;
    this.#target = this.#sent = undefined;
    this.#since = performance.now();
  }

  // Goes on from where it is: servers that send no ranges, and files without an end, let nobody jump.
  #stray() {
    if (!this.#strays) this.#report("audio.sources", `${this.#audio.currentSrc} cannot be jumped in: its server sends no ranges`);
    this.#strays = true;
    this.#arrive();
  }

  // The element itself has failed, by the code of its error.
  #break(code) {
    if (code === 3) this.#stumble(DECODE);
    else this.#stumble(code === 4 && !this.#isHeard ? NOT_SUPPORTED : NETWORK);
  }

  // Something has failed. Its addresses may have expired: once, new ones are asked for.
  #stumble(fault) {
    if (!this.#wanted || this.#fault || this.#isRenewing || this.#retryAt) return;
    // What was heard before can be played.
    if (fault === NOT_SUPPORTED && this.#isHeard) fault = NETWORK;
    this.#target ??= this.#time;
    if (this.#isRenewed) {
      if (fault === NETWORK) this.#retry(fault);
      else this.#fail(fault);
      return;
    }
    const turn = this.#turn;
    this.#isRenewed = this.#isRenewing = true;
    this.#renew().catch(() => false).then((isNew) => {
      if (turn !== this.#turn) return;
      this.#isRenewing = false;
      if (isNew) this.#reload();
      else this.#stumble(fault);
      this.onnews?.();
    });
  }

  // Asks for the article once more; returns whether its recording is elsewhere now.
  async #renew() {
    const { audio: { sources } } = await this.#again();
    const fresh = sources.map(({ url, type }) => {
      const source = document.createElement("source");
      const { protocol, href } = new URL(url, this.#base);
      if (!/^https?:$/.test(protocol)) throw new TypeError(href);
      source.src = href;
      if (type) source.type = type;
      return source;
    });
    const addresses = (list) => Array.from(list, ({ src }) => src).join(" ");
    if (addresses(fresh) === addresses(this.#audio.children)) return false;
    this.#audio.replaceChildren(...fresh);
    return true;
  }

  // Loads it anew, after a while.
  #retry(fault) {
    const pause = PAUSES[this.#attempts];
    this.#target ??= this.#time;
    this.#attempts += 1;
    if (pause) this.#retryAt = performance.now() + pause * 1000;
    else if (this.#isRenewed) this.#fail(fault);
    else this.#stumble(fault);
  }

  #reload() {
    this.#retryAt = undefined;
    this.#since = performance.now();
    const { rate } = this;
    this.#audio.load();
    this.rate = rate;
    this.#play();
  }

  #fail(fault) {
    const address = this.#audio.currentSrc || this.#audio.lastElementChild?.src;
    const forbidden = this.#forbidden && `media-src of the page's Content-Security-Policy forbids ${this.#forbidden}`;
    const what = { [NETWORK]: "does not come", [DECODE]: "cannot be decoded", [NOT_SUPPORTED]: "is missing, or of no kind that this browser plays" };
    this.#report("audio.sources", forbidden ?? `${address} ${what[fault]}`);
    this.#fault = fault;
    this.#hasFailed = true;
    this.#audio.pause();
  }

  // Adds to the problems of the briefing.
  #report(path, message) {
    this.#audio.getRootNode().host?.problems?.push({ path, severity: "warning", message });
  }
}

// The start and the end of each of some ranges of time.
const pairs = (ranges) => Array.from(ranges, (_, index) => [ranges.start(index), ranges.end(index)]);

// Has the browser's own controls play it, or ours. The stylesheet goes by what the briefing says of it.
function useControls(audio, isOn) {
  audio.controls = isOn;
  audio.parentElement.dataset.native = isOn ? "" : "no";
}
