// Fetches the JSON of an article, or what else it needs to be read, as long as that promises anything.

import { Failure } from "../loader/failure.js";

// In bytes, as the server's JSON stands. No article is as long; a wrong address may be.
const LARGEST = 8e6;
// In seconds: how long the server may send nothing, where the element says nothing else.
const PATIENCE = 15;
// How many times as long all of it may take.
const ALL = 20;
// In milliseconds: more is too much for a timer, which would end at once.
const MOST = 2 ** 31 - 1;
// In milliseconds: when to ask once more, at least and at most.
const SOON = 500;
const LATE = 10_000;

// The text at an address. The `timeout` is in seconds.
export async function fetchText(url, { credentials, headers, timeout }, signal) {
  const options = { credentials: credentials ?? "omit", headers, timeout: Math.max(timeout ?? 0, 0) || PATIENCE };
  try {
    return await attempt(url, options, signal);
  } catch (failure) {
    if (signal.aborted || !(failure.again <= LATE)) throw failure;
    await new Promise((resolve) => setTimeout(resolve, failure.again));
    return attempt(url, options, signal);
  }
}

async function attempt(url, { timeout, ...options }, signal) {
  signal.throwIfAborted();
  const asked = requested(url, options);
  const request = new AbortController();
  const end = () => request.abort();
  signal.addEventListener("abort", end);
  let timer;
  let told = `sent nothing for ${timeout} s`;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(end, Math.min(timeout * 1000, MOST));
  };
  const last = setTimeout(() => {
    told = `did not come to an end in ${ALL * timeout} s`;
    end();
  }, Math.min(ALL * timeout * 1000, MOST));
  let response;
  try {
    wait();
    response = await fetch(asked, { signal: request.signal });
    if (!response.ok) throw refused(url, response, options);
    const decoder = new TextDecoder();
    let text = "";
    for (let size = 0, reader = response.body.getReader(); size <= LARGEST; ) {
      wait();
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.length;
      text += decoder.decode(value, { stream: true });
    }
    throw new Failure("size", `${url} has more than ${LARGEST} bytes`);
  } catch (cause) {
    if (cause instanceof Failure || signal.aborted) throw cause;
    if (request.signal.aborted) throw new Failure("timeout", `${url} ${told}`);
    wait();
    // Whoever has read of an answer may read it.
    throw response ? broken(url, cause) : await explained(url, cause, request.signal);
  } finally {
    // What is still under way is of no use any more.
    end();
    clearTimeout(timer);
    clearTimeout(last);
    signal.removeEventListener("abort", end);
  }
}

// The request for an address, or why there can be none: a header that is none, credentials in the address.
function requested(url, options) {
  try {
    return new Request(url, options);
  } catch ({ message }) {
    throw new Failure("source", `${url} cannot be asked for: ${message}`);
  }
}

// What an answer means that brings no article.
function refused(url, { status, headers }, { credentials }) {
  const hint = status === 401 && credentials === "omit" ? "; no credentials were sent: see the attribute credentials" : "";
  const failure = new Failure("http", `${url} answered ${status}${hint}`, status);
  if (status === 429 || status >= 500) {
    const after = headers.get("retry-after");
    // In seconds, or as a date.
    failure.again = after === null ? soon() : /^\d+$/.test(after) ? after * 1000 : Date.parse(after) - Date.now();
  }
  return failure;
}

// Whether the page forbids it, the server does, or the network fails: to scripts, all of that looks
// the same.
async function explained(url, { message }, signal) {
  let forbidden = false;
  const violation = ({ blockedURI }) => (forbidden ||= url.startsWith(blockedURI));
  document.addEventListener("securitypolicyviolation", violation);
  // An answer that no script may read comes all the same.
  const answers = await fetch(url, { mode: "no-cors", credentials: "omit", signal }).then(() => true, () => false);
  // The event of a violation comes in a task of its own.
  await new Promise((resolve) => setTimeout(resolve));
  document.removeEventListener("securitypolicyviolation", violation);
  if (forbidden) return new Failure("policy", `connect-src of the page's Content-Security-Policy forbids ${url}`);
  if (answers && new URL(url).origin !== location.origin) {
    const failure = new Failure("cors", `${url} answers, but with no Access-Control-Allow-Origin that lets ${location.origin} read it`);
    // Or the first connection broke, and this one did not.
    return Object.assign(failure, { again: soon() });
  }
  return broken(url, { message });
}

function broken(url, { message }) {
  return Object.assign(new Failure("network", `${url} could not be reached, or not to its end: ${message}`), { again: soon() });
}

// Not all readers at once: they wait for the same server.
const soon = () => SOON * (1 + Math.random());
