// The CMS desk: accepts JSON, pasted or by its address, and shows the resulting briefing and its problems.
//
//   ?src=articles/cms/ghost.json   loads this address; format, item, references and map are as on the element

import { firstFault } from "./json_fault.js";
import { counted, itemOf } from "./problems.js";

const find = (id) => document.getElementById(id);
const json = find("json");
const address = find("address");
const outcome = find("outcome");
const shown = find("shown");
const notes = find("notes");

// Advice for a failed briefing, by the kind of its `briefing-error`.
const REMEDIES = {
  article: "The notes say what is missing.",
  cors: "Have the CMS answer with Access-Control-Allow-Origin, or paste the JSON.",
  draft: "Publish it in the CMS, or paste what is public.",
  embargoed: "It can be shown once the embargo is over.",
  empty: "Request the text as well: the guide for your CMS names the address.",
  engine: "Reload this page: a file of the briefing could not be loaded.",
  format: "Choose the format, or describe the JSON with a field map.",
  http: "Check the address, and whether it needs a key.",
  item: "Choose an article of the list.",
  json: "Check the response of the address: it is not JSON.",
  members: "Only public articles are shown.",
  network: "Check the address, and whether the server can be reached.",
  "not-public": "Publish it in the CMS, or use the address that the guide names.",
  policy: "The security policy of this page forbids this address: paste the JSON.",
  protected: "Only public articles are shown: remove the password.",
  refused: "Check the address and the key: the CMS says why.",
  size: "Request a single article.",
  source: "Paste JSON, or enter an address.",
  timeout: "Try once more, or paste the JSON.",
  withheld: "The article was withdrawn, so it is not shown.",
};

// The kinds of errors whose remedy is among the page's further options.
const OPTION_KINDS = ["format", "item"];

// Controls the current load; the next one aborts it.
let current = new AbortController();

find("by-json").addEventListener("submit", (event) => {
  event.preventDefault();
  showJson();
});
find("by-json").addEventListener("reset", clear);
find("by-address").addEventListener("submit", (event) => {
  event.preventDefault();
  showAddress();
});
json.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) showJson();
});
// A complete paste is shown without a press of the button.
json.addEventListener("input", ({ inputType }) => {
  json.removeAttribute("aria-invalid");
  if (inputType === "insertFromPaste" && parsed() !== undefined) showJson();
});
for (const button of document.querySelectorAll("[data-sample]")) {
  button.addEventListener("click", () => showSample(button.dataset));
}
document.addEventListener("error", ({ target }) => {
  if (target instanceof HTMLScriptElement) report(`Not shown. ${REMEDIES.engine}`, []);
}, true);

const query = new URLSearchParams(location.search);
if (query.get("src")) {
  address.value = query.get("src");
  setOptions(Object.fromEntries(query));
  showAddress();
} else if (parsed() !== undefined) {
  // The JSON was pasted before this script loaded.
  showJson();
}

// Returns the field's text, without the byte order mark that some editors put before it.
function text() {
  return json.value.replace(/^\ufeff/, "");
}

// Returns the parsed text, or undefined if it is not JSON.
function parsed() {
  try {
    return JSON.parse(text());
  } catch {}
}

function showJson() {
  const data = parsed();
  if (data !== undefined) return show((briefing) => (briefing.article = data));
  begin();
  const fault = firstFault(text());
  const { line, column, message } = fault;
  report(`Not shown. Line ${line}, column ${column}: ${message}.`, [{ path: `line ${line}, column ${column}`, severity: "error", message }]);
  json.setAttribute("aria-invalid", "true");
  const at = fault.at + json.value.length - text().length;
  json.focus();
  json.setSelectionRange(at, at + 1);
}

function showAddress() {
  const src = address.value.trim();
  if (!src) return address.focus();
  show((briefing) => briefing.setAttribute("src", src));
  writeToUrl({ src, ...chosenOptions() });
}

async function showSample({ sample, map }) {
  const { signal } = begin();
  setOptions({ map });
  address.value = "";
  try {
    const response = await fetch(`articles/cms/${sample}.json`, { signal });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    json.value = await response.text();
    showJson();
  } catch ({ message }) {
    if (!signal.aborted) report(`Not shown. The sample did not come: ${message}.`, []);
  }
}

// Returns the chosen options, as attributes of the element.
function chosenOptions() {
  const all = {
    format: find("format").value,
    map: find("map").value.trim(),
    item: find("item").value.trim(),
    references: find("references").checked ? "links" : "",
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

function setOptions({ format = "", map = "", item = "", references = "" }) {
  find("format").value = format;
  find("map").value = map;
  find("item").value = item;
  find("references").checked = references === "links";
  find("more").open = Boolean(format || map || item || references);
}

// Creates a briefing, lets `fill` set its source, and reports the result.
function show(fill) {
  const { signal } = begin();
  const briefing = document.createElement("news-briefing");
  briefing.setAttribute("loading", "eager");
  for (const [name, value] of Object.entries(chosenOptions())) briefing.setAttribute(name, value);
  const once = { once: true, signal };
  briefing.addEventListener("briefing-load", ({ detail: { format, problems } }) => {
    report(`Format: ${nameOf(format)}. Shown, with ${counted(problems)}.`, problems);
  }, once);
  briefing.addEventListener("briefing-error", ({ detail: { format, kind, message, problems } }) => {
    // The notes say more than the briefing's own error state.
    briefing.remove();
    if (OPTION_KINDS.includes(kind)) find("more").open = true;
    const found = format ? `Format: ${nameOf(format)}. ` : "";
    report(`${found}Not shown. ${REMEDIES[kind] ?? ""}`, problems.length ? problems : [{ path: "", severity: "error", message }]);
  }, once);
  fill(briefing);
  shown.replaceChildren(briefing);
  // In a narrow viewport, the outcome is below the form.
  if (outcome.getBoundingClientRect().top > innerHeight / 2) outcome.scrollIntoView();
}

// Returns a format's name in the list of formats.
function nameOf(format) {
  const option = [...find("format").options].find(({ value }) => value === format);
  return option ? `${option.text} (${format})` : format;
}

// Aborts the current load and clears its outcome.
function begin() {
  current.abort();
  current = new AbortController();
  json.removeAttribute("aria-invalid");
  outcome.setAttribute("aria-busy", "true");
  find("empty").hidden = true;
  find("verdict").textContent = "";
  notes.hidden = true;
  shown.replaceChildren();
  writeToUrl({});
  return current;
}

// Reports the outcome, once, and lists the problems.
function report(verdict, problems) {
  outcome.removeAttribute("aria-busy");
  find("empty").hidden = true;
  find("verdict").textContent = verdict.trim();
  notes.hidden = !problems.length;
  notes.querySelector("ol").replaceChildren(...problems.map(itemOf));
}

function clear() {
  begin();
  outcome.removeAttribute("aria-busy");
  find("empty").hidden = false;
  address.value = "";
  setOptions({});
}

// Writes the source into the page's address, so that the address can be shared.
function writeToUrl(parameters) {
  const here = new URL(location.href);
  here.search = new URLSearchParams(parameters);
  history.replaceState(null, "", here);
}
