//! Formats that name passages instead of containing their words: `SyncMediaLite`, which is WebVTT with
//! selectors in its cues (<https://w3c.github.io/sync-media-pub/sync-media-lite>), and Synchronized
//! Narration, the JSON of an earlier draft (<https://w3c.github.io/sync-media-pub/archived/>).

use super::ParseJson;
use super::clock_value::clock_value;
use super::collector::{Collector, Draft, Time};
use super::items::{text_of, value_at};
use super::timings::Grain;
use super::webvtt::WebVttCue;
use crate::article::Json;

/// Returns the passage that a cue selects, if its text is a selector.
pub(super) fn selected(cue: &WebVttCue, parse: ParseJson) -> Option<Draft> {
    let text = cue.text.trim_start();
    if !text.starts_with('{') {
        return None;
    }
    let json = parse(text)?;
    let selector = value_at(&json, "selector")?;
    let target = text_of(value_at(selector, "value")?)?;
    let target = target.strip_prefix('#').unwrap_or(&target).to_owned();
    // The selector may quote a part of the passage.
    let quoted = value_at(selector, "refinedBy.exact").and_then(text_of).unwrap_or_default();
    Some(Draft { start: Time::At(cue.start), end: Time::At(cue.end), text: quoted, target: Some(target) })
}

/// Reads Synchronized Narration: pairs of a text and a time range of the recording, by their URL fragments.
pub(super) fn read_narration(json: &Json, collector: &mut Collector) -> Option<&'static str> {
    let Some(Json::List(items)) = value_at(json, "narration") else { return None };
    collector.grain = Some(Grain::Target);
    narration(items, &|| "narration".to_owned(), collector);
    Some("Synchronized Narration")
}

fn narration(items: &[Json], path: &dyn Fn() -> String, collector: &mut Collector) {
    for (index, item) in items.iter().enumerate() {
        let path = || [&path(), "[", &index.to_string(), "]"].concat();
        if let Some(Json::List(inner)) = value_at(item, "narration") {
            narration(inner, &|| [&path(), ".narration"].concat(), collector);
            continue;
        }
        let text = value_at(item, "text").and_then(text_of).unwrap_or_default();
        let audio = value_at(item, "audio").and_then(text_of).unwrap_or_default();
        let Some((_, target)) = text.split_once('#') else {
            collector.warn(&path, "does not name an element of the text; it was left out");
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
        // A time such as `,3` starts at the beginning of the recording.
        let start = if start.is_empty() && !end.is_empty() { Time::At(0.0) } else { time(start) };
        let draft = Draft { start, end: time(end), text: String::new(), target: Some(target.to_owned()) };
        collector.add(draft, &path);
    }
}
