use crate::view::icon::Icon;
use crate::view::markup::Markup;

/// Draws an icon. It is hidden from screen readers: the text beside it, or the name of its button,
/// names it.
pub(crate) fn icon(markup: &mut Markup, icon: Icon) {
    const ATTRIBUTES: [(&str, &str); 6] = [
        ("class", "icon"),
        ("viewBox", "0 0 16 16"),
        ("width", "16"),
        ("height", "16"),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ];
    markup.svg_tag("svg").attrs(&ATTRIBUTES).children(|markup| {
        markup.svg_tag("path").attrs(&[("fill", "currentColor"), ("d", icon.path())]).empty();
    });
}
