//! A canonical briefing that a CMS carries in a field of its own.

use super::context::Context;
use crate::article::Json;

/// Returns the briefing that a field holds, as an object or as text.
pub(super) fn embedded_briefing(field: &Json, context: &Context<'_>) -> Option<Json> {
    let is_briefing = |json: &Json| json.get("format").as_text() == Some("briefing");
    match field {
        Json::Text(text) if text.contains("briefing") => context.parsers.json(text).filter(is_briefing),
        json if is_briefing(json) => Some(json.clone()),
        _ => None,
    }
}

/// Returns whether a briefing has a body of its own.
pub(super) fn has_body(briefing: &Json) -> bool {
    !briefing.get("body").as_list().is_empty()
}

/// Fills the gaps of a briefing with members of an article. The references of both are kept; those of the
/// briefing come first, as it may cite them by number.
pub(super) fn extended(briefing: Json, article: Json) -> Json {
    let (Json::Object(mut members), Json::Object(others)) = (briefing, article) else { return Json::Null };
    for (name, value) in others {
        match members.iter_mut().find(|(known, _)| *known == name) {
            None => members.push((name, value)),
            Some((_, Json::List(known))) if name == "references" => {
                if let Json::List(more) = value {
                    known.extend(more);
                }
            }
            Some((_, known)) if *known == Json::Null || *known == Json::List(Vec::new()) => *known = value,
            Some(_) => {}
        }
    }
    Json::Object(members)
}
