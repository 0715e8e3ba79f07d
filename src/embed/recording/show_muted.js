// Has the player show whether its recording is muted. Whoever mutes it calls this: WebKitGTK tells of the volume only
// while there is sound.
export function showMuted(audio) {
  audio.getRootNode().querySelector("[part=player]")?.toggleAttribute("data-muted", audio.muted);
}
