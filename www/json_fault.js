// Where a text stops being JSON, and what is wrong there: browsers tell it each in its own way, one of them no place.

const SPACE = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\],:]|"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

// What may come next, in words.
const EXPECTED = {
  value: "a value",
  valueOrEnd: "a value or ]",
  name: "a name in double quotes",
  nameOrEnd: "a name in double quotes, or }",
  colon: "a colon",
  end: "nothing more: the JSON ends before",
};

// The first fault of a text, by its index, line and column, both from 1; nothing where the text is JSON.
export function firstFault(text) {
  const open = [];
  let next = "value";
  let at = 0;
  const close = () => {
    open.pop();
    return open.length ? "commaOrEnd" : "end";
  };
  const after = () => (open.length ? "commaOrEnd" : "end");
  for (let token; ; at += token.length) {
    at += matchAt(SPACE, text, at).length;
    if (at === text.length && next === "end") return;
    token = matchAt(TOKEN, text, at);
    const before = next;
    next = step(token);
    if (!next) return { at, message: faultOf(text, at, token, before, open.at(-1)), ...placeOf(text, at) };
  }

  // What may come behind a token; nothing where the token may not come.
  function step(token) {
    if (!token) return;
    const isEnd = token === (open.at(-1) === "{" ? "}" : "]");
    if (next === "value" || next === "valueOrEnd") {
      if (token === "{" || token === "[") {
        open.push(token);
        return token === "{" ? "nameOrEnd" : "valueOrEnd";
      }
      if (!"]},:".includes(token)) return after();
      return next === "valueOrEnd" && isEnd ? close() : undefined;
    }
    if (next === "name" || next === "nameOrEnd") {
      if (token.startsWith('"')) return "colon";
      return next === "nameOrEnd" && isEnd ? close() : undefined;
    }
    if (next === "colon") return token === ":" ? "value" : undefined;
    if (next === "commaOrEnd") {
      if (token === ",") return open.at(-1) === "{" ? "name" : "value";
      return isEnd ? close() : undefined;
    }
  }
}

function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function placeOf(text, at) {
  const lines = text.slice(0, at).split(/\r\n?|\n/);
  return { line: lines.length, column: lines.at(-1).length + 1 };
}

// What is wrong, for people: the usual ways to get JSON wrong by their names.
function faultOf(text, at, token, expected, open) {
  const sign = text[at];
  if (sign === undefined) {
    return at === 0 ? "there is nothing" : `it breaks off here: ${open ? `a ${open} is never closed` : "something is missing"}`;
  }
  if (sign === "<" && !open) return "this is HTML, not JSON: take the address of the JSON, not that of the page";
  if (/['‘’‚“”„«»]/.test(sign)) return "texts and names stand in straight double quotes";
  if (sign === "/" || sign === "#") return "JSON has no comments";
  if (sign === '"' && !token) return "this text does not end, or holds a line break or a \\ that JSON has not";
  if ((sign === "}" || sign === "]") && (expected === "name" || expected === "value")) {
    return text.slice(0, at).trimEnd().endsWith(",") ? "there is a comma too many before this" : "a value is missing before this";
  }
  if (/[\w$]/.test(sign) && expected.startsWith("name")) return "names stand in double quotes";
  return `expected ${EXPECTED[expected] ?? `a comma or ${open === "{" ? "}" : "]"}`}`;
}
