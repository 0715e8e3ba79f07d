use super::minify;

/// The stylesheet of a briefing, put together from that of each component and minified.
pub const STYLES: &str = match std::str::from_utf8(&MINIFIED) {
    Ok(styles) => styles,
    // It cannot be: only whole characters of ASCII are taken out.
    Err(_) => SOURCE,
};

#[allow(clippy::large_const_arrays, reason = "it is used once, as text")]
const MINIFIED: [u8; minify::length(SOURCE)] = minify::minified(SOURCE);

/// The stylesheet for what is rendered ahead of the page, as it stands in `news-briefing.css`: when
/// script takes over, the other takes its place.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn styles_ahead() -> String {
    const SOURCE: &str = include_str!("ahead.css");
    const MINIFIED: [u8; minify::length(SOURCE)] = minify::minified(SOURCE);
    [STYLES, &String::from_utf8_lossy(&MINIFIED)].concat()
}

const SOURCE: &str = concat!(
    include_str!("host.css"),
    include_str!("briefing.css"),
    include_str!("header.css"),
    include_str!("image.css"),
    include_str!("key_points.css"),
    include_str!("body.css"),
    include_str!("blocks/blocks.css"),
    include_str!("citation.css"),
    include_str!("source.css"),
    include_str!("popover.css"),
    include_str!("references.css"),
    include_str!("player.css"),
    include_str!("states.css"),
);

/// The custom properties a site may set, each with what it sets.
pub const PROPERTIES: &[(&str, &str)] = &[
    ("--briefing-ink", "the colour of text"),
    ("--briefing-paper", "the ground"),
    ("--briefing-accent", "the one accent"),
    ("--briefing-ink-2", "the colour of secondary text; derived"),
    ("--briefing-hairline", "the colour of lines; derived"),
    ("--briefing-serif", "the face of the text and the title"),
    ("--briefing-sans", "the face of labels and controls"),
    ("--briefing-mono", "the face of code"),
    ("--briefing-measure", "the longest line of text"),
    ("--briefing-padding", "the space around everything; `0px` where the column has its own"),
];

/// The names by which `::part()` reaches into a briefing.
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
