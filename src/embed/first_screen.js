// From how many blocks on an article is long, and how many of them fill any screen.
const LONG = 400;
const SCREENFUL = 40;

// The first screenful of an article that is long, as an article of its own; nothing of any other. Of the
// references it has what the text needs.
export function firstScreen({ body, references, ...article }) {
  if (!Array.isArray(body) || body.length < LONG) return null;
  const cited = (reference) => ({
    id: reference?.id,
    publisher: reference?.publisher,
    aliases: reference?.aliases,
    mention: reference?.mention,
    kind: reference?.kind,
  });
  return {
    ...article,
    body: body.slice(0, SCREENFUL),
    references: Array.isArray(references) ? references.map(cited) : null,
    audio: article.audio && { sources: article.audio.sources },
  };
}
