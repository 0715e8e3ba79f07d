// Returns the start and the end that a URL fragment names, in seconds; undefined if it names no time.
// https://www.w3.org/TR/media-frags/#naming-time
export function timesIn(fragment) {
  const part = fragment.split("&").findLast((part) => part.startsWith("t="));
  if (!part) return;
  const [start, end, ...more] = part.slice(2).replace(/^npt:/, "").split(",").map(seconds);
  if (more.length > 0 || Number.isNaN(start) || Number.isNaN(end) || end <= (start ?? 0)) return;
  if (start !== undefined || end !== undefined) return [start ?? 0, end];
}

// Parses `83`, `83.5`, `1:23` or `1:02:03`; returns undefined for an empty text, and NaN for any other.
function seconds(text) {
  if (text === "") return;
  const parts = text.replace(/s$/, "").split(":");
  const isTime = parts.length <= 3 && parts.every((part, index) => (index < parts.length - 1 ? /^\d+$/ : /^\d+(\.\d*)?$/).test(part));
  return isTime ? parts.reduce((total, part) => total * 60 + Number(part), 0) : NaN;
}
