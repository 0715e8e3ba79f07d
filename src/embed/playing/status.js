// Announces to people who do not see the player what it does, through a live region (WCAG 4.1.3): rarely, and
// never what they hear anyway.

// In milliseconds: a change that follows sooner replaces the one before.
const DEBOUNCE = 600;

const attached = new WeakSet();

// Announces whenever an element starts to play or pauses. `own` has the interface strings by `word`.
export function announceStates(element, own) {
  if (attached.has(element)) return;
  attached.add(element);
  let timer;
  const announce = () => {
    // A removed element has nothing to announce.
    if (!(element.duration >= 0)) return;
    // A focused progress bar announces its position by itself.
    if (element.shadowRoot.activeElement?.matches("[part=progress]")) return;
    // Everybody hears the end of an article.
    if (element.ended) return;
    announceStatus(element, own.word(element.paused ? "paused" : "playing"));
  };
  const announceLater = () => {
    clearTimeout(timer);
    timer = setTimeout(announce, DEBOUNCE);
  };
  for (const type of ["play", "pause"]) element.addEventListener(type, announceLater);
  announceLater();
}

// Announces a text, once.
export function announceStatus(element, text) {
  const player = element.shadowRoot?.querySelector("[part=player]");
  if (!player) return;
  let region = player.querySelector("[role=status]");
  if (!region) {
    region = element.ownerDocument.createElement("p");
    region.className = "hidden";
    region.setAttribute("role", "status");
    player.append(region);
  }
  // The same text would be no change, and so would not be announced.
  region.textContent = "";
  // Not every screen reader announces text that is inserted together with its live region.
  setTimeout(() => (region.textContent = text), 100);
}
