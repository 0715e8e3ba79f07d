//! For pages whose briefing is visible at once: lines for the head that name what the loader will request, so
//! that browsers fetch it before the loader arrives.

use std::collections::BTreeMap;

use super::{GLUE, READING, WASM};

/// The name of the file.
pub(crate) const FILE: &str = "preload.html";

/// A media query about foldable devices, which only Chromium supports. A browser uses a preload only for an
/// identical request. WebKit never uses it for `fetch` while the preload is in progress, and would download
/// the largest file twice.
const IN_CHROMIUM: &str = "(device-posture: continuous)";

/// Returns the lines. `hashes` are the values of `integrity` that the loader uses for each file; with other
/// values, or without, a browser would not recognise the request. `nonce` is for pages whose policy allows
/// scripts only by a nonce: to preload a script without one is a violation.
pub(super) fn links(hashes: &BTreeMap<&str, String>, nonce: Option<&str>) -> String {
    let address = |path: &str| {
        let integrity = hashes.get(path).map(String::as_str).unwrap_or_default();
        let version = integrity.get(7..15).unwrap_or_default();
        format!(r#"crossorigin href="{path}?{version}" integrity="{integrity}""#)
    };
    let mut lines = String::from(
        "<!-- For the head of a page that shows its briefing at once. Put these lines before the loader's script,\n     \
         and the folder of these files before each address. Under a policy that allows scripts by a nonce,\n     \
         the lines for scripts need it too: `cargo xtask dist --nonce`. -->\n",
    );
    let nonce = nonce.map(|nonce| format!("nonce=\"{}\" ", attribute(nonce))).unwrap_or_default();
    for script in [GLUE, READING] {
        lines += &format!("<link rel=\"preload\" as=\"script\" {nonce}{}>\n", address(script));
    }
    lines += &format!("<link rel=\"preload\" as=\"fetch\" media=\"{IN_CHROMIUM}\" {}>\n", address(WASM));
    lines
}

/// Escapes a text as the value of an attribute.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{READING, links};

    #[test]
    fn preload_urls_match_those_of_the_loader() {
        let hashes = BTreeMap::from([(READING, "sha256-k3mBAZ0n8Q8=".to_owned())]);
        let expected = r#"<link rel="preload" as="script" crossorigin href="reading.js?k3mBAZ0n" integrity="sha256-k3mBAZ0n8Q8=">"#;
        assert!(links(&hashes, None).lines().any(|line| line == expected));
    }

    #[test]
    fn only_script_preloads_have_the_nonce() {
        let lines = links(&BTreeMap::new(), Some("{{ nonce | attr(\"x\") }}"));
        let links = lines.lines().filter(|line| line.starts_with("<link"));
        for link in links {
            let has_it = link.contains(r#" nonce="{{ nonce | attr(&quot;x&quot;) }}""#);
            assert_eq!(has_it, link.contains(r#"as="script""#), "{link}");
        }
    }
}
