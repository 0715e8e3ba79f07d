// Defines <news-briefing>. The page names this file and nothing else: the module with its glue and
// the words of other languages are fetched from beside it.

import { NewsBriefing } from "./loader/element.js";
import { startFrom } from "./loader/files.js";

startFrom(import.meta.url);
// Another copy of this script may have been quicker.
if (!customElements.get("news-briefing")) customElements.define("news-briefing", NewsBriefing);
