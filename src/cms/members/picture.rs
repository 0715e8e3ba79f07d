//! Reads a picture from the various structures of CMSs.

use super::people::name;
use crate::article::{Image, Json, RichText, Text, Url};
use crate::cms::converter::Converter;
use crate::cms::values::{first, whole_number, words};

/// The fields with the alternative text, and those with the name of the photographer.
const ALT: &str = "alt alternativeText alt_text altText";
const CREDIT: &str = "credit attribution photographer byline copyright";

/// Reads a picture: an address alone, or an object with one. Contentful keeps the address in `file`, Sanity
/// in `asset`.
pub(in crate::cms) fn picture(json: &Json, converter: &mut Converter<'_, '_>) -> Option<Image> {
    let (file, asset) = (json.get("file"), json.get("asset"));
    let candidates = [json, json.get("url"), json.get("src"), json.get("href"), file, asset];
    let mut candidates = candidates.into_iter().chain([file.get("url"), asset.get("url")]);
    let url = candidates.find_map(|place| converter.address(place))?;
    let sizes = [json, file.at(&["details", "image"]), asset.at(&["metadata", "dimensions"])];
    let size = |key: &str| sizes.iter().find_map(|size| pixels(size.get(key)));
    Some(Image {
        alt: first(json, ALT).or_else(|| first(json, "description title")).unwrap_or_default(),
        width: size("width"),
        height: size("height"),
        caption: first(json, "caption").map(RichText::plain).unwrap_or_default(),
        credit: CREDIT.split(' ').find_map(|key| name(json.get(key))),
        ..image(url)
    })
}

/// Returns whether a value is a picture: an image with its type in Strapi or Contentful, or with its asset in
/// Sanity.
pub(in crate::cms) fn is_picture(json: &Json) -> bool {
    let is_image = |kind: &Json| words(kind).starts_with("image/");
    let asset = words(json.at(&["asset", "url"]));
    // Sanity keeps other files than pictures in a folder of their own.
    let is_asset = !asset.is_empty() && !asset.contains("/files/");
    is_image(json.get("mime")) || is_image(json.at(&["file", "contentType"])) || is_asset
}

/// Returns the pictures in the fields of an object, and in its lists down to this depth. If there is only
/// one, the object may have the alternative text, caption and credit that the picture itself lacks. An entry
/// of its own, which has a `documentId` in Strapi, is no part of the object.
pub(in crate::cms) fn pictures(json: &Json, depth: usize, converter: &mut Converter<'_, '_>) -> Vec<Image> {
    let Json::Object(fields) = json else { return Vec::new() };
    let mut found = Vec::new();
    for (_, value) in fields {
        if is_picture(value) {
            found.extend(picture(value, converter));
        } else if depth > 0 {
            for item in value.as_list() {
                if is_picture(item) {
                    found.extend(picture(item, converter));
                } else if *item.get("documentId") == Json::Null {
                    found.extend(pictures(item, depth - 1, converter));
                }
            }
        }
    }
    if let [only] = found.as_mut_slice() {
        if let Some(alt) = first(json, ALT) {
            only.alt = alt;
        }
        if let Some(caption) = first(json, "caption") {
            only.caption = RichText::plain(caption);
        }
        only.credit = only.credit.take().or_else(|| CREDIT.split(' ').find_map(|key| name(json.get(key))));
    }
    found
}

/// Makes a picture of which only the address is known.
pub(in crate::cms) fn image(url: Url) -> Image {
    Image { url, alt: Text::default(), width: None, height: None, caption: RichText::default(), credit: None }
}

/// Reads a number of pixels.
pub(in crate::cms) fn pixels(json: &Json) -> Option<u32> {
    whole_number(json).and_then(|pixels| u32::try_from(pixels).ok()).filter(|pixels| *pixels > 0)
}
