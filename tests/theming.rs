//! The public styling interface is one list, in `src/view/style/mod.rs`: the stylesheet and the
//! markup contain exactly these names, and `docs/theming.md` explains each.
#![allow(clippy::string_slice, clippy::unwrap_used, reason = "a failing test panics")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use news_briefing::view::{PARTS, PROPERTIES, STYLES};

/// Returns every name that follows `before`, up to the next character that cannot be part of a name.
fn names<'t>(text: &'t str, before: &str) -> BTreeSet<&'t str> {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
    text.match_indices(before)
        .map(|(at, _)| text[at + before.len()..].split(ends).next().unwrap_or_default())
        .collect()
}

/// Returns the markup of the comprehensive articles, from the snapshots of `tests/markup.rs`.
fn markup() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let snapshots = files.filter(|path| path.extension().is_some_and(|extension| extension == "snap"));
    snapshots.map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn guide() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/theming.md")).unwrap()
}

#[test]
fn the_stylesheet_uses_exactly_the_listed_properties() {
    let listed: BTreeSet<&str> =
        PROPERTIES.iter().map(|(name, _)| name.trim_start_matches("--briefing-")).collect();
    assert_eq!(names(STYLES, "--briefing-"), listed);
}

#[test]
fn the_markup_has_exactly_the_listed_parts() {
    assert_eq!(names(&markup(), " part=\""), PARTS.iter().copied().collect());
}

#[test]
fn the_guide_explains_every_property_and_every_part() {
    let guide = guide();
    for (name, meaning) in PROPERTIES {
        let row = format!("| `{name}` | {meaning} |");
        assert!(guide.contains(&row), "docs/theming.md lacks the row {row}");
    }
    let parts = format!("`{}`", PARTS.join(" "));
    for part in PARTS {
        assert!(
            guide.contains(&format!("| `{part}` | ")),
            "docs/theming.md does not say what the part {part} is"
        );
    }
    let in_one_line = guide.replace('\n', " ");
    assert!(in_one_line.contains(&parts), "docs/theming.md lacks {parts}");
}

#[test]
fn themes_use_only_documented_properties_and_parts() {
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
