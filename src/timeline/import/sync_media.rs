//! What names passages instead of saying their words: `SyncMediaLite`, which is WebVTT with selectors in its cues
//! (<https://w3c.github.io/sync-media-pub/sync-media-lite>), and Synchronized Narration, the JSON of a draft before
//! it (<https://w3c.github.io/sync-media-pub/archived/>).

use super::ParseJson;
use super::clock_value::clock_value;
use super::gathering::{Draft, Gathering, Time};
use super::items::{lead, text_of};
use super::timings::Grain;
use super::webvtt::WebVttCue;
use crate::article::Json;

/// The passage that a cue selects, if its text is a selector.
pub(super) fn selected(cue: &WebVttCue, parse: ParseJson) -> Option<Draft> {
    let text = cue.text.trim_start();
    if !text.starts_with('{') {
        return None;
    }
    let json = parse(text)?;
    let selector = lead(&json, "selector")?;
    let target = text_of(lead(selector, "value")?)?;
    let target = target.strip_prefix('#').unwrap_or(&target).to_owned();
    // A part of the passage may be quoted.
    let quoted = lead(selector, "refinedBy.exact").and_then(text_of).unwrap_or_default();
    Some(Draft { start: Time::At(cue.start), end: Time::At(cue.end), text: quoted, target: Some(target) })
}

/// Reads Synchronized Narration: texts and stretches of the recording, by their fragments.
pub(super) fn read_narration(json: &Json, gathering: &mut Gathering) -> Option<&'static str> {
    let Some(Json::List(items)) = lead(json, "narration") else { return None };
    gathering.grain = Some(Grain::Target);
    narration(items, &|| "narration".to_owned(), gathering);
    Some("Synchronized Narration")
}

fn narration(items: &[Json], path: &dyn Fn() -> String, gathering: &mut Gathering) {
    for (index, item) in items.iter().enumerate() {
        let path = || [&path(), "[", &index.to_string(), "]"].concat();
        if let Some(Json::List(inner)) = lead(item, "narration") {
            narration(inner, &|| [&path(), ".narration"].concat(), gathering);
            continue;
        }
        let text = lead(item, "text").and_then(text_of).unwrap_or_default();
        let audio = lead(item, "audio").and_then(text_of).unwrap_or_default();
        let Some((_, target)) = text.split_once('#') else {
            gathering.warn(&path, "names no element of the text; it was left out");
            continue;
        };
        let times = audio.split_once("#t=").map_or("", |(_, times)| times);
        let times = times.strip_prefix("npt:").unwrap_or(times);
        let (start, end) = times.split_once(',').unwrap_or((times, ""));
        let time = |text: &str| match (text, clock_value(text)) {
            ("", _) => Time::Missing,
            (_, Some(seconds)) => Time::At(seconds),
            _ => Time::Wrong,
        };
        // From `,3` on it is the beginning of the recording that is meant.
        let start = if start.is_empty() && !end.is_empty() { Time::At(0.0) } else { time(start) };
        let draft = Draft { start, end: time(end), text: String::new(), target: Some(target.to_owned()) };
        gathering.add(draft, &path);
    }
}
