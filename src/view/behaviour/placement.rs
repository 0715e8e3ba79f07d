//! A polyfill for CSS anchor positioning: places a popover beside its citation where the browser
//! cannot do so, or does so wrongly.

use crate::view::names::data;
use web_sys::{Element, HtmlElement, Window};

use super::dom;

/// A box on the screen, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rect {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Rect {
    /// Returns whether the whole box is on a screen of this size.
    fn is_on(self, (width, height): (f64, f64)) -> bool {
        self.left >= 0.0
            && self.top >= 0.0
            && self.left + self.width <= width
            && self.top + self.height <= height
    }
}

/// The space between a citation and its popover.
const GAP: f64 = 6.0;

/// On a narrower screen a popover is a bottom sheet, by `popover.css`.
const MIN_WIDTH_BESIDE: f64 = 480.0;

/// The space that stays free at the edges of the screen.
const EDGE: f64 = 8.0;

/// Returns the upper left corner for a popover: below the anchor if there is room, else above, else to
/// a side, else over it. Below and above, the popover is aligned with the start of the anchor, as far
/// as the screen allows.
fn corner(anchor: Rect, popover: Rect, screen: (f64, f64), right_to_left: bool) -> (f64, f64) {
    let (width, height) = screen;
    let anchor_right = anchor.left + anchor.width;
    let wanted = if right_to_left { anchor_right - popover.width } else { anchor.left };
    let left = wanted.min(width - popover.width - EDGE).max(EDGE);
    let below = anchor.top + anchor.height + GAP;
    let above = anchor.top - GAP - popover.height;
    if below + popover.height + EDGE <= height {
        return (left, below);
    }
    if above >= EDGE {
        return (left, above);
    }
    let (after, before) = (anchor_right + GAP, anchor.left - GAP - popover.width);
    let top = below.min(height - popover.height - EDGE).max(EDGE);
    if after + popover.width + EDGE <= width {
        (after, top)
    } else if before >= EDGE {
        (before, top)
    } else {
        (left, top)
    }
}

/// Decides whether a popover that is about to open is a bottom sheet on a narrow screen. In a frame as
/// high as its page, the bottom may be far from what the reader sees.
pub(crate) fn choose(popover: &HtmlElement) {
    if is_fully_shown_in_frame().unwrap_or_default() {
        dom::set(popover, data::BESIDE, "");
    } else {
        dom::unset(popover, data::BESIDE);
    }
}

/// Returns the width and height of the viewport.
fn screen(window: &Window) -> Option<(f64, f64)> {
    Some((window.inner_width().ok()?.as_f64()?, window.inner_height().ok()?.as_f64()?))
}

/// Returns whether the page is in a frame that is as high as the page.
fn is_fully_shown_in_frame() -> Option<bool> {
    let window = web_sys::window()?;
    let is_framed = window.parent().ok()?.is_some_and(|parent| parent != window);
    let page = window.document()?.document_element()?;
    let (_, height) = screen(&window)?;
    // When zoomed, sizes are no whole pixels.
    Some(is_framed && page.get_bounding_client_rect().height() <= height + 1.0)
}

/// Places an open popover by script, if the browser has no anchor positioning or has put the popover
/// off the screen. Firefox does so where the popover's direction differs from the page's, WebKit where
/// the page is scrolled.
pub(crate) fn place(popover: &HtmlElement, marker: &HtmlElement) {
    let Some(window) = web_sys::window() else { return };
    let Some(page) = window.document().and_then(|document| document.document_element()) else { return };
    let Some((width, height)) = screen(&window) else { return };
    let rect = |element: &Element| {
        let rect = element.get_bounding_client_rect();
        Rect { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
    };
    dom::unset(popover, data::PLACED);
    let is_sheet = width < MIN_WIDTH_BESIDE && !popover.has_attribute(data::BESIDE);
    let is_placed = || {
        web_sys::css::supports_with_value("position-area", "block-end").unwrap_or(true)
            && rect(popover).is_on((width, height))
    };
    if is_sheet || is_placed() {
        return;
    }
    let (left, top) = corner(rect(marker), rect(popover), (width, height), dom::is_right_to_left(popover));
    let page = rect(&page);
    for (name, value) in [("--left", left - page.left), ("--top", top - page.top)] {
        #[allow(clippy::cast_possible_truncation, reason = "whole pixels on a page")]
        let pixels = [&(value as i32).to_string(), "px"].concat();
        dom::set_property(popover, name, &pixels);
    }
    dom::set(popover, data::PLACED, "");
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: (f64, f64) = (1000.0, 800.0);

    fn at(left: f64, top: f64) -> Rect {
        Rect { left, top, width: 10.0, height: 20.0 }
    }

    const POPOVER: Rect = Rect { left: 0.0, top: 0.0, width: 300.0, height: 200.0 };

    #[test]
    fn popover_is_below_if_it_fits() {
        assert_eq!(corner(at(100.0, 100.0), POPOVER, SCREEN, false), (100.0, 126.0));
    }

    #[test]
    fn popover_is_above_near_the_bottom() {
        assert_eq!(corner(at(100.0, 700.0), POPOVER, SCREEN, false), (100.0, 494.0));
    }

    #[test]
    fn popover_is_at_a_side_if_it_fits_neither_below_nor_above() {
        let low = (1000.0, 240.0);
        assert_eq!(corner(at(100.0, 100.0), POPOVER, low, false), (116.0, 32.0));
        assert_eq!(corner(at(900.0, 100.0), POPOVER, low, false), (594.0, 32.0));
        assert_eq!(corner(at(100.0, 100.0), POPOVER, (350.0, 240.0), false), (42.0, 32.0));
    }

    #[test]
    fn popover_stays_within_the_edges() {
        assert_eq!(corner(at(950.0, 100.0), POPOVER, SCREEN, false), (692.0, 126.0));
        assert_eq!(corner(at(2.0, 100.0), POPOVER, SCREEN, true), (8.0, 126.0));
        assert_eq!(corner(at(100.0, 100.0), POPOVER, (200.0, 150.0), false), (8.0, 8.0));
    }

    #[test]
    fn boxes_off_the_screen_are_detected() {
        for on in [at(0.0, 0.0), at(990.0, 780.0)] {
            assert!(on.is_on(SCREEN), "{on:?}");
        }
        for off in [at(-10.0, 5.0), at(5.0, -2.0), at(995.0, 5.0), at(5.0, 790.0)] {
            assert!(!off.is_on(SCREEN), "{off:?}");
        }
    }

    #[test]
    fn right_to_left_aligns_the_right_edges() {
        assert_eq!(corner(at(600.0, 100.0), POPOVER, SCREEN, true), (310.0, 126.0));
    }
}
