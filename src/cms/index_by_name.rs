//! Indices by name. Every lookup uses this one type of map, as each type of map adds kilobytes of code.

use std::collections::BTreeMap;

use crate::article::Text;

/// Indices into a list, by name.
#[derive(Default)]
pub(super) struct IndexByName {
    known: BTreeMap<Text, usize>,
}

impl IndexByName {
    /// Returns the index for this name.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.known.get(name).copied()
    }

    /// Sets the index for this name, replacing an earlier one.
    pub(super) fn set(&mut self, name: &str, place: usize) {
        self.known.insert(name.into(), place);
    }

    /// Returns the index for this name; if there is none, sets it to `place` first.
    pub(super) fn get_or_set(&mut self, name: &str, place: usize) -> usize {
        let known = self.get(name);
        if known.is_none() {
            self.set(name, place);
        }
        known.unwrap_or(place)
    }
}

/// Joins two names, such as a type and an id, into one key.
pub(super) fn joined(one: &str, other: &str) -> String {
    [one, "\0", other].concat()
}
