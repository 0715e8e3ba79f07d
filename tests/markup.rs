//! The briefing as HTML, rendered without a browser: what readers get before any script runs.
//!
//! After an intended change, `INSTA_UPDATE=always cargo test --features cli --test markup` accepts the
//! new markup.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a failing test panics")]

use std::rc::Rc;

use news_briefing::article::read_text;
use news_briefing::view::{Briefing, BriefingProps, Sections, Words};
use yew::{Callback, LocalServerRenderer};

/// Returns the markup of an article without problems, with a line break between any two tags.
fn markup(json: &str) -> String {
    let (markup, problems) = markup_and_problems(json);
    assert_eq!(problems, [""; 0]);
    markup
}

/// Returns the markup of an article, and its problems.
fn markup_and_problems(json: &str) -> (String, Vec<String>) {
    markup_in(json, Words::default())
}

/// Returns the markup of an article with these interface strings, and its problems.
fn markup_in(json: &str, words: Words) -> (String, Vec<String>) {
    let result = read_text(json);
    let problems: Vec<String> = result.problems.iter().map(ToString::to_string).collect();
    let props = BriefingProps {
        article: Rc::new(result.article.expect("an article")),
        sections: Sections::ALL,
        words,
        base: None,
        id_prefix: "".into(),
        on_event: Callback::noop(),
    };
    let renderer = LocalServerRenderer::<Briefing>::with_props(props).hydratable(false);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    (runtime.block_on(renderer.render()).replace("><", ">\n<"), problems)
}

/// Replaces everything in the markup that depends on the duration of passages by `…`, so that an
/// additional word changes only one line of a snapshot.
fn without_times(html: &str) -> String {
    html.lines().map(|line| without_time(line) + "\n").collect()
}

fn without_time(line: &str) -> String {
    let mut line = line.to_owned();
    for name in ["data-seek", "aria-valuemax", "aria-valuetext"] {
        line = with_inner(&line, &format!(" {name}=\""), "\"");
    }
    // The marks on the progress bar.
    if line.starts_with("<path d=\"M") && line.contains(" 0v1") {
        line = with_inner(&line, " d=\"", "\"");
    }
    if line.contains("class=\"timestamp\"") {
        line = with_inner(&line, "Play from ", "\"");
    }
    if ["class=\"timestamp\"", "total\"", "class=\"duration\""].iter().any(|class| line.contains(class)) {
        let shown = line.find(">").map_or(0, |end| end + 1);
        let is_time = |c: char| c.is_ascii_digit() || c == ':';
        let rest = line.split_off(shown);
        line = [&line, "…", rest.trim_start_matches(is_time)].concat();
    }
    line
}

/// Replaces the text between these two by `…`.
fn with_inner(line: &str, start: &str, end: &str) -> String {
    let Some((before, rest)) = line.split_once(start) else { return line.to_owned() };
    let Some((_, after)) = rest.split_once(end) else { return line.to_owned() };
    [before, start, "…", end, after].concat()
}

const SMALL: &str = r#"{
    "format": "briefing", "version": "1.0", "title": "Talks resume", "lang": "en", "category": "Economy",
    "summary": "Both sides are *back*.[^r1]", "published": "2026-03-04", "authors": ["A. Writer", "B. Writer"],
    "image": { "url": "/talks.jpg", "alt": "Two chairs", "width": 16, "height": 9, "caption": "Two chairs", "credit": "C" },
    "key_points": ["A point.[1,2]", { "id": "k2", "text": "Another.", "detail": ["More."], "supports": ["p1"] }],
    "body": [
        "As Reuters said, **talks** `resume` on [Monday](https://a.example/monday).",
        { "type": "heading", "text": "Who said what" },
        { "type": "list", "ordered": true, "items": ["One", { "text": "Two", "items": ["Three"] }] },
        { "type": "quote", "text": "We talk.", "attribution": "A minister", "url": "https://b.example/" },
        { "type": "code", "text": "x = 1\n", "language": "python" },
        { "type": "table", "caption": "Sides", "header": ["Side", "Seats"], "rows": [["One", "2"], ["Other", "2"]] },
        { "type": "embed_link", "url": "https://c.example/", "title": "The agenda", "publisher": "C" }
    ],
    "references": [
        { "id": "r1", "title": "Talks to resume", "publisher": "Reuters", "url": "https://r.example/1", "lang": "en", "kind": "article", "mention": "always" },
        { "id": "r2", "title": "会谈将恢复", "publisher": "新华社", "lang": "zh", "published": "2026-03", "excerpt": "双方同意。" }
    ],
    "audio": { "sources": [{ "url": "/talks.mp3", "type": "audio/mpeg" }], "duration": 105.8 },
    "next": { "url": "/next.json", "title": "What comes of it" }
}"#;

#[test]
fn an_article_with_everything_in_it() {
    insta::assert_snapshot!(without_times(&markup(SMALL)));
}

#[test]
fn the_seed_article() {
    insta::assert_snapshot!(without_times(&markup(include_str!("../www/articles/seed.json"))));
}

/// A longer passage shifts the times of all later ones, which the snapshots omit.
#[test]
fn the_snapshots_have_no_times() {
    let longer = SMALL.replace("\"We talk.\"", "\"We talk, and we talk, and then we talk some more.\"");
    let (before, after) = (without_times(&markup(SMALL)), without_times(&markup(&longer)));
    let changed = before.lines().zip(after.lines()).filter(|(before, after)| before != after);
    assert_eq!(before.lines().count(), after.lines().count());
    for (before, after) in changed {
        assert!(before.contains("We talk.") && after.contains("We talk, and"), "{before}\n{after}");
    }
}

#[test]
fn articles_with_a_recording_show_reading_and_listening_time() {
    let html = markup(SMALL);
    assert!(html.contains("1 min read") && html.contains("2 min listen"), "{html}");
    let html = markup(include_str!("../www/articles/seed.json"));
    assert!(html.contains(" min read") && !html.contains(" min listen"), "{html}");
}

#[test]
fn text_is_escaped_in_html() {
    let (html, problems) = markup_and_problems(
        r#"{ "format": "briefing", "version": "1.0", "title": "<script>alert(1)</script>",
             "body": ["<img src=x onerror=alert(1)>", { "type": "code", "text": "</pre><b>" }] }"#,
    );
    assert!(
        problems.len() == 2 && problems.iter().all(|problem| problem.contains("an HTML tag")),
        "{problems:?}"
    );
    assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    assert!(html.contains("&lt;/pre&gt;&lt;b&gt;"), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
}

#[test]
fn words_in_no_stated_language_have_their_own_direction_and_not_the_language_of_the_interface() {
    let json = r#"{ "format": "briefing", "version": "1.0", "title": "T", "body": ["A.[^a]"], "authors": ["Bea"],
        "image": { "url": "/a.png", "caption": "A harbour" }, "references": [{ "id": "a", "title": "A source" }] }"#;
    let by = serde_json::from_str(r#"{ "by": "{authors}" }"#).expect("JSON");
    let (html, _) = markup_in(json, Words::from_json(&by).in_language("zh-Hans"));
    for marked in [
        r#"<figcaption dir="auto">A harbour"#,
        r#"<span dir="auto" class="authors">Bea"#,
        r#"<span dir="auto" lang="">A source"#,
    ] {
        assert!(html.contains(marked), "{marked} in {html}");
    }
}

#[test]
fn absent_members_render_nothing() {
    let html = markup(r#"{ "format": "briefing", "version": "1.0", "title": "T", "body": ["Words."] }"#);
    for part in ["category", "summary", "key-points", "references", "popover"] {
        assert!(!html.contains(&format!("part=\"{part}\"")), "{part} in {html}");
    }
}

#[test]
fn ids_are_unique_and_referenced_ids_exist() {
    for json in [SMALL, include_str!("../www/articles/seed.json"), include_str!("../www/articles/dense.json")]
    {
        let html = markup(json);
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert!(count > 5 && ids.len() == count, "{count} ids, {} of them different", ids.len());
        for named in ["aria-labelledby", "aria-describedby", "aria-controls", "popovertarget"] {
            for (target, _) in
                html.split(&format!(" {named}=\"")).skip(1).filter_map(|rest| rest.split_once('"'))
            {
                assert!(ids.binary_search(&target).is_ok(), "{named}={target} refers to no element");
            }
        }
        for (target, _) in html.split(" href=\"#").skip(1).filter_map(|rest| rest.split_once('"')) {
            assert!(ids.binary_search(&target).is_ok(), "#{target} refers to no element");
        }
    }
}
