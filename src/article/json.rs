use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Any JSON value, deserialized through `serde` from text or from a JavaScript value.
///
/// The article is read from this tree rather than deserialized straight into its types, so that an invalid
/// part is dropped on its own and every problem is found, not only the first.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`, or `undefined` in JavaScript.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number; large integers lose precision as they do in JavaScript.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, with its keys in source order.
    Object(Vec<(String, Json)>),
    /// A list or object that was not read, because it is deeper than [`Json::MAX_DEPTH`] or comes after
    /// [`Json::MAX_VALUES`].
    TooMuch,
}

impl Json {
    /// The maximum nesting depth of lists and objects. An article needs ten; without a limit, hostile nesting
    /// would exhaust the stack.
    pub const MAX_DEPTH: usize = 64;

    /// The maximum number of values that are read. An article of 10,000 blocks has a tenth of that; without a
    /// limit, reading a JavaScript object that contains itself twice would never end.
    pub const MAX_VALUES: usize = 500_000;

    /// Returns the value of a key, or `null` if it is missing. Of duplicate keys the last wins, as in
    /// `JSON.parse`.
    #[must_use]
    pub fn get(&self, key: &str) -> &Self {
        let Self::Object(entries) = self else { return &Self::Null };
        entries.iter().rev().find(|(known, _)| known == key).map_or(&Self::Null, |(_, value)| value)
    }

    /// Returns the value at these nested keys, or `null` if one is missing.
    #[must_use]
    pub fn at(&self, keys: &[&str]) -> &Self {
        keys.iter().fold(self, |value, key| value.get(key))
    }

    /// Returns the text, unless it is blank.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// Returns the items of a list; empty for any other value.
    #[must_use]
    pub fn as_list(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// Names the type in an editor's words.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
            Self::TooMuch => "more than can be read",
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        JsonSeed { depth: 0, left: &Cell::new(Self::MAX_VALUES) }.deserialize(deserializer)
    }
}

/// A seed that deserializes one value.
#[derive(Clone, Copy)]
struct JsonSeed<'c> {
    /// How many lists and objects contain the value.
    depth: usize,
    /// How many more values may be read.
    left: &'c Cell<usize>,
}

impl JsonSeed<'_> {
    /// Returns the seed for the members of a list or object; `None` when a limit is reached.
    fn inside(self) -> Option<Self> {
        let is_within_limits = self.depth < Json::MAX_DEPTH && self.left.get() > 0;
        is_within_limits.then_some(Self { depth: self.depth + 1, left: self.left })
    }
}

impl<'de> DeserializeSeed<'de> for JsonSeed<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        self.left.set(self.left.get().saturating_sub(1));
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for JsonSeed<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let Some(inside) = self.inside() else {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Json::TooMuch);
        };
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inside)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let Some(inside) = self.inside() else {
            while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Json::TooMuch);
        };
        let mut object = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            object.push((key, entries.next_value_seed(inside)?));
        }
        Ok(Json::Object(object))
    }
}
