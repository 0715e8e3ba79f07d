//! Resolves the links in Contentful's answers: `{"sys": {"type": "Link", "linkType": "Entry", "id": "…"}}`
//! refers to an entry or asset in the answer, in `includes` or among the items.

use crate::article::Json;
use crate::cms::allowance::Allowance;
use crate::cms::index_by_name::{IndexByName, joined};

/// How many links deep entries are resolved: from an article to its author, and on to the author's parts.
/// Contentful sends at most ten levels, and entries may refer to one another in cycles.
const MAX_DEPTH: usize = 3;

/// The fields of entries and assets, by type and id.
pub(super) struct Links<'j> {
    fields: Vec<&'j Json>,
    index: IndexByName,
    pub(super) allowance: Allowance,
}

impl<'j> Links<'j> {
    /// Collects the entries and assets of an answer.
    pub(super) fn new(answer: &'j Json) -> Self {
        let includes = answer.get("includes");
        let lists = [includes.get("Entry"), includes.get("Asset"), answer.get("items")];
        let (mut fields, mut index) = (Vec::new(), IndexByName::default());
        for list in lists {
            for entry in list.as_list() {
                let sys = entry.get("sys");
                if let (Some(kind), Some(id)) = (sys.get("type").as_text(), sys.get("id").as_text()) {
                    index.set(&joined(kind, id), fields.len());
                    fields.push(entry.get("fields"));
                }
            }
        }
        Self { fields, index, allowance: Allowance::new(answer) }
    }

    /// Returns the value with each link replaced by the fields of its target. A link whose target was not
    /// sent stays a link.
    pub(super) fn resolved(&self, json: &'j Json) -> Json {
        self.copy(json, 0)
    }

    fn copy(&self, json: &'j Json, depth: usize) -> Json {
        match json {
            Json::List(items) => Json::List(items.iter().map(|item| self.copy(item, depth)).collect()),
            Json::Object(entries) => {
                if let Some(fields) = self.fields_of(json).filter(|_| depth < MAX_DEPTH) {
                    if !self.allowance.permits(fields) {
                        return Json::TooMuch;
                    }
                    return self.copy(fields, depth + 1);
                }
                let copied = entries.iter().map(|(key, value)| (key.clone(), self.copy(value, depth)));
                Json::Object(copied.collect())
            }
            other => other.clone(),
        }
    }

    /// Returns the fields that replace a value: those of a link's target, or those of an entry or asset that
    /// is already in its place because the client resolved the links.
    fn fields_of(&self, json: &'j Json) -> Option<&'j Json> {
        let sys = json.get("sys");
        match (sys.get("type").as_text()?, sys.get("linkType").as_text(), sys.get("id").as_text()) {
            ("Link", Some(kind), Some(id)) => {
                self.index.get(&joined(kind, id)).and_then(|place| self.fields.get(place)).copied()
            }
            ("Entry" | "Asset", ..) => Some(json.get("fields")),
            _ => None,
        }
    }
}

/// Returns the fields that a node of rich text refers to; `None` if they were not sent.
pub(super) fn target(node: &Json) -> Option<&Json> {
    let target = node.at(&["data", "target"]);
    (target.is_object() && !target.get("sys").is_object()).then_some(target)
}
