// The number of blocks from which on an article is long, and the number of blocks that fills any screen.
const MIN_LONG_BLOCKS = 400;
const FIRST_SCREEN_BLOCKS = 40;

// Returns the first screenful of a long article as an article of its own; null for any other article. Of each
// reference it keeps only what the text needs.
export function firstScreen(data) {
  const { body, references, ...article } = data ?? {};
  if (!Array.isArray(body) || body.length < MIN_LONG_BLOCKS) return null;
  const cited = (reference) => ({
    id: reference?.id,
    publisher: reference?.publisher,
    aliases: reference?.aliases,
    mention: reference?.mention,
    kind: reference?.kind,
  });
  return {
    ...article,
    body: body.slice(0, FIRST_SCREEN_BLOCKS),
    references: Array.isArray(references) ? references.map(cited) : null,
    audio: article.audio && { sources: article.audio.sources },
  };
}
