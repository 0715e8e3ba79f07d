use super::super::Next;
use super::object::Object;
use super::reader::Reader;

/// Reads the link to the next article.
pub(super) fn next(reader: &mut Reader, object: &Object) -> Option<Next> {
    let title = object.text(reader, "title");
    let url = object.url(reader, "url");
    if url.is_none() {
        reader.warn(object.path.key("url"), "is missing or invalid; no next article is offered");
    }
    url.map(|url| Next { url, title })
}
