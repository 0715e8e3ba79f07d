// Returns the audio element of the recording that a player plays; undefined if there is none, or if a voice
// or silence has replaced it. The player names its sound, which is the recording even while that loads.
export function recordingOf(player, { recording, word }) {
  const sound = player.querySelector(".pace").textContent;
  if (recording && [word("recording"), word("loading")].includes(sound)) return player.getRootNode().querySelector("audio");
}
