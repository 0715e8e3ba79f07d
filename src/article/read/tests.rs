#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use serde_json::{Value, json};

use super::super::{Passage, Spoken, TimedWord};
use super::*;

/// Reads an article made of these members and the required ones.
fn read_with(members: &Value) -> ReadResult {
    let mut whole = json!({ "format": "briefing", "version": "1.0", "title": "T", "body": ["One."] });
    for (key, value) in members.as_object().unwrap() {
        whole[key] = value.clone();
    }
    read_text(&whole.to_string())
}

fn messages(result: &ReadResult) -> Vec<String> {
    result.problems.iter().map(ToString::to_string).collect()
}

/// Returns the article of these members, which must be read without a problem.
fn read_valid(members: &Value) -> Article {
    let result = read_with(members);
    assert_eq!(messages(&result), [""; 0]);
    result.article.unwrap()
}

/// Returns the article of these members, and the problems reported.
fn read_with_warnings(members: &Value) -> (Article, Vec<String>) {
    let result = read_with(members);
    let messages = messages(&result);
    (result.article.unwrap_or_else(|| panic!("{messages:?}")), messages)
}

/// Returns the problems of these members, with which no article can be shown.
fn failed(members: &Value) -> Vec<String> {
    let result = read_with(members);
    assert_eq!(result.article, None);
    messages(&result)
}

fn source(text: &RichText) -> String {
    text.to_source()
}

#[test]
fn the_smallest_article_has_no_problems() {
    let article = read_valid(&json!({}));
    assert_eq!(&*article.title, "T");
    assert_eq!(article.body.len(), 1);
    assert_eq!(&*article.body[0].id, "p1");
    assert!(article.link_mentions);
}

#[test]
fn every_member_is_read() {
    let article = read_valid(&json!({
        "id": 42, "url": "https://news.example/x", "lang": "pt_BR", "category": "Economy",
        "summary": "In *short*.[^r]", "published": "2026-03-04T14:15:00Z", "updated": "2026-03-05",
        "authors": ["A", "B"], "source_count": 3,
        "image": { "url": "a.png", "alt": "A", "width": 16, "height": 9, "credit": "C" },
        "key_points": ["Plain.[1]", { "id": "k", "text": "Full.", "detail": ["More."], "supports": ["p1"] }],
        "references": [{ "id": "r", "title": "R", "publisher": "P", "url": "https://p.example", "authors": ["Q"],
            "published": "2026-01-01", "lang": "zh", "kind": "paper", "excerpt": "E", "aliases": ["PP"], "mention": "never",
            "archive_url": "https://archive.example/p" }],
        "audio": { "sources": [{ "url": "a.mp3", "type": "audio/mpeg" }], "duration": 9.5,
            "segments": [{ "target": "k", "start": 0, "end": 2.5, "words": [[0, "Full"]] },
                { "target": "p1", "start": 2.5, "estimated": true }], "timings_url": "a.vtt" },
    }));
    assert_eq!(article.id.as_deref(), Some("42"));
    assert_eq!(article.lang.as_ref().map(Language::as_str), Some("pt-BR"));
    assert_eq!(source(&article.summary), "In *short*.[1]");
    assert_eq!(article.source_count, Some(3));
    assert_eq!(article.image.as_ref().unwrap().width, Some(16));
    assert_eq!(&*article.key_points[0].id, "k1");
    assert_eq!(article.key_points[1].supports, ["p1".into()]);
    assert_eq!(article.references[0].kind, Some(super::super::ReferenceKind::Paper));
    assert_eq!(article.audio.as_ref().unwrap().segments.len(), 2);
    assert_eq!(article.audio.as_ref().unwrap().duration, Some(9.5));
    let [timed, estimated] = article.audio.as_ref().unwrap().segments.as_slice() else { panic!() };
    assert_eq!(timed.words, [TimedWord { start: 0.0, text: "Full".into() }]);
    assert!(estimated.estimated && !timed.estimated);
}

use super::super::Language;

#[test]
fn every_type_of_block_is_read() {
    let article = read_valid(&json!({ "body": [
        "A string.",
        { "type": "paragraph", "text": "P" },
        { "type": "heading", "text": "H" },
        { "type": "heading", "level": 4, "text": "H" },
        { "type": "list", "ordered": true, "items": ["a", { "text": "b", "items": ["c"] }] },
        { "type": "quote", "text": "Q", "attribution": "W", "url": "https://q.example" },
        { "type": "image", "url": "i.png", "alt": "", "caption": "C" },
        { "type": "code", "text": "  x\n", "language": "rust" },
        { "type": "table", "caption": "C", "header": ["a", "b"], "rows": [["1", ""], ["2", "3"]] },
        { "type": "embed_link", "url": "https://e.example", "title": "E", "description": "D", "publisher": "P" },
    ] }));
    let ids: Vec<&str> = article.body.iter().map(|block| &*block.id).collect();
    assert_eq!(ids, ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10"]);
    assert!(matches!(&article.body[7].kind, BlockKind::Code(code) if &*code.text == "  x\n"));
    assert_eq!(article.body[4].spoken(), "a\nb\nc");
}

#[test]
fn articles_that_cannot_be_shown_report_why() {
    assert_eq!(
        messages(&read_text("{ \"format\":")),
        ["error: is not JSON: EOF while parsing a value at line 1 column 11"]
    );
    assert_eq!(
        messages(&read_text("[1]")),
        ["error: expected an object with \"format\": \"briefing\", found a list"]
    );
    assert_eq!(messages(&read_text("{}  x"))[0].split(':').nth(1), Some(" is not JSON"));
    assert_eq!(failed(&json!({ "title": null })), ["error: title: is missing; an article needs a title"]);
    assert_eq!(failed(&json!({ "title": " " })), ["error: title: is missing; an article needs a title"]);
    assert_eq!(
        failed(&json!({ "title": ["x"] })),
        ["error: title: is missing; an article needs a title", "warning: title: expected text, found a list"]
    );
    assert_eq!(
        failed(&json!({ "format": "podcast" })),
        ["error: format: expected \"briefing\", found \"podcast\""]
    );
    assert_eq!(failed(&json!({ "format": null })), ["error: format: is missing; expected \"briefing\""]);
    assert_eq!(failed(&json!({ "version": null })), ["error: version: is missing; expected \"1.0\""]);
    assert_eq!(
        failed(&json!({ "version": "2.0" })),
        ["error: version: this briefing reads version \"1.0\" of the format, found \"2.0\""]
    );
    assert_eq!(
        failed(&json!({ "version": 1 })),
        ["error: version: this briefing reads version \"1.0\" of the format, found a number"]
    );
    assert_eq!(
        failed(&json!({ "body": [], "key_points": [] })),
        [
            "error: has neither a \"body\" nor \"key_points\" to show",
            "warning: key_points: is empty; remove it or fill it in",
            "warning: body: is empty; remove it or fill it in",
        ]
    );
}

#[test]
fn a_later_minor_version_and_unknown_keys_are_accepted() {
    read_valid(&json!({ "version": "1.7", "mood": "sunny", "_ours": { "x": 1 } }));
}

#[test]
fn a_wrong_type_affects_only_its_member() {
    let (article, messages) = read_with_warnings(&json!({
        "id": [], "url": 5, "lang": "in English", "category": {}, "summary": true, "published": "soon",
        "authors": "Ann", "source_count": 1.5, "image": "x.png", "link_mentions": "no",
        "references": [{ "id": "r", "title": 7, "url": "https://r.example" }], "audio": [],
    }));
    assert_eq!(
        messages,
        [
            "warning: references[0].title: expected text, found 7",
            "warning: image: expected an object, found \"x.png\"",
            "warning: id: expected text, found a list",
            "warning: url: expected an http or https URL, found 5",
            "warning: lang: expected a language tag such as en or zh-Hans, found \"in English\"",
            "warning: category: expected text, found an object",
            "warning: summary: expected text, found true or false",
            "warning: published: expected a date such as 2026-03-04 or 2026-03-04T14:15:00Z, found \"soon\"",
            "warning: authors: expected a list of texts, found \"Ann\"",
            "warning: source_count: expected a whole number above 0, found a number",
            "warning: link_mentions: expected true or false, found \"no\"",
            "warning: audio: expected an object, found a list",
        ]
    );
    assert_eq!(article.authors, ["Ann".into()]);
    assert_eq!(&*article.references[0].title, "7");
}

#[test]
fn a_number_is_shown_where_a_text_is_expected() {
    let cells = |article: &Article| -> Vec<String> {
        let BlockKind::Table(table) = &article.body[0].kind else { panic!("{article:?}") };
        table.header.iter().chain(table.rows.iter().flatten()).map(RichText::plain_text).collect()
    };
    let table =
        json!({ "type": "table", "header": ["Year", 2026], "rows": [["A", 3.5], [-0.25, 1e21], [0, 1843]] });
    let article = read_valid(&json!({ "body": [table] }));
    assert_eq!(cells(&article), ["Year", "2026", "A", "3.5", "-0.25", "1e21", "0", "1843"]);

    let (article, messages) = read_with_warnings(&json!({
        "title": 1984, "category": 24, "summary": 7.5, "authors": ["Ann", 50],
        "key_points": [2.5],
        "body": [
            { "type": "quote", "text": 42, "attribution": 7 },
            { "type": "list", "items": [1994, 1.5] },
            365,
        ],
        "references": [{ "id": "r", "title": 2001, "publisher": 1843, "excerpt": 9 }],
    }));
    let places = [
        "references[0].publisher",
        "references[0].title",
        "references[0].excerpt",
        "title",
        "key_points[0]",
        "body[0].attribution",
        "body[0].text",
        "body[1].items[0]",
        "body[1].items[1]",
        "body[2]",
        "category",
        "summary",
        "authors[1]",
    ];
    assert_eq!(messages.len(), places.len(), "{messages:?}");
    for (message, place) in messages.iter().zip(places) {
        assert!(message.starts_with(&format!("warning: {place}: expected text, found ")), "{message}");
    }
    assert_eq!((&*article.title, article.category.as_deref()), ("1984", Some("24")));
    assert_eq!(article.authors, ["Ann".into(), "50".into()]);
    assert_eq!(article.body[0].spoken(), "42\n7");
    assert_eq!(article.body[1].spoken(), "1994\n1.5");
    assert_eq!((&*article.body[2].spoken(), &*article.key_points[0].text.plain_text()), ("365", "2.5"));
    assert_eq!(article.references[0].publisher.as_deref(), Some("1843"));
}

#[test]
fn a_url_without_a_scheme_is_reported() {
    let (_, messages) = read_with_warnings(&json!({
        "body": ["See [it](www.paper.example/x), *[that](page.html)*."],
        "references": [{ "id": "r", "title": "T", "url": "paper.example/2026/x" }],
    }));
    let advice = "has no https://, so it leads to a place on your own site; write";
    assert_eq!(
        messages,
        [
            format!("warning: references[0].url: {advice} \"https://paper.example/2026/x\""),
            format!("warning: body[0]: {advice} \"https://www.paper.example/x\""),
        ]
    );
}

#[test]
fn names_in_objects_are_kept() {
    let (article, messages) = read_with_warnings(&json!({
        "category": { "name": "Economy", "slug": "economy" },
        "authors": ["Ann", { "@type": "Person", "name": "Bob" }, { "url": "/c" }],
        "references": [
            { "id": "a", "title": "A", "publisher": { "name": "Reuters" }, "authors": { "name": "Cem" } },
            { "id": "b", "title": "B", "authors": "Dee" },
        ],
    }));
    assert_eq!(
        messages,
        [
            "warning: references[0].publisher: expected text, found an object; its name is shown",
            "warning: references[0].authors: expected a list of texts, found an object",
            "warning: references[1].authors: expected a list of texts, found \"Dee\"",
            "warning: category: expected text, found an object; its name is shown",
            "warning: authors[1]: expected text, found an object; its name is shown",
            "warning: authors[2]: expected text, found an object",
        ]
    );
    assert_eq!(article.category.as_deref(), Some("Economy"));
    assert_eq!(article.authors, ["Ann".into(), "Bob".into()]);
    assert_eq!(article.references[0].publisher.as_deref(), Some("Reuters"));
    assert_eq!(article.references[0].authors, ["Cem".into()]);
    assert_eq!(article.references[1].authors, ["Dee".into()]);
}

#[test]
fn html_is_reported_in_every_text_member() {
    let bad = "A&amp;B";
    let (_, messages) = read_with_warnings(&json!({
        "title": bad, "category": bad, "summary": bad, "authors": [bad],
        "image": { "url": "/a.png", "alt": bad, "caption": bad, "credit": bad },
        "key_points": [bad, { "text": bad, "detail": [bad] }],
        "body": [
            bad,
            { "type": "quote", "text": bad, "attribution": bad },
            { "type": "list", "items": [bad] },
            { "type": "table", "rows": [[bad]], "caption": bad },
            { "type": "embed_link", "url": "/x", "title": bad, "description": bad, "publisher": bad },
            { "type": "code", "text": bad },
        ],
        "references": [{ "id": "r", "title": bad, "publisher": bad, "authors": [bad], "excerpt": bad, "aliases": [bad] }],
    }));
    assert_eq!(messages.len(), 24, "{messages:#?}");
    for message in messages {
        assert!(message.contains("\"&amp;\", which looks like an HTML character reference"), "{message}");
    }
}

#[test]
fn dates_are_read_in_several_formats() {
    let article = read_valid(
        &json!({ "published": "2026-03-04T09:35:33-0400", "updated": "Wed, 04 Mar 2026 09:35:33 GMT" }),
    );
    assert_eq!(
        article.published.as_ref().map(super::super::Moment::as_str),
        Some("2026-03-04T09:35:33-04:00")
    );
    assert_eq!(article.updated.as_ref().map(super::super::Moment::as_str), Some("2026-03-04T09:35:33Z"));
    let (article, messages) = read_with_warnings(&json!({ "published": "March 2026" }));
    assert_eq!(
        messages,
        [
            "warning: published: expected a date such as 2026-03-04 or 2026-03-04T14:15:00Z, found \"March 2026\""
        ]
    );
    assert_eq!(article.published, None);
    let article = read_valid(&json!({
        "published": 2026,
        "updated": "2026-03",
        "references": [{ "id": "a", "title": "A report", "published": "2025-11" }],
    }));
    let kept = article.to_json();
    for member in ["\"published\": \"2026\"", "\"updated\": \"2026-03\"", "\"published\": \"2025-11\""] {
        assert!(kept.contains(member), "{member} in {kept}");
    }
}

#[test]
fn broken_blocks_degrade_or_are_dropped() {
    let (article, messages) = read_with_warnings(&json!({ "body": [
        { "type": "poll", "text": "Vote?" }, { "type": "poll" }, { "text": "No type." }, 7, "",
        { "type": "heading", "level": 9, "text": "H" }, { "type": "list", "items": [] },
        { "type": "list", "items": ["a", 3, ""] }, { "type": "image", "url": "javascript:x", "alt": "A" },
        { "type": "image", "url": "a.png" }, { "type": "table", "rows": [["a", "b"], ["c"]] },
        { "type": "table", "rows": [] }, { "type": "embed_link", "title": "E" }, { "type": "code" }, { "type": "quote" },
    ] }));
    assert_eq!(
        messages,
        [
            "warning: body[0].type: unknown block type \"poll\"; only its text is shown",
            "warning: body[1].type: unknown block type \"poll\"; only its text is shown",
            "warning: body[1]: has no text; it was left out",
            "warning: body[2].type: is missing; the block is shown as a paragraph",
            "warning: body[3]: expected text, found 7",
            "warning: body[4]: is an empty paragraph; it was left out",
            "warning: body[5].level: expected 2, 3 or 4, found 9",
            "warning: body[6].items: is empty; remove it or fill it in",
            "warning: body[6]: is a list without items; it was left out",
            "warning: body[7].items[1]: expected text, found 3",
            "warning: body[7].items[2]: is an empty item; it was left out",
            "warning: body[8].url: expected an http or https URL, found \"javascript:x\": only http and https addresses are allowed",
            "warning: body[8].url: is missing or invalid; the image was left out",
            "warning: body[9].alt: is missing: describe the image, or write \"\" if it is decorative",
            "warning: body[10].rows[1]: has fewer cells than the table has columns",
            "warning: body[11].rows: is empty; remove it or fill it in",
            "warning: body[11]: is a table without cells; it was left out",
            "warning: body[12].url: is missing or invalid; only the title is shown",
            "warning: body[13].text: is missing; the block was left out",
            "warning: body[14].text: is missing; the block was left out",
        ]
    );
    let ids: Vec<&str> = article.body.iter().map(|block| &*block.id).collect();
    assert_eq!(ids, ["p1", "p3", "p4", "p6", "p8", "p10", "p11", "p13"]);
}

#[test]
fn duplicate_and_invalid_ids_are_replaced() {
    let (article, messages) = read_with_warnings(&json!({
        "key_points": [{ "id": "p2", "text": "K" }, { "id": "title", "text": "K" }],
        "body": [{ "id": "x", "type": "paragraph", "text": "A" }, "B", { "id": "x", "type": "paragraph", "text": "C" },
            { "id": "two words", "type": "paragraph", "text": "D" }],
        "references": [{ "id": "r", "title": "R" }, { "id": "r", "title": "S" }, { "title": "T" }],
    }));
    assert_eq!(
        messages,
        [
            "warning: references[1].id: the id \"r\" is already used; choose another one",
            "warning: references[2]: has no id; the text can cite it only as [3]",
            "warning: key_points[1].id: the id \"title\" is already used; choose another one",
            "warning: body[2].id: the id \"x\" is already used; choose another one",
            "warning: body[3].id: expected an id without spaces or brackets, found \"two words\"",
        ]
    );
    let ids: Vec<&str> = article.body.iter().map(|block| &*block.id).collect();
    assert_eq!(ids, ["x", "p2'", "p3", "p4"]);
    let ids: Vec<&str> = article.references.iter().map(|reference| &*reference.id).collect();
    assert_eq!(ids, ["r", "r2", "r3"]);
}

#[test]
fn invalid_references_keep_their_number() {
    let (article, _) =
        read_with_warnings(&json!({ "references": [5, "A title", null, { "publisher": "P" }] }));
    let titles: Vec<&str> = article.references.iter().map(|reference| &*reference.title).collect();
    assert_eq!(titles, ["—", "A title", "—", "P"]);
}

#[test]
fn dangling_markers_and_invalid_links_are_reported() {
    let (article, messages) =
        read_with_warnings(&json!({ "body": ["A[^no] [b](data:x) [c](https://u:p@c.example)"] }));
    assert_eq!(
        messages,
        [
            "warning: body[0]: the marker [^no] matches no reference; it is shown as text",
            "warning: body[0]: expected an http or https URL in a link, found \"data:x\": only http and https addresses are allowed",
            "warning: body[0]: expected an http or https URL in a link, found \"https://…@c.example\": it contains a user name or password",
        ]
    );
    assert_eq!(article.body[0].spoken(), "A[^no] b c");
}

#[test]
fn problems_with_supports_have_the_right_path() {
    let points = json!([{ "text": "" }, { "text": "K", "supports": ["p9"] }]);
    let (_, messages) = read_with_warnings(&json!({ "key_points": points }));
    assert_eq!(
        messages,
        [
            "warning: key_points[0]: has no text; it was left out",
            "warning: key_points[1].supports: no block has the id \"p9\"",
        ]
    );
}

#[test]
fn citations_in_the_lead_image_caption_are_numbered() {
    let image = json!({ "url": "/a.svg", "alt": "", "caption": "A map.[1]" });
    let references = json!([{ "id": "r1", "title": "A source" }]);
    let article = read_valid(&json!({ "image": image, "body": ["Words.[1]"], "references": references }));
    let cited: Vec<_> = article.citations().iter().map(|at| (at.passage, at.citation.ordinal)).collect();
    assert_eq!(cited, [(Passage::Title, 0), (Passage::Block(0), 1)]);
}

#[test]
fn supports_that_name_no_block_are_dropped() {
    let (article, messages) =
        read_with_warnings(&json!({ "key_points": [{ "text": "K", "supports": ["p1", "p9"] }] }));
    assert_eq!(messages, ["warning: key_points[0].supports: no block has the id \"p9\""]);
    assert_eq!(article.key_points[0].supports, ["p1".into()]);
}

#[test]
fn ids_may_be_whole_numbers_everywhere() {
    let article = read_valid(&json!({
        "key_points": [{ "id": 1, "text": "K[^7]", "supports": [2] }],
        "body": [{ "id": 2, "type": "paragraph", "text": "P" }],
        "references": [{ "id": 7, "title": "A source" }],
        "audio": { "segments": [{ "target": 2, "start": 0 }] },
    }));
    assert_eq!(article.key_points[0].supports, [article.body[0].id.clone()]);
    assert_eq!(article.citations().len(), 1);
}

#[test]
fn invalid_timings_are_dropped() {
    let (article, messages) = read_with_warnings(&json!({ "audio": { "segments": [
        { "target": "p1", "start": 5, "end": 2 }, { "target": "p1", "start": -1 }, { "target": "p7", "start": 1 },
        { "start": 1 }, { "target": "title", "start": 0 },
    ] } }));
    assert_eq!(
        messages,
        [
            "warning: audio.segments[0].end: is not after the start; the timing was left out",
            "warning: audio.segments[1].start: expected a time in seconds, 0 or more, found a number below 0",
            "warning: audio.segments[1]: needs a target and a start; it was left out",
            "warning: audio.segments[2].target: no key point or block has the id \"p7\"",
            "warning: audio.segments[3]: needs a target and a start; it was left out",
        ]
    );
    assert_eq!(article.audio.unwrap().segments.len(), 1);
}

#[test]
fn invalid_timed_words_are_dropped() {
    let (article, messages) = read_with_warnings(
        &json!({ "audio": { "segments": [{ "target": "p1", "start": 5, "end": 8, "words": [
        [5, "in"], [6.5, 2026], [6, "before"], "no", [7], [4, "early"], [8, "late"], [7, ""], ["7", "text"], [7.5, "last"],
    ] }] } }),
    );
    assert_eq!(
        messages,
        [
            "warning: audio.segments[0].words[1][1]: expected text, found 2026",
            "warning: audio.segments[0].words[2][0]: is earlier than the previous word or outside its passage; the word was left out",
            "warning: audio.segments[0].words[3]: expected a time and a word, such as [0.41, \"resume\"], found \"no\"",
            "warning: audio.segments[0].words[4]: needs a time and a word, such as [0.41, \"resume\"]; it was left out",
            "warning: audio.segments[0].words[5][0]: is earlier than the previous word or outside its passage; the word was left out",
            "warning: audio.segments[0].words[6][0]: is earlier than the previous word or outside its passage; the word was left out",
            "warning: audio.segments[0].words[8][0]: expected a time in seconds, 0 or more, found \"7\"",
        ]
    );
    let audio = article.audio.unwrap();
    let words: Vec<_> = audio.segments[0].words.iter().map(|word| (word.start, &*word.text)).collect();
    assert_eq!(words, [(5.0, "in"), (6.5, "2026"), (7.5, "last")]);
}

#[test]
fn citations_are_numbered_in_reading_order() {
    let article = read_valid(&json!({
        "references": [{ "id": "a", "title": "A" }, { "id": "b", "title": "B" }],
        "key_points": [{ "text": "K[1]", "detail": ["D[2]"] }],
        "summary": "S[^b]",
        "body": ["P[1][2] and [1]", { "type": "quote", "text": "*Q[2]*", "attribution": "W[1]" }],
    }));
    let cited = article.citations();
    let ordinals: Vec<usize> = cited.iter().map(|at| at.citation.ordinal).collect();
    assert_eq!(ordinals, [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(cited[0].passage, super::super::Passage::Summary);
    assert_eq!(cited[3].citation.references, [0, 1]);
    assert_eq!(cited[6].passage, super::super::Passage::Block(1));
}

#[test]
fn mentions_become_citations_where_there_are_no_markers() {
    let references = json!([{ "id": "a", "title": "A", "publisher": "Reuters" }, { "id": "b", "title": "B", "publisher": "量子位 QbitAI", "aliases": ["QbitAI"] }]);
    let body = json!([
        "Reuters said, and Reuters said again, as did QbitAI.",
        "Reuters said.[2]",
        { "type": "paragraph", "text": "Reuters said.", "link_mentions": false },
        { "type": "heading", "text": "Reuters" },
        { "type": "list", "items": ["Reuters", "Reuters said", "`QbitAI` and [QbitAI](/x) and *QbitAI*"] },
        { "type": "quote", "text": "Reuters", "attribution": "Reuters" },
        "according to *Reuters*, and to the `Reuters` and [Reuters](/x) of old",
    ]);
    let cited = |article: &Article| -> Vec<(usize, String)> {
        let cited = article.citations();
        let mentions = cited.iter().filter_map(|at| {
            let super::super::Passage::Block(block) = at.passage else { return None };
            at.citation.mention.as_ref().map(|words| (block, words.to_string()))
        });
        mentions.collect()
    };
    let article = read_valid(&json!({ "references": references, "body": body }));
    let expected =
        [(0, "Reuters"), (0, "QbitAI"), (4, "Reuters"), (4, "QbitAI"), (5, "Reuters"), (6, "Reuters")];
    assert_eq!(cited(&article), expected.map(|(block, words)| (block, words.to_owned())));
    let article = read_valid(&json!({ "references": references, "body": body, "link_mentions": false }));
    assert_eq!(cited(&article), []);
}

#[test]
fn unpaired_surrogates_and_bidi_controls_are_reported() {
    let text = r#"{"format":"briefing","version":"1.0","title":"a\uD83D b\ud83d\ude00 c\\ud800","body":["x\u202Ey"]}"#;
    let result = read_text(text);
    assert_eq!(
        messages(&result),
        [
            "warning: title: has a broken character (U+FFFD), damaged before it arrived here; type it again",
            "warning: body[0]: has invisible characters that change text direction; they were left out. Use \"lang\" instead",
        ]
    );
    assert_eq!(&*result.article.unwrap().title, "a\u{FFFD} b😀 c\\ud800");
}

#[test]
fn too_much_text_is_rejected_and_long_texts_are_truncated() {
    let (article, messages) = read_with_warnings(&json!({ "body": ["x".repeat(300_000)] }));
    assert_eq!(messages, ["warning: body[0]: is longer than 200,000 characters; the rest was left out"]);
    assert_eq!(article.body[0].spoken().len(), limits::MAX_TEXT);
    let much: Vec<String> = vec!["word ".repeat(20_000); 100];
    assert_eq!(
        failed(&json!({ "body": much })),
        ["error: has more than 8 MB of text; a briefing cannot show that much"]
    );
    assert_eq!(
        messages_for(&"x".repeat(25_000_000)),
        ["error: is larger than 24 MB; a briefing cannot show that much"]
    );
}

#[test]
fn texts_and_quotations_are_cut_between_characters() {
    for character in ["e\u{301}", "กำ", "नि", "👩‍👩‍👧‍👦", "🇩🇪"] {
        let length = character.chars().count();
        let (article, _) = read_with_warnings(&json!({ "body": [character.repeat(limits::MAX_TEXT)] }));
        assert_eq!(article.body[0].spoken(), character.repeat(limits::MAX_TEXT / length));
        let (_, messages) = read_with_warnings(&json!({ "body": ["Text."], "lang": character.repeat(100) }));
        assert!(messages[0].contains(&[&character.repeat(60 / length), "…"].concat()), "{messages:?}");
    }
}

fn messages_for(text: &str) -> Vec<String> {
    messages(&read_text(text))
}

#[test]
fn excessive_nesting_is_reported_and_not_followed() {
    for depth in [100, 100_000] {
        let nested = ["[".repeat(depth), "]".repeat(depth)].concat();
        let text = format!(
            r#"{{"format":"briefing","version":"1.0","title":"T","body":["a",{nested}],"_x":{nested}}}"#
        );
        assert_eq!(messages_for(&text), ["warning: body[1]: expected an object, found a list"]);
        let items = [r#"{"text":"x","items":["#.repeat(depth), "]}".repeat(depth)].concat();
        let text = format!(
            r#"{{"format":"briefing","version":"1.0","title":"T","body":["a",{{"type":"list","items":[{items}]}}]}}"#
        );
        let messages = messages_for(&text);
        let deepest = [
            "warning: body[1]",
            &".items[0]".repeat(6),
            ".items: is a list more than 6 lists deep; it was left out",
        ];
        assert_eq!(messages, [deepest.concat()]);
    }
}

#[test]
fn the_number_of_warnings_is_limited() {
    let body: Vec<Value> = vec![json!(true); 5_000];
    let result = read_with(&json!({ "body": body }));
    assert_eq!(result.problems.len(), limits::MAX_PROBLEMS + 1);
    assert_eq!(result.problems[0].severity, Severity::Error);
}

#[test]
fn values_beyond_the_limit_are_not_read() {
    let many = "[],".repeat(Json::MAX_VALUES);
    let text = format!(
        r#"{{ "format": "briefing", "version": "1.0", "title": "T", "_x": [{many}[]], "body": ["One."], "key_points": ["K"] }}"#
    );
    let result = read_text(&text);
    assert_eq!(
        messages(&result),
        [
            "error: has neither a \"body\" nor \"key_points\" to show",
            "warning: key_points: expected a list of key points, found more than can be read",
            "warning: body: expected a list of blocks, found more than can be read",
        ]
    );
}
