use super::super::{Json, Text};
use super::clean::clean;
use super::object::Object;
use super::reader::{Reader, whole};

/// Assigns a unique id to each object of a list, such as a key point or block.
pub(super) struct Ids {
    /// The ids that the article gives, sorted, each with how many objects have it so far. No made-up id may
    /// equal one of them.
    given: Vec<(Text, usize)>,
}

impl Ids {
    /// Collects all ids given in these lists.
    pub(super) fn given_in(lists: &[&Json]) -> Self {
        let mut given = vec![("title".into(), 1), ("summary".into(), 1)];
        for list in lists {
            let Json::List(items) = list else { continue };
            for item in items {
                let Json::Object(entries) = item else { continue };
                let ids = entries.iter().filter(|(key, _)| key == "id");
                given.extend(ids.filter_map(|(_, id)| Some((id_from(id)?, 0))));
            }
        }
        given.sort_unstable();
        // Of equal ids, the last has the highest count: `title` and `summary` are taken from the start.
        given.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 = next.1;
            }
            is_same
        });
        Self { given }
    }

    /// Returns the id of an object, or a made-up one if it has none or its id is taken.
    pub(super) fn of(&mut self, reader: &mut Reader, object: &Object, prefix: &str, number: usize) -> Text {
        if let Some(id) = object.id(reader) {
            match self.find(&id) {
                Some((_, uses)) if *uses > 0 => {
                    let message =
                        ["the id ", &super::reader::quote(&id), " is already used; choose another one"]
                            .concat();
                    reader.warn(object.path.key("id"), &message);
                }
                given => {
                    if let Some((_, uses)) = given {
                        *uses += 1;
                    }
                    return id;
                }
            }
        }
        self.made_up(prefix, number)
    }

    /// Makes up a unique id: the prefix and the number, with apostrophes if that id is given elsewhere.
    pub(super) fn made_up(&self, prefix: &str, number: usize) -> Text {
        let mut name = [prefix, &number.to_string()].concat();
        while self.given.get(self.place(&name)).is_some_and(|(given, _)| **given == *name) {
            name.push('\'');
        }
        name.into()
    }

    fn find(&mut self, name: &str) -> Option<&mut (Text, usize)> {
        let place = self.place(name);
        self.given.get_mut(place).filter(|(given, _)| **given == *name)
    }

    /// Returns the position of an id among those given, or where it would be inserted.
    fn place(&self, name: &str) -> usize {
        self.given.partition_point(|(given, _)| **given < *name)
    }
}

/// Returns the id that [`Reader::id`] reads from a value, if it is one.
fn id_from(id: &Json) -> Option<Text> {
    match id {
        Json::Text(text) => Some(clean(text).0.trim().into()),
        Json::Number(number) => whole(*number).map(|number| number.to_string().into()),
        _ => None,
    }
}
