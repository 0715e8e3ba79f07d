//! Inline text keeps every word, and survives a round trip through its written form.

use news_briefing::article::{Article, BlockKind, Inline, Json, ReadResult, RichText, read};
use proptest::prelude::*;

use crate::strategies::{check, fuzzed_text, object, reference};

/// Parses a text as a paragraph of an article with three references. Also returns whether a link in
/// it was rejected.
fn read_inline(source: &str) -> (RichText, bool) {
    let text = |text: &str| Json::Text(text.to_owned());
    let json = object(vec![
        ("format".to_owned(), text("briefing")),
        ("version".to_owned(), text("1.0")),
        ("title".to_owned(), text("A title")),
        ("key_points".to_owned(), Json::List(vec![text("A point")])),
        ("body".to_owned(), Json::List(vec![text(source)])),
        (
            "references".to_owned(),
            Json::List(vec![
                reference("11", "Reuters"),
                reference("12", "Nikkei"),
                reference("13", "量子位"),
            ]),
        ),
    ]);
    let ReadResult { article, problems } = read(&json);
    let has_rejected_link = problems.iter().any(|problem| problem.message.contains("in a link"));
    let Article { body, .. } = article.expect("a key point is enough");
    let inline = body.into_iter().next().map_or_else(RichText::default, |block| match block.kind {
        BlockKind::Paragraph(paragraph) => paragraph.text,
        other => panic!("a text was read as {other:?}"),
    });
    (inline, has_rejected_link)
}

/// Returns the characters of a text that are neither syntax nor white space nor removed on purpose.
fn words(text: &str) -> String {
    let counts = |c: &char| {
        let is_syntax = c.is_numeric() || "*`[]()^\\,;-–~<>［］【】〔〕〖〗＾，；、､،؛－〜～∼%".contains(*c);
        let is_hidden = c.is_control()
            || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
                | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}');
        !is_syntax && !is_hidden && !c.is_whitespace()
    };
    text.chars().filter(counts).collect()
}

/// Returns whether a link of the text may have a title, or an address with encoded characters.
fn has_title(source: &str) -> bool {
    source.match_indices("](").any(|(at, _)| source[at + 2..].contains(['"', '\'', '(', '<']))
}

/// Appends the characters of a text and of its addresses, in their written order.
fn push_all(inlines: &[Inline], all: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => all.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) => push_all(inner, all),
            Inline::Link { text, url } => {
                push_all(text, all);
                all.push_str(url.as_str());
            }
            Inline::Citation(citation) => all.push_str(citation.mention.as_deref().unwrap_or_default()),
        }
    }
}

#[test]
fn parsing_keeps_every_word() {
    check(2_000, fuzzed_text(), |source| {
        let (inline, has_rejected_link) = read_inline(&source);
        // A rejected address is dropped, and a link without text shows its address.
        if has_rejected_link || source.contains("[](") || source.contains("<http") {
            return Ok(());
        }
        let mut all = String::new();
        push_all(&inline.0, &mut all);
        let (all, source_words) = (words(&all), words(&source));
        if has_title(&source) {
            // The title of a link is not shown; everything else is, in the same order.
            let mut left = source_words.chars();
            prop_assert!(all.chars().all(|c| left.any(|other| other == c)), "{all:?} in {source:?}");
        } else {
            prop_assert_eq!(all, source_words, "{:?}", inline);
        }
        Ok(())
    });
}

#[test]
fn written_source_parses_to_the_same_text() {
    check(4_000, fuzzed_text(), |source| {
        let (inline, has_rejected_link) = read_inline(&source);
        let written = inline.to_source();
        let (again, _) = read_inline(&written);
        if has_rejected_link {
            // The text around a rejected link may merge differently; the words are the same.
            let (again, inline) = (again.plain_text(), inline.plain_text());
            prop_assert_eq!(again.trim(), inline.trim(), "{:?}", written);
        } else {
            prop_assert_eq!(&again, &inline, "written as {:?}", written);
        }
        Ok(())
    });
}

#[test]
fn parsed_text_is_normalized() {
    check(2_000, fuzzed_text(), |source| is_tidy(&read_inline(&source).0.0, &[]));
}

fn is_tidy(inlines: &[Inline], around: &[&str]) -> Result<(), TestCaseError> {
    for pair in inlines.windows(2) {
        let split = matches!(pair, [Inline::Text(_), Inline::Text(_)]);
        prop_assert!(!split, "text beside text: {:?}", pair);
    }
    for inline in inlines {
        let (kind, inner) = match inline {
            Inline::Text(text) | Inline::Code(text) => {
                prop_assert!(!text.is_empty(), "an empty text");
                continue;
            }
            Inline::Citation(_) => {
                prop_assert!(!around.contains(&"link"), "a citation inside a link");
                continue;
            }
            Inline::Emphasis(inner) => ("emphasis", inner),
            Inline::Strong(inner) => ("strong", inner),
            Inline::Link { text, .. } => ("link", text),
        };
        prop_assert!(!inner.is_empty(), "an empty {kind}");
        let in_itself = around
            .iter()
            .rev()
            .take_while(|outer| **outer != "link" || kind == "link")
            .any(|outer| *outer == kind);
        prop_assert!(!in_itself, "{kind} inside {kind}: {inlines:?}");
        is_tidy(inner, &[around, &[kind]].concat())?;
    }
    Ok(())
}
