//! What a site can reach from outside is one list, in `src/view/styles.rs`: the stylesheet and the
//! markup have just these, and the guide for engineers tells of all.
#![allow(clippy::string_slice, clippy::unwrap_used, reason = "a test may fail: that is how it tells")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use news_briefing::view::{PARTS, PROPERTIES, STYLES};

/// Every text that stands between `before` and the next character that belongs to no name.
fn names<'t>(text: &'t str, before: &str) -> BTreeSet<&'t str> {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
    text.match_indices(before)
        .map(|(at, _)| text[at + before.len()..].split(ends).next().unwrap_or_default())
        .collect()
}

/// All Rust code of the view.
fn markup() -> String {
    let mut code = String::new();
    for folder in ["src/view", "src/view/blocks"] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                code.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    code
}

fn guide() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/engineers.md")).unwrap()
}

#[test]
fn the_stylesheet_reads_every_property_and_no_other() {
    let listed: BTreeSet<&str> =
        PROPERTIES.iter().map(|(name, _)| name.trim_start_matches("--briefing-")).collect();
    assert_eq!(names(STYLES, "--briefing-"), listed);
}

#[test]
fn the_markup_has_every_part_and_no_other() {
    let code = markup();
    assert_eq!(names(&code, "(\"part\", \""), PARTS.iter().copied().collect());
}

#[test]
fn the_guide_tells_of_every_property_and_every_part() {
    let guide = guide();
    for (name, meaning) in PROPERTIES {
        let row = format!("| `{name}` | {meaning} |");
        assert!(guide.contains(&row), "docs/engineers.md lacks the row {row}");
    }
    let parts = format!("`{}`", PARTS.join(" "));
    for part in PARTS {
        assert!(
            guide.contains(&format!("| `{part}` | ")),
            "docs/engineers.md says not what the part {part} is"
        );
    }
    let in_one_line = guide.replace('\n', " ");
    assert!(in_one_line.contains(&parts), "docs/engineers.md lacks {parts}");
}

#[test]
fn the_ready_looks_use_only_what_the_guide_tells_of() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/themes");
    let properties: BTreeSet<&str> = PROPERTIES.iter().map(|(name, _)| *name).collect();
    let parts: BTreeSet<&str> = PARTS.iter().copied().collect();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let styles = fs::read_to_string(&path).unwrap();
        for name in names(&styles, "--") {
            let name = format!("--{name}");
            assert!(properties.contains(name.as_str()), "{} has {name}", path.display());
        }
        for name in names(&styles, "::part(") {
            assert!(parts.contains(name), "{} has ::part({name})", path.display());
        }
    }
}
