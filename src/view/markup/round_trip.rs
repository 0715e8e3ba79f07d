//! In a browser, for any markup: the HTML parses to the elements that are drawn, and can be
//! hydrated.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element};

use super::{Markup, Slot};

wasm_bindgen_test_configure!(run_in_browser);

/// Any markup that HTML can express, except what a parser moves elsewhere: blocks in paragraphs,
/// links in links, buttons in buttons, and content that does not belong in a table. The view writes
/// none of these.
#[derive(Clone, Debug)]
enum Node {
    Element(&'static str, Vec<(&'static str, String)>, Vec<Node>),
    Leaf(&'static str, Vec<(&'static str, String)>, String),
    Void(Vec<(&'static str, String)>),
    Drawing(String),
    Text(String),
    Slot(Slot),
}

impl Node {
    fn write(&self, markup: &mut Markup) {
        match self {
            Self::Element(name, attributes, children) => {
                let tag =
                    attributes.iter().fold(markup.tag(name), |tag, (name, value)| tag.attr(name, value));
                tag.children(|markup| children.iter().for_each(|child| child.write(markup)));
            }
            Self::Leaf(name, attributes, text) => {
                let tag =
                    attributes.iter().fold(markup.tag(name), |tag, (name, value)| tag.attr(name, value));
                tag.text(text);
            }
            Self::Void(attributes) => {
                let tag =
                    attributes.iter().fold(markup.tag("img"), |tag, (name, value)| tag.attr(name, value));
                tag.empty();
            }
            Self::Drawing(path) => {
                markup.svg_tag("svg").attr("viewBox", "0 0 16 16").children(|markup| {
                    markup.svg_tag("path").attr("d", path).empty();
                });
            }
            Self::Text(text) => markup.text(text),
            Self::Slot(slot) => markup.tag("div").slot(*slot),
        }
    }

    /// Returns the node as markup with a single root element.
    fn markup(&self) -> Markup {
        let mut markup = Markup::default();
        markup.tag("div").children(|markup| self.write(markup));
        markup
    }
}

/// Any text, except for the mark of the grammar, which is stripped, and what HTML cannot express.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "<b>",
        "</div>",
        "&amp;",
        "&",
        "\"",
        "'",
        "=",
        "\n",
        "\r\n",
        " ",
        "\t",
        ">",
        "<!--",
        "]]>",
        "\u{feff}",
        "é",
        "\u{202e}",
        "عربي",
        "中文",
        "👩\u{200d}🔬",
        "@",
        "{",
        "x",
    ]);
    vec(odd, 0..6).prop_map(|parts| parts.concat())
}

fn attributes() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let name = prop::sample::subsequence(vec!["class", "title", "data-x", "lang", "aria-label"], 0..4);
    name.prop_flat_map(|names| {
        let count = names.len();
        (Just(names), vec(text(), count)).prop_map(|(names, values)| names.into_iter().zip(values).collect())
    })
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        4 => text().prop_map(Node::Text),
        2 => (prop::sample::select(vec!["p", "pre", "button", "a", "h3", "code"]), attributes(), text())
            .prop_map(|(name, attributes, text)| Node::Leaf(name, attributes, text)),
        1 => attributes().prop_map(Node::Void),
        1 => text().prop_map(Node::Drawing),
        1 => prop::sample::select(Slot::ALL.to_vec()).prop_map(Node::Slot),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        let name = prop::sample::select(vec![
            "div",
            "span",
            "section",
            "em",
            "ol",
            "blockquote",
            "details",
            "summary",
            "pre",
        ]);
        (name, attributes(), vec(inner, 0..5))
            .prop_map(|(name, attributes, children)| Node::Element(name, attributes, children))
    })
}

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a document")
}

/// Returns the element that a browser parses from the HTML.
fn parsed(node: &Node) -> Element {
    let host = document().create_element("template").expect("an element");
    host.set_inner_html(&node.markup().to_html(&|_| None));
    let content = js_sys::Reflect::get(&host, &"content".into()).expect("a template has content");
    let content: web_sys::DocumentFragment = content.into();
    content.first_element_child().expect("what was written")
}

fn drawn(node: &Node) -> Element {
    let drawn = node.markup().draw();
    // A parser merges adjacent texts.
    drawn.normalize();
    drawn
}

fn check(
    strategy: &impl Strategy<Value = (Node, Node)>,
    test: impl Fn((Node, Node)) -> Result<(), TestCaseError>,
) {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    if let Err(error) = TestRunner::new_with_rng(config, rng).run(strategy, test) {
        panic!("{error}");
    }
}

#[wasm_bindgen_test]
fn parsed_html_equals_drawn_markup_and_is_hydrated() {
    check(&(node(), node()), |(one, other)| {
        let parsed_one = parsed(&one);
        let (html, drawn_one) = (parsed_one.outer_html(), drawn(&one));
        prop_assert!(
            parsed_one.is_equal_node(Some(&drawn_one)),
            "{html} is drawn {}",
            drawn_one.outer_html()
        );

        let first = parsed_one.first_child();
        prop_assert!(one.markup().hydrate(&parsed_one), "{html} was not hydrated");
        prop_assert_eq!(parsed_one.first_child(), first, "the same nodes stay");
        prop_assert!(parsed_one.is_equal_node(Some(&drawn_one)), "{} was {html}", parsed_one.outer_html());

        // The content of a slot is left alone, whatever it is.
        if let Some(slot) = parsed_one.query_selector(".slot[data-slot]").ok().flatten() {
            slot.append_with_str_1("of a component").expect("an element takes text");
            prop_assert!(one.markup().hydrate(&parsed_one), "{} was not hydrated", parsed_one.outer_html());
            prop_assert_eq!(slot.text_content(), Some("of a component".to_owned()));
        }

        // Another tree either is not hydrated, or becomes this one.
        let parsed_other = parsed(&other);
        if one.markup().hydrate(&parsed_other) {
            prop_assert!(
                parsed_other.is_equal_node(Some(&drawn_one)),
                "{html} is {}",
                parsed_other.outer_html()
            );
        }
        Ok(())
    });
}
