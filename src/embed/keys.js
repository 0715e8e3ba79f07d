// Plays, pauses and seeks by the usual keys of media players, while the focus is inside a briefing and not in
// a text field, and shows a list of these keys. Loaded once the focus is inside.
//
// Most are single characters, so a host page can choose among them or switch them off (WCAG 2.1.4): the
// attribute `keys` lists the enabled groups. No group is called `none`.

import { toggleHelp } from "./keys/help.js";
import { recordingOf } from "./keys/recording_of.js";
import { isWanted } from "./keys/wanted.js";
import { showMuted } from "./recording/show_muted.js";
import { announceStatus } from "./playing/status.js";

// In seconds: how far J and L seek.
const JUMP = 10;

// Elements that use every key; that use the space bar; and that the arrow keys scroll.
const TYPED_IN = "input, textarea, select, [contenteditable]";
const PRESSED = "button, summary";
const SCROLLED = "[tabindex='0']:not([role=slider])";

const attached = new WeakSet();

// Handles the keys of an element for as long as it lives. `own` has the interface strings by `word`.
export function attach(element, own) {
  if (attached.has(element)) return;
  attached.add(element);
  element.addEventListener("keydown", (event) => {
    // Handled events are done, and key combinations with a modifier belong to the browser.
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const player = element.shadowRoot?.querySelector("[part=player]");
    const [target] = event.composedPath();
    if (!player || target.closest(TYPED_IN)) return;
    const [group, act] = meaning(event, target, { element, player, own }) ?? [];
    if (!group || !isWanted(element, group)) return;
    event.preventDefault();
    // A key that is held down seeks repeatedly; any other action runs once.
    if (!event.repeat || group === "seek") act();
  });
}

// Returns the group of a key and its action; undefined if it has none.
function meaning(event, target, { element, player, own }) {
  const toggle = () => (element.paused ? element.play() : element.pause());
  const by = (seconds) => ["seek", () => (element.currentTime += seconds)];
  const key = keyOf(event);
  switch (key) {
    case " ":
      return isFree(player, target, PRESSED) ? ["play", toggle] : undefined;
    case "k":
      return ["play", toggle];
    case "j":
      return by(-JUMP);
    case "l":
      return by(JUMP);
    case "ArrowLeft":
    case "ArrowRight": {
      if (!isFree(player, target, SCROLLED)) return;
      // The arrow keys belong to the bar, which knows the distances and the text direction.
      const { shiftKey } = event;
      const bar = player.querySelector("[part=progress]");
      // In Firefox the event leaves the shadow root and arrives here again, where an event that the bar has
      // handled is ignored.
      const press = () => bar.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, cancelable: true }));
      return [shiftKey ? "passage" : "seek", press];
    }
    case "<":
      return ["speed", () => changeSpeed(element, player, -1)];
    case ">":
      return ["speed", () => changeSpeed(element, player, 1)];
    case "m": {
      const audio = recordingOf(player);
      const mute = () => {
        audio.muted = !audio.muted;
        showMuted(audio);
        // Unmuting is audible and needs no announcement.
        if (audio.muted) announceStatus(element, own.word("mute"));
      };
      return audio ? ["mute", mute] : undefined;
    }
    case "i":
      return ["where", () => announceStatus(element, player.querySelector("[part=progress]").ariaValueText)];
    case "?":
      return ["help", () => toggleHelp(element, player, own)];
  }
  if (/^[0-9]$/.test(key)) return ["digits", () => (element.currentTime = (element.duration * key) / 10)];
}

// Returns the key of an event. On layouts with other letters, the keys of the player are at the same
// positions.
function keyOf({ key, code }) {
  const letter = /^Key([IJKLM])$/.exec(code);
  return (letter && key > "\x7f" ? letter[1] : key).replace(/^[IJKLM]$/, (letter) => letter.toLowerCase());
}

// Returns whether a key that scrolls the page belongs to the player: once the player is in use, and if no
// other element uses the key.
const isFree = (player, target, others) =>
  !target.closest(others) && (player.contains(target) || player.closest("[data-state]"));

// Changes the playback rate to the next faster or slower rate that the player offers.
function changeSpeed(element, player, by) {
  const speeds = Array.from(player.querySelectorAll("option"), ({ text }) => parseFloat(text));
  const next = by > 0 ? speeds.find((speed) => speed > element.playbackRate) : speeds.findLast((speed) => speed < element.playbackRate);
  if (next) element.playbackRate = next;
}
