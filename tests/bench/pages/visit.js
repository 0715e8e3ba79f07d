// Reports when text and player are first visible: `await seen`. The script is the same on every
// page, and checks once per frame.
var seen = new Promise((resolve) => {
  const kind = document.documentElement.dataset.kind;
  const marks = {};
  let loaded = false;
  addEventListener("briefing-load", () => (loaded = true), true);

  const shown = (element) => element?.checkVisibility({ visibilityProperty: true });
  const fills = (element, first) => shown(first) && element.getBoundingClientRect().bottom >= innerHeight;
  const briefing = () => document.querySelector("news-briefing");
  const part = (name) => briefing()?.shadowRoot?.querySelector(`[part~=${name}]`);

  // Returns whether a recording is playing; playback is requested once the button is visible.
  let isRequested = false;
  let audible = false;
  const isAudible = (audio, button, press) => {
    if (!isRequested && shown(button)) {
      isRequested = true;
      audio.addEventListener("playing", () => (audible = true), { once: true });
      press();
    }
    return audible;
  };

  const allChecks = {
    plain: {
      text: () => fills(document.body, document.querySelector("article p")),
    },
    peer: {
      text: () => fills(document.body, document.querySelector("article p")),
      // The player is drawn, and the footnotes can be opened.
      player: () => shown(document.querySelector("media-play-button:defined")) && document.querySelector("[data-footnote-button]"),
    },
    briefing: {
      text: () => fills(briefing(), part("block")),
      // Before the briefing has loaded, the button has no effect.
      player: () => loaded && shown(part("play-button")) && !part("play-button").disabled,
    },
    audible: {
      text: () => fills(briefing(), part("block")),
      // At first the browser's own controls play it. A script cannot press them, but it can call
      // what they call.
      player: () => {
        const audio = briefing()?.shadowRoot?.querySelector("audio");
        return isAudible(audio, audio?.controls ? audio : part("play-button"), () => audio.play());
      },
    },
    below: {},
  };
  allChecks.prerendered = allChecks.briefing;
  allChecks["peer-audible"] = {
    text: allChecks.peer.text,
    player: () => {
      const button = document.querySelector("media-play-button:defined");
      return isAudible(document.querySelector("audio"), button, () => button.click());
    },
  };
  const checks = allChecks[kind];

  function check() {
    const now = Object.keys(checks).filter((name) => !(name in marks) && checks[name]());
    if (now.length > 0) {
      // After this frame is drawn.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        for (const name of now) marks[name] = performance.now();
        if (Object.keys(checks).every((name) => name in marks)) resolve(marks);
      };
      port2.postMessage(null);
    }
    if (Object.keys(checks).some((name) => !(name in marks) && !now.includes(name))) requestAnimationFrame(check);
  }
  requestAnimationFrame(check);
});
