//! Rules about the code's structure: the allowed dependencies of modules, and constructs that must not
//! appear. This is the code map of CONTRIBUTING as a test.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing test panics"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro2::{Delimiter, LineColumn, TokenStream, TokenTree};

/// The modules of the crate that each module may depend on.
const ALLOWED_DEPENDENCIES: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("cms", &["article"]),
    ("timeline", &["article"]),
    ("playback", &[]),
    ("view", &["article", "timeline", "playback"]),
    ("embed", &["article", "timeline", "playback", "view"]),
    ("adapters", &["article", "cms", "embed", "timeline"]),
    ("cli", &["article", "cms", "timeline", "playback", "view"]),
];

/// The modules that use no browser API, even in a build for browsers.
const PURE: &[&str] = &["article", "cms", "timeline", "playback"];

/// The same inside `view`.
const PURE_IN_VIEW: [&str; 3] = ["behaviour", "citations", "machine"];

/// The modules of `view` that some of its submodules may depend on. Text is rendered for a page or for a
/// file, independently of playback; behaviour acts on rendered elements and renders nothing.
const VIEW_DEPENDENCIES: &[(&str, &[&str])] = &[
    ("locale", &[]),
    ("words", &["locale", "sound"]),
    ("markup", &["dom", "names"]),
    ("text", &["dom", "icon", "locale", "markup", "names", "sound", "view_model", "words"]),
    ("behaviour", &["controller", "dom", "event", "names", "view_model", "words"]),
    ("player", &["controller", "dom", "icon", "sound", "text", "view_model", "words"]),
    ("states", &["player", "words"]),
    ("style", &[]),
];

/// Crates that are useful only in a browser.
const WEB_CRATES: &[&str] = &["gloo", "js_sys", "serde_wasm_bindgen", "wasm_bindgen", "web_sys", "yew"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A token of the product's code, with its position. Brackets are tokens too.
struct Token {
    text: String,
    at: LineColumn,
}

/// A source file.
struct File {
    path: PathBuf,
    tokens: Vec<Token>,
}

impl File {
    fn read(path: PathBuf, test_only: &mut Vec<String>) -> Self {
        let text = std::fs::read_to_string(&path).unwrap();
        Self::of(path, &text, test_only)
    }

    fn of(path: PathBuf, text: &str, test_only: &mut Vec<String>) -> Self {
        let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens, test_only);
        Self { path, tokens }
    }

    fn text(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &token.text)
    }

    /// Returns whether these tokens follow, starting at `index`.
    fn matches_at(&self, index: usize, pattern: &[&str]) -> bool {
        pattern.iter().enumerate().all(|(offset, wanted)| self.text(index + offset) == *wanted)
    }

    fn place(&self, index: usize) -> String {
        let line = self.tokens.get(index).map_or(0, |token| token.at.line);
        format!("{}:{line}", self.path.strip_prefix(root()).unwrap().display())
    }

    /// Returns the path of its module: `["view", "blocks"]` for `src/view/blocks/list.rs`.
    fn module(&self) -> Vec<String> {
        let inner = self.path.strip_prefix(root().join("src")).unwrap().with_extension("");
        let mut names: Vec<String> = inner.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        if names.last().is_some_and(|name| name == "mod" || name == "lib") {
            names.pop();
        }
        names
    }
}

/// Adds the tokens of a stream, except those that are built only for tests. Collects the names of files that
/// are built only for tests.
fn flatten(stream: TokenStream, tokens: &mut Vec<Token>, test_only: &mut Vec<String>) {
    let mut stream = stream.into_iter().peekable();
    while let Some(tree) = stream.next() {
        if let (TokenTree::Punct(mark), Some(TokenTree::Group(attribute))) = (&tree, stream.peek())
            && mark.as_char() == '#'
            && is_for_tests(&attribute.stream().to_string())
        {
            let mut names = Vec::new();
            for skipped in stream.by_ref() {
                match &skipped {
                    TokenTree::Ident(name) => names.push(name.to_string()),
                    TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => break,
                    TokenTree::Punct(mark) if mark.as_char() == ';' => {
                        test_only.extend(names.pop());
                        break;
                    }
                    _ => {}
                }
            }
            continue;
        }
        let at = tree.span().start();
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                tokens.push(Token { text: open.to_owned(), at });
                flatten(group.stream(), tokens, test_only);
                tokens.push(Token { text: close.to_owned(), at: group.span_close().start() });
            }
            other => tokens.push(Token { text: other.to_string(), at }),
        }
    }
}

fn is_for_tests(attribute: &str) -> bool {
    attribute.starts_with("cfg") && attribute.contains("test") && !attribute.starts_with("cfg_attr")
}

/// Returns every Rust file of the library that is not built only for tests.
fn sources() -> Vec<File> {
    let mut test_only = Vec::new();
    let files = files_in(&root().join("src"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let files: Vec<File> = files.map(|path| File::read(path, &mut test_only)).collect();
    // Whatever is inside of a module for tests is for tests, too.
    let is_built = |file: &File| !file.module().iter().any(|name| test_only.contains(name));
    let files: Vec<File> = files.into_iter().filter(is_built).collect();
    assert!(files.len() > 50, "the sources were found");
    files
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

/// Returns the modules of the crate that a file names, with their positions.
fn modules_named(file: &File) -> Vec<(String, String)> {
    named_in(file, &["crate"])
}

/// Returns the names that a file uses from the module at a path, with their positions: through that path, or
/// through the corresponding number of `super::`.
fn named_in(file: &File, path: &[&str]) -> Vec<(String, String)> {
    let path: Vec<&str> = path.iter().flat_map(|name| [*name, ":", ":"]).collect();
    let outer = path.len() / 3 - 1;
    let mut named = Vec::new();
    // The nesting depth of the current module, and the brackets that opened each inner module.
    let mut depth = file.module().len();
    let mut brackets = Vec::new();
    let mut index = 0;
    while index < file.tokens.len() {
        match file.text(index) {
            "{" => {
                let is_module = index >= 2 && file.text(index - 2) == "mod";
                depth += usize::from(is_module);
                brackets.push(is_module);
            }
            "}" => depth -= usize::from(brackets.pop().unwrap_or(false)),
            "crate" if file.matches_at(index, &path) => {
                let names = first_names(file, index + path.len());
                named.extend(names.into_iter().map(|name| (name, file.place(index))));
            }
            "super" => {
                let start = index;
                let mut supers = 1;
                while file.matches_at(index + 1, &[":", ":", "super"]) {
                    supers += 1;
                    index += 3;
                }
                if depth.saturating_sub(supers) == outer && file.matches_at(index + 1, &[":", ":"]) {
                    named.extend(
                        first_names(file, index + 3).into_iter().map(|name| (name, file.place(start))),
                    );
                }
            }
            _ => {}
        }
        index += 1;
    }
    named
}

/// Returns the name at this position, or each first name in the braces there.
fn first_names(file: &File, index: usize) -> Vec<String> {
    if file.text(index) != "{" {
        return vec![file.text(index).to_owned()];
    }
    let mut names = Vec::new();
    let mut open = 0;
    for at in index.. {
        match file.text(at) {
            "{" => open += 1,
            "}" => open -= 1,
            _ if open == 1 && matches!(file.text(at - 1), "{" | ",") => names.push(file.text(at).to_owned()),
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    names
}

#[test]
fn modules_have_only_allowed_dependencies() {
    let mut wrong = Vec::new();
    let mut checked = BTreeSet::new();
    for file in sources() {
        let path = file.module();
        let Some(module) = path.first() else { continue };
        let Some((_, allowed)) = ALLOWED_DEPENDENCIES.iter().find(|(name, _)| name == module) else {
            panic!("{module} is a module without an entry in ALLOWED_DEPENDENCIES");
        };
        checked.insert(module.clone());
        for (name, place) in modules_named(&file) {
            if name != *module && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{place}: {module} uses {name}"));
            }
        }
    }
    assert!(checked.contains("article") && checked.contains("embed"), "{checked:?}");
    assert_none("modules with forbidden dependencies", &wrong);
}

#[test]
fn view_submodules_have_only_allowed_dependencies() {
    let mut wrong = Vec::new();
    let mut checked = BTreeSet::new();
    for file in sources() {
        let path = file.module();
        let [module, submodule, ..] = path.as_slice() else { continue };
        let Some((_, allowed)) =
            VIEW_DEPENDENCIES.iter().find(|(name, _)| module == "view" && name == submodule)
        else {
            continue;
        };
        checked.insert(submodule.clone());
        for (name, place) in named_in(&file, &["crate", "view"]) {
            if name != *submodule && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{place}: {submodule} uses {name}"));
            }
        }
    }
    assert_eq!(checked.len(), VIEW_DEPENDENCIES.len(), "{checked:?}");
    assert_none("submodules of the view with forbidden dependencies", &wrong);
}

/// Returns the names that `src/view/names.rs` lists.
fn shared_names() -> BTreeSet<String> {
    let file = File::read(root().join("src/view/names.rs"), &mut Vec::new());
    let after = |index: &usize| file.text(*index) == "str" && file.text(index + 1) == "=";
    let names =
        (0..file.tokens.len()).filter(after).map(|index| file.text(index + 2).trim_matches('"').to_owned());
    names.collect()
}

/// Finds string literals that bypass `names.rs`: an attribute `data-…`, or a selector for a class.
fn literals_outside_names_rs(file: &File) -> Vec<String> {
    let found = (0..file.tokens.len()).filter(|index| {
        let Some(text) = file.text(*index).strip_prefix('"') else { return false };
        let is_doc = *index >= 2 && file.matches_at(index - 2, &["doc", "="]);
        let is_selector =
            text.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
        !is_doc && (text.contains("data-") || is_selector)
    });
    found.map(|index| format!("{}: {}", file.place(index), file.text(index))).collect()
}

#[test]
fn shared_names_are_defined_only_in_names_rs() {
    let names = shared_names();
    assert!(names.contains("data-seek") && names.contains("popover"), "{names:?}");
    let mut wrong = Vec::new();
    for file in sources() {
        let module = file.module();
        if module.first().is_some_and(|module| module == "view")
            && module.last().is_some_and(|name| name != "names")
        {
            wrong.extend(literals_outside_names_rs(&file));
        }
    }
    // Scripts define names of their own, but those that they look for in a briefing must be in this list.
    const OTHERS: [&str; 3] = ["briefing", "failure", "data-news-briefing"];
    for (place, line) in lines_of("src", &["js"]) {
        for selector in line.split(['"', '`']).skip(1).step_by(2).filter(|text| text.starts_with(['.', '[']))
        {
            let named = selector.split(|c: char| !(c.is_ascii_alphanumeric() || ".-_".contains(c)));
            for name in named.filter(|name| name.starts_with('.') || name.starts_with("data-")) {
                let name = name.trim_start_matches('.');
                if name.starts_with(|c: char| c.is_ascii_lowercase())
                    && !names.contains(name)
                    && !OTHERS.contains(&name)
                {
                    wrong.push(format!("{place}: {name}"));
                }
            }
        }
    }
    assert_none("names that are not defined in src/view/names.rs", &wrong);
}

#[test]
fn pure_modules_use_no_web_crate() {
    let mut checked = 0;
    let mut wrong = Vec::new();
    for file in sources() {
        let module = file.module();
        let is_pure = match module.first().map(String::as_str) {
            Some("view") => {
                module.get(1..).is_some_and(|inner| inner.starts_with(&PURE_IN_VIEW.map(str::to_owned)))
            }
            Some(module) => PURE.contains(&module),
            None => false,
        };
        if !is_pure {
            continue;
        }
        checked += 1;
        for index in 0..file.tokens.len() {
            let name = file.text(index);
            if WEB_CRATES.iter().any(|web| name == *web || name.starts_with(&format!("{web}_"))) {
                wrong.push(format!("{}: {name}", file.place(index)));
            }
        }
    }
    assert!(checked > 40, "the pure modules were found");
    assert_none("web crates in pure modules", &wrong);
}

#[test]
fn pure_modules_build_without_web_crates() {
    for features in [&[][..], &["--features", "native"]] {
        let output = Command::new(env!("CARGO"))
            .args([
                "tree",
                "--package",
                "news-briefing",
                "--no-default-features",
                "--edges",
                "normal",
                "--prefix",
                "none",
            ])
            .args(["--target", "all", "--locked"])
            .args(features)
            .current_dir(root())
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let tree = String::from_utf8_lossy(&output.stdout);
        let crates: BTreeSet<String> = tree
            .lines()
            .filter_map(|line| line.split(' ').next())
            .map(|name| name.replace('-', "_"))
            .collect();
        assert!(crates.contains("serde"), "{crates:?}");
        let web: Vec<&String> = crates
            .iter()
            .filter(|name| WEB_CRATES.iter().any(|web| *name == web || name.starts_with(&format!("{web}_"))))
            .collect();
        assert!(web.is_empty(), "{features:?} bring {web:?}");
    }
}

/// Finds calls and macros that may panic.
fn panics_in(file: &File) -> Vec<String> {
    const CALLS: &[&str] = &["unwrap", "expect", "unwrap_throw", "expect_throw", "unwrap_err", "expect_err"];
    const MACROS: &[&str] = &[
        "panic",
        "todo",
        "unimplemented",
        "unreachable",
        "assert",
        "assert_eq",
        "assert_ne",
        "debug_assert",
    ];
    let found = (1..file.tokens.len()).filter(|index| {
        let (name, next) = (file.text(*index), file.text(index + 1));
        let is_call = CALLS.contains(&name) && next == "(" && matches!(file.text(index - 1), "." | ":");
        let is_macro = MACROS.contains(&name) && next == "!" && file.text(index + 2) != "=";
        is_call || is_macro
    });
    found.map(|index| format!("{}: {}", file.place(index), file.text(index))).collect()
}

#[test]
fn the_library_has_no_explicit_panics() {
    let wrong: Vec<String> = sources().iter().flat_map(panics_in).collect();
    assert_none("explicit panics", &wrong);
}

/// Ways to turn text into markup or code, by their Rust names.
const MARKUP_FROM_TEXT: &[&str] = &[
    "DomParser",
    "Range",
    "HtmlDocument",
    "create_contextual_fragment",
    "eval",
    "from_html_unchecked",
    "insert_adjacent_html",
    "new_no_args",
    "new_with_args",
    "set_html_unsafe",
    "set_inner_html",
    "set_outer_html",
    "set_srcdoc",
];

/// The same by their JavaScript names.
const MARKUP_FROM_TEXT_JS: &[&str] = &[
    "DOMParser",
    "HTMLUnsafe",
    "createContextualFragment",
    "document.write",
    "eval(",
    "innerHTML",
    "insertAdjacentHTML",
    "javascript:",
    "new Function(",
    "outerHTML",
    "srcdoc",
];

/// Returns the lines of a folder's files that are not entirely comments, with their positions.
fn lines_of(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for path in files_in(&root().join(folder)) {
        if !path.extension().is_some_and(|end| endings.iter().any(|wanted| end == *wanted)) {
            continue;
        }
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let is_comment = ["//", "*", "/*"].iter().any(|mark| line.trim_start().starts_with(mark));
            if !is_comment {
                lines.push((format!("{name}:{}", number + 1), line.to_owned()));
            }
        }
    }
    lines
}

fn markup_from_text_in(file: &File) -> Vec<String> {
    let found = (0..file.tokens.len()).filter(|index| {
        let text = file.text(*index);
        let is_doc = *index >= 2 && file.matches_at(index - 2, &["doc", "="]);
        // JavaScript names appear in the attributes of imported functions.
        let is_js = !is_doc && MARKUP_FROM_TEXT_JS.iter().any(|name| text.contains(name));
        // `std::ops::Range` is not the DOM's `Range`.
        let is_dom_type = text != "Range" || !file.module().starts_with(&["cms".to_owned()]);
        is_js || (MARKUP_FROM_TEXT.contains(&text) && is_dom_type)
    });
    found.map(|index| format!("{}: {}", file.place(index), file.text(index))).collect()
}

#[test]
fn text_is_never_parsed_as_markup_or_code() {
    let mut wrong: Vec<String> = sources().iter().flat_map(markup_from_text_in).collect();
    for (place, line) in lines_of("src", &["js"]).into_iter().chain(lines_of("www", &["js", "html"])) {
        // The one place where text becomes a document, which is inert and under its own Trusted Types policy.
        let is_adapter = |name: &str| place.starts_with("src/adapters/document.js") && name == "DOMParser";
        for name in MARKUP_FROM_TEXT_JS.iter().filter(|name| line.contains(**name) && !is_adapter(name)) {
            wrong.push(format!("{place}: {name}"));
        }
    }
    assert_none("text that becomes markup or code", &wrong);
}

/// `xtask/src/dist/disposable.rs` removes the destructors of what adapters use from the published build.
#[test]
fn destructors_of_what_adapters_use_only_free_memory() {
    let mut wrong = Vec::new();
    for folder in ["src/adapters", "src/article", "src/cms"] {
        let lines = lines_of(folder, &["rs"]);
        let destructors = lines.into_iter().filter(|(_, line)| line.contains("Drop for "));
        wrong.extend(destructors.map(|(place, line)| format!("{place}: {}", line.trim())));
    }
    assert_none("destructors", &wrong);
}

/// Finds uses of the parts of Yew that `xtask/src/dist/unused.rs` removes from the published build: listeners
/// in `html!`, and suspense.
fn unused_of_yew_in(file: &File) -> Vec<String> {
    let found = (0..file.tokens.len()).filter(|index| {
        let name = file.text(*index);
        let is_event = name.strip_prefix("on").is_some_and(|event| {
            !event.is_empty() && event.chars().all(|letter| letter.is_ascii_lowercase())
        });
        let is_listener = is_event && file.matches_at(index + 1, &["=", "{"]);
        is_listener || ["Suspense", "SuspensionResult", "use_future", "use_future_with"].contains(&name)
    });
    found.map(|index| format!("{}: {}", file.place(index), file.text(index))).collect()
}

#[test]
fn removed_parts_of_yew_are_not_used() {
    let wrong: Vec<String> = sources().iter().flat_map(unused_of_yew_in).collect();
    assert_none("parts of Yew that the published build lacks", &wrong);
}

/// Finds attributes that a strict policy forbids, in the markup of `html!` or set by name.
fn inline_in(file: &File) -> Vec<String> {
    let found = (2..file.tokens.len()).filter(|index| {
        let (name, value) = (file.text(*index), file.text(index + 2));
        let is_attribute = file.text(index + 1) == "=" && value.starts_with(['"', '{']);
        let is_style = name == "style" && (is_attribute || file.matches_at(index - 1, &["{", "style", "}"]));
        // A handler that is a string; a callback does not become an attribute of the page.
        let is_handler = name.starts_with("on") && is_attribute && value.starts_with('"');
        let is_forbidden = name == "\"style\"" || name.starts_with("\"on");
        let is_set = (index.saturating_sub(8)..*index)
            .any(|before| matches!(file.text(before), "set" | "set_attribute" | "set_attribute_ns"))
            && matches!(file.text(index - 1), "," | "(");
        is_style || is_handler || (is_forbidden && is_set)
    });
    found.map(|index| format!("{}: {}", file.place(index), file.text(index))).collect()
}

#[test]
fn no_markup_has_inline_styles_or_handlers() {
    let mut wrong: Vec<String> = sources().iter().flat_map(inline_in).collect();
    for (place, line) in lines_of("www", &["html", "svg"]) {
        let lower = line.to_lowercase();
        let has_handler = lower.split_whitespace().any(|word| {
            word.strip_prefix("on").and_then(|rest| rest.split_once('=')).is_some_and(|(name, value)| {
                name.chars().all(|c| c.is_ascii_alphabetic()) && value.starts_with(['"', '\''])
            })
        });
        if lower.contains(" style=") || lower.contains("<style") || has_handler {
            wrong.push(format!("{place}: {}", line.trim()));
        }
    }
    for (place, line) in lines_of("www", &["js"]).into_iter().chain(lines_of("src", &["js"])) {
        if line.contains("setAttribute(\"style\"")
            || line.contains("setAttribute(\"on")
            || line.contains("cssText")
        {
            wrong.push(format!("{place}: {}", line.trim()));
        }
    }
    assert_none("inline styles or handlers", &wrong);
}

/// Retired names, each with its replacement, which is the term that an engineer would search for. An entry
/// that ends in a bracket retires the name of a function only: the word itself is ordinary English.
const RETIRED: &[(&str, &str)] = &[
    ("Act", "Handler"),
    ("Edition", "ViewModel"),
    ("Glance", "FirstScreen"),
    ("HEARD", "LISTENERS"),
    ("ON_STAGE", "NOW_PLAYING"),
    ("Scene", "Context"),
    ("Session", "Controller"),
    ("Sheet", "article_markup"),
    ("Shell", "Root"),
    ("Stage", "LoadState"),
    ("bring(", "importVerified"),
    ("come_to_life", "attach"),
    ("fn speak(", "set_text"),
    ("furnish", "shadow_root"),
    ("grant", "flush"),
    ("wish", "pending"),
    ("wishes", "pending"),
];

/// Returns whether a name occurs in a line as a whole word.
fn names_in(line: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        let (before, after) =
            (line.get(..at).unwrap_or_default(), line.get(at + name.len()..).unwrap_or_default());
        !before.ends_with(is_part) && (name.ends_with('(') || !after.starts_with(is_part))
    })
}

#[test]
fn retired_names_are_not_used() {
    let is_text = |path: &Path| {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        matches!(&*ending, "css" | "html" | "js" | "md" | "mjs" | "rs" | "toml")
    };
    // Only handwritten files, not the articles, whose prose may contain any word.
    let folders = ["docs", "src", "tests", "www", "xtask"].map(|folder| files_in(&root().join(folder)));
    let guides = ["CHANGELOG.md", "CONTRIBUTING.md", "README.md"].map(|name| root().join(name));
    let this = root().join(file!());
    let mut wrong = Vec::new();
    for path in folders.into_iter().flatten().chain(guides).filter(|path| is_text(path) && *path != this) {
        let place = path.strip_prefix(root()).unwrap().display().to_string();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = std::fs::read_to_string(&path).unwrap();
        for (name, now) in RETIRED {
            if *stem == name.to_lowercase() {
                wrong.push(format!("{place}: {name} is {now}"));
            }
            for (number, line) in text.lines().enumerate().filter(|(_, line)| names_in(line, name)) {
                wrong.push(format!("{place}:{}: {name} is {now}: {}", number + 1, line.trim()));
            }
        }
    }
    assert_none("retired names", &wrong);
}

/// The scans find their targets, and ignore tests, comments and string literals.
#[test]
fn the_scans_find_their_targets() {
    let file = |code: &str| File::of(root().join("src/view/blocks/list.rs"), code, &mut Vec::new());
    let named = |code: &str| -> Vec<String> {
        modules_named(&file(code)).into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(named("use crate::embed::X; use super::super::super::cms;"), ["embed", "cms"]);
    assert_eq!(
        named("use crate::{article::{Url, Text}, timeline, view as v};"),
        ["article", "timeline", "view"]
    );
    assert_eq!(named("use super::super::dom; mod inner { use super::super::super::dom; }"), [""; 0]);
    assert_eq!(named("#[cfg(test)] mod tests { use crate::embed; } // crate::embed"), [""; 0]);

    let named_in_view = named_in(
        &file(
            "use crate::view::{dom, words::{Word, Words}}; fn f() { crate::view::controller::g() }
            use super::super::event; use super::item; use super::super::super::cms;",
        ),
        &["crate", "view"],
    );
    let named_in_view: Vec<String> = named_in_view.into_iter().map(|(name, _)| name).collect();
    assert_eq!(named_in_view, ["dom", "words", "controller", "event"]);

    let counts = |scan: fn(&File) -> Vec<String>, code: &str| scan(&file(code)).len();
    assert_eq!(counts(panics_in, "fn f() { a.unwrap(); b.expect(\"c\"); panic!(); unreachable!() }"), 4);
    assert_eq!(counts(panics_in, "html! { <p>{ a.unwrap() }</p> }"), 1);
    assert_eq!(
        counts(panics_in, "fn f() { a.unwrap_or(b); expected(c) } #[cfg(test)] fn g() { a.unwrap(); }"),
        0
    );
    assert_eq!(
        counts(
            markup_from_text_in,
            "fn f() { a.set_inner_html(b); } extern { #[x(js_name = \"innerHTML\")] fn g(); }"
        ),
        2
    );
    assert_eq!(counts(markup_from_text_in, "/// Never innerHTML.\nfn f() {}"), 0);
    assert_eq!(counts(inline_in, "html! { <p style=\"a\" onclick=\"b\" {style}></p> }"), 3);
    assert_eq!(
        counts(inline_in, "fn f() { dom::set(a, \"style\", b); c.set_attribute(\"onclick\", d); }"),
        2
    );
    assert_eq!(counts(inline_in, "html! { <p onclick={b}></p> } fn f() { let style = a.style(); }"), 0);

    assert_eq!(
        counts(unused_of_yew_in, "html! { <Suspense><p onclick={a} ontoggle={b}></p></Suspense> }"),
        4
    );
    assert_eq!(counts(unused_of_yew_in, "html! { <Button {on_press} on_retry={a} /> }"), 0);

    assert!(names_in("an `Edition`, read", "Edition") && names_in("  bring(page)", "bring("));
    assert!(!names_in("Editions, an Edition_ and XEdition", "Edition") && !names_in("bring it", "bring("));
}

/// The runner of the in-browser tests serves four connections at once; a browser that opens more waits for
/// ever. The page uses one, and each script beside the Rust code another.
#[test]
fn rust_code_imports_few_scripts() {
    let mut scripts = BTreeSet::new();
    for (_, line) in ["src", "tests/browser"].into_iter().flat_map(|folder| lines_of(folder, &["rs"])) {
        if let Some((_, path)) = line.split_once("wasm_bindgen(module = \"") {
            scripts.insert(path.to_owned());
        }
    }
    assert!((1..=3).contains(&scripts.len()), "{scripts:?}");
}

#[test]
fn rust_and_javascript_share_the_scroll_threshold() {
    let limit = |path: &str, before: &str| -> f64 {
        let text = std::fs::read_to_string(root().join(path)).unwrap();
        let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{path} has no {before:?}"));
        rest.split(';').next().unwrap().parse().unwrap()
    };
    assert!(
        limit("src/view/dom.rs", "const MAX_CENTRED_SHARE: f64 = ")
            == limit("src/embed/scroll_to_element.js", "const MAX_CENTRED_SHARE = "),
        "the largest share of the screen at which an element is centred"
    );
}
