//! Places a popover beside its citation in browsers that cannot do it themselves.

use web_sys::HtmlElement;

use super::dom;

/// A box on the screen, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rect {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// The space between a citation and its popover.
const GAP: f64 = 6.0;

/// The space that stays free at the edges of the screen.
const EDGE: f64 = 8.0;

/// Where the upper left corner of a popover goes: below the anchor if there is room, else above;
/// beginning where the anchor does, unless that is too far to the side.
fn corner(anchor: Rect, popover: Rect, screen: (f64, f64), right_to_left: bool) -> (f64, f64) {
    let (width, height) = screen;
    let wanted = if right_to_left { anchor.left + anchor.width - popover.width } else { anchor.left };
    let left = wanted.min(width - popover.width - EDGE).max(EDGE);
    let below = anchor.top + anchor.height + GAP;
    let above = anchor.top - GAP - popover.height;
    let fits_below = below + popover.height + EDGE <= height;
    let top =
        if fits_below || above < EDGE { below.min(height - popover.height - EDGE).max(EDGE) } else { above };
    (left, top)
}

/// Places a popover by script, if the browser does not place it by style.
pub(crate) fn place(popover: &HtmlElement, marker: &HtmlElement) {
    let Some(window) = web_sys::window() else { return };
    let number = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64());
    let (Some(width), Some(height)) = (number(window.inner_width()), number(window.inner_height())) else {
        return;
    };
    let is_sheet = width < 480.0;
    if is_sheet || web_sys::css::supports_with_value("position-area", "block-end").unwrap_or(true) {
        return;
    }
    let rect = |element: &HtmlElement| {
        let rect = element.get_bounding_client_rect();
        Rect { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
    };
    dom::set(popover, "data-placed", "");
    let (left, top) = corner(rect(marker), rect(popover), (width, height), dom::is_right_to_left(popover));
    let style = popover.style();
    for (name, value) in [("left", left), ("top", top)] {
        #[allow(clippy::cast_possible_truncation, reason = "whole pixels on a screen")]
        let pixels = [&(value as i32).to_string(), "px"].concat();
        let _ = style.set_property(name, &pixels);
    }
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
    fn below_where_there_is_room() {
        assert_eq!(corner(at(100.0, 100.0), POPOVER, SCREEN, false), (100.0, 126.0));
    }

    #[test]
    fn above_near_the_bottom() {
        assert_eq!(corner(at(100.0, 700.0), POPOVER, SCREEN, false), (100.0, 494.0));
    }

    #[test]
    fn never_over_the_edge() {
        assert_eq!(corner(at(950.0, 100.0), POPOVER, SCREEN, false), (692.0, 126.0));
        assert_eq!(corner(at(2.0, 100.0), POPOVER, SCREEN, true), (8.0, 126.0));
        assert_eq!(corner(at(100.0, 100.0), POPOVER, (200.0, 150.0), false), (8.0, 8.0));
    }

    #[test]
    fn right_to_left_ends_where_the_citation_ends() {
        assert_eq!(corner(at(600.0, 100.0), POPOVER, SCREEN, true), (310.0, 126.0));
    }
}
