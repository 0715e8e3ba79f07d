use super::super::Image;
use super::object::Object;
use super::reader::Reader;

/// Reads a picture; without an address there is none.
pub(super) fn image(reader: &mut Reader, object: &Object) -> Option<Image> {
    let url = object.url(reader, "url");
    if url.is_none() {
        reader.warn(object.path.key("url"), "is missing or refused; the image was left out");
    }
    if !object.has("alt") {
        reader.warn(
            object.path.key("alt"),
            "is missing: say what the image shows, or \"\" if it only decorates",
        );
    }
    let alt = object.text(reader, "alt").unwrap_or_else(|| "".into());
    let (width, height) = (object.count(reader, "width"), object.count(reader, "height"));
    let caption = object.rich(reader, "caption");
    let credit = object.text(reader, "credit");
    url.map(|url| Image { url, alt, width, height, caption, credit })
}
