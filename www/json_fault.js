// Finds the place where a text stops being valid JSON, and describes the fault. Browsers report it
// differently, and one of them reports no position.

const SPACE = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\],:]|"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

// Descriptions of the tokens that may come next.
const EXPECTED = {
  value: "a value",
  valueOrEnd: "a value or ]",
  name: "a name in double quotes",
  nameOrEnd: "a name in double quotes, or }",
  colon: "a colon",
  end: "nothing more: the JSON ends before",
};

// Returns the first fault of a text, with its index, line and column, both from 1; undefined if the text is
// JSON.
export function firstFault(text) {
  const open = [];
  let next = "value";
  let at = 0;
  const after = () => (open.length ? "commaOrEnd" : "end");
  const close = () => {
    open.pop();
    return after();
  };
  for (let token; ; at += token.length) {
    at += matchAt(SPACE, text, at).length;
    if (at === text.length && next === "end") return;
    token = matchAt(TOKEN, text, at);
    const before = next;
    next = step(token);
    if (!next) return { at, message: faultOf(text, at, token, before, open.at(-1)), ...placeOf(text, at) };
  }

  // Returns what may follow a token; undefined if the token is not allowed here.
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

// Describes a fault, naming the common mistakes in JSON.
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
