//! Converts markup to Yew nodes, where there is no browser.

use indexmap::IndexMap;
use yew::virtual_dom::VTag;
use yew::{AttrValue, Html};

use super::{Markup, Slot, Step};

/// An element that is not yet ended.
struct Open {
    tag: VTag,
    attributes: IndexMap<AttrValue, AttrValue>,
}

impl Markup {
    /// Converts the markup to nodes, with the results of `slot` in the slots.
    pub(crate) fn to_nodes(&self, slot: &dyn Fn(Slot) -> Option<Html>) -> Html {
        let mut open: Vec<Open> = Vec::new();
        for step in self.steps() {
            match (step, open.last_mut()) {
                (Step::Open(name) | Step::OpenSvg(name), _) => {
                    open.push(Open { tag: VTag::new(name.to_owned()), attributes: IndexMap::default() });
                }
                (Step::Attribute(name, value), Some(Open { tag, attributes })) => {
                    attributes.insert(name.to_owned().into(), value.to_owned().into());
                    if let Some(filled) = Slot::of(name, value).and_then(slot) {
                        tag.add_child(filled);
                    }
                }
                (Step::Text(text), Some(Open { tag, .. })) => tag.add_child(text.to_owned().into()),
                (Step::Close, Some(_)) => {
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

#[cfg(all(test, feature = "ssr"))]
#[allow(clippy::expect_used, reason = "a failing test panics")]
mod tests {
    use yew::{LocalServerRenderer, Properties, component};

    use super::*;

    #[derive(Properties, PartialEq)]
    struct Props {
        nodes: Html,
    }

    #[component]
    fn Written(props: &Props) -> Html {
        props.nodes.clone()
    }

    #[test]
    fn markup_renders_as_html() {
        let mut markup = Markup::default();
        markup.tag("p").attrs(&[("class", "a"), ("id", "x\"<")]).attr_if("lang", None).children(|markup| {
            markup.text("1 < 2 & ");
            markup.tag("b").empty();
            markup.tag("img").attr("alt", "").empty();
        });
        let props = Props { nodes: markup.to_nodes(&|_| None) };
        let renderer = LocalServerRenderer::<Written>::with_props(props).hydratable(false);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let html = runtime.block_on(renderer.render());
        assert_eq!(html, r#"<p class="a" id="x&quot;&lt;">1 &lt; 2 &amp; <b></b><img alt=""></p>"#);
    }
}
