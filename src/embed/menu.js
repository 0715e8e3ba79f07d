// The player's menu, with options that readers need only now and then. Loaded when it is opened for the first
// time.

import { recordingOf } from "./keys/recording_of.js";
import { isWanted } from "./keys/wanted.js";
import { playUntil, pauseReason } from "./play_until.js";
import { showMuted } from "./recording/show_muted.js";
import { localeOf } from "./speech/locale.js";
import { adopt } from "./stylesheet.js";

const STYLES = `#menu {
  box-sizing: border-box;
  inline-size: max-content;
  max-inline-size: min(22em, calc(100vw - 1em));
  max-block-size: 80vh;
  overflow: auto;
  padding: 0.375em;
  border: 1px solid var(--hairline);
  border-radius: 0.375em;
  background: var(--paper);
  color: var(--ink);
  box-shadow: 0 0.25em 1.5em rgb(0 0 0 / 0.16);
  font: 1em/1.4 sans-serif;
  font-family: var(--sans);
}
@supports (position-area: top span-left) {
  #menu { inset: auto; margin: 0 0 0.5em; position-area: top span-left; position-try-fallbacks: flip-inline, flip-block; }
  #menu:dir(rtl) { position-area: top span-right; }
}
#menu > * { display: flex; align-items: center; gap: 0.625em; box-sizing: border-box; inline-size: 100%; min-block-size: max(2.5em, 24px); padding: 0.25em 0.625em; border-radius: 0.25em; }
#menu > button { border: 0; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
#menu > label:has([type="checkbox"]) { cursor: pointer; }
#menu > :is(button, label:has([type="checkbox"])):hover { background: var(--tint); }
#menu .time { margin-inline-start: auto; }
#menu :is(select, [type="range"]) { flex: 1; min-inline-size: 6em; max-inline-size: 12em; font: inherit; color: inherit; background: var(--paper); accent-color: var(--accent); }
#menu [type="checkbox"] { flex: none; inline-size: 1.125em; block-size: 1.125em; margin: 0; accent-color: var(--accent); }
#menu [readonly] { inline-size: 100%; font: inherit; }`;

// In seconds: how near its end a section counts as finished.
const OVER = 1;
// In seconds: how long before the end of an article playback pauses, so that `ended` does not fire.
const BEFORE_END = 0.1;

// Opens the menu of a button. From then on the button opens and closes the menu by itself. `own` has the
// interface strings by `word`.
export function openMenu(element, own, button) {
  const document = element.ownerDocument;
  const menu = document.createElement("div");
  menu.id = "menu";
  menu.popover = "auto";
  menu.setAttribute("role", "dialog");
  const { defaultView: window } = document;
  // Light dismiss does not notice a press in a frame of the page.
  const onBlur = () => setTimeout(() => document.hasFocus() && !menu.contains(element.shadowRoot.activeElement) && menu.hidePopover());
  let removeStyles;
  menu.addEventListener("beforetoggle", ({ newState }) => {
    removeStyles?.();
    removeStyles = undefined;
    const { shadowRoot: root } = element;
    if (newState !== "open") {
      window.removeEventListener("blur", onBlur);
      // Chromium would move the focus to the element, which cannot hold it.
      if (menu.contains(root.activeElement)) button.focus();
      return;
    }
    removeStyles = adopt(root, STYLES);
    window.addEventListener("blur", onBlur);
    menu.ariaLabel = own.word("more");
    menu.replaceChildren(...items({ element, own, menu, document }));
  });
  menu.addEventListener("toggle", ({ newState }) => newState === "open" && moveOnScreen(menu, button));
  button.after(menu);
  button.popoverTargetElement = menu;
  menu.showPopover({ source: button });
}

// In pixels: the gap between the menu, its button and the edges of the screen.
const GAP = 8;

// Firefox 153 places a right-to-left menu on a left-to-right page far off the screen.
function moveOnScreen(menu, button) {
  const { innerWidth, innerHeight } = menu.ownerDocument.defaultView;
  const { left, right, top, bottom, width, height } = menu.getBoundingClientRect();
  if (left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight) return;
  const beside = button.getBoundingClientRect();
  Object.assign(menu.style, {
    positionArea: "none",
    inset: "auto",
    margin: 0,
    left: `${Math.max(Math.min(beside.left, innerWidth - width - GAP), GAP)}px`,
    top: `${Math.max(beside.top - height - GAP, GAP)}px`,
  });
}

// Yields the items of the menu for the article in its present state.
function* items(context) {
  const { element, own, menu } = context;
  const { shadowRoot: root } = element;
  const body = root.querySelector("[part=body] [data-seek]");
  // A recording may begin with the body.
  if (body && startOf(body) > OVER && root.querySelector("[part=key-point]")) {
    yield pauses(context, "key_points_only", () => {
      // A reader who is past the key points hears them from the top.
      if (element.currentTime >= startOf(body)) element.currentTime = 0;
      return () => startOf(body);
    }, body.textContent);
  }
  const headings = [...root.querySelectorAll("[part=block]:has(:is(h3, h4, h5)) > [data-seek]")];
  // The last section ends with the article; pausing there matters only if another article follows.
  const last = () => (element.hasAttribute("continuous") && own.data.next ? () => element.duration - BEFORE_END : undefined);
  const endOfSection = () => {
    const next = headings.find((heading) => startOf(heading) > element.currentTime + OVER);
    return next ? () => startOf(next) : last();
  };
  if (endOfSection()) yield pauses(context, "end_of_section", endOfSection);

  const player = root.querySelector("[part=player]");
  const audio = recordingOf(player);
  if (audio) {
    const mute = checkbox(context, "mute", audio.muted, (isOn) => {
      audio.muted = isOn;
      showMuted(audio);
    });
    // Some devices leave the volume to their hardware keys.
    const probe = context.document.createElement("audio");
    probe.volume = 0.5;
    if (probe.volume === 0.5) {
      const range = createElement(context, "input", { type: "range", min: 0, max: 1, step: 0.05, value: audio.volume });
      range.addEventListener("input", () => {
        audio.volume = range.value;
        audio.muted = false;
        showMuted(audio);
        mute.querySelector("input").checked = false;
      });
      yield createElement(context, "label", {}, own.word("volume"), range);
    }
    yield mute;
  } else if (own.voice) {
    yield* voices(context);
  }

  if (element.hasAttribute("deep-links")) yield* links(context);
  if (isWanted(element, "help")) {
    yield action(context, "keyboard", async () => {
      menu.hidePopover();
      // Safari does not focus a button that is pressed, so the script of the keys may not be loaded yet.
      await own.loadKeys();
      const { KeyboardEvent } = context.document.defaultView;
      const press = new KeyboardEvent("keydown", { key: "?", bubbles: true, composed: true, cancelable: true });
      player.dispatchEvent(press);
    });
  }
}

// Returns when the passage beside a time begins, in seconds.
const startOf = ({ dataset }) => dataset.seek / 1000;

// Returns a checkbox that pauses playback at the place that `end` returns: a function, since the time of a
// place may change. `length` is shown as the length up to that place.
function pauses(context, reason, end, length) {
  const { element } = context;
  const label = checkbox(context, reason, pauseReason(element) === reason, (isOn) => {
    playUntil(element, isOn ? end() : undefined, reason);
    for (const other of label.parentElement.querySelectorAll("[name=pauses]")) other.checked = other === box && isOn;
  });
  const box = label.querySelector("input");
  box.name = "pauses";
  if (length) label.append(createElement(context, "span", { className: "time" }, length));
  return label;
}

// Yields a choice of the device's voices for the article's language, if there is more than one.
function* voices(context) {
  const { element, own, document } = context;
  const { speechSynthesis } = document.defaultView;
  const locale = localeOf(own.data.lang || own.spoken.language);
  const isOfIt = ({ lang }) => localeOf(lang)?.language === locale?.language;
  const names = new Set(speechSynthesis.getVoices().filter(isOfIt).map(({ name }) => name));
  if (names.size < 2) return;
  const chosen = element.getAttribute("voice");
  const select = createElement(context, "select", {});
  for (const name of names) select.append(createElement(context, "option", { selected: name === chosen }, name));
  if (!names.has(chosen)) select.selectedIndex = -1;
  select.addEventListener("change", () => {
    element.setAttribute("voice", select.value);
    // Signals that the reader has chosen the voice, not the host page.
    element.dispatchEvent(new Event("voicechange", { bubbles: true, composed: true }));
  });
  yield createElement(context, "label", {}, own.word("voice"), select);
}

// Yields actions to copy and share a link to the current position.
function* links(context) {
  const { element, own, document } = context;
  const { navigator, location } = document.defaultView;
  const link = () => {
    const url = new URL(location.href);
    url.hash = `t=${Math.floor(element.currentTime)}`;
    return url.href;
  };
  const copy = action(context, "copy_link", async () => {
    try {
      await navigator.clipboard.writeText(link());
      copy.textContent = own.word("link_copied");
    } catch {
      // If script may not copy, the reader can.
      const shown = createElement(context, "input", { readOnly: true, value: link(), ariaLabel: own.word("copy_link") });
      copy.replaceWith(shown);
      shown.select();
    }
  });
  copy.ariaLive = "polite";
  yield copy;
  if (navigator.share) {
    yield action(context, "share", () => navigator.share({ title: own.data.title, url: link() }).catch(() => {}));
  }
}

function action(context, word, act) {
  const button = createElement(context, "button", { type: "button" }, context.own.word(word));
  button.addEventListener("click", act);
  return button;
}

function checkbox(context, word, isOn, choose) {
  const box = createElement(context, "input", { type: "checkbox", checked: isOn });
  box.addEventListener("change", () => choose(box.checked));
  return createElement(context, "label", {}, box, context.own.word(word));
}

function createElement({ document }, tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
