// The behaviour of a briefing that is playing: its player stays in view, the sources of the current passage
// are highlighted, a live region reports playing and pausing, and only one tab is audible at a time. Loaded
// with the first play.

import { keepInView } from "./playing/keep_in_view.js";
import { highlightSources } from "./playing/current_sources.js";
import { pauseOtherTabs } from "./playing/one_tab.js";
import { announceStates } from "./playing/status.js";

// Call this for each article that is played: behaviour that is attached already stays. `own` has the `data`
// that is shown and the interface strings by `word`.
export function attach(element, own) {
  keepInView(element, own);
  highlightSources(element);
  announceStates(element, own);
  pauseOtherTabs(element);
}
