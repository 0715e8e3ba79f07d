// The problems of an article, as this page lists them.

// How many there are, in words.
export const counted = ({ length }) => (length === 1 ? "1 note" : `${length || "no"} notes`);

// One of them, as an item of a list.
export function itemOf({ path, severity, message }) {
  const item = document.createElement("li");
  const where = document.createElement("code");
  where.textContent = path || "the whole article";
  const how = document.createElement("span");
  how.className = `severity ${severity}`;
  how.textContent = severity;
  // Some of it may be words of the article, in any direction.
  const what = document.createElement("bdi");
  what.textContent = message;
  item.append(where, " — ", how, " — ", what);
  return item;
}
