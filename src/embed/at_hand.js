// Keeps the player at the bottom of the screen where `position: sticky` cannot: inside of something that clips
// its content (`overflow: hidden`), as many pages do around all they have. It comes when a briefing is played on
// such a page.

const kept = new WeakSet();

// Keeps the player of an element at hand, which is in use, until it is off the page.
export function keepAtHand(element) {
  if (kept.has(element)) return;
  kept.add(element);
  const { defaultView: view } = element.ownerDocument;
  let waits = false;

  const place = () => {
    waits = false;
    if (!element.isConnected) return end();
    const briefing = element.shadowRoot.querySelector(".briefing[data-state]");
    const player = briefing?.querySelector("[part=player]");
    if (!player) return;
    const { top, bottom, left, width } = briefing.getBoundingClientRect();
    const floats = "floating" in player.dataset;
    const own = player.getBoundingClientRect();
    // Where the page keeps some of the screen for itself, that is below the player.
    const edge = view.innerHeight - (parseFloat(view.getComputedStyle(player).insetBlockEnd) || 0);
    const isBelow = bottom > edge + 1 && top + own.height < edge;
    if (floats ? isBelow : isBelow && own.bottom > edge + 1) {
      player.style.setProperty("--left", `${left}px`);
      player.style.setProperty("--width", `${width}px`);
      if (floats) return;
      const room = own.height + parseFloat(view.getComputedStyle(player).marginBlockStart);
      player.parentElement.style.setProperty("--room", `${room}px`);
      player.dataset.floating = "";
      // Above all else nothing clips it, and nothing of the page that is transformed or contained carries it.
      player.popover = "manual";
      player.showPopover();
    } else if (floats) {
      delete player.dataset.floating;
      player.popover = null;
    }
  };
  const schedule = () => {
    if (!waits) view.requestAnimationFrame(place);
    waits = true;
  };

  view.addEventListener("scroll", schedule, { capture: true, passive: true });
  view.addEventListener("resize", schedule);
  schedule();
  const end = () => {
    kept.delete(element);
    view.removeEventListener("scroll", schedule, { capture: true });
    view.removeEventListener("resize", schedule);
  };
}
