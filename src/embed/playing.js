// What a briefing has once it is played: its player stays at hand, the sources of what is heard are lit, what it does
// is told to those who do not see it, and one tab sounds at a time. It comes with the first play.

import { keepAtHand } from "./playing/at_hand.js";
import { lightSources } from "./playing/current_sources.js";
import { soundAlone } from "./playing/one_tab.js";
import { tellStates } from "./playing/status.js";

// To be called for each article that is played: what is there already goes on. `own` has the `data` that is shown and
// the `word`s of the interface.
export function attach(element, own) {
  keepAtHand(element, own);
  lightSources(element);
  tellStates(element, own);
  soundAlone(element, own);
}
