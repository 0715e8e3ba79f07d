//! What was taken for mentions of publishers, so that an editor sees it: nobody wrote it into the article.

use std::collections::HashMap;

use serde_json::Value;

use crate::article::{Article, Citation, Passage, clip};

/// A mention that became a citation.
pub(super) struct Inferred {
    /// Where the block with it is in the JSON, such as `body[3]`.
    pub(super) path: String,
    /// The words of the text.
    pub(super) words: String,
    /// The indices of the references that it cites.
    pub(super) references: Vec<usize>,
    /// What it cites, in an editor's words.
    pub(super) message: String,
}

/// The mentions in an article that was read from this JSON, in the order of reading.
pub(super) fn inferred(article: &Article, json: &str) -> Vec<Inferred> {
    let mut citations = article.citations();
    citations.retain(|at| at.citation.mention.is_some());
    if citations.is_empty() {
        return Vec::new();
    }
    let given = given_ids(json);
    let mentions = citations.iter().filter_map(|at| {
        let (Some(words), Passage::Block(index)) = (&at.citation.mention, at.passage) else { return None };
        let path = format!("body[{}]", place(&given, &article.body.get(index)?.id)?);
        let message = message(article, words, at.citation);
        Some(Inferred { path, words: words.to_string(), references: at.citation.references.clone(), message })
    });
    mentions.collect()
}

/// The first place in the body of each id that the JSON gives a block.
fn given_ids(json: &str) -> HashMap<String, usize> {
    let json: Value = serde_json::from_str(json).unwrap_or_default();
    let mut given = HashMap::new();
    for (index, block) in json.get("body").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let id = match block.get("id") {
            Some(Value::String(id)) => id.trim().to_owned(),
            Some(Value::Number(id)) => id.to_string(),
            _ => continue,
        };
        given.entry(id).or_insert(index);
    }
    given
}

/// The place in the JSON of the block with an id: what holds nothing is no block of the article.
fn place(given: &HashMap<String, usize>, id: &str) -> Option<usize> {
    // One that was made up is `p` and its place, counted from 1.
    let made_up = || id.strip_prefix('p')?.trim_end_matches('\'').parse::<usize>().ok()?.checked_sub(1);
    given.get(id).copied().or_else(made_up)
}

fn message(article: &Article, words: &str, citation: &Citation) -> String {
    let cited = citation.references.iter().filter_map(|index| {
        let reference = article.references.get(*index)?;
        Some(format!("references[{index}] ({})", clip(&reference.title)))
    });
    format!("“{words}” was read as a mention and cites {}", cited.collect::<Vec<_>>().join(", "))
}
