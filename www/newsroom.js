// The query parameters of this page, and the copy desk's notes.
//
//   ?only=seed      that briefing alone, in a plain page
//   ?theme=dark     the theme of the page and of every briefing: dark or light
//   ?loading=eager  loads every briefing at once, not only near the viewport
//   ?look=night     one of the ready looks in themes/: broadsheet, magazine, minimal or night
//   ?voice          lets the reader's device read every briefing aloud
//   ?width=480      the width of every briefing in CSS pixels, as far as there is room
//   ?dir=rtl        the direction of every briefing: ltr or rtl
//
// This script runs once the page is parsed and before the loader, so briefings that it removes are
// never loaded, and attributes that it sets are present from the start.

import { counted, itemOf } from "./problems.js";

const query = new URLSearchParams(location.search);
const root = document.documentElement;
const select = document.getElementById("look");
const looks = [...select.options].map(({ value }) => value);
const look = query.get("look") ?? "";
if (looks.includes(look)) {
  applyLook(look);
  select.value = look;
}
select.addEventListener("change", () => {
  applyLook(select.value);
  writeToUrl("look", select.value || null);
});

const voice = document.getElementById("voice");
const only = query.get("only");
if (only !== null) {
  showAlone(only);
}
const briefings = document.querySelectorAll("news-briefing");

const theme = query.get("theme");
if (theme === "dark" || theme === "light") {
  root.dataset.theme = theme;
  briefings.forEach((briefing) => briefing.setAttribute("theme", theme));
}

const loading = query.get("loading");
if (loading === "eager") {
  briefings.forEach((briefing) => briefing.setAttribute("loading", loading));
}

const readAloud = () => briefings.forEach((briefing) => briefing.toggleAttribute("voice", voice.checked));
if (query.has("voice")) {
  voice.checked = true;
  readAloud();
}
voice.addEventListener("change", () => {
  readAloud();
  writeToUrl("voice", voice.checked ? "" : null);
});

const width = Number(query.get("width"));
if (width > 0 && Number.isFinite(width)) {
  // A column alone may be wider than the page's own limit; beside others it can only be narrower.
  document.querySelectorAll(only === null ? "news-briefing" : ".column").forEach(({ style }) => {
    style.setProperty("inline-size", `${width}px`);
    style.setProperty("max-inline-size", "100%");
  });
}

const dir = query.get("dir");
if (dir === "ltr" || dir === "rtl") {
  briefings.forEach((briefing) => briefing.setAttribute("dir", dir));
}

// The space reserved for an article is released if the article fails to load.
document.addEventListener("briefing-error", (event) => event.target.setAttribute("data-refused", ""));
document.addEventListener("briefing-load", (event) => event.target.removeAttribute("data-refused"));
document.addEventListener("error", (event) => {
  if (event.target instanceof HTMLScriptElement) {
    root.classList.add("unbriefed");
  }
}, true);

document.querySelectorAll("[data-problems-of]").forEach((panel) => {
  const briefing = document.getElementById(panel.dataset.problemsOf);
  if (briefing) {
    showProblemsOf(briefing, panel);
  }
});

// Writes a choice into the page's address, so that the address can be shared; `null` removes it.
function writeToUrl(name, value) {
  const address = new URL(location.href);
  if (value === null) address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  history.replaceState(null, "", address);
}

// A look is a stylesheet that uses only the interface in docs/theming.md.
function applyLook(look) {
  document.querySelector("link[data-look]")?.remove();
  if (!look) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = `themes/${look}.css`;
  link.dataset.look = look;
  document.head.append(link);
}

function showAlone(id) {
  root.classList.add("alone");
  const column = document.createElement("div");
  column.className = "column";
  const briefing = [...document.querySelectorAll("news-briefing")].find((each) => each.id === id);
  if (briefing) {
    // Keep the language and direction of the briefing's section.
    for (const name of ["lang", "dir"]) {
      const value = briefing.closest(`[${name}]`)?.getAttribute(name);
      if (value) {
        column.setAttribute(name, value);
      }
    }
    column.append(briefing);
  } else {
    column.textContent = `There is no briefing called “${id}” on this page.`;
  }
  document.querySelector("main").replaceChildren(column);
  document.querySelectorAll(".motto, .dateline, .sections, .looks, .colophon").forEach((part) => part.remove());
}

function showProblemsOf(briefing, panel) {
  const show = (problems, outcome) => listProblems(panel, problems ?? [], outcome);
  briefing.addEventListener("briefing-load", (event) => show(event.detail.problems, "Shown"));
  briefing.addEventListener("briefing-error", (event) => show(event.detail.problems, "Not shown"));
  // If the briefing loaded before this script, its problems are already known.
  if (briefing.problems?.length) {
    show(briefing.problems, "Read");
  }
}

function listProblems(panel, problems, outcome) {
  panel.querySelector(".verdict").textContent = `${outcome}, with ${counted(problems)}.`;
  panel.querySelector("ol").replaceChildren(...problems.map(itemOf));
}
