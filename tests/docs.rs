//! Tests of the guides: the files they name exist, and their links are valid.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a failing test panics"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The folders of the project.
const FOLDERS: [&str; 6] = ["docs", "integrations", "src", "tests", "www", "xtask"];

/// The extensions of files that the guides name.
const EXTENSIONS: &str = "css html js json jsx md mjs png rs svelte svg toml ts vue wasm";

/// Folders of build output, which is not among the sources.
const BUILD_FOLDERS: [&str; 2] = ["dist/", "target/"];

/// Files that `cargo xtask dist` creates and that the guides name without their folder.
const BUILD_OUTPUTS: [&str; 15] = [
    "adapters.js",
    "manifest.json",
    "news-briefing.css",
    "preload.html",
    "timings.js",
    "wasm/adapters_html.wasm",
    "wasm/adapters_markdown.wasm",
    "wasm/adapters_strapi_markdown.wasm",
    "wasm/adapters_wordpress.wasm",
    "wasm/long_article.wasm",
    "wasm/mentions.wasm",
    "wasm/news-briefing.js",
    "wasm/news-briefing_bg.wasm",
    "wasm/redraw.wasm",
    "wasm/timings_bg.wasm",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns all files of the project, by their paths from its root.
fn files() -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    let mut folders: Vec<_> = FOLDERS.iter().map(|name| root().join(name)).collect();
    folders.push(root().to_owned());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if !path.is_dir() {
                let inner = path.strip_prefix(root()).unwrap();
                files.insert(inner.to_string_lossy().replace('\\', "/"));
            } else if folder != root() {
                folders.push(path);
            }
        }
    }
    assert!(files.contains("Cargo.toml") && files.contains("src/lib.rs"), "the files were found");
    files
}

/// A Markdown file, by its path from the root.
struct Guide {
    name: String,
    text: String,
}

impl Guide {
    fn of(name: &str) -> Self {
        Self { name: name.to_owned(), text: fs::read_to_string(root().join(name)).unwrap() }
    }

    /// Returns its text without code blocks.
    fn prose(&self) -> String {
        let mut is_code = false;
        let mut prose = String::new();
        for line in self.text.lines() {
            let is_fence = line.trim_start().starts_with("```");
            if !is_code && !is_fence {
                prose.push_str(line);
            }
            prose.push('\n');
            is_code ^= is_fence;
        }
        prose
    }

    /// Returns its code spans, and its prose without them.
    fn spans(&self) -> (Vec<String>, String) {
        let prose = self.prose();
        let (mut spans, mut rest) = (Vec::new(), String::new());
        let mut left = prose.as_str();
        while let Some(start) = left.find('`') {
            let opened = &left[start..];
            let fence = &opened[..opened.len() - opened.trim_start_matches('`').len()];
            let inner = &opened[fence.len()..];
            rest.push_str(&left[..start]);
            // A span may continue in the next line, but not in the next paragraph.
            let paragraph = inner.split("\n\n").next().unwrap_or_default();
            if let Some(end) = paragraph.find(fence) {
                spans.push(inner[..end].trim().to_owned());
                left = &inner[end + fence.len()..];
            } else {
                left = inner;
            }
        }
        rest.push_str(left);
        (spans, rest)
    }

    /// Returns the targets of its links and images within the project.
    fn links(&self) -> Vec<String> {
        let (_, prose) = self.spans();
        let targets = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        targets.filter(|target| !target.contains("://")).map(str::to_owned).collect()
    }

    /// Returns its anchors, as code forges derive them from the headings.
    fn anchors(&self) -> BTreeSet<String> {
        let prose = self.prose();
        let headings = prose.lines().filter(|line| line.starts_with('#'));
        let anchor = |heading: &str| {
            let words = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
            words.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
        };
        headings.map(anchor).collect()
    }

    /// Returns the calls of `cargo xtask` in it, in prose and in code, each as its words.
    fn commands(&self) -> Vec<Vec<&str>> {
        let calls = self.text.split("cargo xtask ").skip(1);
        let call = |rest| str::split(rest, ['\n', '`', '#', '|']).next().unwrap_or_default();
        calls.map(|rest| call(rest).split_whitespace().collect()).collect()
    }
}

fn guides() -> Vec<Guide> {
    let in_docs = files().into_iter().filter(|file| file.starts_with("docs/") && file.ends_with(".md"));
    let guides: Vec<Guide> = ["README.md".to_owned(), "CONTRIBUTING.md".to_owned()]
        .into_iter()
        .chain(in_docs)
        .map(|name| Guide::of(&name))
        .collect();
    assert!(guides.len() > 4, "the guides were found");
    guides
}

/// Returns whether a code span is the name of a file or folder of the project.
fn is_path(span: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '*');
    let ending = span.rsplit_once('.').map_or("", |(_, ending)| ending);
    let first = span.split('/').next().unwrap_or_default();
    span.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '*')
        && span.chars().all(is_name)
        && (span.ends_with('/')
            || EXTENSIONS.split(' ').any(|known| known == ending)
            || (span.contains('/') && FOLDERS.contains(&first)))
}

/// Returns whether a name matches a pattern, in which `*` matches anything but `/`.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            (0..=rest.len())
                .filter(|end| rest.is_char_boundary(*end) && !rest[..*end].contains('/'))
                .any(|end| matches(after, &rest[end..]))
        }),
    }
}

/// Returns whether a path exists: from the root if it begins with one of its folders, otherwise relative
/// to any folder.
fn exists(path: &str, files: &BTreeSet<String>) -> bool {
    if BUILD_FOLDERS.iter().any(|folder| path.starts_with(folder)) || BUILD_OUTPUTS.contains(&path) {
        return true;
    }
    let from_root = path.split_once('/').is_some_and(|(first, _)| FOLDERS.contains(&first));
    let path = path.trim_end_matches('/');
    let depth = path.split('/').count();
    files.iter().any(|file| {
        let names: Vec<&str> = file.split('/').collect();
        let last = if from_root { 0 } else { names.len().saturating_sub(depth) };
        (0..=last)
            .any(|start| names.get(start..start + depth).is_some_and(|part| matches(path, &part.join("/"))))
    })
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn every_file_and_folder_that_a_guide_names_exists() {
    let files = files();
    let mut wrong = Vec::new();
    let mut count = 0;
    for guide in guides() {
        for span in guide.spans().0.iter().filter(|span| is_path(span)) {
            count += 1;
            if !exists(span, &files) {
                wrong.push(format!("{}: {span}", guide.name));
            }
        }
    }
    assert!(count > 50, "the guides name {count} paths");
    assert_none("paths that do not exist", &wrong);
}

#[test]
fn build_outputs_named_in_guides_are_built() {
    let files = files();
    let built: String = files
        .iter()
        .filter(|file| file.starts_with("xtask/src/") && file.ends_with(".rs"))
        .map(|file| fs::read_to_string(root().join(file)).unwrap())
        .collect();
    for output in BUILD_OUTPUTS {
        let name = output.rsplit('/').next().unwrap_or_default();
        assert!(built.contains(name), "xtask does not build {name}");
    }
}

#[test]
fn every_link_of_a_guide_resolves() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for guide in guides() {
        let folder = root().join(&guide.name).parent().unwrap().to_owned();
        for link in guide.links() {
            count += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let path = if file.is_empty() { root().join(&guide.name) } else { folder.join(file) };
            let resolves = path.exists()
                && (anchor.is_empty() || {
                    let text = fs::read_to_string(&path).unwrap();
                    Guide { name: String::new(), text }.anchors().contains(anchor)
                });
            if !resolves {
                wrong.push(format!("{}: {link}", guide.name));
            }
        }
    }
    assert!(count > 30, "the guides have {count} links");
    assert_none("broken links", &wrong);
}

#[test]
fn the_readme_has_the_number_of_languages() {
    let is_words = |file: &&String| file.starts_with("src/view/words/") && file.ends_with(".json");
    let phrase = format!("[{} other languages]", files().iter().filter(is_words).count());
    assert!(Guide::of("README.md").text.contains(&phrase), "README.md does not say {phrase}");
}

/// Formats a number as the guides do: `10,000`.
#[cfg(feature = "view")]
fn with_commas(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}

#[cfg(feature = "view")]
#[test]
fn the_guide_lists_every_limit() {
    use news_briefing::article::{Json, Url, limits};
    use news_briefing::view::Cited;

    let (_, section) = Guide::of("docs/editors.md")
        .text
        .split_once("\n## Limits\n")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| ")).collect();
    let limits = [
        ("all texts together", limits::MAX_ARTICLE),
        ("one text", limits::MAX_TEXT),
        ("values in the JSON", Json::MAX_VALUES),
        ("values in the JSON", Json::MAX_DEPTH),
        ("lists inside lists", limits::MAX_LIST_DEPTH),
        ("an address", Url::MAX_CHARS),
        ("numbers in one marker", limits::MAX_NUMBERS),
        ("references of one citation", limits::MAX_JOINED),
        ("references that one mention cites", limits::MAX_MENTIONED),
        ("places with the name of a publisher", limits::MAX_MENTION_PLACES),
        ("links from a source back", Cited::MAX_PLACES),
        ("warnings", limits::MAX_PROBLEMS),
    ];
    for (what, limit) in limits {
        let row =
            rows.iter().find(|row| row.starts_with(&format!("| {what}"))).unwrap_or_else(|| panic!("{what}"));
        assert!(has_name(row, &with_commas(limit)), "{row}: {limit}");
    }
    // Numbers that are not limits, but used in estimates.
    let growth = fs::read_to_string(root().join("src/cli/growth.rs")).unwrap();
    for (name, number) in [("HTML_PER_BYTE", 100), ("HTML_PER_REFERENCE", 12_000)] {
        let digits = with_commas(number).replace(',', "_");
        assert!(growth.contains(&format!("const {name}: f64 = {digits}.0;")), "{name}");
        assert!(has_name(&section, &with_commas(number)), "{number}");
    }
}

/// The recipes for additions, each with the names of an existing example.
const RECIPES: &[(&str, &[&str])] = &[
    ("Add a kind of block", &["EmbedLink", "embed-link", "embed_link"]),
    ("Add a member to the JSON", &["archive_url"]),
    ("Add an interface string", &["PreviousSource", "previous_source"]),
    ("Add a language", &["sv"]),
];

/// Returns whether a text contains a name as a whole word.
fn has_name(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices(name)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part))
}

#[test]
fn every_recipe_names_every_file_of_its_example() {
    let contributing = Guide::of("CONTRIBUTING.md").text;
    let files = files();
    let mut wrong = Vec::new();
    for (title, names) in RECIPES {
        let (_, rest) = contributing.split_once(&format!("**{title}.**")).unwrap();
        let text = rest.split("\n**").next().unwrap_or_default().to_owned();
        let named = Guide { name: String::new(), text }.spans().0;
        let is_named = |file: &str| {
            named.iter().any(|path| matches(path, file) || (path.ends_with('/') && file.starts_with(path)))
        };
        let mut count = 0;
        // The expected results of conversions are written by a test.
        let is_place = |file: &&String| {
            file.contains('/') && *file != "tests/docs.rs" && !file.starts_with("tests/cms/")
        };
        for file in files.iter().filter(is_place) {
            let Ok(text) = fs::read_to_string(root().join(file)) else { continue };
            if names.iter().any(|name| has_name(&text, name)) {
                count += 1;
                if !is_named(file) {
                    wrong.push(format!("{title}: {file}"));
                }
            }
        }
        assert!(count > 5, "{names:?} occur in {count} files");
    }
    assert_none("files that a recipe does not name", &wrong);
}

/// Returns the source of a command of `cargo xtask`.
fn command(name: &str) -> Option<String> {
    let main = fs::read_to_string(root().join("xtask/src/main.rs")).unwrap();
    let variants = main.split_once("enum Command {").unwrap().1.split_once("\n}").unwrap().0;
    let is_variant = |line: &str| {
        let end = line.find(['(', ',', ' ']).unwrap_or(line.len());
        line[..end].to_lowercase() == name
    };
    variants.lines().map(str::trim).filter(|line| !line.starts_with("//")).any(is_variant).then(|| {
        let paths = [format!("xtask/src/{name}.rs"), format!("xtask/src/{name}/mod.rs")];
        paths.iter().find_map(|path| fs::read_to_string(root().join(path)).ok()).unwrap_or_default()
    })
}

#[test]
fn every_command_that_a_guide_names_exists() {
    let files = files();
    let steps: String = files
        .iter()
        .filter(|file| file.starts_with("xtask/src/steps/"))
        .map(|file| fs::read_to_string(root().join(file)).unwrap())
        .collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for guide in guides() {
        for words in guide.commands() {
            // If the command is named alone, prose follows.
            let Some(name) = words.first().filter(|word| word.chars().all(|c| c.is_ascii_lowercase())) else {
                continue;
            };
            count += 1;
            let mut complain = |what: &str| wrong.push(format!("{}: cargo xtask {name}{what}", guide.name));
            let Some(source) = command(name) else {
                complain("");
                continue;
            };
            for pair in words.windows(2) {
                let [option, value] = pair else { continue };
                let is_known = match (*name, *option) {
                    (_, "--only") if value.starts_with('<') => true,
                    ("test", "--only") => steps.contains(&format!("\"{value}\"")),
                    (_, "--only") => source.contains(&format!("\"{value}\"")),
                    _ => true,
                };
                if !is_known {
                    complain(&format!(" {option} {value}"));
                }
            }
            for option in words.iter().filter_map(|word| word.strip_prefix("--")) {
                if !option.is_empty() && !source.contains(&format!("    {}: ", option.replace('-', "_"))) {
                    complain(&format!(" --{option}"));
                }
            }
        }
    }
    assert!(count > 10, "the guides name {count} commands");
    assert_none("unknown commands", &wrong);
}

#[test]
fn every_guide_is_linked_from_the_readme_and_from_the_code_it_explains() {
    let readme = Guide::of("README.md").links();
    let files = files();
    let code: String = files
        .iter()
        .filter(|file| file.starts_with("src/") && file.ends_with(".rs"))
        .map(|file| fs::read_to_string(root().join(file)).unwrap())
        .collect();
    for guide in files.iter().filter(|file| file.starts_with("docs/") && file.ends_with(".md")) {
        // The guides of a folder may be listed in the folder's own README.
        let of_folder = guide.rsplit_once('/').map(|(folder, _)| [folder, "/README.md"].concat());
        let is_listed = of_folder.filter(|list| readme.contains(list)).is_some_and(|list| {
            Guide::of(&list).links().iter().any(|link| guide.ends_with(&["/", link].concat()))
        });
        assert!(readme.contains(guide) || is_listed, "README.md does not link {guide}");
        assert!(code.contains(guide.as_str()), "no module in src/ names {guide}");
    }
}

#[test]
fn every_guide_that_a_file_names_exists() {
    let files = files();
    let texts = files.iter().filter_map(|file| Some((file, fs::read_to_string(root().join(file)).ok()?)));
    let mut wrong = Vec::new();
    for (file, text) in texts {
        for rest in text.split("docs/").skip(1) {
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            if let Some((stem, _)) = rest[..end].split_once(".md")
                && !stem.is_empty()
                && !files.contains(&format!("docs/{stem}.md"))
            {
                wrong.push(format!("{file}: docs/{stem}.md"));
            }
        }
    }
    assert_none("guides that do not exist", &wrong);
}

/// The scans find their targets, and ignore other text.
#[test]
fn the_scans_find_their_targets() {
    let guide = |text: &str| Guide { name: String::new(), text: text.to_owned() };
    let text =
        "A `src/lib.rs` and ``a ` b``.\n\n```sh\n`no`\n```\n[b `c`](d.md#e) `[f](g)` [h](https://i.example)";
    let (spans, _) = guide(text).spans();
    assert_eq!(spans, ["src/lib.rs", "a ` b", "c", "[f](g)"]);
    assert_eq!(guide(text).links(), ["d.md#e"]);
    let anchors = guide("# A, b: `c`\n```sh\n# no\n```\n## What is kept").anchors();
    assert_eq!(anchors.iter().map(String::as_str).collect::<Vec<_>>(), ["a-b-c", "what-is-kept"]);
    assert_eq!(guide("`cargo xtask a --b`, c\ncargo xtask d # e").commands(), [vec!["a", "--b"], vec!["d"]]);

    let paths = ["src/view/", "tests/e2e", "player.rs", "*.json", "src/view/words/*.json"];
    assert!(paths.into_iter().all(is_path));
    let others = ["text/javascript", "/briefing/", "view::Briefing", "--quick", "style.height", "`", ""];
    assert!(!others.into_iter().any(is_path));

    let files = BTreeSet::from(["src/view/text/a.rs".to_owned(), "README.md".to_owned()]);
    let found =
        ["src/view/", "src/view/text", "src/view/text/a.rs", "text/a.rs", "a.rs", "text/", "src/view/*/*.rs"];
    assert!(found.into_iter().chain(["dist/b.js", "preload.html"]).all(|path| exists(path, &files)));
    let missing = ["src/text/", "src/a.rs", "b.rs", "ext/a.rs", "src/*.rs", "src/view/text/a"];
    assert!(!missing.into_iter().any(|path| exists(path, &files)));
}

/// When an article fails to load, the CMS desk of the newsroom says what to do, whatever the kind of the
/// error.
#[test]
fn the_desk_has_a_remedy_for_every_error_kind() {
    let guide = fs::read_to_string(root().join("docs/embedding.md")).unwrap();
    let table = guide.split("The `kind` of").nth(1).unwrap().split("\n\n").nth(1).unwrap();
    let rows = table.lines().skip(2).filter_map(|row| row.split('|').nth(1));
    let kinds: BTreeSet<&str> = rows.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(kinds.contains("network") && kinds.contains("empty"), "{kinds:?}");
    let desk = fs::read_to_string(root().join("www/desk.js")).unwrap();
    let remedies = desk.split("REMEDIES = {").nth(1).unwrap().split("};").next().unwrap();
    let names = remedies.lines().filter_map(|line| line.trim().split_once(": \""));
    let known: BTreeSet<&str> = names.map(|(name, _)| name.trim_matches('"')).collect();
    assert_eq!(known, kinds);
}
