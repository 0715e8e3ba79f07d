//! Names of people, in the many forms that systems use.

use crate::article::{Json, RichText, Text};
use crate::cms::values::first_text;

/// Returns the names in a value, without repetitions: a text, an object with a name, or a list of these.
pub(in crate::cms) fn names(json: &Json) -> Vec<Text> {
    let mut names = Vec::new();
    let people = match json {
        Json::List(people) => people,
        one => std::slice::from_ref(one),
    };
    for name in people.iter().filter_map(name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Returns the name of the one whom an object quotes.
pub(in crate::cms) fn attribution(json: &Json) -> RichText {
    let mut fields = "attribution author cite citation person speaker name source title".split(' ');
    fields.find_map(|field| name(json.get(field))).map(RichText::plain).unwrap_or_default()
}

/// Returns the name in a value.
pub(in crate::cms) fn name(json: &Json) -> Option<Text> {
    if let Some(name) = json.as_text() {
        return Some(name.trim().into());
    }
    let full_name_keys = "name display_name displayName fullName full_name literal title label text";
    if let Some(name) = first_text(json, full_name_keys) {
        return Some(name.into());
    }
    // CSL-JSON and some sites store names in parts.
    let last = first_text(json, "family lastName last_name")?;
    let first = first_text(json, "given firstName first_name");
    let particle = first_text(json, "non-dropping-particle dropping-particle");
    let parts: Vec<&str> = [first, particle, Some(last)].into_iter().flatten().collect();
    Some(parts.join(" ").into())
}
