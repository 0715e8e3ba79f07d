//! The engine of the custom element accepts any input.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect};
use news_briefing::embed::Embedded;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{ShadowRoot, ShadowRootInit, ShadowRootMode};

use crate::js;

/// The names and details of the emitted events.
type Events = Rc<RefCell<Vec<(String, JsValue)>>>;

fn embedded() -> (Embedded, ShadowRoot, Events) {
    let root = shadow_root();
    let events = Events::default();
    let emit = {
        let events = Rc::clone(&events);
        let emit = Closure::<dyn FnMut(String, JsValue)>::new(move |name, detail| {
            events.borrow_mut().push((name, detail))
        });
        emit.into_js_value().unchecked_into::<Function>()
    };
    let retry = Closure::<dyn FnMut()>::new(|| {}).into_js_value().unchecked_into::<Function>();
    (Embedded::new(root.clone(), emit, retry), root, events)
}

fn shadow_root() -> ShadowRoot {
    let document = web_sys::window().unwrap().document().unwrap();
    let host = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap()
}

/// Shows an article, as the element does.
fn show(embedded: &Embedded, article: JsValue, language: &str, base: &str) {
    embedded.begin(article, language.to_owned(), base.to_owned());
    embedded.link_mentions();
    while embedded.advance() {}
}

/// Shows the first screenful of a long article, as the element does.
fn show_first_screen(embedded: &Embedded, article: &JsValue, base: &str) {
    embedded.begin(js::first_screen(article), "en".to_owned(), base.to_owned());
    embedded.link_mentions();
    embedded.first_screen();
}

/// Returns the messages of the problems in the last event.
fn messages(events: &Events) -> Vec<String> {
    let (_, detail) = events.borrow().last().expect("an event").clone();
    let problems = Reflect::get(&detail, &"problems".into()).unwrap();
    Array::from(&problems)
        .iter()
        .map(|problem| Reflect::get(&problem, &"message".into()).unwrap().as_string().unwrap())
        .collect()
}

#[wasm_bindgen_test]
async fn each_odd_article_is_shown_or_reported() {
    let (embedded, root, events) = embedded();
    for kind in js::odd_kinds() {
        show(&embedded, js::odd_article(&kind), "en", "https://a.example/");
        js::drawn().await;
        let problems = messages(&events);
        assert!(embedded.shown() || !problems.is_empty(), "{kind}");
        assert!(!root.text_content().unwrap().is_empty(), "{kind}: a blank page");
        assert!(problems.iter().all(|message| !message.is_empty()), "{kind}");
    }
    embedded.destroy();
    root.host().remove();
}

#[wasm_bindgen_test]
async fn values_that_are_no_objects_are_reported() {
    let (embedded, root, events) = embedded();
    for value in
        [JsValue::NULL, JsValue::UNDEFINED, 1.into(), "text".into(), Array::new().into(), JsValue::TRUE]
    {
        show(&embedded, value.clone(), "en", "");
        let problems = messages(&events);
        assert!(!embedded.shown());
        assert!(
            problems[0].starts_with("expected an object with \"format\": \"briefing\""),
            "{value:?}: {problems:?}"
        );
    }
    embedded.destroy();
    root.host().remove();
}

#[wasm_bindgen_test]
async fn any_value_is_accepted_as_words() {
    let (embedded, root, _) = embedded();
    for words in [JsValue::UNDEFINED, 1.into(), js::odd_article("cyclic"), js::odd_article("function")] {
        embedded.set_words(words, "en");
        show(&embedded, js::odd_article("undefined"), "not a language", "not a base");
        js::drawn().await;
        assert!(embedded.shown());
        assert!(root.text_content().unwrap().contains("One."));
    }
    embedded.destroy();
    root.host().remove();
}

#[wasm_bindgen_test]
async fn article_is_rendered_when_load_is_emitted() {
    // The article may arrive at any moment between the rendering of the previous state and Yew's
    // notification of that rendering.
    for waits in 0..8 {
        let root = shadow_root();
        let seen = Rc::new(RefCell::new(Vec::new()));
        let emit = {
            let (seen, root) = (Rc::clone(&seen), root.clone());
            Closure::<dyn FnMut(String, JsValue)>::new(move |name: String, _| {
                if name == "briefing-load" {
                    seen.borrow_mut().push(root.text_content().unwrap().contains("One."));
                }
            })
        };
        let emit = emit.into_js_value().unchecked_into::<Function>();
        let retry = Closure::<dyn FnMut()>::new(|| {}).into_js_value().unchecked_into::<Function>();
        let embedded = Embedded::new(root.clone(), emit, retry);
        for _ in 0..waits {
            let turn = js_sys::Promise::resolve(&JsValue::NULL);
            wasm_bindgen_futures::JsFuture::from(turn).await.unwrap();
        }
        embedded.loading();
        show(&embedded, js::odd_article("undefined"), "en", "https://a.example/");
        js::until(|| !seen.borrow().is_empty()).await;
        assert_eq!(*seen.borrow(), [true], "after {waits} turns");
        embedded.destroy();
        root.host().remove();
    }
}

/// Returns the markup of an article's briefing, rendered with or without a first screen.
async fn shown(article: &JsValue, first_screen_first: bool) -> String {
    let (embedded, root, _) = embedded();
    if first_screen_first {
        show_first_screen(&embedded, article, "https://a.example/");
        js::drawn().await;
        assert_eq!(blocks(&root), 40, "a screenful");
    }
    let before = root.query_selector("[part=block]").unwrap();
    if first_screen_first {
        // In slices, as on a host page.
        embedded.begin(article.clone(), "en".to_owned(), "https://a.example/".to_owned());
        embedded.link_mentions();
        embedded.advance();
        embedded.write_part();
        while embedded.draw_slice(100.0) {
            js::drawn().await;
        }
        embedded.advance();
    } else {
        show(&embedded, article.clone(), "en", "https://a.example/");
    }
    js::drawn().await;
    if let Some(before) = before {
        assert_eq!(root.query_selector("[part=block]").unwrap(), Some(before), "the first screen stays");
    }
    let html = root.inner_html();
    embedded.destroy();
    root.host().remove();
    html
}

/// Removes an attribute from markup.
fn without(attribute: &str, html: &str) -> String {
    let mut pieces = html.split(attribute);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |html, piece| html + piece.split_once('"').unwrap().1)
}

fn blocks(root: &ShadowRoot) -> u32 {
    root.query_selector_all("[part=block]").unwrap().length()
}

#[wasm_bindgen_test]
async fn long_article_is_the_same_after_its_first_screen() {
    let article = js::long(1_000);
    let whole = shown(&article, false).await;
    assert!(whole.contains("block-999"));
    assert!(!whole.contains("aria-busy"));
    // A block whose size was unknown at first keeps its reserved space.
    let after = shown(&article, true).await;
    assert!(after.contains(" data-room="));
    assert_eq!(without(" data-room=\"", &after), whole);
}

#[wasm_bindgen_test]
async fn odd_articles_have_a_first_screen() {
    let article = js::long_and_odd();
    let (embedded, root, _) = embedded();
    show_first_screen(&embedded, &article, "");
    js::drawn().await;
    assert!(root.text_content().unwrap().contains("Text.[^x]"));
    show(&embedded, article, "en", "");
    js::drawn().await;
    // Of each ten, a text and a number.
    assert_eq!(blocks(&root), 100);
    embedded.destroy();
    root.host().remove();
}

#[wasm_bindgen_test]
async fn failed_load_removes_the_first_screen() {
    let article = js::long(500);
    let (embedded, root, events) = embedded();
    for after in [Embedded::loading, Embedded::failed] {
        show_first_screen(&embedded, &article, "");
        js::drawn().await;
        assert_eq!(blocks(&root), 40);
        after(&embedded);
        js::drawn().await;
        assert_eq!(blocks(&root), 0);
    }
    show_first_screen(&embedded, &article, "");
    js::drawn().await;
    assert!(!embedded.shown());
    embedded.destroy();
    js::drawn().await;
    assert!(root.text_content().unwrap().is_empty());
    assert!(events.borrow().is_empty(), "it emitted {events:?}");
    root.host().remove();
}
