// The number of blocks that fills any screen.
const FIRST_SCREEN_BLOCKS = 40;

// Returns the first screenful of an article as an article of its own. Of each reference it keeps only what the text
// needs.
export function firstScreen({ body, references, ...article }) {
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
