// Makes the player show whether its recording is muted. Call this after muting: WebKitGTK fires
// `volumechange` only while there is sound.
export function showMuted(audio) {
  audio.getRootNode().querySelector("[part=player]")?.toggleAttribute("data-muted", audio.muted);
}
