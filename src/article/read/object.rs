use super::super::{Json, Language, Moment, RichText, Text, Url};
use super::path::Path;
use super::reader::Reader;

/// An object of the JSON with its path.
#[derive(Clone, Copy)]
pub(in crate::article) struct Object<'j, 'p> {
    pub(in crate::article) path: Path<'p>,
    entries: &'j [(String, Json)],
}

impl<'j, 'p> Object<'j, 'p> {
    /// Returns the value as an object. Reports any other value, except `null`.
    pub(in crate::article) fn of(reader: &mut Reader, path: Path<'p>, json: &'j Json) -> Option<Self> {
        match json {
            Json::Object(entries) => Some(Self { path, entries }),
            Json::Null => None,
            other => {
                reader.expected(path, "an object", other);
                None
            }
        }
    }

    /// Returns the value of a key, or `null` if it is missing. Of duplicate keys the last wins.
    pub(in crate::article) fn get(&self, key: &str) -> &'j Json {
        self.entries.iter().rev().find(|(known, _)| known == key).map_or(&Json::Null, |(_, value)| value)
    }

    pub(in crate::article) fn has(&self, key: &str) -> bool {
        !matches!(self.get(key), Json::Null)
    }

    pub(in crate::article) fn text(&self, reader: &mut Reader, key: &str) -> Option<Text> {
        reader.text(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn name(&self, reader: &mut Reader, key: &str) -> Option<Text> {
        reader.name(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn names(&self, reader: &mut Reader, key: &str) -> Vec<Text> {
        reader.names(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn ids(&self, reader: &mut Reader, key: &str) -> Vec<Text> {
        reader.ids(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn rich(&self, reader: &mut Reader, key: &str) -> RichText {
        reader.rich(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn rich_texts(&self, reader: &mut Reader, key: &str) -> Vec<RichText> {
        reader.rich_texts(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn id(&self, reader: &mut Reader) -> Option<Text> {
        reader.id(self.path.key("id"), self.get("id"))
    }

    pub(in crate::article) fn url(&self, reader: &mut Reader, key: &str) -> Option<Url> {
        reader.url(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn moment(&self, reader: &mut Reader, key: &str) -> Option<Moment> {
        reader.moment(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn language(&self, reader: &mut Reader, key: &str) -> Option<Language> {
        reader.language(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn flag(&self, reader: &mut Reader, key: &str) -> Option<bool> {
        reader.flag(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn count(&self, reader: &mut Reader, key: &str) -> Option<u32> {
        reader.count(self.path.key(key), self.get(key))
    }

    pub(in crate::article) fn seconds(&self, reader: &mut Reader, key: &str) -> Option<f64> {
        reader.seconds(self.path.key(key), self.get(key))
    }

    /// Returns the items of a list. Reports an empty list.
    pub(in crate::article) fn list(&self, reader: &mut Reader, key: &str, of: &str) -> &'j [Json] {
        let list = reader.list(self.path.key(key), self.get(key), of);
        if list.is_empty() && matches!(self.get(key), Json::List(_)) {
            reader.warn(self.path.key(key), "is empty; remove it or fill it in");
        }
        list
    }
}
