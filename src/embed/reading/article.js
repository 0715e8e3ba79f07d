// Fetches the JSON of an article, or another file that it needs, and retries while that is promising.

import { Failure } from "../loader/failure.js";

// In bytes, uncompressed. No article is that large; what a wrong URL returns may be.
const MAX_SIZE = 8e6;
// In seconds: how long the server may send nothing, if the element has no `timeout`.
const IDLE_TIMEOUT = 15;
// How many times as long the whole response may take.
const TOTAL_FACTOR = 20;
// In milliseconds: the longest delay of a timer; a longer one would fire at once.
const MAX_DELAY = 2 ** 31 - 1;
// In milliseconds: the shortest and the longest delay before a retry.
const MIN_RETRY_DELAY = 500;
const MAX_RETRY_DELAY = 10_000;

// Fetches the text at a URL. The `timeout` is in seconds.
export async function fetchText(url, { credentials, headers, timeout }, signal) {
  const options = { credentials: credentials ?? "omit", headers, timeout: Math.max(timeout ?? 0, 0) || IDLE_TIMEOUT };
  try {
    return await attempt(url, options, signal);
  } catch (failure) {
    if (signal.aborted || !(failure.retryAfter <= MAX_RETRY_DELAY)) throw failure;
    await new Promise((resolve) => setTimeout(resolve, failure.retryAfter));
    return attempt(url, options, signal);
  }
}

async function attempt(url, { timeout, ...options }, signal) {
  signal.throwIfAborted();
  checkRequest(url, options);
  const controller = new AbortController();
  const end = () => controller.abort();
  signal.addEventListener("abort", end);
  let timer;
  let timeoutReason = `sent nothing for ${timeout} s`;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(end, Math.min(timeout * 1000, MAX_DELAY));
  };
  const last = setTimeout(() => {
    timeoutReason = `was not complete after ${TOTAL_FACTOR * timeout} s`;
    end();
  }, Math.min(TOTAL_FACTOR * timeout * 1000, MAX_DELAY));
  let response;
  try {
    wait();
    response = await fetch(url, { ...options, signal: controller.signal });
    if (!response.ok) throw httpFailure(url, response, options);
    const decoder = new TextDecoder();
    let text = "";
    for (let size = 0, reader = response.body.getReader(); size <= MAX_SIZE; ) {
      wait();
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.length;
      text += decoder.decode(value, { stream: true });
    }
    throw new Failure("size", `${url} has more than ${MAX_SIZE} bytes`);
  } catch (cause) {
    if (cause instanceof Failure || signal.aborted) throw cause;
    if (controller.signal.aborted) throw new Failure("timeout", `${url} ${timeoutReason}`);
    wait();
    // A response means that this page is allowed to read it, so only the transfer can have failed.
    throw response ? networkFailure(url, cause) : await explainFailure(url, cause, controller.signal);
  } finally {
    // Aborts whatever is still under way.
    end();
    clearTimeout(timer);
    clearTimeout(last);
    signal.removeEventListener("abort", end);
  }
}

// Fails if there can be no request for an address, because of an invalid header or credentials in the address: the
// errors of `fetch` do not tell that from a network that fails.
function checkRequest(url, options) {
  try {
    new Request(url, options);
  } catch ({ message }) {
    throw new Failure("source", `${url} cannot be requested: ${message}`);
  }
}

// Returns the failure for an HTTP error status.
function httpFailure(url, { status, headers }, { credentials }) {
  const hint = status === 401 && credentials === "omit" ? "; no credentials were sent: see the attribute credentials" : "";
  const failure = new Failure("http", `${url} answered ${status}${hint}`, status);
  if (status === 429 || status >= 500) {
    const after = headers.get("retry-after");
    // `Retry-After` is in seconds or a date.
    failure.retryAfter = after === null ? retryDelay() : /^\d+$/.test(after) ? after * 1000 : Date.parse(after) - Date.now();
  }
  return failure;
}

// Finds out whether the host page forbids a request, the server does, or the network failed: to script, all
// three look the same.
async function explainFailure(url, { message }, signal) {
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
    const failure = new Failure("cors", `${url} answers, but without an Access-Control-Allow-Origin that lets ${location.origin} read it`);
    // A retry helps if only the first connection broke.
    return Object.assign(failure, { retryAfter: retryDelay() });
  }
  return networkFailure(url, { message });
}

function networkFailure(url, { message }) {
  return Object.assign(new Failure("network", `${url} could not be reached, or the connection broke: ${message}`), { retryAfter: retryDelay() });
}

// Returns a delay with jitter, so that readers do not all retry at once: they share a server.
const retryDelay = () => MIN_RETRY_DELAY * (1 + Math.random());
