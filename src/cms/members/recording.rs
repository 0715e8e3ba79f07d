//! Reads a recording from the various structures of CMSs.

use crate::article::{Audio, AudioSource, Json, Text};
use crate::cms::converter::Converter;

/// Reads a recording: an address alone, or an object with one.
pub(in crate::cms) fn recording(json: &Json, converter: &mut Converter<'_, '_>) -> Option<Audio> {
    let (file, asset) = (json.get("file"), json.get("asset"));
    let candidates = [json, json.get("url"), json.get("src"), json.get("href")];
    let mut candidates = candidates.into_iter().chain([file.get("url"), asset.get("url")]);
    let url = candidates.find_map(|place| converter.address(place))?;
    let types = [json.get("mime"), json.get("mimeType"), json.get("type"), file.get("contentType")];
    let media_type = types.into_iter().find_map(media_type);
    let duration = json.get("duration").as_number().filter(|seconds| *seconds > 0.0);
    Some(Audio { sources: vec![AudioSource { url, media_type }], duration, ..Audio::default() })
}

/// Returns the media type in a value, if it is an audio type.
fn media_type(json: &Json) -> Option<Text> {
    json.as_text().filter(|name| name.starts_with("audio/")).map(Into::into)
}
