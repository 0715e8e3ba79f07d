//! Any other JSON, by a field map. For each member of an article the map has the path of its value, such
//! as `{"title": "data.title", "body": "data.blocks[0].text"}`.

use super::context::Context;
use super::converter::Converter;
use super::members::{Member, Members, NAMES, Prose};
use super::values::number;
use super::{Content, NotAnArticle};
use crate::article::{Json, Path};

/// The paths of an article's members in JSON of the site's own.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldMap(Json);

impl FieldMap {
    /// Returns a map that has not been checked: reading an article fails if it is invalid.
    #[must_use]
    pub fn unchecked(json: Json) -> Self {
        Self(json)
    }

    /// Reads a map from its JSON.
    ///
    /// # Errors
    /// Names the entry that is not a member of an article, or whose path is invalid.
    pub fn read(json: &Json) -> Result<Self, String> {
        let map = Self(json.clone());
        map.paths()?;
        Ok(map)
    }

    fn paths(&self) -> Result<Vec<(Member, String)>, String> {
        let Json::Object(entries) = &self.0 else {
            return Err(
                "a field map must be an object, such as {\"title\": \"data.title\", \"body\": \"data.text\"}"
                    .to_owned(),
            );
        };
        let mut paths = Vec::new();
        for (name, path) in entries {
            let Some((member, ..)) = NAMES.iter().find(|(_, known, _)| known == name) else {
                let names: Vec<&str> = NAMES.iter().map(|(_, known, _)| *known).collect();
                return Err(
                    ["a field map cannot have \"", name, "\"; it can have ", &names.join(", ")].concat()
                );
            };
            let Some(path) = path.as_text().map(str::trim).filter(|path| steps(path).is_some()) else {
                return Err(["the path of \"", name, "\" is not valid; write it as a.b[0].c"].concat());
            };
            paths.push((*member, path.to_owned()));
        }
        Ok(paths)
    }
}

/// Never matches: a field map is not detected, the host page provides it.
pub(super) fn matches(_: &Json) -> bool {
    false
}

pub(super) fn read(json: &Json, context: &mut Context<'_>) -> Result<Content, NotAnArticle> {
    let Some(map) = context.options.map.clone() else { return Err(NotAnArticle::NoMap) };
    let mut members = Members::default();
    let mut missing = Vec::new();
    for (member, path) in map.paths().map_err(NotAnArticle::InvalidMap)? {
        match find(json, &path) {
            Json::Null => missing.push(path),
            value => members.set(member, path, value),
        }
    }
    if !members.has(Member::Body) && !members.has(Member::KeyPoints) {
        return Err(NotAnArticle::NoBody(missing));
    }
    for path in missing {
        context.warn(&path, &["is named in the field map, but the JSON has no value there"]);
    }
    let mut converter = Converter::new(context);
    members.read(Prose::HtmlOrPlain, &mut converter);
    if converter.article.title.is_empty() {
        let path = Path::Root;
        converter.warn(&path, &["has no title; check \"title\" in the field map"]);
    }
    Ok(converter.finish())
}

/// Returns the value at a path; `null` where there is none.
fn find<'j>(json: &'j Json, path: &str) -> &'j Json {
    steps(path).unwrap_or_default().iter().fold(json, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(place) => super::values::item(value, *place),
    })
}

/// One step of a path.
enum Step<'p> {
    Key(&'p str),
    Index(usize),
}

/// Parses a path into its steps; `None` if it is not a path.
fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, mut places) = part.find('[').and_then(|at| part.split_at_checked(at)).unwrap_or((part, ""));
        if !key.is_empty() {
            steps.push(Step::Key(key));
        }
        if key.is_empty() && places.is_empty() {
            return None;
        }
        while let Some(rest) = places.strip_prefix('[') {
            let (place, rest) = rest.split_once(']')?;
            steps.push(Step::Index(usize::try_from(number(place)?).ok()?));
            places = rest;
        }
        if !places.is_empty() {
            return None;
        }
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_parsed_and_followed() {
        let list =
            Json::List(vec![Json::Bool(true), Json::Object(vec![("c".to_owned(), Json::Number(1.0))])]);
        let json = Json::Object(vec![("a".to_owned(), Json::Object(vec![("b".to_owned(), list)]))]);
        assert_eq!(find(&json, "a.b[0]"), &Json::Bool(true));
        assert_eq!(find(&json, "a.b[1].c"), &Json::Number(1.0));
        assert_eq!(find(&json, "a.b[2].c"), &Json::Null);
        let one = Json::List(vec![json]);
        assert_eq!(find(&one, "[0].a.b[0]"), &Json::Bool(true));
        for path in ["", "a..b", "a[x]", "a[0", "a]0[", "a[0]b"] {
            assert!(steps(path).is_none(), "{path}");
        }
    }
}
