// The dialog that lists the keys of a briefing.

import { adopt } from "../stylesheet.js";
import { recordingOf } from "./recording_of.js";
import { isWanted } from "./wanted.js";

const STYLES = `.briefing .slot > dialog {
  display: block;
  box-sizing: border-box;
  max-inline-size: min(24em, calc(100vw - 2em));
  padding: 1em 1.25em 1.25em;
  border: 1px solid var(--hairline);
  border-radius: 0.375em;
  background: var(--paper);
  color: var(--ink);
  box-shadow: 0 0.25em 1.5em rgb(0 0 0 / 0.16);
  font: 0.875em/1.5 sans-serif;
  font-family: var(--sans);
}
dialog::backdrop { background: rgb(0 0 0 / 0.3); }
dialog h2 { margin: 0; font: inherit; font-weight: 700; }
dialog dl { display: grid; grid-template-columns: auto 1fr; gap: 0.5em 1.25em; margin: 1em 0; }
dialog dd { margin: 0; }
dialog kbd { display: inline-block; min-inline-size: 1.25em; padding: 0 0.375em; border: 1px solid var(--hairline); border-radius: 0.25em; font: inherit; text-align: center; }
dialog button { min-block-size: max(2.25em, 24px); padding: 0 0.75em; border: 1px solid var(--hairline); border-radius: 0.25em; background: none; color: inherit; font: inherit; cursor: pointer; }`;

// Opens or closes the dialog.
export function toggleHelp(element, player, own) {
  const root = element.shadowRoot;
  const shown = root.querySelector("dialog");
  if (shown) return shown.close();
  const document = element.ownerDocument;
  const createElement = (tag, ...children) => {
    const element = document.createElement(tag);
    element.append(...children);
    return element;
  };
  const { word } = own;
  // The language of the interface strings around, which the dialog inherits.
  const language = player.closest("[lang]")?.lang || "en";
  const seconds = (number) => inWords(language, number, { style: "unit", unit: "second", unitDisplay: "long", signDisplay: "always" });
  const dir = getComputedStyle(player).direction;
  // From right to left, the bar runs the other way.
  const [back, forward] = dir === "rtl" ? "→←" : "←→";
  const percent = (number) => inWords(language, number, { style: "percent" });
  const rows = [
    ["play", "K", `${word("play")} / ${word("pause")}`],
    ["seek", "J L", `${seconds(-10)} / ${seconds(10)}`],
    ["seek", `${back} ${forward}`, `${seconds(-5)} / ${seconds(5)}`],
    ["passage", `⇧${back} ⇧${forward}`, `${word("previous_passage")} / ${word("next_passage")}`],
    ["digits", "0 9", `${percent(0)} – ${percent(0.9)}`],
    ["speed", "< >", word("speed")],
    ["where", "I", word("progress")],
    recordingOf(player) && ["mute", "M", word("mute")],
  ].filter(Boolean);
  const list = createElement("dl");
  for (const [group, keys, does] of rows) {
    if (!isWanted(element, group)) continue;
    const shown = keys.split(" ").flatMap((key) => {
      // From right to left, `<` and `>` would be mirrored.
      return [Object.assign(createElement("kbd", key), { dir: "ltr" }), " "];
    });
    list.append(createElement("dt", ...shown), createElement("dd", does));
  }
  const heading = createElement("h2", word("keyboard"));
  heading.id = "keys";
  const close = createElement("button", word("close"));
  const dialog = createElement("dialog", heading, list, close);
  dialog.dir = dir;
  dialog.setAttribute("aria-labelledby", "keys");

  const removeStyles = adopt(root, STYLES);
  close.addEventListener("click", () => dialog.close());
  // A click outside its children is on the backdrop.
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  const opener = root.querySelector(".citation[data-open]") ?? player.querySelector("[part=play-button]");
  dialog.addEventListener("close", () => {
    dialog.remove();
    removeStyles();
    // The dialog has closed the popover of a source, to which the browser cannot return the focus. WebKit does for a
    // moment.
    if (!root.activeElement?.checkVisibility()) opener.focus();
  });
  // In the player's slot, the dialog stays when the surrounding text is redrawn in another language.
  player.parentElement.append(dialog);
  dialog.showModal();
}

// Formats a number in a language, with digits as elsewhere in the interface. `Intl` knows the languages of the interface, but a host page may provide
// interface strings in others.
function inWords(language, number, format) {
  const options = { ...format, numberingSystem: "latn" };
  try {
    return new Intl.NumberFormat(language, options).format(number);
  } catch {
    return new Intl.NumberFormat("en", options).format(number);
  }
}
