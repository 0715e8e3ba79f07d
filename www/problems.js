// The problems of an article, as this page lists them.

// Returns the number of problems, in words.
export const counted = ({ length }) => (length === 1 ? "1 note" : `${length || "no"} notes`);

// Returns a problem as a list item.
export function itemOf({ path, severity, message }) {
  const item = document.createElement("li");
  const where = document.createElement("code");
  where.textContent = path || "the whole article";
  const how = document.createElement("span");
  how.className = `severity ${severity}`;
  how.textContent = severity;
  // The message may quote the article, whose text may have any direction.
  const what = document.createElement("bdi");
  what.textContent = message;
  item.append(where, " — ", how, " — ", what);
  return item;
}
