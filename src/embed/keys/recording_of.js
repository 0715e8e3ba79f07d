// Returns the audio element of the recording that a player plays, even while it loads; undefined if there is
// none, or if a voice or silence has replaced it.
export function recordingOf(player) {
  return player.dataset.sound === "recording" ? player.getRootNode().querySelector("audio") : undefined;
}
