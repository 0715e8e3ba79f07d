// Fetches the JSON of an article, or another file that it needs, and retries while that is promising.

import { Failure } from "../loader/failure.js";

// In bytes, uncompressed. No article is that large; what a wrong URL returns may be.
const LARGEST = 8e6;
// In seconds: how long the server may send nothing, if the element has no `timeout`.
const PATIENCE = 15;
// How many times as long the whole response may take.
const ALL = 20;
// In milliseconds: the longest delay of a timer; a longer one would fire at once.
const MOST = 2 ** 31 - 1;
// In milliseconds: the shortest and the longest delay before a retry.
const SOON = 500;
const LATE = 10_000;

// Fetches the text at a URL. The `timeout` is in seconds.
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
    // A response means that this page is allowed to read it, so only the transfer can have failed.
    throw response ? broken(url, cause) : await explained(url, cause, request.signal);
  } finally {
    // Aborts whatever is still under way.
    end();
    clearTimeout(timer);
    clearTimeout(last);
    signal.removeEventListener("abort", end);
  }
}

// Creates the request for an address; fails if there can be none, because of an invalid header or credentials
// in the address.
function requested(url, options) {
  try {
    return new Request(url, options);
  } catch ({ message }) {
    throw new Failure("source", `${url} cannot be asked for: ${message}`);
  }
}

// Returns the failure for an HTTP error status.
function refused(url, { status, headers }, { credentials }) {
  const hint = status === 401 && credentials === "omit" ? "; no credentials were sent: see the attribute credentials" : "";
  const failure = new Failure("http", `${url} answered ${status}${hint}`, status);
  if (status === 429 || status >= 500) {
    const after = headers.get("retry-after");
    // `Retry-After` is in seconds or a date.
    failure.again = after === null ? soon() : /^\d+$/.test(after) ? after * 1000 : Date.parse(after) - Date.now();
  }
  return failure;
}

// Finds out whether the host page forbids a request, the server does, or the network failed: to script, all
// three look the same.
async function explained(url, { message }, signal) {
  let forbidden = false;
  const violation = ({ blockedURI }) => (forbidden ||= url.startsWith(blockedURI));
  document.addEventListener("securitypolicyviolation", violation);
  // A `no-cors` request succeeds even if script may not read the response.
  const answers = await fetch(url, { mode: "no-cors", credentials: "omit", signal }).then(() => true, () => false);
  // The event of a violation is dispatched in a task of its own.
  await new Promise((resolve) => setTimeout(resolve));
  document.removeEventListener("securitypolicyviolation", violation);
  if (forbidden) return new Failure("policy", `connect-src of the page's Content-Security-Policy forbids ${url}`);
  if (answers && new URL(url).origin !== location.origin) {
    const failure = new Failure("cors", `${url} answers, but with no Access-Control-Allow-Origin that lets ${location.origin} read it`);
    // A retry helps if only the first connection broke.
    return Object.assign(failure, { again: soon() });
  }
  return broken(url, { message });
}

function broken(url, { message }) {
  return Object.assign(new Failure("network", `${url} could not be reached, or not to its end: ${message}`), { again: soon() });
}

// Returns a delay with jitter, so that readers do not all retry at once: they share a server.
const soon = () => SOON * (1 + Math.random());
