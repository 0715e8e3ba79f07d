//! Lists the inferred mentions of publishers for editors, since nobody wrote these citations into the
//! article.

use std::collections::HashMap;

use crate::article::{Article, Citation, Json, Passage, clip, parse_text};

/// An inferred mention, which became a citation.
pub(super) struct Inferred {
    /// The path of its block in the JSON, such as `body[3]`.
    pub(super) path: String,
    /// The words of the text.
    pub(super) words: String,
    /// The indices of the references that it cites.
    pub(super) references: Vec<usize>,
    /// The message, in words for editors.
    pub(super) message: String,
}

/// Returns the mentions in an article that was read from this JSON, in reading order.
pub(super) fn inferred(article: &Article, json: &str) -> Vec<Inferred> {
    let mut citations = article.citations();
    citations.retain(|at| at.citation.mention.is_some());
    if citations.is_empty() {
        return Vec::new();
    }
    let given = given_ids(json);
    let mentions = citations.iter().filter_map(|at| {
        let (Some(words), Passage::Block(index)) = (&at.citation.mention, at.passage) else { return None };
        let path = format!("body[{}]", block_index(&given, &article.body.get(index)?.id)?);
        let message = message(article, words, at.citation);
        Some(Inferred { path, words: words.to_string(), references: at.citation.references.clone(), message })
    });
    mentions.collect()
}

/// Maps each block id in the JSON to the index of the first block in the body that has it.
fn given_ids(json: &str) -> HashMap<String, usize> {
    let json = parse_text(json).unwrap_or(Json::Null);
    let mut given = HashMap::new();
    for (index, block) in json.get("body").as_list().iter().enumerate() {
        let id = match block.get("id") {
            Json::Text(id) => id.trim().to_owned(),
            Json::Number(id) => id.to_string(),
            _ => continue,
        };
        given.entry(id).or_insert(index);
    }
    given
}

/// Returns the index in the JSON of the block with an id. The index in the article may differ, since the
/// article omits empty blocks.
fn block_index(given: &HashMap<String, usize>, id: &str) -> Option<usize> {
    // A generated id is `p` and the index in the JSON, counted from 1.
    let generated = || id.strip_prefix('p')?.trim_end_matches('\'').parse::<usize>().ok()?.checked_sub(1);
    given.get(id).copied().or_else(generated)
}

fn message(article: &Article, words: &str, citation: &Citation) -> String {
    let cited = citation.references.iter().filter_map(|index| {
        let reference = article.references.get(*index)?;
        Some(format!("references[{index}] ({})", clip(&reference.title)))
    });
    format!("“{words}” was read as a mention and cites {}", cited.collect::<Vec<_>>().join(", "))
}
