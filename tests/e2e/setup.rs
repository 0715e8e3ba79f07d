//! The reader's device and preferences, told to the browser before it opens a page.

use crate::fonts::FontSet;

/// How the browser is set up for a scenario.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    /// The size of the viewport in CSS pixels.
    pub(crate) window: (u32, u32),
    /// Prefers a dark colour scheme.
    pub(crate) dark: bool,
    /// Prefers reduced motion.
    pub(crate) reduced_motion: bool,
    /// Has chosen colours of their own, as in a high-contrast mode.
    pub(crate) forced_colors: bool,
    /// Has a touch screen, and no mouse that could hover.
    pub(crate) touch: bool,
    /// Looks at the page as it would be printed.
    pub(crate) print: bool,
    /// The fonts on the device. They stay as the browser was started with.
    pub(crate) fonts: FontSet,
    /// How many times slower the processor is.
    pub(crate) slower: f64,
    /// Starts with a browser that nobody has used, and leaves it to nobody.
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
