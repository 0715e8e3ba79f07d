//! Generates articles of any length; the same length always gives the same article.

use serde_json::{Value, json};

/// The words of generated paragraphs.
const WORDS: [&str; 48] = [
    "harbour",
    "council",
    "voted",
    "on",
    "Tuesday",
    "to",
    "rebuild",
    "the",
    "northern",
    "quay",
    "after",
    "a",
    "survey",
    "found",
    "that",
    "its",
    "timber",
    "piles",
    "had",
    "lost",
    "half",
    "their",
    "strength",
    "since",
    "1974",
    "officials",
    "said",
    "work",
    "would",
    "begin",
    "in",
    "spring",
    "and",
    "cost",
    "no",
    "more",
    "than",
    "was",
    "set",
    "aside",
    "for",
    "repairs",
    "while",
    "ferries",
    "use",
    "other",
    "berths",
    "meanwhile",
];

/// The number of blocks per reference.
pub(crate) const BLOCKS_PER_REFERENCE: usize = 4;

/// The maximum number of key points: a reader grasps them in ten seconds, however long the text is.
const MAX_KEY_POINTS: usize = 6;

/// Returns an article with this number of blocks and a reference for every four of them. Each block
/// is a segment of one second.
///
/// Of twenty blocks, two are headings, two are lists of three items, one is a quote, and the rest
/// are paragraphs of some fifty words, most of them with one or two citations.
pub(crate) fn article(blocks: usize) -> Value {
    let mut text = Text { state: 0x9e37_79b9 };
    let references = (blocks / BLOCKS_PER_REFERENCE).max(1);
    let body: Vec<Value> = (0..blocks).map(|index| block(&mut text, index, references)).collect();
    let key_points: Vec<Value> = (0..MAX_KEY_POINTS.min(blocks.div_ceil(3)))
        .map(|index| key_point(&mut text, index, references))
        .collect();
    let references: Vec<Value> = (0..references).map(|index| reference(&mut text, index)).collect();
    let segments: Vec<Value> = (0..blocks)
        .map(|index| json!({ "target": block_id(index), "start": index, "end": index + 1 }))
        .collect();
    json!({
        "format": "briefing",
        "version": "1.0",
        "id": format!("bench-{blocks}"),
        "lang": "en",
        "category": "Harbour",
        "title": format!("A briefing of {blocks} blocks"),
        "summary": text.sentence(18),
        "published": "2026-03-04T14:15:00Z",
        "key_points": key_points,
        "body": body,
        "references": references,
        "audio": { "duration": blocks, "segments": segments },
    })
}

fn block_id(index: usize) -> String {
    format!("b{index}")
}

fn block(text: &mut Text, index: usize, references: usize) -> Value {
    let id = block_id(index);
    let near = index / BLOCKS_PER_REFERENCE % references;
    match index % 20 {
        0 | 11 => json!({ "id": id, "type": "heading", "level": 2, "text": text.words(5) }),
        6 | 16 => {
            let items: Vec<String> = (0..3).map(|_| text.sentence(9)).collect();
            json!({ "id": id, "type": "list", "items": items })
        }
        9 => json!({ "id": id, "type": "quote", "text": cited(text.sentence(22), near) }),
        3 | 13 => json!({ "id": id, "text": text.sentences(3) }),
        5 | 15 => {
            let second = (near + 1) % references;
            let first = cited(text.sentences(2), near);
            json!({ "id": id, "text": format!("{first} {}", cited(text.sentences(1), second)) })
        }
        7 | 17 => {
            let emphasis = format!("*{}* {}", text.words(3), text.sentences(2));
            json!({ "id": id, "text": cited(format!("{emphasis} **{}.**", text.words(4)), near) })
        }
        _ => json!({ "id": id, "text": cited(text.sentences(3), near) }),
    }
}

fn cited(text: String, reference: usize) -> String {
    format!("{text}[^r{reference}]")
}

fn key_point(text: &mut Text, index: usize, references: usize) -> Value {
    json!({
        "id": format!("k{index}"),
        "text": cited(text.sentence(16), index % references),
        "detail": [text.sentences(2)],
        "supports": [block_id(index)],
    })
}

fn reference(text: &mut Text, index: usize) -> Value {
    json!({
        "id": format!("r{index}"),
        "title": text.sentence(9),
        // No publisher is named in the text, so that the bench measures citations and not mentions.
        "publisher": format!("Gazette No. {index}"),
        "url": format!("https://gazette.example/{index}"),
        "authors": ["Ada Quill"],
        "published": "2026-03-03",
        "kind": "article",
        "excerpt": text.sentence(24),
    })
}

/// A generator of words in a reproducible order.
struct Text {
    state: u32,
}

impl Text {
    fn word(&mut self) -> &'static str {
        // The generator of Numerical Recipes; its high bits are the good ones.
        self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        WORDS[(self.state >> 16) as usize % WORDS.len()]
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn sentence(&mut self, words: usize) -> String {
        format!("The {}.", self.words(words))
    }

    fn sentences(&mut self, count: usize) -> String {
        (0..count).map(|_| self.sentence(16)).collect::<Vec<_>>().join(" ")
    }
}
