//! The times of a recording, from a file of timings that an article names.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::prelude::*;

use super::{json, normalize, problem, set, value};
use crate::article::{Passage, Severity, SpokenPassage, Text};
use crate::timeline::align::align_with;
use crate::timeline::import::import_with;

/// Lays a file of timings over the passages of an article, as the first module tells them: how many key points there
/// are, then of each passage its name and its words. `duration` is how long the recording is, in seconds, or not a
/// number.
///
/// Makes an object with the `segments` of canonical JSON, the `duration` that the file tells, if it does, and the
/// `problems` found; without any segments where the file has no times for the article.
#[wasm_bindgen(js_name = toSegments)]
#[must_use]
pub fn to_segments(passages: &Array, text: &str, duration: f64) -> Object {
    let stated = Some(duration).filter(|seconds| *seconds > 0.0);
    let mut timings = import_with(text, stated, &|text| json::json(&JSON::parse(text).ok()?).ok());
    let length = stated.or(timings.duration);
    let alignment = align_with(spoken(passages), &timings, length, normalize::normalize);
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

fn spoken(told: &Array) -> Vec<SpokenPassage> {
    let mut told = told.iter();
    let key_points = told.next().and_then(|number| number.as_f64()).unwrap_or_default() as usize;
    let mut text = || told.next().map(|text| text.as_string().unwrap_or_default());
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
