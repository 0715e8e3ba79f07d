//! A briefing in an application that re-renders at any time, with a new callback each time.

use std::cell::RefCell;
use std::rc::Rc;

use news_briefing::article::{Article, read};
use news_briefing::view::{Briefing, Event};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::js::{drawn, parse, until};

const ARTICLE: &str = r#"{
    "format": "briefing", "version": "1.0", "title": "Talks resume", "lang": "en",
    "body": ["A first paragraph.[^r1]", "A second paragraph, with some more words in it."],
    "references": [{ "id": "r1", "title": "Talks to resume", "publisher": "Reuters" }]
}"#;

/// The events that the parent received, each with the rendering whose callback was called.
type Events = Rc<RefCell<Vec<(u32, Event)>>>;

#[derive(Properties, PartialEq)]
struct Props {
    events: Events,
}

/// Re-renders at every event, and shows the number of events.
#[component]
fn Parent(props: &Props) -> Html {
    let count = use_state(|| 0);
    let renderings = use_mut_ref(|| 0);
    *renderings.borrow_mut() += 1;
    let rendering = *renderings.borrow();
    let on_event = {
        let (events, count) = (Rc::clone(&props.events), count.clone());
        Callback::from(move |event| {
            events.borrow_mut().push((rendering, event));
            count.set(*count + 1);
        })
    };
    // A new object each time, with the same content.
    let article: Rc<Article> = Rc::new(read(&parse(ARTICLE)).article.unwrap());
    html! {
        <>
            <output>{ *count }</output>
            <Briefing {article} {on_event} id_prefix="parent-" />
        </>
    }
}

fn one(host: &Element, selector: &str) -> HtmlElement {
    host.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}")).unchecked_into()
}

#[wasm_bindgen_test]
async fn parent_rerenders_do_not_affect_the_briefing() {
    let document = web_sys::window().unwrap().document().unwrap();
    let host = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    let events = Events::default();
    let props = Props { events: Rc::clone(&events) };
    let app = yew::Renderer::<Parent>::with_root_and_props(host.clone(), props).render();
    let ready = || events.borrow().iter().filter(|(_, event)| *event == Event::Ready).count();
    assert!(until(|| ready() > 0).await);

    let title = one(&host, "[part~=title]");
    let bar = one(&host, "[part~=progress]");
    one(&host, "[part~=play-button]").click();
    one(&host, "[part~=citation]").click();
    // Playback continues while the parent re-renders.
    assert!(until(|| events.borrow().len() > 8).await, "{events:?}");
    drawn().await;

    assert_eq!(ready(), 1);
    assert_eq!(one(&host, "output").text_content().unwrap(), events.borrow().len().to_string());
    assert_eq!(one(&host, "[part~=title]"), title);
    assert_eq!(one(&host, "[part~=progress]"), bar);
    let open = host.query_selector_all(".popover:popover-open").unwrap();
    assert_eq!(open.length(), 1, "the popover stays open");
    assert_eq!(one(&host, "[part~=play-button]").text_content().unwrap(), "Pause");
    assert!(bar.get_attribute("style").unwrap_or_default().contains("--progress"));

    // Each event reached the newest callback: between any two events there was a rendering.
    let renderings: Vec<u32> = events.borrow().iter().map(|(rendering, _)| *rendering).collect();
    let newest = renderings.last().copied().unwrap_or_default();
    assert!(newest > 4 && renderings.is_sorted(), "{renderings:?}");
    app.destroy();
    drawn().await;
    assert_eq!(host.inner_html(), "");
    host.remove();
}
