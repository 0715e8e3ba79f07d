//! Reads a picture from the various structures of CMSs.

use super::people::name;
use crate::article::{Image, Json, RichText, Text, Url};
use crate::cms::converter::Converter;
use crate::cms::values::{first, whole};

/// Reads a picture: an address alone, or an object with one. Contentful keeps the address in `file`, Sanity
/// in `asset`.
pub(in crate::cms) fn picture(json: &Json, converter: &mut Converter<'_, '_>) -> Option<Image> {
    let (file, asset) = (json.get("file"), json.get("asset"));
    let places = [json, json.get("url"), json.get("src"), json.get("href"), file, asset];
    let mut places = places.into_iter().chain([file.get("url"), asset.get("url")]);
    let url = places.find_map(|place| converter.address(place))?;
    let sizes = [json, file.at(&["details", "image"]), asset.at(&["metadata", "dimensions"])];
    let size = |key: &str| sizes.iter().find_map(|size| pixels(size.get(key)));
    let alt = "alt alternativeText alt_text altText description title";
    let credit = ["credit", "attribution", "photographer", "byline", "copyright"];
    Some(Image {
        alt: first(json, alt).unwrap_or_default(),
        width: size("width"),
        height: size("height"),
        caption: first(json, "caption").map(RichText::plain).unwrap_or_default(),
        credit: credit.iter().find_map(|key| name(json.get(key))),
        ..image(url)
    })
}

/// Makes a picture of which only the address is known.
pub(in crate::cms) fn image(url: Url) -> Image {
    Image { url, alt: Text::default(), width: None, height: None, caption: RichText::default(), credit: None }
}

/// Reads a number of pixels.
pub(in crate::cms) fn pixels(json: &Json) -> Option<u32> {
    whole(json).and_then(|pixels| u32::try_from(pixels).ok()).filter(|pixels| *pixels > 0)
}
