//! The timings of a recording, from a timings file that an article names.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::prelude::*;

use super::{json, normalize, problem, set, value};
use crate::article::{Passage, Severity, SpokenPassage, Text};
use crate::timeline::align::align_with;
use crate::timeline::import::import_with;

/// Aligns a timings file with the passages of an article.
///
/// The main module reports `passages` as the number of key points, followed by the name and the text of each
/// passage. `duration` is the length of the recording in seconds, or NaN.
///
/// Returns an object with the `segments` of canonical JSON, the `duration` of the recording if it is known,
/// and the `problems` found. It has no `segments` where the file has no times for the article.
#[wasm_bindgen(js_name = toSegments)]
#[must_use]
pub fn to_segments(passages: &Array, text: &str, duration: f64) -> Object {
    let stated = Some(duration).filter(|seconds| *seconds > 0.0);
    let mut timings = import_with(text, stated, &|text| json::json(&JSON::parse(text).ok()?).ok());
    let length = stated.or(timings.duration);
    let alignment = align_with(spoken_passages(passages), &timings, length, normalize::normalize);
    let mut problems = std::mem::take(&mut timings.problems);
    problems.extend(alignment.problems);
    let result = Object::new();
    if !problems.iter().any(|problem| problem.severity == Severity::Error) {
        set(
            &result,
            "segments",
            &alignment.segments.iter().map(|timing| value(&timing.to_canonical())).collect::<Array>(),
        );
        set(&result, "duration", &length.into());
    }
    set(&result, "problems", &problems.iter().map(problem).collect::<Array>());
    result
}

fn spoken_passages(reported: &Array) -> Vec<SpokenPassage> {
    let mut reported = reported.iter();
    let key_points = reported.next().and_then(|number| number.as_f64()).unwrap_or_default() as usize;
    let mut text = || reported.next().map(|text| text.as_string().unwrap_or_default());
    let mut passages = Vec::new();
    while let Some((name, text)) = text().zip(text()) {
        let passage = match passages.len() {
            0 => Passage::Title,
            1 => Passage::Summary,
            place if place - 2 < key_points => Passage::KeyPoint(place - 2),
            place => Passage::Block(place - 2 - key_points),
        };
        passages.push(SpokenPassage { passage, name: Text::from(name), text });
    }
    passages
}
