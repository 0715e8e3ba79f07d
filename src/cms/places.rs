//! Where things are by their names: one kind of map for all that is looked up, as each kind of map weighs kilobytes.

use std::collections::BTreeMap;

use crate::article::Text;

/// Places in a list, by names.
#[derive(Default)]
pub(super) struct Places {
    known: BTreeMap<Text, usize>,
}

impl Places {
    /// The place of what has this name.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.known.get(name).copied()
    }

    /// Remembers the place of what has this name, instead of one that is remembered.
    pub(super) fn set(&mut self, name: &str, place: usize) {
        self.known.insert(name.into(), place);
    }

    /// The place of what has this name; this one from now on, where it has none.
    pub(super) fn get_or_set(&mut self, name: &str, place: usize) -> usize {
        let known = self.get(name);
        if known.is_none() {
            self.set(name, place);
        }
        known.unwrap_or(place)
    }
}

/// One name out of two, such as a type and an id.
pub(super) fn joined(one: &str, other: &str) -> String {
    [one, "\0", other].concat()
}
