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
const STALL_AFTER = 1;
const RELOAD_AFTER = 8;
// In seconds: how long to wait before each attempt to reload.
const RETRY_DELAYS = [1, 4];
// In seconds: how far from its target a seek may land.
const SEEK_TOLERANCE = 2;
// In seconds: within which distance two positions are the same, by how much two durations have to differ to
// be different, and how near its end a recording may stand still for ever.
const NEAR = 0.05;
const DURATION_TOLERANCE = 0.1;
const NEAR_END = 0.5;
// `networkState` when no source can be played. The events that reported it may have fired long ago.
const NO_SOURCE = 3;
const HAVE_METADATA = 1;
const HAVE_FUTURE_DATA = 3;
const MEDIA_ERR_DECODE = 3;
const MEDIA_ERR_SRC_NOT_SUPPORTED = 4;

// The events of the element that may change its state. Those of its sources are received in the capture
// phase.
const STATE_EVENTS = "play pause playing waiting ended seeked ratechange loadedmetadata canplay durationchange volumechange progress emptied error".split(" ");

export class Recording {
  onchange;
  #audio;
  // The briefing element.
  #host;
  // Fetches the article once more, and the base of the article's relative addresses.
  #refetch;
  #base;
  // In seconds: the duration that the article states, and the duration as far as it is known.
  #stated;
  #duration;
  // Whether the recording should be playing.
  #shouldPlay = false;
  // Whether others have used the audio element, and `takeExternalUse` has not reported it yet.
  #isExternallyUsed = false;
  // A generation: callbacks of an earlier play are ignored.
  #generation = 0;
  // Why the recording cannot play, and whether the last attempt failed.
  #fault;
  #hasFailed = false;
  // In seconds: the target of a seek, until it is reached; the position that the element was last sent to;
  // and the position that was last audible.
  #target;
  #requested;
  #time = 0;
  // In milliseconds: since when the recording has been standing still, and when it is reloaded, if it is to
  // be.
  #stillSince;
  #retryAt;
  #attempts = 0;
  // Whether new addresses were requested, and whether that request is under way.
  #isRenewed = false;
  #isRenewing = false;
  // Whether the recording was ever audible, and whether its seeks land elsewhere than they should.
  #wasAudible = false;
  #cannotSeek = false;
  // Whether the element was muted before it began to play.
  #isMuted;
  // The URL that the host page's Content-Security-Policy has blocked.
  #blockedUrl;
  // Removes the listeners on the window and the document.
  #listeners;

  constructor(refetch, base) {
    this.#refetch = refetch;
    this.#base = base;
  }

  adopt(audio, stated) {
    this.#audio = audio;
    this.#stated = this.#duration = stated;
    this.#time = audio.currentTime;
    this.#isExternallyUsed = !audio.paused || audio.currentTime > 0;
    for (const type of STATE_EVENTS) audio.addEventListener(type, this, true);
    if (audio.paused) return;
    this.#begin();
    this.#wasAudible = audio.currentTime > 0;
    if (audio.error) this.#handleMediaError(audio.error.code);
    else if (audio.networkState === NO_SOURCE) this.#handleFault(NOT_SUPPORTED);
  }

  // Returns, once, whether others have used the audio element. From here on our controls replace the
  // browser's.
  takeExternalUse() {
    const audio = this.#audio;
    if (audio.controls) {
      const root = audio.getRootNode();
      const hasFocus = root.activeElement === audio;
      useControls(audio, false);
      if (hasFocus) root.querySelector("[part=play-button]")?.focus({ preventScroll: true });
    }
    const isExternallyUsed = this.#isExternallyUsed;
    this.#isExternallyUsed = false;
    return isExternallyUsed;
  }

  // Releases the audio element to the browser's own controls.
  detach() {
    this.onchange = undefined;
    this.#end();
    if (!this.#audio) return;
    release(this.#host);
    for (const type of STATE_EVENTS) this.#audio.removeEventListener(type, this, true);
    useControls(this.#audio, true);
  }

  get shouldPlay() { return this.#shouldPlay; }
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
    this.#seekTo(at);
    this.#play();
  }

  seek(to) {
    this.#seekTo(to);
  }

  stop() {
    this.#end();
    this.#audio.pause();
  }

  get time() { return this.#target ?? this.#time; }

  get duration() {
    const { duration } = this.#audio;
    if (duration < Infinity && !(Math.abs(duration - this.#duration) < DURATION_TOLERANCE)) {
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
    const ranges = this.#cannotSeek ? audio.buffered : audio.seekable;
    return pairs(ranges).some(([start, end]) => start - NEAR_END <= to && to <= end + NEAR_END && end > start);
  }

  get loaded() {
    const audio = this.#audio;
    return audio.readyState < HAVE_METADATA ? [] : pairs(audio.buffered).flat();
  }

  // Whether the recording is loaded beyond the current position. Firefox sets `ended` once it is not.
  get #hasBufferedData() {
    const audio = this.#audio;
    if (this.#target !== undefined || audio.readyState < HAVE_METADATA || audio.ended || audio.paused) return false;
    const { currentTime } = audio;
    return pairs(audio.buffered).some(([start, end]) => start <= currentTime && end > currentTime + NEAR);
  }

  // Whether a reload is scheduled, or the recording stands still for an unknown reason.
  get #isStuck() {
    if (this.#retryAt) return true;
    return !this.#isRenewing && performance.now() - this.#stillSince > STALL_AFTER * 1000 && this.poll() === STALLED;
  }

  // Returns the state of the recording, after handling arrivals, failures and stalls.
  poll() {
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
    const hasArrived = Math.abs(beyond) < NEAR || (this.#requested === this.#target && beyond > 0 && beyond < SEEK_TOLERANCE);
    if (hasArrived && !audio.seeking) this.#finishSeek();
    const isAtTarget = this.#target === undefined && !audio.seeking;
    if (audio.error && isAtTarget && !this.#hasBufferedData) {
      this.#handleMediaError(audio.error.code);
      return this.#fault ?? STALLED;
    }
    if (isAtTarget && audio.ended) {
      this.#time = audio.currentTime;
      return ENDED;
    }
    const moved = audio.currentTime - this.#time;
    if (isAtTarget && audio.readyState && (moved > 0 || moved < -NEAR)) {
      this.#time = audio.currentTime;
      this.#wasAudible = true;
      this.#stillSince = now;
      this.#attempts = 0;
    }
    if (audio.paused && !audio.ended) return PAUSED;
    const still = (now - this.#stillSince) / 1000;
    // Some recordings never reach their end.
    if (isAtTarget && still > STALL_AFTER && audio.duration - this.#time < NEAR_END) return ENDED;
    if (still > RELOAD_AFTER) this.#retry(NETWORK);
    // WebKitGTK may report that it has no data while it plays on.
    const hasData = audio.readyState >= HAVE_FUTURE_DATA || moved > 0;
    return isAtTarget && hasData && still < STALL_AFTER ? RUNNING : STALLED;
  }

  handleEvent({ type, target }) {
    const audio = this.#audio;
    if (type === "play" && !this.#shouldPlay && !audio.paused) {
      // Started by a headset, a lock screen or another script.
      this.#begin();
      this.#time = audio.currentTime;
      this.#isExternallyUsed = true;
    } else if (type === "emptied") {
      // In another document, browsers load the element again, from its beginning.
      this.#target ??= this.#time || undefined;
      this.#requested = undefined;
    } else if (type === "error") {
      // What is loaded already plays before the error is handled.
      if (target === audio) this.#hasBufferedData || this.#handleMediaError(audio.error?.code);
      else if (target === audio.lastElementChild) this.#handleFault(NOT_SUPPORTED);
    } else if (type === "seeked") {
      this.#handleSeeked();
    } else if (/^(loadedmetadata|canplay|playing)$/.test(type)) {
      // Some browsers do not seek before they play.
      this.#trySeek();
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
    this.onchange?.();
  }

  // Resets the failure state; the recording should play from now on.
  #begin() {
    this.#end();
    this.#shouldPlay = true;
    this.#stillSince = performance.now();
    this.#attempts = 0;
    this.#isRenewed = false;
    const { signal } = (this.#listeners = new AbortController());
    addEventListener("online", () => this.#isStuck && this.#reload(), { signal });
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      if (effectiveDirective === "media-src") this.#blockedUrl = blockedURI;
    }, { signal });
  }

  #end() {
    this.#listeners?.abort();
    this.#generation += 1;
    // A pending seek still takes effect.
    this.#time = this.time;
    this.#shouldPlay = this.#isRenewing = false;
    this.#fault = this.#target = this.#requested = this.#retryAt = undefined;
  }

  // Calls `play` synchronously, since browsers require a user gesture.
  #play() {
    const generation = this.#generation;
    this.#audio.play()?.catch(({ name }) => {
      // A pause or a load before playback begins is no failure, and failing sources fire events of their own.
      if (generation !== this.#generation || name !== "NotAllowedError") return;
      this.#fault = NOT_ALLOWED;
      this.onchange?.();
    });
  }

  #seekTo(to) {
    this.#target = to;
    this.#stillSince = performance.now();
    this.#trySeek();
  }

  // Seeks to the target as soon as the element is able to.
  #trySeek() {
    const audio = this.#audio;
    if (this.#target === undefined || audio.readyState < HAVE_METADATA || audio.seeking) return;
    if (Math.abs(audio.currentTime - this.#target) < NEAR) this.#finishSeek();
    else if (this.canSeek(this.#target)) audio.currentTime = this.#requested = this.#target;
    // With metadata alone, the element may not know yet where it can seek to.
    else if (audio.readyState >= HAVE_FUTURE_DATA) this.#giveUpSeek();
  }

  #handleSeeked() {
    // After a failure Firefox is back at the beginning.
    if (this.#target === undefined || this.#audio.seeking || this.#audio.error) return;
    // The target changed while the element was seeking.
    if (this.#requested !== this.#target) this.#trySeek();
    else if (Math.abs(this.#audio.currentTime - this.#target) > SEEK_TOLERANCE) this.#giveUpSeek();
    else this.#finishSeek();
  }

  // Ends a seek. Browsers round positions, and a millionth of a second before a passage belongs to the
  // previous passage.
  #finishSeek() {
    const { currentTime } = this.#audio;
    this.#time = Math.abs(currentTime - this.#target) < NEAR ? this.#target : currentTime;
    this.#target = this.#requested = undefined;
    this.#stillSince = performance.now();
  }

  // Gives up a seek and plays on from the current position: without range requests on the server, or with a
  // file of unknown length, seeking is impossible.
  #giveUpSeek() {
    if (!this.#cannotSeek) this.#report("audio.sources", `${this.#audio.currentSrc} does not allow seeking: its server sends no ranges`);
    this.#cannotSeek = true;
    this.#finishSeek();
  }

  // Handles a failure of the element, by the code of its `MediaError`.
  #handleMediaError(code) {
    if (code === MEDIA_ERR_DECODE) this.#handleFault(DECODE);
    else this.#handleFault(code === MEDIA_ERR_SRC_NOT_SUPPORTED && !this.#wasAudible ? NOT_SUPPORTED : NETWORK);
  }

  // Handles a failure. The addresses may have expired: once, new ones are requested.
  #handleFault(fault) {
    if (!this.#shouldPlay || this.#fault || this.#isRenewing || this.#retryAt) return;
    // A recording that was audible before is of a supported kind.
    if (fault === NOT_SUPPORTED && this.#wasAudible) fault = NETWORK;
    this.#target ??= this.#time;
    if (this.#isRenewed) {
      if (fault === NETWORK) this.#retry(fault);
      else this.#fail(fault);
      return;
    }
    const generation = this.#generation;
    this.#isRenewed = this.#isRenewing = true;
    this.#renew().catch(() => false).then((isNew) => {
      if (generation !== this.#generation) return;
      this.#isRenewing = false;
      if (isNew) this.#reload();
      else this.#handleFault(fault);
      this.onchange?.();
    });
  }

  // Fetches the article once more; returns whether its recording has new addresses.
  async #renew() {
    const { audio: { sources } } = await this.#refetch();
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
    const pause = RETRY_DELAYS[this.#attempts];
    this.#target ??= this.#time;
    this.#attempts += 1;
    if (pause) this.#retryAt = performance.now() + pause * 1000;
    else if (this.#isRenewed) this.#fail(fault);
    else this.#handleFault(fault);
  }

  #reload() {
    this.#retryAt = undefined;
    this.#stillSince = performance.now();
    const { rate } = this;
    this.#audio.load();
    this.rate = rate;
    this.#play();
  }

  #fail(fault) {
    const address = this.#audio.currentSrc || this.#audio.lastElementChild?.src;
    const forbidden = this.#blockedUrl && `media-src of the page's Content-Security-Policy forbids ${this.#blockedUrl}`;
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
