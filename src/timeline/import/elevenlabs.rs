//! `ElevenLabs`, speech with timestamps: three lists of the same length, with each character, when it begins
//! and when it ends. A stream has such an object for each chunk, with times from the beginning of the stream.

use super::collector::{Collector, Draft};
use super::items::{text_of, time_of, value_at};
use crate::article::Json;
use crate::timeline::script::Kind;

pub(super) fn read(json: &Json, collector: &mut Collector) -> Option<&'static str> {
    let chunks = match json {
        Json::List(chunks) => chunks.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut is_any = false;
    for (index, chunk) in chunks.iter().enumerate() {
        // Either may be null. The normalized text, such as numbers in words, differs from the article more
        // than the text itself.
        for key in ["alignment", "normalized_alignment"] {
            if let Some(alignment @ Json::Object(_)) = value_at(chunk, key)
                && let Some(Json::List(characters)) = value_at(alignment, "characters")
            {
                is_any = true;
                let place = || match json {
                    Json::List(_) => ["[", &index.to_string(), "].", key].concat(),
                    _ => key.to_owned(),
                };
                words(alignment, characters, &place, collector);
                break;
            }
        }
    }
    is_any.then_some("ElevenLabs")
}

/// Joins characters to words.
fn words(alignment: &Json, characters: &[Json], path: &dyn Fn() -> String, collector: &mut Collector) {
    let list = |key: &str| match value_at(alignment, key) {
        Some(Json::List(times)) => times.as_slice(),
        _ => &[],
    };
    let (starts, ends) = (list("character_start_times_seconds"), list("character_end_times_seconds"));
    if starts.len() != characters.len() {
        collector
            .warn(path, "does not have one time for each character; characters without one were left out");
    }
    let mut word = Draft::default();
    for ((index, character), start) in characters.iter().enumerate().zip(starts) {
        let text = text_of(character).unwrap_or_default();
        let is_space = text.trim().is_empty();
        let by_itself = text.chars().next().is_some_and(|c| matches!(Kind::of(c), Kind::Han | Kind::Kana));
        if is_space || by_itself {
            collector.add(std::mem::take(&mut word), path);
        }
        if is_space {
            continue;
        }
        if word.text.is_empty() {
            word.start = time_of(Some(start), 1.0);
        }
        word.text.push_str(&text);
        word.end = time_of(ends.get(index), 1.0);
    }
    collector.add(word, path);
}
