//! Writes markup as HTML, for prerendering.

use super::{Markup, Slot, Step};

/// Elements without an end tag.
const VOID: [&str; 6] = ["base", "img", "link", "meta", "br", "source"];
/// Elements whose text is not escaped.
const RAW: [&str; 2] = ["script", "style"];

impl Markup {
    /// Writes the markup as HTML, with the results of `slot` in the slots. Links inside the briefing get
    /// no `href`: their targets are in a shadow root, where only script can follow them.
    pub(crate) fn to_html(&self, slot: &dyn Fn(Slot) -> Option<String>) -> String {
        let mut html = String::with_capacity(self.steps.len() * 2);
        let mut open: Vec<&str> = Vec::new();
        let mut in_tag = false;
        // The content of the slot that was just opened.
        let mut filled: Option<String> = None;
        for step in self.steps() {
            let is_first = !matches!(step, Step::Attribute(..)) && std::mem::take(&mut in_tag);
            if is_first {
                html.push('>');
                html.push_str(&filled.take().unwrap_or_default());
            }
            let element = open.last().copied().unwrap_or_default();
            match step {
                Step::Open(name) | Step::OpenSvg(name) => {
                    html.push('<');
                    html.push_str(name);
                    open.push(name);
                    in_tag = true;
                }
                Step::Attribute("href", value) if value.starts_with('#') => {}
                Step::Attribute(name, value) => {
                    html.push(' ');
                    html.push_str(name);
                    if !value.is_empty() {
                        html.push_str("=\"");
                        escape(&mut html, value);
                        html.push('"');
                    }
                    if let Some(known) = Slot::of(name, value) {
                        filled = slot(known);
                    }
                }
                Step::Text(text) if RAW.contains(&element) => html.push_str(text),
                Step::Text(text) => {
                    // A parser drops a line break at the very beginning of a `pre`.
                    if element == "pre" && is_first && text.starts_with('\n') {
                        html.push('\n');
                    }
                    escape(&mut html, text);
                }
                Step::Close => {
                    open.pop();
                    if !VOID.contains(&element) {
                        html.push_str("</");
                        html.push_str(element);
                        html.push('>');
                    }
                }
            }
        }
        html
    }
}

fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            // A parser would turn a carriage return into a line feed.
            '\r' => html.push_str("&#13;"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_written_as_escaped_html() {
        let mut markup = Markup::default();
        markup.tag("p").attr("id", "x\"<").attr_if("lang", None).children(|markup| {
            markup.text("1 < 2 & ");
            markup.tag("img").attr("alt", "").empty();
            markup.tag("pre").text("\n\nx");
            markup.tag("a").attr("href", "#x").text("here");
            markup.tag("script").text("a && b");
        });
        let expected = "<p id=\"x&quot;&lt;\">1 &lt; 2 &amp; <img alt><pre>\n\n\nx</pre><a>here</a>\
                        <script>a && b</script></p>";
        assert_eq!(markup.to_html(&|_| None), expected);
    }

    #[test]
    fn leading_line_break_of_pre_is_doubled() {
        let mut markup = Markup::default();
        markup.tag("pre").children(|markup| {
            markup.tag("code").text("\na");
            markup.text("\nb");
        });
        assert_eq!(markup.to_html(&|_| None), "<pre><code>\na</code>\nb</pre>");
    }

    #[test]
    fn slots_contain_the_given_html() {
        let mut markup = Markup::default();
        markup.tag("div").slot(Slot::Player);
        let html = markup.to_html(&|slot| (slot == Slot::Player).then(|| "<b>x</b>".to_owned()));
        assert_eq!(html, "<div class=\"slot\" data-slot=\"player\"><b>x</b></div>");
        assert_eq!(markup.to_html(&|_| None), "<div class=\"slot\" data-slot=\"player\"></div>");
    }
}
