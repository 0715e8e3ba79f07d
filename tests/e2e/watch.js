// Runs before any other script in every page under test. Records what a passing test must not hide:
// errors, unhandled rejections, violations of the Content-Security-Policy, and console errors. Also
// records every event of a briefing, for tests to inspect.
(() => {
  const complaints = [];
  const events = [];
  // A browser that leaves the page aborts what it still loads.
  let isLeaving = false;
  addEventListener("beforeunload", () => (isLeaving = true));

  // Only some engines repeat the error's message at the start of its stack.
  const describe = (error) => [String(error), ...String(error?.stack ?? "").split("\n")]
    .filter((line, index, lines) => lines.indexOf(line) === index).join("\n");

  addEventListener("error", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) {
      complaints.push(`uncaught error: ${event.error ? describe(event.error) : event.message}`);
    } else if (!isLeaving) {
      complaints.push(`could not load <${target.localName}> ${target.src ?? target.href ?? ""}`);
    }
  }, true);
  addEventListener("unhandledrejection", (event) => {
    complaints.push(`unhandled rejection: ${describe(event.reason)}`);
  });
  addEventListener("securitypolicyviolation", (event) => {
    complaints.push(`policy violation: ${event.effectiveDirective} forbids ${event.blockedURI} `
      + `${event.sample} (${event.sourceFile}:${event.lineNumber})`);
  }, true);
  const error = console.error;
  console.error = (...values) => {
    complaints.push(`console error: ${values.map(String).join(" ")}`);
    error.apply(console, values);
  };

  // When the page unloads, for example because a link is followed, send the remaining complaints to
  // the server.
  addEventListener("pagehide", () => {
    if (complaints.length > 0) navigator.sendBeacon("/e2e/complaints", JSON.stringify(complaints.splice(0)));
  });

  for (const name of [
    "play", "pause", "seeking", "seeked", "timeupdate", "ratechange", "ended", "briefing-load", "briefing-error",
    "briefing-progress", "briefing-reference", "briefing-key-point", "briefing-next",
  ]) {
    addEventListener(name, (event) => {
      let detail = null;
      try {
        detail = JSON.parse(JSON.stringify(event.detail ?? null));
      } catch {
        detail = String(event.detail);
      }
      events.push({ name, target: event.target?.id ?? "", detail });
    }, true);
  }

  Object.defineProperty(window, "underTest", {
    value: { complaints: () => complaints.splice(0), events: () => events },
  });
})();
