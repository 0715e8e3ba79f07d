//! Tests of the native command, from a publisher's point of view.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a failing test panics"
)]

#[path = "cli/files.rs"]
mod files;
#[path = "cli/reports.rs"]
mod reports;

use std::rc::Rc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use news_briefing::article::read_text;
use news_briefing::cli::{Outcome, Streams, run};
use news_briefing::view::{Briefing, BriefingProps, Sections, Words};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yew::{Callback, LocalServerRenderer};

/// The result of a call.
struct CallResult {
    outcome: Outcome,
    out: String,
    err: String,
}

/// Calls the command with an article on standard input.
fn call(arguments: &[&str], input: &str) -> CallResult {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["news-briefing"].iter().chain(arguments).map(Into::into);
    let outcome = run(
        arguments,
        &mut Streams { input: &mut input.as_bytes(), out: &mut out, err: &mut err, err_is_terminal: false },
    );
    CallResult { outcome, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn rendered(arguments: &[&str], input: &str) -> String {
    let called = call(&[&["render"], arguments, &["-"]].concat(), input);
    assert_eq!(called.outcome, Outcome::Good, "{}", called.err);
    called.out
}

/// Returns the text between the first occurrences of two texts.
fn between<'a>(html: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = html.split_once(before).unwrap_or_else(|| panic_with(before, html));
    rest.split_once(after).unwrap_or_else(|| panic_with(after, html)).0
}

#[allow(clippy::panic, reason = "a failing test panics")]
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
fn rendered_html_matches_yew_except_for_anchor_links() {
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
        let expected = runtime.block_on(renderer.render());
        let mut pieces = expected.split(" href=\"#");
        let first = pieces.next().unwrap().to_owned();
        let expected = pieces.fold(first, |html, piece| html + piece.split_once('"').unwrap().1);
        // The two renderers escape differently: one leaves quotes in texts, the other escapes
        // slashes and apostrophes.
        let plain = |html: &str| {
            html.replace("=\"\"", "")
                .replace("&quot;", "\"")
                .replace("&#x2F;", "/")
                .replace("&#x27;", "'")
                .replace("&gt;", ">")
        };
        // Only the command renders the elements that hold a press on play until the script loads.
        let mut rendered = plain(frame);
        for control in ["play", "play-link"] {
            let (target, note) = (
                format!(" popovertarget=\"pressed-{control}\""),
                format!(
                    "<span id=\"pressed-{control}\" role=\"status\" popover=\"manual\" class=\"pressed\">Loading…</span>"
                ),
            );
            for kept in [&target, &note] {
                assert!(rendered.contains(kept), "{kept} is not in {rendered}");
                rendered = rendered.replacen(kept, "", 1);
            }
        }
        assert_eq!(rendered, plain(&expected));
    }
}

#[test]
fn rendered_html_complies_with_a_strict_csp() {
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
fn the_embedded_json_is_the_article() {
    for article in ARTICLES {
        let inside = json_in(&rendered(&[], article), "application/json");
        assert_eq!(inside, serde_json::from_str::<Value>(article).unwrap());
    }
}

#[test]
fn text_cannot_end_its_script_element() {
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
fn linked_data_has_the_article_and_its_citations() {
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
    // Members that the article lacks are omitted.
    let minimal = json!({ "format": "briefing", "version": "1.0", "title": "T", "body": ["Words."] });
    let data = json_in(&rendered(&[], &minimal.to_string()), "application/ld+json");
    assert_eq!(data, json!({ "@context": "https://schema.org", "@type": "NewsArticle", "headline": "T" }));
}

#[test]
fn the_interface_language_follows_the_option_or_the_article() {
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
fn listening_times_are_shown_with_a_voice() {
    let silent = rendered(&["--lang", "en"], ARTICLES[0]);
    assert!(silent.contains("Silent, at reading pace") && !silent.contains(" voice"), "{silent}");
    for (argument, attribute) in [("--voice", " voice>"), ("--voice=Anna, Zoe", " voice=\"Anna, Zoe\">")] {
        let aloud = rendered(&["--lang", "en", argument], ARTICLES[0]);
        assert!(between(&aloud, "<news-briefing", "<template").ends_with(attribute), "{aloud}");
        assert!(aloud.contains("Read aloud by your device") && aloud.contains(" min listen"), "{aloud}");
        let total = |html: &str| between(html, "class=\"time total\">", "<").to_owned();
        assert_ne!(total(&aloud), total(&silent));
    }
}

#[test]
fn the_printed_csp_hash_allows_the_inline_stylesheet() {
    let called = call(&["render", "--style", "inline", "-"], ARTICLES[0]);
    let css = between(&called.out, "<style>", "</style>");
    let hash = BASE64_STANDARD.encode(Sha256::digest(css));
    assert_eq!(called.err, format!("style-src 'sha256-{hash}'\n"));
    assert!(css.contains(".player") && !called.out.contains("<link"));
    // The hash is the same for every article.
    assert_eq!(call(&["render", "--style", "inline", "-"], ARTICLES[3]).err, called.err);
}

#[test]
fn a_page_has_metadata_for_link_previews() {
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
fn an_iframe_page_comes_with_its_iframe_snippet() {
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
fn scripts_and_styles_have_the_nonce() {
    for arguments in
        [&["--page"][..], &["--iframe"], &["--page", "--style", "inline"], &[], &["--style", "inline"]]
    {
        let arguments = [&["render", "-", "--nonce", "{{ nonce }}"], arguments].concat();
        let called = call(&arguments, ARTICLES[0]);
        let html = [called.out, called.err].concat();
        // Data blocks do not execute, and need no nonce.
        let controlled = html.split('<').filter(|tag| {
            ["style", "link rel=\"stylesheet\"", "script type=\"module\""]
                .iter()
                .any(|controlled| tag.starts_with(controlled))
        });
        let mut count = 0;
        for tag in controlled {
            assert!(tag.contains(" nonce=\"{{ nonce }}\""), "{arguments:?}: <{tag}");
            count += 1;
        }
        assert!(count > 0, "{arguments:?}: {html}");
    }
    assert!(!rendered(&["--page"], ARTICLES[0]).contains("nonce"));
}

#[test]
fn a_site_can_override_interface_strings() {
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("words.json");
    std::fs::write(&words, r#"{ "key_points": "In short" }"#).unwrap();
    let html = rendered(&["--words", words.to_str().unwrap()], ARTICLES[0]);
    assert!(html.contains("<h3>In short</h3>") && html.contains("<h3>References</h3>"), "{html}");
}

#[test]
fn problems_are_reported_with_their_positions() {
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
    assert!(called.out.starts_with("standard input:1:12: error: is not JSON"), "{}", called.out);
}

/// An editor sees the citations that were inferred from mentions, without any warning.
#[test]
fn inferred_mentions_are_reported_as_notes() {
    let called = call(&["check", "--strict", "www/articles/seed.json"], "");
    assert_eq!((called.outcome, &*called.err), (Outcome::Good, "1 article: 0 errors, 0 warnings\n"));
    let notes: Vec<&str> = called.out.lines().filter(|line| line.starts_with("www/")).collect();
    assert_eq!(notes.len(), 3, "{}", called.out);
    assert!(
        notes[0].starts_with(
            "www/articles/seed.json:38:5: note: body[1]: “TechCrunch AI” was read as a mention and cites references[0] ("
        ),
        "{}",
        notes[0]
    );

    // A block that is dropped from the body shifts no other path; an id may be a number.
    let article = json!({
        "format": "briefing", "version": "1.0", "title": "T",
        "body": ["", { "id": 7, "type": "paragraph", "text": "According to Time." }, "Time told, told Time."],
        "references": [{ "id": "a", "title": "A", "publisher": "Time" }, { "id": "b", "title": "B", "publisher": "Time" }]
    });
    let text = article.to_string();
    // Half of a character is JSON that some parsers refuse.
    for text in [text.replace(r#""title":"T""#, r#""title":"T\ud83d""#), text] {
        let called = call(&["check", "--json", "-"], &text);
        let lines: Vec<Value> = called.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let notes: Vec<&Value> = lines.iter().filter(|line| line["severity"] == "note").collect();
        assert_eq!(
            notes.iter().map(|note| &note["path"]).collect::<Vec<_>>(),
            ["body[1]", "body[2]"],
            "{text}"
        );
        assert_eq!((&notes[0]["mention"], &notes[0]["references"]), (&json!("Time"), &json!([0, 1])));
    }
}

#[test]
fn failures_are_reported_with_a_remedy() {
    for arguments in [&["check", "no/such/file.json"][..], &["render", "no/such/file.json"]] {
        let called = call(arguments, "");
        assert_eq!(called.outcome, Outcome::Failed);
        assert!(called.err.starts_with("error: cannot read no/such/file.json: "), "{}", called.err);
        assert!(called.err.contains("\n  help: "), "{}", called.err);
    }
    // An article that cannot be shown is not rendered, and its problems are reported.
    let called = call(&["render", "-"], "{}");
    assert_eq!((called.outcome, &*called.out), (Outcome::Faulty, ""));
    assert!(called.err.contains("error: is in no known format; tried: briefing, "), "{}", called.err);
    assert_eq!(call(&["nonsense"], "").outcome, Outcome::Failed);
    assert_eq!(call(&["--help"], "").outcome, Outcome::Good);
}

#[test]
fn the_printed_schema_is_the_published_one() {
    let called = call(&["schema"], "");
    let published: Value = serde_json::from_str(include_str!("../www/briefing.schema.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&called.out).unwrap(), published);
}

/// Tests of the command in its own process.
#[cfg(unix)]
mod process {
    use std::ffi::OsStr;
    use std::fs::{self, File};
    use std::io::{BufRead, BufReader};
    use std::os::unix::ffi::OsStrExt;
    use std::process::{Command, Stdio};

    fn command() -> Command {
        Command::new(env!("CARGO_BIN_EXE_news-briefing"))
    }

    #[test]
    fn a_closed_pipe_is_not_a_failure() {
        let folder = tempfile::tempdir().unwrap();
        let long = |name: &str, block: &str| {
            // Far more output than a pipe holds.
            let body = vec![block; 20_000].join(",");
            let article =
                format!("{{\"format\":\"briefing\",\"version\":\"1.0\",\"title\":\"T\",\"body\":[{body}]}}");
            let file = folder.path().join(name);
            fs::write(&file, article).unwrap();
            file
        };
        let (faulty, good) = (long("faulty.json", "{\"type\":\"poll\"}"), long("good.json", "\"Text.\""));
        for (arguments, file) in
            [(&["check", "--json"][..], Some(faulty)), (&["schema"], None), (&["render"], Some(good))]
        {
            let mut child = command();
            let mut child = child
                .args(arguments)
                .args(file)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut line = String::new();
            BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
            let output = child.wait_with_output().unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(!stderr.contains("cannot write") && !stderr.contains("panic"), "{arguments:?}: {stderr}");
            assert_ne!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        }
    }

    #[test]
    fn the_work_goes_on_when_nobody_reads_its_reports() {
        let folder = tempfile::tempdir().unwrap();
        let numbers = 0..200;
        for number in numbers.clone() {
            // Each has a warning.
            let article = "{\"format\":\"briefing\",\"version\":\"1.0\",\"title\":\"T\",\"body\":[\"Text.\",{\"type\":\"poll\"}]}";
            fs::write(folder.path().join(format!("{number:03}.json")), article).unwrap();
        }
        let pattern = folder.path().join("*.json");
        for task in ["convert", "render"] {
            let to = folder.path().join(task);
            let (reader, writer) = std::io::pipe().unwrap();
            let mut child = command();
            child.arg(task).arg("--out").arg(&to).arg(&pattern);
            child.stdout(writer.try_clone().unwrap()).stderr(writer);
            drop(reader);
            assert_eq!(child.status().unwrap().code(), Some(0), "{task}");
            assert_eq!(fs::read_dir(&to).unwrap().count(), numbers.len(), "{task}");
        }
        // Results on standard output are complete, too.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command().arg("convert").arg(&pattern).stderr(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stdout).unwrap().matches("\"version\"").count(), numbers.len());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn files_are_written_although_reports_cannot_be() {
        let folder = tempfile::tempdir().unwrap();
        let full = File::options().write(true).open("/dev/full").unwrap();
        let files = ["www/articles/broken.json", "www/articles/seed.json"];
        let status =
            command().arg("convert").arg("--out").arg(folder.path()).args(files).stderr(full).status();
        assert_eq!(status.unwrap().code(), Some(2));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), files.len());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn failures_to_write_output_are_reported() {
        let full = || File::options().write(true).open("/dev/full").unwrap();
        let seed = "www/articles/seed.json";
        for arguments in
            [&["schema"][..], &["render", seed], &["check", "--json", "www/articles/broken.json"]]
        {
            let output = command().args(arguments).stdout(full()).output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(
                stderr.contains("error: cannot write") && stderr.contains("help: "),
                "{arguments:?}: {stderr}"
            );
        }
    }

    #[test]
    fn file_names_need_not_be_utf8() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(OsStr::from_bytes(b"caf\xe9.json"));
        fs::copy("www/articles/minimal.json", &file).unwrap();
        for task in ["check", "render"] {
            let output = command().arg(task).arg(&file).output().unwrap();
            assert!(output.status.success(), "{task}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }

    #[test]
    fn unreadable_files_do_not_stop_the_others() {
        let files = ["www/articles/minimal.json", "missing.json", "www/articles/broken.json", "www"];
        let output = command().arg("check").args(files).output().unwrap();
        let (out, err) =
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(out.contains("www/articles/broken.json:"), "{out}");
        assert!(err.contains("cannot read missing.json") && err.contains("cannot read www"), "{err}");
        assert!(err.trim_end().ends_with("; 2 files could not be read"), "{err}");
        assert!(err.contains("2 articles: "), "{err}");
    }
}

#[test]
fn a_byte_order_mark_is_ignored() {
    let seed = ARTICLES[0];
    let marked = format!("\u{FEFF}{seed}");
    assert_eq!(rendered(&[], &marked), rendered(&[], seed));
    let broken = ARTICLES[5];
    assert_eq!(call(&["check", "-"], &format!("\u{FEFF}{broken}")).out, call(&["check", "-"], broken).out);
}

#[test]
fn sections_are_a_list_of_names() {
    let all = rendered(&[], ARTICLES[0]);
    assert!(all.contains("part=\"references\"") && all.contains("part=\"body\""));
    for list in ["key-points,body", "key-points body", " key-points, body,"] {
        let html = rendered(&["--sections", list], ARTICLES[0]);
        assert!(html.contains(" sections=\"key-points body\""), "{list:?}");
        assert!(html.contains("part=\"key-points\"") && html.contains("part=\"body\""), "{list:?}");
        assert!(!html.contains("part=\"references\"") && !html.contains("part=\"player\""), "{list:?}");
    }
    for (list, unknown) in
        [("key_points,body", "\"key_points\""), ("body;player", "\"body;player\""), ("all", "\"all\"")]
    {
        let called = call(&["render", "--sections", list, "-"], ARTICLES[0]);
        assert_eq!(called.outcome, Outcome::Failed, "{list:?}");
        assert!(called.err.contains(&format!("{unknown} is not a section")), "{}", called.err);
        assert!(called.err.contains("help: choose from header, key-points"), "{}", called.err);
    }
    for none in ["", ",", " , "] {
        let called = call(&["render", "--sections", none, "-"], ARTICLES[0]);
        assert_eq!(called.outcome, Outcome::Failed, "{none:?}");
        assert!(called.err.contains(&format!("{none:?} names no section")), "{}", called.err);
        assert!(called.err.contains("help: choose from header, key-points"), "{}", called.err);
    }
}

#[test]
fn conversion_to_canonical_json_is_lossless_and_idempotent() {
    for article in ARTICLES {
        let called = call(&["convert", "-"], article);
        assert_eq!(called.outcome, Outcome::Good, "{}", called.err);
        assert_eq!(read_text(&called.out).article, read_text(article).article);
        assert_eq!(call(&["convert", "-"], &called.out).out, called.out, "converting again changes nothing");
    }
    let called = call(&["convert", "-"], "{}");
    assert_eq!((called.outcome, &*called.out), (Outcome::Faulty, ""));
    assert!(called.err.contains("error: "), "{}", called.err);
}

#[test]
fn timings_are_added_to_the_article() {
    let article = include_str!("timings/files/article.json");
    let called = call(&["convert", "-", "--timings", "tests/timings/files/openai.json"], article);
    assert_eq!(called.outcome, Outcome::Good, "{}", called.err);
    assert_eq!(called.err, "OpenAI: 15 cues, 3 passages, 100 % of the words found\n");
    let written: Value = serde_json::from_str(&called.out).unwrap();
    let audio = &written["audio"];
    assert_eq!(audio["duration"], 8.5, "as in the file");
    assert_eq!(audio["sources"][0]["url"], "https://harbour-ledger.example/talks.mp3");
    assert_eq!(
        audio["segments"][0],
        json!({ "target": "title", "start": 0.4, "end": 2.1,
            "words": [[0.4, "Talks"], [0.85, "resume"], [1.35, "on"], [1.5, "Monday"]] })
    );
    assert_eq!(audio["segments"][2]["target"], "end");
    assert_eq!(read_text(&called.out).problems, []);

    let called =
        call(&["convert", "--timings", "tests/timings/files/talks.srt", "--duration", "9", "-"], article);
    let written: Value = serde_json::from_str(&called.out).unwrap();
    assert_eq!(written["audio"]["duration"], 9.0);
    assert_eq!(written["audio"]["segments"][1], json!({ "target": "p1", "start": 2.9, "end": 4.7 }));
}

#[test]
fn problems_with_timings_are_reported_with_their_positions() {
    let folder = tempfile::tempdir().unwrap();
    let convert = |timings: &str, arguments: &[&str]| {
        let file = folder.path().join("timings");
        std::fs::write(&file, timings).unwrap();
        let article = include_str!("timings/files/article.json");
        call(&[&["convert", "-", "--timings", file.to_str().unwrap()], arguments].concat(), article)
    };
    let vtt = "WEBVTT\n\n00:03.000 --> 00:01.000\nno\n\n00:04.000 --> 00:06.000\nThe harbour stays open until Friday.\n";
    let called = convert(vtt, &[]);
    assert_eq!(called.outcome, Outcome::Good, "{}", called.err);
    assert!(called.err.contains("/timings:3:1: warning: ends before it begins"), "{}", called.err);
    assert!(called.err.contains("standard input:4:11: warning: title"), "{}", called.err);

    let called = convert("{\n \"segments\": [\n  { \"start\": -1, \"text\": \"a\" }\n ]\n}", &[]);
    assert_eq!((called.outcome, &*called.out), (Outcome::Faulty, ""));
    assert!(called.err.contains("/timings:3:3: warning: segments[0]: has no valid start"), "{}", called.err);

    let called =
        convert("WEBVTT\n\n01:00:00.000 --> 02:00:00.000\nTalks resume on Monday", &["--duration", "9"]);
    assert_eq!((called.outcome, &*called.out), (Outcome::Faulty, ""));
    assert!(called.err.contains("in another unit"), "{}", called.err);

    let called = convert("nothing", &["--duration", "soon"]);
    assert_eq!(called.outcome, Outcome::Failed);
    assert!(called.err.contains("expected a number of seconds above 0"), "{}", called.err);
    let called =
        call(&["convert", "-", "--timings", "missing.vtt"], include_str!("timings/files/article.json"));
    assert_eq!(called.outcome, Outcome::Failed);
    assert!(called.err.contains("cannot read missing.vtt"), "{}", called.err);
}

const POST: &str = include_str!("cms/wordpress/post.json");

#[test]
fn a_wordpress_post_is_converted_checked_and_rendered() {
    let converted = call(&["convert", "-"], POST);
    assert_eq!(converted.outcome, Outcome::Good, "{}", converted.err);
    let again = read_text(&converted.out);
    assert!(again.problems.is_empty(), "{:?}", again.problems);
    let article = again.article.unwrap();
    assert_eq!(&*article.title, "The ‘new’ bridge & what it\u{a0}costs");
    assert_eq!(article.key_points.len(), 2);

    let checked = call(&["check", "-"], POST);
    assert!(checked.out.contains("warning: content.rendered: the shortcode [chart]"), "{}", checked.out);
    let line = POST.lines().position(|line| line.contains("\"rendered\": \"\\n<h3")).unwrap() + 1;
    assert!(checked.out.contains(&format!("standard input:{line}:")), "{}", checked.out);

    let html = rendered(&["--page"], POST);
    assert!(html.contains("It opened "), "{html}");
    assert_eq!(json_in(&html, "application/json")["format"], "briefing");
}

#[test]
fn the_format_and_the_item_can_be_selected() {
    let list = include_str!("cms/wordpress/list-of-several.json");
    let called = call(&["convert", "--from", "wordpress", "--item", "second", "-"], list);
    assert_eq!(called.outcome, Outcome::Good, "{}", called.err);
    assert_eq!(serde_json::from_str::<Value>(&called.out).unwrap()["id"], "8");
    let several = call(&["convert", "-"], list);
    assert_eq!(several.outcome, Outcome::Faulty);
    assert!(several.err.contains("error: is a list of several"), "{}", several.err);
    let unknown = call(&["convert", "--from", "word", "-"], list);
    assert_eq!(unknown.outcome, Outcome::Failed);
    assert!(
        unknown.err.contains("there is no format \"word\"; the formats are briefing, "),
        "{}",
        unknown.err
    );
}

#[test]
fn bad_files_do_not_stop_a_batch_conversion() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for number in 0..20 {
        let file = folder.path().join(format!("post-{number}.json"));
        let text = if number == 7 { "{ \"id\":" } else { POST };
        std::fs::write(&file, text).unwrap();
        files.push(file.to_string_lossy().into_owned());
    }
    files.push(folder.path().join("missing.json").to_string_lossy().into_owned());
    let out = folder.path().join("out");
    let out_name = out.to_string_lossy().into_owned();
    let mut arguments = vec!["convert", "--out", &out_name];
    arguments.extend(files.iter().map(String::as_str));
    let called = call(&arguments, "");
    assert_eq!(called.outcome, Outcome::Failed);
    assert!(called.err.contains("19 of 21 files were converted"), "{}", called.err);
    assert!(called.err.contains("post-7.json:1:7: error: is not JSON"), "{}", called.err);
    let failed: Vec<&str> = called.err.lines().filter(|line| line.starts_with("failed: ")).collect();
    assert_eq!(failed.len(), 2, "{failed:?}");
    let mut written: Vec<String> = std::fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    written.sort();
    assert_eq!(written.len(), 19, "no partial file remains: {written:?}");
    let text = std::fs::read_to_string(out.join("post-0.json")).unwrap();
    assert!(read_text(&text).article.is_some());

    let twice = call(&["convert", "--out", &out_name, &files[0], &files[0]], "");
    assert!(twice.err.contains(" would both be written to "), "{}", twice.err);
}
