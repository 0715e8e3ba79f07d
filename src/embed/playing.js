// The behaviour of a briefing that is playing: its player stays in view, the sources of the current passage
// are highlighted, a live region reports playing and pausing, and only one tab is audible at a time. Loaded
// with the first play; further scripts are imported for articles that need them.

import { keepInView } from "./playing/keep_in_view.js";
import { highlightSources } from "./playing/current_sources.js";
import { pauseOtherTabs } from "./playing/one_tab.js";
import { announceStates } from "./playing/status.js";

// The hashes that `cargo xtask dist` inserts for the scripts that this one imports.
const KNOWN = typeof HASHES === "undefined" ? {} : HASHES;

// Call this for each article that is played: behaviour that is attached already stays. `own` has the `data`
// that is shown and the interface strings by `word`; `importVerified` imports a script. Returns a promise of all
// scripts.
export function attach(element, own, importVerified) {
  keepInView(element, own);
  highlightSources(element);
  announceStates(element, own);
  pauseOtherTabs(element);
  const load = (path) => importVerified(path, "", KNOWN[path]).then(({ attach }) => attach(element, own));
  const { audio, next } = own.data;
  const hasWords = audio?.segments?.some?.((segment) => segment?.words);
  // A file of timings may load later and have words, and a voice may report words.
  return Promise.all([(hasWords || audio?.timings_url || own.voice) && load("highlight.js"), next && load("next.js")]);
}
