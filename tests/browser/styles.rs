//! The browser parses the whole stylesheet.

use news_briefing::view::STYLES;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::js;

#[wasm_bindgen_test]
fn browser_parses_every_rule() {
    let sheet = js::sheet(STYLES);
    let rules = js::rules(&sheet);
    assert!(rules > 100, "{rules} rules");
    // Each opening brace in the source is a rule, unless the browser dropped one.
    let written = without_comments(STYLES).matches('{').count();
    assert_eq!(rules as usize, written, "rules that the browser dropped");
    assert_eq!(js::empty_rules(&sheet), [""; 0], "rules without any parsed declaration");
}

#[wasm_bindgen_test]
fn stylesheet_fetches_nothing() {
    let css = without_comments(STYLES);
    for name in ["@import", "url(", "image-set(", "src:"] {
        assert!(!css.contains(name), "{name}");
    }
}

/// Custom properties with which a page sets the look: each has a fallback value.
#[wasm_bindgen_test]
fn every_custom_property_has_a_default() {
    let css = without_comments(STYLES);
    let uses: Vec<&str> = css.split("var(--briefing-").skip(1).collect();
    assert!(!uses.is_empty());
    for used in uses {
        let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        let after = used.strip_prefix(&*name).unwrap_or_default();
        let has_default = after.trim_start().starts_with(',');
        let is_set = css.contains(&format!("--briefing-{name}:"));
        assert!(has_default || is_set, "--briefing-{name} has no default");
    }
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.filter_map(|part| part.split_once("*/")).fold(first, |all, (_, rest)| all + rest)
}
