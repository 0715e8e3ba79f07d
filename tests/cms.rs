//! Tests of the conversion from other systems' formats: for each file in `tests/cms/<format>/`, the canonical
//! JSON and all problems are compared with a snapshot beside it.
#![cfg(feature = "native")]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test panics to fail"
)]

use std::fs;
use std::path::{Path, PathBuf};

use news_briefing::article::{Block, Json, Spoken, Url, read};
use news_briefing::cms::{Content, FieldMap, Format, NativeParsers, Options, convert};
use serde_json::json;

use crate::hostile::Case;
use crate::stringify::stringify;

#[path = "cms/hostile.rs"]
mod hostile;
#[path = "cms/stringify.rs"]
mod stringify;

/// Returns every fixture, with the name of its folder's format.
fn fixtures() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cms");
    let mut found = Vec::new();
    for format in
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        let name = format.file_name().unwrap().to_string_lossy().into_owned();
        let files = fs::read_dir(&format).unwrap().map(|entry| entry.unwrap().path());
        found.extend(
            files
                .filter(|path| path.extension().is_some_and(|end| end == "json"))
                .filter(|path| !path.to_string_lossy().ends_with(".map.json"))
                .map(|path| (name.clone(), path)),
        );
    }
    found.sort();
    found
}

fn json(path: &Path) -> Json {
    serde_json::from_str(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

/// The assumed current time: 20 May 2026, in seconds since the beginning of 1970.
const NOW: u64 = 1_779_235_200;

/// Returns the options for a fixture: its name may end in `.item=…` or `.links`, and a field map may be
/// beside it.
fn options(path: &Path) -> Result<Options, String> {
    let base = Url::parse("https://cms.example/api/post.json").ok();
    let mut options = Options { base, now: Some(NOW), ..Options::default() };
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let map = path.with_file_name([name.split('.').next().unwrap(), ".map.json"].concat());
    if map.exists() {
        options.map = Some(FieldMap::read(&json(&map))?);
    }
    for option in name.split('.').skip(1) {
        match option.split_once('=') {
            Some(("item", item)) => options.item = Some(item.to_owned()),
            None if option == "links" => options.references_from_links = true,
            _ => panic!("unknown option in the name of a fixture: {option}"),
        }
    }
    Ok(options)
}

/// Returns the complete result for a fixture, as text.
fn outcome(path: &Path) -> String {
    let options = match options(path) {
        Ok(options) => options,
        Err(why) => return ["map: ", &why].concat(),
    };
    let conversion = match convert(&json(path), &options, &NativeParsers) {
        Ok(conversion) => conversion,
        Err(why) => return format!("{}: {why}", why.kind()),
    };
    let mut report: Vec<String> = conversion.problems.iter().map(ToString::to_string).collect();
    let result = read(&conversion.content.into_canonical());
    report.extend(result.problems.iter().map(|problem| format!("then {problem}")));
    let article =
        result.article.unwrap_or_else(|| panic!("{path:?} is not converted to canonical JSON: {report:?}"));
    let text = article.to_json();
    report.push(text);
    report.join("\n")
}

#[test]
fn fixtures_convert_to_the_expected_articles() {
    for (format, path) in fixtures() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        insta::with_settings!(
            { snapshot_path => path.parent().unwrap(), prepend_module_to_snapshot => false, omit_expression => true },
            { insta::assert_snapshot!(name, outcome(&path), &format) }
        );
    }
}

/// Returns the path to every value inside another.
fn value_paths(json: &Json) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new()];
    let inner: Vec<&Json> = match json {
        Json::List(items) => items.iter().collect(),
        Json::Object(entries) => entries.iter().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    };
    for (place, value) in inner.into_iter().enumerate() {
        found.extend(value_paths(value).into_iter().map(|value_path| [vec![place], value_path].concat()));
    }
    found
}

/// Returns the value at a path.
fn at<'j>(json: &'j mut Json, value_path: &[usize]) -> &'j mut Json {
    let Some((first, rest)) = value_path.split_first() else { return json };
    match json {
        Json::List(items) => at(items.get_mut(*first).unwrap(), rest),
        Json::Object(entries) => at(&mut entries.get_mut(*first).unwrap().1, rest),
        _ => panic!("the path continues inside {json:?}"),
    }
}

/// Replaces single values of the fixtures by odd ones. In whichever format the result is read, it becomes a
/// valid article, or an error with a reason.
#[test]
fn odd_values_give_a_valid_article_or_an_error() {
    let odd = [
        Json::Null,
        Json::Text("\u{0}<b a=<![CDATA[ &amp【1†x】[^1](".to_owned()),
        Json::Number(-1e308),
        Json::List(vec![Json::Null, Json::List(Vec::new()), Json::Text(" ".to_owned())]),
        Json::Object(vec![
            (String::new(), Json::Bool(true)),
            ("type".to_owned(), Json::Text("text".to_owned())),
        ]),
        Json::TooMuch,
        Json::Text(String::new()),
    ];
    for (number, (_, path)) in fixtures().into_iter().enumerate() {
        let (json, Ok(options)) = (json(&path), options(&path)) else { continue };
        let detected = Format::detect(&json);
        // To save time, replace only every third value of each fixture.
        for (place, value_path) in value_paths(&json).iter().enumerate().skip(number % 3).step_by(3) {
            let mut changed = json.clone();
            *at(&mut changed, value_path) = odd[(place + number) % odd.len()].clone();
            let options = Options { format: detected, ..options.clone() };
            let Ok(conversion) = convert(&changed, &options, &NativeParsers) else { continue };
            let is_converted = matches!(conversion.content, Content::Converted(_));
            let result = read(&conversion.content.into_canonical());
            let has_no_title = result.problems.iter().any(|problem| problem.path == "title");
            let is_read = result.article.is_some() || has_no_title || !is_converted;
            assert!(is_read, "{path:?} at {value_path:?}: {:?}", result.problems);
        }
    }
}

#[test]
fn formats_are_detected_by_structure() {
    for (format, path) in fixtures() {
        // Fixtures in no format, or in more than one, are in folders with other names.
        if let Some(expected) = Format::from_name(&format).filter(|format| *format != Format::Map) {
            assert_eq!(Format::detect(&json(&path)), Some(expected), "{path:?}");
        }
    }
}

/// The reader that a browser loads first recognises its own format alone. So no article of another format may have the
/// structure of it.
#[test]
fn no_article_has_the_structure_of_two_formats() {
    for (format, path) in fixtures() {
        let Some(expected) = Format::from_name(&format).filter(|format| *format != Format::Map) else {
            continue;
        };
        let json = json(&path);
        let all = Format::ALL.iter().filter(|format| (format.reader().matches)(&json));
        assert_eq!(all.collect::<Vec<_>>(), [&expected], "{path:?}");
    }
}

/// The desk of the newsroom lets users choose any format for pasted JSON.
#[test]
fn desk_page_offers_every_format() {
    let page = include_str!("../www/desk.html");
    let offered = page.split("<option value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let formats = Format::ALL.iter().map(|format| format.name());
    let expected: Vec<&str> = ["", "briefing"].into_iter().chain(formats).collect();
    assert_eq!(offered.collect::<Vec<_>>(), expected);
}

/// Each sample of the desk is in the format that its button names, and is detected as such, except the one
/// with a map.
#[test]
fn desk_samples_are_detected_as_their_formats() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/articles/cms");
    let mut count = 0;
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert_eq!(Format::detect(&json(&path)), Format::from_name(&name), "{path:?}");
        count += 1;
    }
    assert_eq!(count, include_str!("../www/desk.html").matches("data-sample=").count());
}

/// Returns a post whose content is this HTML.
fn post(html: &str) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let rendered = |html: &str| Json::Object(vec![("rendered".to_owned(), text(html))]);
    Json::Object(vec![("title".to_owned(), rendered("A title")), ("content".to_owned(), rendered(html))])
}

fn body(html: &str) -> Vec<Block> {
    match convert(&post(html), &Options::default(), &NativeParsers).map(|conversion| conversion.content) {
        Ok(Content::Converted(article)) => article.body,
        other => panic!("no article: {other:?}"),
    }
}

/// The pieces of HTML and of Markdown that are the most expensive to convert, when they are repeated:
/// `src/cli/growth.rs` counts the work for them.
const BOMBS: &str = include_str!("cms/bombs.json");

#[test]
#[ignore = "prints times and asserts nothing"]
fn print_times_for_a_megabyte_of_each_bomb() {
    let bombs: serde_json::Value = serde_json::from_str(BOMBS).unwrap();
    let time = |piece: &str, json: &Json| {
        let started = std::time::Instant::now();
        let _ = convert(json, &Options::default(), &NativeParsers);
        println!("{:>6} ms  {piece}", started.elapsed().as_millis());
    };
    let repeated = |piece: &str| piece.repeat(1_000_000 / piece.len());
    for piece in bombs["html"].as_array().unwrap().iter().filter_map(|piece| piece.as_str()) {
        time(piece, &post(&(repeated(piece) + "<p>End")));
    }
    for piece in bombs["markdown"].as_array().unwrap().iter().filter_map(|piece| piece.as_str()) {
        let content = repeated(piece) + "\n\n[b]: /b";
        let entry = serde_json::json!({ "documentId": "a", "title": "A title", "content": content });
        time(piece, &serde_json::from_value(serde_json::json!({ "data": entry, "meta": {} })).unwrap());
    }
}

#[test]
fn one_wide_row_does_not_multiply_a_table() {
    let html = ["<table><tr>", &"<td>a".repeat(3_000), &"<tr><td>a<td>b".repeat(3_000)].concat();
    let conversion = convert(&post(&html), &Options::default(), &NativeParsers).unwrap();
    let canonical = stringify(&conversion.content.into_canonical());
    assert!(canonical.len() < 10 * html.len(), "{} bytes of {}", canonical.len(), html.len());
}

#[test]
fn deeply_nested_text_is_kept() {
    let html = "<div>a".repeat(600) + &"</div>b".repeat(600) + "<p>End</p>";
    let words: String = body(&html).iter().map(|block| block.spoken() + "\n").collect();
    assert_eq!(words.matches('a').count(), 600);
    assert_eq!(words.matches('b').count(), 600);
    assert!(words.ends_with("End\n"), "the text after it is a separate paragraph");
}

/// Invalid HTML that parsers repair, each with the resulting body. `tests/browser` checks the same table in a
/// browser. `INSTA_UPDATE=always` rewrites the table.
#[test]
fn html_converts_to_the_blocks_of_the_shared_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cms/html.json");
    let table: Vec<(String, String)> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert!(table.len() >= 300, "{}", table.len());
    let body = |html: &str| -> String {
        let mut post = post(html);
        if let Json::Object(members) = &mut post {
            members[0].1 = Json::Object(vec![("rendered".to_owned(), Json::Text("T".to_owned()))]);
        }
        let converted = convert(&post, &Options::default(), &NativeParsers).ok();
        converted
            .map_or("null".to_owned(), |converted| stringify(converted.content.into_canonical().get("body")))
    };
    let found: Vec<(String, String)> = table.iter().map(|(html, _)| (html.clone(), body(html))).collect();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let lines: Vec<String> = found.iter().map(|case| serde_json::to_string(case).unwrap()).collect();
        fs::write(&path, format!("[\n{}\n]\n", lines.join(",\n"))).unwrap();
        return;
    }
    for ((html, expected), (_, found)) in table.iter().zip(&found) {
        assert_eq!(found, expected, "{html}");
    }
}

/// The texts and addresses of an article.
#[derive(Default)]
struct Found {
    inline: Vec<String>,
    plain: Vec<String>,
    addresses: Vec<String>,
}

/// Collects every text and every address of an article. `name` is that of the enclosing member.
fn texts_and_addresses(json: &Json, name: &str, found: &mut Found) {
    match json {
        Json::Text(text) => match name {
            "url" | "archive_url" | "timings_url" => found.addresses.push(text.clone()),
            "alt" | "title" | "description" | "publisher" | "credit" => found.plain.push(text.clone()),
            _ => found.inline.push(text.clone()),
        },
        Json::List(items) => items.iter().for_each(|item| texts_and_addresses(item, name, found)),
        Json::Object(members) => {
            members.iter().for_each(|(name, value)| texts_and_addresses(value, name, found));
        }
        _ => {}
    }
}

/// Returns JSON that carries HTML in a field that may also hold Markdown: Strapi.
fn in_a_field(case: &Case) -> serde_json::Value {
    json!({
        "data": { "documentId": "d", "title": "A title", "publishedAt": "2026-01-01", "content": case.html() },
        "meta": {},
    })
}

/// Returns JSON that carries HTML in the members around the text: WordPress.
fn around_the_text(case: &Case) -> serde_json::Value {
    let html = case.html();
    json!({
        "title": { "rendered": html },
        "content": { "rendered": "<p>Text</p>" },
        "excerpt": { "rendered": html },
        "meta": { "newspack_article_summary": html },
        "_embedded": {
            "wp:featuredmedia": [{
                "source_url": "https://a.example/p.jpg",
                "alt_text": "A picture",
                "caption": { "rendered": html },
            }],
        },
    })
}

/// `tests/e2e/hostile_html.rs` checks the same cases in browsers.
#[test]
fn hostile_html_becomes_only_text_and_safe_addresses() {
    let cases = Case::all();
    assert!(cases.len() >= 300, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let name = &case.name;
        let alone = std::slice::from_ref(case);
        let carriers = [
            case.whole(),
            in_a_field(case),
            around_the_text(case),
            hostile::in_pieces(alone),
            hostile::after_markdown(alone),
        ];
        for (place, carrier) in carriers.into_iter().enumerate() {
            let options = Options { base: Url::parse("https://cms.example/").ok(), ..Options::default() };
            let conversion = convert(&serde_json::from_value(carrier).unwrap(), &options, &NativeParsers);
            let conversion = match conversion {
                Ok(conversion) => conversion,
                Err(why) => {
                    wrong.push(format!("{name}, carrier {place}: {why}"));
                    continue;
                }
            };
            let problems = conversion.problems.iter().map(ToString::to_string).collect::<String>();
            let result = read(&conversion.content.into_canonical());
            let canonical =
                result.article.unwrap_or_else(|| panic!("{name}: {:?}", result.problems)).to_canonical();
            let mut found = Found::default();
            texts_and_addresses(&canonical, "", &mut found);
            let Found { inline, plain, addresses } = found;
            let leaked = inline.iter().chain(&plain).chain(&addresses).find(|text| text.contains("XSS"));
            wrong.extend(leaked.map(|text| format!("{name}, carrier {place}: {text}")));
            if !inline.iter().any(|text| text.contains("kept")) && !problems.contains("kept") {
                wrong.push(format!("{name}, carrier {place}, lost: {inline:?}"));
            }
            for address in &addresses {
                if !address.starts_with("https://") && !address.starts_with("http://") {
                    wrong.push(format!("{name}, carrier {place}: {address}"));
                }
            }
            // Links inside texts must have safe addresses, too.
            for text in &inline {
                let mut rest = text.as_str();
                while let Some((before, after)) = rest.split_once("](") {
                    let is_link = !before.ends_with('\\');
                    let is_safe = after.starts_with("https://")
                        || after.starts_with("http://")
                        || after.starts_with("<https://");
                    if is_link && !is_safe {
                        wrong.push(format!("{name}, carrier {place}, a link: {text}"));
                    }
                    rest = after;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
