use super::super::{Json, Mention, Reference, ReferenceKind, Url};
use super::ids::Ids;
use super::object::Object;
use super::path::Path;
use super::reader::Reader;

/// Reads the references. An invalid one gets placeholders: leaving it out would renumber the
/// others.
pub(super) fn references(reader: &mut Reader, path: Path, json: &Json) -> Vec<Reference> {
    let mut ids = Ids::given_in(&[json]);
    let list = reader.list(path, json, "references");
    let references = list.iter().enumerate();
    references.map(|(index, json)| reference(reader, &mut ids, path.index(index), json, index + 1)).collect()
}

fn reference(reader: &mut Reader, ids: &mut Ids, path: Path, json: &Json, number: usize) -> Reference {
    let empty = Json::Object(Vec::new());
    let object = Object::of(reader, path, json).or_else(|| Object::of(reader, path, &empty));
    let Some(object) = object else {
        return Reference { id: ids.made_up("r", number), title: "—".into(), ..Reference::default() };
    };
    if !object.has("id") && matches!(json, Json::Object(_)) {
        let message = ["has no id; the text can cite it only as [", &number.to_string(), "]"].concat();
        reader.warn(path, &message);
    }
    let id = ids.of(reader, &object, "r", number);
    let url = object.url(reader, "url");
    let publisher = object.name(reader, "publisher");
    let title = match (object.text(reader, "title"), json) {
        (Some(title), _) => title,
        (None, Json::Text(_)) => reader.text(path, json).unwrap_or_else(|| "—".into()),
        (None, _) => {
            reader.warn(path.key("title"), "is missing");
            let instead = url.as_ref().map(Url::to_text).or_else(|| publisher.clone());
            instead.unwrap_or_else(|| "—".into())
        }
    };
    Reference {
        id,
        title,
        publisher,
        aliases: object.names(reader, "aliases"),
        mention: mention(reader, &object),
        url,
        authors: object.names(reader, "authors"),
        published: object.moment(reader, "published"),
        lang: object.language(reader, "lang"),
        kind: kind(reader, &object),
        excerpt: object.text(reader, "excerpt"),
        archive_url: object.url(reader, "archive_url"),
    }
}

fn mention(reader: &mut Reader, object: &Object) -> Option<Mention> {
    match &*object.text(reader, "mention")? {
        "always" => Some(Mention::Always),
        "never" => Some(Mention::Never),
        _ => {
            reader.expected(object.path.key("mention"), "\"always\" or \"never\"", object.get("mention"));
            None
        }
    }
}

fn kind(reader: &mut Reader, object: &Object) -> Option<ReferenceKind> {
    let name = object.text(reader, "kind")?;
    let kind = ReferenceKind::from_name(&name);
    if kind.is_none() {
        let names = ReferenceKind::NAMES.map(|(name, _)| name).join(", ");
        reader.expected(object.path.key("kind"), &["one of ", &names].concat(), object.get("kind"));
    }
    kind
}
