// Plays, pauses and seeks by the keys that players elsewhere have, while the focus is inside a briefing and nobody
// types, and shows which these are. It comes once the focus is inside.
//
// Most are single characters, so a page can choose among them or switch them off (WCAG 2.1.4): the attribute `keys`
// lists the groups that it wants. None is called `none`.

import { toggleHelp } from "./keys/help.js";
import { isWanted } from "./keys/wanted.js";
import { showMuted } from "./recording/show_muted.js";
import { tellStatus } from "./playing/status.js";

// In seconds: how far J and L go.
const JUMP = 10;

// What takes every key for itself; what takes the space bar, and what the arrows scroll.
const TYPED_IN = "input, textarea, select, [contenteditable]";
const PRESSED = "button, summary";
const SCROLLED = "[tabindex='0']:not([role=slider])";

const attached = new WeakSet();

// Listens to the keys of an element, as long as there is one. `own` has the `word`s of its interface.
export function attach(element, own) {
  if (attached.has(element)) return;
  attached.add(element);
  element.addEventListener("keydown", (event) => {
    // What anybody has done something with is done, and what has a modifier is the browser's.
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const player = element.shadowRoot?.querySelector("[part=player]");
    const [target] = event.composedPath();
    if (!player || target.closest(TYPED_IN)) return;
    const [group, act] = meaning(event, target, { element, player, own }) ?? [];
    if (!group || !isWanted(element, group)) return;
    event.preventDefault();
    // Held down, a key goes on and on through the time; all else it does once.
    if (!event.repeat || group === "seek") act();
  });
}

// The group of a key, and what it does; nothing where it means nothing.
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
      // They are those of the bar, which knows how far they go, and whether from right to left.
      const { shiftKey } = event;
      const bar = player.querySelector("[part=progress]");
      // In Firefox they come out of the shadow root and back to here, where what the bar has taken is left alone.
      const press = () => bar.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, cancelable: true }));
      return [shiftKey ? "passage" : "seek", press];
    }
    case "<":
      return ["speed", () => changeSpeed(element, player, -1)];
    case ">":
      return ["speed", () => changeSpeed(element, player, 1)];
    case "m": {
      const audio = own.recording && player.getRootNode().querySelector("audio");
      const mute = () => {
        audio.muted = !audio.muted;
        showMuted(audio);
        // What is heard again needs no words.
        if (audio.muted) tellStatus(element, own.word("mute"));
      };
      return audio ? ["mute", mute] : undefined;
    }
    case "i":
      return ["where", () => tellStatus(element, player.querySelector("[part=progress]").ariaValueText)];
    case "?":
      return ["help", () => toggleHelp(element, player, own)];
  }
  if (/^[0-9]$/.test(key)) return ["digits", () => (element.currentTime = (element.duration * key) / 10)];
}

// The key of an event. Where letters are others, those of players are in the same places.
function keyOf({ key, code }) {
  const letter = /^Key([IJKLM])$/.exec(code);
  return (letter && key > "\x7f" ? letter[1] : key).replace(/^[IJKLM]$/, (letter) => letter.toLowerCase());
}

// Whether a key that scrolls the page is the player's: once that is in use, and where nothing else takes the key.
const isFree = (player, target, others) =>
  !target.closest(others) && (player.contains(target) || player.closest("[data-state]"));

// Plays faster or slower, by one of the speeds that the player offers.
function changeSpeed(element, player, by) {
  const speeds = Array.from(player.querySelectorAll("option"), ({ text }) => parseFloat(text));
  const next = by > 0 ? speeds.find((speed) => speed > element.playbackRate) : speeds.findLast((speed) => speed < element.playbackRate);
  if (next) element.playbackRate = next;
}
