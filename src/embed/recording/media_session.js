// Tells the device what plays, so that a lock screen shows it, and headphones and keyboards play, pause and seek it.

// In seconds: how far forward and back go, where the device does not say.
const SEEK = 10;

const session = navigator.mediaSession;

const ACTIONS = ["play", "pause", "seekto", "seekbackward", "seekforward"];

// The briefing that is shown.
let shown;

// Shows a briefing as what plays, and does with it what the device is asked to. To be called whenever playing begins:
// some engines forget all of it then.
export function announce(briefing, base) {
  if (!session) return;
  shown = briefing;
  const { article } = briefing;
  try {
    session.metadata = new MediaMetadata({
      title: `${article.title}`,
      artist: [article.authors ?? location.hostname].flat().map((author) => author?.name ?? author).join(", "),
      album: `${article.category ?? ""}`,
      chapterInfo: chaptersOf(briefing),
      artwork: article.image?.url ? [{ src: new URL(article.image.url, base).href }] : [],
    });
  } catch {
    // What is no address of a picture leaves the rest to be told by the page.
  }
  const by = (seconds) => {
    briefing.currentTime += seconds;
  };
  const actions = {
    play: () => briefing.play(),
    pause: () => briefing.pause(),
    seekto: ({ seekTime }) => {
      briefing.currentTime = seekTime;
    },
    seekbackward: ({ seekOffset }) => by(-(seekOffset || SEEK)),
    seekforward: ({ seekOffset }) => by(seekOffset || SEEK),
  };
  for (const action of ACTIONS) act(action, actions[action]);
}

// Lets go of the device, if a briefing that plays no more is what it shows: what the page plays then is its own.
export function release(briefing) {
  // Where none was shown, all of it is the page's.
  if (!shown || briefing !== shown) return;
  shown = undefined;
  session.metadata = null;
  session.playbackState = "none";
  for (const action of ACTIONS) act(action, null);
}

function act(action, handler) {
  try {
    session.setActionHandler(action, handler);
  } catch {
    // Not every engine knows all of them.
  }
}

// Shows where a briefing is, if it is the one that is shown. To be called when that jumps, or begins or ceases to move;
// between, the device counts itself.
export function position(briefing, isPlaying, position, duration, playbackRate) {
  if (!shown || briefing !== shown) return;
  session.playbackState = isPlaying ? "playing" : "paused";
  if (!(duration > 0 && duration < Infinity)) return;
  try {
    session.setPositionState({ duration, playbackRate, position: Math.min(Math.max(position, 0), duration) });
  } catch {
    // It is told once more with the next jump.
  }
}

// The headings of a briefing, and when each begins, for devices that show chapters.
function chaptersOf({ shadowRoot }) {
  const times = shadowRoot.querySelectorAll("[part=block]:has(:is(h2, h3, h4, h5, h6)) > [data-seek]");
  return Array.from(times, (time) => ({
    title: time.parentElement.querySelector("h2, h3, h4, h5, h6").textContent,
    startTime: time.dataset.seek / 1000,
  }));
}
