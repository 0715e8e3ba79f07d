//! Writes the markup of a briefing, from the first element to the last.
//!
//! A briefing is drawn once, so nothing is kept to compare it with. What is written here is one text,
//! a list of steps: in the browser `draw.js` makes elements of them all at once, elsewhere they are
//! made nodes for Yew to write out. To cross from WebAssembly to JavaScript for each element and
//! each attribute took longer than all the rest.

/// Begins each step. No text can hold it: [`Markup::step`] takes it out.
const STEP: char = '\u{1}';

/// The markup of a briefing while it is written.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    steps: String,
}

impl Markup {
    /// Writes an element: its attributes, then what `content` writes. That may begin with further
    /// attributes.
    pub(crate) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        content: impl FnOnce(&mut Self),
    ) {
        self.open('<', name, attributes);
        content(self);
        self.close();
    }

    /// Writes an element that holds nothing, or nothing but a text.
    pub(crate) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open('<', name, attributes);
        self.text(text);
        self.close();
    }

    /// Writes a drawing of one path, in an element of SVG with these attributes.
    pub(crate) fn drawing(&mut self, attributes: &[(&str, &str)], path: &str) {
        self.open('{', "svg", attributes);
        self.open('{', "path", &[("fill", "currentColor")]);
        self.attribute("d", path);
        self.close();
        self.close();
    }

    /// Writes one more attribute of the element that was just begun.
    pub(crate) fn attribute(&mut self, name: &str, value: &str) {
        self.step('@', name);
        self.steps.push('=');
        self.push(value);
    }

    /// Writes one more attribute where there is a value for it.
    pub(crate) fn attribute_if_any(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.attribute(name, value);
        }
    }

    /// Writes text. It stays text, whatever it holds.
    pub(crate) fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.step('"', text);
        }
    }

    /// Writes what was written elsewhere.
    #[cfg(feature = "cli")]
    pub(crate) fn include(&mut self, other: Self) {
        self.steps.push_str(&other.steps);
    }

    fn open(&mut self, kind: char, name: &str, attributes: &[(&str, &str)]) {
        self.step(kind, name);
        for (name, value) in attributes {
            self.attribute(name, value);
        }
    }

    fn close(&mut self) {
        self.step('>', "");
    }

    fn step(&mut self, kind: char, what: &str) {
        self.steps.push(STEP);
        self.steps.push(kind);
        self.push(what);
    }

    fn push(&mut self, what: &str) {
        self.steps.extend(what.split(STEP));
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen::prelude::*;
    use web_sys::Element;

    use super::Markup;

    #[wasm_bindgen(module = "/src/view/draw.js")]
    extern "C" {
        fn draw(steps: &str, frame: Option<&Element>) -> Element;
        fn adopt(steps: &str, frame: &Element) -> bool;
    }

    impl Markup {
        /// Makes elements of it. It has to be one element with all others inside. Where `frame` is
        /// the beginning of the same, that is completed, and stays.
        pub(crate) fn draw(self, frame: Option<&Element>) -> Element {
            draw(&self.steps, frame)
        }

        /// Takes over the elements of `frame`, if they are what this writes; tells whether they are.
        pub(crate) fn adopt(&self, frame: &Element) -> bool {
            adopt(&self.steps, frame)
        }
    }
}

/// Ahead of a browser, it is written out as HTML.
#[cfg(feature = "cli")]
mod html {
    use super::{Markup, STEP};

    /// Elements that have no end.
    const VOID: [&str; 5] = ["base", "img", "link", "meta", "br"];
    /// Elements whose text is taken as it stands.
    const RAW: [&str; 2] = ["script", "style"];

    impl Markup {
        /// Writes it as HTML. Links inside the briefing have no address there: what they lead to is
        /// in a shadow root, where only script can follow them.
        pub(crate) fn to_html(&self) -> String {
            let mut html = String::with_capacity(self.steps.len() * 2);
            let mut open: Vec<&str> = Vec::new();
            let mut in_tag = false;
            for step in self.steps.split(STEP) {
                let mut rest = step.chars();
                let (kind, what) = (rest.next(), rest.as_str());
                if kind != Some('@') && std::mem::take(&mut in_tag) {
                    html.push('>');
                }
                let element = open.last().copied().unwrap_or_default();
                match kind {
                    Some('<' | '{') => {
                        html.push('<');
                        html.push_str(what);
                        open.push(what);
                        in_tag = true;
                    }
                    Some('@') if what.starts_with("href=#") => {}
                    Some('@') => {
                        let (name, value) = what.split_once('=').unwrap_or((what, ""));
                        html.push(' ');
                        html.push_str(name);
                        if !value.is_empty() {
                            html.push_str("=\"");
                            escape(&mut html, value);
                            html.push('"');
                        }
                    }
                    Some('"') if RAW.contains(&element) => html.push_str(what),
                    Some('"') => {
                        // The parser drops a line break at the very beginning.
                        if element == "pre" && html.ends_with('>') && what.starts_with('\n') {
                            html.push('\n');
                        }
                        escape(&mut html, what);
                    }
                    Some('>') => {
                        open.pop();
                        if !VOID.contains(&element) {
                            html.push_str("</");
                            html.push_str(element);
                            html.push('>');
                        }
                    }
                    _ => {}
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
                other => html.push(other),
            }
        }
    }
}

/// Without a browser, Yew writes it out.
#[cfg(not(target_arch = "wasm32"))]
mod nodes {
    use indexmap::IndexMap;
    use yew::virtual_dom::VTag;
    use yew::{AttrValue, Html};

    use super::{Markup, STEP};

    /// An element that is not yet ended.
    struct Open {
        tag: VTag,
        attributes: IndexMap<AttrValue, AttrValue>,
    }

    impl Markup {
        /// Makes nodes of it.
        pub(crate) fn to_nodes(&self) -> Html {
            let mut open: Vec<Open> = Vec::new();
            for step in self.steps.split(STEP) {
                let mut rest = step.chars();
                let kind = rest.next();
                let what = rest.as_str();
                match (kind, open.last_mut()) {
                    (Some('<' | '{'), _) => {
                        open.push(Open { tag: VTag::new(what.to_owned()), attributes: IndexMap::default() })
                    }
                    (Some('@'), Some(Open { attributes, .. })) => {
                        let (name, value) = what.split_once('=').unwrap_or((what, ""));
                        attributes.insert(name.to_owned().into(), value.to_owned().into());
                    }
                    (Some('"'), Some(Open { tag, .. })) => tag.add_child(what.to_owned().into()),
                    (Some('>'), Some(_)) => {
                        let Some(Open { mut tag, attributes }) = open.pop() else { break };
                        tag.set_attributes(attributes);
                        match open.last_mut() {
                            Some(around) => around.tag.add_child(tag.into()),
                            None => return tag.into(),
                        }
                    }
                    _ => {}
                }
            }
            Html::default()
        }
    }
}

#[cfg(all(test, feature = "ssr", not(target_arch = "wasm32")))]
#[allow(clippy::expect_used, reason = "a test may fail: that is how it tells")]
mod tests {
    use yew::{Html, LocalServerRenderer, Properties, component};

    use super::*;

    #[derive(Properties, PartialEq)]
    struct Props {
        nodes: Html,
    }

    #[component]
    fn Written(props: &Props) -> Html {
        props.nodes.clone()
    }

    fn html(markup: &Markup) -> String {
        let props = Props { nodes: markup.to_nodes() };
        let renderer = LocalServerRenderer::<Written>::with_props(props).hydratable(false);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(renderer.render())
    }

    #[test]
    fn what_is_written_comes_out_as_html() {
        let mut markup = Markup::default();
        markup.element("p", &[("class", "a")], |markup| {
            markup.attribute("id", "x\"<");
            markup.attribute_if_any("lang", None);
            markup.text("1 < 2 & ");
            markup.leaf("b", &[], "");
            markup.element("img", &[("alt", "")], |_| {});
        });
        assert_eq!(html(&markup), r#"<p class="a" id="x&quot;&lt;">1 &lt; 2 &amp; <b></b><img alt=""></p>"#);
    }

    #[test]
    fn no_text_can_begin_a_step() {
        let mut markup = Markup::default();
        markup.leaf("p", &[("title", "a\u{1}<i")], "b\u{1}>\u{1}<script");
        assert_eq!(html(&markup), r#"<p title="a&lt;i">b&gt;&lt;script</p>"#);
    }
}
