use super::super::{Audio, AudioSource, Json, TimedWord, Timing};
use super::object::Object;
use super::path::Path;
use super::reader::{Reader, quote};

/// Reads the recording and its timings. `is_passage` returns whether a passage has this name.
pub(super) fn audio(reader: &mut Reader, object: &Object, is_passage: &dyn Fn(&str) -> bool) -> Audio {
    let sources = object.list(reader, "sources", "files");
    let path = object.path.key("sources");
    let sources = sources
        .iter()
        .enumerate()
        .filter_map(|(index, json)| source(reader, path.index(index), json))
        .collect();
    let segments = object.list(reader, "segments", "timings");
    let path = object.path.key("segments");
    let segments = segments
        .iter()
        .enumerate()
        .filter_map(|(index, json)| timing(reader, path.index(index), json, is_passage))
        .collect();
    Audio {
        sources,
        duration: object.seconds(reader, "duration"),
        segments,
        timings_url: object.url(reader, "timings_url"),
    }
}

fn source(reader: &mut Reader, path: Path, json: &Json) -> Option<AudioSource> {
    let object = Object::of(reader, path, json)?;
    let media_type = object.text(reader, "type");
    let url = object.url(reader, "url");
    if url.is_none() {
        reader.warn(path.key("url"), "is missing or invalid; the file was left out");
    }
    url.map(|url| AudioSource { url, media_type })
}

fn timing(reader: &mut Reader, path: Path, json: &Json, is_passage: &dyn Fn(&str) -> bool) -> Option<Timing> {
    let object = Object::of(reader, path, json)?;
    let target = reader.id(path.key("target"), object.get("target"));
    let start = object.seconds(reader, "start");
    let end_is_given = object.has("end");
    let end = object.seconds(reader, "end");
    let (Some(target), Some(start)) = (target, start) else {
        reader.warn(path, "needs a target and a start; it was left out");
        return None;
    };
    if !is_passage(&target) {
        let message = ["no key point or block has the id ", &quote(&target)].concat();
        reader.warn(path.key("target"), &message);
        return None;
    }
    if end_is_given && end.is_none_or(|end| end <= start) {
        reader.warn(path.key("end"), "is not after the start; the timing was left out");
        return None;
    }
    let words = object.list(reader, "words", "pairs of a time and a word");
    let path = object.path.key("words");
    let mut past = start;
    let words = words
        .iter()
        .enumerate()
        .filter_map(|(index, json)| {
            let word = timed_word(reader, path.index(index), json, past, end)?;
            past = word.start;
            Some(word)
        })
        .collect();
    let estimated = object.flag(reader, "estimated").unwrap_or(false);
    Some(Timing { target, start, end, estimated, words })
}

/// Reads a word that begins at `past` or later, and before `end`.
fn timed_word(
    reader: &mut Reader,
    path: Path,
    json: &Json,
    past: f64,
    end: Option<f64>,
) -> Option<TimedWord> {
    let Json::List(pair) = json else {
        reader.expected(path, "a time and a word, such as [0.41, \"resume\"]", json);
        return None;
    };
    let [start, text] = pair.as_slice() else {
        reader.warn(path, "needs a time and a word, such as [0.41, \"resume\"]; it was left out");
        return None;
    };
    let start = reader.seconds(path.index(0), start)?;
    let text = reader.text(path.index(1), text)?;
    if start < past || end.is_some_and(|end| start >= end) {
        reader.warn(
            path.index(0),
            "is earlier than the previous word or outside its passage; the word was left out",
        );
        return None;
    }
    Some(TimedWord { start, text })
}
