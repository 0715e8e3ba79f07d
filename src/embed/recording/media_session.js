// Reports to the device what plays, so that a lock screen shows it, and headphones and keyboards play, pause
// and seek it.

// In seconds: how far to seek forward and backward if the device names no offset.
const SEEK = 10;

const session = navigator.mediaSession;

const ACTIONS = ["play", "pause", "seekto", "seekbackward", "seekforward"];

// The briefing that the device shows.
let shown;

// Shows a briefing on the device as what plays, and handles the device's actions. Call this whenever playback
// begins: some browsers discard all of it then.
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
    // An invalid image address leaves the metadata to the host page.
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

// Releases the device if it shows this briefing, which no longer plays: what the host page plays then is its
// own.
export function release(briefing) {
  // If no briefing was shown, all of it belongs to the host page.
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
    // Not every browser supports every action.
  }
}

// Updates the position of a briefing, if the device shows it. Call this when the briefing seeks, starts or
// stops; in between, the device extrapolates.
export function position(briefing, isPlaying, position, duration, playbackRate) {
  if (!shown || briefing !== shown) return;
  session.playbackState = isPlaying ? "playing" : "paused";
  if (!(duration > 0 && duration < Infinity)) return;
  try {
    session.setPositionState({ duration, playbackRate, position: Math.min(Math.max(position, 0), duration) });
  } catch {
    // The next seek sets it again.
  }
}

// Returns the headings of a briefing and when each begins, for devices that show chapters.
function chaptersOf({ shadowRoot }) {
  const times = shadowRoot.querySelectorAll("[part=block]:has(:is(h3, h4, h5)) > [data-seek]");
  return Array.from(times, (time) => ({
    title: time.parentElement.querySelector("h3, h4, h5").textContent,
    startTime: time.dataset.seek / 1000,
  }));
}
