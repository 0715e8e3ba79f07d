// Defines <news-briefing>. The host page references this file alone: the WebAssembly module, its
// glue and the interface strings of other languages are fetched from beside it.

import { NewsBriefing } from "./loader/element.js";
import { startFrom } from "./loader/files.js";

startFrom(import.meta.url);
// Another copy of this script may have defined the element already.
if (!customElements.get("news-briefing")) customElements.define("news-briefing", NewsBriefing);
