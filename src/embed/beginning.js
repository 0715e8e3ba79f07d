// From how many blocks on an article is long, and how many of them fill any screen.
const LONG = 400;
const SCREENFUL = 40;

// The beginning of an article that is long, as an article of its own; nothing of any other. Of the
// references it has what the text needs.
export function beginning({ body, references, ...article }) {
  if (!Array.isArray(body) || body.length < LONG) return null;
  const cited = (reference) => ({ id: reference?.id, publisher: reference?.publisher, aliases: reference?.aliases });
  return {
    ...article,
    body: body.slice(0, SCREENFUL),
    references: Array.isArray(references) ? references.map(cited) : null,
    audio: null,
  };
}

// Resolves when the next picture is on the screen. Where there is none to come, in a hidden page, it
// is not waited for.
export function painted() {
  return new Promise((resolve) => {
    if (document.hidden) resolve();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    requestAnimationFrame(() => port2.postMessage(null));
  });
}
