// Runs before anything else in every page under test, and takes down what a passing test must not
// hide: errors, unhandled rejections, violations of the Content-Security-Policy, and what the page
// writes to its console as an error. Also every event of a briefing, for tests to look at.
(() => {
  const complaints = [];
  const heard = [];

  // The stack of an error begins with the error itself in some engines only.
  const told = (error) => [String(error), ...String(error?.stack ?? "").split("\n")]
    .filter((line, index, lines) => lines.indexOf(line) === index).join("\n");

  addEventListener("error", (event) => {
    const target = event.target;
    complaints.push(target instanceof Element
      ? `could not load <${target.localName}> ${target.src ?? target.href ?? ""}`
      : `uncaught error: ${event.error ? told(event.error) : event.message}`);
  }, true);
  addEventListener("unhandledrejection", (event) => {
    complaints.push(`unhandled rejection: ${told(event.reason)}`);
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

  // What is left when the page goes away by itself, a link followed for one, is not lost.
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
      heard.push({ name, target: event.target?.id ?? "", detail });
    }, true);
  }

  Object.defineProperty(window, "underTest", {
    value: { complaints: () => complaints.splice(0), heard: () => heard },
  });
})();
