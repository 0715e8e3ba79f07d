//! The stylesheet, assembled from the CSS beside each part of the view, and what a host page can style
//! from outside: `docs/theming.md`.

mod minify;

/// The stylesheet of a briefing, assembled from those of its parts and minified.
pub const STYLES: &str = match std::str::from_utf8(&MINIFIED) {
    Ok(styles) => styles,
    // This cannot happen: only whole ASCII characters are removed.
    Err(_) => SOURCE,
};

#[allow(clippy::large_const_arrays, reason = "it is used once, as text")]
const MINIFIED: [u8; minify::length(SOURCE)] = minify::minified(SOURCE);

/// Returns the stylesheet of prerendered briefings, as published in `news-briefing.css`. [`STYLES`]
/// replaces it when script hydrates the briefing.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn prerendered_styles() -> String {
    const SOURCE: &str = include_str!("prerendered.css");
    const MINIFIED: [u8; minify::length(SOURCE)] = minify::minified(SOURCE);
    [STYLES, &String::from_utf8_lossy(&MINIFIED)].concat()
}

const SOURCE: &str = concat!(
    include_str!("host.css"),
    include_str!("briefing.css"),
    include_str!("../text/header.css"),
    include_str!("../text/image.css"),
    include_str!("../text/key_points.css"),
    include_str!("../text/body.css"),
    include_str!("../text/blocks/blocks.css"),
    include_str!("../text/citation.css"),
    include_str!("../text/source.css"),
    include_str!("../text/popover.css"),
    include_str!("../text/references.css"),
    include_str!("../player/player.css"),
    include_str!("../states/states.css"),
);

/// The custom properties that a site may set, each with its meaning.
pub const PROPERTIES: &[(&str, &str)] = &[
    ("--briefing-ink", "the colour of text"),
    ("--briefing-paper", "the background; without it, that of the page"),
    ("--briefing-accent", "the one accent"),
    ("--briefing-ink-2", "the colour of secondary text; derived"),
    ("--briefing-hairline", "the colour of lines; derived"),
    ("--briefing-serif", "the face of the text and the title"),
    ("--briefing-sans", "the face of labels and controls"),
    ("--briefing-mono", "the face of code"),
    ("--briefing-size", "the size of text; without it, that of the text around"),
    ("--briefing-measure", "the longest line of text"),
    ("--briefing-padding", "the space around everything; `0px` where the column has its own"),
    (
        "--briefing-inset-block-start",
        "how much of the screen the page keeps at its top, such as a bar that stays",
    ),
    ("--briefing-inset-block-end", "the same at its bottom"),
];

/// The names of a briefing's parts, for `::part()`.
pub const PARTS: &[&str] = &[
    "briefing",
    "category",
    "provenance",
    "title",
    "summary",
    "key-points",
    "key-point",
    "body",
    "block",
    "citation",
    "popover",
    "references",
    "reference",
    "player",
    "play-button",
    "progress",
    "time",
    "rate",
];
