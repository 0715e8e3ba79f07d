// Plays the recording of an article, in the audio element within the article's text. Loaded only for an
// article that has a recording.
//
// There is only ever this one audio element: readers may have started it before any script loaded, and moving
// or replacing a playing element silences it. Its state is polled, since its events may be missed, arrive
// late or not at all.
//
// Browsers and servers keep their promises about media badly. Known defects are worked around here. What
// cannot be worked around is added to the problems of the briefing, for whoever runs the site.

import { DECODE, ENDED, NETWORK, NOT_ALLOWED, NOT_SUPPORTED, PAUSED, RUNNING, STALLED } from "./clock_state.js";
import { announce, position, release } from "./recording/media_session.js";
import { SAME_RECORDING } from "./recording/same_recording.js";
import { showMuted } from "./recording/show_muted.js";

// In seconds: how long a playing recording may stand still before it counts as stalled, and before it is
// reloaded.
const STILL = 1;
const PATIENCE = 8;
// In seconds: how long to wait before each attempt to reload.
const PAUSES = [1, 4];
// In seconds: how far from its target a seek may land.
const STRAY = 2;
// In seconds: within which distance two positions are the same, by how much two durations have to differ to
// be different, and how near its end a recording may stand still for ever.
const NEAR = 0.05;
const OTHER_LENGTH = 0.1;
const LAST = 0.5;
// `networkState` when no source can be played. The events that reported it may have fired long ago.
const NO_SOURCE = 3;
const HAVE_METADATA = 1;
const HAVE_FUTURE_DATA = 3;

// The events of the element that may change its state. Those of its sources are received in the capture
// phase.
const NEWS = "play pause playing waiting ended seeked ratechange loadedmetadata canplay durationchange volumechange progress error".split(" ");

export class Recording {
  onnews;
  #audio;
  // The briefing element.
  #host;
  // Fetches the article once more, and the base of the article's relative addresses.
  #again;
  #base;
  // In seconds: the duration that the article states, and the duration as far as it is known.
  #stated;
  #duration;
  // Whether the recording should be playing.
  #wanted = false;
  // Whether others have used the audio element, and `found` has not reported it yet.
  #isFound = false;
  // A generation: callbacks of an earlier play are ignored.
  #turn = 0;
  // Why the recording cannot play, and whether the last attempt failed.
  #fault;
  #hasFailed = false;
  // In seconds: the target of a seek, until it is reached; the position that the element was last sent to;
  // and the position that was last audible.
  #target;
  #sent;
  #time = 0;
  // In milliseconds: since when the recording has been standing still, and when it is reloaded, if it is to
  // be.
  #since;
  #retryAt;
  #attempts = 0;
  // Whether new addresses were requested, and whether that request is under way.
  #isRenewed = false;
  #isRenewing = false;
  // Whether the recording was ever audible, and whether its seeks land elsewhere than they should.
  #isHeard = false;
  #strays = false;
  // Whether the element was muted before it began to play.
  #isMuted;
  // The URL that the host page's Content-Security-Policy has blocked.
  #forbidden;
  // Removes the listeners on the window and the document.
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

  // Returns, once, whether others have used the audio element. From here on our controls replace the
  // browser's.
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

  // Releases the audio element to the browser's own controls.
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
  // Loading a recording resets its rate to the default rate.
  set rate(rate) { this.#audio.defaultPlaybackRate = this.#audio.playbackRate = rate; }

  start(at, rate) {
    const audio = this.#audio;
    this.#begin();
    this.rate = rate;
    // A failed recording is loaded once more. Not every browser sets `error` or `networkState` after a
    // failure.
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
    // WebKitGTK breaks if the ranges are read before that at a rate other than 1.
    if (audio.readyState < HAVE_METADATA) return true;
    const ranges = this.#strays ? audio.buffered : audio.seekable;
    return pairs(ranges).some(([start, end]) => start - LAST <= to && to <= end + LAST && end > start);
  }

  get loaded() {
    const audio = this.#audio;
    return audio.readyState < HAVE_METADATA ? [] : pairs(audio.buffered).flat();
  }

  // Whether the recording is loaded beyond the current position. Firefox sets `ended` once it is not.
  get #hasMore() {
    const audio = this.#audio;
    if (this.#target !== undefined || audio.readyState < HAVE_METADATA || audio.ended || audio.paused) return false;
    const { currentTime } = audio;
    return pairs(audio.buffered).some(([start, end]) => start <= currentTime && end > currentTime + NEAR);
  }

  // Whether a reload is scheduled, or the recording stands still for an unknown reason.
  get #isStuck() {
    if (this.#retryAt) return true;
    return !this.#isRenewing && performance.now() - this.#since > STILL * 1000 && this.look() === STALLED;
  }

  // Returns the state of the recording, after handling arrivals, failures and stalls.
  look() {
    const audio = this.#audio;
    if (this.#fault) return this.#fault;
    const now = performance.now();
    if (this.#isRenewing) return STALLED;
    if (this.#retryAt) {
      if (now >= this.#retryAt) this.#reload();
      return STALLED;
    }
    // `seeked` may still be on its way; in WebKitGTK it may never fire, although the recording plays on from
    // the target.
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
    // Some recordings never reach their end.
    if (isThere && still > STILL && audio.duration - this.#time < LAST) return ENDED;
    if (still > PATIENCE) this.#retry(NETWORK);
    // WebKitGTK may report that it has no data while it plays on.
    const isFed = audio.readyState >= HAVE_FUTURE_DATA || moved > 0;
    return isThere && isFed && still < STILL ? RUNNING : STALLED;
  }

  handleEvent({ type, target }) {
    const audio = this.#audio;
    if (type === "play" && !this.#wanted && !audio.paused) {
      // Started by a headset, a lock screen or another script.
      this.#begin();
      this.#time = audio.currentTime;
      this.#isFound = true;
    } else if (type === "error") {
      // What is loaded already plays before the error is handled.
      if (target === audio) this.#hasMore || this.#break(audio.error?.code);
      else if (target === audio.lastElementChild) this.#stumble(NOT_SUPPORTED);
    } else if (type === "seeked") {
      this.#land();
    } else if (/^(loadedmetadata|canplay|playing)$/.test(type)) {
      // Some browsers do not seek before they play.
      this.#place();
    }
    const { host } = audio.getRootNode();
    // WebKitGTK unmutes an element that was muted before it plays, and fires no event.
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

  // Resets the failure state; the recording should play from now on.
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
    // A pending seek still takes effect.
    this.#time = this.time;
    this.#wanted = this.#isRenewing = false;
    this.#fault = this.#target = this.#sent = this.#retryAt = undefined;
  }

  // Calls `play` synchronously, since browsers require a user gesture.
  #play() {
    const turn = this.#turn;
    this.#audio.play()?.catch(({ name }) => {
      // A pause or a load before playback begins is no failure, and failing sources fire events of their own.
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

  // Seeks to the target as soon as the element is able to.
  #place() {
    const audio = this.#audio;
    if (this.#target === undefined || audio.readyState < HAVE_METADATA || audio.seeking) return;
    if (Math.abs(audio.currentTime - this.#target) < NEAR) this.#arrive();
    else if (this.canSeek(this.#target)) audio.currentTime = this.#sent = this.#target;
    // With metadata alone, the element may not know yet where it can seek to.
    else if (audio.readyState >= HAVE_FUTURE_DATA) this.#stray();
  }

  #land() {
    // After a failure Firefox is back at the beginning.
    if (this.#target === undefined || this.#audio.seeking || this.#audio.error) return;
    // The target changed while the element was seeking.
    if (this.#sent !== this.#target) this.#place();
    else if (Math.abs(this.#audio.currentTime - this.#target) > STRAY) this.#stray();
    else this.#arrive();
  }

  // Ends a seek. Browsers round positions, and a millionth of a second before a passage belongs to the
  // previous passage.
  #arrive() {
    const { currentTime } = this.#audio;
    this.#time = Math.abs(currentTime - this.#target) < NEAR ? this.#target : currentTime;
    this.#target = this.#sent = undefined;
    this.#since = performance.now();
  }

  // Gives up a seek and plays on from the current position: without range requests on the server, or with a
  // file of unknown length, seeking is impossible.
  #stray() {
    if (!this.#strays) this.#report("audio.sources", `${this.#audio.currentSrc} does not allow seeking: its server sends no ranges`);
    this.#strays = true;
    this.#arrive();
  }

  // Handles a failure of the element, by the code of its `MediaError`.
  #break(code) {
    if (code === 3) this.#stumble(DECODE);
    else this.#stumble(code === 4 && !this.#isHeard ? NOT_SUPPORTED : NETWORK);
  }

  // Handles a failure. The addresses may have expired: once, new ones are requested.
  #stumble(fault) {
    if (!this.#wanted || this.#fault || this.#isRenewing || this.#retryAt) return;
    // A recording that was audible before is of a supported kind.
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

  // Fetches the article once more; returns whether its recording has new addresses.
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

  // Schedules a reload; after the last attempt requests new addresses or fails.
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
    const what = { [NETWORK]: "could not be loaded", [DECODE]: "cannot be decoded", [NOT_SUPPORTED]: "is missing or in a format that this browser cannot play" };
    this.#report("audio.sources", forbidden ?? `${address} ${what[fault]}`);
    this.#fault = fault;
    this.#hasFailed = true;
    this.#audio.pause();
  }

  // Adds a warning to the problems of the briefing.
  #report(path, message) {
    this.#audio.getRootNode().host?.problems?.push({ path, severity: "warning", message });
  }
}

// Returns the start and the end of each of some `TimeRanges`.
const pairs = (ranges) => Array.from(ranges, (_, index) => [ranges.start(index), ranges.end(index)]);

// Shows the browser's own controls, or ours. The stylesheet of the briefing reads `data-native`.
function useControls(audio, isOn) {
  audio.controls = isOn;
  audio.parentElement.dataset.native = isOn ? "" : "no";
}
