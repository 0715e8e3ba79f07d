//! The native command, as who publishes uses it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail: that is how it tells"
)]

use std::rc::Rc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use news_briefing::article::read_text;
use news_briefing::cli::{Outcome, Streams, run};
use news_briefing::view::{Briefing, BriefingProps, Sections, Words};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yew::{Callback, LocalServerRenderer};

/// What came of a call.
struct Called {
    outcome: Outcome,
    out: String,
    err: String,
}

/// Calls the command with an article on standard input.
fn call(arguments: &[&str], input: &str) -> Called {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["news-briefing"].iter().chain(arguments).map(Into::into);
    let outcome = run(arguments, &mut Streams { input: &mut input.as_bytes(), out: &mut out, err: &mut err });
    Called { outcome, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn rendered(arguments: &[&str], input: &str) -> String {
    let called = call(&[&["render"], arguments, &["-"]].concat(), input);
    assert_eq!(called.outcome, Outcome::Good, "{}", called.err);
    called.out
}

/// What stands between two texts, the first time they come.
fn between<'a>(html: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = html.split_once(before).unwrap_or_else(|| panic_with(before, html));
    rest.split_once(after).unwrap_or_else(|| panic_with(after, html)).0
}

#[allow(clippy::panic, reason = "a test may fail: that is how it tells")]
fn panic_with<T>(missing: &str, html: &str) -> T {
    panic!("no {missing} in {html}")
}

fn json_in(html: &str, kind: &str) -> Value {
    let text = between(html, &format!("<script type=\"{kind}\">"), "</script>");
    serde_json::from_str(text).expect(text)
}

const ARTICLES: [&str; 6] = [
    include_str!("../www/articles/seed.json"),
    include_str!("../www/articles/minimal.json"),
    include_str!("../www/articles/dense.json"),
    include_str!("../www/articles/arabic.json"),
    include_str!("../www/articles/chinese.json"),
    include_str!("../www/articles/broken.json"),
];

#[test]
fn what_is_rendered_is_what_yew_writes_without_the_links_inside() {
    for article in ARTICLES {
        let html = rendered(&["--lang", "en"], article);
        let shadow = between(&html, "<link rel=\"stylesheet\" href=\"./news-briefing.css?", "</template>");
        let (_, frame) = shadow.split_once('>').unwrap();
        let props = BriefingProps {
            article: Rc::new(read_text(article).article.unwrap()),
            sections: Sections::ALL,
            words: Words::default(),
            base: None,
            id_prefix: "".into(),
            on_event: Callback::noop(),
        };
        if props.article.lang.as_ref().is_some_and(|lang| lang.primary() != "en") {
            continue;
        }
        let renderer = LocalServerRenderer::<Briefing>::with_props(props).hydratable(false);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let expected = runtime.block_on(renderer.render()).replace("=\"\"", "");
        let mut pieces = expected.split(" href=\"#");
        let first = pieces.next().unwrap().to_owned();
        let expected = pieces.fold(first, |html, piece| html + piece.split_once('"').unwrap().1);
        // The one writes quotes in texts as they are, the other a slash and apostrophes not.
        let plain = |html: &str| {
            html.replace("&quot;", "\"").replace("&#x2F;", "/").replace("&#x27;", "'").replace("&gt;", ">")
        };
        assert_eq!(plain(frame), plain(&expected));
    }
}

#[test]
fn nothing_in_it_does_a_strict_policy_forbid() {
    for article in ARTICLES {
        for arguments in [&[][..], &["--page"], &["--iframe"]] {
            let html = rendered(arguments, article);
            assert!(!html.contains("<style") && !html.contains(" style="), "{html}");
            let (markup, _) = html.split_once("<script type=\"application/json\">").unwrap();
            assert!(!markup.contains("javascript:"), "{markup}");
            for script in html.split("<script").skip(1) {
                let is_data = script.starts_with(" type=\"application/json\">")
                    || script.starts_with(" type=\"application/ld+json\">");
                let is_file = script.starts_with(" type=\"module\" src=\"./news-briefing.js\"></script>")
                    || script
                        .strip_prefix(" type=\"module\" src=\"./frame.js?")
                        .is_some_and(|version| version.find("\"></script>") == Some(8));
                assert!(is_data || is_file, "{script}");
            }
        }
    }
}

#[test]
fn the_data_inside_is_the_article() {
    for article in ARTICLES {
        let inside = json_in(&rendered(&[], article), "application/json");
        assert_eq!(inside, serde_json::from_str::<Value>(article).unwrap());
    }
}

#[test]
fn no_text_ends_the_script_it_stands_in() {
    let text = "</script><script>alert(1)</script><!-- \u{2028} x";
    let article = json!({
        "format": "briefing", "version": "1.0", "title": text, "lang": "en", "body": [text],
        "references": [{ "id": "r1", "title": text, "publisher": text }]
    });
    let html = rendered(&["--page"], &article.to_string());
    assert_eq!(html.matches("<script").count(), 3, "{html}");
    assert_eq!(html.matches("</script>").count(), 3, "{html}");
    assert_eq!(json_in(&html, "application/json"), article);
    assert_eq!(json_in(&html, "application/ld+json")["citation"][0]["name"], text);
}

#[test]
fn programs_read_the_article_and_what_it_cites() {
    let html = rendered(&[], ARTICLES[0]);
    let data = json_in(&html, "application/ld+json");
    assert_eq!(data["@context"], "https://schema.org");
    assert_eq!(data["@type"], "NewsArticle");
    assert_eq!(data["headline"], "Moonshot’s $2 billion is a vote for open models");
    assert_eq!(data["inLanguage"], "en");
    assert_eq!(data["datePublished"], "2026-05-08T06:30:00Z");
    let citations = data["citation"].as_array().unwrap();
    assert_eq!(citations.len(), 2);
    for citation in citations {
        assert!(citation["url"].as_str().unwrap().starts_with("https://"), "{citation}");
        assert_eq!(citation["publisher"]["@type"], "Organization");
    }
    // What the article has not is not there.
    let minimal = json!({ "format": "briefing", "version": "1.0", "title": "T", "body": ["Words."] });
    let data = json_in(&rendered(&[], &minimal.to_string()), "application/ld+json");
    assert_eq!(data, json!({ "@context": "https://schema.org", "@type": "NewsArticle", "headline": "T" }));
}

#[test]
fn the_interface_has_the_language_that_the_loader_will_choose() {
    let html = rendered(&[], ARTICLES[0]);
    assert!(html.starts_with("<news-briefing lang=\"en\">"), "{html}");
    let html = rendered(&["--lang", "de"], ARTICLES[0]);
    assert!(html.starts_with("<news-briefing lang=\"de\">"), "{html}");
    assert!(html.contains("8. Mai 2026"), "{html}");
    let minimal = json!({ "format": "briefing", "version": "1.0", "title": "T", "body": ["Words."] });
    assert!(rendered(&[], &minimal.to_string()).starts_with("<news-briefing><template"));
    assert_eq!(call(&["render", "--lang", "no language", "-"], ARTICLES[0]).outcome, Outcome::Failed);
}

#[test]
fn what_is_to_be_read_aloud_has_the_times_of_listening() {
    let silent = rendered(&["--lang", "en"], ARTICLES[0]);
    assert!(silent.contains("Silent, at reading pace") && !silent.contains(" voice"), "{silent}");
    for (argument, attribute) in [("--voice", " voice>"), ("--voice=Anna, Zoe", " voice=\"Anna, Zoe\">")] {
        let aloud = rendered(&["--lang", "en", argument], ARTICLES[0]);
        assert!(between(&aloud, "<news-briefing", "<template").ends_with(attribute), "{aloud}");
        assert!(aloud.contains("Read aloud by your device") && aloud.contains(" min listen"), "{aloud}");
        let total = |html: &str| between(html, "class=\"time total\" part=\"time\">", "<").to_owned();
        assert_ne!(total(&aloud), total(&silent));
    }
}

#[test]
fn a_stylesheet_inside_is_allowed_by_the_hash_that_is_told() {
    let called = call(&["render", "--style", "inline", "-"], ARTICLES[0]);
    let css = between(&called.out, "<style>", "</style>");
    let hash = BASE64_STANDARD.encode(Sha256::digest(css));
    assert_eq!(called.err, format!("style-src 'sha256-{hash}'\n"));
    assert!(css.contains(".player") && !called.out.contains("<link"));
    // It is the same for every article.
    assert_eq!(call(&["render", "--style", "inline", "-"], ARTICLES[3]).err, called.err);
}

#[test]
fn a_page_says_what_others_show_of_it() {
    let html = rendered(&["--page", "--assets", "https://cdn.example/briefing/"], ARTICLES[0]);
    assert!(html.starts_with("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"), "{html}");
    let head = between(&html, "<head>", "</head>");
    for part in [
        "<title>Moonshot’s $2 billion is a vote for open models</title>",
        "<meta name=\"description\" content=\"The Beijing maker of Kimi",
        "<link rel=\"canonical\" href=\"https://harbour-ledger.example/2026/05/08/moonshot\">",
        "<meta property=\"og:type\" content=\"article\">",
        "<link rel=\"stylesheet\" href=\"https://cdn.example/briefing/news-briefing.css?",
        "<script type=\"module\" src=\"https://cdn.example/briefing/news-briefing.js\"></script>",
    ] {
        assert!(head.contains(part), "no {part} in {head}");
    }
    assert!(rendered(&["--page"], ARTICLES[3]).contains("<html lang=\"ar\" dir=\"rtl\">"));
}

#[test]
fn a_page_for_a_frame_comes_with_its_frame() {
    let called = call(&["render", "--iframe", "-"], ARTICLES[0]);
    assert!(called.out.contains("<base target=\"_blank\">"), "{}", called.out);
    assert!(called.out.contains("<meta name=\"robots\" content=\"noindex\">"), "{}", called.out);
    assert!(called.out.contains("<script type=\"module\" src=\"./frame.js?"), "{}", called.out);
    let script = "<script type=\"module\" src=\"./frames.js\"></script>\n<iframe src=\"";
    assert!(called.err.starts_with(script), "{}", called.err);
    assert!(called.err.contains(" data-news-briefing "), "{}", called.err);
    assert!(called.err.contains(" title=\"Moonshot’s $2 billion is a vote for open models\""));
    assert!(called.err.contains(" loading=\"lazy\"") && !called.err.contains("allow-same-origin"));
}

#[test]
fn a_site_has_words_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("words.json");
    std::fs::write(&words, r#"{ "key_points": "In short" }"#).unwrap();
    let html = rendered(&["--words", words.to_str().unwrap()], ARTICLES[0]);
    assert!(html.contains("<h3>In short</h3>") && html.contains("<h3>References</h3>"), "{html}");
}

#[test]
fn problems_are_told_with_their_places() {
    let called = call(&["check", "www/articles/broken.json", "www/articles/seed.json"], "");
    assert_eq!(called.outcome, Outcome::Good);
    assert!(
        called.out.contains("www/articles/broken.json:43:13: warning: references[1].id: "),
        "{}",
        called.out
    );
    assert_eq!(called.err, "2 articles: 0 errors, 13 warnings\n");
    assert_eq!(call(&["check", "--strict", "www/articles/broken.json"], "").outcome, Outcome::Faulty);

    let called = call(&["check", "www/articles/refused.json"], "");
    assert_eq!(called.outcome, Outcome::Faulty);
    assert!(called.out.starts_with("www/articles/refused.json:3:14: error: version: "), "{}", called.out);

    let called =
        call(&["check", "--json", "-"], r#"{ "format": "briefing", "version": "1.0", "body": ["x"] }"#);
    let problem: Value = serde_json::from_str(&called.out).unwrap();
    assert_eq!(problem["path"], "title");
    assert_eq!((&problem["line"], &problem["column"]), (&json!(1), &json!(1)));

    let called = call(&["check", "-"], "{ \"format\": ");
    assert!(called.out.starts_with("standard input:1:1: error: this is not JSON"), "{}", called.out);
}

#[test]
fn what_cannot_be_done_is_told_with_a_way_out() {
    for arguments in [&["check", "no/such/file.json"][..], &["render", "no/such/file.json"]] {
        let called = call(arguments, "");
        assert_eq!(called.outcome, Outcome::Failed);
        assert!(called.err.starts_with("error: cannot read no/such/file.json: "), "{}", called.err);
        assert!(called.err.contains("\n  help: "), "{}", called.err);
    }
    // An article that cannot be shown is not rendered, and what is wrong with it is told.
    let called = call(&["render", "-"], "{}");
    assert_eq!((called.outcome, &*called.out), (Outcome::Faulty, ""));
    assert!(called.err.contains("error: format: is missing"), "{}", called.err);
    assert_eq!(call(&["nonsense"], "").outcome, Outcome::Failed);
    assert_eq!(call(&["--help"], "").outcome, Outcome::Good);
}

#[test]
fn the_schema_is_the_one_that_is_published() {
    let called = call(&["schema"], "");
    let published: Value = serde_json::from_str(include_str!("../www/briefing.schema.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&called.out).unwrap(), published);
}
