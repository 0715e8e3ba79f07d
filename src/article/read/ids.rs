use std::collections::HashSet;

use super::super::{Json, Text};
use super::object::Object;
use super::reader::Reader;

/// Gives every key point and block a name of its own.
pub(super) struct Ids {
    /// The names the article gives anywhere, which no made-up name may take.
    given: HashSet<Text>,
    taken: HashSet<Text>,
}

impl Ids {
    /// Takes note of all names given in these lists.
    pub(super) fn given_in(lists: &[&Json]) -> Self {
        let mut given = HashSet::new();
        for list in lists {
            let Json::List(items) = list else { continue };
            for item in items {
                let Json::Object(entries) = item else { continue };
                for (key, value) in entries {
                    if let (true, Json::Text(id)) = (key == "id", value) {
                        given.insert(id.trim().into());
                    }
                }
            }
        }
        Self { given, taken: ["title", "summary"].map(Text::from).into() }
    }

    /// The name of an object, or a made-up one where it has none or one that is taken.
    pub(super) fn of(&mut self, reader: &mut Reader, object: &Object, prefix: &str, number: usize) -> Text {
        if let Some(id) = object.id(reader) {
            if self.taken.insert(Text::clone(&id)) {
                return id;
            }
            let message =
                ["the id ", &super::reader::quote(&id), " is taken; give this one another"].concat();
            reader.warn(object.path.key("id"), &message);
        }
        self.made_up(prefix, number)
    }

    /// A name for what has none: the prefix and its number.
    pub(super) fn made_up(&mut self, prefix: &str, number: usize) -> Text {
        let mut name = [prefix, &number.to_string()].concat();
        while self.given.contains(&*name) || self.taken.contains(&*name) {
            name.push('\'');
        }
        let name = Text::from(name);
        self.taken.insert(Text::clone(&name));
        name
    }
}
