// Tells people who do not see the player what it does, through a live region (WCAG 4.1.3): seldom, and never what
// they hear anyway.

// In milliseconds: what follows sooner is told instead.
const QUIET = 600;

const told = new WeakSet();

// Tells whenever an element begins to play and pauses. `own` has the `word`s of the interface.
export function tellStates(element, own) {
  if (told.has(element)) return;
  told.add(element);
  let timer;
  const tell = () => {
    // What was removed meanwhile has nothing more to say.
    if (!(element.duration >= 0)) return;
    // The bar tells where it is by itself.
    if (element.shadowRoot.activeElement?.matches("[part=progress]")) return;
    // At the end, everybody hears that it is over.
    if (element.ended) return;
    tellStatus(element, own.word(element.paused ? "paused" : "playing"));
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(tell, QUIET);
  };
  for (const type of ["play", "pause"]) element.addEventListener(type, later);
  later();
}

// Has something said, once.
export function tellStatus(element, text) {
  const player = element.shadowRoot?.querySelector("[part=player]");
  if (!player) return;
  let region = player.querySelector("[role=status]");
  if (!region) {
    region = element.ownerDocument.createElement("p");
    region.className = "hidden";
    region.setAttribute("role", "status");
    player.append(region);
  }
  // The same words would be no change, and so would not be said.
  region.textContent = "";
  // What comes with a region that is new is not said by all.
  setTimeout(() => (region.textContent = text), 100);
}
