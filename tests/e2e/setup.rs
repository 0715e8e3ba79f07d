//! The reader's device and preferences, which the browser emulates before it opens a page.

use crate::fonts::FontSet;

/// How the browser is set up for a scenario.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    /// The size of the viewport in CSS pixels.
    pub(crate) window: (u32, u32),
    /// The reader prefers a dark colour scheme.
    pub(crate) dark: bool,
    /// The reader prefers reduced motion.
    pub(crate) reduced_motion: bool,
    /// The reader has chosen their own colours, as in a high-contrast mode.
    pub(crate) forced_colors: bool,
    /// The device has a touch screen, and no mouse that could hover.
    pub(crate) touch: bool,
    /// The page is laid out as for print.
    pub(crate) print: bool,
    /// The fonts on the device. A running browser keeps the fonts that it was started with.
    pub(crate) fonts: FontSet,
    /// How many times slower the processor is.
    pub(crate) slower: f64,
    /// The scenario starts a fresh browser, which no later scenario reuses.
    pub(crate) new_browser: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            window: (1024, 768),
            dark: false,
            reduced_motion: false,
            forced_colors: false,
            touch: false,
            print: false,
            fonts: FontSet::DejaVu,
            slower: 1.0,
            new_browser: false,
        }
    }
}
